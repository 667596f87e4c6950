"""One spelling for each department of a plan, whatever the width of its brackets."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from indicators.entry.known import Known
from indicators.entry.plain import folded
from indicators.entry.plan_columns import DEPARTMENTS
from indicators.entry.plan_rows import PlanRow
from indicators.schemas import DEPARTMENTS_TABLE

_LISTS = ("departments_lead", "departments_participating")


def spelled(rows: Sequence[PlanRow], known: Known) -> list[PlanRow]:
    """Write every department as the table has it already, else as the file's own sheet has it."""
    frame = known.frames[DEPARTMENTS_TABLE.file]
    given = [
        *zip(frame["plan_id"], frame["name_zh"], strict=True),
        *((row.cells["plan_id"], row.cells["name_zh"]) for row in rows if row.sheet is DEPARTMENTS),
    ]
    exact = set(zip(frame["plan_id"], frame["name_zh"], strict=True))
    spellings: dict[tuple[str, str], str] = {}
    for plan_id, name in given:
        spellings.setdefault((plan_id, folded(name)), name)

    def spelling(plan_id: str, name: str) -> str:
        return name if (plan_id, name) in exact else spellings.get((plan_id, folded(name)), name)

    return [_spelled(row, spelling) for row in rows]


def _spelled(row: PlanRow, spelling: Callable[[str, str], str]) -> PlanRow:
    plan_id = row.cells.get("plan_id", "")
    cells = {
        column: ";".join(spelling(plan_id, name) for name in row.cells[column].split(";"))
        for column in _LISTS
        if column in row.cells
    }
    if row.sheet is DEPARTMENTS:
        cells["name_zh"] = spelling(plan_id, row.cells["name_zh"])
    return replace(row, cells={**row.cells, **cells})
