"""Data entry: read a filled-in file, match it with what is there, and propose the changes."""
