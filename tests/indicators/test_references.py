"""Checks that reach across tables, on frames of one row each."""

import pytest

from indicators import schemas
from indicators.errors import Fault
from indicators.references import reference_faults
from indicators.schemas import Table
from tests.builders import EAST, PROVINCE, table_frame, table_frames, table_row

KNOWN = frozenset({PROVINCE, "110100"})


def faults_of(table: Table, known: frozenset[str] | None = KNOWN, **cells: str) -> list[Fault]:
    """Return the faults when the second row of one table has these cells."""
    frame = table_frame(table, table_row(table), table_row(table, **cells))
    changed = {table.file.removesuffix(".csv"): frame}
    return reference_faults(table_frames(**changed), known)


def test_valid_tables_have_no_fault():
    assert reference_faults(table_frames(), KNOWN) == []


@pytest.mark.parametrize(
    ("table", "column", "home"),
    [
        (schemas.TARGETS, "indicator_id", "indicators.csv"),
        (schemas.TARGETS, "plan_id", "plans.csv"),
        (schemas.MILESTONES, "plan_id", "plans.csv"),
        (schemas.TASKS, "plan_id", "plans.csv"),
        (schemas.DEPARTMENTS_TABLE, "plan_id", "plans.csv"),
        (schemas.OBSERVATIONS, "indicator_id", "indicators.csv"),
        (schemas.OBSERVATIONS, "source_id", "sources.csv"),
        (schemas.BREAKS, "indicator_id", "indicators.csv"),
        (schemas.BREAKS, "source_id", "sources.csv"),
    ],
)
def test_dangling_id(table, column, home):
    # Departments belong to a plan, so a row with none keeps to the one fault.
    bare = {"departments_lead": ""} if "departments_lead" in table.columns else {}

    assert faults_of(table, **{column: "nowhere"}, **bare) == [
        Fault(
            table.file,
            3,
            column,
            "'nowhere'",
            f"an id of {home}",
            f"correct it or add it to {home}",
        )
    ]


def test_unit_of_a_target_differs_from_the_catalogue():
    assert faults_of(schemas.TARGETS, unit="家") == [
        Fault(
            "targets.csv",
            3,
            "unit",
            "'家'",
            "'%', the unit of share",
            "convert the value and correct the unit",
        )
    ]


@pytest.mark.parametrize(
    ("table", "value"),
    [(schemas.OBSERVATIONS, "100.1"), (schemas.OBSERVATIONS, "-0.1"), (schemas.TARGETS, "-1")],
)
def test_value_outside_what_the_indicator_allows(table, value):
    assert faults_of(table, value=value) == [
        Fault(
            table.file,
            3,
            "value",
            value,
            "0 to 100 for share",
            "check the number and its unit against the source",
        )
    ]


@pytest.mark.parametrize("value", ["0", "100", "100.0"])
def test_bounds_are_allowed_themselves(value):
    assert faults_of(schemas.OBSERVATIONS, value=value) == []


def test_open_bound_is_called_anything():
    indicators = table_frame(schemas.INDICATORS, table_row(schemas.INDICATORS, maximum=""))
    values = table_frame(schemas.OBSERVATIONS, table_row(schemas.OBSERVATIONS, value="-3"))

    (fault,) = reference_faults(table_frames(indicators=indicators, observations=values), KNOWN)

    assert (fault.found, fault.expected) == ("-3", "0 to anything for share")


def test_upper_end_of_a_range_is_bounded_too():
    (fault,) = faults_of(schemas.TARGETS, value="95", value_upper="105")

    assert (fault.file, fault.row, fault.column, fault.found) == (
        "targets.csv",
        3,
        "value_upper",
        "105",
    )


@pytest.mark.parametrize("upper", ["92", "91.9", "0"])
def test_range_ends_in_the_wrong_order(upper):
    assert faults_of(schemas.TARGETS, value_upper=upper) == [
        Fault(
            "targets.csv",
            3,
            "value_upper",
            upper,
            "more than 92",
            "put the lower end into value and the upper end here",
        )
    ]


def test_a_plan_that_ends_before_it_begins():
    assert faults_of(schemas.PLANS, first_year="2020", last_year="2019") == [
        Fault(
            "plans.csv",
            3,
            "last_year",
            "2019",
            "at least 2020",
            "put the lower end into first_year and the upper end here",
        )
    ]


def test_a_plan_for_one_year():
    assert faults_of(schemas.PLANS, first_year="2020", last_year="2020") == []


def test_an_indicator_whose_bounds_leave_no_value():
    found = faults_of(schemas.INDICATORS, minimum="100", maximum="0")
    assert ("indicators.csv", "maximum", "more than 100") in [
        (fault.file, fault.column, fault.expected) for fault in found
    ]


@pytest.mark.parametrize("table", [schemas.TARGETS, schemas.MILESTONES, schemas.TASKS])
@pytest.mark.parametrize("column", ["departments_lead", "departments_participating"])
def test_department_that_is_not_listed(table, column):
    assert faults_of(table, **{column: "市监局;财政局"}) == [
        Fault(
            table.file,
            3,
            column,
            "'财政局'",
            "a department of plan jia in departments.csv",
            "correct the name or add it to departments.csv",
        )
    ]


@pytest.mark.parametrize("table", [schemas.TARGETS, schemas.MILESTONES])
def test_region_other_than_the_plans(table):
    assert faults_of(table, frozenset({PROVINCE, EAST, "110100"}), adcode=EAST) == [
        Fault(
            table.file,
            3,
            "adcode",
            repr(EAST),
            f"'{PROVINCE}', the region of plan jia",
            "correct the code or the plan",
        )
    ]


@pytest.mark.parametrize("table", [schemas.OBSERVATIONS, schemas.BREAKS])
def test_code_without_a_boundary(table):
    assert faults_of(table, adcode="990000") == [
        Fault(
            table.file,
            3,
            "adcode",
            "'990000'",
            "a code of the boundaries",
            "look the region up in /api/v1/regions.csv",
        )
    ]


def test_codes_stay_unchecked_without_boundaries():
    assert faults_of(schemas.OBSERVATIONS, known=None, adcode="990000") == []


def test_faults_of_several_tables_come_together():
    targets = table_frame(schemas.TARGETS, table_row(schemas.TARGETS, unit="家", value_upper="1"))
    values = table_frame(schemas.OBSERVATIONS, table_row(schemas.OBSERVATIONS, value="101"))

    faults = reference_faults(table_frames(targets=targets, observations=values), KNOWN)

    assert sorted((fault.file, fault.column) for fault in faults) == [
        ("observations.csv", "value"),
        ("targets.csv", "unit"),
        ("targets.csv", "value_upper"),
    ]
