"""One pandera schema per table; cells are text, and every rule says what it expects."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from geodata.codes import DRAWN_LEVELS, is_adcode
from indicators.errors import Fault, PeriodError
from indicators.periods import FIRST_YEAR, LAST_YEAR, parse_period
from indicators.records import Comparator, Direction, Domain, Kind, Qualifier, Quality

# Row 1 of a file is its header, so the first record of a frame stands in row 2.
HEADER_ROWS = 2

_SEPARATOR = " ;; "


@dataclass(frozen=True, slots=True)
class Rule:
    """A test of one cell's text, with the words for its fault."""

    test: Callable[[str], bool]
    expected: str
    remedy: str

    def check(self) -> pa.Check:
        """Return the rule as a pandera check that carries its own words."""
        return pa.Check(
            self.test, element_wise=True, error=f"{self.expected}{_SEPARATOR}{self.remedy}"
        )


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text)) and text.strip() == text and "_" not in text
    except ValueError:
        return False


def _is_year(text: str) -> bool:
    return text.isascii() and text.isdigit() and FIRST_YEAR <= int(text) <= LAST_YEAR


def _is_period(text: str) -> bool:
    try:
        parse_period(text)
    except PeriodError:
        return False
    return True


def _is_list(text: str) -> bool:
    return all(part.strip() == part and part for part in text.split(";")) if text else True


def _one_of(values: tuple[str, ...]) -> Rule:
    listed = " | ".join(values)
    return Rule(lambda text: text in values, f"one of {listed}", "write one of these words")


def _optional(rule: Rule) -> Rule:
    return Rule(
        lambda text: text == "" or rule.test(text), f"{rule.expected}, or empty", rule.remedy
    )


_LEVELS = tuple(level.value for level in DRAWN_LEVELS)

TEXT = Rule(
    lambda text: text.strip() == text != "", "text", "fill in the cell, without outer spaces"
)
ANY = Rule(lambda text: text.strip() == text, "text or empty", "remove the outer spaces")
IDENTIFIER = Rule(
    lambda text: text.isascii() and text.replace("_", "a").replace("-", "a").isalnum(),
    "an id of letters, digits, - and _",
    "use the id of the catalogue",
)
ADCODE = Rule(is_adcode, "a six-digit division code", "write the code as text, such as 440800")
NUMBER = Rule(_is_number, "a number", "write digits with a point as decimal mark")
YEAR = Rule(_is_year, "a year such as 2020", "write four digits")
PERIOD = Rule(
    _is_period, "a period such as 2020, 2022-09, 2023-Q3 or 2020-01/2020-10", "rewrite the period"
)
DEPARTMENTS = Rule(_is_list, "names separated by ;", "remove empty entries and outer spaces")
BOOLEAN = _one_of(("true", "false"))
DOMAIN = _one_of(tuple(Domain))
KIND = _one_of(tuple(Kind))
LEVELS = Rule(
    lambda text: bool(text) and set(text.split(";")) <= set(_LEVELS),
    f"levels among {' | '.join(_LEVELS)}, separated by ;",
    "name the levels at which the indicator has a meaning",
)


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
        "direction": _one_of(tuple(Direction)),
        "kind": KIND,
        "intensive": BOOLEAN,
        "levels": LEVELS,
        "minimum": _optional(NUMBER),
        "maximum": _optional(NUMBER),
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
        "published": _optional(YEAR),
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
        "comparator": _one_of(tuple(Comparator)),
        "value": NUMBER,
        "value_upper": _optional(NUMBER),
        "unit": TEXT,
        "kind": KIND,
        "clause": TEXT,
        **_DEPARTMENT_COLUMNS,
        "scope_zh": ANY,
        "scope_en": ANY,
    },
    ("plan_id", "indicator_id", "year"),
)
MILESTONES = Table(
    "milestones.csv",
    {
        "plan_id": IDENTIFIER,
        "adcode": ADCODE,
        "milestone_id": IDENTIFIER,
        "year": _optional(YEAR),
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
        "number": NUMBER,
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
        "qualifier": _one_of(tuple(Qualifier)),
        "quality": _one_of(tuple(Quality)),
        "source_id": IDENTIFIER,
        "note": ANY,
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
        "adcode": _optional(ADCODE),
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
)


def table_faults(table: Table, frame: pd.DataFrame) -> list[Fault]:
    """List every bad cell of a table, its missing and surplus columns, and its repeated keys."""
    faults = _column_faults(table, frame)
    if faults:
        return faults
    try:
        table.schema().validate(frame, lazy=True)
    except SchemaErrors as errors:
        faults = [_cell_fault(table, case) for case in errors.failure_cases.to_dict("records")]
    return faults + _repeated_keys(table, frame)


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
    expected, _, remedy = str(case["check"]).partition(_SEPARATOR)
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
