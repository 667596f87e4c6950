"""Corrections of publishers' errors: applied only where the wrong value still stands."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from indicators import schemas
from indicators.errors import Fault
from indicators.periods import parse_period
from indicators.reading import HEADER_ROWS
from indicators.records import Correction

Frames = dict[str, pd.DataFrame]
Row = dict[str, str]

_FILE = schemas.CORRECTIONS.file
_OBSERVATIONS = schemas.OBSERVATIONS
_ROW = ("adcode", "indicator_id", "period", "source_id")


@dataclass(frozen=True, slots=True)
class Corrected:
    """Tables with their corrections applied.

    ``by_row`` holds, for the index of each observation that was changed, what was changed;
    ``faults`` names the corrections that could not be applied.
    """

    frames: Frames
    by_row: Mapping[int, tuple[Correction, ...]]
    faults: tuple[Fault, ...]


def corrected(frames: Frames) -> Corrected:
    """Apply the corrections to a copy of the observations; all other tables stay as they are."""
    corrections = frames[_FILE]
    if corrections.empty:
        return Corrected(frames, {}, ())
    observations = frames[_OBSERVATIONS.file].copy()
    places = _places(observations)
    known = frozenset(frames[schemas.SOURCES.file]["source_id"])
    faults: list[Fault] = []
    by_row: dict[int, tuple[Correction, ...]] = {}
    # Every correction is held against what was published, not against another's result.
    published = frames[_OBSERVATIONS.file]
    for index, row in zip(corrections.index, corrections.to_dict("records"), strict=True):
        place, fault = _place(row, published, places, known)
        if place is None:
            faults.append(Fault(_FILE, int(index) + HEADER_ROWS, *fault))
            continue
        observations.loc[place, row["column"]] = row["right"]
        by_row[place] = (*by_row.get(place, ()), correction(row))
    faults += _collisions(observations, by_row)
    return Corrected(frames | {_OBSERVATIONS.file: observations}, by_row, tuple(faults))


def correction(row: Row) -> Correction:
    """Return a row of the table as its record."""
    return Correction(**{**row, "period": parse_period(row["period"])})  # type: ignore[arg-type]


def _places(observations: pd.DataFrame) -> dict[tuple[str, ...], list[int]]:
    places: dict[tuple[str, ...], list[int]] = {}
    rows = observations[list(_ROW)].itertuples(index=False, name=None)
    for index, key in zip(observations.index, rows, strict=True):
        places.setdefault(key, []).append(int(index))
    return places


_Words = tuple[str, str, str, str]
_NOTHING: _Words = ("", "", "", "")


def _place(
    row: Row,
    published: pd.DataFrame,
    places: Mapping[tuple[str, ...], list[int]],
    known_sources: frozenset[str],
) -> tuple[int | None, _Words]:
    """Return the index of the row a correction changes, or the words of the fault."""
    if unusable := _unusable(row, known_sources):
        return None, unusable
    column, wrong = row["column"], row["expected_wrong"]
    rows = places.get(tuple(row[name] for name in _ROW), [])
    if not rows:
        found = f"no observation {' '.join(row[name] for name in _ROW)}"
        expected = "the row that is to be corrected"
        return None, ("+".join(_ROW), found, expected, "correct the key, or remove the correction")
    held = [str(published.loc[index, column]) for index in rows]
    fitting = [index for index, cell in zip(rows, held, strict=True) if _same(column, cell, wrong)]
    if len(fitting) == 1:
        return fitting[0], _NOTHING
    if fitting:
        found = f"{len(fitting)} rows that hold {wrong!r}"
        return None, ("expected_wrong", found, "one row", "correct another column, or one source")
    return None, (
        "expected_wrong",
        f"{' | '.join(map(repr, held))} in {_OBSERVATIONS.file}",
        f"{wrong!r}, the error that was corrected",
        "the publisher's value has changed: look again, then update or remove the correction",
    )


def _unusable(row: Row, known_sources: frozenset[str]) -> _Words | None:
    column, right = row["column"], row["right"]
    for name in ("expected_wrong", "right"):
        rule = _OBSERVATIONS.columns[column]
        if not rule.test(row[name]):
            return name, repr(row[name]), rule.expected, rule.remedy
    if _same(column, right, row["expected_wrong"]):
        expected = f"something else than {row['expected_wrong']!r}"
        return "right", repr(right), expected, "write the right value, or remove the correction"
    if row["evidence_source_id"] not in known_sources:
        expected = f"an id of {schemas.SOURCES.file}"
        remedy = f"correct it or add it to {schemas.SOURCES.file}"
        return "evidence_source_id", repr(row["evidence_source_id"]), expected, remedy
    return None


def _same(column: str, one: str, other: str) -> bool:
    """Compare cells by what they mean: 93.10 is the value 93.1."""
    return float(one) == float(other) if column == "value" else one == other


def _collisions(
    observations: pd.DataFrame, by_row: Mapping[int, tuple[Correction, ...]]
) -> list[Fault]:
    """List corrections that turn a row into one that is there already."""
    rows = observations[list(_OBSERVATIONS.key)].itertuples(index=False, name=None)
    keys = dict(zip(map(int, observations.index), rows, strict=True))
    times = Counter(keys.values())
    return [
        Fault(
            _OBSERVATIONS.file,
            index + HEADER_ROWS,
            "+".join(_OBSERVATIONS.key),
            f"{' '.join(keys[index])!r} after its correction",
            "each key once",
            f"remove the repeated row, or the correction in {_FILE}",
        )
        for index in by_row
        if times[keys[index]] > 1
    ]
