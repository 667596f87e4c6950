"""Periods: the four forms, what is refused, and the way back to text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.errors import PeriodError
from indicators.periods import (
    FIRST_YEAR,
    LAST_YEAR,
    Period,
    PeriodKind,
    parse_period,
    year_period,
)


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("2020", PeriodKind.YEAR, (2020, 1), (2020, 12)),
        ("1949", PeriodKind.YEAR, (1949, 1), (1949, 12)),
        ("2099", PeriodKind.YEAR, (2099, 1), (2099, 12)),
        ("2022-09", PeriodKind.MONTH, (2022, 9), (2022, 9)),
        ("2022-01", PeriodKind.MONTH, (2022, 1), (2022, 1)),
        ("2022-12", PeriodKind.MONTH, (2022, 12), (2022, 12)),
        ("2023-Q1", PeriodKind.QUARTER, (2023, 1), (2023, 3)),
        ("2023-Q3", PeriodKind.QUARTER, (2023, 7), (2023, 9)),
        ("2023-Q4", PeriodKind.QUARTER, (2023, 10), (2023, 12)),
        ("2020-01/2020-10", PeriodKind.SPAN, (2020, 1), (2020, 10)),
        ("2019-11/2020-02", PeriodKind.SPAN, (2019, 11), (2020, 2)),
        ("2020-01/2020-12", PeriodKind.SPAN, (2020, 1), (2020, 12)),
    ],
)
def test_the_four_forms(
    text: str, kind: PeriodKind, first: tuple[int, int], last: tuple[int, int]
) -> None:
    period = parse_period(text)
    months = tuple(year * 12 + month - 1 for year, month in (first, last))
    assert (period.kind, period.first_month, period.last_month) == (kind, *months)
    assert (period.year, period.month) == last
    assert str(period) == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is no period"),
        ("20", "is no period"),
        ("2020 ", "is no period"),
        ("2020\n", "is no period"),
        ("\uff12\uff10\uff12\uff10", "is no period"),
        ("2020年", "is no period"),
        ("2020-1", "is no period"),
        ("2020/01", "is no period"),
        ("2023-q3", "is no period"),
        ("2023-Q0", "is no period"),
        ("2023-Q5", "is no period"),
        ("2020/2021", "is no period"),
        ("2020-01-01", "is no period"),
        ("2020.0", "is no period"),
        ("-2020", "is no period"),
        ("2020-00", "outside 01 to 12"),
        ("2020-13", "outside 01 to 12"),
        ("2020-01/2020-13", "outside 01 to 12"),
        ("1948", "outside 1949 to 2099"),
        ("2100", "outside 1949 to 2099"),
        ("1948-Q1", "outside 1949 to 2099"),
        ("2020-01/2100-01", "outside 1949 to 2099"),
        ("2020-10/2020-01", "ends before it begins"),
        ("2020-10/2020-10", "ends before it begins"),
    ],
)
def test_anything_else_is_refused_with_the_reason(text: str, message: str) -> None:
    with pytest.raises(PeriodError, match=message):
        parse_period(text)


def test_a_period_error_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="2099-Q9"):
        parse_period("2099-Q9")


def test_order_is_by_end_and_the_longer_last() -> None:
    texts = ["2020", "2019", "2020-Q4", "2020-12", "2020-11", "2019-11/2020-12"]
    ordered = sorted(map(parse_period, texts), key=lambda period: period.sort_key)
    assert [str(period) for period in ordered] == [
        "2019",
        "2020-11",
        "2020-12",
        "2020-Q4",
        "2020",
        "2019-11/2020-12",
    ]


YEARS = st.integers(FIRST_YEAR, LAST_YEAR)
MONTHS = st.integers(FIRST_YEAR * 12, LAST_YEAR * 12 + 11)


def _quarter(year: int, quarter: int) -> Period:
    first = year * 12 + quarter * 3
    return Period(PeriodKind.QUARTER, first, first + 2)


PERIODS = st.one_of(
    YEARS.map(year_period),
    st.builds(_quarter, YEARS, st.integers(0, 3)),
    MONTHS.map(lambda month: Period(PeriodKind.MONTH, month, month)),
    st.tuples(MONTHS, MONTHS)
    .filter(lambda ends: ends[0] < ends[1])
    .map(lambda ends: Period(PeriodKind.SPAN, *ends)),
)


@given(PERIODS)
def test_text_and_back(period: Period) -> None:
    assert parse_period(str(period)) == period


@given(st.text(max_size=16))
def test_any_text_is_a_period_or_a_period_error(text: str) -> None:
    try:
        period = parse_period(text)
    except PeriodError:
        return
    assert str(period) == text
