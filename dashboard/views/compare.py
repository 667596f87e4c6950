"""The comparison page: its own words of the query, and the plans' promises side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from dashboard.bundle import DataBundle
from dashboard.memo import kept_in_memory
from dashboard.selection import Notice, Selection, newest_year, periods_on_offer
from dashboard.text import pick
from geodata.codes import NATION, Level
from geodata.regions import Region
from indicators.attainment import Attainment
from indicators.periods import parse_period, year_period
from indicators.records import Indicator, Observation, Plan, Target

MOST_REGIONS = 12
MOST_PERIODS = 6
# So many shapes a browser draws at once without a pause; above it, fewer maps.
_MOST_SHAPES = 3000
# The columns the ranking can be sorted by; a minus in front turns the order around.
SORTS = ("rank", "region", "value", "moved", "change")


@dataclass(frozen=True, slots=True)
class CompareQuery:
    """The words of the query that only this page reads.

    ``asked_periods`` is empty where the address leaves the choice of periods to the page.
    """

    regions: tuple[str, ...]
    asked_periods: tuple[str, ...]
    periods: tuple[str, ...]
    sort: str

    @property
    def asked_sort(self) -> str:
        """The order as it stands in the address; empty for the usual one."""
        return "" if self.sort == SORTS[0] else self.sort

    def query(self) -> str:
        """Return the words as they stand in the address, behind those of the selection."""
        words = {"regions": ",".join(self.regions)}
        if self.asked_periods:
            words["periods"] = ",".join(self.asked_periods)
        if self.asked_sort:
            words["sort"] = self.asked_sort
        return "&" + urlencode(words, safe="/,")


def parse(
    words: Mapping[str, str], bundle: DataBundle, selection: Selection
) -> tuple[CompareQuery, tuple[Notice, ...]]:
    """Read the page's own words; what cannot be used is left out, with a notice."""
    regions, about_regions = _regions(words.get("regions", ""), bundle, selection.lang)
    asked, about_periods = _periods(words.get("periods", ""), bundle, selection)
    sort = words.get("sort", "") or SORTS[0]
    about_sort: tuple[Notice, ...] = ()
    if sort.removeprefix("-") not in SORTS:
        about_sort = (Notice("sort", sort[:60], ""),)
        sort = SORTS[0]
    query = CompareQuery(regions, asked, asked or default_periods(bundle, selection), sort)
    return query, (*about_regions, *about_periods, *about_sort)


def with_defaults(words: Mapping[str, str], bundle: DataBundle) -> dict[str, str]:
    """Fill in what the page opens with: the most promised indicator, the area that publishes it."""
    filled = dict(words)
    if not filled.get("indicator"):
        filled["indicator"] = most_promised(bundle)
    if not filled.get("region") and filled["indicator"] in bundle.atlas.indicators:
        filled["region"], level = best_area(bundle, filled["indicator"])
        filled.setdefault("level", level)
    return filled


@kept_in_memory(4)
def most_promised(bundle: DataBundle) -> str:
    """Return the indicator to open with: most plans both promise it and publish values for it."""
    atlas = bundle.atlas
    published = [item.indicator_id for item in atlas.tables.observations]

    def score(indicator_id: str) -> tuple[int, int, int]:
        promised = [code for code in atlas.plan_by_region if atlas.own_targets(code, indicator_id)]
        judged = sum(bool(atlas.series(code, indicator_id)) for code in promised)
        return judged, len(promised), published.count(indicator_id)

    return max(atlas.indicators, key=score)


@kept_in_memory(256)
def best_area(bundle: DataBundle, indicator_id: str) -> tuple[str, Level]:
    """Return the area and level with the best covered map: a plan region before the nation."""
    regions = bundle.regions
    areas = [*bundle.atlas.plan_by_region, NATION]
    areas += [region.adcode for region in regions.all(Level.PROVINCE)]
    best: tuple[tuple[bool, bool, float], str, Level] | None = None
    for area in dict.fromkeys(areas):
        for level in regions.levels_below(area):
            codes = [child.adcode for child in regions.children(area, level)]
            most = max(bundle.atlas.periods(indicator_id, codes).values(), default=0)
            # Some few regions say more of 21 than of 2,891; one or two say little anywhere.
            score = (most > 0, most > 2, most / len(codes) if most > 2 else most)
            if best is None or score > best[0]:
                best = (score, area, level)
    if best is None or not best[0][0]:
        return areas[0], regions.levels_below(areas[0])[0]
    return best[1], best[2]


def default_periods(bundle: DataBundle, selection: Selection) -> tuple[str, ...]:
    """Return the newest periods of the chosen kind that are covered nearly as well as the best."""
    kind = parse_period(selection.period).kind
    counts = {
        period: count
        for period, count in periods_on_offer(bundle, selection).items()
        if count and parse_period(period).kind is kind
    }
    if not counts:
        return ()
    enough = max(counts.values()) / 2
    covered = tuple(period for period, count in counts.items() if count >= enough)
    return covered[-most_periods(bundle, selection) :]


def most_periods(bundle: DataBundle, selection: Selection) -> int:
    """Return how many maps of an area are drawn at most: six, fewer where each is very large."""
    shapes = len(bundle.regions.children(selection.region, selection.level))
    return max(1, min(MOST_PERIODS, _MOST_SHAPES // shapes))


def _given(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _regions(
    text: str, bundle: DataBundle, lang: str
) -> tuple[tuple[str, ...], tuple[Notice, ...]]:
    plans = tuple(bundle.atlas.plan_by_region)[:MOST_REGIONS]
    given = _given(text)
    known = tuple(code for code in given if code in bundle.regions)
    kept = known[:MOST_REGIONS] or plans
    notices = []
    if len(known) < len(given):
        unknown = ", ".join(code for code in given if code not in known)
        notices.append(Notice("regions", unknown[:60], _names(kept, bundle, lang)))
    if len(known) > MOST_REGIONS:
        notices.append(Notice("regions_most", str(len(known)), str(MOST_REGIONS)))
    return kept, tuple(notices)


def _names(codes: Iterable[str], bundle: DataBundle, lang: str) -> str:
    found = [bundle.regions.get(code) for code in codes]
    return pick(lang, "、", ", ").join(pick(lang, item.short_zh, item.name_en) for item in found)


def _periods(
    text: str, bundle: DataBundle, selection: Selection
) -> tuple[tuple[str, ...], tuple[Notice, ...]]:
    """Keep the periods on offer that are of one kind, in order of time; the newest if too many."""
    given = _given(text)
    if not given:
        return (), ()
    offered = [period for period, count in periods_on_offer(bundle, selection).items() if count]
    known = [period for period in given if period in offered]
    kinds = {parse_period(period).kind for period in known[:1]}
    alike = [item for item in offered if item in known and parse_period(item).kind in kinds]
    notices = []
    if len(alike) < len(given):
        left_out = ", ".join(period for period in given if period not in alike)
        notices.append(Notice("periods", left_out[:60], str(len(alike))))
    most = most_periods(bundle, selection)
    if len(alike) > most:
        notices.append(Notice("periods_most", str(len(alike)), str(most)))
    return tuple(alike[-most:]), tuple(notices)


# ---------------------------------------------------------------- the plans side by side


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One promise of one plan with its verdict, or a plan that makes none here.

    ``latest`` is the newest published value of the plan's region, of whatever period.
    """

    plan: Plan
    region: Region
    target: Target | None
    verdict: Attainment | None
    latest: Observation | None


@dataclass(frozen=True, slots=True)
class PlansView:
    """What every plan promises for one indicator, and what was achieved."""

    indicator: Indicator
    rows: tuple[PlanRow, ...]
    scale_end: float

    @property
    def promised(self) -> tuple[PlanRow, ...]:
        """The rows with a target."""
        return tuple(row for row in self.rows if row.target)

    @property
    def years(self) -> tuple[int, ...]:
        """The different target years."""
        return tuple(sorted({row.target.year for row in self.rows if row.target}))


def plans_view(bundle: DataBundle, selection: Selection) -> PlansView:
    """Put the promises of all plans side by side, each judged by the newest values."""
    indicator = bundle.atlas.indicators[selection.indicator]
    rows = tuple(
        row for plan in bundle.atlas.plans.values() for row in _plan_rows(bundle, plan, indicator)
    )
    # Plans without a promise stand last, so that the others can be compared at a glance.
    ordered = tuple(sorted(rows, key=lambda row: row.target is None))
    return PlansView(indicator, ordered, _scale_end(ordered, indicator))


def _plan_rows(bundle: DataBundle, plan: Plan, indicator: Indicator) -> tuple[PlanRow, ...]:
    atlas = bundle.atlas
    region = bundle.regions.get(plan.adcode)
    series = atlas.series(plan.adcode, indicator.indicator_id)
    latest = series[-1] if series else None
    until = year_period(newest_year(bundle))
    level = Level.PROVINCE if region.level is Level.NATION else region.level
    rows = tuple(
        PlanRow(
            plan,
            region,
            target,
            atlas.verdict(plan.adcode, level, indicator.indicator_id, until, target),
            latest,
        )
        for target in atlas.own_targets(plan.adcode, indicator.indicator_id)
    )
    return rows or (PlanRow(plan, region, None, None, latest),)


def _scale_end(rows: tuple[PlanRow, ...], indicator: Indicator) -> float:
    """Return the value at the right end of every bullet; one scale, or they would not compare."""
    values = [row.target.value_upper or row.target.value for row in rows if row.target]
    values += [row.verdict.actual.value for row in rows if row.verdict and row.verdict.actual]
    reach = max((abs(value) for value in values), default=0.0)
    if indicator.unit in ("%", "points") and reach <= 100:
        return 100.0
    return reach * 1.1 or 1.0
