"""A Redis server of the tests' own, on a free port of this computer, gone at the end."""

import shutil
import socket
import subprocess
import time
from pathlib import Path

import redis

_START_SECONDS = 30


class RedisServer:
    """A server that keeps nothing on disk."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            self._port = int(taken.getsockname()[1])
        self.address = f"redis://127.0.0.1:{self._port}/0"
        self.client = redis.from_url(self.address)
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "RedisServer":
        """Start it and wait until it answers."""
        program = shutil.which("redis-server")
        assert program, "redis-server is missing; install it: bash tests/install_debian.sh"
        flags = [
            "--port",
            str(self._port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--daemonize",
            "no",
        ]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen([program, *flags], cwd=self._folder, stdout=log)
        last = time.monotonic() + _START_SECONDS
        while not self._answers():
            assert self._process.poll() is None, self._said()
            assert time.monotonic() < last, self._said()
        return self

    def stop(self) -> None:
        """End exactly the process that was started here."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        try:
            return bool(self.client.ping())
        except redis.exceptions.ConnectionError:
            return False

    def _said(self) -> str:
        return (self._folder / "log").read_text(encoding="utf-8")
