"""Targets without their plan are no observations, though their columns look alike."""

from collections.abc import Iterable

from indicators.entry.findings import Findings
from indicators.entry.grids import Cell, Grid
from indicators.entry.plan_columns import TARGETS, sheet_named
from indicators.entry.words import Words

_SEARCHED_ROWS = 30
_COMPARATOR, _INDICATOR = "comparator", "indicator_id"


def refuse_targets_alone(grids: Iterable[Grid], findings: Findings) -> None:
    """Refuse sheets of targets in a file that holds no plan.

    Raises:
        EntryError: naming each such sheet.
    """
    for grid in grids:
        if sheet_named(grid.name) is TARGETS or any(map(_is_header, grid.rows[:_SEARCHED_ROWS])):
            findings.refuse(
                grid.name,
                Words("规划目标", "targets of a plan"),
                Words("实际数值", "observed values"),
                Words(
                    "目标要与规划一起导入：含“规划”表的工作簿，或含 plan.csv 的文件夹",
                    "targets are imported together with 规划/plan.csv: the workbook, or the folder",
                ),
            )
    findings.stop_if_refused()


def _is_header(cells: Iterable[Cell]) -> bool:
    return {_COMPARATOR, _INDICATOR} <= {TARGETS.column_of(cell.text) for cell in cells}
