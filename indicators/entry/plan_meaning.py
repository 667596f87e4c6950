"""Cells of a plan that the tables would take, though they cannot mean what they say."""

from collections.abc import Sequence
from decimal import Decimal

from indicators.entry.findings import Findings
from indicators.entry.known import Known
from indicators.entry.plain import folded, plain
from indicators.entry.plan_columns import INDICATORS, TARGETS
from indicators.entry.plan_rows import PlanRow
from indicators.entry.words import Words, quoted
from indicators.store.changes import Row

_PERCENT = "%"
_NAMES = ("indicator_id", "name_zh", "name_en")

Compared = Sequence[tuple[PlanRow, Row | None]]


def refuse_doubtful(compared: Compared, known: Known, findings: Findings) -> None:
    """Refuse percent signs and shares in the wrong place, and indicators that exist already.

    Args:
        compared: the rows of the file, each with the row it replaces.
        known: what the tables hold.
        findings: takes the faults.
    """
    indicators = _names_of_indicators(known)
    units = {item.indicator_id: item.unit for item in known.tables.indicators}
    for row, before in compared:
        if row.sheet is INDICATORS:
            units[row.cells["indicator_id"]] = row.cells["unit"]
            if before != row.cells:
                _refuse_known_name(row, indicators, findings)
            indicators.update(_names_in(row))
    for row, before in compared:
        if row.sheet is TARGETS:
            unit = units.get(row.cells["indicator_id"], row.cells["unit"])
            for column in ("value", "value_upper"):
                _check_percent(row, column, unit, before, findings)


def _names_of_indicators(known: Known) -> dict[str, str]:
    return {name: item.indicator_id for name, item in known.indicators_by_name.items()}


def _names_in(row: PlanRow) -> dict[str, str]:
    names = filter(None, (folded(row.cells[column]) for column in _NAMES))
    return dict.fromkeys(names, row.cells["indicator_id"])


def _refuse_known_name(row: PlanRow, indicators: dict[str, str], findings: Findings) -> None:
    for column in _NAMES:
        text = row.cells[column]
        other = indicators.get(folded(text), row.cells["indicator_id"])
        if other != row.cells["indicator_id"]:
            findings.refuse(
                row.at(column),
                quoted(text),
                Words(f"新的名称：{other} 已叫此名", f"a new name: that of {other} is the same"),
                Words(
                    f"用已有的指标 {other}，或换一个名称",
                    f"use the indicator {other}, or choose another name",
                ),
            )
            return


def _check_percent(
    row: PlanRow, column: str, unit: str, before: Row | None, findings: Findings
) -> None:
    text = row.cells[column]
    if not text or column not in row.columns:
        return
    cell = row.grid.cell(row.row, row.columns[column])
    has_sign = cell.percent or _PERCENT in plain(cell.text)
    if has_sign and unit != _PERCENT:
        findings.refuse(
            row.at(column),
            quoted(f"{text}%"),
            Words(f"单位为“{unit}”的数字", f"a number in the unit {unit}"),
            Words("去掉百分号，或改正指标", "leave out the % sign or correct the indicator"),
        )
    is_known = before is not None and before[column] == text
    if unit == _PERCENT and not has_sign and not is_known and 0 < Decimal(text) <= 1:
        findings.refuse(
            row.at(column),
            quoted(text),
            Words("百分数", "a percentage"),
            Words("写成 95% 或 95", "write 95% or 95"),
        )
