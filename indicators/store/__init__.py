"""Where the tables are kept, and every change that was made to them."""
