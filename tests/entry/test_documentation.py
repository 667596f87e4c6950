"""The page about data entry says what the code does."""

import re
from pathlib import Path

import pytest

from indicators.entry import limits, numbers, sudden
from indicators.entry.grids import Cell, CellKind
from indicators.entry.period_cells import is_period
from indicators.periods import PeriodKind

PAGE = (Path(__file__).parents[2] / "docs" / "entry.md").read_text(encoding="utf-8")
CHINESE, ENGLISH = PAGE.split("\n## English\n")


@pytest.mark.parametrize("part", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_limits_are_those_of_the_code(part):
    assert f"{limits.MOST_ROWS:,}" in part
    assert f"{limits.MOST_BYTES // limits.MEGABYTE} MB" in part
    assert f"{limits.MOST_COLUMNS}" in part


def test_the_rule_for_sudden_changes_is_that_of_the_code():
    assert f"{sudden.SUDDEN_TIMES} 倍" in CHINESE
    assert f"more than {sudden.SUDDEN_TIMES} times" in ENGLISH
    assert f"至少 {sudden.LEAST_EARLIER} 个年度值" in CHINESE
    assert f"at least {sudden.LEAST_EARLIER} values" in ENGLISH
    assert f"至少 {sudden.LEAST_SIBLINGS} 个地区" in CHINESE


def test_the_signs_for_no_value_are_those_of_the_code():
    line = next(line for line in CHINESE.splitlines() if "表示没有数值" in line)
    signs = re.findall(r"`([^`]+)`", line.split("空白")[1])
    assert set(signs) <= numbers.NO_VALUE


def test_the_periods_it_names_are_read():
    line = next(line for line in CHINESE.splitlines() if line.startswith("- **时期**"))
    forms = line.split("：")[1].split("；")[0].removeprefix("** ").split("、")
    assert len(forms) > 5
    assert all(is_period(Cell(form, CellKind.TEXT)) for form in forms), forms


def test_the_kinds_of_period_it_names_exist():
    assert PeriodKind("year")
