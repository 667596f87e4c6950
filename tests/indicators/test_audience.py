"""What the public may see of tables that also hold internal rows."""

from dataclasses import replace

import pytest

from geodata.codes import Level
from indicators import schemas
from indicators.audience import gated, version_for
from indicators.corrections import corrected
from indicators.periods import year_period
from indicators.records import Audience, Kind, strictest
from indicators.tables import load_tables
from tests import builders
from tests.builders import table_frame, table_frames, table_row, write_tables

PUBLIC, INTERNAL = Audience.PUBLIC, Audience.INTERNAL


def rows(table, *changes):
    return table_frame(table, *(table_row(table, **change) for change in changes))


def seen(table, **frames):
    """Return the rows of a table that the public sees, as dicts."""
    return gated(table_frames(**frames), PUBLIC)[table.file].to_dict("records")


SECRET = {"audience": "internal", "period": "2021", "value": "77.31"}
MIXED = rows(schemas.OBSERVATIONS, {}, SECRET)


def test_the_internal_see_everything():
    frames = table_frames(observations=MIXED)

    assert gated(frames, INTERNAL) == frames


def test_the_public_sees_public_observations_only():
    assert seen(schemas.OBSERVATIONS, observations=MIXED) == [table_row(schemas.OBSERVATIONS)]


def test_the_public_sees_public_targets_only():
    targets = rows(schemas.TARGETS, {"year": "2025", "audience": "internal"}, {})

    assert seen(schemas.TARGETS, targets=targets) == [table_row(schemas.TARGETS)]


def test_rows_keep_their_place_in_the_file():
    frames = table_frames(observations=rows(schemas.OBSERVATIONS, SECRET, {}))

    assert list(gated(frames, PUBLIC)["observations.csv"].index) == [1]


def test_the_tables_given_stay_as_they_are():
    frames = table_frames(observations=MIXED)

    gated(frames, PUBLIC)

    assert len(frames["observations.csv"]) == 2


def sources(*ids):
    return rows(schemas.SOURCES, *({"source_id": name} for name in ids))


def source_ids(**frames):
    return [row["source_id"] for row in seen(schemas.SOURCES, **frames)]


def test_a_source_that_only_internal_rows_name_is_not_seen():
    observations = rows(schemas.OBSERVATIONS, {}, SECRET | {"source_id": "s2"})

    assert source_ids(sources=sources("s1", "s2"), observations=observations) == ["s1"]


def test_a_source_that_nothing_names_is_not_seen_either():
    assert source_ids(sources=sources("s1", "s2")) == ["s1"]


def test_a_source_that_both_name_is_seen():
    assert source_ids(observations=MIXED) == ["s1"]


def test_the_source_of_a_break_is_seen():
    breaks = rows(schemas.BREAKS, {"source_id": "s2"})

    assert source_ids(sources=sources("s1", "s2"), breaks=breaks) == ["s1", "s2"]


def test_the_translation_of_an_internal_note_is_not_seen():
    observations = rows(schemas.OBSERVATIONS, {}, SECRET | {"note": "内情"})
    notes = rows(schemas.NOTE_TRANSLATIONS, {}, {"note": "内情", "note_zh": "内情"})

    kept = seen(schemas.NOTE_TRANSLATIONS, observations=observations, note_translations=notes)

    assert [row["note"] for row in kept] == ["快报"]


def hidden_plan(**more):
    """Return tables with a second plan whose only target is internal."""
    secret = {"plan_id": "yi", "audience": "internal", "departments_lead": "密局"}
    named = {"plan_id": "yi", "name_zh": "密局"}
    return {
        "plans": rows(schemas.PLANS, {}, {"plan_id": "yi"}),
        "targets": rows(schemas.TARGETS, {}, secret),
        "departments": rows(schemas.DEPARTMENTS_TABLE, {}, named),
        **more,
    }


def plan_ids(**frames):
    return [row["plan_id"] for row in seen(schemas.PLANS, **frames)]


def test_a_plan_with_internal_targets_only_is_not_seen():
    assert plan_ids(**hidden_plan()) == ["jia"]


@pytest.mark.parametrize("table", [schemas.MILESTONES, schemas.TASKS], ids=lambda t: t.file)
def test_a_plan_that_also_promises_something_public_is_seen(table):
    name = table.file.removesuffix(".csv")

    assert plan_ids(**hidden_plan(**{name: rows(table, {"plan_id": "yi"})})) == ["jia", "yi"]


def test_a_plan_without_any_target_is_seen():
    assert plan_ids(plans=rows(schemas.PLANS, {}, {"plan_id": "yi"})) == ["jia", "yi"]


def test_a_department_that_only_internal_targets_name_is_not_seen():
    names = [row["name_zh"] for row in seen(schemas.DEPARTMENTS_TABLE, **hidden_plan())]

    assert names == ["市监局"]


def test_a_department_listed_behind_another_is_seen():
    tasks = rows(schemas.TASKS, {"departments_participating": "工信局;商务局"})
    departments = rows(schemas.DEPARTMENTS_TABLE, {}, {"name_zh": "商务局"}, {"name_zh": "税务局"})

    kept = seen(schemas.DEPARTMENTS_TABLE, tasks=tasks, departments=departments)

    assert [row["name_zh"] for row in kept] == ["市监局", "商务局"]


def test_a_correction_goes_with_the_row_it_corrects():
    secret = {"period": "2021", "value": "77.31", "audience": "internal"}
    frames = table_frames(
        observations=rows(schemas.OBSERVATIONS, {}, secret),
        sources=sources("s1", "s2", "s3"),
        corrections=rows(
            schemas.CORRECTIONS,
            {"evidence_source_id": "s2"},
            {
                "period": "2021",
                "expected_wrong": "77.31",
                "right": "71.37",
                "evidence_source_id": "s3",
            },
        ),
    )
    right = corrected(frames)
    public = gated(right.frames, PUBLIC)

    assert right.faults == ()
    assert list(public["corrections.csv"]["right"]) == ["91.30"]
    assert list(public["sources.csv"]["source_id"]) == ["s1", "s2"]


def test_a_correction_of_an_internal_value_does_not_stay_for_a_public_one_of_the_same_source():
    frames = table_frames(
        observations=rows(
            schemas.OBSERVATIONS, {"value": "50"}, {"value": "77.31", "audience": "internal"}
        ),
        corrections=rows(schemas.CORRECTIONS, {"expected_wrong": "77.31", "right": "71.37"}),
    )

    assert gated(corrected(frames).frames, PUBLIC)["corrections.csv"].empty


def test_public_tables_stay_whole_where_nothing_is_internal():
    frames = table_frames()
    public = gated(frames, PUBLIC)

    assert all(public[file].equals(frames[file]) for file in frames)


# ---------------------------------------------------------------- versions


def test_both_audiences_have_versions_of_their_own():
    frames = table_frames()

    assert version_for(frames, PUBLIC) != version_for(frames, INTERNAL)


def test_the_public_version_tells_nothing_of_internal_rows(tmp_path, tmp_path_factory):
    plain = write_tables(tmp_path)
    internal = [table_row(schemas.OBSERVATIONS), table_row(schemas.OBSERVATIONS, **SECRET)]
    mixed = write_tables(tmp_path_factory.mktemp("mixed"), observations=internal)

    assert load_tables(mixed).version == load_tables(plain).version
    versions = {load_tables(f, audience=INTERNAL).version for f in (plain, mixed)}
    assert len(versions) == 2


# ---------------------------------------------------------------- records


def test_tables_are_public_unless_asked_otherwise(tmp_path):
    mixed = [table_row(schemas.OBSERVATIONS), table_row(schemas.OBSERVATIONS, **SECRET)]
    folder = write_tables(tmp_path, observations=mixed)

    assert [item.audience for item in load_tables(folder).observations] == [PUBLIC]
    everything = load_tables(folder, audience=INTERNAL).observations
    assert [item.audience for item in everything] == [PUBLIC, INTERNAL]


@pytest.mark.parametrize(
    ("parts", "whole"),
    [((), PUBLIC), ((PUBLIC,), PUBLIC), ((PUBLIC, INTERNAL), INTERNAL), ((INTERNAL,), INTERNAL)],
)
def test_what_is_made_of_several_parts_is_for_those_who_may_see_all(parts, whole):
    assert strictest(parts) is whole


# ---------------------------------------------------------------- verdicts


def verdict(*observations, kind=Kind.RATE):
    atlas = builders.atlas(
        indicators=[builders.indicator(kind=kind)],
        targets=[builders.target(builders.PROVINCE, "2018 >= 20", kind=kind)],
        observations=observations,
    )
    return atlas.verdict(builders.PROVINCE, Level.PROVINCE, "share", year_period(2018))


def yearly(years, secret_year):
    return [
        replace(
            builders.observation(builders.PROVINCE, str(year), 8),
            audience=INTERNAL if year == secret_year else PUBLIC,
        )
        for year in years
    ]


@pytest.mark.parametrize(("secret_year", "audience"), [(2018, INTERNAL), (2017, PUBLIC)])
def test_a_verdict_tells_who_may_see_the_value_it_rests_on(secret_year, audience):
    assert verdict(*yearly((2017, 2018), secret_year)).actual.audience is audience


@pytest.mark.parametrize(("secret_year", "audience"), [(2017, INTERNAL), (2010, PUBLIC)])
def test_a_sum_with_one_internal_part_is_internal(secret_year, audience):
    found = verdict(*yearly((2016, 2017, 2018), secret_year), kind=Kind.ADDITIONS)

    assert found.actual.value == 24
    assert found.actual.audience is audience
