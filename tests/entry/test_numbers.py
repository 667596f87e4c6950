"""Numbers in cells: read exactly, or refused with a remedy."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.entry.grids import EMPTY, Cell, CellKind
from indicators.entry.numbers import Number, NumberError, exact_product, read_number, written
from indicators.records import Qualifier
from tests.entry.sheets import number, text


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("95.5", "95.5"),
        ("95.50", "95.50"),
        ("０", "0"),
        ("９５．５", "95.5"),
        ("－3", "-3"),
        ("−3", "-3"),
        ("+3", "3"),
        ("1,234.5", "1234.5"),
        ("1，234，567", "1234567"),
        ("1 234", "1234"),
        ("1\u00a0234.5", "1234.5"),
        (" 7 ", "7"),
    ],
)
def test_digits_are_kept_as_written(cell, expected):
    assert str(read_number(text(cell)).value) == expected


@pytest.mark.parametrize("cell", ["95.5%", "95.5 %", "９５．５％", "95.5﹪"])
def test_a_percent_sign_belongs_to_the_number(cell):
    assert read_number(text(cell)) == Number(Decimal("95.5"), percent=True)


@pytest.mark.parametrize(
    ("cell", "qualifier"),
    [
        ("≥95", Qualifier.AT_LEAST),
        (">=95", Qualifier.AT_LEAST),
        ("不低于95", Qualifier.AT_LEAST),
        ("95以上", Qualifier.AT_LEAST),
        ("95及以上", Qualifier.AT_LEAST),
        ("约95", Qualifier.ABOUT),
        ("95左右", Qualifier.ABOUT),
        ("～95", Qualifier.ABOUT),
        ("=95", Qualifier.EXACT),
        ("95", None),
    ],
)
def test_a_word_before_or_after_says_how_exact_a_number_is(cell, qualifier):
    assert read_number(text(cell)) == Number(Decimal(95), qualifier)


def test_a_percentage_may_be_a_lower_bound():
    assert read_number(text("95%以上")) == Number(Decimal(95), Qualifier.AT_LEAST, percent=True)


@pytest.mark.parametrize(
    ("cell", "value", "unit"),
    [("1.2万", "1.2", "万"), ("3亿元", "3", "亿元"), ("12 家", "12", "家")],
)
def test_what_stands_behind_the_digits_is_a_unit(cell, value, unit):
    assert read_number(text(cell)) == Number(Decimal(value), unit=unit)


@pytest.mark.parametrize("cell", ["", "-", "—", "——", "…", "……", "/", "无", "暂无", "N/A", "　"])
def test_signs_for_no_value_are_no_value(cell):
    assert read_number(Cell(cell, CellKind.TEXT)) is None


def test_an_empty_cell_is_no_value():
    assert read_number(EMPTY) is None


@pytest.mark.parametrize(
    "cell",
    [
        "abc", "九十五", "95,5", "1,23", "1.2.3", "95-97", "95~97", "3—5", "1/2", "²", "95²",
        "增长5%", "5个百分点", "95‰", "95%%", "5+1", "1E+05", "1.2e5", "≥95以上", ">95", "超过95",
        "95.", ".5", "nan", "inf", "0x10", "1_000", "٣",
    ],
)  # fmt: skip
def test_anything_else_is_refused(cell):
    with pytest.raises(NumberError) as refused:
        read_number(text(cell))
    assert refused.value.expected.zh
    assert refused.value.remedy.zh


@pytest.mark.parametrize(
    "kind", [CellKind.DATE, CellKind.BOOLEAN, CellKind.ERROR, CellKind.UNCALCULATED]
)
def test_cells_that_hold_no_number_are_refused(kind):
    with pytest.raises(NumberError):
        read_number(Cell("#REF!", kind))


def test_a_number_beyond_all_bounds_is_refused():
    with pytest.raises(NumberError):
        read_number(number("inf"))


def test_a_cell_shown_as_a_percentage_is_one():
    assert read_number(number("0.955", percent=True)) == Number(Decimal("95.5"), percent=True)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-1e9, max_value=1e9))
def test_what_is_written_is_read_again(value):
    assert read_number(text(written(value))).value == value


@given(st.integers(min_value=0, max_value=10**12))
def test_thousands_separators_change_nothing(value):
    assert read_number(text(f"{value:,}")).value == value
    assert read_number(text(f"{value:,}".replace(",", " "))).value == value


@given(st.integers(0, 10**9))
def test_full_width_digits_change_nothing(value):
    wide = str(value).translate({code: code + 0xFEE0 for code in range(0x30, 0x3A)})
    assert read_number(text(wide)).value == value


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(cell):
    try:
        found = read_number(Cell(cell, CellKind.TEXT))
    except NumberError:
        return
    assert found is None or found.value.is_finite()


@given(st.decimals("-1000000", "1000000", places=3), st.integers(-8, 8))
def test_powers_of_ten_are_multiplied_exactly(value, power):
    assert exact_product(value, Decimal(10) ** power) == value * Decimal(10) ** power
