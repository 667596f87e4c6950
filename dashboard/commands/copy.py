"""``copy``: all data with their history from one store into another, whole or not at all."""

import argparse
from pathlib import Path

from dashboard.boundary_sets import FOLDER, load_boundary_set, write_boundary_files
from dashboard.commands.common import CommandError, add_setting, say, settings_from
from dashboard.settings import Settings
from geodata.boundaries import BoundaryData
from indicators.store.contents import Contents, new_folder, read_folder, write_contents
from indicators.store.stores import is_database, open_database, open_store, require_libraries


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the flags."""
    parser.add_argument(
        "--from",
        dest="data",
        metavar="DIR|URL",
        help="来源文件夹或数据库 Folder or database to copy from (QUALITY_ATLAS_DATA)",
    )
    parser.add_argument(
        "--to",
        required=True,
        metavar="DIR|URL",
        help="空的目标 Folder or database to copy to; it must be empty",
    )
    parser.add_argument(
        "--migrate",
        action="store_true",
        help="只更新 --to 数据库的表结构 Copy nothing; bring the schema of --to up to date",
    )
    add_setting(parser, "boundaries", "FILE")


def run(arguments: argparse.Namespace) -> int:
    """Copy, or migrate."""
    settings = settings_from(arguments)
    if arguments.migrate:
        return _migrate(arguments.to)
    store = open_store(settings.data)
    contents = _contents(settings.data)
    boundaries = load_boundary_set(settings).data
    if is_database(arguments.to):
        target = _fill_database(arguments.to, contents, boundaries)
    else:
        target = _fill_folder(settings, Path(arguments.to).resolve(), contents, boundaries)
    rows = sum(map(len, contents.current().values()))
    say(
        f"已复制 copied: {store.address} → {target}: {len(contents.files)} tables, {rows} rows, "
        f"{len(contents.revisions)} revisions, {len(boundaries.boundaries)} regions"
    )
    return 0


def _contents(address: str) -> Contents:
    if not is_database(address):
        return read_folder(Path(address))
    database = open_database(address).database
    # Not before now: its libraries are an optional extra.
    from indicators.store.postgres_setup import read_contents

    with database.reading() as connection:
        return read_contents(database, connection)


def _fill_database(address: str, contents: Contents, boundaries: BoundaryData) -> str:
    require_libraries()
    from geodata.postgis import write_boundaries
    from indicators.store.postgres_connection import database_at
    from indicators.store.postgres_setup import fill, migrate, require_empty

    database = database_at(address)
    with database.writing() as connection:
        require_empty(database, connection)
        migrate(database, connection)
        fill(connection, contents)
        write_boundaries(connection, boundaries)
    return database.address


def _fill_folder(
    settings: Settings, target: Path, contents: Contents, boundaries: BoundaryData
) -> str:
    contents.current()
    with new_folder(target) as folder:
        write_contents(folder, contents)
        if is_database(settings.data):
            write_boundary_files(folder / FOLDER, boundaries)
    return str(target)


def _migrate(address: str) -> int:
    if not is_database(address):
        raise CommandError("--migrate: found a folder; expected --to postgresql://…")
    require_libraries()
    from indicators.store.postgres_connection import database_at
    from indicators.store.postgres_setup import migrate

    database = database_at(address)
    with database.writing() as connection:
        migrate(database, connection)
    say(f"表结构已更新 schema up to date: {database.address}")
    return 0
