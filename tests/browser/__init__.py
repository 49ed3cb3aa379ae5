"""What a reader meets, tried in a real browser."""
