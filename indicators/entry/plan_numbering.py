"""Ids and numbers of milestones and tasks whose rows do not say them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from indicators.entry.known import Known
from indicators.entry.plain import folded
from indicators.entry.plan_columns import MILESTONES, TASKS, PlanSheet
from indicators.entry.plan_rows import PlanRow
from indicators.store.changes import Row

_ID_FORMS = {MILESTONES: ("milestone_id", "m"), TASKS: ("task_id", "t")}

# What makes two rows the same one, the surest first: a title may return in another year.
_SAMENESS: tuple[Callable[[Row], tuple[str, ...]], ...] = (
    lambda cells: (cells["plan_id"], folded(cells["title_zh"]), cells.get("year", "")),
    lambda cells: (cells["plan_id"], folded(cells["title_zh"])),
)


def numbered(rows: Sequence[PlanRow], known: Known) -> list[PlanRow]:
    """Give milestones and tasks without an id that of the known row with their title.

    Where there is none they get the next number of their plan, above all known ones and above
    those of the file.
    """
    done = list(rows)
    for sheet in _ID_FORMS:
        places = [place for place, row in enumerate(done) if row.sheet is sheet]
        known_rows = known.frames[sheet.table.file].to_dict("records")
        items = _with_known_ids([done[place] for place in places], sheet, known_rows)
        items = _with_next_ids(items, sheet, known_rows)
        if sheet is TASKS:
            items = _with_numbers(items, known_rows)
        for place, item in zip(places, items, strict=True):
            done[place] = item
    return done


def _with_known_ids(
    rows: list[PlanRow], sheet: PlanSheet, known_rows: Sequence[Row]
) -> list[PlanRow]:
    column, _ = _ID_FORMS[sheet]
    for same in _SAMENESS:
        taken = {row.cells[column] for row in rows}
        free: dict[tuple[str, ...], list[str]] = {}
        for cells in known_rows:
            if cells[column] not in taken:
                free.setdefault(same(cells), []).append(cells[column])
        rows = [
            row
            if row.cells[column] or not free.get(same(row.cells))
            else _with(row, column, free[same(row.cells)].pop(0))
            for row in rows
        ]
    return rows


def _with_next_ids(
    rows: Sequence[PlanRow], sheet: PlanSheet, known_rows: Sequence[Row]
) -> list[PlanRow]:
    column, letter = _ID_FORMS[sheet]
    ids = [cells[column] for cells in (*known_rows, *(row.cells for row in rows))]
    items = []
    for row in rows:
        if not row.cells[column]:
            start = f"{row.cells['plan_id']}-{letter}"
            endings = (text.removeprefix(start) for text in ids if text.startswith(start))
            row = _with(row, column, f"{start}{_next(endings):02d}")
            ids.append(row.cells[column])
        items.append(row)
    return items


def _with_numbers(rows: Sequence[PlanRow], known_rows: Sequence[Row]) -> list[PlanRow]:
    """Number the new tasks of a plan after all others; known ones keep theirs."""
    known_ids = {cells["task_id"] for cells in known_rows}
    counted = [
        (cells["plan_id"], cells["number"]) for cells in (*known_rows, *(row.cells for row in rows))
    ]
    items = []
    for row in rows:
        if not row.cells["number"] and row.cells["task_id"] not in known_ids:
            plan_id = row.cells["plan_id"]
            number = str(_next(text for plan, text in counted if plan == plan_id))
            row = _with(row, "number", number)
            counted.append((plan_id, number))
        items.append(row)
    return items


def _next(texts: Iterable[str]) -> int:
    return max((int(text) for text in texts if text.isdecimal()), default=0) + 1


def _with(row: PlanRow, column: str, text: str) -> PlanRow:
    return replace(row, cells={**row.cells, column: text})
