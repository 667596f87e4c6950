"""The rows of the tables of the data page, written in the language of the page."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pypinyin import Style, lazy_pinyin

from dashboard import text
from dashboard.bundle import DataBundle
from dashboard.figures import labels
from dashboard.selection import newest_year
from dashboard.views.data_query import Tab
from geodata.regions import Region
from indicators.periods import Period, year_period
from indicators.records import (
    Audience,
    DefinitionBreak,
    Indicator,
    Observation,
    Source,
    Target,
)

Row = dict[str, Any]

USED, RIVAL = "✓", "○"


@dataclass(frozen=True, slots=True)
class TableView:
    """One table: what it is of, and its rows with their cells by name."""

    tab: Tab
    rows: tuple[Row, ...]


def table_view(bundle: DataBundle, tab: Tab, lang: str) -> TableView:
    """Write the rows of a tab.

    A row's ``search`` holds what the search box also finds: pinyin, initials and codes.
    """
    return TableView(tab, tuple(_ROWS[tab](bundle, lang)))


@lru_cache(maxsize=4096)
def spelt(name: str) -> str:
    """Return the pinyin of a Chinese name and its initials."""
    pinyin = "".join(lazy_pinyin(name))
    return f"{pinyin} {''.join(lazy_pinyin(name, style=Style.FIRST_LETTER))}".lower()


def break_mark(lang: str, period: Period, breaks: tuple[DefinitionBreak, ...]) -> str:
    """Say on which side of the changes of definition of its series a value stands."""
    said = []
    for change in breaks:
        after = change.first_period.first_month <= period.last_month
        key = "data.break_after" if after else "data.break_before"
        said.append(
            text.t(
                lang,
                key,
                period=text.period(lang, change.first_period),
                note=text.pick(lang, change.note_zh, change.note_en),
            )
        )
    return text.t(lang, "data.join").join(said)


def _observation_rows(bundle: DataBundle, lang: str) -> Iterator[Row]:
    for index, observation in enumerate(bundle.atlas.tables.observations):
        yield _observation_row(bundle, lang, index, observation)


def _observation_row(bundle: DataBundle, lang: str, index: int, observation: Observation) -> Row:
    atlas = bundle.atlas
    indicator = atlas.indicators[observation.indicator_id]
    region = bundle.regions.get(observation.adcode)
    choice = atlas.choice(observation.adcode, observation.indicator_id, str(observation.period))
    # By identity: two publications may state the same value, and only one counts.
    used = choice is not None and choice.chosen is observation
    breaks = atlas.breaks(observation.adcode, observation.indicator_id)
    return {
        "id": f"o{index}",
        **_region_cells(region, lang),
        **_indicator_cells(indicator, lang),
        "period": str(observation.period),
        "period_text": text.period(lang, observation.period),
        "value": observation.value,
        "value_text": labels.observed(lang, observation, indicator.unit),
        "use": text.t(lang, "data.used" if used else "data.rival"),
        "rivals": _rivals(bundle, lang, observation, used=used),
        "quality": text.t(lang, f"quality.{observation.quality}"),
        **_source_cells(atlas.sources[observation.source_id]),
        "note": text.pick(lang, *atlas.note(observation.note)),
        "break": break_mark(lang, observation.period, breaks),
        "audience": _internal(lang, observation.audience),
        "correction": _corrected(bundle, lang, observation),
        "search": _found_by(region, indicator),
    }


def _rivals(bundle: DataBundle, lang: str, observation: Observation, *, used: bool) -> str:
    """Name what else was published for the same region, indicator and period, and the rule."""
    atlas = bundle.atlas
    choice = atlas.choice(observation.adcode, observation.indicator_id, str(observation.period))
    if choice is None or not choice.rivals:
        return ""
    unit = atlas.indicators[observation.indicator_id].unit
    others = choice.rivals if used else (choice.chosen,)
    listed = [
        text.t(
            lang,
            "data.rival_of",
            value=labels.observed(lang, other, unit),
            publisher=atlas.sources[other.source_id].publisher,
        )
        for other in others
    ]
    rule = text.t(lang, f"rule.{choice.rule}")
    key = "data.beats" if used else "data.yields"
    return text.t(lang, key, others=text.t(lang, "data.join").join(listed), rule=rule)


def _target_rows(bundle: DataBundle, lang: str) -> Iterator[Row]:
    until = year_period(newest_year(bundle))
    for index, target in enumerate(bundle.atlas.tables.targets):
        yield _target_row(bundle, lang, index, target, until)


def _target_row(bundle: DataBundle, lang: str, index: int, target: Target, until: Period) -> Row:
    atlas = bundle.atlas
    indicator = atlas.indicators[target.indicator_id]
    region = bundle.regions.get(target.adcode)
    plan = atlas.plans[target.plan_id]
    verdict = atlas.verdict(target.adcode, region.level, target.indicator_id, until, target)
    departments = [
        text.pick(lang, name, atlas.department_name_en(target.plan_id, name))
        for name in target.departments
    ]
    return {
        "id": f"t{index}",
        **_region_cells(region, lang),
        **_indicator_cells(indicator, lang),
        "plan": text.pick(lang, plan.name_zh, plan.name_en),
        "year": target.year,
        "value": target.value,
        "value_text": labels.promised(lang, target),
        "kind": text.t(lang, f"data.kind_{target.kind}"),
        "state": labels.state_badge(lang, verdict.state),
        "reason": labels.reason(lang, verdict, target.unit),
        "clause": target.clause,
        "departments": text.t(lang, "finding.join").join(departments),
        "scope": text.pick(lang, target.scope_zh, target.scope_en),
        "audience": _internal(lang, target.audience),
        "search": _found_by(region, indicator),
    }


def _indicator_rows(bundle: DataBundle, lang: str) -> Iterator[Row]:
    tables = bundle.atlas.tables
    published: dict[str, list[Observation]] = defaultdict(list)
    for observation in tables.observations:
        published[observation.indicator_id].append(observation)
    promised = Counter(target.indicator_id for target in tables.targets)
    for indicator in tables.indicators:
        values = published[indicator.indicator_id]
        yield {
            "id": indicator.indicator_id,
            **_indicator_cells(indicator, lang),
            "indicator_id": indicator.indicator_id,
            "unit": indicator.unit,
            "direction": text.t(lang, f"data.direction_{indicator.direction}"),
            "kind": text.t(lang, f"data.kind_{indicator.kind}"),
            "levels": text.t(lang, "finding.join").join(
                text.t(lang, f"level.{level}")
                for level in sorted(indicator.levels, key=lambda level: level.rank)
            ),
            "observations": len(values),
            "regions": len({item.adcode for item in values}),
            "years": _span([item.period.year for item in values]),
            "targets": promised[indicator.indicator_id],
            "break": _breaks_of(bundle, lang, indicator),
            "search": _known_as(indicator),
        }


def _breaks_of(bundle: DataBundle, lang: str, indicator: Indicator) -> str:
    said = []
    for change in bundle.atlas.tables.breaks:
        if change.indicator_id == indicator.indicator_id:
            where = bundle.regions.get(change.adcode or "100000")
            note = text.pick(lang, change.note_zh, change.note_en)
            name = labels.region_name(lang, where)
            said.append(text.t(lang, "data.break_of", region=name, note=note))
    return text.t(lang, "data.join").join(said)


def _source_rows(bundle: DataBundle, lang: str) -> Iterator[Row]:
    tables = bundle.atlas.tables
    stated: dict[str, list[Observation]] = defaultdict(list)
    for observation in tables.observations:
        stated[observation.source_id].append(observation)
    for source in tables.sources:
        values = stated[source.source_id]
        qualities = dict.fromkeys(item.quality for item in values)
        yield {
            "id": source.source_id,
            "source_id": source.source_id,
            **_source_cells(source),
            "quality": text.t(lang, "finding.join").join(
                text.t(lang, f"quality.{quality}") for quality in qualities
            ),
            "observations": len(values),
            "years": _span([item.period.year for item in values]),
            "search": f"{spelt(source.publisher)} {spelt(source.title)}",
        }


def _correction_rows(bundle: DataBundle, lang: str) -> Iterator[Row]:
    atlas = bundle.atlas
    for index, item in enumerate(atlas.tables.corrections):
        region = bundle.regions.get(item.adcode)
        indicator = atlas.indicators[item.indicator_id]
        yield {
            "id": f"c{index}",
            **_region_cells(region, lang),
            **_indicator_cells(indicator, lang),
            "period": str(item.period),
            "period_text": text.period(lang, item.period),
            "column": text.t(lang, f"correction.column_{item.column}"),
            "expected_wrong": item.expected_wrong,
            "right": item.right,
            "reason": text.pick(lang, item.reason_zh, item.reason_en),
            **_source_cells(atlas.sources[item.source_id]),
            "evidence": atlas.sources[item.evidence_source_id].publisher,
            "search": _found_by(region, indicator),
        }


def _internal(lang: str, audience: Audience) -> str:
    return text.t(lang, "stamp.internal") if audience is Audience.INTERNAL else ""


def _corrected(bundle: DataBundle, lang: str, observation: Observation) -> str:
    if not observation.corrections:
        return ""
    unit = bundle.atlas.indicators[observation.indicator_id].unit
    return labels.corrected(lang, observation, unit, bundle.atlas)


def _region_cells(region: Region, lang: str) -> Row:
    return {"region": labels.region_name(lang, region), "adcode": region.adcode}


def _indicator_cells(indicator: Indicator, lang: str) -> Row:
    return {
        "indicator": labels.indicator_name(lang, indicator),
        "domain": text.t(lang, f"domain.{indicator.domain}"),
    }


def _source_cells(source: Source) -> Row:
    # An address of another kind, such as javascript:, must never become a link.
    url = source.url if source.url.startswith(("http://", "https://")) else ""
    return {"publisher": source.publisher, "title": source.title, "url": url}


def _found_by(region: Region, indicator: Indicator) -> str:
    names = f"{region.name_zh} {region.pinyin} {region.initials} {region.name_en}"
    return f"{names} {_known_as(indicator)}"


def _known_as(indicator: Indicator) -> str:
    """Return what an indicator is also called: in the other language, in pinyin, by its id."""
    spoken = indicator.indicator_id.replace("_", " ")
    return f"{indicator.name_zh} {spelt(indicator.name_zh)} {indicator.name_en} {spoken}"


def _span(years: list[int]) -> str:
    if not years:
        return ""
    first, last = min(years), max(years)
    return str(first) if first == last else f"{first}–{last}"


_ROWS: dict[Tab, Callable[[DataBundle, str], Iterator[Row]]] = {
    Tab.OBSERVATIONS: _observation_rows,
    Tab.TARGETS: _target_rows,
    Tab.INDICATORS: _indicator_rows,
    Tab.SOURCES: _source_rows,
    Tab.CORRECTIONS: _correction_rows,
}
