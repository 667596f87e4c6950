"""``serve``: the web site in one process tree, refused where data or settings are unusable."""

import argparse
import errno
import logging
import os
import socket

from dashboard.app import create_app
from dashboard.bundle import load_bundle
from dashboard.commands.common import CommandError, add_setting, data_folder, settings_from
from dashboard.commands.server import AtlasServer
from dashboard.settings import Settings

FLAGS = {"host": "HOST", "port": "PORT", "data": "DIR", "workers": "N", "threads": "N"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the flags."""
    for name, metavar in FLAGS.items():
        add_setting(parser, name, metavar)


def run(arguments: argparse.Namespace) -> int:
    """Serve until told to stop."""
    settings = settings_from(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    if not hasattr(os, "fork"):
        raise CommandError("serve needs Linux or macOS; on Windows use WSL or a container")
    data_folder(settings)
    # Data first: whoever finds the port open finds a site behind it.
    app = create_app(settings, load_bundle(settings))
    with bound_socket(settings) as listener:
        return AtlasServer(app, settings, listener).serve()


def bound_socket(settings: Settings) -> socket.socket:
    """Take the address to listen on.

    Raises:
        CommandError: where it cannot be had, and why.
    """
    host, port = settings.host, int(settings.port)
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
