"""The rows of the attainment table: which verdicts a request asks for, and how each is written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dashboard.bundle import DataBundle
from dashboard.figures import labels
from dashboard.routes.api_cells import Row
from dashboard.routes.api_query import Filters
from dashboard.selection import newest_year
from geodata.codes import Level
from indicators.attainment import Attainment
from indicators.periods import Period, year_period
from indicators.records import Target, strictest


@dataclass(frozen=True, slots=True)
class _Case:
    """One verdict to be given; without a target it says why there is none."""

    adcode: str
    level: Level
    indicator_id: str
    target: Target | None


def attainment_rows(bundle: DataBundle, filters: Filters) -> Iterator[Row]:
    """Return verdicts as of a period, by default the newest year of the data.

    Without a region: every target of every plan, for the region that promised it. With a
    region: every target it is held against, inherited ones too. With a region and a level:
    one row for each region of that level and indicator, for the target that counts.
    """
    until = filters.period or year_period(newest_year(bundle))
    for case in _cases(bundle, filters, until):
        if filters.plan and (case.target is None or case.target.plan_id != filters.plan):
            continue
        verdict = bundle.atlas.verdict(
            case.adcode, case.level, case.indicator_id, until, case.target
        )
        yield _row(bundle, filters.lang, case, verdict, until)


def _cases(bundle: DataBundle, filters: Filters, until: Period) -> Iterable[_Case]:
    if filters.region is None:
        return _promised(bundle, filters)
    if filters.level is None:
        return _held(bundle, filters, filters.region)
    return _mapped(bundle, filters, filters.region, filters.level, until)


def _promised(bundle: DataBundle, filters: Filters) -> Iterator[_Case]:
    for target in bundle.atlas.tables.targets:
        level = bundle.regions.get(target.adcode).level
        wanted = filters.indicator in (None, target.indicator_id)
        if wanted and filters.level in (None, level):
            yield _Case(target.adcode, level, target.indicator_id, target)


def _held(bundle: DataBundle, filters: Filters, adcode: str) -> Iterator[_Case]:
    level = bundle.regions.get(adcode).level
    if filters.indicator is None:
        for held in bundle.atlas.targets_of_region(adcode):
            yield _Case(adcode, level, held.target.indicator_id, held.target)
        return
    held_targets = bundle.atlas.held_targets(adcode, filters.indicator)
    targets: list[Target | None] = [held.target for held in held_targets]
    # Asked for one indicator, a region without a target still has an answer: no target.
    for target in targets or [None]:
        yield _Case(adcode, level, filters.indicator, target)


def _mapped(
    bundle: DataBundle, filters: Filters, area: str, level: Level, until: Period
) -> Iterator[_Case]:
    codes = [child.adcode for child in bundle.regions.children(area, level)]
    if not codes and bundle.regions.get(area).level is level:
        codes = [area]
    given = filters.indicator
    for indicator_id in [given] if given else bundle.atlas.indicators:
        for adcode in codes:
            held = bundle.atlas.held_target(adcode, indicator_id, until)
            # Over all indicators most regions have no target; only a chosen one lists those.
            if held is not None or given:
                yield _Case(adcode, level, indicator_id, held.target if held else None)


def _row(bundle: DataBundle, lang: str, case: _Case, verdict: Attainment, until: Period) -> Row:
    target, actual = verdict.target, verdict.actual
    unit = target.unit if target else bundle.atlas.indicators[case.indicator_id].unit
    return {
        "adcode": case.adcode,
        "indicator_id": case.indicator_id,
        "year": target.year if target else None,
        "state": verdict.state,
        "actual": actual.value if actual else None,
        "period": str(actual.period) if actual else None,
        "target": target.value if target else None,
        "gap": verdict.gap,
        "progress": verdict.progress,
        "reason": labels.reason(lang, verdict, unit),
        "inherited": verdict.inherited,
        "plan_id": target.plan_id if target else None,
        "comparator": target.comparator if target else None,
        "target_upper": target.value_upper if target else None,
        "unit": unit,
        "qualifier": actual.qualifier if actual else None,
        "until": str(until),
        "audience": strictest(part.audience for part in (target, actual, verdict.base) if part),
    }
