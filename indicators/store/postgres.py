"""The store in PostgreSQL, for many writers and many readers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection

from indicators.errors import Fault, StoreChangedError
from indicators.store.base_tables import cell_faults
from indicators.store.drafts import check_draft
from indicators.store.placing import ChangeError, WorkingTables
from indicators.store.postgres_connection import Database, database_at
from indicators.store.postgres_rows import (
    CHANNEL,
    change_row,
    newest,
    notify,
    read_changes,
    read_revisions,
    read_rows,
    version_at,
    write_revision,
)
from indicators.store.postgres_setup import require_filled, require_schema
from indicators.store.revision_files import revision_text
from indicators.store.revisions import Draft, Revision, revision_from, revision_name
from indicators.store.snapshots import Frames, Snapshot, next_version, require_revision


@dataclass(frozen=True)
class PostgresStore:
    """The tables of one database."""

    database: Database

    @property
    def address(self) -> str:
        """The database's address without its password, for messages."""
        return self.database.address

    def read(self, revision: int | None = None) -> Snapshot:
        """Return the tables as of a revision, by default the newest.

        Raises:
            StoreError: where there is no such revision, or the server cannot be asked.
        """
        with self._reading() as connection:
            last, _ = newest(connection)
            wanted = last if revision is None else revision
            require_revision(self.address, wanted, last)
            frames, faults = _as_of(connection, wanted)
            version = version_at(connection, wanted)
        return Snapshot(frames, version, wanted, (*faults, *cell_faults(frames)))

    def revisions(self) -> tuple[Revision, ...]:
        """Return all revisions, oldest first.

        Raises:
            StoreError: where the server cannot be asked.
        """
        with self._reading() as connection:
            return read_revisions(connection)

    def append(
        self, draft: Draft, expected: int, known_adcodes: frozenset[str] | None = None
    ) -> Revision:
        """Write a draft as the revision after ``expected``, or nothing at all.

        Raises:
            DraftRefusedError: where the tables would have faults.
            StoreChangedError: where ``expected`` is not the newest revision.
            StoreError: where the server does not write it.
        """
        with self.database.writing() as connection:
            require_schema(self.database, connection)
            # Readers go on; another writer waits here and then finds the new number.
            connection.exec_driver_sql("lock table revision in share row exclusive mode")
            last, version = newest(connection)
            if last != expected:
                raise StoreChangedError(self.address, expected, last)
            checked = check_draft(read_rows(connection), draft, known_adcodes)
            time = datetime.now(UTC).replace(microsecond=0)
            revision = revision_from(checked.draft, expected + 1, time, version)
            later = next_version(version, revision_text(revision))
            write_revision(connection, revision, checked.placed, later)
            for placed in checked.placed:
                change_row(connection, placed)
            notify(connection, revision.number)
        return revision

    def newest(self) -> str:
        """Return a token that changes with every revision."""
        with self.database.reading() as connection:
            number, version = newest(connection)
        return f"{number}-{version}"

    def changes(self, seconds: float) -> Iterator[None]:
        """Yield when a writer reports a revision, and otherwise every so many seconds."""
        return self.database.notices(CHANNEL, seconds)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self.database.reading() as connection:
            require_schema(self.database, connection)
            yield connection


def open_postgres(address: str) -> PostgresStore:
    """Return the store at a ``postgresql://`` address; nothing is made or migrated.

    Raises:
        StoreError: where the server cannot be asked or holds no data of this release.
    """
    store = PostgresStore(database_at(address))
    with store.database.reading() as connection:
        require_schema(store.database, connection)
        require_filled(store.database, connection)
    return store


def _as_of(connection: Connection, number: int) -> tuple[Frames, list[Fault]]:
    """Take back every revision after one, the newest first."""
    working = WorkingTables(read_rows(connection))
    later = read_changes(connection, after=number)
    for revision in sorted(later, reverse=True):
        try:
            working.undo(later[revision])
        except ChangeError as error:
            return working.frames(), [_misfit(revision, error)]
    return working.frames(), []


def _misfit(revision: int, error: ChangeError) -> Fault:
    return Fault(
        revision_name(revision),
        error.index,
        error.table,
        error.found,
        error.expected,
        "undo what was changed in the database by hand",
    )
