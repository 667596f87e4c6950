"""The rules of single cells, columns and keys, on frames of a few rows."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geodata.codes import Level
from indicators import schemas
from indicators.errors import Fault
from indicators.periods import parse_period
from indicators.records import Comparator, Domain, Qualifier
from indicators.schemas import Table, table_faults
from tests.builders import table_frame, table_row

NAME = pytest.mark.parametrize("table", schemas.TABLES, ids=lambda table: table.file)

A_NUMBER = ("a number", "write digits with a point as decimal mark")
AN_ADCODE = ("a six-digit division code", "write the code as text, such as 440800")
A_YEAR = ("a year such as 2020", "write four digits")
A_PERIOD = ("a period such as 2020, 2022-09, 2023-Q3 or 2020-01/2020-10", "rewrite the period")
AN_ID = ("an id of letters, digits, - and _", "use the id of the catalogue")
A_TEXT = ("text", "fill in the cell, without outer spaces")
NAMES = ("names separated by ;", "remove empty entries and outer spaces")
LEVELS = (
    "levels among province | prefecture | county, separated by ;",
    "name the levels at which the indicator has a meaning",
)


def one_of(words: str) -> tuple[str, str]:
    return (f"one of {words}", "write one of these words")


BAD_CELLS = [
    *(
        (schemas.OBSERVATIONS, "value", text, A_NUMBER)
        for text in (
            "abc",
            "1e400",
            "-1e400",
            "nan",
            "inf",
            "1_0",
            " 5",
            "5 ",
            "1,000",
            "9５",
            "１２",
        )
    ),
    *(
        (schemas.OBSERVATIONS, "adcode", text, AN_ADCODE)
        for text in ("44080", "440800.0", "4408000", "044080", "４４０８００", "广东省", "440800\n")
    ),
    *(
        (schemas.OBSERVATIONS, "period", text, A_PERIOD)
        for text in ("2020-13", "2020-00", "2020-1", "2020年", "2023-Q5", "2020-10/2020-01", "1948")
    ),
    *(
        (schemas.TARGETS, "year", text, A_YEAR)
        for text in ("20", "1900", "2100", "2020.0", "２０２０", "-2020")
    ),
    *(
        (schemas.TARGETS, "departments_lead", text, NAMES)
        for text in (";", "甲;", "甲;;乙", "甲; 乙", " 甲")
    ),
    *(
        (schemas.INDICATORS, "levels", text, LEVELS)
        for text in ("nation", "province,county", "county;", "County")
    ),
    *((schemas.SOURCES, "source_id", text, AN_ID) for text in ("a b", "编号", "a.b", "a/b")),
    *((schemas.SOURCES, "publisher", text, A_TEXT) for text in (" 局", "局 ", " ")),
    (schemas.SOURCES, "url", " https://example.org", ("text or empty", "remove the outer spaces")),
    (schemas.INDICATORS, "intensive", "True", one_of("true | false")),
    (schemas.INDICATORS, "direction", "up", one_of("higher | lower")),
    (schemas.INDICATORS, "kind", "flow", one_of("rate | stock | additions")),
    (schemas.INDICATORS, "minimum", "-", ("a number, or empty", A_NUMBER[1])),
    (schemas.TARGETS, "comparator", "≥", one_of(">= | > | <= | < | ~")),
    (schemas.TARGETS, "value_upper", "many", ("a number, or empty", A_NUMBER[1])),
    (schemas.OBSERVATIONS, "qualifier", ">", one_of("= | >= | ~")),
    (schemas.OBSERVATIONS, "quality", "good", one_of("official | press | paper | uncertain")),
    (schemas.PLANS, "published", "soon", ("a year such as 2020, or empty", A_YEAR[1])),
    (schemas.BREAKS, "adcode", "全国", ("a six-digit division code, or empty", AN_ADCODE[1])),
]


@NAME
def test_valid_row_has_no_fault(table):
    assert table_faults(table, table_frame(table)) == []


@NAME
def test_table_without_rows_has_no_fault(table):
    assert table_faults(table, table_frame(table).iloc[:0]) == []


def faults_of_cells(cells: list[tuple[Table, str, str]]) -> list[tuple[int, list[Fault]]]:
    """Return for each cell, put into a valid row of its table, the row and the faults found there.

    All cells of a table are checked together: pandera takes some 30 ms however short the frame.
    """
    found: list[tuple[int, list[Fault]]] = [(0, [])] * len(cells)
    for table in schemas.TABLES:
        places = [index for index, cell in enumerate(cells) if cell[0] is table]
        rows = [table_row(table, **{cells[index][1]: cells[index][2]}) for index in places]
        # The rows differ in one cell only, so most keys come again; not what is asked here.
        faults = [
            fault
            for fault in table_faults(table, table_frame(table, *rows))
            if fault.expected != "each key once"
        ]
        for row, index in enumerate(places, start=2):
            found[index] = (row, [fault for fault in faults if fault.row == row])
    return found


@pytest.fixture(scope="module")
def bad_cells():
    return faults_of_cells([cell[:3] for cell in BAD_CELLS])


@pytest.mark.parametrize("index", range(len(BAD_CELLS)))
def test_bad_cell_is_named_with_what_was_found_and_expected(bad_cells, index):
    table, column, text, words = BAD_CELLS[index]
    row, faults = bad_cells[index]

    assert faults == [Fault(table.file, row, column, repr(text), *words)]


EMPTY_CELLS = [
    (table, column, "")
    for table in schemas.TABLES
    for column, rule in table.columns.items()
    if not rule.test("")
]


@pytest.fixture(scope="module")
def empty_cells():
    return faults_of_cells(EMPTY_CELLS)


@pytest.mark.parametrize("index", range(len(EMPTY_CELLS)))
def test_empty_cell_is_called_nothing(empty_cells, index):
    table, column, _ = EMPTY_CELLS[index]
    rule = table.columns[column]
    row, faults = empty_cells[index]

    assert faults == [Fault(table.file, row, column, "nothing", rule.expected, rule.remedy)]


def test_task_number_is_a_whole_number():
    numbers = ("1.5", "1e3", "第1")
    rows = [
        table_row(schemas.TASKS, task_id=f"t{index}", number=number)
        for index, number in enumerate(numbers)
    ]

    faults = table_faults(schemas.TASKS, table_frame(schemas.TASKS, *rows))

    assert [(fault.row, fault.column, fault.found) for fault in faults] == [
        (2 + index, "number", repr(number)) for index, number in enumerate(numbers)
    ]


def test_every_bad_cell_is_listed_at_once():
    rows = [
        table_row(schemas.OBSERVATIONS, value="abc", adcode="4401"),
        table_row(schemas.OBSERVATIONS),
        table_row(schemas.OBSERVATIONS, value="1_0", period="2020/10"),
    ]

    faults = table_faults(schemas.OBSERVATIONS, table_frame(schemas.OBSERVATIONS, *rows))

    assert sorted((fault.row, fault.column, fault.found) for fault in faults) == [
        (2, "adcode", "'4401'"),
        (2, "value", "'abc'"),
        (4, "period", "'2020/10'"),
        (4, "value", "'1_0'"),
    ]


@NAME
def test_missing_and_surplus_columns(table):
    first = next(iter(table.columns))
    frame = table_frame(table).rename(columns={first: "extra"})

    assert table_faults(table, frame) == [
        Fault(table.file, 1, first, "no such column", "the column", "add it to the header"),
        Fault(
            table.file, 1, "extra", "an unknown column", "only the documented columns", "remove it"
        ),
    ]


@NAME
def test_repeated_key_points_at_the_second_row(table):
    frame = table_frame(table, table_row(table), table_row(table))

    assert table_faults(table, frame) == [
        Fault(
            table.file,
            3,
            "+".join(table.key),
            repr(" ".join(table_row(table)[name] for name in table.key)),
            "each key once",
            "remove or merge the repeated row",
        )
    ]


def test_two_values_of_one_period_are_rivals_not_repeats():
    rows = [table_row(schemas.OBSERVATIONS, value=value) for value in ("93.1", "93.2")]

    assert table_faults(schemas.OBSERVATIONS, table_frame(schemas.OBSERVATIONS, *rows)) == []


def test_year_of_thousands_of_digits_is_a_fault_like_any_other():
    # Python refuses to turn more than 4,300 digits into an integer.
    frame = table_frame(schemas.TARGETS, table_row(schemas.TARGETS, year="9" * 5000))

    faults = table_faults(schemas.TARGETS, frame)

    assert [(fault.row, fault.column, fault.expected) for fault in faults] == [
        (2, "year", A_YEAR[0])
    ]


CELLS = [(table, column) for table in schemas.TABLES for column in table.columns]
# What a CSV file in UTF-8 can hold: any sign but lone surrogates.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@settings(max_examples=40)
@given(cell=st.sampled_from(CELLS), text=TEXTS)
@example(cell=(schemas.OBSERVATIONS, "value"), text="9" * 5000)
@example(cell=(schemas.OBSERVATIONS, "period"), text="2020-01/2020-01")
@example(cell=(schemas.OBSERVATIONS, "note"), text=" ;; ")
def test_any_text_in_a_cell_gives_faults_of_that_cell_only(cell, text):
    table, column = cell
    frame = table_frame(table, table_row(table, **{column: text}))

    faults = table_faults(table, frame)

    assert {(fault.file, fault.row, fault.column) for fault in faults} <= {(table.file, 2, column)}
    assert bool(faults) is not table.columns[column].test(text)


READERS = [
    (schemas.INDICATORS, "minimum", float),
    (schemas.INDICATORS, "levels", lambda text: [Level(part) for part in text.split(";")]),
    (schemas.PLANS, "published", int),
    (schemas.PLANS, "first_year", int),
    (schemas.TARGETS, "year", int),
    (schemas.TARGETS, "comparator", Comparator),
    (schemas.TARGETS, "value", float),
    (schemas.TARGETS, "value_upper", float),
    (schemas.MILESTONES, "domain", Domain),
    (schemas.TASKS, "number", int),
    (schemas.OBSERVATIONS, "period", parse_period),
    (schemas.OBSERVATIONS, "value", float),
    (schemas.OBSERVATIONS, "qualifier", Qualifier),
    (schemas.BREAKS, "first_period", parse_period),
]
NEAR_NUMBERS = st.from_regex(r"[-+]?[0-9]{1,4}([.eE_-][0-9]{1,3})?", fullmatch=True)


@settings(max_examples=300)
@given(reader=st.sampled_from(READERS), text=st.one_of(NEAR_NUMBERS, TEXTS))
@example(reader=(schemas.TASKS, "number", int), text="1.5")
@example(reader=(schemas.TARGETS, "value", float), text="-0.0")
def test_text_a_rule_accepts_can_be_read_as_its_record_needs(reader, text):
    table, column, read = reader

    if text and table.columns[column].test(text):
        read(text)
