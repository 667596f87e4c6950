"""Fill in what a plan's rows leave open and other cells say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from indicators.entry.findings import Findings
from indicators.entry.known import Known
from indicators.entry.places import PlaceError, Places
from indicators.entry.plain import folded
from indicators.entry.plan_columns import PLAN
from indicators.entry.plan_departments import spelled
from indicators.entry.plan_numbering import numbered
from indicators.entry.plan_rows import PlanRow
from indicators.entry.words import Words, quoted
from indicators.store.changes import Row

_OPTIONAL_ENGLISH = {
    "name_en": "name_zh",
    "title_en": "title_zh",
    "summary_en": "summary_zh",
    "period_basis_en": "period_basis_zh",
}
_KEPT = frozenset(["audience", "map_number", "adcode", "unit", "kind", "number"])
_NUMBERS = frozenset(["value", "value_upper", "minimum", "maximum", "number"])


def completed(
    rows: Sequence[PlanRow], known: Known, places: Places, findings: Findings
) -> list[PlanRow]:
    """Fill in what says which row it is, and note what its other cells would be if it is new."""
    plans = [row for row in rows if row.sheet is PLAN]
    plans = [_with_region(row, places, findings) for row in plans]
    rest = [row for row in rows if row.sheet is not PLAN]
    rest = [_with_plan(row, plans, findings) for row in rest]
    indicators = _indicator_rows([*rest], known)
    rest = [_with_indicator(row, indicators, findings) for row in rest]
    rest = [_with_region(row, places, findings) for row in rest]
    return [*plans, *numbered(spelled(rest, known), known)]


def with_rest(
    row: PlanRow, before: Row | None, audience: str | None, findings: Findings
) -> PlanRow:
    """Fill in what a row leaves open: from the row it replaces, else what is assumed.

    What the file has no column for stays as it is, and so do empty cells of some columns, such
    as the unit, and English names as long as the Chinese is the same. An audience that the caller
    states holds for every row that does not say its own.
    """
    row = _filled(row, audience=audience or "")
    if before is not None:
        row = _filled(row, **{name: before[name] for name in row.cells if _is_kept(name, row)})
        row = _with_known_numbers(row, before)
        english = {
            name: before[name]
            for name, chinese in _OPTIONAL_ENGLISH.items()
            if name in row.cells and row.cells[chinese] == before[chinese]
        }
        row = _filled(row, **english)
    return _with_english(_filled(row, **{**row.assumed, "audience": "public"}), findings)


def _with_known_numbers(row: PlanRow, before: Row) -> PlanRow:
    """Keep how a number is written where it is the same number: 95.50 stays when 95.5 is read."""
    same = {
        name: before[name]
        for name in _NUMBERS & row.cells.keys()
        if row.cells[name] and before[name] and Decimal(row.cells[name]) == Decimal(before[name])
    }
    return replace(row, cells={**row.cells, **same})


def _is_kept(name: str, row: PlanRow) -> bool:
    return name in _KEPT or (name not in row.columns and name not in _OPTIONAL_ENGLISH)


def _filled(row: PlanRow, **cells: str) -> PlanRow:
    """Return a row whose empty cells are filled."""
    kept = {name: row.cells[name] or text for name, text in cells.items() if name in row.cells}
    return replace(row, cells={**row.cells, **kept})


def _assuming(row: PlanRow, **cells: str) -> PlanRow:
    return replace(row, assumed={**row.assumed, **cells})


def _with_region(row: PlanRow, places: Places, findings: Findings) -> PlanRow:
    text = row.cells.get("adcode", "")
    if not text:
        if row.sheet is PLAN:
            findings.refuse(
                row.at("adcode"),
                Words("空白", "nothing"),
                Words("区划代码或地区名称", "the code or name of a region"),
                Words("填写此格", "fill in the cell"),
            )
        return row
    try:
        found = places.find(text)
    except PlaceError as error:
        findings.refuse(row.at("adcode"), quoted(text), error.expected, error.remedy)
        return row
    if found.notice:
        findings.notice(found.notice.zh, found.notice.en)
    return replace(row, cells={**row.cells, "adcode": found.place.adcode})


def _with_plan(row: PlanRow, plans: Sequence[PlanRow], findings: Findings) -> PlanRow:
    if "plan_id" not in row.cells:
        return row
    if not row.cells["plan_id"] and len(plans) > 1:
        findings.refuse(
            row.at("plan_id"),
            Words("空白", "nothing"),
            Words("“规划”表中的规划编号", "an id of the sheet of plans"),
            Words("文件含多份规划时必须填写", "fill it in where a file has several plans"),
        )
    if len(plans) == 1:
        row = _filled(row, plan_id=plans[0].cells["plan_id"])
    own = [plan for plan in plans if plan.cells["plan_id"] == row.cells["plan_id"]]
    return _assuming(row, adcode=own[0].cells["adcode"]) if own else row


def _indicator_rows(rows: Iterable[PlanRow], known: Known) -> dict[str, Row]:
    """Return the indicators, those of the file included, by id and by name."""
    catalogue = {
        item.indicator_id: {"unit": item.unit, "kind": str(item.kind), "name_zh": item.name_zh}
        for item in known.tables.indicators
    }
    own = {row.cells["indicator_id"]: row.cells for row in rows if row.sheet.stem == "indicators"}
    both: dict[str, Row] = {
        indicator_id: {
            **catalogue.get(indicator_id, {}),
            **{name: text for name, text in own.get(indicator_id, {}).items() if text},
            "indicator_id": indicator_id,
        }
        for indicator_id in {**catalogue, **own}
    }
    by_name = {folded(cells["name_zh"]): cells for cells in both.values()}
    return by_name | {folded(indicator_id): cells for indicator_id, cells in both.items()}


def _with_indicator(row: PlanRow, indicators: Mapping[str, Row], findings: Findings) -> PlanRow:
    text = row.cells.get("indicator_id", "")
    if row.sheet.stem != "targets":
        return row
    found = indicators.get(folded(text))
    if found is None:
        findings.refuse(
            row.at("indicator_id"),
            quoted(text) if text else Words("空白", "nothing"),
            Words("指标目录中的编号或名称", "an id or name of the catalogue of indicators"),
            Words("改正，或在“指标”表中增加此指标", "correct it or add it to that sheet"),
        )
        return row
    row = _assuming(row, unit=found["unit"], kind=found["kind"])
    return replace(row, cells={**row.cells, "indicator_id": found["indicator_id"]})


def _with_english(row: PlanRow, findings: Findings) -> PlanRow:
    wanted = {
        english: row.cells[chinese]
        for english, chinese in _OPTIONAL_ENGLISH.items()
        if english in row.cells and not row.cells[english] and row.cells[chinese]
    }
    if wanted:
        findings.notice("没有英文的名称以中文代替", "names without English are shown in Chinese")
    return _filled(row, **wanted)
