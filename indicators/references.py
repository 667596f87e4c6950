"""Checks that reach across tables: ids that must exist, units that must agree, bounds on values."""

import operator
from collections.abc import Iterator

import pandas as pd

from indicators import schemas
from indicators.errors import Fault
from indicators.reading import HEADER_ROWS
from indicators.reserved import reserved_faults
from indicators.schemas import Table

Frames = dict[str, pd.DataFrame]


def reference_faults(frames: Frames, known_adcodes: frozenset[str] | None) -> list[Fault]:
    """List every reference that leads nowhere and every value its indicator rules out."""
    faults = [*_dangling_ids(frames), *_units(frames), *_bounds(frames), *_ranges(frames)]
    faults += [*_departments(frames), *_plan_regions(frames), *reserved_faults(frames)]
    if known_adcodes is not None:
        faults += _unknown_adcodes(frames, known_adcodes)
    return faults


def _rows(frames: Frames, table: Table, *columns: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Walk a table as (spreadsheet row, cells of the named columns)."""
    frame = frames[table.file]
    for index, *cells in frame[list(columns)].itertuples(name=None):
        yield int(str(index)) + HEADER_ROWS, tuple(map(str, cells))


def _dangling_ids(frames: Frames) -> Iterator[Fault]:
    references = (
        (schemas.TARGETS, "plan_id", schemas.PLANS),
        (schemas.MILESTONES, "plan_id", schemas.PLANS),
        (schemas.TASKS, "plan_id", schemas.PLANS),
        (schemas.DEPARTMENTS_TABLE, "plan_id", schemas.PLANS),
        (schemas.TARGETS, "indicator_id", schemas.INDICATORS),
        (schemas.OBSERVATIONS, "indicator_id", schemas.INDICATORS),
        (schemas.BREAKS, "indicator_id", schemas.INDICATORS),
        (schemas.OBSERVATIONS, "source_id", schemas.SOURCES),
        (schemas.BREAKS, "source_id", schemas.SOURCES),
    )
    for table, column, home in references:
        known = set(frames[home.file][column])
        for row, (text,) in _rows(frames, table, column):
            if text not in known:
                yield Fault(
                    table.file,
                    row,
                    column,
                    repr(text),
                    f"an id of {home.file}",
                    f"correct it or add it to {home.file}",
                )


def _units(frames: Frames) -> Iterator[Fault]:
    indicators = frames[schemas.INDICATORS.file]
    units = dict(zip(indicators["indicator_id"], indicators["unit"], strict=True))
    for row, (indicator_id, unit) in _rows(frames, schemas.TARGETS, "indicator_id", "unit"):
        expected = units.get(indicator_id, unit)
        if unit != expected:
            yield Fault(
                schemas.TARGETS.file,
                row,
                "unit",
                repr(unit),
                f"{expected!r}, the unit of {indicator_id}",
                "convert the value and correct the unit",
            )


def _bounds(frames: Frames) -> Iterator[Fault]:
    indicators = frames[schemas.INDICATORS.file]
    limits = {
        row["indicator_id"]: (row["minimum"], row["maximum"])
        for row in indicators.to_dict("records")
    }
    numbers = (
        (schemas.TARGETS, "value"),
        (schemas.TARGETS, "value_upper"),
        (schemas.OBSERVATIONS, "value"),
    )
    for table, column in numbers:
        for row, (indicator_id, text) in _rows(frames, table, "indicator_id", column):
            low, high = limits.get(indicator_id, ("", ""))
            if text and _outside(float(text), low, high):
                yield Fault(
                    table.file,
                    row,
                    column,
                    text,
                    f"{low or 'anything'} to {high or 'anything'} for {indicator_id}",
                    "check the number and its unit against the source",
                )


def _outside(value: float, low: str, high: str) -> bool:
    return bool((low and value < float(low)) or (high and value > float(high)))


def _ranges(frames: Frames) -> Iterator[Fault]:
    """List every pair of columns whose second should be the larger, and is not."""
    pairs = (
        (schemas.TARGETS, "value", "value_upper", operator.gt, "more than"),
        (schemas.INDICATORS, "minimum", "maximum", operator.gt, "more than"),
        (schemas.PLANS, "first_year", "last_year", operator.ge, "at least"),
    )
    for table, lower, upper, in_order, relation in pairs:
        for row, (low, high) in _rows(frames, table, lower, upper):
            if low and high and not in_order(float(high), float(low)):
                yield Fault(
                    table.file,
                    row,
                    upper,
                    high,
                    f"{relation} {low}",
                    f"put the lower end into {lower} and the upper end here",
                )


def _departments(frames: Frames) -> Iterator[Fault]:
    listed = frames[schemas.DEPARTMENTS_TABLE.file]
    known = set(zip(listed["plan_id"], listed["name_zh"], strict=True))
    for table in (schemas.TARGETS, schemas.MILESTONES, schemas.TASKS):
        for column in ("departments_lead", "departments_participating"):
            for row, (plan_id, names) in _rows(frames, table, "plan_id", column):
                for name in filter(None, names.split(";")):
                    if (plan_id, name) not in known:
                        yield Fault(
                            table.file,
                            row,
                            column,
                            repr(name),
                            f"a department of plan {plan_id} in departments.csv",
                            "correct the name or add it to departments.csv",
                        )


def _plan_regions(frames: Frames) -> Iterator[Fault]:
    plans = frames[schemas.PLANS.file]
    regions = dict(zip(plans["plan_id"], plans["adcode"], strict=True))
    for table in (schemas.TARGETS, schemas.MILESTONES):
        for row, (plan_id, adcode) in _rows(frames, table, "plan_id", "adcode"):
            expected = regions.get(plan_id, adcode)
            if adcode != expected:
                yield Fault(
                    table.file,
                    row,
                    "adcode",
                    repr(adcode),
                    f"{expected!r}, the region of plan {plan_id}",
                    "correct the code or the plan",
                )


def _unknown_adcodes(frames: Frames, known: frozenset[str]) -> Iterator[Fault]:
    for table in (schemas.PLANS, schemas.TARGETS, schemas.OBSERVATIONS, schemas.BREAKS):
        for row, (text,) in _rows(frames, table, "adcode"):
            if text and text not in known:
                yield Fault(
                    table.file,
                    row,
                    "adcode",
                    repr(text),
                    "a code of the boundaries",
                    "look the region up in /api/v1/regions.csv",
                )
