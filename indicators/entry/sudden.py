"""Values that leap: beyond what is usual for a series, or for the regions beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from indicators.entry.known import Known, Series
from indicators.entry.matching import Line
from indicators.entry.places import Places
from indicators.entry.words import Words
from indicators.periods import PeriodKind, parse_period

# A change of more than so many times the usual one is a warning.
SUDDEN_TIMES = 5
# So many earlier yearly values show what is usual; so many regions beside a region do as well.
LEAST_EARLIER = 3
LEAST_SIBLINGS = 3
# Where a series has never changed, a hundredth of its value counts as usual.
_STANDSTILL_SHARE = 0.01

_Yearly = Mapping[Series, Mapping[int, float]]


@dataclass(frozen=True, slots=True)
class _Step:
    """The way from the latest earlier yearly value to a new one."""

    series: Series
    before_year: int
    year: int
    before: float
    value: float

    @property
    def change(self) -> float:
        return abs(self.value - self.before)


def sudden_changes(lines: Iterable[Line], known: Known, places: Places) -> tuple[Words, ...]:
    """Return a warning for each yearly value that changes far more than is usual."""
    lines = tuple(lines)
    yearly = _with_new_values(lines, known)
    warnings = []
    for line in lines:
        step = _step(line, yearly, known)
        usual = step and _usual(step, yearly, known, places)
        if step and usual and step.change > SUDDEN_TIMES * usual:
            warnings.append(_warning(line, step, usual))
    return tuple(warnings)


def usual_range(
    series: Series, year: int, known: Known, places: Places
) -> tuple[float, float] | None:
    """Return between which values a year's value raises no warning; None where nothing says."""
    yearly = known.yearly
    earlier = _comparable(series, year, yearly.get(series, {}), known)
    if not earlier:
        return None
    last = max(earlier)
    step = _Step(series, last, year, earlier[last], earlier[last])
    usual = _usual(step, yearly, known, places)
    if not usual:
        return None
    return step.before - SUDDEN_TIMES * usual, step.before + SUDDEN_TIMES * usual


def _with_new_values(lines: Iterable[Line], known: Known) -> _Yearly:
    yearly = {series: dict(values) for series, values in known.yearly.items()}
    for line in lines:
        period = parse_period(line.after["period"])
        if period.kind is PeriodKind.YEAR:
            series = (line.after["adcode"], line.after["indicator_id"])
            yearly.setdefault(series, {})[period.year] = float(line.after["value"])
    return yearly


def _step(line: Line, yearly: _Yearly, known: Known) -> _Step | None:
    period = parse_period(line.after["period"])
    if period.kind is not PeriodKind.YEAR:
        return None
    series = (line.after["adcode"], line.after["indicator_id"])
    earlier = _comparable(series, period.year, yearly.get(series, {}), known)
    if not earlier:
        return None
    last = max(earlier)
    return _Step(series, last, period.year, earlier[last], float(line.after["value"]))


def _comparable(
    series: Series, year: int, values: Mapping[int, float], known: Known
) -> dict[int, float]:
    """Return the values before a year, as far back as the definition is the same."""
    adcode, indicator_id = series
    breaks = [
        item.first_period.year
        for item in known.tables.breaks
        if item.indicator_id == indicator_id and item.adcode in ("", adcode)
    ]
    since = max((first for first in breaks if first <= year), default=0)
    return {past: value for past, value in values.items() if since <= past < year}


def _usual(step: _Step, yearly: _Yearly, known: Known, places: Places) -> float | None:
    """Return the usual change over the years of a step; None where nothing shows it."""
    earlier = _comparable(step.series, step.year, yearly.get(step.series, {}), known)
    if len(earlier) >= LEAST_EARLIER:
        years = sorted(earlier)
        steps = [
            abs(earlier[later] - earlier[sooner]) / (later - sooner)
            for sooner, later in pairwise(years)
        ]
        yearly_change = median(steps) or abs(step.before) * _STANDSTILL_SHARE
        return yearly_change * (step.year - step.before_year) or None
    shares = _sibling_changes(step, yearly, places)
    return median(shares) * abs(step.before) or None if len(shares) >= LEAST_SIBLINGS else None


def _sibling_changes(step: _Step, yearly: _Yearly, places: Places) -> list[float]:
    """Return by which share the regions beside a region changed over the same years."""
    adcode, indicator_id = step.series
    changes = []
    for sibling in places.siblings(adcode):
        values = yearly.get((sibling, indicator_id), {})
        before, after = values.get(step.before_year), values.get(step.year)
        if before and after is not None:
            changes.append(abs((after - before) / before))
    return changes


def _warning(line: Line, step: _Step, usual: float) -> Words:
    times = step.change / usual
    numbers = f"{step.before:.12g}（{step.before_year}） → {step.value:.12g}（{step.year}）"
    return Words(
        f"{line.where}：{line.region} {line.indicator} {numbers}，"
        f"变动 {step.change:.4g}，是通常的 {times:.1f} 倍",
        f"{line.where}: a change of {step.change:.4g}, {times:.1f} times the usual one",
    )
