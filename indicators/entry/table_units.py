"""The unit that a whole table says: behind the header of its values, or in a line above it."""

import re
from collections.abc import Iterator

from indicators.entry.findings import Findings
from indicators.entry.grids import Grid
from indicators.entry.plain import bracketed, folded, plain
from indicators.entry.units import is_unit
from indicators.entry.words import Words, quoted

# 填报单位 and 主管单位 are not units but offices.
_UNIT_LINE = re.compile(r"(?<![\u4e00-\u9fff])(?:计量|数据)?单位\s*:\s*([^\s)]+)")


def table_unit(
    grid: Grid, header_row: int, behind: tuple[str, str] | None, findings: Findings
) -> str:
    """Return the unit of a table, empty where it says none; refuse two different ones.

    Args:
        grid: the sheet.
        header_row: where its header stands.
        behind: the unit behind the header of the values after its address, where there is one.
        findings: takes contradictions.
    """
    said = [*filter(None, [behind]), *_units_above(grid, header_row)]
    for where, unit in said[1:]:
        if folded(unit) != folded(said[0][1]):
            findings.refuse(
                where,
                quoted(unit),
                Words(f"一个单位（{said[0][0]} 已写“{said[0][1]}”）", f"one unit ({said[0][0]})"),
                Words("只写一处，或另加单位列", "write it once, or add a column of units"),
            )
    return said[0][1] if said else ""


def _units_above(grid: Grid, header_row: int) -> Iterator[tuple[str, str]]:
    for row, cells in enumerate(grid.rows[:header_row]):
        for column, cell in enumerate(cells):
            if found := _UNIT_LINE.search(plain(cell.text)):
                yield grid.where(row, column), found[1].strip()
                continue
            for inside in filter(is_unit, bracketed(cell.text)):
                yield grid.where(row, column), plain(inside)
