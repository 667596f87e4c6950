"""Files to records, and what becomes of damaged files."""

import csv
import shutil

import pytest

from geodata.codes import Level
from indicators import schemas
from indicators.errors import Fault, TablesInvalidError
from indicators.periods import parse_period
from indicators.records import (
    Comparator,
    DefinitionBreak,
    Department,
    Direction,
    Domain,
    Indicator,
    Kind,
    Milestone,
    Observation,
    Plan,
    Qualifier,
    Quality,
    Source,
    Target,
    Task,
)
from indicators.tables import SHIPPED, load_tables
from tests.builders import PROVINCE, rewrite, table_row, write_tables

FILES = [table.file for table in schemas.TABLES]


@pytest.fixture
def folder(tmp_path):
    """Return a folder of valid tables with one row each."""
    return write_tables(tmp_path)


@pytest.fixture
def shipped_copy(tmp_path):
    """Return a copy of the shipped folder."""
    return shutil.copytree(SHIPPED, tmp_path / "data")


def faults_in(folder, known=None):
    """Return the faults of a folder, which must not load."""
    with pytest.raises(TablesInvalidError) as caught:
        load_tables(folder, known_adcodes=known)
    return caught.value.faults


def shipped_rows(file):
    with (SHIPPED / file).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


# ---------------------------------------------------------------- what loads


def test_shipped_tables_load_row_by_row(bundle):
    tables = bundle.atlas.tables

    held = {
        "indicators.csv": tables.indicators,
        "sources.csv": tables.sources,
        "plans.csv": tables.plans,
        "targets.csv": tables.targets,
        "milestones.csv": tables.milestones,
        "tasks.csv": tables.tasks,
        "observations.csv": tables.observations,
        "departments.csv": tables.departments,
        "breaks.csv": tables.breaks,
        "note_translations.csv": tables.note_translations,
        "corrections.csv": tables.corrections,
    }
    assert {file: len(records) for file, records in held.items()} == {
        file: len(shipped_rows(file)) for file in FILES
    }


def test_shipped_numbers_and_periods_are_those_of_the_files(bundle):
    tables = bundle.atlas.tables

    assert [
        (item.adcode, item.indicator_id, str(item.period), item.value)
        for item in tables.observations
    ] == [
        (row["adcode"], row["indicator_id"], row["period"], float(row["value"]))
        for row in shipped_rows("observations.csv")
    ]
    assert [(item.year, item.comparator, item.value) for item in tables.targets] == [
        (int(row["year"]), row["comparator"], float(row["value"]))
        for row in shipped_rows("targets.csv")
    ]


def test_every_cell_becomes_the_record_it_means(folder):
    tables = load_tables(folder)

    assert tables.indicators == (
        Indicator(
            "share",
            "合格率",
            "Pass rate",
            Domain.PRODUCT,
            "%",
            Direction.HIGHER,
            Kind.RATE,
            True,
            frozenset({Level.PROVINCE, Level.PREFECTURE}),
            0.0,
            100.0,
        ),
    )
    assert tables.sources == (Source("s1", "统计局", "公报", ""),)
    assert tables.plans == (
        Plan("jia", PROVINCE, "规划", "Plan", None, 2016, 2020, "文中写明", "stated", ""),
    )
    assert tables.targets == (
        Target(
            "jia",
            PROVINCE,
            "share",
            2020,
            Comparator.AT_LEAST,
            92.0,
            95.0,
            "%",
            Kind.RATE,
            "一、2",
            ("市监局",),
            (),
            "",
            "",
        ),
    )
    assert tables.milestones == (
        Milestone(
            "jia", PROVINCE, "jia-m01", None, Domain.BRAND, "领先", "Lead", "一", ("市监局",), ()
        ),
    )
    assert tables.tasks == (
        Task("jia", "jia-t01", 1, "任务", "Task", "做", "Do", "附件", ("市监局",), ()),
    )
    assert tables.observations == (
        Observation(
            "110100",
            "share",
            parse_period("2020-01/2020-10"),
            93.1,
            Qualifier.AT_LEAST,
            Quality.PRESS,
            "s1",
            "快报",
        ),
    )
    assert tables.departments == (Department("jia", "市监局", "Regulator"),)
    assert tables.breaks == (
        DefinitionBreak("share", "", parse_period("2023"), "口径改变", "New definition", "s1"),
    )
    assert tables.note_translations == {"快报": ("快报", "Flash")}


def test_several_departments_keep_their_order(tmp_path):
    departments = [
        table_row(schemas.DEPARTMENTS_TABLE, name_zh=name) for name in ("甲局", "乙局", "市监局")
    ]
    tasks = [table_row(schemas.TASKS, departments_participating="乙局;甲局")]

    (task,) = load_tables(write_tables(tmp_path, departments=departments, tasks=tasks)).tasks

    assert task.departments_participating == ("乙局", "甲局")


def test_byte_order_mark_is_accepted(folder):
    expected = load_tables(folder).observations
    for file in FILES:
        rewrite(folder / file, lambda text: b"\xef\xbb\xbf" + text)

    assert load_tables(folder).observations == expected


def test_cell_that_looks_missing_to_pandas_stays_text(tmp_path):
    sources = [table_row(schemas.SOURCES, publisher="NA", title="null")]

    (source,) = load_tables(write_tables(tmp_path, sources=sources)).sources

    assert (source.publisher, source.title) == ("NA", "null")


def test_version_changes_with_any_byte_and_with_nothing_else(folder, tmp_path_factory):
    before = load_tables(folder).version
    elsewhere = load_tables(write_tables(tmp_path_factory.mktemp("again"))).version
    rewrite(folder / "note_translations.csv", lambda text: text.replace(b"Flash", b"flash"))

    assert elsewhere == before
    assert load_tables(folder).version != before


# ---------------------------------------------------------------- damaged files


def test_missing_file(folder):
    file = "observations.csv"
    (folder / file).unlink()

    assert faults_in(folder) == [
        Fault(file, 0, "", "no such file", "the table", f"put {file} into {folder}")
    ]


def test_folder_that_does_not_exist_lacks_every_file(tmp_path):
    faults = faults_in(tmp_path / "nowhere")

    assert [fault.file for fault in faults] == sorted(FILES)
    assert {fault.found for fault in faults} == {"no such file"}


@pytest.mark.parametrize("file", ["observations.csv", "indicators.csv"])
def test_empty_file(folder, file):
    (folder / file).write_bytes(b"")

    assert faults_in(folder) == [
        Fault(
            file,
            0,
            "",
            "no header",
            "a CSV table",
            "compare with the shipped file",
        )
    ]


@pytest.mark.parametrize("encoding", ["gbk", "utf-16"])
def test_bytes_that_are_not_utf_8(folder, encoding):
    path = folder / "sources.csv"
    rewrite(path, lambda text: text.decode().encode(encoding))
    with pytest.raises(UnicodeDecodeError) as caught:
        path.read_bytes().decode()
    at = caught.value.start

    (fault,) = faults_in(folder)

    assert fault == Fault(
        "sources.csv",
        0,
        "",
        f"bytes that are not UTF-8 (at byte {at})",
        "UTF-8 text",
        "save it as CSV UTF-8",
    )


def test_quotation_mark_that_never_closes(folder):
    rewrite(folder / "sources.csv", lambda text: text + b's2,"open,title,\r\n')

    (fault,) = faults_in(folder)

    assert (fault.file, fault.row, fault.expected) == ("sources.csv", 0, "a CSV table")
    assert "unexpected end of data" in fault.found


def test_short_row_is_short_of_its_last_cells(folder):
    rewrite(folder / "sources.csv", lambda text: text + b"s2,publisher\r\n")

    assert faults_in(folder) == [
        Fault(
            "sources.csv",
            3,
            "title",
            "nothing",
            "text",
            "fill in the cell, without outer spaces",
        )
    ]


def test_one_long_row(folder):
    rewrite(folder / "sources.csv", lambda text: text + b"s2,publisher,title,url,more\r\n")

    (fault,) = faults_in(folder)

    assert (fault.file, fault.expected) == ("sources.csv", "a CSV table")
    assert (fault.row, fault.found) == (3, "5 cells under 4 columns")


def test_every_row_longer_than_the_header(folder):
    # pandas takes the first column for row names then, and shifts every cell by one.
    rewrite(
        folder / "sources.csv",
        lambda text: b"".join(
            line + (b",\r\n" if index else b"\r\n") for index, line in enumerate(text.splitlines())
        ),
    )

    faults = faults_in(folder)

    assert {fault.file for fault in faults} == {"sources.csv"}
    assert {fault.expected for fault in faults} == {"a CSV table"}


def test_rows_are_counted_as_a_spreadsheet_does(folder):
    # A blank line and a line break inside a cell: the next record stands in row 5.
    rewrite(
        folder / "sources.csv",
        lambda text: text + b's2,"two\r\nlines",title,\r\n' + b"\r\n" + b"s 3,publisher,title,\r\n",
    )

    (fault,) = faults_in(folder)

    assert (fault.row, fault.column, fault.found) == (5, "source_id", "'s 3'")


def test_repeated_column(folder):
    rewrite(folder / "sources.csv", lambda text: text.replace(b"url", b"url,url", 1))

    assert [(fault.file, fault.found) for fault in faults_in(folder)] == [
        ("sources.csv", "an unknown column")
    ]


def test_faults_of_several_files_come_at_once_in_order(folder):
    (folder / "tasks.csv").unlink()
    rewrite(folder / "observations.csv", lambda text: text.replace(b"93.10", b"abc"))
    rewrite(folder / "indicators.csv", lambda text: text.replace(b"higher", b"up"))
    rewrite(folder / "plans.csv", lambda text: text.replace(b"map_number", b"number"))

    faults = faults_in(folder)

    assert [(fault.file, fault.row, fault.column, fault.found) for fault in faults] == [
        ("indicators.csv", 2, "direction", "'up'"),
        ("observations.csv", 2, "value", "'abc'"),
        ("plans.csv", 1, "map_number", "no such column"),
        ("plans.csv", 1, "number", "an unknown column"),
        ("tasks.csv", 0, "", "no such file"),
    ]


def test_message_lists_every_fault_on_a_line_of_its_own(folder):
    rewrite(folder / "observations.csv", lambda text: text.replace(b"93.10", b"abc"))
    (folder / "tasks.csv").unlink()

    with pytest.raises(TablesInvalidError) as caught:
        load_tables(folder)

    assert str(caught.value).splitlines() == [
        "2 fault(s) in the data tables:",
        "  observations.csv: row 2, column value: found 'abc'; expected a number; "
        "write digits with a point as decimal mark",
        f"  tasks.csv: found no such file; expected the table; put tasks.csv into {folder}",
    ]


def test_reference_faults_refuse_the_folder_too(folder):
    rewrite(folder / "targets.csv", lambda text: text.replace(b",%,", ",家,".encode()))

    assert [(fault.row, fault.column) for fault in faults_in(folder)] == [(2, "unit")]


def test_codes_are_checked_against_the_boundaries(folder):
    load_tables(folder, known_adcodes=frozenset({PROVINCE, "110100"}))

    assert [
        (fault.file, fault.row, fault.column, fault.found)
        for fault in faults_in(folder, frozenset({PROVINCE}))
    ] == [("observations.csv", 2, "adcode", "'110100'")]


def test_damage_deep_in_the_shipped_tables_is_found_where_it_is(shipped_copy):
    rows = shipped_rows("observations.csv")
    index = next(i for i, row in enumerate(rows) if row["indicator_id"] == "pm25_mean")
    path = shipped_copy / "observations.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[index + 1] = lines[index + 1].replace("pm25_mean", "pm25_meen")
    path.write_text("".join(lines), encoding="utf-8")

    assert faults_in(shipped_copy) == [
        Fault(
            "observations.csv",
            index + 2,
            "indicator_id",
            "'pm25_meen'",
            "an id of indicators.csv",
            "correct it or add it to indicators.csv",
        )
    ]
