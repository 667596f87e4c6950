"""Administrative divisions of China: codes, boundaries, and their join to values."""
