"""Whatever stands in a file, it is read or refused in words; it never ends in a crash."""

from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.entry.findings import EntryError
from tests.entry.sheets import AIR, LONG, book, propose, read, rewritten

WORKBOOK = book(LONG, ["湛江市", AIR, 2031, 95.5], ["茂名市", AIR, 2031, "≥96"])
SHEET = "xl__worksheets__sheet1.xml"
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_WORDS = st.sampled_from(
    ["地区", "数值", "年份", "指标", "2031", "2031年9月", "湛江市", "鼓楼区", AIR, "95.5", "0.9",
     "≥95", "", "-", "%", "来源编号", "发布单位", "单位", "万元", '"', ",", "\n", "440800"]
)  # fmt: skip


def survives(call):
    for fault in _faults_of(call):
        assert fault.where
        assert fault.found.zh
        assert fault.remedy.zh


def _faults_of(call):
    try:
        call()
    except EntryError as error:
        return error.faults
    return ()


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, len(WORKBOOK) - 1), st.integers(0, 255)), max_size=6))
def test_a_workbook_with_some_bytes_changed(known, places, changes):
    content = bytearray(WORKBOOK)
    for place, value in changes:
        content[place] = value
    survives(lambda: propose(known, places, bytes(content), name="a.xlsx"))


@settings(max_examples=60)
@given(st.integers(0, len(WORKBOOK)))
def test_a_workbook_that_was_cut_off(known, places, size):
    if size:
        survives(lambda: propose(known, places, WORKBOOK[:size], name="a.xlsx"))


@settings(max_examples=100)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["A1", "B2", "ZZZ9", "", "1A", "A0", "A-1"]),
            st.sampled_from(["n", "s", "str", "b", "d", "e", "inlineStr", "x", ""]),
            st.sampled_from(["1", "-1", "x", "", "99", "1e400", "NaN", "2024-01-01", "#REF!"]),
        ),
        max_size=4,
    )
)
def test_a_worksheet_with_absurd_cells(cells):
    body = "".join(f'<c r="{r}" t="{t}"><v>{v}</v></c>' for r, t, v in cells)
    xml = f'<worksheet {_MAIN}><sheetData><row r="1">{body}</row></sheetData></worksheet>'
    survives(lambda: read(rewritten(WORKBOOK, **{SHEET: xml.encode()})))


@settings(max_examples=150)
@given(st.lists(st.lists(_WORDS, max_size=7), max_size=6))
def test_a_text_file_of_likely_words(known, places, rows):
    text = "\n".join(",".join(row) for row in rows) or "x"
    survives(lambda: propose(known, places, text.encode()))


@settings(max_examples=100)
@given(st.binary(min_size=1, max_size=200))
def test_a_file_of_any_bytes(known, places, content):
    survives(lambda: propose(known, places, content))
