"""What the comparison page says in words."""

from collections import Counter
from collections.abc import Sequence

from dashboard import text
from dashboard.figures import labels
from dashboard.views.area import AreaView
from dashboard.views.compare import PlanRow, PlansView
from dashboard.views.compare_area import RankingView, StripView, part_of_a_year
from dashboard.views.compare_trend import CompareTrendView
from geodata.regions import Region
from indicators.attainment import State
from indicators.periods import PeriodKind
from indicators.records import Indicator

_MOST_NAMES = 8


def plans_finding(view: PlansView, lang: str) -> str:
    """State how many plans promise something here, how it stands, and how far promises differ."""
    words = {
        "indicator": labels.indicator_name(lang, view.indicator),
        "plans": len({row.plan.plan_id for row in view.rows}),
        "count": len({row.plan.plan_id for row in view.promised}),
    }
    if not view.promised:
        return text.t(lang, "compare.finding_none", **words)
    counted = Counter(row.verdict.state for row in view.promised if row.verdict)
    states = text.t(lang, "finding.join").join(
        text.t(lang, "finding.state", state=labels.state_name(lang, state), count=counted[state])
        for state in State
        if counted[state]
    )
    said = text.t(lang, "compare.finding", states=states, **words)
    return said + _span_of_targets(view.promised, lang)


def _span_of_targets(rows: Sequence[PlanRow], lang: str) -> str:
    known = [(row.target.value, row) for row in rows if row.target]
    low, high = min(value for value, _ in known), max(value for value, _ in known)
    if low == high:
        return ""

    def ends(end: float) -> tuple[str, str]:
        chosen = [row for value, row in known if value == end]
        unit = chosen[0].target.unit if chosen[0].target else ""
        return text.quantity(lang, end, unit), names([row.region for row in chosen], lang)

    (least, lowest), (most, highest) = ends(low), ends(high)
    return text.t(
        lang, "compare.finding_span", low=least, lowest=lowest, high=most, highest=highest
    )


def years_note(view: PlansView, lang: str) -> str:
    """Say so where target years differ; empty where they do not."""
    if len(view.years) < 2:
        return ""
    listed = text.t(lang, "finding.join").join(
        text.t(
            lang,
            "compare.year_of",
            year=year,
            regions=names(
                [row.region for row in view.promised if row.target and row.target.year == year],
                lang,
            ),
        )
        for year in view.years
    )
    return text.t(lang, "compare.years_differ", years=listed)


def names(regions: Sequence[Region], lang: str) -> str:
    """Join names, the first ones only where there are many."""
    short = [labels.region_short(lang, region) for region in regions]
    joined = text.t(lang, "finding.join").join(short[:_MOST_NAMES])
    if len(short) <= _MOST_NAMES:
        return joined
    return text.t(lang, "finding.names_more", names=joined, count=len(short))


def unit_words(indicator: Indicator, lang: str) -> str:
    """Name the unit of an axis; a percent sign stands at the axis itself."""
    unit = text.unit(lang, indicator.unit).strip()
    return text.t(lang, "compare.unit", unit=unit) if unit and unit != "%" else ""


def trend_caption(view: CompareTrendView, lang: str) -> str:
    """Explain the marks, the breaks, and what is not drawn."""
    said = [text.t(lang, "compare.trend_caption")]
    for change in view.breaks:
        note = text.pick(lang, change.note_zh, change.note_en)
        said.append(text.t(lang, "trend.caption_break", note=note))
    if hidden := [line for line in view.chosen if line.hidden]:
        listed = names([line.region for line in hidden], lang)
        count = sum(line.hidden for line in hidden)
        said.append(text.t(lang, "compare.trend_hidden", names=listed, count=count))
    if view.empty:
        said.append(text.t(lang, "compare.trend_missing", names=names(view.empty, lang)))
    return text.pick(lang, "", " ").join(said)


def area_words(view: AreaView, lang: str) -> dict[str, object]:
    """Return what titles of an area's charts need."""
    return {
        "area": labels.region_name(lang, view.area),
        "level": text.t(lang, f"places.{view.level}"),
        "indicator": labels.indicator_name(lang, view.indicator),
        "period": text.period(lang, view.period),
        "count": view.published,
        "total": len(view.rows),
    }


def strip_caption(view: StripView, lang: str) -> str:
    """Explain the marks that are there, and why there is no target beside months."""
    said = [text.t(lang, "compare.strip_caption")]
    if view.held:
        said.append(text.t(lang, "compare.strip_target"))
    if view.own:
        said.append(text.t(lang, "compare.strip_own"))
    if part_of_a_year(view.area):
        month = view.area.period.kind is PeriodKind.MONTH
        said.append(text.t(lang, "honesty.month" if month else "honesty.span"))
        said.append(text.t(lang, "compare.strip_no_target"))
    said.append(text.t(lang, "compare.strip_table"))
    return text.pick(lang, "", " ").join(said)


def ranking_caption(view: RankingView, lang: str) -> str:
    """Say what places are compared with, and which regions are not ranked."""
    if view.before is None:
        said = [text.t(lang, "compare.moved_none")]
    else:
        before = text.period(lang, view.before)
        said = [text.t(lang, "compare.moved", before=before, count=view.compared)]
    if view.without:
        listed = names(view.without, lang)
        said.append(text.t(lang, "compare.without", count=len(view.without), names=listed))
    return text.pick(lang, "", " ").join(said)
