"""What the commands share that look at revisions or make one."""

import argparse
import getpass
from collections.abc import Sequence

from dashboard.commands.common import CommandError
from indicators.store.revisions import Revision


def add_revision(parser: argparse.ArgumentParser) -> None:
    """Add the argument that names a revision."""
    parser.add_argument(
        "revision", metavar="REV", help="修订号,见 log Number of the revision, as `log` lists it"
    )


def revision_in(revisions: Sequence[Revision], text: str) -> Revision:
    """Return the revision a number names.

    Raises:
        CommandError: where there is none.
    """
    digits = text.removeprefix("#")
    is_number = digits.isascii() and digits.isdigit() and len(digits) < 10
    if is_number and 1 <= int(digits) <= len(revisions):
        return revisions[int(digits) - 1]
    expected = (
        f"a number from 1 to {len(revisions)}" if revisions else "none, for there is none yet"
    )
    raise CommandError(
        f"REV: 没有这个修订 found {text!r}; expected {expected}; see `quality-atlas log`"
    )


def add_author(parser: argparse.ArgumentParser) -> None:
    """Add the flag that names who makes a change."""
    parser.add_argument(
        "--author", metavar="NAME", help="修改人,默认为登录名 Who makes the change (login name)"
    )


def author_from(arguments: argparse.Namespace) -> str:
    """Return who makes a change: the flag, or whoever is logged in.

    Raises:
        CommandError: where neither is known.
    """
    if arguments.author:
        return str(arguments.author)
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise CommandError("found no login name; expected an author; name one: --author") from None
