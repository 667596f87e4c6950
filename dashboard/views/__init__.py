"""What each part of a page shows, computed from the data and a selection."""
