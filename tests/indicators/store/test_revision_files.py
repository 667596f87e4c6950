"""A revision written as a file and read again is the same revision, whatever its texts hold."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.errors import TablesInvalidError
from indicators.schemas import SOURCES
from indicators.store.revision_files import parse_revision, revision_text
from indicators.store.revisions import Change, Revision, SourceFile, inverse

TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)
ROWS = st.fixed_dictionaries(dict.fromkeys(SOURCES.columns, TEXTS))
CHANGES = st.builds(Change, st.just("sources"), st.none() | ROWS, st.none() | ROWS)
REVISIONS = st.builds(
    Revision,
    number=st.integers(1, 999_999),
    time=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001 - set below
        lambda time: time.replace(microsecond=0, tzinfo=UTC)
    ),
    base=TEXTS,
    author=TEXTS,
    message=TEXTS,
    changes=st.lists(CHANGES, max_size=4).map(tuple),
    file=st.none() | st.builds(SourceFile, TEXTS, TEXTS),
    reverts=st.none() | st.integers(1, 99),
)


@given(REVISIONS)
def test_a_revision_survives_its_file(revision):
    text = revision_text(revision)
    again = parse_revision(text.encode(), revision.number)

    assert again == revision
    assert revision_text(again) == text


@given(REVISIONS)
def test_the_file_is_json_with_one_line_for_each_change(revision):
    text = revision_text(revision)

    assert len(json.loads(text)["changes"]) == len(revision.changes)
    assert sum(line.startswith('    {"table": ') for line in text.split("\n")) == len(
        revision.changes
    )
    assert text.endswith("}\n")


@given(REVISIONS)
def test_the_order_of_a_rows_columns_does_not_matter(revision):
    turned = Revision(
        revision.number,
        revision.time,
        revision.base,
        revision.author,
        revision.message,
        tuple(
            Change(
                change.table,
                change.before and dict(reversed(change.before.items())),
                change.after and dict(reversed(change.after.items())),
            )
            for change in revision.changes
        ),
        revision.file,
        revision.reverts,
    )
    assert revision_text(turned) == revision_text(revision)


@given(st.lists(CHANGES, max_size=5))
def test_the_inverse_of_the_inverse_is_the_beginning(changes):
    assert inverse(inverse(changes)) == tuple(changes)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b'{"number": ' + b"9" * 5000 + b"}", "thousands of digits"),
        (rb'{"author": "\ud800"}', "half a character"),
    ],
)
def test_what_no_text_can_hold_is_a_fault_of_the_file(content, found):
    with pytest.raises(TablesInvalidError, match=found):
        parse_revision(content, 1)
