"""Read the CSV tables into records, or list every fault in them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pandas as pd

from geodata.codes import Level
from indicators import schemas
from indicators.audience import gated, version_for
from indicators.corrections import corrected, correction
from indicators.errors import TablesInvalidError
from indicators.periods import parse_period
from indicators.records import (
    Audience,
    Comparator,
    Correction,
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
from indicators.references import reference_faults
from indicators.store.folder import FolderStore
from indicators.store.snapshots import Snapshot

SHIPPED = Path(__file__).parent / "data"

Row = dict[str, str]
Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Tables:
    """Every table as records, with a fingerprint of the files they came from."""

    indicators: tuple[Indicator, ...]
    sources: tuple[Source, ...]
    plans: tuple[Plan, ...]
    targets: tuple[Target, ...]
    milestones: tuple[Milestone, ...]
    tasks: tuple[Task, ...]
    observations: tuple[Observation, ...]
    departments: tuple[Department, ...]
    breaks: tuple[DefinitionBreak, ...]
    note_translations: dict[str, tuple[str, str]]
    version: str
    corrections: tuple[Correction, ...] = ()


def load_tables(
    folder: Path = SHIPPED,
    *,
    known_adcodes: frozenset[str] | None = None,
    audience: Audience = Audience.PUBLIC,
) -> Tables:
    """Read and check all tables of a folder.

    Args:
        folder: where the CSV files are.
        known_adcodes: codes that have a boundary; None leaves that check out.
        audience: who the tables are for; the public gets no internal row.

    Raises:
        TablesInvalidError: with every fault found in any of the files.
    """
    snapshot = FolderStore(folder).read()
    return tables_from(snapshot, known_adcodes=known_adcodes, audience=audience)


def tables_from(
    snapshot: Snapshot,
    known_adcodes: frozenset[str] | None = None,
    *,
    audience: Audience = Audience.PUBLIC,
) -> Tables:
    """Return the tables of a snapshot as records.

    Raises:
        TablesInvalidError: with every fault of the snapshot, of its references and corrections.
    """
    if snapshot.faults:
        raise TablesInvalidError(list(snapshot.faults))
    return tables_of(snapshot.frames, known_adcodes=known_adcodes, audience=audience)


def tables_of(
    frames: dict[str, pd.DataFrame],
    *,
    known_adcodes: frozenset[str] | None = None,
    audience: Audience = Audience.PUBLIC,
) -> Tables:
    """Correct tables whose cells are valid, check their references, and keep what may be seen.

    Raises:
        TablesInvalidError: with every correction and reference that does not hold.
    """
    right = corrected(frames)
    faults = [*right.faults, *reference_faults(right.frames, known_adcodes)]
    if faults:
        raise TablesInvalidError(faults)
    seen = gated(right.frames, audience)
    return _to_records(seen, version_for(seen, audience), right.by_row)


def _to_records(
    frames: dict[str, pd.DataFrame],
    version: str,
    corrections: Mapping[int, tuple[Correction, ...]],
) -> Tables:
    def records(table: schemas.Table, build: Callable[[Row], Record]) -> tuple[Record, ...]:
        return tuple(build(row) for row in frames[table.file].to_dict("records"))

    return Tables(
        indicators=records(schemas.INDICATORS, _indicator),
        sources=records(schemas.SOURCES, lambda row: Source(**row)),
        plans=records(schemas.PLANS, _plan),
        targets=records(schemas.TARGETS, _target),
        milestones=records(schemas.MILESTONES, _milestone),
        tasks=records(schemas.TASKS, _task),
        observations=_observations(frames[schemas.OBSERVATIONS.file], corrections),
        departments=records(schemas.DEPARTMENTS_TABLE, lambda row: Department(**row)),
        breaks=records(schemas.BREAKS, _break),
        note_translations={
            row["note"]: (row["note_zh"], row["note_en"])
            for row in frames[schemas.NOTE_TRANSLATIONS.file].to_dict("records")
        },
        version=version,
        corrections=records(schemas.CORRECTIONS, correction),
    )


def _number(text: str) -> float | None:
    return float(text) if text else None


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split(";")) if text else ()


def _indicator(row: Row) -> Indicator:
    return Indicator(
        indicator_id=row["indicator_id"],
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        domain=Domain(row["domain"]),
        unit=row["unit"],
        direction=Direction(row["direction"]),
        kind=Kind(row["kind"]),
        intensive=row["intensive"] == "true",
        levels=frozenset(Level(level) for level in row["levels"].split(";")),
        minimum=_number(row["minimum"]),
        maximum=_number(row["maximum"]),
    )


def _plan(row: Row) -> Plan:
    return Plan(
        plan_id=row["plan_id"],
        adcode=row["adcode"],
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        published=int(row["published"]) if row["published"] else None,
        first_year=int(row["first_year"]),
        last_year=int(row["last_year"]),
        period_basis_zh=row["period_basis_zh"],
        period_basis_en=row["period_basis_en"],
        map_number=row["map_number"],
    )


def _target(row: Row) -> Target:
    return Target(
        plan_id=row["plan_id"],
        adcode=row["adcode"],
        indicator_id=row["indicator_id"],
        year=int(row["year"]),
        comparator=Comparator(row["comparator"]),
        value=float(row["value"]),
        value_upper=_number(row["value_upper"]),
        unit=row["unit"],
        kind=Kind(row["kind"]),
        clause=row["clause"],
        departments_lead=_names(row["departments_lead"]),
        departments_participating=_names(row["departments_participating"]),
        scope_zh=row["scope_zh"],
        scope_en=row["scope_en"],
        audience=Audience(row["audience"]),
    )


def _milestone(row: Row) -> Milestone:
    return Milestone(
        plan_id=row["plan_id"],
        adcode=row["adcode"],
        milestone_id=row["milestone_id"],
        year=int(row["year"]) if row["year"] else None,
        domain=Domain(row["domain"]),
        title_zh=row["title_zh"],
        title_en=row["title_en"],
        clause=row["clause"],
        departments_lead=_names(row["departments_lead"]),
        departments_participating=_names(row["departments_participating"]),
    )


def _task(row: Row) -> Task:
    return Task(
        plan_id=row["plan_id"],
        task_id=row["task_id"],
        number=int(row["number"]),
        title_zh=row["title_zh"],
        title_en=row["title_en"],
        summary_zh=row["summary_zh"],
        summary_en=row["summary_en"],
        clause=row["clause"],
        departments_lead=_names(row["departments_lead"]),
        departments_participating=_names(row["departments_participating"]),
    )


def _observations(
    frame: pd.DataFrame, corrections: Mapping[int, tuple[Correction, ...]]
) -> tuple[Observation, ...]:
    rows = zip(frame.index, frame.to_dict("records"), strict=True)
    return tuple(_observation(row, corrections.get(int(index), ())) for index, row in rows)


def _observation(row: Row, corrections: tuple[Correction, ...]) -> Observation:
    return Observation(
        adcode=row["adcode"],
        indicator_id=row["indicator_id"],
        period=parse_period(row["period"]),
        value=float(row["value"]),
        qualifier=Qualifier(row["qualifier"]),
        quality=Quality(row["quality"]),
        source_id=row["source_id"],
        note=row["note"],
        audience=Audience(row["audience"]),
        corrections=corrections,
    )


def _break(row: Row) -> DefinitionBreak:
    return DefinitionBreak(
        indicator_id=row["indicator_id"],
        adcode=row["adcode"],
        first_period=parse_period(row["first_period"]),
        note_zh=row["note_zh"],
        note_en=row["note_en"],
        source_id=row["source_id"],
    )
