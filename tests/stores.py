"""Small folders of tables, drafts that change them, and the same tables in a database."""

from pathlib import Path

from indicators.schemas import OBSERVATIONS
from indicators.store.contents import read_folder
from indicators.store.postgres_connection import database_at
from indicators.store.postgres_setup import fill, migrate
from indicators.store.revisions import Change, Draft, Row
from tests.builders import table_row, write_tables

# Numbers that a database would write in another way, and texts that need care in files.
VALUES = ("93.10", "9e1", "+5", "0.0", "007", "50.", ".5", "1.2300000000000000000001")
NOTES = ("快报", "", '"引号", 逗号', "first line\nsecond line", "100% | 'x' \\ back", "𠮷", "NULL")


def cell(year: int, value: str, **cells: str) -> Row:
    """Return a row of observations for a year."""
    return table_row(OBSERVATIONS, period=str(year), value=value, **cells)


def rows() -> list[Row]:
    """Return observations of several years, with values and notes that are easily bent."""
    by_value = [cell(2001 + index, value) for index, value in enumerate(VALUES)]
    return by_value + [cell(2011 + index, "1", note=note) for index, note in enumerate(NOTES)]


def write_folder(folder: Path) -> Path:
    """Write tables whose observations are ``rows``, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    return write_tables(folder, observations=rows())


def copy_to_database(folder: Path, address: str) -> None:
    """Fill an empty database from a folder."""
    database = database_at(address)
    with database.writing() as connection:
        migrate(database, connection)
        fill(connection, read_folder(folder))


def change(before: Row | None, after: Row | None, table: str = "observations") -> Change:
    """Return a change of an observation."""
    return Change(table, before, after)


def draft(*changes: Change, author: str = "李", message: str = "更正") -> Draft:
    """Return a draft, by default one that adds an observation."""
    return Draft(author, message, changes or (change(None, cell(2021, "95.50")),))


def values_of(snapshot) -> dict[str, str]:
    """Return the values of a snapshot's observations by period, in order."""
    frame = snapshot.frames[OBSERVATIONS.file]
    return dict(zip(frame["period"], frame["value"], strict=True))
