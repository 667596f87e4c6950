"""What an instance may hold: a public one never sees an internal row, nor what only such name."""

import hashlib
from collections.abc import Iterable

import pandas as pd

from indicators import schemas
from indicators.records import Audience
from indicators.schemas import Table

Frames = dict[str, pd.DataFrame]

_DEPARTMENT_COLUMNS = ("departments_lead", "departments_participating")
_CORRECTED_ROW = ("adcode", "indicator_id", "period", "source_id")


def gated(frames: Frames, audience: Audience) -> Frames:
    """Return the tables an audience may see; rows keep their index.

    For the public, internal observations and targets go, and with them whatever only they name:
    sources, translated notes, corrections, departments, and plans that promise nothing else. What
    no row names goes as well, so that its absence tells nothing. Indicators, milestones, tasks
    and definition breaks are public.
    """
    if audience is Audience.INTERNAL:
        return frames
    public = dict(frames)
    for table in (schemas.OBSERVATIONS, schemas.TARGETS):
        frame = frames[table.file]
        public[table.file] = frame[frame["audience"] == Audience.PUBLIC.value]
    public[schemas.CORRECTIONS.file] = _corrections(public)
    public[schemas.SOURCES.file] = _sources(public)
    public[schemas.NOTE_TRANSLATIONS.file] = _only(
        public, schemas.NOTE_TRANSLATIONS, "note", public[schemas.OBSERVATIONS.file]["note"]
    )
    public[schemas.PLANS.file] = _plans(frames, public)
    public[schemas.DEPARTMENTS_TABLE.file] = _departments(public)
    return public


def version_for(frames: Frames, audience: Audience) -> str:
    """Return the fingerprint of what an audience sees, from that alone.

    The fingerprint of all rows would let a reader of the public version test guesses at a hidden
    number.
    """
    digest = hashlib.sha256(audience.encode())
    for table in schemas.TABLES:
        frame = frames[table.file]
        digest.update(table.file.encode())
        digest.update(frame[list(table.columns)].to_csv(index=False).encode())
    return digest.hexdigest()[:12]


def _where(frame: pd.DataFrame, wanted: list[bool]) -> pd.DataFrame:
    # An empty list alone would be taken for a choice of columns.
    return frame[pd.Series(wanted, index=frame.index, dtype=bool)]


def _only(frames: Frames, table: Table, column: str, wanted: Iterable[str]) -> pd.DataFrame:
    frame = frames[table.file]
    return frame[frame[column].isin(set(wanted))]


def _corrections(public: Frames) -> pd.DataFrame:
    """Keep the corrections whose right value a public observation holds."""
    observations = public[schemas.OBSERVATIONS.file]
    frame = public[schemas.CORRECTIONS.file]
    held = {
        (column, *row)
        for column in ("value", "qualifier")
        for row in observations[[*_CORRECTED_ROW, column]].itertuples(index=False, name=None)
    }
    columns = ["column", *_CORRECTED_ROW, "right"]
    keys = frame[columns].itertuples(index=False, name=None)
    return _where(frame, [key in held for key in keys])


def _sources(public: Frames) -> pd.DataFrame:
    named = {
        *public[schemas.OBSERVATIONS.file]["source_id"],
        *public[schemas.BREAKS.file]["source_id"],
        *public[schemas.CORRECTIONS.file]["evidence_source_id"],
    }
    return _only(public, schemas.SOURCES, "source_id", named)


def _plans(frames: Frames, public: Frames) -> pd.DataFrame:
    """Drop a plan of which nothing but internal targets is known."""
    plans = frames[schemas.PLANS.file]
    targets = schemas.TARGETS.file
    shown = {
        plan_id
        for file in (targets, schemas.MILESTONES.file, schemas.TASKS.file)
        for plan_id in public[file]["plan_id"]
    }
    hidden = set(frames[targets]["plan_id"]) - shown
    return plans[~plans["plan_id"].isin(hidden)]


def _departments(public: Frames) -> pd.DataFrame:
    named = {
        (plan_id, name)
        for table in (schemas.TARGETS, schemas.MILESTONES, schemas.TASKS)
        for column in _DEPARTMENT_COLUMNS
        for plan_id, names in _pairs(public[table.file], "plan_id", column)
        for name in names.split(";")
    }
    frame = public[schemas.DEPARTMENTS_TABLE.file]
    keys = _pairs(frame, "plan_id", "name_zh")
    return _where(frame, [key in named for key in keys])


def _pairs(frame: pd.DataFrame, one: str, other: str) -> list[tuple[str, str]]:
    return list(zip(frame[one], frame[other], strict=True))
