"""The benchmark runs and tells everything it promises; how fast anything is, no test decides."""

import json
import os
import subprocess
import sys

import pytest

from dashboard.commands.benchmark import DEFAULT_AREAS
from dashboard.commands.benchmark_data import measured_area
from dashboard.commands.benchmark_report import Row, Section, table
from dashboard.settings import ROOT
from tests.caches import new_cache

AREA_ROWS = ["change_bytes", "whole_change_bytes", "server_milliseconds", "change_milliseconds"]
SITE_ROWS = ["requests_per_second", "first_visit_bytes", "first_visit_bytes_plain_http"]


# The whole country takes minutes, and goes the same way.
AREAS = {"440000": 124}


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    flags = [flag for code in AREAS for flag in ("--area", code)]
    command = [sys.executable, "-m", "dashboard.cli", "benchmark", "--repeat", "1", "--json"]
    ended = subprocess.run(
        [*command, *flags],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=900,
        env=os.environ | {"QUALITY_ATLAS_CACHE": str(new_cache(tmp_path_factory))},
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    return json.loads(ended.stdout)


@pytest.mark.browser
def test_both_areas_and_the_site_are_measured(document):
    assert "not published" in document["values"]
    areas = {area["adcode"]: area for area in document["areas"]}
    assert {code: area["regions"] for code, area in areas.items()} == AREAS
    for area in areas.values():
        assert [row["name"] for row in area["rows"]] == AREA_ROWS
    assert [row["name"] for row in document["site"]] == SITE_ROWS


@pytest.mark.browser
def test_everything_was_measured_and_goals_are_judged(document):
    rows = [row for area in document["areas"] for row in area["rows"]] + document["site"]
    assert all(row["ours"] > 0 for row in rows)
    guangdong = {row["name"]: row for row in document["areas"][0]["rows"]}
    judged = [guangdong[name]["met"] for name in AREA_ROWS if name != "whole_change_bytes"]
    assert None not in judged
    for name in ("change_bytes", "change_milliseconds"):
        for area in document["areas"]:
            row = next(row for row in area["rows"] if row["name"] == name)
            assert row["ordinary"] > 0
            assert row["of_ordinary"] == pytest.approx(row["ours"] / row["ordinary"])


@pytest.mark.browser
def test_a_change_sends_far_less_than_the_ordinary_way(document):
    row = next(row for row in document["areas"][0]["rows"] if row["name"] == "change_bytes")
    assert row["of_ordinary"] < 0.1


def test_a_province_and_the_whole_country_are_measured_unless_told_otherwise(bundle):
    counties = {code: measured_area(bundle, code).regions for code in DEFAULT_AREAS}
    assert counties == {"440000": 124, "100000": 2891}


@pytest.mark.parametrize(
    ("row", "met"),
    [
        (Row("change_bytes", 2_999.0, goal=3_000), True),
        (Row("change_bytes", 3_001.0, goal=3_000), False),
        (Row("change_bytes", 3_001.0), None),
        (Row("change_milliseconds", 200.0, floor=100.0, goal_of_floor=2.0), True),
        (Row("change_milliseconds", 201.0, floor=100.0, goal_of_floor=2.0), False),
        (Row("change_milliseconds", goal_of_floor=2.0, note="not measured"), None),
    ],
)
def test_a_goal_is_met_missed_or_not_measured(row, met):
    assert row.met is met


def test_the_table_shows_goal_and_verdict_beside_the_figure():
    rows = (
        Row("change_bytes", 3_500.0, 70_000.0, goal=3_000),
        Row("change_milliseconds", goal_of_floor=2.0, note="not measured: install playwright"),
    )
    text = table([Section("广东省: 124 counties", rows)])
    assert "3,500" in text
    assert "0.0500×" in text
    assert "≤ 3,000 MISSED" in text
    assert "not measured: install playwright" in text
