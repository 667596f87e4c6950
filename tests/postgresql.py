"""A PostgreSQL server of the tests' own, on a free port of this computer, gone at the end."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg

USER, PASSWORD = "atlas", "guess:me/not@all"
# As an address has it.
QUOTED = quote(PASSWORD, safe="")
# Speed over safety: nothing in this server outlives the tests.
_OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "20",
    "shared_buffers": "32MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "lc_messages": "C",
}


@dataclass(frozen=True)
class Server:
    """A running server; databases come from it one by one."""

    port: int
    numbers: Iterator[int]

    def address(self, database: str, user: str = USER, password: str = QUOTED) -> str:
        """Return the address of a database."""
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """Return a connection that keeps each statement at once."""
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user=USER,
            password=PASSWORD,
            dbname=database,
            autocommit=True,
        )

    def new_database(self, template: str = "template1") -> str:
        """Make a database and return its name."""
        name = f"atlas_{next(self.numbers)}"
        with self.connect() as connection:
            connection.execute(f"create database {name} template {template} strategy wal_log")
        return name

    def end_connections(self, database: str) -> None:
        """Break every connection to a database."""
        with self.connect() as connection:
            connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s",
                (database,),
            )

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still connected to it."""
        with self.connect() as connection:
            connection.execute(f"drop database {database} with (force)")


@contextmanager
def running_server() -> Iterator[Server]:
    """Run a server for as long as the tests need it."""
    folder = Path(tempfile.mkdtemp(prefix="quality-atlas-postgresql-"))
    try:
        _own(folder)
        data, secret = folder / "data", folder / "secret"
        secret.write_text(PASSWORD, encoding="utf-8")
        _own(secret)
        _run("initdb", "-D", data, "-U", USER, "--pwfile", secret, "--no-sync", *_INITDB)
        port = _free_port()
        options = " ".join(f"-c {name}='{value}'" for name, value in _OPTIONS.items())
        options += f" -c port={port}"
        _run("pg_ctl", "start", "-w", "-D", data, "-o", options, "-l", folder / "log")
        try:
            yield Server(port, count(1))
        finally:
            _run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", data)
    finally:
        shutil.rmtree(folder)


_INITDB = ("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8")


def _program(name: str) -> str:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    path = str(found[-1]) if found else shutil.which(name)
    if path is None:
        raise RuntimeError(f"{name} is missing; install it: bash tests/install_debian.sh")
    return path


def _run(name: str, *arguments: object) -> None:
    """Run a program of PostgreSQL, which refuses to be root."""
    command = [_program(name), *map(str, arguments)]
    if os.geteuid() == 0:
        command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
    # A server inherits what it writes to; a pipe would never end.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(command, stdout=output, stderr=output, cwd="/", check=False)
        output.seek(0)
        assert done.returncode == 0, output.read()


def _own(path: Path) -> None:
    if os.geteuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chown(path, user.pw_uid, user.pw_gid)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
