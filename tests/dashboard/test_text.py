"""How numbers, units, differences, promises and periods are written."""

import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard import text
from indicators.periods import parse_period
from indicators.records import Comparator, Qualifier

MINUS = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (-0.0, "0"),
        (93.0, "93"),
        (93.1, "93.1"),
        (0.1 + 0.2, "0.3"),
        (10.72, "10.72"),
        (-3.5, f"{MINUS}3.5"),
        (0.05, "0.05"),
        (2021, "2021"),
        (9999.9, "9999.9"),
        (10_000, "10,000"),
        (1_234_567.89, "1,234,567.89"),
        (-12_345, f"{MINUS}12,345"),
        (1e16, "10,000,000,000,000,000"),
    ],
)
def test_number(value, written):
    assert text.number(value) == written


@given(st.decimals(-(10**9), 10**9, places=4))
@example(Decimal("9999.9999"))
@example(Decimal("-0.0001"))
def test_number_has_the_digits_of_the_source_and_no_more(value):
    written = text.number(float(value))

    assert Decimal(written.replace(",", "").replace(MINUS, "-")) == value
    assert not re.search(r"\.\d*0$|\.$", written)
    assert ("," in written) is (abs(value) >= 10_000)


@pytest.mark.parametrize(
    ("value", "written"), [(3.5, "+3.5"), (-3.5, f"{MINUS}3.5"), (0, "0"), (12_000, "+12,000")]
)
def test_signed(value, written):
    assert text.signed(value) == written


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (3.5, "%", "+3.5 个百分点", "+3.5 percentage points"),
        (-2, "家", f"{MINUS}2 家", f"{MINUS}2"),
        (-0.4, "μg/m³", f"{MINUS}0.4 微克/立方米", f"{MINUS}0.4 μg/m³"),
        (0, "%", "持平", "unchanged"),
    ],
)
def test_difference(value, unit, zh, en):
    assert text.difference("zh", value, unit) == zh
    assert text.difference("en", value, unit) == en


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "zh", "en"),
    [
        (93.1, "%", Qualifier.EXACT, "93.1%", "93.1%"),
        (5, "家", Qualifier.AT_LEAST, "≥ 5 家", "≥ 5"),
        (21, "μg/m³", Qualifier.ABOUT, "≈ 21 微克/立方米", "≈ 21 μg/m³"),
        (12_914.4, "亿元", Qualifier.EXACT, "12,914.4 亿元", "12,914.4 ×100 million yuan"),
        (83.4, "points", Qualifier.EXACT, "83.4 分", "83.4 points"),
        (3.1, "index", Qualifier.EXACT, "3.1", "3.1"),
        (7, "furlongs", Qualifier.EXACT, "7 furlongs", "7 furlongs"),
    ],
)
def test_quantity(value, unit, qualifier, zh, en):
    assert text.quantity("zh", value, unit, qualifier) == zh
    assert text.quantity("en", value, unit, qualifier) == en


@pytest.mark.parametrize(
    ("comparator", "value", "upper", "unit", "zh"),
    [
        (Comparator.AT_LEAST, 92, None, "%", "≥ 92%"),
        (Comparator.MORE_THAN, 5, None, "家", "> 5 家"),
        (Comparator.AT_MOST, 35, None, "μg/m³", "≤ 35 微克/立方米"),
        (Comparator.LESS_THAN, 0.5, None, "%", "< 0.5%"),
        (Comparator.ABOUT, 56, None, "%", "≈ 56%"),
        (Comparator.AT_LEAST, 3, 5, "个", "3–5 个"),
        (Comparator.AT_LEAST, 10_000, 12_000, "家", "10,000–12,000 家"),
    ],
)
def test_promise(comparator, value, upper, unit, zh):
    assert text.promise("zh", comparator, value, upper, unit) == zh


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("2020", "2020年", "2020"),
        ("2022-09", "2022年9月", "Sep 2022"),
        ("2023-Q3", "2023年第三季度", "Q3 2023"),
        ("2020-01/2020-10", "2020年1—10月", "Jan–Oct 2020"),
        ("2019-11/2020-02", "2019年11月—2020年2月", "Nov 2019–Feb 2020"),
    ],
)
def test_period(period, zh, en):
    assert text.period("zh", parse_period(period)) == zh
    assert text.period("en", parse_period(period)) == en


def test_month_of_the_year():
    assert [text.month("zh", value) for value in (1, 12)] == ["1月", "12月"]
    assert [text.month("en", value) for value in (1, 12)] == ["Jan", "Dec"]


def test_message_takes_its_values():
    assert text.t("zh", "hover.rank", rank=3, count=21) == "第 3/21"
    assert text.t("en", "hover.rank", rank=3, count=21) == "3 of 21"


def test_unknown_message_is_an_error_and_never_shown():
    with pytest.raises(KeyError, match=r"no\.such\.message"):
        text.t("zh", "no.such.message")


def test_pick():
    assert (text.pick("zh", "甲", "A"), text.pick("en", "甲", "A")) == ("甲", "A")


@pytest.mark.parametrize(
    ("count", "zh", "en"),
    [
        (0, "共 0 行", "0 rows"),
        (1, "共 1 行", "1 row"),
        (2, "共 2 行", "2 rows"),
    ],
)
def test_one_is_not_spoken_of_as_many(count, zh, en):
    assert (text.t("zh", "data.rows", count=count), text.t("en", "data.rows", count=count)) == (
        zh,
        en,
    )


def test_a_place_is_counted_and_places_are_named():
    assert text.t("en", "places.county", count=1) == "county"
    assert text.t("en", "places.county") == "counties"
