"""Hold a plan to the rules of the tables, and say what is wrong at the cells of its file."""

from collections.abc import Sequence

from indicators.entry.findings import Findings
from indicators.entry.plan_rows import PlanRow
from indicators.entry.words import Words, same
from indicators.errors import Fault
from indicators.reading import HEADER_ROWS
from indicators.store.changes import Change
from indicators.store.drafts import frames_faults
from indicators.store.placing import WorkingTables
from indicators.store.snapshots import Frames

# The words of the rules of the tables that a person filling in a plan is most likely to meet.
_EXPECTED_ZH = {
    "text": "文字",
    "a number": "数字",
    "a year such as 2020": "年份，如 2030",
    "a six-digit division code": "六位区划代码",
    "an id of letters, digits, - and _": "由字母、数字、- 和 _ 组成的编号",
    "a code of the boundaries": "边界中的区划代码",
}


def refuse_table_faults(
    changes: Sequence[tuple[PlanRow, Change]],
    frames: Frames,
    known_adcodes: frozenset[str],
    findings: Findings,
) -> None:
    """Find every fault the tables would have with a plan's rows in them."""
    working = WorkingTables(frames)
    placed = working.apply(change for _, change in changes)
    rows = {
        (row.sheet.table.file, item.position + HEADER_ROWS): row
        for (row, _), item in zip(changes, placed, strict=True)
    }
    for fault in frames_faults(working.frames(), known_adcodes):
        row = rows.get((fault.file, fault.row))
        where = row.at(fault.column) if row else f"{fault.file}:{fault.row}"
        findings.refuse(where, _found(fault), _expected(fault), _remedy(fault))


def _found(fault: Fault) -> Words:
    return Words("空白", "nothing") if fault.found == "nothing" else same(fault.found)


def _expected(fault: Fault) -> Words:
    if fault.column.startswith("departments_") and "department of plan" in fault.expected:
        return Words("“部门”表中的部门", fault.expected)
    return Words(_EXPECTED_ZH.get(fault.expected, fault.expected), fault.expected)


def _remedy(fault: Fault) -> Words:
    if fault.found == "nothing":
        return Words("填写此格", "fill in the cell")
    return Words("改正此格", fault.remedy)
