"""Gunicorn inside this process, holding an application that is already complete."""

import os
import signal
import socket
import threading
from pathlib import Path
from typing import Any

from dash import Dash
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from dashboard.commands.common import say
from dashboard.commands.warming import warm_first_visit
from dashboard.settings import Settings

# Longer than people look at one view, so that their next change needs no new connection.
KEEPALIVE_SECONDS = 65
GRACE_SECONDS = 10
_EVERYWHERE = ("0.0.0.0", "::", "")
_SHARED_MEMORY = Path("/dev/shm")


class AtlasServer(BaseApplication):  # type: ignore[misc]
    """One application behind one socket; workers are forked from the loaded process."""

    def __init__(self, app: Dash, settings: Settings, listener: socket.socket) -> None:
        """Keep what the workers will share."""
        self._app = app
        self._settings = settings
        self._listener = listener
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
            "when_ready": self._announce,
            "post_worker_init": self._start_worker,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Return the application gunicorn calls."""
        return self._app.server

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

    def _announce(self, arbiter: Arbiter) -> None:
        # Ctrl-C lets running requests finish, as SIGTERM does.
        signal.signal(signal.SIGINT, lambda *_: arbiter.SIG_QUEUE.put_nowait(signal.SIGTERM))
        say(f"质量图谱 Quality Atlas: {address(self._settings)}")

    def _start_worker(self, worker: Worker) -> None:
        # Ctrl-C reaches the whole group; when a worker stops is the arbiter's word.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        # The first worker prepares what all of them find on disk afterwards.
        if worker.age == 1:
            name = "warming"
            arguments = (self._app.server,)
            threading.Thread(target=warm_first_visit, args=arguments, name=name, daemon=True).start()


def address(settings: Settings) -> str:
    """Return the address a browser on this computer opens."""
    host = "127.0.0.1" if settings.host in _EVERYWHERE else settings.host
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"


def _worker_folder() -> str | None:
    usable = _SHARED_MEMORY.is_dir() and os.access(_SHARED_MEMORY, os.W_OK)
    return str(_SHARED_MEMORY) if usable else None
