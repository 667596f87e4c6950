"""CSV files: encodings, delimiters, line ends, and what is no text."""

import pytest

from indicators.entry import text_files
from indicators.entry.findings import EntryError
from tests.entry.sheets import csv, read

ROWS = (("地区", "数值"), ("湛江市", "95.5"))


def texts(content):
    (grid,), findings = read(content, "a.csv")
    return [[cell.text for cell in row] for row in grid.rows], findings


def refusal_of(content):
    with pytest.raises(EntryError) as refused:
        read(content, "a.csv")
    (fault,) = refused.value.faults
    return fault.found.zh


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030"])
def test_three_encodings_read_the_same(codec):
    rows, findings = texts(csv(*ROWS).decode().encode(codec))
    assert rows == [list(row) for row in ROWS]
    assert bool(findings.notices) is (codec == "gb18030")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_three_delimiters_read_the_same(delimiter):
    assert texts(csv(*ROWS, delimiter=delimiter))[0] == [list(row) for row in ROWS]


def test_commas_inside_quotes_do_not_make_the_delimiter():
    rows, _ = texts(b'"a,b,c,d";"1,234.5"\n"e,f";2\n')
    assert rows[0] == ["a,b,c,d", "1,234.5"]


def test_mixed_line_ends_are_all_line_ends():
    rows, _ = texts("地区,数值\r\n湛江市,1\n广州市,2\r茂名市,3".encode())
    assert [row[0] for row in rows] == ["地区", "湛江市", "广州市", "茂名市"]


def test_a_quote_that_is_never_closed_is_refused():
    assert "引号" in refusal_of('地区,数值\n"湛江市,1\n'.encode())


def test_nul_bytes_are_refused_with_their_line():
    assert "第 2 行" in refusal_of("地区,数值\n湛江\0市,1\n".encode())


def test_other_control_characters_are_refused():
    assert "0x07" in refusal_of("地区\x07,数值\n".encode())


def test_utf16_is_refused_by_name():
    assert refusal_of("地区,数值\n".encode("utf-16")) == "UTF-16 文本"


def test_bytes_of_no_encoding_are_refused():
    assert "既非" in refusal_of(b"a,b\n\xff\xff\xff,1\n")


def test_more_rows_than_the_limit_are_refused(monkeypatch):
    monkeypatch.setattr(text_files, "MOST_ROWS", 5)
    assert "超过" in refusal_of(b"a,b\n" * 7)


def test_a_row_of_very_many_cells_is_refused():
    assert "超过" in refusal_of(b"," * 400)


def test_a_cell_without_end_is_refused():
    assert "无法读取" in refusal_of(b"x" * 200_000)
