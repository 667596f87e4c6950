"""Dash components built from views; no callback, no data access."""
