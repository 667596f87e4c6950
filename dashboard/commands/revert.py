"""``revert``: a new revision that undoes an earlier one; nothing is erased."""

import argparse

from dashboard.boundary_sets import load_boundary_set
from dashboard.commands.common import add_setting, open_data, say, settings_from
from dashboard.commands.log import headline
from dashboard.commands.revising import add_author, add_revision, author_from, revision_in
from indicators.store.reverting import reversal
from indicators.store.revisions import Draft


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the flags."""
    add_revision(parser)
    add_setting(parser, "data", "DIR|URL")
    parser.add_argument("--message", metavar="TEXT", help="说明 Why it is undone")
    add_author(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the revision that undoes another."""
    settings = settings_from(arguments)
    store = open_data(settings)
    revisions = store.revisions()
    undone = revision_in(revisions, arguments.revision)
    draft = Draft(
        author=author_from(arguments),
        message=arguments.message or f"撤销修订 {undone.number} Revert revision {undone.number}",
        changes=reversal(revisions, undone.number),
        reverts=undone.number,
    )
    known = load_boundary_set(settings).adcodes
    say(headline(store.append(draft, len(revisions), known)))
    return 0
