"""Apply changes to tables row by row, and know where each one ends up."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from indicators.reading import text_frame
from indicators.store.changes import TABLES, Change, Row, key_of
from indicators.store.snapshots import Frames

_Cells = tuple[str, ...]


class ChangeError(Exception):
    """A change does not fit the row it names; ``index`` counts the changes from 1."""

    def __init__(self, index: int, table: str, found: str, expected: str) -> None:
        """Keep what was found and what was expected."""
        super().__init__(f"change {index} of {table}: found {found}; expected {expected}")
        self.index = index
        self.table = table
        self.found = found
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Placed:
    """A change and the position of its row, which counts as the index of a frame does."""

    change: Change
    position: int


class WorkingTables:
    """Tables under change; what is read stays as it is."""

    def __init__(self, frames: Frames) -> None:
        """Start from some frames, which are not changed."""
        self._given = frames
        self._tables: dict[str, _WorkingTable] = {}

    def apply(self, changes: Iterable[Change]) -> list[Placed]:
        """Apply the changes of one revision in their order.

        Raises:
            ChangeError: naming the first change that does not fit; the tables are then useless.
        """
        numbered = list(enumerate(changes, start=1))
        placed = [
            Placed(change, self._table(index, change).apply(index, change))
            for index, change in numbered
        ]
        # Not earlier: two rows may exchange their keys.
        for index, change in numbered:
            self._table(index, change).require_unique(index, change)
        return placed

    def undo(self, placed: Iterable[Placed]) -> None:
        """Take back the changes of one revision, given in the order they were made in."""
        numbered = list(enumerate(placed, start=1))
        for index, item in reversed(numbered):
            self._table(index, item.change).undo(index, item)

    def frames(self) -> Frames:
        """Return the tables as they now are."""
        changed = {TABLES[name].file: table.frame() for name, table in self._tables.items()}
        return self._given | changed

    def _table(self, index: int, change: Change) -> "_WorkingTable":
        if change.table not in TABLES:
            raise ChangeError(
                index, change.table, "an unknown table", f"one of {', '.join(TABLES)}"
            )
        if change.table not in self._tables:
            self._tables[change.table] = _WorkingTable(change.table, self._given)
        return self._tables[change.table]


class _WorkingTable:
    """The rows of one table by position, found again by their cells."""

    def __init__(self, name: str, frames: Frames) -> None:
        self._name = name
        self._columns = list(TABLES[name].columns)
        frame = frames[TABLES[name].file][self._columns]
        self._rows: dict[int, _Cells] = {
            int(index): tuple(cells) for index, *cells in frame.itertuples(name=None)
        }
        self._places = {cells: position for position, cells in self._rows.items()}
        self._keys = Counter(map(self._key, self._rows.values()))
        self._next = max(self._rows, default=-1) + 1

    def apply(self, index: int, change: Change) -> int:
        """Make a change and return the position of its row; a new row goes to the end."""
        before, after = self._cells(index, change.before), self._cells(index, change.after)
        if before is None and after is None:
            raise ChangeError(index, self._name, "neither a row before nor after", "one of them")
        position = self._next if before is None else self._places.get(before)
        if position is None:
            raise ChangeError(index, self._name, self._instead(before), f"the row {_shown(before)}")
        self._put(position, after)
        return position

    def undo(self, index: int, item: Placed) -> None:
        """Put back what was at a position before a change."""
        before = self._cells(index, item.change.before)
        after = self._cells(index, item.change.after)
        found = self._rows.get(item.position)
        if found != after:
            raise ChangeError(index, self._name, _shown(found), _shown(after))
        self._put(item.position, before)

    def require_unique(self, index: int, change: Change) -> None:
        """Refuse a change whose row has the key of another row."""
        if change.after is None:
            return
        key = key_of(self._name, change.after)
        if self._keys[key] > 1:
            raise ChangeError(index, self._name, f"{' '.join(key)} twice", "each key once")

    def frame(self) -> pd.DataFrame:
        """Return the rows in the order of their positions."""
        return text_frame(self._columns, dict(sorted(self._rows.items())))

    def _put(self, position: int, cells: _Cells | None) -> None:
        old = self._rows.pop(position, None)
        if old is not None:
            self._places.pop(old, None)
            self._keys[self._key(old)] -= 1
        if cells is not None:
            self._rows[position] = cells
            self._places[cells] = position
            self._keys[self._key(cells)] += 1
            self._next = max(self._next, position + 1)
        while self._next and self._next - 1 not in self._rows:
            self._next -= 1

    def _cells(self, index: int, row: Row | None) -> _Cells | None:
        if row is None:
            return None
        if set(row) != set(self._columns):
            expected = f"the columns {', '.join(self._columns)}"
            raise ChangeError(index, self._name, f"the columns {', '.join(row)}", expected)
        return tuple(row[column] for column in self._columns)

    def _key(self, cells: _Cells) -> _Cells:
        return key_of(self._name, dict(zip(self._columns, cells, strict=True)))

    def _instead(self, wanted: _Cells | None) -> str:
        """Say what stands where a row was expected: a row of the same key, or nothing."""
        keys = {self._key(cells): cells for cells in self._rows.values()}
        found = None if wanted is None else keys.get(self._key(wanted))
        return _shown(found)


def _shown(cells: _Cells | None) -> str:
    return "no such row" if cells is None else repr(",".join(cells))
