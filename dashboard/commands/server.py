"""Gunicorn inside this process, holding an application that is already complete."""

import os
import signal
import socket
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from dashboard.settings import Settings

# Longer than people look at one view, so that their next change needs no new connection.
KEEPALIVE_SECONDS = 65
GRACE_SECONDS = 10

_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder gunicorn puts its own private file in


def _nothing() -> None:
    pass


class AtlasServer(BaseApplication):  # type: ignore[misc]
    """One application behind one socket; workers are forked from the loaded process."""

    def __init__(
        self,
        server: Flask,
        settings: Settings,
        listener: socket.socket,
        *,
        on_ready: Callable[[], None] = _nothing,
        on_worker: Callable[[], None] = _nothing,
        on_first_worker: Callable[[], None] = _nothing,
    ) -> None:
        """Keep what the workers share.

        Args:
            server: the application.
            settings: how many workers and threads.
            listener: a bound socket.
            on_ready: called once, when connections are accepted.
            on_worker: called in each worker, before it answers anything.
            on_first_worker: called in the first worker, before it answers anything.
        """
        self._server = server
        self._settings = settings
        self._listener = listener
        self._on_ready = on_ready
        self._on_worker = on_worker
        self._on_first_worker = on_first_worker
        self._master = os.getpid()
        super().__init__()

    def load_config(self) -> None:
        """Set gunicorn up; its own files and variables have no say here."""
        options = {
            "bind": f"fd://{os.dup(self._listener.fileno())}",
            "workers": int(self._settings.workers),
            "worker_class": "gthread",
            "threads": int(self._settings.threads),
            "preload_app": True,
            "keepalive": KEEPALIVE_SECONDS,
            "graceful_timeout": GRACE_SECONDS,
            "loglevel": "warning",
            "control_socket_disable": True,
            # Heartbeats on a slow disk stall, and a stalled worker is taken for a dead one.
            "worker_tmp_dir": _worker_folder(),
            "when_ready": self._ready,
            "post_worker_init": self._start_worker,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Return the application gunicorn calls."""
        return self._server

    def serve(self) -> int:
        """Serve until a signal ends it; return 0 after an orderly end."""
        try:
            self.run()
        except SystemExit as stop:
            # A worker ends here too, and gunicorn reads its exit code.
            if os.getpid() != self._master:
                raise
            return 1 if stop.code else 0
        return 0

    def _ready(self, arbiter: Arbiter) -> None:
        # Ctrl-C lets running requests finish, as SIGTERM does.
        signal.signal(signal.SIGINT, lambda *_: arbiter.SIG_QUEUE.put_nowait(signal.SIGTERM))
        self._on_ready()

    def _start_worker(self, worker: Worker) -> None:
        # Ctrl-C reaches the whole group; when a worker stops is the arbiter's word.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self._on_worker()
        if worker.age == 1:
            self._on_first_worker()


def _worker_folder() -> str | None:
    usable = _SHARED_MEMORY.is_dir() and os.access(_SHARED_MEMORY, os.W_OK)
    return str(_SHARED_MEMORY) if usable else None
