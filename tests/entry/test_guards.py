"""What must not slip into the tables unseen: rewritten text, lost cells, wrong audiences."""

from datetime import date

import pytest

from indicators.entry.findings import EntryError, Findings
from indicators.entry.grids import Cell, CellKind
from indicators.entry.known import Known
from indicators.entry.places import PlaceError
from indicators.entry.plan_columns import TARGETS
from indicators.entry.plan_rows import read_plan_rows
from indicators.entry.sources import Citation
from indicators.entry.targets_alone import refuse_targets_alone
from indicators.entry.text_cells import is_web_address
from indicators.entry.units import UnitError, conversion
from indicators.records import Quality
from indicators.store.placing import WorkingTables
from indicators.tables import tables_of
from tests.entry.sheets import AIR, CITED, LONG, csv, grid, number, propose

ROW = ("湛江市", AIR, "2031", "95")


@pytest.fixture
def read(known, places):
    """Return a function that reads a CSV file of rows, or sheets as they are given."""

    def run(*rows, tables=known, **options):
        content = rows if hasattr(rows[0], "where") else csv(*rows)
        return propose(tables, places, content, **options)

    return run


@pytest.fixture
def places_refused(read):
    """Return a function that gives back where the faults of a refused file are."""

    def run(*rows, **options):
        with pytest.raises(EntryError) as refused:
            read(*rows, **options)
        return [fault.where for fault in refused.value.faults]

    return run


def with_changes(known, proposal):
    working = WorkingTables(known.frames)
    working.apply(proposal.changes)
    frames = working.frames()
    return Known(frames, tables_of(frames))


@pytest.fixture
def imported(known, read):
    """Return the tables with a public and an official value."""
    return with_changes(known, read((*LONG, "备注"), (*ROW, "初步数（待核）；见表：2")))


# ---------------------------------------------------------------- targets without their plan


@pytest.mark.parametrize(
    "sheet",
    [
        grid(LONG, [*ROW], name="目标"),
        grid(LONG, [*ROW], name="targets.csv"),
        grid(["地区", "指标", "年份", "比较", "数值"], name="a.csv"),
        grid(["adcode", "indicator_id", "year", "comparator", "value"], name="b.csv"),
    ],
)
def test_targets_without_their_plan_are_refused(sheet):
    with pytest.raises(EntryError, match=r"together with 规划/plan\.csv"):
        refuse_targets_alone([sheet], Findings())


def test_values_are_no_targets():
    refuse_targets_alone([grid((*LONG, "限定词"), [*ROW, ""])], Findings())


# ---------------------------------------------------------------- text as it was written


def test_stored_text_keeps_its_full_width_signs(read):
    head = (*LONG, "备注", "发布单位", "标题")
    row = (*ROW, " 初步数（待核）；\u200b见表：2 ", "质监局（新华网）", "公报：一")
    source, value = read(head, row).changes
    assert value.after["note"] == "初步数（待核）；见表：2"
    assert (source.after["publisher"], source.after["title"]) == ("质监局（新华网）", "公报：一")


def test_sources_that_differ_in_signs_and_blanks_are_one(read, known):
    first = read(LONG, ROW, citation=Citation("质监局（新华网）", "公报 一"))
    tables = with_changes(known, first)
    again = read(LONG, ROW, tables=tables, citation=Citation("质监局(新华网)", "公报一"))
    assert (again.changes, again.unchanged) == ((), 1)


def test_a_known_note_with_full_width_signs_is_unchanged(read, imported):
    rows = ((*LONG, "备注"), (*ROW, "初步数（待核）；见表：2"))
    assert read(*rows, tables=imported).changes == ()


# ---------------------------------------------------------------- audience and quality


def test_a_stated_audience_holds_for_known_values_too(read, imported):
    internal = read(LONG, ROW, tables=imported, audience="internal")
    assert internal.lines[0].after["audience"] == "internal"
    hidden = with_changes(imported, internal)
    assert read(LONG, ROW, tables=hidden).changes == ()
    changed = read(LONG, ("湛江市", AIR, "2031", "96"), tables=hidden)
    assert changed.lines[0].after["audience"] == "internal"
    assert read(LONG, ROW, tables=hidden, audience="public").lines[0].after["audience"] == "public"


def test_the_cell_counts_before_the_stated_audience(read, imported):
    rows = ((*LONG, "公开范围"), (*ROW, "公开"))
    assert read(*rows, tables=imported, audience="internal").changes == ()


def test_a_stated_quality_holds_for_known_values_too(read, imported):
    (line,) = read(LONG, ROW, tables=imported, quality=Quality.PRESS).lines
    assert (line.before["quality"], line.after["quality"]) == ("official", "press")


# ---------------------------------------------------------------- shifted cells


def test_cells_beyond_the_header_are_refused(places_refused):
    assert places_refused(LONG, ("湛江市", AIR, "2031", "1", "234")) == ["a.csv!E2"]
    assert places_refused((*LONG, "", ""), ("湛江市", AIR, "2031", "1", "234")) == ["a.csv!E2"]


def test_empty_cells_beyond_the_header_do_no_harm(read):
    assert read(LONG, (*ROW, "", "")).lines


def test_cells_beyond_the_header_of_a_plan_are_refused():
    findings = Findings()
    rows = (["规划编号", "地区", "数值"], ["maoming", "茂名市", "1", "234"])
    read_plan_rows(grid(*rows, name="targets.csv", is_text=True), TARGETS, findings)
    assert [fault.where for fault in findings.faults] == ["targets.csv!D2"]


def test_cells_beyond_the_header_of_a_workbook_are_remarks_beside_the_table(read):
    assert read(grid(LONG, [*ROW, "", "看这里"])).lines


def test_a_number_split_at_its_thousands_is_refused(places_refused):
    head = (*LONG, "备注")
    assert places_refused(head, ("湛江市", AIR, "2031", "1", "234")) == ["a.csv!D2"]
    assert places_refused(head, ("湛江市", AIR, "2031", "1", "234.5")) == ["a.csv!D2"]


@pytest.mark.parametrize(("value", "note"), [("1", "2024"), ("95.5", "234"), ("95", "12")])
def test_other_numbers_in_notes_are_notes(read, value, note):
    (line,) = read((*LONG, "备注"), ("湛江市", AIR, "2031", value, note)).lines
    assert line.after["note"] == note


# ---------------------------------------------------------------- percentages


def test_a_unit_column_with_a_percent_sign_settles_it(read):
    rows = ((*LONG, "单位"), ("湛江市", AIR, "2031", "0.8", "%"))
    assert read(*rows).lines[0].after["value"] == "0.8"


def test_a_percent_format_is_a_share_whatever_the_unit_column_says(read):
    sheet = grid((*LONG, "单位"), ["湛江市", AIR, 2031, number(0.8, percent=True), "%"])
    assert read(sheet).lines[0].after["value"] == "80"


@pytest.mark.parametrize("unit", ["百分", "千分"])
def test_per_hundred_is_no_multiple_of_points(unit):
    with pytest.raises(UnitError):
        conversion("points", unit, "")


# ---------------------------------------------------------------- broken text cells


@pytest.mark.parametrize("text", ["#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#n/a"])
def test_errors_in_text_cells_are_refused(places_refused, text):
    assert places_refused((*LONG, "备注"), (*ROW, text)) == ["a.csv!E2"]
    assert places_refused((*LONG, "发布单位"), (*ROW, text)) == ["a.csv!E2"]


def test_formulas_without_a_result_in_text_cells_are_refused(places_refused):
    note = Cell("=…", CellKind.UNCALCULATED)
    assert places_refused(grid((*LONG, "备注"), [*ROW, note])) == ["表!E2"]


def test_errors_in_the_list_of_sources_are_refused(places_refused):
    listed = grid(["来源编号", "发布单位", "标题"], ["1", "#REF!", "报"], name="来源")
    assert places_refused(grid(LONG, [*ROW]), listed) == ["来源!B2"]


# ---------------------------------------------------------------- regions, addresses, months


def test_a_code_outside_the_region_above_is_refused(places):
    assert places.find("440800", "广东省").place.adcode == "440800"
    with pytest.raises(PlaceError, match="360900"):
        places.find("360900", "广东省")


def test_a_code_and_a_name_in_the_usual_columns_must_agree(read, places_refused):
    head = ("行政区划代码", "地区", "指标", "年份", "数值")
    assert read(head, ("440800", *ROW)).lines
    assert places_refused(head, ("440900", *ROW)) == ["a.csv!B2"]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("https://a.gov.cn/x", True),
        ("HTTP://a.gov.cn", True),
        ("javascript:alert(1)", False),
        ("ftp://a", False),
        ("https://", False),
        ("a.gov.cn", False),
    ],
)
def test_addresses_of_pages(text, is_one):
    assert is_web_address(text) is is_one


def test_an_address_of_something_else_is_refused(places_refused):
    assert places_refused((*LONG, "网址"), (*ROW, "javascript:1")) == ["a.csv!E2"]


@pytest.mark.parametrize(
    ("period", "is_told"), [("2031", True), ("2031-06", False), ("2031-07", True)]
)
def test_periods_after_this_month_are_told(read, period, is_told):
    row = ("湛江市", AIR, period, "95")
    notices = read(LONG, row, today=date(2031, 6, 1), citation=CITED).notices
    assert any("将来" in notice.zh for notice in notices) is is_told
