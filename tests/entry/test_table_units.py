"""Units, indicators and years that stand above or beside a wide table."""

import pytest

from indicators.entry.findings import EntryError, Findings
from indicators.entry.headers import Role, find_layout
from tests.entry.sheets import FIRMS, grid, propose

FOREST = "森林覆盖率"


def layout_of(*rows):
    findings = Findings()
    return find_layout(grid(*rows), findings), findings.faults


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("（万个）", "万个"),
        ("表一（%）", "%"),
        ("计量单位：万元", "万元"),
        ("数据单位:家", "家"),
        ("填报单位：湛江市统计局", ""),
        ("主管单位: 某局", ""),
        ("（试行）", ""),
        ("（2024年）", ""),
    ],
)
def test_a_unit_above_the_table_is_applied_and_an_office_is_none(title, unit):
    layout, faults = layout_of([title], ["地区", 2023])
    assert (layout.unit, faults) == (unit, [])


def test_two_units_that_disagree_are_refused_at_the_second():
    _, (fault,) = layout_of(["单位：亿元"], ["地区", "数值（万元）"])
    assert fault.where == "表!A1"


def test_a_second_language_behind_the_header_is_no_unit():
    layout, faults = layout_of(["单位：%"], ["地区", "数值(value)"])
    assert (layout.unit, faults) == ("%", [])


def test_a_column_of_years_beside_columns_that_are_years_is_refused():
    _, (fault,) = layout_of(["地区", "年份", 2023], ["湛江市", 2023, 1])
    assert fault.where == "表!B1"


@pytest.mark.parametrize("code", ["行政区划代码", "adcode", "代码\ncode"])
def test_a_column_of_codes_beside_one_of_regions_is_a_pair(code):
    layout, faults = layout_of(["地区", code, 2023], ["湛江市", "440800", 1])
    assert faults == []
    assert (layout.columns[Role.REGION_NAME], layout.columns[Role.REGION]) == (0, 1)


def test_a_bracket_in_the_title_does_not_hide_the_indicator(known, places):
    sheet = grid([f"{FOREST}（单位：%）"], ["地区", 2031], ["湛江市", 0.5])
    (line,) = propose(known, places, (sheet,)).lines
    assert (line.indicator, line.after["value"]) == (FOREST, "0.5")


def test_a_bare_multiple_above_the_table_is_applied(known, places):
    name = known.indicators[FIRMS].name_zh
    sheet = grid([name], ["（万家）"], ["地区", 2031], ["湛江市", 1.2])
    (line,) = propose(known, places, (sheet,)).lines
    assert line.after["value"] == "12000"


def test_two_indicators_above_a_table_are_refused(known, places):
    name = known.indicators[FIRMS].name_zh
    with pytest.raises(EntryError) as refused:
        propose(known, places, (grid([FOREST], [name], ["地区", 2031], ["湛江市", 5]),))
    (fault,) = refused.value.faults
    assert fault.where == "表!A2"
