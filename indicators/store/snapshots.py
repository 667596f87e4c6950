"""One consistent state of the tables, as text."""

import hashlib
from dataclasses import dataclass

import pandas as pd

from indicators.errors import Fault, StoreError

Frames = dict[str, pd.DataFrame]


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The tables as of one revision.

    ``frames`` maps a file name to its cells as text, indexed so that ``index + HEADER_ROWS`` is
    the spreadsheet row; ``revision`` is 0 where nothing was changed yet; ``faults`` names what
    could not be read and every bad cell.
    """

    frames: Frames
    version: str
    revision: int
    faults: tuple[Fault, ...]


def next_version(version: str, revision_text: str) -> str:
    """Return the fingerprint of a state and one more revision, from the revision's file text."""
    return hashlib.sha256(f"{version}\n{revision_text}".encode()).hexdigest()[:12]


def require_revision(address: str, wanted: int, newest: int) -> None:
    """Refuse the number of a revision that is not there.

    Raises:
        StoreError: naming the newest revision.
    """
    if not 0 <= wanted <= newest:
        raise StoreError(
            f"{address}: 没有修订 found no revision {wanted}; expected one from 0 to {newest}; "
            "see `quality-atlas log`"
        )
