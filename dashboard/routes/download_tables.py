"""The tables of a download: the files as they are edited, and two that follow from them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dashboard.bundle import DataBundle
from dashboard.routes.api_cells import Cell, Row, plain
from dashboard.routes.api_query import Filters
from dashboard.routes.api_rows import TABLES
from dashboard.stamps import COLUMN, file_name, file_stamp
from geodata.codes import Level
from indicators import schemas
from indicators.periods import Period

# What follows from the tables by the code; left out where the tables are put to use again.
DERIVED = ("regions", "attainment")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a download.

    ``table`` is its schema, None for a table that only follows from others or carries a stamp.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    table: schemas.Table | None
    file: str


def sheets(bundle: DataBundle) -> tuple[Sheet, ...]:
    """Return every table, those of the data folder first."""
    kept = [_kept(bundle, table) for table in schemas.TABLES]
    return (*kept, *(_derived(bundle, name) for name in DERIVED))


def _kept(bundle: DataBundle, table: schemas.Table) -> Sheet:
    name = table.file.removesuffix(".csv")
    columns = tuple(table.columns)
    rows = tuple(
        {column: plain(_cell(record, column)) for column in columns}
        for record in _records(bundle, name)
    )
    return Sheet(name, columns, rows, table, table.file)


def _records(bundle: DataBundle, name: str) -> Iterable[Any]:
    tables = bundle.atlas.tables
    if name == "note_translations":
        return [
            {"note": note, "note_zh": zh, "note_en": en}
            for note, (zh, en) in tables.note_translations.items()
        ]
    if name == "observations":
        # As published: beside them stand the corrections, which are applied when they are read.
        return [observation.published for observation in tables.observations]
    records: Iterable[Any] = getattr(tables, name)
    return records


def _cell(record: Any, column: str) -> Cell:
    value = record[column] if isinstance(record, dict) else getattr(record, column)
    if isinstance(value, frozenset):
        return ";".join(sorted(value, key=lambda level: Level(level).rank))
    if isinstance(value, tuple):
        return ";".join(value)
    return str(value) if isinstance(value, Period) else value


def _derived(bundle: DataBundle, name: str) -> Sheet:
    table = TABLES[name]
    rows = tuple(
        {column: plain(row[column]) for column in table.columns}
        for row in table.rows(bundle, Filters())
    )
    return Sheet(name, table.columns, rows, None, f"{name}.csv")


def stamped(bundle: DataBundle, sheet: Sheet) -> Sheet:
    """Return a table whose every row, and whose file, says what the data are."""
    said = file_stamp(bundle)
    if not said:
        return sheet
    rows = tuple({**row, COLUMN: said} for row in sheet.rows)
    file = file_name(bundle, sheet.file)
    return Sheet(sheet.name, (*sheet.columns, COLUMN), rows, None, file)


def as_json(content: object) -> bytes:
    """Write JSON for people to read, the same bytes each time."""
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
