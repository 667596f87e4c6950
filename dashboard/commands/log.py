"""``log``: every revision of the data, the newest first."""

import argparse
from collections.abc import Iterable

from dashboard.commands.common import add_setting, one_line, open_data, say, settings_from
from indicators.store.revision_files import time_text
from indicators.store.revisions import Change, Revision


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the flags."""
    add_setting(parser, "data", "DIR|URL")


def run(arguments: argparse.Namespace) -> int:
    """List the revisions."""
    store = open_data(settings_from(arguments))
    revisions = store.revisions()
    for revision in reversed(revisions):
        say(headline(revision))
    if not revisions:
        say(f"尚无修订 no revision yet: {store.address}")
    return 0


def headline(revision: Revision) -> str:
    """Return number, time, author, counts, file and message of a revision as one line."""
    parts = [
        f"#{revision.number}",
        time_text(revision.time),
        revision.author,
        counts(revision.changes),
    ]
    if revision.file is not None:
        parts.append(f"文件 file {revision.file.name} ({revision.file.sha256[:12]})")
    if revision.reverts is not None:
        parts.append(f"撤销 reverts #{revision.reverts}")
    return one_line(" · ".join([*parts, revision.message]))


def counts(changes: Iterable[Change]) -> str:
    """Return how many rows are new, changed and removed."""
    kinds = [(change.before is None, change.after is None) for change in changes]
    new, gone = kinds.count((True, False)), kinds.count((False, True))
    return f"新增 new {new}, 改动 changed {kinds.count((False, False))}, 删除 removed {gone}"
