"""One row of one table, before and after."""

from collections.abc import Iterable
from dataclasses import dataclass

from indicators import schemas

Row = dict[str, str]

# By the name a change gives its table: the file without its ending.
TABLES = {table.file.removesuffix(".csv"): table for table in schemas.TABLES}


@dataclass(frozen=True, slots=True)
class Change:
    """A row before and after; None where there was no row, or is none any more."""

    table: str
    before: Row | None
    after: Row | None


def inverse(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return the changes that undo some changes, the last one first."""
    return tuple(
        Change(change.table, before=change.after, after=change.before)
        for change in reversed(tuple(changes))
    )


def key_of(table: str, row: Row) -> tuple[str, ...]:
    """Return the cells that make a row unique."""
    return tuple(row[column] for column in TABLES[table].key)
