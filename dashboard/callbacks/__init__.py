"""Callbacks, registered on one app each; they parse, ask the renderer, and return."""
