"""The map's content: one row per region, its class, and the counts behind the legend."""

from collections import Counter
from dataclasses import dataclass

from dashboard.bundle import DataBundle
from dashboard.memo import kept_in_memory
from dashboard.selection import Selection, View
from geodata.classify import class_of, natural_breaks
from geodata.codes import Level
from geodata.regions import Region
from indicators.attainment import Attainment, State
from indicators.periods import Period, parse_period
from indicators.records import Direction, Indicator, Observation

CLASSES = 5
DIVERGING_STEPS = 3

# Blanks of the value, gap and change views; attainment shows its own nine states.
BLANKS = (State.NO_ACTUAL, State.NO_TARGET, State.NOT_APPLICABLE, State.UNDETERMINED)


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One region of the map.

    ``shade`` is the class the region is coloured in, None where it is blank;
    ``blank`` then says which kind of blank.
    """

    region: Region
    observation: Observation | None
    verdict: Attainment
    change: float | None
    change_from: Period | None
    rank: int | None
    shade: int | None
    blank: State | None


@dataclass(frozen=True, slots=True)
class AreaView:
    """The map of one area: rows in code order, class bounds, and how many regions are counted."""

    area: Region
    level: Level
    indicator: Indicator
    period: Period
    view: View
    rows: tuple[AreaRow, ...]
    bounds: tuple[float, ...]
    class_counts: tuple[int, ...]
    blank_counts: tuple[tuple[State, int], ...]

    @property
    def ranked(self) -> tuple[AreaRow, ...]:
        """Rows with a value, the best first."""
        return tuple(sorted((row for row in self.rows if row.rank), key=lambda row: row.rank or 0))

    @property
    def published(self) -> int:
        """Number of regions with a published value in this period."""
        return sum(row.observation is not None for row in self.rows)


def area_view(bundle: DataBundle, selection: Selection) -> AreaView:
    """Compute the map of a selection."""
    atlas = bundle.atlas
    indicator = atlas.indicators[selection.indicator]
    period = parse_period(selection.period)
    children = bundle.regions.children(selection.region, selection.level)
    observations = {
        child.adcode: choice.chosen
        for child in children
        if (choice := atlas.choice(child.adcode, indicator.indicator_id, selection.period))
    }
    ranks = _ranks(observations, indicator)
    bounds = _bounds(bundle, selection)
    rows = tuple(
        _row(bundle, selection, indicator, period, child, observations, ranks, bounds)
        for child in children
    )
    return AreaView(
        area=bundle.regions.get(selection.region),
        level=selection.level,
        indicator=indicator,
        period=period,
        view=selection.view,
        rows=rows,
        bounds=bounds,
        class_counts=_class_counts(rows, selection.view, bounds),
        blank_counts=_blank_counts(rows),
    )


def shade_count(view: View, bounds: tuple[float, ...]) -> int:
    """Return how many classes a view colours, blanks left out."""
    if view is View.VALUE:
        return max(len(bounds), 1)
    if view is View.ATTAINMENT:
        return len(State)
    return 2 * DIVERGING_STEPS + 1


def _row(
    bundle: DataBundle,
    selection: Selection,
    indicator: Indicator,
    period: Period,
    child: Region,
    observations: dict[str, Observation],
    ranks: dict[str, int],
    bounds: tuple[float, ...],
) -> AreaRow:
    atlas = bundle.atlas
    observation = observations.get(child.adcode)
    verdict = atlas.verdict(child.adcode, child.level, indicator.indicator_id, period)
    before = atlas.previous(child.adcode, indicator.indicator_id, period) if observation else None
    change = round(observation.value - before.value, 10) if observation and before else None
    shade, blank = _shade(selection.view, observation, verdict, change, indicator, bounds)
    if level_blank := _not_applicable(child, indicator):
        shade, blank = _attainment_shade(selection.view, level_blank)
    return AreaRow(
        region=child,
        observation=observation,
        verdict=verdict,
        change=change,
        change_from=before.period if before else None,
        rank=ranks.get(child.adcode),
        shade=shade,
        blank=blank,
    )


def _not_applicable(child: Region, indicator: Indicator) -> State | None:
    return None if child.level in indicator.levels else State.NOT_APPLICABLE


def _attainment_shade(view: View, state: State) -> tuple[int | None, State | None]:
    return (list(State).index(state), None) if view is View.ATTAINMENT else (None, state)


def _shade(
    view: View,
    observation: Observation | None,
    verdict: Attainment,
    change: float | None,
    indicator: Indicator,
    bounds: tuple[float, ...],
) -> tuple[int | None, State | None]:
    if view is View.ATTAINMENT:
        return list(State).index(verdict.state), None
    if view is View.VALUE:
        if observation is None:
            return None, State.NO_ACTUAL
        return class_of(observation.value, bounds), None
    if view is View.GAP:
        if verdict.gap is None:
            return None, verdict.state if verdict.state in BLANKS else State.UNDETERMINED
        return diverging_class(verdict.gap, bounds), None
    if observation is None:
        return None, State.NO_ACTUAL
    if change is None:
        return None, State.UNDETERMINED
    better = change if indicator.direction is Direction.HIGHER else -change
    return diverging_class(better, bounds), None


def diverging_class(value: float, bounds: tuple[float, ...]) -> int:
    """Return a class around zero: below it 0 to 2, zero itself 3, above it 4 to 6."""
    if value == 0 or not bounds:
        return DIVERGING_STEPS
    step = class_of(abs(value), bounds) or 0
    step = min(step, DIVERGING_STEPS - 1)
    return DIVERGING_STEPS + 1 + step if value > 0 else DIVERGING_STEPS - 1 - step


def _ranks(observations: dict[str, Observation], indicator: Indicator) -> dict[str, int]:
    """Rank from the best; equal values share the better rank."""
    best_first = indicator.direction is Direction.HIGHER
    ordered = sorted((item.value for item in observations.values()), reverse=best_first)
    return {adcode: ordered.index(item.value) + 1 for adcode, item in observations.items()}


def _bounds(bundle: DataBundle, selection: Selection) -> tuple[float, ...]:
    if selection.view is View.ATTAINMENT:
        return ()
    kind = parse_period(selection.period).kind
    key = (selection.region, selection.level, selection.indicator, kind)
    if selection.view is View.VALUE:
        return _value_bounds(bundle, *key)
    if selection.view is View.CHANGE:
        return _change_bounds(bundle, *key)
    return _gap_bounds(bundle, *key[:3])


# Class bounds are drawn from every period of the same kind, so that years compare by colour.
@kept_in_memory(512)
def _value_bounds(
    bundle: DataBundle, region: str, level: Level, indicator_id: str, kind: str
) -> tuple[float, ...]:
    values = [
        item.value
        for child in bundle.regions.children(region, level)
        for item in bundle.atlas.series(child.adcode, indicator_id)
        if item.period.kind == kind
    ]
    return natural_breaks(values, CLASSES)


@kept_in_memory(512)
def _change_bounds(
    bundle: DataBundle, region: str, level: Level, indicator_id: str, kind: str
) -> tuple[float, ...]:
    atlas = bundle.atlas
    changes = []
    for child in bundle.regions.children(region, level):
        for item in atlas.series(child.adcode, indicator_id):
            before = atlas.previous(child.adcode, indicator_id, item.period)
            if item.period.kind == kind and before and before.value != item.value:
                changes.append(round(abs(item.value - before.value), 10))
    return natural_breaks(changes, DIVERGING_STEPS)


@kept_in_memory(512)
def _gap_bounds(
    bundle: DataBundle, region: str, level: Level, indicator_id: str
) -> tuple[float, ...]:
    atlas = bundle.atlas
    gaps = []
    for child in bundle.regions.children(region, level):
        for item in atlas.series(child.adcode, indicator_id):
            gap = atlas.verdict(child.adcode, child.level, indicator_id, item.period).gap
            if gap:
                gaps.append(abs(gap))
    return natural_breaks(gaps, DIVERGING_STEPS)


def _class_counts(
    rows: tuple[AreaRow, ...], view: View, bounds: tuple[float, ...]
) -> tuple[int, ...]:
    counted = Counter(row.shade for row in rows if row.shade is not None)
    return tuple(counted[index] for index in range(shade_count(view, bounds)))


def _blank_counts(rows: tuple[AreaRow, ...]) -> tuple[tuple[State, int], ...]:
    counted = Counter(row.blank for row in rows if row.blank is not None)
    return tuple((state, counted[state]) for state in BLANKS if counted[state])
