"""Generated values for every region, made level by level so that children resemble parents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from geodata.codes import NATION, Level
from indicators.records import Comparator, Direction, Indicator, Kind, Plan, Target

Array = NDArray[np.float64]

# Units that count things; there is no half firm.
_COUNTED = frozenset({"个", "家", "项", "件", "次"})
# How much of the way to a target is gone: from well past it to far behind.
_COURSES = (1.1, 0.75, 1.03, 0.35, 1.0, 0.85, 1.06)
# A count of a region stands for so many in the whole country, by the region's level.
_IN_THE_NATION = {Level.NATION: 1.0, Level.PROVINCE: 30.0, Level.PREFECTURE: 300.0}
_IN_THE_NATION[Level.COUNTY] = 2500.0
# How far a path goes on before its beginning and behind its end.
_EARLIEST, _FARTHEST = -0.4, 1.3


@dataclass(frozen=True, slots=True)
class Place:
    """A region as the generator needs it; the parent of the nation is empty."""

    adcode: str
    level: Level
    parent: str


@dataclass(frozen=True, eq=False, slots=True)
class Values:
    """Numbers by indicator, region and year; not a number where none has a meaning."""

    years: tuple[int, ...]
    indicators: Mapping[str, int]
    regions: Mapping[str, int]
    numbers: Array


def generate(
    indicators: Sequence[Indicator],
    plans: Sequence[Plan],
    targets: Sequence[Target],
    places: Sequence[Place],
    seed: str,
) -> Values:
    """Generate values; the same arguments always give the same numbers.

    Args:
        indicators: those to fill.
        plans: give the first year of each path.
        targets: each one gets a path of its own, met or missed.
        places: all regions; a region's parent that is not among them is taken for the nation.
        seed: any text.
    """
    whole = _distinct(places)
    maker = _Maker(tuple(indicators), _years(plans, targets), whole, seed)
    maker.set_paths(plans, targets)
    for level in (Level.NATION, Level.PROVINCE, Level.PREFECTURE, Level.COUNTY):
        maker.fill(level)
    return Values(maker.years, maker.rows, maker.columns, maker.finished(_standing(places)))


def _distinct(places: Sequence[Place]) -> tuple[Place, ...]:
    """Keep each code once, at its highest level: a city without counties is its own county."""
    ranked = sorted(places, key=lambda place: place.level.rank)
    kept = {place.adcode: place for place in reversed(ranked) if place.adcode != NATION}
    return (Place(NATION, Level.NATION, ""), *sorted(kept.values(), key=lambda p: p.adcode))


def _standing(places: Sequence[Place]) -> dict[str, set[Level]]:
    """Return the levels each code stands at; the nation stands at all, as context for the rest."""
    levels: dict[str, set[Level]] = {NATION: set(Level)}
    for place in places:
        levels.setdefault(place.adcode, set()).add(place.level)
    return levels


def _years(plans: Sequence[Plan], targets: Sequence[Target]) -> tuple[int, ...]:
    """Span the plans, but end while the last targets are still ahead: some must be on their way."""
    due = sorted({target.year for target in targets}) or [plan.last_year for plan in plans]
    last = due[-1] - 1 if len(due) > 1 else due[-1] if due else 2024
    first = min((plan.first_year for plan in plans), default=last - 4) - 1
    return tuple(range(max(min(first, last - 4), last - 11), last + 1))


class _Maker:
    """The numbers while they are being made: indicators × regions × years."""

    def __init__(
        self,
        indicators: tuple[Indicator, ...],
        years: tuple[int, ...],
        places: tuple[Place, ...],
        seed: str,
    ) -> None:
        self.years = years
        self.rows = {item.indicator_id: row for row, item in enumerate(indicators)}
        self.columns = {place.adcode: column for column, place in enumerate(places)}
        self._indicators, self._places = indicators, places
        self._random = np.random.default_rng(list(sha256(seed.encode()).digest()))
        self._numbers: Array = np.full((len(indicators), len(places), len(years)), np.nan)
        self._low = np.array([-np.inf if i.minimum is None else i.minimum for i in indicators])
        self._high = np.array([np.inf if i.maximum is None else i.maximum for i in indicators])
        self._paths: dict[tuple[int, int], Array] = {}
        self._typical: dict[int, list[float]] = {}

    def set_paths(self, plans: Sequence[Plan], targets: Sequence[Target]) -> None:
        """Give the last target of each region and indicator its path."""
        first_years = {plan.plan_id: plan.first_year for plan in plans}
        last = {(t.adcode, t.indicator_id): t for t in sorted(targets, key=lambda t: t.year)}
        known = [t for key, t in sorted(last.items()) if self._knows(*key)]
        courses = self._random.permutation(np.resize(_COURSES, len(known)))
        for target, course in zip(known, courses, strict=True):
            row, column = self.rows[target.indicator_id], self.columns[target.adcode]
            indicator = self._indicators[row]
            path = self._path(target, indicator, first_years[target.plan_id], float(course))
            self._paths[row, column] = path
            scale = 1.0 if indicator.intensive else _IN_THE_NATION[self._places[column].level]
            self._typical.setdefault(row, []).append(float(path[-1]) * scale)

    def _knows(self, adcode: str, indicator_id: str) -> bool:
        return adcode in self.columns and indicator_id in self.rows

    def _path(self, target: Target, indicator: Indicator, first_year: int, course: float) -> Array:
        years = np.array(self.years, dtype=float)
        if target.kind is Kind.ADDITIONS:
            return self._additions(target, first_year, course)
        start = float(min(first_year, target.year) - 1)
        gone = np.clip((years - start) / (target.year - start), _EARLIEST, _FARTHEST)
        base = self._base(target, indicator)
        return base + (target.value - base) * gone * course

    def _additions(self, target: Target, first_year: int, course: float) -> Array:
        """Spread a sum over the years, in whole numbers where whole things are counted."""
        span = max(target.year - first_year + 1, 1)
        years = self._random.uniform(0.9, 1.1, len(self.years)) * target.value / span * course
        sums = np.cumsum(years)
        return np.diff(np.round(sums) if target.unit in _COUNTED else sums, prepend=0.0)

    def _base(self, target: Target, indicator: Indicator) -> float:
        downward = target.comparator in (Comparator.AT_MOST, Comparator.LESS_THAN)
        if target.comparator is Comparator.ABOUT:
            downward = indicator.direction is Direction.LOWER
        way = abs(target.value) * float(self._random.uniform(0.04, 0.18)) or 1.0
        return target.value + way if downward else target.value - way

    def fill(self, level: Level) -> None:
        """Fill the regions of a level from those above, then put the paths of targets in place."""
        columns = np.array([c for c, p in enumerate(self._places) if p.level is level], dtype=int)
        parents = np.array(
            [self.columns.get(self._places[c].parent, 0) for c in columns], dtype=int
        )
        # One indicator at a time: all at once would take several times the room of the result.
        for row, indicator in enumerate(self._indicators):
            made = (
                self._nation(row, indicator)[None, :]
                if level is Level.NATION
                else self._children(indicator, self._numbers[row, parents], parents)
            )
            self._numbers[row, columns] = made
        for (row, column), path in self._paths.items():
            if self._places[column].level is level:
                self._numbers[row, column] = path
        low, high = self._low[:, None, None], self._high[:, None, None]
        self._numbers[:, columns] = np.clip(self._numbers[:, columns], low, high)

    def _nation(self, row: int, indicator: Indicator) -> Array:
        usual = 0.8 * self._high[row] if np.isfinite(self._high[row]) else 100.0
        end = float(np.mean(self._typical.get(row, [usual])))
        start = end * (0.85 if indicator.direction is Direction.HIGHER else 1.15)
        return np.linspace(start, end, len(self.years))

    def _children(self, indicator: Indicator, above: Array, parents: NDArray[np.int_]) -> Array:
        """Scatter regions around their parents, or divide a count among them."""
        steady = self._random.standard_normal((len(parents), 1))
        yearly = self._random.standard_normal(above.shape)
        if not indicator.intensive:
            weights = np.exp(0.5 * steady[:, 0])
            shares = weights / np.bincount(parents, weights)[parents]
            return above * shares[:, None] * np.exp(0.02 * yearly)
        if indicator.minimum is None or indicator.maximum is None:
            return above * np.exp(0.15 * steady + 0.01 * yearly)
        room = np.minimum(above - indicator.minimum, indicator.maximum - above)
        return above + steady * (0.2 * room + 0.4) + 0.15 * yearly

    def finished(self, standing: Mapping[str, set[Level]]) -> Array:
        """Return the numbers as they would be published: rounded, and only where they mean much."""
        numbers = self._numbers
        for row, indicator in enumerate(self._indicators):
            digits = 0 if indicator.unit in _COUNTED else 1 if indicator.unit == "%" else 2
            # Adding zero turns the minus zero that rounding leaves into zero.
            numbers[row] = np.round(numbers[row], digits) + 0.0
            blank = [indicator.levels.isdisjoint(standing[p.adcode]) for p in self._places]
            numbers[row, blank, :] = np.nan
        numbers.flags.writeable = False
        return numbers
