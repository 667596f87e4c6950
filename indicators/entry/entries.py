"""The values of a sheet, each with the cells that say what it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from indicators.entry.findings import Findings
from indicators.entry.grids import EMPTY, Cell, CellKind, Grid
from indicators.entry.headers import Layout, Role
from indicators.entry.plain import plain, tidy
from indicators.entry.shifted import refuse_overlong, refuse_split_number
from indicators.entry.words import Words

# Columns whose text is stored as it stands.
STORED_TEXTS = (Role.NOTE, Role.PUBLISHER, Role.TITLE, Role.URL)


@dataclass(frozen=True, slots=True)
class Entry:
    """One value cell of a sheet; ``column`` and ``period_at`` are where value and period stand."""

    grid: Grid
    row: int
    column: int
    period_at: tuple[int, int]
    columns: Mapping[Role, int]
    unit: str
    indicator: str

    @property
    def value(self) -> Cell:
        """The cell with the value."""
        return self.grid.cell(self.row, self.column)

    @property
    def period(self) -> Cell:
        """The cell with the period."""
        row, column = self.period_at
        return self.grid.cell(row, column) if column >= 0 else EMPTY

    @property
    def where(self) -> str:
        """The address of the value."""
        return self.grid.where(self.row, self.column)

    def text(self, role: Role) -> str:
        """Return the text of a column for reading it, empty where there is none."""
        return plain(self.cell(role).text)

    def written(self, role: Role) -> str:
        """Return the text of a column as it is to be stored, empty where there is none."""
        return tidy(self.cell(role).text)

    def cell(self, role: Role) -> Cell:
        """Return the cell of a column, an empty one where there is none."""
        return self.grid.cell(self.row, self.columns[role]) if role in self.columns else EMPTY

    def at(self, *roles: Role) -> str:
        """Return the address of the first of some columns that exists, else of the value."""
        column = next((self.columns[role] for role in roles if role in self.columns), self.column)
        return self.grid.where(self.row, column)


def read_entries(
    grid: Grid, layout: Layout, indicator: str, findings: Findings
) -> tuple[Entry, ...]:
    """Return the value cells under a header, empty ones included.

    Args:
        grid: the sheet.
        layout: where its header stands.
        indicator: what the whole sheet is about, where no column says it.
        findings: takes what stands in the way of reading it.
    """
    _refuse_merged(grid, layout, findings)
    _refuse_hidden(grid, layout, findings)
    refuse_overlong(grid, layout.header_row, findings)
    _refuse_split(grid, layout, findings)
    return tuple(_entries(grid, layout, indicator))


def _entries(grid: Grid, layout: Layout, indicator: str) -> Iterator[Entry]:
    values = layout.periods or (layout.columns[Role.VALUE],)
    for row in range(layout.header_row + 1, len(grid.rows)):
        if all(cell.kind is CellKind.EMPTY for cell in grid.rows[row]):
            continue
        for column in values:
            period_at = (
                (layout.header_row, column)
                if layout.is_wide
                else (row, layout.columns.get(Role.PERIOD, -1))
            )
            yield Entry(grid, row, column, period_at, layout.columns, layout.unit, indicator)


def _refuse_split(grid: Grid, layout: Layout, findings: Findings) -> None:
    """Look for broken thousands where a text column stands behind the values."""
    column = layout.columns.get(Role.VALUE, -1)
    texts = {layout.columns[role] for role in STORED_TEXTS if role in layout.columns}
    if column + 1 in texts:
        for row in range(layout.header_row + 1, len(grid.rows)):
            refuse_split_number(grid, row, column, findings)


def _used(layout: Layout) -> set[int]:
    return {*layout.columns.values(), *layout.periods}


def _refuse_merged(grid: Grid, layout: Layout, findings: Findings) -> None:
    for merged in grid.merged:
        if merged.last_row >= layout.header_row:
            findings.refuse(
                f"{grid.name}!{merged.name}",
                Words("合并的单元格", "merged cells"),
                Words("每个单元格各自填写", "cells of their own"),
                Words("取消合并并补全每一格", "unmerge them and fill in every cell"),
            )


def _refuse_hidden(grid: Grid, layout: Layout, findings: Findings) -> None:
    values = layout.periods or (layout.columns[Role.VALUE],)
    for row in sorted(grid.hidden_rows):
        filled = row < len(grid.rows) and any(
            grid.cell(row, column).kind is not CellKind.EMPTY for column in values
        )
        if row > layout.header_row and filled:
            findings.refuse(
                f"{grid.name}!{row + 1}:{row + 1}",
                Words("隐藏的行里有数值", "values in a hidden row"),
                Words("看得见的行", "rows that can be seen"),
                Words(
                    "清除筛选或取消隐藏；不要的行请删除",
                    "clear the filter or unhide it; delete rows that are not meant",
                ),
            )
    for column in sorted(grid.hidden_columns & _used(layout)):
        findings.refuse(
            grid.where(layout.header_row, column),
            Words("隐藏的列", "a hidden column"),
            Words("看得见的列", "columns that can be seen"),
            Words("取消隐藏；不要的列请删除", "unhide it; delete columns that are not meant"),
        )
