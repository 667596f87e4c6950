"""The web application: settings, views, figures, pages and addresses."""
