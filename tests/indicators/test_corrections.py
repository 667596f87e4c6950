"""Corrections of publishers' errors: applied where the error still stands, refused elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import schemas
from indicators.corrections import corrected
from indicators.errors import TablesInvalidError
from indicators.records import Qualifier
from indicators.tables import load_tables
from tests.builders import table_frame, table_frames, table_row, write_tables

OBSERVATIONS, CORRECTIONS = schemas.OBSERVATIONS, schemas.CORRECTIONS


def rows(table, *changes):
    return table_frame(table, *(table_row(table, **change) for change in changes))


def result(*corrections, observations=None):
    """Apply corrections, each given by what differs from the usual one."""
    return corrected(
        table_frames(
            corrections=rows(CORRECTIONS, *corrections),
            observations=rows(OBSERVATIONS, {}) if observations is None else observations,
        )
    )


def fault(*corrections, observations=None):
    (only,) = result(*corrections, observations=observations).faults
    return only


def test_the_right_value_takes_the_place_of_the_wrong_one():
    done = result({})

    assert done.faults == ()
    assert list(done.frames["observations.csv"]["value"]) == ["91.30"]
    ((correction,),) = done.by_row.values()
    assert (correction.expected_wrong, correction.right) == ("93.10", "91.30")


def test_the_frames_given_stay_as_they_are():
    frames = table_frames(corrections=rows(CORRECTIONS, {}))

    corrected(frames)

    assert list(frames["observations.csv"]["value"]) == ["93.10"]


def test_without_corrections_nothing_changes():
    frames = table_frames()

    assert corrected(frames).frames is frames


def test_a_number_is_the_same_however_many_zeros_it_has():
    assert result({"expected_wrong": "93.1"}).faults == ()


def test_value_and_qualifier_of_one_row_can_both_be_wrong():
    qualifier = {"column": "qualifier", "expected_wrong": ">=", "right": "~"}
    done = result({}, qualifier)

    row = done.frames["observations.csv"].iloc[0]
    assert (row["value"], row["qualifier"]) == ("91.30", "~")
    assert [len(items) for items in done.by_row.values()] == [2]


def test_a_value_the_publisher_has_changed_is_not_corrected_again():
    found = fault({}, observations=rows(OBSERVATIONS, {"value": "92.00"}))

    assert (found.file, found.row, found.column) == ("corrections.csv", 2, "expected_wrong")
    assert found.found == "'92.00' in observations.csv"
    assert found.expected == "'93.10', the error that was corrected"
    assert "the publisher's value has changed: look again" in found.remedy


def test_a_row_that_has_gone_is_named():
    found = fault({"period": "2019"})

    assert found.found == "no observation 110100 share 2019 s1"
    assert found.row == 2


def test_a_refused_correction_leaves_the_published_value():
    done = result({"period": "2019"})

    assert list(done.frames["observations.csv"]["value"]) == ["93.10"]


def test_only_the_row_that_holds_the_error_is_corrected():
    observations = rows(OBSERVATIONS, {"value": "50"}, {})

    assert list(result({}, observations=observations).by_row) == [1]


def test_two_rows_that_could_be_meant_are_a_fault():
    observations = rows(OBSERVATIONS, {}, {"value": "50"})
    qualifier = {"column": "qualifier", "expected_wrong": ">=", "right": "="}

    assert fault(qualifier, observations=observations).found == "2 rows that hold '>='"


@pytest.mark.parametrize(
    ("change", "column", "expected"),
    [
        ({"right": "many"}, "right", "a number"),
        ({"expected_wrong": "many"}, "expected_wrong", "a number"),
        ({"right": "93.1"}, "right", "something else than '93.10'"),
        ({"column": "qualifier", "expected_wrong": ">=", "right": ">"}, "right", "one of"),
        ({"evidence_source_id": "s9"}, "evidence_source_id", "an id of sources.csv"),
    ],
)
def test_an_unusable_correction_is_named_with_its_column(change, column, expected):
    found = fault(change)

    assert found.column == column
    assert found.expected.startswith(expected)


def test_a_correction_may_not_repeat_a_row():
    observations = rows(OBSERVATIONS, {}, {"value": "91.30"})
    found = fault({}, observations=observations)

    assert (found.file, found.row, found.expected) == ("observations.csv", 2, "each key once")


def test_all_faults_come_at_once():
    assert len(result({"period": "2019"}, {"period": "2018"}).faults) == 2


NUMBERS = st.integers(0, 10_000).map(lambda number: f"{number / 100:.2f}")


@given(held=NUMBERS, wrong=NUMBERS, right=NUMBERS)
def test_a_value_changes_exactly_where_the_error_stands(held, wrong, right):
    change = {"expected_wrong": wrong, "right": right}
    done = result(change, observations=rows(OBSERVATIONS, {"value": held}))

    applied = float(held) == float(wrong) != float(right)
    assert bool(done.faults) is not applied
    assert list(done.frames["observations.csv"]["value"]) == [right if applied else held]


# ---------------------------------------------------------------- tables


def test_an_observation_remembers_what_was_published(tmp_path):
    qualifier = {"column": "qualifier", "expected_wrong": ">=", "right": "="}
    corrections = [table_row(CORRECTIONS), table_row(CORRECTIONS, **qualifier)]
    tables = load_tables(write_tables(tmp_path, corrections=corrections))
    (observation,) = tables.observations

    assert (observation.value, observation.qualifier) == (91.3, Qualifier.EXACT)
    published = observation.published
    assert (published.value, published.qualifier) == (93.1, Qualifier.AT_LEAST)
    assert published.corrections == ()
    assert len(tables.corrections) == 2


def test_an_observation_without_correction_is_as_published(tmp_path):
    (observation,) = load_tables(write_tables(tmp_path)).observations

    assert observation.published == observation


def test_the_right_value_is_what_the_bounds_are_for(tmp_path):
    misprint = [table_row(OBSERVATIONS, value="931.0")]
    corrections = [table_row(CORRECTIONS, expected_wrong="931.0", right="93.1")]
    folder = write_tables(tmp_path, observations=misprint, corrections=corrections)

    assert [item.value for item in load_tables(folder).observations] == [93.1]


def test_tables_with_an_outdated_correction_do_not_load(tmp_path):
    folder = write_tables(tmp_path, corrections=[table_row(CORRECTIONS, expected_wrong="1")])

    with pytest.raises(TablesInvalidError, match=r"corrections\.csv: row 2.*look again"):
        load_tables(folder)
