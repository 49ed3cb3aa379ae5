"""Rules about the data files themselves, and about numbers that stand outside them."""
