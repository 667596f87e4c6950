"""``diff``: what one revision changed, row by row."""

import argparse

from dashboard.commands.common import add_setting, one_line, open_data, say, settings_from
from dashboard.commands.log import headline
from dashboard.commands.revising import add_revision, revision_in
from indicators.store.changes import Change, Row, key_of


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the flags."""
    add_revision(parser)
    add_setting(parser, "data", "DIR|URL")


def run(arguments: argparse.Namespace) -> int:
    """Print the changes of a revision."""
    store = open_data(settings_from(arguments))
    revision = revision_in(store.revisions(), arguments.revision)
    say(headline(revision))
    for change in revision.changes:
        say(one_line(described(change)))
    return 0


def described(change: Change) -> str:
    """Return a change as one line: sign, table, key, and each cell old → new."""
    before, after = change.before, change.after
    if before is None:
        row = after or {}
        return f"+ {_named(change, row)}: {_cells(row)}"
    if after is None:
        return f"- {_named(change, before)}: {_cells(before)}"
    different = [
        f"{column} {_shown(before[column])} → {_shown(after[column])}"
        for column in before
        if before[column] != after[column]
    ]
    return f"~ {_named(change, before)}: {', '.join(different)}"


def _named(change: Change, row: Row) -> str:
    return " ".join([change.table, *filter(None, key_of(change.table, row))])


def _cells(row: Row) -> str:
    return ", ".join(f"{column} {_shown(text)}" for column, text in row.items() if text)


def _shown(text: str) -> str:
    return text or "(空 empty)"
