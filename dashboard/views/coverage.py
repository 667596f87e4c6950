"""How much is known: for each indicator and year, how many regions have a published value."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.bundle import DataBundle
from dashboard.views.data_query import COVERS
from geodata.codes import Level
from indicators.periods import PeriodKind
from indicators.records import Domain, Indicator, Kind, Observation

STEPS = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """A year of an indicator: regions with a value, and those with one for the whole year.

    ``step`` is the shade, 1 for the fewest to 5 for the most.
    """

    count: int
    whole: int
    step: int


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """An indicator with its cells, one for each year of the matrix; None where nothing is."""

    indicator: Indicator
    cells: tuple[Cell | None, ...]
    regions: int


@dataclass(frozen=True, slots=True)
class CoverageView:
    """The matrix of one level, or of all; years newest last."""

    cover: str
    years: tuple[int, ...]
    groups: tuple[tuple[Domain, tuple[CoverageRow, ...]], ...]
    blank: tuple[tuple[Domain, tuple[Indicator, ...]], ...]
    observations: int

    @property
    def covered(self) -> int:
        """How many indicators have any value."""
        return sum(len(rows) for _, rows in self.groups)

    @property
    def missing(self) -> int:
        """How many indicators have none."""
        return sum(len(indicators) for _, indicators in self.blank)


def coverage_view(bundle: DataBundle, cover: str) -> CoverageView:
    """Count the regions of a level, or of all, by indicator and year."""
    values = [
        item for item in _chosen(bundle) if cover == COVERS[0] or _at(bundle, item, Level(cover))
    ]
    years = tuple(sorted({item.period.year for item in values}))
    by_indicator: dict[str, list[Observation]] = defaultdict(list)
    for item in values:
        by_indicator[item.indicator_id].append(item)
    groups, blank = [], []
    for domain in Domain:
        of_domain = [i for i in bundle.atlas.indicators.values() if i.domain is domain]
        rows = [
            _row(indicator, by_indicator[indicator.indicator_id], years)
            for indicator in of_domain
            if by_indicator.get(indicator.indicator_id)
        ]
        rest = tuple(i for i in of_domain if not by_indicator.get(i.indicator_id))
        if rows:
            groups.append((domain, tuple(sorted(rows, key=lambda row: -row.regions))))
        if rest:
            blank.append((domain, rest))
    return CoverageView(cover, years, tuple(groups), tuple(blank), len(values))


def covers_with_data(bundle: DataBundle) -> tuple[tuple[str, int], ...]:
    """Return the levels with the number of chosen values at each, all of them first."""
    chosen = tuple(_chosen(bundle))
    counts = [(level.value, sum(_at(bundle, item, level) for item in chosen)) for level in Level]
    return ((COVERS[0], len(chosen)), *counts)


def _chosen(bundle: DataBundle) -> Iterable[Observation]:
    atlas = bundle.atlas
    for item in atlas.tables.observations:
        choice = atlas.choice(item.adcode, item.indicator_id, str(item.period))
        if choice is not None and choice.chosen is item:
            yield item


def _at(bundle: DataBundle, item: Observation, level: Level) -> bool:
    """Tell whether a region belongs to a level; 东莞, also drawn as a county, is a city."""
    return bundle.regions.get(item.adcode).level is level


def _row(indicator: Indicator, values: list[Observation], years: tuple[int, ...]) -> CoverageRow:
    any_value: dict[int, set[str]] = defaultdict(set)
    whole_year: dict[int, set[str]] = defaultdict(set)
    for item in values:
        any_value[item.period.year].add(item.adcode)
        # A stock of any month stands for its moment; only a rate needs its whole year.
        if item.period.kind is PeriodKind.YEAR or indicator.kind is Kind.STOCK:
            whole_year[item.period.year].add(item.adcode)
    cells = tuple(
        Cell(len(any_value[year]), len(whole_year[year]), _step(len(any_value[year])))
        if year in any_value
        else None
        for year in years
    )
    return CoverageRow(indicator, cells, len({item.adcode for item in values}))


# Upper bounds of the shades: one region, a handful, a province's cities, many, all there are.
_BOUNDS = (1, 5, 12, 20)


def _step(count: int) -> int:
    return 1 + sum(count > bound for bound in _BOUNDS)
