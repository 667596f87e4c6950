"""The changes that undo a revision, if nothing has changed its rows since."""

from collections.abc import Sequence
from dataclasses import dataclass

from indicators.errors import StoreError
from indicators.store.changes import Change, Row, inverse, key_of
from indicators.store.revisions import Revision


@dataclass(frozen=True, slots=True)
class Conflict:
    """A row that later revisions have changed again."""

    table: str
    key: tuple[str, ...]
    revisions: tuple[int, ...]

    def __str__(self) -> str:
        """Render the conflict as one line."""
        numbers = ", ".join(map(str, self.revisions))
        return f"{self.table} {' '.join(self.key)}: 后被修订 {numbers} 改动 changed by {numbers}"


class RevertRefusedError(StoreError):
    """A revision cannot be undone, for its rows are not as it left them."""

    def __init__(self, number: int, conflicts: Sequence[Conflict]) -> None:
        """Keep the rows that stand in the way."""
        self.conflicts = tuple(conflicts)
        lines = "\n".join(f"  {conflict}" for conflict in self.conflicts)
        super().__init__(
            f"修订 {number} 不能撤销 revision {number}: found {len(self.conflicts)} row(s) changed "
            f"since; expected them as it left them; revert the later revisions first:\n{lines}"
        )


def reversal(revisions: Sequence[Revision], number: int) -> tuple[Change, ...]:
    """Return the changes that undo a revision, given all revisions from the oldest on.

    Raises:
        RevertRefusedError: naming each row that is not as the revision left it.
    """
    later = revisions[number:]
    changes = revisions[number - 1].changes
    found = [_conflict(change, later) for change in changes]
    if conflicts := [conflict for conflict in found if conflict is not None]:
        raise RevertRefusedError(number, conflicts)
    return inverse(changes)


def _conflict(change: Change, later: Sequence[Revision]) -> Conflict | None:
    """Follow a row through later revisions; one that came back to what it was is no conflict."""
    row, key = change.after, key_of(change.table, change.after or change.before or {})
    touched: list[int] = []
    for revision in later:
        for item in revision.changes:
            if item.table == change.table and _concerns(item, row, key):
                row = item.after
                touched.append(revision.number)
    if row == change.after:
        return None
    return Conflict(change.table, key, tuple(dict.fromkeys(touched)))


def _concerns(item: Change, row: Row | None, key: tuple[str, ...]) -> bool:
    if row is not None:
        return item.before == row
    return item.before is None and item.after is not None and key_of(item.table, item.after) == key
