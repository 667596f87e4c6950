"""What must hold for every verdict, whatever the numbers."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from geodata.codes import Level
from indicators.attainment import Attainment, State, attain
from indicators.periods import Period, PeriodKind, parse_period, year_period
from indicators.records import (
    Comparator,
    DefinitionBreak,
    Direction,
    Domain,
    Indicator,
    Kind,
    Observation,
    Qualifier,
    Quality,
    Target,
)

YEARS = st.integers(2010, 2030)
HUNDREDTHS = st.integers(-10_000, 10_000)
FINITE = st.floats(allow_nan=False, allow_infinity=False)
RANK = [State.FAR_BEHIND, State.BEHIND, State.ON_COURSE, State.MET]


def _span(first: int, length: int) -> Period:
    start = 2010 * 12 + first
    kind = PeriodKind.MONTH if length == 1 else PeriodKind.SPAN
    return Period(kind, start, start + length - 1)


PERIODS = st.one_of(
    YEARS.map(year_period), st.builds(_span, st.integers(0, 240), st.integers(1, 30))
)


def _observation(period: Period, value: float, qualifier: Qualifier) -> Observation:
    return Observation("450700", "x", period, value, qualifier, Quality.OFFICIAL, "s", "")


def _target(year: int, comparator: Comparator, value: float, kind: Kind) -> Target:
    empty: tuple[str, ...] = ()
    return Target(
        "p", "450700", "x", year, comparator, value, None, "%", kind, "", empty, empty, "", ""
    )


def _indicator(direction: Direction, kind: Kind) -> Indicator:
    levels = frozenset({Level.PREFECTURE})
    return Indicator("x", "甲", "x", Domain.PRODUCT, "%", direction, kind, True, levels)


def _series(values: st.SearchStrategy[float]) -> st.SearchStrategy[list[Observation]]:
    observations = st.builds(_observation, PERIODS, values, st.sampled_from(Qualifier))
    return st.lists(observations, max_size=8, unique_by=lambda item: str(item.period))


BREAKS = st.lists(
    st.builds(lambda period: DefinitionBreak("x", "", period, "", "", ""), PERIODS), max_size=2
)
TARGETS = st.builds(_target, YEARS, st.sampled_from(Comparator), FINITE, st.sampled_from(Kind))
DIRECTIONS = st.sampled_from(Direction)
FIRST_YEARS = st.none() | YEARS


def _attain(
    target: Target,
    series: list[Observation],
    direction: Direction,
    until: Period,
    first_year: int | None = None,
    breaks: list[DefinitionBreak] | None = None,
) -> Attainment:
    return attain(
        target,
        series,
        _indicator(direction, target.kind),
        until=until,
        level=Level.PREFECTURE,
        breaks=breaks or (),
        first_year=first_year,
    )


@given(TARGETS, _series(FINITE), DIRECTIONS, PERIODS, FIRST_YEARS, BREAKS, st.data())
def test_any_finite_input_gives_one_verdict_in_any_order(
    target: Target,
    series: list[Observation],
    direction: Direction,
    until: Period,
    first_year: int | None,
    breaks: list[DefinitionBreak],
    data: st.DataObject,
) -> None:
    verdict = _attain(target, series, direction, until, first_year, breaks)
    shuffled = data.draw(st.permutations(series))
    assert _attain(target, shuffled, direction, until, first_year, breaks) == verdict


@given(TARGETS, _series(FINITE), DIRECTIONS, PERIODS, FIRST_YEARS)
def test_the_future_never_changes_a_verdict(
    target: Target,
    series: list[Observation],
    direction: Direction,
    until: Period,
    first_year: int | None,
) -> None:
    known = [item for item in series if item.period.last_month <= until.last_month]
    future = _observation(_span(400, 1), float("nan"), Qualifier.EXACT)
    assert _attain(target, [*series, future], direction, until, first_year) == _attain(
        target, known, direction, until, first_year
    )


def _satisfied(comparator: Comparator, direction: Direction, actual: int, promised: int) -> bool:
    """Restate the comparison on whole hundredths, apart from the code under test."""
    slack = abs(promised) / 100
    return {
        Comparator.AT_LEAST: actual >= promised,
        Comparator.MORE_THAN: actual > promised,
        Comparator.AT_MOST: actual <= promised,
        Comparator.LESS_THAN: actual < promised,
        Comparator.ABOUT: (
            actual >= promised - slack
            if direction is Direction.HIGHER
            else actual <= promised + slack
        ),
    }[comparator]


@given(
    st.sampled_from(Comparator),
    DIRECTIONS,
    HUNDREDTHS,
    HUNDREDTHS,
    st.sampled_from([Kind.RATE, Kind.STOCK]),
    st.integers(0, 5),
)
def test_met_exactly_where_the_value_of_the_target_year_satisfies(
    comparator: Comparator,
    direction: Direction,
    actual: int,
    promised: int,
    kind: Kind,
    years_later: int,
) -> None:
    series = [_observation(year_period(2020), actual / 100, Qualifier.EXACT)]
    target = _target(2020, comparator, promised / 100, kind)
    verdict = _attain(target, series, direction, year_period(2020 + years_later))
    expected = _satisfied(comparator, direction, actual, promised)
    assert verdict.state is (State.MET if expected else State.NOT_MET)


@given(
    st.sampled_from(Comparator),
    DIRECTIONS,
    st.tuples(HUNDREDTHS, HUNDREDTHS, HUNDREDTHS),
    st.integers(1, 10_000),
)
def test_the_unit_does_not_matter_on_the_path(
    comparator: Comparator, direction: Direction, hundredths: tuple[int, int, int], scale: int
) -> None:
    states = {
        _path(comparator, direction, [value * factor / 100 for value in hundredths]).state
        for factor in (1, scale)
    }
    assert len(states) == 1


def _path(comparator: Comparator, direction: Direction, values: list[float]) -> Attainment:
    promised, base, actual = values
    series = [
        _observation(year_period(2020), base, Qualifier.EXACT),
        _observation(year_period(2023), actual, Qualifier.EXACT),
    ]
    target = _target(2025, comparator, promised, Kind.RATE)
    return _attain(target, series, direction, year_period(2023), 2020)


@given(
    st.sampled_from(Comparator),
    DIRECTIONS,
    HUNDREDTHS,
    HUNDREDTHS,
    HUNDREDTHS,
    st.integers(0, 10_000),
)
def test_a_better_actual_is_never_judged_worse(
    comparator: Comparator, direction: Direction, promised: int, base: int, actual: int, better: int
) -> None:
    upward = {
        Comparator.AT_LEAST: True,
        Comparator.MORE_THAN: True,
        Comparator.ABOUT: direction is Direction.HIGHER,
    }.get(comparator, False)
    improved = actual + better if upward else actual - better
    before, after = (
        _path(comparator, direction, [promised / 100, base / 100, value / 100]).state
        for value in (actual, improved)
    )
    assert RANK.index(after) >= RANK.index(before)


MONTHLY = st.dictionaries(st.integers(0, 47), HUNDREDTHS, min_size=1, max_size=8)


def _stocks(hundredths: dict[int, int]) -> list[Observation]:
    """Build values of single months, counted from January 2018."""
    return [
        _observation(_span(96 + month, 1), value / 100, Qualifier.EXACT)
        for month, value in hundredths.items()
    ]


@given(st.sampled_from(Comparator), DIRECTIONS, HUNDREDTHS, MONTHLY)
def test_a_stock_fails_by_the_end_of_its_year_or_the_first_value_after(
    comparator: Comparator, direction: Direction, promised: int, hundredths: dict[int, int]
) -> None:
    target = _target(2020, comparator, promised / 100, Kind.STOCK)
    verdict = _attain(target, _stocks(hundredths), direction, year_period(2021))

    good = {
        month: _satisfied(comparator, direction, value, promised)
        for month, value in hundredths.items()
    }
    inside = [month for month in good if 24 <= month <= 35]
    later = [month for month in good if month > 35]
    latest = max(good)
    if inside and (good[max(inside)] or max(inside) == 35):
        expected, month = (State.MET if good[max(inside)] else State.NOT_MET), max(inside)
    elif later:
        expected, month = (State.MET if good[min(later)] else State.NOT_MET), min(later)
    elif good[latest] and comparator in (Comparator.AT_LEAST, Comparator.MORE_THAN):
        expected, month = State.MET, latest
    else:
        expected, month = State.UNDETERMINED, latest
    assert verdict.state is expected
    assert verdict.actual is not None
    assert verdict.actual.period == _span(96 + month, 1)


@given(st.dictionaries(st.integers(2010, 2023), HUNDREDTHS, min_size=2), st.integers(2009, 2024))
def test_the_base_of_a_rate_is_the_eve_of_its_plan(
    hundredths: dict[int, int], first_year: int
) -> None:
    series = [
        _observation(year_period(year), value / 100, Qualifier.EXACT)
        for year, value in hundredths.items()
    ]
    target = _target(2024, Comparator.AT_LEAST, 200.0, Kind.RATE)
    verdict = _attain(target, series, Direction.HIGHER, year_period(2023), first_year)
    eve = max((year for year in hundredths if year < first_year), default=min(hundredths))
    if eve == max(hundredths):
        assert (verdict.state, verdict.base) == (State.UNDETERMINED, None)
    else:
        assert verdict.base is not None
        assert verdict.base.period == year_period(eve)


@given(TARGETS, _series(FINITE), DIRECTIONS, PERIODS, FIRST_YEARS)
def test_a_verdict_agrees_with_its_own_numbers(
    target: Target,
    series: list[Observation],
    direction: Direction,
    until: Period,
    first_year: int | None,
) -> None:
    verdict = _attain(target, series, direction, until, first_year)
    numbers = dict(verdict.reason.numbers)
    assert numbers.get("gap") == verdict.gap
    assert numbers.get("due") == verdict.due
    assert numbers.get("progress") == verdict.progress
    if verdict.actual is not None:
        assert numbers["actual"] == verdict.actual.value
        assert verdict.actual.period.last_month <= until.last_month
    if verdict.state in (State.ON_COURSE, State.BEHIND):
        assert verdict.progress is not None


@given(st.lists(st.integers(0, 500), min_size=1, max_size=6), st.integers(1, 3000))
def test_additions_known_for_every_year_are_a_plain_sum(counts: list[int], promised: int) -> None:
    series = [
        _observation(year_period(2020 + index), float(count), Qualifier.EXACT)
        for index, count in enumerate(counts)
    ]
    last = 2020 + len(counts) - 1
    target = _target(last, Comparator.AT_LEAST, float(promised), Kind.ADDITIONS)
    verdict = _attain(target, series, Direction.HIGHER, year_period(last), 2020)
    assert verdict.state is (State.MET if sum(counts) >= promised else State.NOT_MET)
    # A month inside a year already counted adds nothing.
    month = replace(series[0], period=parse_period("2020-03"), value=0.0)
    assert (
        _attain(target, [*series, month], Direction.HIGHER, year_period(last), 2020).state
        is verdict.state
    )
