"""What every store offers, and how to open the one an address names."""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from indicators import schemas
from indicators.errors import StoreError
from indicators.store.folder import FolderStore
from indicators.store.revisions import Draft, Revision
from indicators.store.snapshots import Snapshot

if TYPE_CHECKING:
    from indicators.store.postgres import PostgresStore

__all__ = ["Snapshot", "Store", "is_database", "open_database", "open_store"]

DATABASE = "postgresql://"

# Two letters at least: one is a drive of Windows.
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:/+", re.ASCII | re.IGNORECASE)


class Store(Protocol):
    """Tables with a history that only grows."""

    @property
    def address(self) -> str:
        """Where the store is, for messages; holds no password."""

    def read(self, revision: int | None = None) -> Snapshot:
        """Return the tables as of a revision, by default the newest."""

    def revisions(self) -> tuple[Revision, ...]:
        """Return all revisions, oldest first."""

    def append(
        self, draft: Draft, expected: int, known_adcodes: frozenset[str] | None = None
    ) -> Revision:
        """Write a draft as the revision after ``expected``, or nothing at all."""

    def newest(self) -> str:
        """Return a token that changes when the content does, without reading the tables."""

    def changes(self, seconds: float) -> Iterator[None]:
        """Yield when there may be something new, at least every so many seconds, for ever."""


def is_database(address: str) -> bool:
    """Tell whether an address names a database and not a folder."""
    return address.startswith(DATABASE)


def open_store(address: str) -> Store:
    """Return the store at a folder's path or a ``postgresql://`` address.

    Raises:
        StoreError: where there is none, with what to do.
    """
    return open_database(address) if is_database(address) else _open_folder(address)


def open_database(address: str) -> "PostgresStore":
    """Return the store at a ``postgresql://`` address.

    Raises:
        StoreError: where there is none, or the libraries it needs are missing.
    """
    require_libraries()
    from indicators.store.postgres import open_postgres

    return open_postgres(address)


def require_libraries() -> None:
    """Refuse an address of a database where the optional libraries are not installed.

    Raises:
        StoreError: naming what to install.
    """
    for name in ("alembic", "psycopg", "sqlalchemy"):
        if find_spec(name) is None:
            raise StoreError(
                f"缺少程序库 data address: found no Python package {name}; expected it for a "
                f"{DATABASE} address; install it: pip install 'quality-atlas[postgresql]'"
            )


def _open_folder(address: str) -> FolderStore:
    if scheme := _SCHEME.match(address):
        # Whatever follows may hold a password.
        raise StoreError(
            f"数据地址有误 data address: found an address that begins with {scheme[0]}; "
            f"expected a folder or an address that begins with {DATABASE}"
        )
    folder = Path(address)
    if folder.is_dir():
        return FolderStore(folder)
    found = "a file" if folder.exists() else "no such folder"
    raise StoreError(
        f"{folder}: found {found}; expected a folder with {schemas.TABLES[0].file} and the "
        f"{len(schemas.TABLES) - 1} other tables; name it with --data or QUALITY_ATLAS_DATA"
    )
