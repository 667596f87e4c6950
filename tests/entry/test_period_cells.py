"""Periods in cells: every usual way of writing them, and no guessing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.entry.grids import Cell, CellKind
from indicators.entry.period_cells import PeriodCellError, is_period, read_period
from tests.entry.sheets import number, text


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2024", "2024"),
        ("２０２４", "2024"),
        ("2024年", "2024"),
        ("2024年度", "2024"),
        ("2024年全年", "2024"),
        ("2024年9月", "2024-09"),
        ("2024年09月份", "2024-09"),
        ("2024-09", "2024-09"),
        ("2024/9", "2024-09"),
        ("2024Q3", "2024-Q3"),
        ("2024-q3", "2024-Q3"),
        ("2024年三季度", "2024-Q3"),
        ("2024年第3季度", "2024-Q3"),
        ("2024年1-10月", "2024-01/2024-10"),
        ("2024年1月—10月", "2024-01/2024-10"),
        ("2024年1至10月", "2024-01/2024-10"),
        ("2024-01/2024-10", "2024-01/2024-10"),
        ("2023-11/2024-02", "2023-11/2024-02"),
        ("2024年上半年", "2024-01/2024-06"),
        ("2024年前三季度", "2024-01/2024-09"),
        ("2024年1-12月", "2024"),
        (" 2024 年 9 月 ", "2024-09"),
    ],
)
def test_usual_ways_of_writing_a_period(cell, expected):
    assert str(read_period(text(cell))) == expected


def test_a_year_may_be_a_number():
    assert str(read_period(number(2024))) == "2024"
    assert str(read_period(number("2024.0"))) == "2024"


@pytest.mark.parametrize(
    "cell",
    ["", "24年", "2024.9", "202409", "20240901", "2024-13", "2024年0月", "2024年10-3月", "九月",
     "2024Q5", "1900", "3024", "2024-09-01", "2024年9", "去年", "2024-2025", "-2024"],
)  # fmt: skip
def test_what_could_mean_several_periods_is_refused(cell):
    with pytest.raises(PeriodCellError):
        read_period(text(cell))


def test_a_date_is_refused_and_says_how_to_write_text():
    with pytest.raises(PeriodCellError) as refused:
        read_period(Cell("2024-01-01 00:00:00", CellKind.DATE))
    assert "文本" in refused.value.remedy.zh


def test_a_date_that_lost_its_format_is_known_for_one():
    with pytest.raises(PeriodCellError) as refused:
        read_period(number(45292))
    assert "日期" in refused.value.remedy.zh


@pytest.mark.parametrize(
    ("month", "quarter", "expected"),
    [("9", "", "2024-09"), ("9月", "", "2024-09"), ("", "三季度", "2024-Q3"), ("", "Q3", "2024-Q3"),
     ("", "3", "2024-Q3"), ("", "", "2024")],
)  # fmt: skip
def test_month_and_quarter_may_stand_beside_the_year(month, quarter, expected):
    assert str(read_period(text("2024"), month, quarter)) == expected
    assert str(read_period(text("2024年"), month, quarter)) == expected


def test_month_and_quarter_together_are_refused():
    with pytest.raises(PeriodCellError):
        read_period(text("2024"), "9", "3")


def test_headers_are_periods_or_not():
    assert is_period(text("2024年"))
    assert is_period(number(2024))
    assert not is_period(text("数值"))
    assert not is_period(Cell("2024-01-01", CellKind.DATE))


@given(st.integers(1949, 2099), st.integers(1, 12))
def test_months_are_the_same_however_they_are_written(year, month):
    forms = (f"{year}年{month}月", f"{year}-{month:02d}", f"{year}/{month}", f"{year}年{month}月份")
    assert {str(read_period(text(form))) for form in forms} == {f"{year}-{month:02d}"}


@given(st.text(max_size=14))
def test_any_text_is_a_period_or_refused(cell):
    try:
        period = read_period(Cell(cell, CellKind.TEXT))
    except PeriodCellError:
        return
    assert read_period(text(str(period))) == period
