"""The template: what it asks for, how it guards cells, and that it is read back as filled in."""

import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.codes import Level
from indicators.entry.sources import Citation
from indicators.entry.template_book import write_template
from indicators.entry.template_rows import TemplateError, Wanted, template_rows
from tests.entry.sheets import AIR, FIRMS, propose

VALUE, QUALIFIER, QUALITY, SOURCE, NOTE, AUDIENCE = "K", "L", "M", "N", "O", "P"


@pytest.fixture(scope="module")
def rows(known, places):
    return template_rows(Wanted("440800", 2031, (AIR, FIRMS)), known, places)


@pytest.fixture(scope="module")
def content(rows):
    out = io.BytesIO()
    write_template(out, rows, "湛江市 2031 年 & 其他")
    return out.getvalue()


@pytest.fixture
def blank(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(made):
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_rows_are_those_of_the_regions_own_targets(known, places):
    made = template_rows(Wanted("440800", 2031), known, places)
    own = {target.indicator_id for target in known.tables.targets if target.adcode == "440800"}
    assert {row.indicator.indicator_id for row in made} == own
    assert made[0].place.adcode == "440800"
    assert {row.place.adcode for row in made} > {"440811"}


def test_an_indicator_is_asked_for_only_where_it_has_a_meaning(known, places):
    made = template_rows(Wanted("440800", 2031, ("one_stop_county_coverage", AIR)), known, places)
    counties = {r.indicator.indicator_id for r in made if r.place.level is Level.COUNTY}
    assert counties == {AIR}


def test_one_level_may_be_asked_for(known, places):
    made = template_rows(Wanted("广东省", 2031, (AIR,), Level.COUNTY), known, places)
    adcodes = {row.place.adcode for row in made}
    assert {"440811", "441900"} <= adcodes
    assert "440800" not in adcodes


def test_by_default_a_province_asks_its_prefectures(known, places):
    made = template_rows(Wanted("440000", 2031, (AIR,)), known, places)
    assert len(made) == 22


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted("110000", 2031),
        Wanted("440800", 2031, ("幸福感",)),
        Wanted("440811", 2031, (AIR,), Level.PROVINCE),
        Wanted("鼓楼区", 2031, (AIR,)),
    ],
)
def test_what_cannot_be_asked_for_is_said(known, places, wanted):
    with pytest.raises(TemplateError):
        template_rows(wanted, known, places)


def test_the_last_known_value_stands_beside_with_its_period(known, places):
    (adcode, indicator), last = next(iter(known.latest.items()))
    made = template_rows(Wanted(adcode, 2031, (indicator,)), known, places)
    assert (made[0].last_value, made[0].last_period) == (last.value, str(last.period))


def test_sheets_codes_and_locks(blank, rows):
    assert blank.sheetnames == ["填报", "来源", "说明"]
    page = blank["填报"]
    assert (page["A2"].value, page["A2"].data_type) == (rows[0].place.adcode, "s")
    assert page["A2"].protection.locked
    assert not page[f"{VALUE}2"].protection.locked
    assert page["A2"].fill.fgColor.rgb != page[f"{VALUE}2"].fill.fgColor.rgb
    assert page["A2"].font.name == "微软雅黑"
    assert page.freeze_panes == "E2"
    assert page.auto_filter.ref.startswith("A1:P")
    assert page.protection.sheet
    assert not page.protection.autoFilter
    assert page.print_title_rows == "$1:$1"
    assert page.page_setup.orientation == "landscape"


def validations(page, column):
    return [
        rule
        for rule in page.data_validations.dataValidation
        if any(part.startswith(column) for part in str(rule.sqref).split())
    ]


def test_cells_are_checked_by_excel_itself(blank):
    page = blank["填报"]
    first = validations(page, VALUE)[0]
    assert (first.type, float(first.formula1), float(first.formula2)) == ("decimal", 0, 100)
    assert "0 到 100" in first.error
    for column in (QUALIFIER, QUALITY, AUDIENCE):
        (rule,) = validations(page, column)
        assert rule.type == "list"
    (rule,) = validations(page, SOURCE)
    assert rule.formula1 == "来源!$A$2:$A$21"
    (marks,) = page.conditional_formatting
    assert str(marks.sqref).startswith(f"{VALUE}2:{VALUE}")


def test_an_untouched_template_asks_for_nothing(known, places, content, rows):
    proposal = propose(known, places, content, citation=Citation())
    assert (proposal.changes, proposal.blank) == ((), len(rows))
    assert proposal.notices == ()


def test_a_filled_in_template_is_read_as_it_was_filled_in(known, places, blank):
    page = blank["填报"]
    page[f"{VALUE}2"] = 95.5
    page[f"{QUALIFIER}2"], page[f"{QUALITY}2"], page[f"{SOURCE}2"] = "≥", "媒体", "2"
    page[f"{NOTE}2"], page[f"{AUDIENCE}2"] = "初步数", "内部"
    page[f"{VALUE}3"] = "１，２００"
    blank["来源"]["B2"], blank["来源"]["C2"] = "湛江市统计局", "公报"
    blank["来源"]["B3"], blank["来源"]["C3"] = "湛江日报", "报道"
    proposal = propose(known, places, saved(blank), citation=Citation())
    first, second = (line.after for line in proposal.lines)
    assert (first["value"], first["qualifier"], first["quality"]) == ("95.5", ">=", "press")
    assert (first["note"], first["audience"]) == ("初步数", "internal")
    assert (second["value"], second["quality"]) == ("1200", "official")
    publishers = {
        change.after["source_id"]: change.after["publisher"] for change in proposal.changes[:2]
    }
    assert publishers[first["source_id"]] == "湛江日报"
    assert publishers[second["source_id"]] == "湛江市统计局"


@settings(max_examples=8)
@given(st.data())
def test_whatever_is_filled_in_comes_back(known, places, content, rows, data):
    blank = openpyxl.load_workbook(io.BytesIO(content))
    wanted = {}
    for number, row in enumerate(rows, start=2):
        if data.draw(st.booleans()):
            high = 100 if row.indicator.unit == "%" else 10**6
            value = data.draw(st.decimals(2, high, places=2))
            blank["填报"][f"{VALUE}{number}"] = float(value)
            wanted[row.place.adcode, row.indicator.indicator_id, row.period] = float(value)
    proposal = propose(known, places, saved(blank), citation=Citation("甲局", "甲报"))
    assert {
        (line.after["adcode"], line.after["indicator_id"], line.after["period"]): float(
            line.after["value"]
        )
        for line in proposal.lines
    } == wanted
