"""Units: converted where one meaning is possible, refused otherwise."""

from decimal import Decimal

import pytest

from indicators.entry.units import UnitError, conversion


@pytest.mark.parametrize(
    ("unit", "column", "suffix", "factor"),
    [
        ("%", "", "", "1"),
        ("%", "％", "", "1"),
        ("%", "%", "%", "1"),
        ("个", "", "", "1"),
        ("家", "个", "", "1"),
        ("家", "", "家", "1"),
        ("家", "", "万", "10000"),
        ("家", "万", "", "10000"),
        ("家", "万家", "", "10000"),
        ("家", "家", "万", "10000"),
        ("亿元", "", "", "1"),
        ("亿元", "万元", "", "0.0001"),
        ("亿元", "元", "", "0.00000001"),
        ("亿元", "", "万元", "0.0001"),
        ("亿元", "亿元", "亿元", "1"),
        ("亿元", "万亿元", "", "10000"),
        ("万元/人", "元/人", "", "0.0001"),
        ("μg/m³", "微克/立方米", "", "1"),
        ("μg/m³", "µg/m3", "", "1"),
        ("points", "分", "", "1"),
        ("index", "指数", "", "1"),
    ],
)
def test_one_meaning_is_converted(unit, column, suffix, factor):
    assert conversion(unit, column, suffix) == Decimal(factor)


@pytest.mark.parametrize(
    ("unit", "column", "suffix"),
    [
        ("%", "家", ""),
        ("家", "%", ""),
        ("家", "", "%"),
        ("亿元", "", "亿"),
        ("亿元", "万", ""),
        ("亿元", "万元", "亿元"),
        ("家", "万家", "万"),
        ("%", "", "万"),
        ("points", "%", ""),
        ("亿元", "美元", ""),
    ],
)
def test_another_meaning_is_refused(unit, column, suffix):
    with pytest.raises(UnitError):
        conversion(unit, column, suffix)
