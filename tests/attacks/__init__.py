"""What somebody could try through texts and data alone, and what answers it."""
