"""The rows of a plan's sheets, with the addresses of their cells."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from indicators.entry.findings import Findings
from indicators.entry.grids import CellKind, Grid
from indicators.entry.plain import plain
from indicators.entry.plan_cells import PlanCellError, read_cell
from indicators.entry.plan_columns import PlanSheet
from indicators.entry.shifted import refuse_overlong
from indicators.entry.words import Words, quoted
from indicators.store.changes import Row

_SEARCHED_ROWS = 10
_LEAST_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A row of a plan's table; ``cells`` has every column of the table.

    ``assumed`` is what empty cells mean where the tables have no such row yet.
    """

    sheet: PlanSheet
    grid: Grid
    row: int
    columns: Mapping[str, int]
    cells: Row
    assumed: Row = field(default_factory=dict)

    def at(self, column: str) -> str:
        """Return the address of a column's cell, or of the row where the file lacks the column."""
        return self.grid.where(self.row, self.columns.get(column, 0))


def read_plan_rows(grid: Grid, sheet: PlanSheet, findings: Findings) -> tuple[PlanRow, ...]:
    """Read the rows under the header of a plan's sheet."""
    header = _header(grid, sheet)
    if header is None:
        if any(cell.kind is not CellKind.EMPTY for cells in grid.rows for cell in cells):
            _refuse_no_header(grid, sheet, findings)
        return ()
    row, columns = header
    _tell_ignored(grid, row, columns, findings)
    refuse_overlong(grid, row, findings)
    for merged in grid.merged:
        if merged.last_row >= row:
            findings.refuse(
                f"{grid.name}!{merged.name}",
                Words("合并的单元格", "merged cells"),
                Words("每个单元格各自填写", "cells of their own"),
                Words("取消合并并补全每一格", "unmerge them and fill in every cell"),
            )
    return tuple(_rows(grid, sheet, row, columns, findings))


def _rows(
    grid: Grid, sheet: PlanSheet, header: int, columns: Mapping[str, int], findings: Findings
) -> Iterator[PlanRow]:
    for row in range(header + 1, len(grid.rows)):
        used = [grid.cell(row, column) for column in columns.values()]
        if all(cell.kind is CellKind.EMPTY for cell in used):
            continue
        if row in grid.hidden_rows:
            findings.refuse(
                f"{grid.name}!{row + 1}:{row + 1}",
                Words("隐藏的行", "a hidden row"),
                Words("看得见的行", "rows that can be seen"),
                Words(
                    "清除筛选或取消隐藏；不要的行请删除",
                    "clear the filter or unhide it; delete rows that are not meant",
                ),
            )
        cells = dict.fromkeys(sheet.table.columns, "")
        for name, column in columns.items():
            cell = grid.cell(row, column)
            try:
                cells[name] = read_cell(name, cell)
            except PlanCellError as error:
                where = grid.where(row, column)
                findings.refuse(where, quoted(cell.text), error.expected, error.remedy)
        yield PlanRow(sheet, grid, row, columns, cells)


def _header(grid: Grid, sheet: PlanSheet) -> tuple[int, dict[str, int]] | None:
    for row in range(min(len(grid.rows), _SEARCHED_ROWS)):
        columns: dict[str, int] = {}
        for column, cell in enumerate(grid.rows[row]):
            name = sheet.column_of(cell.text)
            if name and name in sheet.table.columns:
                columns.setdefault(name, column)
        if len(columns) >= _LEAST_COLUMNS:
            return row, columns
    return None


def _tell_ignored(grid: Grid, row: int, columns: Mapping[str, int], findings: Findings) -> None:
    ignored = "、".join(
        f"{grid.where(row, column)} “{plain(cell.text)}”"
        for column, cell in enumerate(grid.rows[row])
        if cell.kind is not CellKind.EMPTY and column not in columns.values()
    )
    if ignored:
        findings.notice(f"未使用的列：{ignored}", f"columns not used: {ignored}")


def _refuse_no_header(grid: Grid, sheet: PlanSheet, findings: Findings) -> None:
    listed = "、".join(column.label for column in sheet.columns)
    findings.refuse(
        grid.name,
        Words("没有列名行", "no header row"),
        Words(f"列名 {listed}", f"the columns {', '.join(sheet.table.columns)}"),
        Words(
            "用 quality-atlas template --plan 生成模板",
            "make a template with quality-atlas template --plan",
        ),
    )
