"""What an import of a plan adds and changes, row by row, for people to read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indicators.entry.known import Known
from indicators.entry.plan_columns import INDICATORS, TARGETS
from indicators.entry.plan_rows import PlanRow
from indicators.store.changes import Change, key_of


@dataclass(frozen=True, slots=True)
class PlanCellChange:
    """One column of a row that a file changes."""

    where: str
    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One row that a file adds, or changes in some cells."""

    where: str
    table: str
    key: str
    title: str
    cells: tuple[PlanCellChange, ...] = ()

    @property
    def is_new(self) -> bool:
        """Tell whether the tables have no such row yet."""
        return not self.cells


def plan_lines(changed: Iterable[tuple[PlanRow, Change]], known: Known) -> Iterator[PlanLine]:
    """Return the rows a plan adds or changes, in the order of the file."""
    names = {item.indicator_id: item.name_zh for item in known.tables.indicators}
    for row, change in changed:
        if row.sheet is INDICATORS:
            names[row.cells["indicator_id"]] = row.cells["name_zh"]
        key = " ".join(key_of(change.table, row.cells))
        yield PlanLine(
            row.at(row.sheet.table.key[-1]),
            change.table,
            key,
            _title(row, names),
            _cells(row, change),
        )


def _cells(row: PlanRow, change: Change) -> tuple[PlanCellChange, ...]:
    before = change.before
    if before is None:
        return ()
    return tuple(
        PlanCellChange(row.at(column), column, before[column], text)
        for column, text in row.cells.items()
        if before[column] != text
    )


def _title(row: PlanRow, names: dict[str, str]) -> str:
    cells = row.cells
    if row.sheet is TARGETS:
        end = f"–{cells['value_upper']}" if cells["value_upper"] else ""
        name = names.get(cells["indicator_id"], cells["indicator_id"])
        return f"{name} {cells['year']} {cells['comparator']} {cells['value']}{end} {cells['unit']}"
    return cells.get("title_zh") or cells.get("name_zh", "")
