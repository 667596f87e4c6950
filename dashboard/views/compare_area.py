"""One area from within: how its regions spread, how they rank, and its maps over time."""

from collections import Counter
from dataclasses import dataclass, replace

from dashboard.bundle import DataBundle
from dashboard.selection import Selection, View
from dashboard.views.area import AreaRow, AreaView, area_view
from dashboard.views.compare import best_area
from geodata.codes import Level
from geodata.regions import Region
from indicators.atlas import HeldTarget
from indicators.attainment import State
from indicators.periods import Period, PeriodKind
from indicators.records import Direction, Kind, Observation


@dataclass(frozen=True, slots=True)
class StripView:
    """The values of an area's regions on one axis, with the area's own value and target.

    ``marked`` are the regions named in the chart: the selected one, else those with a plan.
    """

    area: AreaView
    own: Observation | None
    held: HeldTarget | None
    marked: frozenset[str]
    selected: str

    @property
    def rows(self) -> tuple[AreaRow, ...]:
        """The regions with a value."""
        return tuple(row for row in self.area.rows if row.observation)


def strip_view(bundle: DataBundle, selection: Selection) -> StripView:
    """Compute the distribution of a selection."""
    view = _value_view(bundle, selection)
    choice = bundle.atlas.choice(selection.region, selection.indicator, selection.period)
    plans = bundle.atlas.plan_by_region
    marked = {selection.selected} if selection.selected else set(plans)
    return StripView(
        area=view,
        own=choice.chosen if choice else None,
        held=None
        if part_of_a_year(view)
        else bundle.atlas.held_target(selection.region, selection.indicator, view.period),
        marked=frozenset(marked & {row.region.adcode for row in view.rows}),
        selected=selection.selected,
    )


def part_of_a_year(view: AreaView) -> bool:
    """Tell whether the values are shares of less than a year, which no yearly target settles."""
    return view.indicator.kind is Kind.RATE and view.period.kind is not PeriodKind.YEAR


def better_area(bundle: DataBundle, selection: Selection) -> tuple[Region, Level] | None:
    """Return an area whose regions do publish the indicator, None where there is none."""
    code, level = best_area(bundle, selection.indicator)
    codes = [child.adcode for child in bundle.regions.children(code, level)]
    if not bundle.atlas.periods(selection.indicator, codes):
        return None
    return bundle.regions.get(code), level


# ---------------------------------------------------------------- maps of several periods


@dataclass(frozen=True, slots=True)
class MapsView:
    """Maps of one area in several periods, all with the same classes."""

    maps: tuple[AreaView, ...]

    @property
    def together(self) -> AreaView:
        """All maps as one, for the legend and the sources they share."""
        first = self.maps[0]
        blanks: Counter[State] = Counter()
        for item in self.maps:
            blanks.update(dict(item.blank_counts))
        return replace(
            first,
            rows=tuple(row for item in self.maps for row in item.rows),
            class_counts=tuple(
                map(sum, zip(*(item.class_counts for item in self.maps), strict=True))
            ),
            blank_counts=tuple(blanks.items()),
        )


def maps_view(bundle: DataBundle, selection: Selection, periods: tuple[str, ...]) -> MapsView:
    """Compute the maps of a selection, the earliest first."""
    return MapsView(
        tuple(_value_view(bundle, selection.with_(period=period)) for period in periods)
    )


# ---------------------------------------------------------------- ranking


@dataclass(frozen=True, slots=True)
class RankRow:
    """A region's place now and its way there; ``moved`` counts places up, negative down."""

    region: Region
    observation: Observation
    rank: int
    moved: int | None
    change: float | None
    change_from: Period | None


@dataclass(frozen=True, slots=True)
class RankingView:
    """The ranking of an area's regions in the order asked for.

    ``before`` is the period places are compared with, ``compared`` how many regions have both.
    """

    area: AreaView
    rows: tuple[RankRow, ...]
    without: tuple[Region, ...]
    before: Period | None
    compared: int


def ranking_view(bundle: DataBundle, selection: Selection, sort: str) -> RankingView:
    """Compute the ranking of a selection."""
    view = _value_view(bundle, selection)
    before = _period_before(view)
    moved = _moved(bundle, view, before)
    rows = [
        RankRow(
            region=row.region,
            observation=row.observation,
            rank=row.rank or 0,
            moved=moved.get(row.region.adcode),
            change=row.change,
            change_from=row.change_from,
        )
        for row in view.ranked
        if row.observation
    ]
    return RankingView(
        area=view,
        rows=_sorted(rows, sort),
        without=tuple(row.region for row in view.rows if not row.observation),
        before=before,
        compared=len(moved),
    )


def _value_view(bundle: DataBundle, selection: Selection) -> AreaView:
    return area_view(bundle, selection.with_(view=View.VALUE))


def _period_before(view: AreaView) -> Period | None:
    """Return the period most regions are compared with, the newer one of equals."""
    counted = Counter(row.change_from for row in view.rows if row.change_from)
    if not counted:
        return None
    return max(counted, key=lambda period: (counted[period], period.sort_key))


def _moved(bundle: DataBundle, view: AreaView, before: Period | None) -> dict[str, int]:
    """Compare places among the regions that have a value in both periods, and only those."""
    if before is None:
        return {}
    both = [row for row in view.rows if row.observation and row.change_from == before]
    now = {row.region.adcode: row.observation.value for row in both if row.observation}
    then = {}
    for code in now:
        earlier = bundle.atlas.previous(code, view.indicator.indicator_id, view.period)
        if earlier is not None:
            then[code] = earlier.value
    best_first = view.indicator.direction is Direction.HIGHER
    places_now, places_then = _places(now, best_first), _places(then, best_first)
    return {code: places_then[code] - places_now[code] for code in now}


def _places(values: dict[str, float], best_first: bool) -> dict[str, int]:
    ordered = sorted(values.values(), reverse=best_first)
    return {code: ordered.index(value) + 1 for code, value in values.items()}


def _sorted(rows: list[RankRow], sort: str) -> tuple[RankRow, ...]:
    """Sort by a column; rows without a value in it stay last in either direction."""
    column, turned = sort.removeprefix("-"), sort.startswith("-")
    if column == "region":
        return tuple(sorted(rows, key=lambda row: row.region.pinyin, reverse=turned))
    keyed = [(_sort_number(row, column), row) for row in rows]
    known = [(number, row) for number, row in keyed if number is not None]
    known.sort(key=lambda item: item[0], reverse=turned)
    return (*(row for _, row in known), *(row for number, row in keyed if number is None))


def _sort_number(row: RankRow, column: str) -> float | None:
    """Return what a row is sorted by, the least first: best place, largest number."""
    if column == "rank":
        return row.rank
    number = {"value": row.observation.value, "moved": row.moved, "change": row.change}[column]
    return None if number is None else -number
