"""Columns by their headers."""

import pytest

from indicators.entry.findings import Findings
from indicators.entry.grids import Cell, CellKind
from indicators.entry.headers import Role, find_layout, role_of
from tests.entry.sheets import grid


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("地区", Role.REGION),
        ("行政区划代码", Role.REGION),
        ("adcode", Role.REGION),
        ("Region Code", Role.REGION),
        ("地区名称", Role.REGION_NAME),
        ("指标", Role.INDICATOR),
        ("indicator_id", Role.INDICATOR),
        ("年份", Role.PERIOD),
        ("时间", Role.PERIOD),
        ("数 值", Role.VALUE),
        ("数值（%）", Role.VALUE),
        ("数值(单位:万元)", Role.VALUE),
        ("数值\nvalue", Role.VALUE),
        ("ＶＡＬＵＥ", Role.VALUE),
        ("来源", Role.PUBLISHER),
        ("来源编号\nsource", Role.SOURCE),
        ("备注", Role.NOTE),
        ("最近一期数值\nlast_value", Role.REFERENCE),
        ("心情", None),
        ("", None),
        ("地区 数值", None),
    ],
)
def test_headers_in_both_languages(header, role):
    assert role_of(header) is role


def layout_of(sheet):
    findings = Findings()
    return find_layout(sheet, findings), findings


def test_a_title_may_stand_above_the_header():
    layout, _ = layout_of(grid(["某市 2024 年统计表"], [], ["地区", "指标", "年份", "数值"]))
    assert layout.header_row == 2
    assert not layout.is_wide


def test_years_side_by_side_make_a_wide_table():
    layout, _ = layout_of(grid(["地区", 2022, "2023年", "2024"]))
    assert layout.periods == (1, 2, 3)


def test_columns_that_mean_nothing_are_told():
    _, findings = layout_of(grid(["地区", "数值", "心情"], ["湛江市", 1, "好"]))
    assert "C1 “心情”" in findings.notices[0].zh


def test_a_column_of_a_kind_twice_is_refused():
    _, findings = layout_of(grid(["地区", "数值", "值"], ["湛江市", 1, 2]))
    (fault,) = findings.faults
    assert fault.where == "表!C1"


def test_a_value_column_beside_years_is_refused():
    _, findings = layout_of(grid(["地区", "数值", 2023], ["湛江市", 1, 2]))
    (fault,) = findings.faults
    assert fault.where == "表!B1"


def test_a_date_among_the_years_is_refused():
    dated = Cell("2024-01-01 00:00:00", CellKind.DATE)
    _, findings = layout_of(grid(["地区", 2023, dated], ["湛江市", 1, 2]))
    (fault,) = findings.faults
    assert fault.where == "表!C1"
    assert "日期" in fault.remedy.zh


def test_a_sheet_without_a_header_has_no_layout():
    assert layout_of(grid(["你好"], [1, 2]))[0] is None
    assert layout_of(grid())[0] is None


@pytest.mark.parametrize(
    ("rows", "unit"),
    [
        ([["地区", "数值(万元)"]], "万元"),
        ([["地区", "数值（单位：亿元）"]], "亿元"),
        ([["单位：%"], ["地区", 2023]], "%"),
        ([["表一（单位:家）"], ["地区", "数值"]], "家"),
        ([["地区", "数值"]], ""),
        ([["地区", "数值(value)"]], ""),
    ],
)
def test_a_unit_may_stand_in_the_header_or_above_it(rows, unit):
    assert layout_of(grid(*rows))[0].unit == unit
