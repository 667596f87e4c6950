"""The tables in PostgreSQL: one for each CSV table, and what a history needs."""

import re
from decimal import Decimal
from typing import Any

from sqlalchemy import Column as SqlColumn
from sqlalchemy import (
    ColumnElement,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    Table,
    Text,
    cast,
    func,
)
from sqlalchemy import DateTime as SqlDateTime
from sqlalchemy.dialects.postgresql import JSONB

from indicators import schemas
from indicators.store.changes import TABLES, Row

POSITION = "position"
WRITTEN = "written"
NUMBERS = frozenset({"minimum", "maximum", "value", "value_upper"})
WHOLE_NUMBERS = frozenset({"first_year", "last_year", "number", "published", "year"})

# What PostgreSQL writes back exactly as it was read; anything else is kept as text beside it.
_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,99})(?:\.\d{1,99})?", re.ASCII)
_PLAIN_WHOLE_NUMBER = re.compile(r"0|[1-9]\d{0,8}", re.ASCII)
_MINUS_NOTHING = re.compile(r"-[0.]+")

METADATA = MetaData()

BASE = Table("base", METADATA, SqlColumn("version", Text))
BASE_FILE = Table(
    "base_file",
    METADATA,
    SqlColumn("name", Text, primary_key=True),
    SqlColumn("content", LargeBinary),
)
REVISION = Table(
    "revision",
    METADATA,
    SqlColumn("number", Integer, primary_key=True, autoincrement=False),
    SqlColumn("time", SqlDateTime(timezone=True)),
    SqlColumn("base", Text),
    SqlColumn("version", Text),
    SqlColumn("author", Text),
    SqlColumn("message", Text),
    SqlColumn("file_name", Text),
    SqlColumn("file_sha256", Text),
    SqlColumn("reverts", Integer),
)
CHANGE = Table(
    "change",
    METADATA,
    SqlColumn("revision", Integer, primary_key=True),
    SqlColumn("index", Integer, primary_key=True),
    SqlColumn("table_name", Text),
    SqlColumn(POSITION, Integer),
    SqlColumn("before", JSONB(none_as_null=True)),
    SqlColumn("after", JSONB(none_as_null=True)),
)


def _row_table(name: str, table: schemas.Table) -> Table:
    return Table(
        name,
        METADATA,
        SqlColumn(POSITION, Integer, primary_key=True, autoincrement=False),
        *(SqlColumn(column, _type(column)) for column in table.columns),
        SqlColumn(WRITTEN, JSONB(none_as_null=True)),
    )


def _type(column: str) -> type[Numeric[Any] | Integer | Text]:
    if column in NUMBERS:
        return Numeric
    return Integer if column in WHOLE_NUMBERS else Text


ROWS = {name: _row_table(name, table) for name, table in TABLES.items()}


def values(position: int, row: Row) -> dict[str, object]:
    """Return a row of text as the values its columns hold."""
    typed: dict[str, object] = {}
    written: Row = {}
    for column, text in row.items():
        typed[column], is_exact = _value(column, text)
        if not is_exact:
            written[column] = text
    return {POSITION: position, **typed, WRITTEN: written or None}


def cells(name: str) -> list[ColumnElement[Any]]:
    """Return what to select for the position and the text of each cell of a table."""
    table = ROWS[name]
    texts = [_text(table, column) for column in TABLES[name].columns]
    return [table.c[POSITION], *texts]


def _value(column: str, text: str) -> tuple[object, bool]:
    """Return a cell's value, and whether its text can be had back from it."""
    if column in NUMBERS:
        return _number(text)
    if column in WHOLE_NUMBERS:
        if not text:
            return None, True
        return int(text), _PLAIN_WHOLE_NUMBER.fullmatch(text) is not None
    return text, True


def _number(text: str) -> tuple[Decimal | None, bool]:
    if not text:
        return None, True
    if _PLAIN_NUMBER.fullmatch(text) and not _MINUS_NOTHING.fullmatch(text):
        return Decimal(text), True
    return Decimal(repr(float(text))), False


def _text(table: Table, column: str) -> ColumnElement[str]:
    own = table.c[column]
    if column not in NUMBERS | WHOLE_NUMBERS:
        return own
    text: ColumnElement[str] = func.coalesce(
        table.c[WRITTEN][column].astext, cast(own, Text), ""
    ).label(column)
    return text
