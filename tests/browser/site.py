"""The real server in a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_SERVE = (sys.executable, "-m", "dashboard.cli", "serve")
PORTS = range(8080, 8100)
START_SECONDS = 90
STOP_SECONDS = 20


class Site:
    """``serve`` on a port of its own with a cache folder of its own."""

    def __init__(self, cache: Path, port: int | None = None, flags: Sequence[str] = ()) -> None:
        self.port = port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.lines: list[str] = []
        # Lines that a test has looked at and declared to be in order.
        self.expected: set[str] = set()
        self._cache = cache
        self._flags = flags
        self._process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None

    @property
    def complaints(self) -> str:
        """Everything the server has complained about: what it printed besides its address."""
        return "\n".join(
            line for line in self.lines if self.address not in line and line not in self.expected
        )

    def start(self) -> "Site":
        """Start the server and wait for the line with its address."""
        own = {name: value for name, value in os.environ.items() if "QUALITY_ATLAS_" not in name}
        self._process = subprocess.Popen(
            [*_SERVE, "--port", str(self.port), *self._flags],
            cwd=ROOT,
            env={**own, "QUALITY_ATLAS_CACHE": str(self._cache), "PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        ready = threading.Event()
        arguments = (self._process, ready)
        self._reader = threading.Thread(target=self._read, args=arguments, daemon=True)
        self._reader.start()
        heard = ready.wait(START_SECONDS)
        if not heard or not any(self.address in line for line in self.lines):
            self.stop()
            pytest.fail(f"the server did not start; it said:\n{self.complaints}", pytrace=False)
        return self

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End exactly the process that was started here, and the workers it waits for."""
        process = self._process
        if process is None:
            return
        if process.poll() is None:
            os.kill(process.pid, how)
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(STOP_SECONDS)
        if self._reader is not None:
            self._reader.join(STOP_SECONDS)
        if process.stdout is not None:
            process.stdout.close()
        self._process = None

    def _read(self, process: "subprocess.Popen[str]", ready: threading.Event) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self.lines.append(line.rstrip("\n"))
            if self.address in line:
                ready.set()
        # The end of the output means that nothing more will come, an address least of all.
        ready.set()


def free_port() -> int:
    """Return a port nobody listens on; several test runs at once begin at different ones."""
    first = os.getpid() % len(PORTS)
    for port in (*PORTS[first:], *PORTS[:first]):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    pytest.fail(f"no free port from {PORTS[0]} to {PORTS[-1]}", pytrace=False)
