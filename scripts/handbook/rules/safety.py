"""Rules to follow."""
