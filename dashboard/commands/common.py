"""What the commands share: settings from flags, output, and errors an operator can act on."""

import argparse
import os
import sys
from collections.abc import Mapping
from dataclasses import fields

from dashboard.settings import PREFIX, Settings, SettingsError
from indicators.store.stores import Store, open_store


class CommandError(Exception):
    """A command cannot do what it was asked to; the message says why and what to do."""


def say(line: str) -> None:
    """Write one line of a command's result, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def complain(line: str) -> None:
    """Write one line about a fault."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def add_setting(parser: argparse.ArgumentParser, name: str, metavar: str) -> None:
    """Add a flag that stands for a setting and wins over its environment variable."""
    item = next(field for field in fields(Settings) if field.name == name)
    described = f"{item.metadata['help_zh']} {item.metadata['help_en']}"
    default = str(item.default).replace("%", "%%")
    parser.add_argument(
        f"--{name}",
        metavar=metavar,
        help=f"{described} ({PREFIX}{name.upper()}; {default})",
    )


def settings_from(
    arguments: argparse.Namespace, environ: Mapping[str, str] | None = None
) -> Settings:
    """Read the settings from the environment, with the flags that were given over them.

    Raises:
        SettingsError: naming the flag or the variable, what it holds and what was expected.
    """
    given = {
        PREFIX + item.name.upper(): (item.name, str(value))
        for item in fields(Settings)
        if (value := getattr(arguments, item.name, None)) is not None
    }
    flags = {variable: value for variable, (_, value) in given.items()}
    try:
        return Settings.from_env({**(os.environ if environ is None else environ), **flags})
    except SettingsError as error:
        message = str(error)
        for variable, (name, _) in given.items():
            message = message.replace(f"{variable} is", f"--{name} is")
        raise SettingsError(message) from None


def open_data(settings: Settings) -> Store:
    """Return the store of the tables.

    Raises:
        StoreError: where it is not there; a dozen missing tables would say the same less clearly.
    """
    return open_store(settings.data)


def require_fork() -> None:
    """Refuse a system gunicorn does not run on.

    Raises:
        CommandError: naming what to use instead.
    """
    if not hasattr(os, "fork"):
        raise CommandError("this needs Linux or macOS; on Windows use WSL or a container")


def one_line(text: object) -> str:
    """Return a message as one line, whatever a cell or a library put into it."""
    return " ".join(str(text).split())
