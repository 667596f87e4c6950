"""Read and write the rows, files and revisions of a database, within a transaction."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from indicators.reading import text_frame
from indicators.store.changes import TABLES, Change
from indicators.store.placing import Placed
from indicators.store.postgres_schema import (
    BASE,
    BASE_FILE,
    CHANGE,
    POSITION,
    REVISION,
    ROWS,
    cells,
    values,
)
from indicators.store.revision_files import ordered
from indicators.store.revisions import Revision, SourceFile
from indicators.store.snapshots import Frames

# Whoever listens on it hears the number of each new revision.
CHANNEL = "quality_atlas"


def read_rows(connection: Connection) -> Frames:
    """Return the current tables."""
    frames: Frames = {}
    for name, table in TABLES.items():
        rows = connection.execute(select(*cells(name)).order_by(ROWS[name].c[POSITION]))
        frames[table.file] = text_frame(
            list(table.columns), {position: texts for position, *texts in rows}
        )
    return frames


def write_rows(connection: Connection, frames: Frames) -> None:
    """Fill the empty tables."""
    for name, table in TABLES.items():
        frame = frames[table.file]
        rows = [
            values(int(index), row)
            for index, row in zip(frame.index, frame.to_dict("records"), strict=True)
        ]
        if rows:
            connection.execute(insert(ROWS[name]), rows)


def change_row(connection: Connection, placed: Placed) -> None:
    """Bring one row up to date."""
    table = ROWS[placed.change.table]
    here = table.c[POSITION] == placed.position
    if placed.change.after is None:
        connection.execute(delete(table).where(here))
        return
    new = values(placed.position, placed.change.after)
    if placed.change.before is None:
        connection.execute(insert(table).values(new))
    else:
        connection.execute(update(table).where(here).values(new))


def newest(connection: Connection) -> tuple[int, str]:
    """Return the number and version of the newest state; 0 before any revision."""
    last = connection.execute(
        select(REVISION.c.number, REVISION.c.version).order_by(REVISION.c.number.desc()).limit(1)
    ).first()
    if last is not None:
        return last.number, last.version
    return 0, str(connection.execute(select(BASE.c.version)).scalar_one_or_none() or "")


def version_at(connection: Connection, number: int) -> str:
    """Return the version as of a revision, or of the base for 0."""
    if number == 0:
        return str(connection.execute(select(BASE.c.version)).scalar_one())
    return str(
        connection.execute(
            select(REVISION.c.version).where(REVISION.c.number == number)
        ).scalar_one()
    )


def read_files(connection: Connection) -> dict[str, bytes]:
    """Return the CSV files the base was copied from."""
    rows = connection.execute(select(BASE_FILE.c.name, BASE_FILE.c.content))
    return {name: bytes(content) for name, content in rows}


def write_files(connection: Connection, files: dict[str, bytes], version: str) -> None:
    """Keep the CSV files of the base and their version."""
    connection.execute(
        insert(BASE_FILE),
        [{"name": name, "content": content} for name, content in files.items()],
    )
    connection.execute(insert(BASE).values(version=version))


def read_revisions(connection: Connection) -> tuple[Revision, ...]:
    """Return all revisions, oldest first."""
    changes = {
        number: tuple(item.change for item in items)
        for number, items in read_changes(connection, after=0).items()
    }
    rows = connection.execute(select(REVISION).order_by(REVISION.c.number)).mappings()
    return tuple(_revision(row, changes.get(row["number"], ())) for row in rows)


def read_changes(connection: Connection, after: int) -> dict[int, list[Placed]]:
    """Return the changes of each revision after one, with their places, oldest first."""
    found: defaultdict[int, list[Placed]] = defaultdict(list)
    rows = connection.execute(
        select(CHANGE).where(CHANGE.c.revision > after).order_by(CHANGE.c.revision, CHANGE.c.index)
    ).mappings()
    for row in rows:
        table = row["table_name"]
        change = Change(table, ordered(table, row["before"]), ordered(table, row["after"]))
        found[row["revision"]].append(Placed(change, row[POSITION]))
    return dict(found)


def write_revision(
    connection: Connection, revision: Revision, placed: Iterable[Placed], version: str
) -> None:
    """Keep a revision with its changes."""
    connection.execute(insert(REVISION).values(_revision_values(revision, version)))
    connection.execute(
        insert(CHANGE),
        [
            {
                "revision": revision.number,
                "index": index,
                "table_name": item.change.table,
                POSITION: item.position,
                "before": item.change.before,
                "after": item.change.after,
            }
            for index, item in enumerate(placed, start=1)
        ],
    )


def notify(connection: Connection, number: int) -> None:
    """Tell whoever listens of a new revision, once the transaction is kept."""
    connection.execute(select(func.pg_notify(CHANNEL, str(number))))


def _revision_values(revision: Revision, version: str) -> dict[str, Any]:
    return {
        "number": revision.number,
        "time": revision.time,
        "base": revision.base,
        "version": version,
        "author": revision.author,
        "message": revision.message,
        "file_name": revision.file.name if revision.file else None,
        "file_sha256": revision.file.sha256 if revision.file else None,
        "reverts": revision.reverts,
    }


def _revision(row: RowMapping, changes: tuple[Change, ...]) -> Revision:
    file = None
    if row["file_name"] is not None:
        file = SourceFile(row["file_name"], row["file_sha256"])
    return Revision(
        number=row["number"],
        time=row["time"].astimezone(UTC),
        base=row["base"],
        author=row["author"],
        message=row["message"],
        changes=changes,
        file=file,
        reverts=row["reverts"],
    )
