"""One pandera schema per table; cells are text, and every rule says what it expects."""

from dataclasses import dataclass

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from indicators.cells import (
    ADCODE,
    ANY,
    BOOLEAN,
    DEPARTMENTS,
    DOMAIN,
    IDENTIFIER,
    KIND,
    LEVELS,
    NUMBER,
    PERIOD,
    SEPARATOR,
    TEXT,
    WHOLE_NUMBER,
    YEAR,
    Rule,
    one_of,
    optional,
)
from indicators.errors import Fault
from indicators.reading import HEADER_ROWS
from indicators.records import Audience, Comparator, Direction, Qualifier, Quality


@dataclass(frozen=True, slots=True)
class Table:
    """The shape of one CSV file: its columns in order, and the columns that make a row unique."""

    file: str
    columns: dict[str, Rule]
    key: tuple[str, ...]

    def schema(self) -> pa.DataFrameSchema:
        """Return the pandera schema of the table's cells."""
        return pa.DataFrameSchema(
            {name: pa.Column(str, rule.check()) for name, rule in self.columns.items()},
            strict=True,
        )


_DEPARTMENT_COLUMNS = {
    "departments_lead": DEPARTMENTS,
    "departments_participating": DEPARTMENTS,
}

INDICATORS = Table(
    "indicators.csv",
    {
        "indicator_id": IDENTIFIER,
        "name_zh": TEXT,
        "name_en": TEXT,
        "domain": DOMAIN,
        "unit": TEXT,
        "direction": one_of(tuple(Direction)),
        "kind": KIND,
        "intensive": BOOLEAN,
        "levels": LEVELS,
        "minimum": optional(NUMBER),
        "maximum": optional(NUMBER),
    },
    ("indicator_id",),
)
SOURCES = Table(
    "sources.csv",
    {"source_id": IDENTIFIER, "publisher": TEXT, "title": TEXT, "url": ANY},
    ("source_id",),
)
PLANS = Table(
    "plans.csv",
    {
        "plan_id": IDENTIFIER,
        "adcode": ADCODE,
        "name_zh": TEXT,
        "name_en": TEXT,
        "published": optional(YEAR),
        "first_year": YEAR,
        "last_year": YEAR,
        "period_basis_zh": TEXT,
        "period_basis_en": TEXT,
        "map_number": ANY,
    },
    ("plan_id",),
)
TARGETS = Table(
    "targets.csv",
    {
        "plan_id": IDENTIFIER,
        "adcode": ADCODE,
        "indicator_id": IDENTIFIER,
        "year": YEAR,
        "comparator": one_of(tuple(Comparator)),
        "value": NUMBER,
        "value_upper": optional(NUMBER),
        "unit": TEXT,
        "kind": KIND,
        "clause": TEXT,
        **_DEPARTMENT_COLUMNS,
        "scope_zh": ANY,
        "scope_en": ANY,
        "audience": one_of(tuple(Audience)),
    },
    ("plan_id", "indicator_id", "year"),
)
MILESTONES = Table(
    "milestones.csv",
    {
        "plan_id": IDENTIFIER,
        "adcode": ADCODE,
        "milestone_id": IDENTIFIER,
        "year": optional(YEAR),
        "domain": DOMAIN,
        "title_zh": TEXT,
        "title_en": TEXT,
        "clause": TEXT,
        **_DEPARTMENT_COLUMNS,
    },
    ("milestone_id",),
)
TASKS = Table(
    "tasks.csv",
    {
        "plan_id": IDENTIFIER,
        "task_id": IDENTIFIER,
        "number": WHOLE_NUMBER,
        "title_zh": TEXT,
        "title_en": TEXT,
        "summary_zh": TEXT,
        "summary_en": TEXT,
        "clause": TEXT,
        **_DEPARTMENT_COLUMNS,
    },
    ("task_id",),
)
OBSERVATIONS = Table(
    "observations.csv",
    {
        "adcode": ADCODE,
        "indicator_id": IDENTIFIER,
        "period": PERIOD,
        "value": NUMBER,
        "qualifier": one_of(tuple(Qualifier)),
        "quality": one_of(tuple(Quality)),
        "source_id": IDENTIFIER,
        "note": ANY,
        "audience": one_of(tuple(Audience)),
    },
    ("adcode", "indicator_id", "period", "source_id", "value"),
)
DEPARTMENTS_TABLE = Table(
    "departments.csv",
    {"plan_id": IDENTIFIER, "name_zh": TEXT, "name_en": TEXT},
    ("plan_id", "name_zh"),
)
BREAKS = Table(
    "breaks.csv",
    {
        "indicator_id": IDENTIFIER,
        "adcode": optional(ADCODE),
        "first_period": PERIOD,
        "note_zh": TEXT,
        "note_en": TEXT,
        "source_id": IDENTIFIER,
    },
    ("indicator_id", "adcode", "first_period"),
)
NOTE_TRANSLATIONS = Table(
    "note_translations.csv",
    {"note": TEXT, "note_zh": TEXT, "note_en": TEXT},
    ("note",),
)
CORRECTIONS = Table(
    "corrections.csv",
    {
        "table": one_of(("observations",)),
        "adcode": ADCODE,
        "indicator_id": IDENTIFIER,
        "period": PERIOD,
        "source_id": IDENTIFIER,
        "column": one_of(("value", "qualifier")),
        "expected_wrong": TEXT,
        "right": TEXT,
        "reason_zh": TEXT,
        "reason_en": TEXT,
        "evidence_source_id": IDENTIFIER,
    },
    ("table", "adcode", "indicator_id", "period", "source_id", "column"),
)

TABLES = (
    INDICATORS,
    SOURCES,
    PLANS,
    TARGETS,
    MILESTONES,
    TASKS,
    OBSERVATIONS,
    DEPARTMENTS_TABLE,
    BREAKS,
    NOTE_TRANSLATIONS,
    CORRECTIONS,
)


def table_faults(table: Table, frame: pd.DataFrame) -> list[Fault]:
    """List every bad cell of a table, its missing and surplus columns, and its repeated keys."""
    faults = _column_faults(table, frame)
    if faults:
        return faults
    if _is_clean(table, frame):
        return _repeated_keys(table, frame)
    try:
        table.schema().validate(frame, lazy=True)
    except SchemaErrors as errors:
        faults = [_cell_fault(table, case) for case in errors.failure_cases.to_dict("records")]
    return faults + _repeated_keys(table, frame)


def _is_clean(table: Table, frame: pd.DataFrame) -> bool:
    """Tell at once whether every cell is good; only then has pandera nothing to name."""
    return all(
        isinstance(text, str) and rule.test(text)
        for name, rule in table.columns.items()
        for text in set(frame[name])
    )


def _column_faults(table: Table, frame: pd.DataFrame) -> list[Fault]:
    missing = [
        Fault(table.file, 1, name, "no such column", "the column", "add it to the header")
        for name in table.columns
        if name not in frame.columns
    ]
    surplus = [
        Fault(
            table.file,
            1,
            str(name),
            "an unknown column",
            "only the documented columns",
            "remove it",
        )
        for name in frame.columns
        if name not in table.columns
    ]
    return missing + surplus


def _cell_fault(table: Table, case: dict[str, object]) -> Fault:
    expected, _, remedy = str(case["check"]).partition(SEPARATOR)
    row = int(str(case["index"])) + HEADER_ROWS
    found = repr(case["failure_case"]) if case["failure_case"] != "" else "nothing"
    return Fault(table.file, row, str(case["column"]), found, expected, remedy)


def _repeated_keys(table: Table, frame: pd.DataFrame) -> list[Fault]:
    key = list(table.key)
    repeated = frame.index[frame.duplicated(key)]
    return [
        Fault(
            table.file,
            int(row) + HEADER_ROWS,
            "+".join(key),
            repr(" ".join(frame.loc[row, key])),
            "each key once",
            "remove or merge the repeated row",
        )
        for row in repeated
    ]
