"""Connections to PostgreSQL, and its errors in words an operator can act on."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

import psycopg
from sqlalchemy import URL, Connection, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from indicators.errors import StoreError

CONNECT_SECONDS = 10
LOCK_TIMEOUT = "30s"

MIGRATE = "`quality-atlas copy --migrate --to postgresql://…`"

# What PostgreSQL calls an error, in words: what was found, and what to do.
_BY_STATE = {
    "23505": ("他人同时写入 another writer at the same time", "repeat the command"),
    "25006": ("只读数据库 a database that only reads", "name the main server, not its copy"),
    "28": ("登录被拒绝 a refused login", "check user and password in the address"),
    "3D000": (
        "没有这个数据库 no such database",
        "create it (`createdb NAME`) or correct the address",
    ),
    "40001": ("他人同时写入 another writer at the same time", "repeat the command"),
    "40P01": ("死锁 a deadlock with another writer", "repeat the command"),
    "42501": ("权限不足 a missing permission", "ask the administrator to grant it"),
    "42P01": ("缺少表 a missing table", f"bring the schema up to date: {MIGRATE}"),
    "42703": ("缺少列 a missing column", f"bring the schema up to date: {MIGRATE}"),
    "42P07": (
        "同名的表 a table of the same name",
        "name a database, or a schema in the address, that nothing else uses",
    ),
    "53100": ("服务器磁盘已满 a full disk on the server", "free some space there"),
    "53300": ("连接过多 too many connections", "try again later or raise max_connections"),
    "55P03": ("另一写入占用 a lock another writer holds", "try again later"),
    "57": ("服务器已停止 a server that is stopping or starting", "try again once it runs"),
    "58P01": (
        "服务器未安装 PostGIS no PostGIS on the server",
        "install it there (Debian: apt-get install postgresql-15-postgis-3)",
    ),
    "0A000": (
        "服务器未安装 PostGIS or another missing feature",
        "install PostGIS on the server (Debian: apt-get install postgresql-15-postgis-3)",
    ),
    "08": (
        "连接中断 a lost connection",
        "see `quality-atlas log` for what was written, and repeat",
    ),
}
# No state comes with a connection that never was; these are libpq's and the server's words.
_BY_TEXT = (
    ("password", "28"),
    ("no pg_hba.conf entry", "28"),
    ("role", "28"),
    ("database", "3D000"),
    ("too many", "53300"),
    ("starting up", "57"),
    ("shutting down", "57"),
)
_LOST = ("08", "57")
_UNREACHABLE = (
    "连不上服务器 no server that answers",
    "check host and port in the address, and that the server runs",
)


@dataclass(frozen=True)
class Database:
    """A database by its address; connections are opened when they are needed."""

    url: URL

    @property
    def address(self) -> str:
        """The address without password and options, for messages."""
        plain = URL.create(
            "postgresql",
            username=self.url.username,
            host=self.url.host,
            port=self.url.port,
            database=self.url.database,
        )
        return plain.render_as_string()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that sees one moment and changes nothing."""
        with self._transaction("REPEATABLE READ", read_only=True) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that is kept whole or not at all."""
        with self._transaction("READ COMMITTED", read_only=False) as connection:
            connection.exec_driver_sql(f"set local lock_timeout = '{LOCK_TIMEOUT}'")
            yield connection

    def notices(self, channel: str, seconds: float) -> Iterator[None]:
        """Yield when a channel reports something, and otherwise every so many seconds.

        A connection that breaks is opened again after the same time.
        """
        while True:
            try:
                with self._engine.connect() as connection:
                    connection.execution_options(isolation_level="AUTOCOMMIT")
                    connection.exec_driver_sql(f"listen {channel}")
                    listening = connection.connection.driver_connection
                    # Whatever happened before anybody listened.
                    yield
                    while listening is not None:
                        for _ in listening.notifies(timeout=seconds, stop_after=1):
                            pass
                        yield
            except (DBAPIError, psycopg.Error):
                time.sleep(seconds)
                yield

    @contextmanager
    def _transaction(self, isolation: str, *, read_only: bool) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection:
                options = {"isolation_level": isolation, "postgresql_readonly": read_only}
                with connection.execution_options(**options).begin():
                    yield connection
        except DBAPIError as error:
            raise explained(self, error, read_only=read_only) from None
        except SQLAlchemyError as error:
            found = self.without_password(str(error).splitlines()[0])
            raise StoreError(f"{self.address}: found {found}; expected a database") from None

    @cached_property
    def _engine(self) -> Engine:
        # No pool: processes are forked from the one that loads the data.
        return create_engine(
            self.url,
            poolclass=NullPool,
            hide_parameters=True,
            connect_args={"connect_timeout": CONNECT_SECONDS, "application_name": "quality-atlas"},
        )

    def without_password(self, text: str) -> str:
        """Return a message with the password struck out, should it be in it."""
        secrets = [str(self.url.password or ""), str(self.url.query.get("password", ""))]
        for secret in filter(None, secrets):
            text = text.replace(secret, "***")
        return text


def database_at(address: str) -> Database:
    """Return the database an address names.

    Raises:
        StoreError: where the address is not well-formed; it is not repeated, for its password.
    """
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise StoreError(
            "数据地址有误 data address: found an address that cannot be read; expected "
            "postgresql://user:password@host:port/database; write signs such as @ : / # in the "
            "password as %40 %3A %2F %23"
        ) from None
    return Database(url.set(drivername="postgresql+psycopg"))


def explained(database: Database, error: DBAPIError, *, read_only: bool = True) -> StoreError:
    """Return an error of the database as one that says what was found and what to do."""
    said = database.without_password(" ".join(str(error.orig).split()))
    state = getattr(error.orig, "sqlstate", None) or _state_by_text(error)
    found, remedy = _meaning(state) or (f"error {state}", "see the log of the server")
    # A connection that breaks while a transaction is kept leaves open whether it was.
    is_certain = not read_only and not state.startswith(_LOST)
    outcome = "未写入 nothing was written; " if is_certain else ""
    return StoreError(f"{database.address}: found {found} ({said}); {outcome}{remedy}")


def _meaning(state: str) -> tuple[str, str] | None:
    if not state:
        return _UNREACHABLE
    return _BY_STATE.get(state) or _BY_STATE.get(state[:2])


def _state_by_text(error: DBAPIError) -> str:
    if error.connection_invalidated or not isinstance(error.orig, psycopg.OperationalError):
        return "08"
    said = str(error.orig)
    fatal = re.search(r"FATAL: +(.*)", said)
    if fatal is None:
        return "28" if "password" in said else ""
    return next((state for word, state in _BY_TEXT if word in fatal[1]), "28")
