"""Bring a database's schema up to date, fill it, and take all of it out again."""

from functools import cache

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select

from indicators.errors import StoreError, TablesInvalidError
from indicators.store.contents import Contents
from indicators.store.placing import ChangeError, Placed, WorkingTables
from indicators.store.postgres_connection import MIGRATE, Database
from indicators.store.postgres_rows import (
    read_files,
    read_revisions,
    read_rows,
    write_files,
    write_revision,
    write_rows,
)
from indicators.store.postgres_schema import BASE_FILE
from indicators.store.revision_files import revision_text
from indicators.store.snapshots import next_version

VERSION_TABLE = "quality_atlas_version"

_FILL = "fill it: `quality-atlas copy --from DIR --to postgresql://…`"


def migrate(database: Database, connection: Connection) -> None:
    """Bring the schema up to date, within the transaction of the connection.

    Raises:
        StoreError: where a newer release has made the schema.
    """
    _known_schema(database, connection)
    command.upgrade(_config(connection), "head")


def require_schema(database: Database, connection: Connection) -> None:
    """Refuse a database whose schema is not the one of this release.

    Raises:
        StoreError: naming the command that makes or migrates it.
    """
    have, head = _known_schema(database, connection), _script().get_current_head()
    if have is None:
        raise StoreError(f"{database.address}: 没有数据表 found no tables; expected data; {_FILL}")
    if have != head:
        raise StoreError(
            f"{database.address}: 旧的表结构 found the older schema {have}; expected {head}; "
            f"bring it up to date: {MIGRATE}"
        )


def _known_schema(database: Database, connection: Connection) -> str | None:
    have = _version(connection)
    if have is not None and have not in {step.revision for step in _script().walk_revisions()}:
        raise StoreError(
            f"{database.address}: 更新的表结构 found the newer schema {have}; expected at most "
            f"{_script().get_current_head()}; install the release of quality-atlas that made it"
        )
    return have


def require_filled(database: Database, connection: Connection) -> None:
    """Refuse a database that nothing was copied to.

    Raises:
        StoreError: naming the command that fills it.
    """
    if not _is_filled(connection):
        raise StoreError(f"{database.address}: 没有数据 found empty tables; expected data; {_FILL}")


def require_empty(database: Database, connection: Connection) -> None:
    """Refuse a database that holds data already.

    Raises:
        StoreError: naming what to do instead.
    """
    if _version(connection) is not None and _is_filled(connection):
        raise StoreError(
            f"{database.address}: 目标不是空的 found a database that holds data; expected an empty "
            "one; name another one with --to"
        )


def fill(connection: Connection, contents: Contents) -> None:
    """Write tables, files and history into the empty tables of a database.

    Raises:
        TablesInvalidError: where the contents have faults.
    """
    write_rows(connection, contents.current())
    write_files(connection, contents.files, contents.version)
    working, version = WorkingTables(contents.base()), contents.version
    for revision in contents.revisions:
        placed: list[Placed] = working.apply(revision.changes)
        version = next_version(version, revision_text(revision))
        write_revision(connection, revision, placed, version)


def read_contents(database: Database, connection: Connection) -> Contents:
    """Return what a database holds.

    Raises:
        StoreError: where its rows are not what its history leads to.
    """
    contents = Contents(read_files(connection), read_revisions(connection))
    try:
        expected = contents.current()
    except (ChangeError, TablesInvalidError) as error:
        raise StoreError(f"{database.address}: {error}") from None
    found = read_rows(connection)
    different = [file for file, frame in expected.items() if not frame.equals(found[file])]
    if different:
        raise StoreError(
            f"{database.address}: 数据与修订历史不符 found rows of {', '.join(different)} that no "
            "revision made; expected the tables as the history leaves them; undo what was changed "
            "in the database by hand"
        )
    return contents


def _is_filled(connection: Connection) -> bool:
    return bool(connection.execute(select(func.count()).select_from(BASE_FILE)).scalar())


def _version(connection: Connection) -> str | None:
    options = {"version_table": VERSION_TABLE}
    return MigrationContext.configure(connection, opts=options).get_current_revision()


@cache
def _script() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", "indicators.store:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes.update(connection=connection, version_table=VERSION_TABLE)
    return config
