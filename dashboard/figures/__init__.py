"""Figures as pure functions of a view: no data access, no component, no callback."""
