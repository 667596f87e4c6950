"""The command line ``quality-atlas``."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn, Protocol, cast

COMMANDS = {
    "serve": "启动网站 Start the web site",
    "check": "检查数据表与边界 Check the data tables and the boundaries",
    "log": "列出数据的历次修订 List the revisions of the data",
    "diff": "显示一次修订改了什么 Show what a revision changed",
    "revert": "撤销一次修订 Undo a revision with a new one",
    "copy": "把数据连同历史复制到另一处 Copy the data with their history to another place",
    "template": "生成填报表 Make a workbook to fill in",
    "import": "导入填好的文件 Import a filled-in file",
    "benchmark": "测量换一期数据的代价 Measure what one change of period costs",
}

# A command whose name cannot be that of a module.
_MODULES = {"import": "import_file"}


class Command(Protocol):
    """What a module of ``dashboard.commands`` offers."""

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Add the flags of the command."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do the work and return the exit code."""


class _Parser(argparse.ArgumentParser):
    """A parser for which a wrong call is a fault like any other: exit code 1."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(1, f"{self.prog}: {message}; see {self.prog} --help\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 1 after saying on stderr what is wrong."""
    given = list(sys.argv[1:] if argv is None else argv)
    _accept_any_terminal()
    try:
        return _run(given)
    except SystemExit as stop:
        if stop.code not in (0, None, 1):
            raise
        return 1 if stop.code else 0
    except KeyboardInterrupt:
        return 1
    except BrokenPipeError:
        # The reader has gone; nothing more can be said, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _run(given: list[str]) -> int:
    name = next((word for word in given if not word.startswith("-")), "")
    parser = _Parser(prog="quality-atlas", description="质量图谱 Quality Atlas")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for known, summary in COMMANDS.items():
        own = commands.add_parser(known, help=summary, description=summary)
        # Only the chosen command is imported: the libraries behind them take seconds to load.
        if known == name:
            module = f"dashboard.commands.{_MODULES.get(name, name)}"
            command = cast("Command", importlib.import_module(module))
            command.configure(own)
            own.set_defaults(command=command)
    arguments = parser.parse_args(given)
    return _reported(arguments.command, arguments)


def _reported(command: Command, arguments: argparse.Namespace) -> int:
    """Run a command; a foreseeable fault becomes its message."""
    # Not before now, for the same reason.
    from dashboard.commands.common import CommandError, complain
    from dashboard.settings import SettingsError
    from geodata.errors import GeoDataError
    from indicators.errors import IndicatorDataError

    try:
        return command.run(arguments)
    except BrokenPipeError:
        raise
    except (CommandError, SettingsError, GeoDataError, IndicatorDataError) as error:
        complain(str(error))
    except OSError as error:
        complain(f"{error.filename or 'system'}: {error.strerror or error}")
    return 1


def _accept_any_terminal() -> None:
    """Write what a terminal's encoding lacks as question marks instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    sys.exit(main())
