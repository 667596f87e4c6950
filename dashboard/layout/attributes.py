"""Attributes that HTML writes with a hyphen."""

from typing import Any


def attributes(**values: str | int) -> dict[str, Any]:
    """Return attributes such as ``aria_label`` and ``data_query`` under their HTML names."""
    return {name.replace("_", "-"): value for name, value in values.items()}
