"""The database: its columns, its errors in words, and what others see of a revision."""

import random
import socket
import subprocess
import sys
import traceback
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import insert, text

from indicators import schemas
from indicators.cells import NUMBER
from indicators.errors import StoreError, TablesInvalidError
from indicators.store import postgres, postgres_connection, stores
from indicators.store.contents import read_folder
from indicators.store.postgres_connection import database_at
from indicators.store.postgres_rows import read_rows
from indicators.store.postgres_schema import METADATA, ROWS, values
from indicators.store.postgres_setup import (
    VERSION_TABLE,
    migrate,
    read_contents,
    require_empty,
)
from indicators.store.stores import open_store
from tests.builders import table_row
from tests.postgresql import PASSWORD, QUOTED, USER
from tests.stores import cell, change, copy_to_database, draft, rows, values_of

ROOT = Path(__file__).parents[3]
FIRST = rows()[0]


@pytest.fixture
def store(address):
    return open_store(address)


@pytest.fixture
def unchanged(postgresql, filled_database):
    """Return the address of a database for tests that write nothing."""
    return postgresql.address(filled_database)


@pytest.fixture
def sql(postgresql, database):
    """Return a connection past the store, as an administrator has."""
    with postgresql.connect(database) as connection:
        yield connection


@pytest.fixture
def empty(postgresql):
    """Return the name of a database without tables."""
    name = postgresql.new_database()
    yield name
    postgresql.drop(name)


def stamp(sql, version):
    """Let the database say that a step of the migrations was its last."""
    sql.execute(
        psycopg.sql.SQL("update {} set version_num = {}").format(
            psycopg.sql.Identifier(VERSION_TABLE), version
        )
    )


def refused_transaction(database, action):
    """Return the message of an action that is refused within a transaction."""

    def run():
        with database.writing() as connection:
            action(database, connection)

    return refusal_of(run)


def refusal_of(action):
    """Return the message of a refused action, which must not give the password away."""
    with pytest.raises(StoreError) as caught:
        action()
    everything = "".join(traceback.format_exception(caught.value))
    assert PASSWORD not in everything
    assert QUOTED not in everything
    return str(caught.value)


# ---------------------------------------------------------------- schema


def test_the_migrated_schema_is_the_one_the_store_works_with(sql):
    found = sql.execute(
        "select table_name, column_name, data_type from information_schema.columns "
        "where table_schema = 'public'"
    ).fetchall()
    types = {"NUMERIC": "numeric", "INTEGER": "integer", "TEXT": "text", "JSONB": "jsonb"}
    types |= {"BLOB": "bytea", "DATETIME": "timestamp with time zone"}
    expected = {
        (table.name, column.name, types[str(column.type).upper()])
        for table in METADATA.tables.values()
        for column in table.columns
    }

    assert expected <= set(found)
    of_ours = {row for row in found if row[0] in METADATA.tables}
    assert of_ours == expected


def test_every_table_and_column_of_the_files_is_in_the_database(sql):
    for table in schemas.TABLES:
        name = table.file.removesuffix(".csv")
        columns = sql.execute(
            "select column_name from information_schema.columns where table_name = %s", [name]
        ).fetchall()
        assert {row[0] for row in columns} == {*table.columns, "position", "written"}


def test_numbers_are_numbers_and_keep_their_written_digits(sql):
    row = sql.execute(
        "select value::text, pg_typeof(value)::text, written from observations where period='2001'"
    ).fetchone()
    assert row == ("93.10", "numeric", None)

    bent = sql.execute("select value::float, written from observations where period = '2002'")
    assert bent.fetchone() == (90.0, {"value": "9e1"})
    assert sql.execute("select pg_typeof(year)::text, year from targets").fetchone() == (
        "integer",
        int(table_row(schemas.TARGETS)["year"]),
    )


@pytest.mark.parametrize(
    ("written", "is_plain"),
    [
        *((text, True) for text in ("0", "95.50", "-1.5", "0.000", "123456789012345678901", "")),
        *((text, False) for text in ("+5", "05", ".5", "5.", "1e3", "-0", "-0.00", "1E-320")),
    ],
)
def test_only_what_comes_back_as_written_goes_without_its_text(written, is_plain):
    held = values(0, {"value": written})

    assert (held["written"] is None) == is_plain


@pytest.mark.parametrize(("written", "is_plain"), [("2020", True), ("", True), ("007", False)])
def test_whole_numbers_likewise(written, is_plain):
    assert (values(0, {"number": written})["written"] is None) == is_plain


def test_any_way_to_write_a_number_comes_back(address, store):
    dice = random.Random(7)
    whole = ("", "0", "00", "1", "12", "901", "100000000000000000000")
    parts = ("", ".", ".0", ".5", ".50", ".000", ".12345678901234567890")
    signs, powers = ("", "-", "+"), ("", "", "", "e0", "e5", "E-7", "e+300", "e-320")
    texts = {"".join(map(dice.choice, (signs, whole, parts, powers))) for _ in range(3000)}
    written = sorted(text for text in texts if NUMBER.test(text))
    new = [cell(2000, text) for text in written]
    database = database_at(address)
    with database.writing() as connection:
        connection.execute(
            insert(ROWS["observations"]),
            [values(1000 + index, row) for index, row in enumerate(new)],
        )
    with database.reading() as connection:
        frame = read_rows(connection)["observations.csv"]

    assert len(written) > 500
    assert list(frame["value"])[len(rows()) :] == written


def test_an_empty_database_says_which_command_fills_it(postgresql, empty):
    said = refusal_of(lambda: open_store(postgresql.address(empty)))

    assert "no tables" in said
    assert "quality-atlas copy --from" in said


def test_a_migrated_but_empty_database_says_so_too(postgresql, empty):
    address = postgresql.address(empty)
    database = database_at(address)
    with database.writing() as connection:
        migrate(database, connection)

    assert "empty tables" in refusal_of(lambda: open_store(address))


def test_an_older_schema_is_not_migrated_in_passing(address, store, sql):
    stamp(sql, "0001")
    for action in (lambda: open_store(address), store.read, lambda: store.append(draft(), 0)):
        said = refusal_of(action)
        assert "older schema 0001" in said
        assert "copy --migrate" in said


def test_migrating_brings_an_older_schema_up_to_date_and_keeps_the_rows(address, store, sql):
    for table in ("boundary_provenance", "boundary_lines", "boundaries"):
        sql.execute(f"drop table {table}")
    stamp(sql, "0001")
    database = database_at(address)
    with database.writing() as connection:
        migrate(database, connection)

    assert sql.execute("select count(*) from boundaries").fetchone() == (0,)
    assert values_of(store.read())["2001"] == "93.10"


def test_a_newer_schema_is_left_alone(address, sql):
    stamp(sql, "9999")
    database = database_at(address)

    assert "newer schema 9999" in refusal_of(lambda: open_store(address))
    assert "install the release" in refused_transaction(database, migrate)


# ---------------------------------------------------------------- addresses and connections


def test_a_wrong_password(postgresql, filled_database):
    said = refusal_of(lambda: open_store(postgresql.address(filled_database, USER, "wr0ng-secret")))

    assert "a refused login" in said
    assert "wr0ng-secret" not in said


def test_an_unknown_user(postgresql, filled_database):
    assert "a refused login" in refusal_of(
        lambda: open_store(postgresql.address(filled_database, user="nobody"))
    )


def test_a_missing_database(postgresql):
    said = refusal_of(lambda: open_store(postgresql.address("nowhere")))

    assert "no such database" in said
    assert "createdb" in said


def test_a_server_that_does_not_answer(postgresql, unused_port):
    address = postgresql.address("atlas").replace(f":{postgresql.port}/", f":{unused_port}/")
    said = refusal_of(lambda: open_store(address))

    assert "no server that answers" in said
    assert f"@127.0.0.1:{unused_port}/atlas" in said


@pytest.fixture
def unused_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://atlas:pass:word@host:notaport/db",
        "postgresql://[::1/db",
    ],
)
def test_an_address_that_cannot_be_read_is_not_repeated(address):
    with pytest.raises(StoreError) as caught:
        open_store(address)

    assert "word" not in str(caught.value).replace("password", "")
    assert "%40" in str(caught.value)


def test_messages_name_the_address_without_password_and_options(postgresql, filled_database):
    address = postgresql.address(filled_database) + "?connect_timeout=5"

    assert open_store(address).address == (
        f"postgresql://{USER}@127.0.0.1:{postgresql.port}/{filled_database}"
    )
    assert PASSWORD not in repr(open_store(address))


def test_a_missing_library_says_what_to_install(monkeypatch, unchanged):
    monkeypatch.setattr(stores, "find_spec", lambda name: None)

    assert "pip install 'quality-atlas[postgresql]'" in refusal_of(lambda: open_store(unchanged))


def test_a_folder_needs_none_of_the_libraries():
    program = (
        "import sys, dashboard.bundle, dashboard.settings;"
        "dashboard.bundle.load_bundle(dashboard.settings.Settings());"
        "print(sorted({'alembic', 'psycopg', 'sqlalchemy'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout == "[]\n"


# ---------------------------------------------------------------- writing


def test_who_listens_hears_the_number_of_a_revision(store, sql):
    sql.execute("listen quality_atlas")
    store.append(draft(), 0)

    (heard,) = sql.notifies(timeout=10, stop_after=1)
    assert (heard.channel, heard.payload) == ("quality_atlas", "1")


def test_current_rows_and_history_can_be_asked_with_sql(store, sql):
    store.append(draft(change(FIRST, FIRST | {"value": "94.00"})), 0)

    assert sql.execute("select value::text from observations where period = '2001'").fetchone() == (
        "94.00",
    )
    assert sql.execute("select before ->> 'value', after ->> 'value' from change").fetchone() == (
        "93.10",
        "94.00",
    )


def test_readers_go_on_while_a_writer_works(store, sql):
    with sql.transaction():
        sql.execute("lock table revision in share row exclusive mode")
        assert store.read().revision == 0


def test_a_writer_who_holds_on_too_long_is_not_waited_for(store, sql, monkeypatch):
    monkeypatch.setattr(postgres_connection, "LOCK_TIMEOUT", "50ms")
    with sql.transaction():
        sql.execute("lock table revision in share row exclusive mode")
        said = refusal_of(lambda: store.append(draft(), 0))

    assert "a lock another writer holds" in said
    assert "nothing was written" in said
    assert store.revisions() == ()


def test_a_connection_lost_in_the_middle_leaves_the_store_as_before(
    store, sql, database, monkeypatch
):
    checked = postgres.check_draft

    def lose(*arguments):
        sql.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where datname = %s and pid <> pg_backend_pid()",
            [database],
        )
        return checked(*arguments)

    monkeypatch.setattr(postgres, "check_draft", lose)
    said = refusal_of(lambda: store.append(draft(), 0))
    monkeypatch.undo()

    assert "quality-atlas log" in said or "try again" in said
    assert store.revisions() == ()
    assert len(store.read().frames["observations.csv"]) == len(rows())


def test_a_failure_after_the_first_rows_leaves_the_store_as_before(store, monkeypatch):
    change_row = postgres.change_row
    done = []

    def fail_on_second(connection, placed):
        if done:
            connection.execute(text("select 1 / 0"))
        change_row(connection, placed)
        done.append(placed)

    monkeypatch.setattr(postgres, "change_row", fail_on_second)
    two = draft(change(None, cell(2021, "1")), change(None, cell(2022, "1")))
    assert "nothing was written" in refusal_of(lambda: store.append(two, 0))

    assert len(done) == 1
    assert store.revisions() == ()
    assert len(store.read().frames["observations.csv"]) == len(rows())


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (psycopg.errors.DeadlockDetected, "a deadlock with another writer"),
        (psycopg.errors.SerializationFailure, "another writer at the same time"),
        (psycopg.errors.DiskFull, "a full disk on the server"),
        (psycopg.errors.TooManyConnections, "too many connections"),
        (psycopg.errors.ReadOnlySqlTransaction, "a database that only reads"),
        (psycopg.errors.InsufficientPrivilege, "a missing permission"),
        (psycopg.errors.UndefinedTable, "a missing table"),
        (psycopg.errors.AdminShutdown, "stopping or starting"),
        (psycopg.errors.UndefinedFile, "install it there"),
        (psycopg.errors.FeatureNotSupported, "install PostGIS"),
        (psycopg.errors.DivisionByZero, "see the log of the server"),
    ],
)
def test_errors_of_the_server_say_what_to_do(unchanged, monkeypatch, error, said):
    def fail(*arguments):
        raise postgres_connection.DBAPIError("", {}, error(f"no {PASSWORD}"))

    monkeypatch.setattr(postgres, "check_draft", fail)

    assert said in refusal_of(lambda: open_store(unchanged).append(draft(), 0))


def test_postgis_that_may_not_be_made_asks_for_the_administrator(postgresql, empty, folder):
    with postgresql.connect(empty) as connection:
        connection.execute("create role clerk login password 'pencil'")
        connection.execute("grant create on schema public to clerk")
    try:
        address = postgresql.address(empty, "clerk", "pencil")
        said = refused_transaction(database_at(address), migrate)
    finally:
        with postgresql.connect(empty) as connection:
            connection.execute("drop owned by clerk")
            connection.execute("drop role clerk")

    assert "a missing permission" in said
    assert "postgis" in said


# ---------------------------------------------------------------- edits past the store


def test_a_bad_row_written_past_the_store_is_a_fault(store, sql):
    sql.execute("update observations set quality = 'rumour' where period = '2001'")
    (fault,) = store.read().faults

    assert (fault.file, fault.row, fault.column) == ("observations.csv", 2, "quality")


def test_a_row_changed_past_the_store_cannot_be_undone_silently(store, sql):
    store.append(draft(change(FIRST, FIRST | {"value": "94.00"})), 0)
    sql.execute("update observations set value = 1 where period = '2001'")
    (fault,) = store.read(0).faults

    assert fault.file == "history/000001.json"
    assert "94.00" in fault.expected
    assert store.read().faults == ()


def test_a_copy_of_rows_no_revision_made_is_refused(address, sql):
    sql.execute("update observations set value = 1 where period = '2001'")
    said = refused_transaction(database_at(address), read_contents)

    assert "observations.csv that no revision made" in said


# ---------------------------------------------------------------- filling


def test_contents_come_back_byte_for_byte(address, store, folder, tmp_path):
    reference = open_store(str(folder))
    for number, item in enumerate([change(FIRST, None), change(None, FIRST | {"note": "新"})]):
        for each in (store, reference):
            each.append(draft(item), number)
    database = database_at(address)
    with database.reading() as connection:
        found = read_contents(database, connection)
    expected = read_folder(folder)

    assert found.files == expected.files
    assert [item.changes for item in found.revisions] == [
        item.changes for item in expected.revisions
    ]


def test_a_database_that_holds_data_is_not_filled_again(address):
    assert "expected an empty one" in refused_transaction(database_at(address), require_empty)


def test_faulty_tables_are_not_copied_and_leave_nothing(postgresql, empty, folder):
    (folder / "plans.csv").unlink()
    with pytest.raises(TablesInvalidError):
        copy_to_database(folder, postgresql.address(empty))

    assert "no tables" in refusal_of(lambda: open_store(postgresql.address(empty)))
