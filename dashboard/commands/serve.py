"""``serve``: the web site in one process tree, refused where data or settings are unusable."""

import argparse
import errno
import logging
import socket
import threading

from flask import Flask

from dashboard.app import create_app
from dashboard.commands.common import (
    CommandError,
    add_setting,
    open_data,
    require_fork,
    say,
    settings_from,
)
from dashboard.commands.server import AtlasServer
from dashboard.commands.warming import warm_first_visit
from dashboard.live import live_data
from dashboard.settings import Settings

_EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104 - compared with, not listened on
FLAGS = {
    "host": "HOST",
    "port": "PORT",
    "data": "DIR|URL",
    "workers": "N",
    "threads": "N",
    "audience": "public|internal",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the flags."""
    for name, metavar in FLAGS.items():
        add_setting(parser, name, metavar)
    # No variable stands for this one: showing what is not real is a deliberate act each time.
    parser.add_argument(
        "--training",
        action="store_true",
        help="演练数据,数值均由程序生成,并非真实 Training data: values are generated, not real",
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve until told to stop."""
    settings = settings_from(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    require_fork()
    open_data(settings)
    # Data first: whoever finds the port open finds a site behind it.
    live, watcher = live_data(settings, training=arguments.training)
    server = create_app(settings, live=live).server
    with listening_socket(settings.host, int(settings.port)) as listener:
        return AtlasServer(
            server,
            settings,
            listener,
            on_ready=lambda: say(ready_line(settings, training=arguments.training)),
            on_worker=watcher.start,
            on_first_worker=lambda: _warm_in_background(server),
        ).serve()


def ready_line(settings: Settings, *, training: bool) -> str:
    """Return what is said once connections are accepted."""
    stamp = "【演练数据 · 非真实 Training data · not real】" if training else ""
    return f"{stamp}质量图谱 Quality Atlas: {address(settings)}"


def address(settings: Settings) -> str:
    """Return the address a browser on this computer opens."""
    host = "127.0.0.1" if settings.host in _EVERYWHERE else settings.host
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"


def _warm_in_background(server: Flask) -> None:
    threading.Thread(target=warm_first_visit, args=(server,), name="warming", daemon=True).start()


def listening_socket(host: str, port: int) -> socket.socket:
    """Take the address to listen on; port 0 takes any free one.

    Raises:
        CommandError: where it cannot be had, and why.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (socket.gaierror, UnicodeError) as error:
        raise CommandError(
            f"--host is {host!r}; expected an address of this computer ({error})"
        ) from error
    family, kind, protocol, _, address = found[0]
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        # Two programs may bind an address, but only one may listen on it.
        listener.listen()
    except OSError as error:
        listener.close()
        raise CommandError(_refusal(host, port, error)) from error
    return listener


def _refusal(host: str, port: int, error: OSError) -> str:
    where = f"{host}:{port}"
    if error.errno == errno.EADDRINUSE:
        return (
            f"{where}: found the port in use (端口已被占用); expected a free one; "
            "stop the other program or choose another port with --port"
        )
    if error.errno == errno.EACCES:
        return (
            f"{where}: found the port reserved; expected one from 1024 on; "
            "choose another port with --port"
        )
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{where}: found no such address; expected one of this computer; see --host"
    return f"{where}: cannot listen there ({error.strerror}); see --host and --port"
