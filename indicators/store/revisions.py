"""Revisions: lists of row changes that turn one state of the tables into the next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from indicators.errors import Fault, TablesInvalidError
from indicators.store.changes import Change, Row, inverse
from indicators.store.placing import ChangeError, WorkingTables
from indicators.store.snapshots import Frames

__all__ = ["Change", "Draft", "Revision", "Row", "SourceFile", "applied", "inverse"]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The file that changes were read from."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Draft:
    """Changes that are to become a revision, with who wants them and why."""

    author: str
    message: str
    changes: tuple[Change, ...]
    file: SourceFile | None = None
    reverts: int | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """Changes that were made: their number, UTC time, and the version they were made to."""

    number: int
    time: datetime
    base: str
    author: str
    message: str
    changes: tuple[Change, ...]
    file: SourceFile | None = None
    reverts: int | None = None

    @property
    def name(self) -> str:
        """Name of the revision's file, and of the revision in messages about faults."""
        return revision_name(self.number)


def revision_name(number: int) -> str:
    """Return the name of a revision's file inside its folder of tables."""
    return f"history/{number:06d}.json"


def revision_from(draft: Draft, number: int, time: datetime, base: str) -> Revision:
    """Return a draft as the revision it becomes."""
    return Revision(
        number, time, base, draft.author, draft.message, draft.changes, draft.file, draft.reverts
    )


def applied(frames: Frames, revisions: Iterable[Revision]) -> Frames:
    """Return the tables after some revisions, oldest first.

    Raises:
        TablesInvalidError: where a revision does not fit the rows it finds.
    """
    working = WorkingTables(frames)
    for revision in revisions:
        try:
            working.apply(revision.changes)
        except ChangeError as error:
            raise TablesInvalidError([_misfit(revision, error)]) from None
    return working.frames()


def _misfit(revision: Revision, error: ChangeError) -> Fault:
    return Fault(
        revision.name,
        error.index,
        error.table,
        error.found,
        error.expected,
        "restore the table as it was before it was edited by hand, and make the edit a revision",
    )
