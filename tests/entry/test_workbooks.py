"""Workbooks: what Excel knows about cells is kept, and what is unsafe is refused."""

from datetime import date, time

import pytest
from openpyxl.worksheet.formula import ArrayFormula

from indicators.entry import archives, sheet_structure
from indicators.entry.findings import EntryError
from indicators.entry.grids import CellKind
from tests.entry.sheets import book, read, rewritten

SHEET = "xl__worksheets__sheet1.xml"
_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def first(content):
    (grid,), _ = read(content)
    return grid


def refusal_of(content):
    with pytest.raises(EntryError) as refused:
        read(content)
    (fault,) = refused.value.faults
    return fault


def with_sheet(body):
    xml = f"{_XML}<worksheet {_MAIN}>{body}</worksheet>"
    return rewritten(book(["x"]), **{SHEET: xml.encode()})


def test_numbers_texts_and_blanks_are_told_apart():
    grid = first(book(["440800", 95.5, None, " ", True, 3]))
    assert [(cell.kind, cell.text) for cell in grid.rows[0]] == [
        (CellKind.TEXT, "440800"),
        (CellKind.NUMBER, "95.5"),
        (CellKind.EMPTY, ""),
        (CellKind.EMPTY, ""),
        (CellKind.BOOLEAN, "TRUE"),
        (CellKind.NUMBER, "3"),
    ]


def test_a_calculated_number_has_the_digits_excel_shows():
    assert first(book([0.1 + 0.2])).cell(0, 0).text == "0.3"


@pytest.mark.parametrize("moment", [date(2024, 1, 1), time(9, 30)])
def test_dates_are_dates(moment):
    assert first(book([moment])).cell(0, 0).kind is CellKind.DATE


@pytest.mark.parametrize(
    ("shown", "percent"), [("0.0%", True), ("General", False), ('0.0"%"', False), ("0\\%", False)]
)
def test_a_percent_format_is_a_percent_sign_unless_it_is_a_literal(shown, percent):
    def as_shown(page):
        page["A1"].number_format = shown

    assert first(book([0.955], prepare=as_shown)).cell(0, 0).percent is percent


def test_cells_beyond_the_end_are_empty():
    grid = first(book(["a"], ["b", "c"]))
    assert grid.cell(0, 7).kind is CellKind.EMPTY
    assert grid.where(1, 6) == "填报!G2"
    assert grid.where(0, 27) == "填报!AB1"


def test_empty_rows_keep_the_rows_below_in_their_place():
    def far_below(page):
        page["B7"] = 5

    grid = first(book(["a"], prepare=far_below))
    assert grid.cell(6, 1).text == "5"
    assert grid.where(6, 1) == "填报!B7"


def test_merged_ranges_are_named():
    (merged,) = first(
        book(["a", "b"], ["c"], prepare=lambda page: page.merge_cells("A2:B3"))
    ).merged
    assert (merged.name, merged.first_row, merged.last_row) == ("A2:B3", 1, 2)


def test_hidden_rows_and_columns_are_known():
    def hide(page):
        page.row_dimensions[2].hidden = True
        page.column_dimensions["B"].hidden = True

    grid = first(book(["a", "b"], ["c", "d"], prepare=hide))
    assert grid.hidden_rows == {1}
    assert grid.hidden_columns == {1}


def test_a_hidden_sheet_is_not_read_and_that_is_told():
    def add_hidden(page):
        page.parent.create_sheet("暗").sheet_state = "hidden"

    grids, findings = read(book(["a"], prepare=add_hidden))
    assert [grid.name for grid in grids] == ["填报"]
    assert "暗" in findings.notices[0].zh


def test_a_formula_without_a_stored_result_is_uncalculated():
    assert first(book(["=1+1"])).cell(0, 0).kind is CellKind.UNCALCULATED


def test_an_array_formula_without_a_result_is_uncalculated():
    def add(page):
        page["A1"] = ArrayFormula("A1", "=SUM(B1:C1)")

    assert first(book(["x"], prepare=add)).cell(0, 0).kind is CellKind.UNCALCULATED


def test_a_formula_with_a_stored_result_is_that_result():
    body = '<sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row></sheetData>'
    cell = first(with_sheet(body)).cell(0, 0)
    assert (cell.text, cell.kind, cell.formula) == ("2", CellKind.NUMBER, True)


def test_a_formula_error_is_an_error():
    body = '<sheetData><row r="1"><c r="A1" t="e"><f>1/0</f><v>#REF!</v></c></row></sheetData>'
    cell = first(with_sheet(body)).cell(0, 0)
    assert (cell.text, cell.kind) == ("#REF!", CellKind.ERROR)


def test_a_wrong_stated_size_of_a_sheet_does_no_harm():
    body = (
        '<dimension ref="A1:XFD1048576"/>'
        '<sheetData><row r="1"><c r="A1"><v>2</v></c></row></sheetData>'
    )
    assert len(first(with_sheet(body)).rows) == 1


def test_more_rows_than_the_limit_are_refused_before_they_are_loaded(monkeypatch):
    monkeypatch.setattr(sheet_structure, "MOST_ROWS", 5)
    assert first(book(*[["a"]] * 6)).cell(5, 0).text == "a"
    assert "行" in refusal_of(book(*[["a"]] * 7)).found.zh


def test_a_million_formatted_but_empty_rows_are_not_counted(monkeypatch):
    monkeypatch.setattr(sheet_structure, "MOST_ROWS", 5)

    def style(page):
        for row in range(1, 50):
            page.cell(row, 1).number_format = "0.0"

    assert len(first(book(["a"], prepare=style)).rows) == 1


def test_too_many_columns_are_refused():
    assert "列" in refusal_of(book(["a"] * 301)).found.zh


def test_a_zip_bomb_is_refused_by_its_stated_sizes(monkeypatch):
    content = rewritten(book(["a"]), **{"xl__media__a.bin": bytes(30_000_000)})
    assert "解压后" in refusal_of(content).found.zh


def test_an_archive_of_very_many_parts_is_refused(monkeypatch):
    monkeypatch.setattr(archives, "MOST_PARTS", 5)
    assert "部件" in refusal_of(book(["a"])).found.zh


def test_a_part_that_unpacks_to_more_than_it_states_is_refused():
    content = bytearray(rewritten(book(["a"]), **{SHEET: b"<a>" + b" " * 5000 + b"</a>"}))
    # The size in the directory at the end of the archive is the one that is believed.
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = (10).to_bytes(4, "little")
    assert "损坏" in refusal_of(bytes(content)).found.zh


@pytest.mark.parametrize(
    "part", [SHEET, "xl__sharedStrings.xml", "xl__workbook.xml", "__rels__.rels", "xl__styles.xml"]
)
def test_entities_are_refused_wherever_they_are_declared(part):
    laughs = f'{_XML}<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'.encode()
    name = "_rels__.rels" if part == "__rels__.rels" else part
    assert "实体" in refusal_of(rewritten(book(["a"]), **{name: laughs})).found.zh


def test_entities_in_another_encoding_are_refused_as_well():
    xml = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>'
    content = rewritten(book(["a"]), **{SHEET: xml.encode("utf-16")})
    assert "实体" in refusal_of(content).found.zh


@pytest.mark.parametrize("damage", [b"", b"<worksheet", b"\x00\x01\x02"])
def test_a_damaged_workbook_part_is_refused(damage):
    assert "损坏" in refusal_of(rewritten(book(["a"]), **{"xl__workbook.xml": damage})).found.zh


@pytest.mark.parametrize("row", ["x", "-1", "0", "1048576", "99999999999999999999"])
def test_an_absurd_row_number_is_refused(row):
    body = f'<sheetData><row r="{row}"><c r="A1"><v>2</v></c></row></sheetData>'
    assert refusal_of(with_sheet(body)).where == "填报.xlsx"


def test_two_cells_far_apart_do_not_make_an_endless_sheet():
    def spread(page):
        page["A199000"] = 1
        page["CV1"] = 1

    assert "超过" in refusal_of(book(["a"], prepare=spread)).found.zh
