"""What an answer need not say again."""

from collections.abc import Iterable
from typing import Any

from dash import no_update


def only_changed(new: Iterable[Any], old: Iterable[Any]) -> list[Any]:
    """Send only what differs from what is shown, so that nothing is drawn again for nothing."""
    return [
        no_update if repr(after) == repr(before) else after
        for after, before in zip(new, old, strict=True)
    ]
