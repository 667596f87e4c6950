"""Rows of text files whose cells an unquoted thousands separator has shifted."""

import re

from indicators.entry.findings import Findings
from indicators.entry.grids import CellKind, Grid
from indicators.entry.words import Words, quoted

_HEAD = re.compile(r"\D*\d{1,3}", re.ASCII)
_TAIL = re.compile(r"\d{3}(?:\.\d+)?", re.ASCII)
_REMEDY = Words(
    '带千位分隔的数字加引号（"1,234"）或去掉逗号；多余的内容请删除',
    'put numbers with thousands separators in quotes ("1,234") or drop the comma; '
    "remove what is surplus",
)


def refuse_overlong(grid: Grid, header_row: int, findings: Findings) -> None:
    """Refuse every filled cell of a text file that stands beyond its last column name."""
    if not grid.is_text:
        return
    width = _width(grid, header_row)
    for row in range(header_row + 1, len(grid.rows)):
        for column in range(width, len(grid.rows[row])):
            cell = grid.cell(row, column)
            if cell.kind is not CellKind.EMPTY:
                findings.refuse(
                    grid.where(row, column),
                    quoted(cell.text),
                    Words(f"至多 {width} 列，与列名行相同", f"{width} cells, as the header has"),
                    _REMEDY,
                )


def refuse_split_number(grid: Grid, row: int, column: int, findings: Findings) -> None:
    """Refuse a number and the three digits in the text cell behind it: 1,234 made two cells."""
    value, behind = grid.cell(row, column).text.strip(), grid.cell(row, column + 1).text.strip()
    if grid.is_text and _HEAD.fullmatch(value) and _TAIL.fullmatch(behind):
        findings.refuse(
            grid.where(row, column),
            quoted(f"{value},{behind}"),
            Words("一个单元格里的数字", "a number in one cell"),
            _REMEDY,
        )


def _width(grid: Grid, header_row: int) -> int:
    filled = (
        column
        for column, cell in enumerate(grid.rows[header_row])
        if cell.kind is not CellKind.EMPTY
    )
    return max(filled, default=-1) + 1
