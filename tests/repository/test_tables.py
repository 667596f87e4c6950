"""The shipped tables: their bytes, and sums that make every later edit deliberate."""

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DATA = ROOT / "indicators" / "data"
TABLES = sorted([*DATA.glob("*.csv"), *(ROOT / "geodata" / "data").glob("*.csv")])

# Two people entered the targets from the texts apart from each other and arrived at these.
TARGETS = {
    "guangdong": (26, "230931"),
    "qinzhou": (22, "1627"),
    "zhanjiang": (48, "4432"),
    "alxa": (29, "1474"),
    "yichun": (31, "2697.12"),
}
TASKS = {"zhanjiang": 30, "yichun": 23, "alxa": 19}
COUNTS = {
    "corrections": 0,
    "indicators": 119,
    "milestones": 111,
    "observations": 1266,
    "plans": 5,
    "sources": 275,
    "targets": 156,
    "tasks": 72,
}


def rows(name):
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_a_table_is_plain_utf8_with_lf_line_ends(path):
    content = path.read_bytes()
    content.decode("utf-8")
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")
    assert not content.endswith(b"\n\n")


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_every_row_of_a_table_is_as_wide_as_its_header(path):
    with path.open(encoding="utf-8", newline="") as file:
        header, *body = csv.reader(file)
    assert len(set(header)) == len(header)
    # A table may wait for its first row: no correction is known yet.
    assert {len(row) for row in body} <= {len(header)}


@pytest.mark.parametrize(("plan", "expected"), TARGETS.items())
def test_targets_of_a_plan(plan, expected):
    values = [Decimal(row["value"]) for row in rows("targets") if row["plan_id"] == plan]
    assert (len(values), sum(values)) == (expected[0], Decimal(expected[1]))


def test_no_target_belongs_to_another_plan():
    assert {row["plan_id"] for row in rows("targets")} == set(TARGETS)


def test_tasks_of_each_plan():
    assert Counter(row["plan_id"] for row in rows("tasks")) == TASKS


@pytest.mark.parametrize(("name", "count"), COUNTS.items())
def test_number_of_rows(name, count):
    assert len(rows(name)) == count
