"""From a plan workbook or folder to the changes that add the plan."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from indicators.entry.findings import Findings
from indicators.entry.grids import Grid
from indicators.entry.known import Known
from indicators.entry.places import Places
from indicators.entry.plan_check import refuse_table_faults
from indicators.entry.plan_columns import PLAN, PLAN_SHEETS, PlanSheet, sheet_named
from indicators.entry.plan_completing import completed, with_rest
from indicators.entry.plan_lines import PlanLine, plan_lines
from indicators.entry.plan_meaning import refuse_doubtful
from indicators.entry.plan_rows import PlanRow, read_plan_rows
from indicators.entry.values import GUIDE
from indicators.entry.words import Words
from indicators.store.changes import Change, Row, key_of


@dataclass(frozen=True, slots=True)
class PlanProposal:
    """What a plan would add or change, counted by table as (new, changed, unchanged)."""

    changes: tuple[Change, ...]
    counts: Mapping[str, tuple[int, int, int]]
    lines: tuple[PlanLine, ...] = ()
    notices: tuple[Words, ...] = ()


def is_plan(grids: Iterable[Grid]) -> bool:
    """Tell whether the sheets are those of a plan."""
    return any(sheet_named(grid.name) is PLAN for grid in grids)


def propose_plan(
    grids: Sequence[Grid],
    known: Known,
    places: Places,
    findings: Findings,
    audience: str | None = None,
) -> PlanProposal:
    """Read a plan and hold it against the tables.

    Args:
        grids: the sheets of the plan.
        known: what the tables hold.
        places: the regions.
        findings: takes faults and notices.
        audience: who may see targets that do not say; None: known ones stay as they are, new ones
            are for everybody.

    Raises:
        EntryError: with every fault of the plan.
    """
    rows = _read_sheets(grids, findings)
    rows = completed(rows, known, places, findings)
    findings.stop_if_refused()
    _refuse_repeated(rows, findings)
    findings.stop_if_refused()
    befores = [_row_before(row, known) for row in rows]
    compared = [
        (with_rest(row, before, audience, findings), before)
        for row, before in zip(rows, befores, strict=True)
    ]
    changed = [
        (row, Change(row.sheet.stem, before, row.cells))
        for row, before in compared
        if before != row.cells
    ]
    refuse_doubtful(compared, known, findings)
    refuse_table_faults(changed, known.frames, places.adcodes, findings)
    findings.stop_if_refused()
    return PlanProposal(
        changes=tuple(change for _, change in changed),
        counts=_counts(compared),
        lines=tuple(plan_lines(changed, known)),
        notices=tuple(findings.notices),
    )


def _read_sheets(grids: Sequence[Grid], findings: Findings) -> list[PlanRow]:
    by_sheet: dict[PlanSheet, list[PlanRow]] = {sheet: [] for sheet in PLAN_SHEETS}
    for grid in grids:
        sheet = sheet_named(grid.name)
        if sheet is not None:
            by_sheet[sheet] += read_plan_rows(grid, sheet, findings)
        elif grid.name != GUIDE:
            findings.notice(
                f"工作表“{grid.name}”不属于规划，未读取",
                f'the sheet "{grid.name}" is none of a plan and was not read',
            )
    if not by_sheet[PLAN]:
        findings.refuse(
            PLAN.title,
            Words("没有规划", "no plan"),
            Words("“规划”表中的一行", "a row in the sheet of the plan"),
            Words("填写规划编号、地区、名称和年份", "fill in its id, region, name and years"),
        )
    return [row for rows in by_sheet.values() for row in rows]


def _refuse_repeated(rows: Iterable[PlanRow], findings: Findings) -> None:
    seen: dict[tuple[str, tuple[str, ...]], str] = {}
    for row in rows:
        key = key_of(row.sheet.stem, row.cells)
        where = row.at(row.sheet.table.key[-1])
        first = seen.setdefault((row.sheet.stem, key), where)
        if first != where:
            listed = " ".join(key)
            findings.refuse(
                where,
                Words(f"重复：{listed} 已在 {first}", f"{listed} again, already in {first}"),
                Words("每项一次", "each once"),
                Words("保留正确的一行", "keep the right one"),
            )


def _row_before(row: PlanRow, known: Known) -> Row | None:
    frame = known.frames[row.sheet.table.file]
    key = key_of(row.sheet.stem, row.cells)
    for column, text in zip(row.sheet.table.key, key, strict=True):
        frame = frame[frame[column] == text]
    found: list[Row] = frame.to_dict("records")
    return found[0] if found else None


def _counts(compared: Iterable[tuple[PlanRow, Row | None]]) -> dict[str, tuple[int, int, int]]:
    counts: dict[str, list[int]] = {}
    for row, before in compared:
        kind = 0 if before is None else 2 if before == row.cells else 1
        counts.setdefault(row.sheet.stem, [0, 0, 0])[kind] += 1
    return {stem: (new, changed, same) for stem, (new, changed, same) in counts.items()}
