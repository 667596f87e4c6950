"""Which revisions can be undone."""

import pytest

from indicators.store.changes import inverse
from indicators.store.reverting import RevertRefusedError, reversal
from indicators.store.revisions import revision_from
from tests.stores import cell, change, draft

OLD, NEW, NEWER = cell(2020, "1"), cell(2020, "2"), cell(2020, "3")
OTHER = cell(2021, "1")


@pytest.fixture
def history(now):
    """Return what makes revisions of lists of changes."""

    def revisions(*lists):
        return [
            revision_from(draft(*changes), number, now, "")
            for number, changes in enumerate(lists, start=1)
        ]

    return revisions


def test_the_newest_revision_can_be_undone(history):
    changes = (change(OLD, NEW), change(None, OTHER))

    assert reversal(history(changes), 1) == inverse(changes)


def test_an_older_one_can_be_undone_if_others_changed_other_rows(history):
    assert reversal(history([change(OLD, NEW)], [change(None, OTHER)]), 1) == (change(NEW, OLD),)


def test_a_row_that_was_changed_again_stands_in_the_way(history):
    with pytest.raises(RevertRefusedError) as caught:
        reversal(history([change(OLD, NEW), change(None, OTHER)], [change(NEW, NEWER)]), 1)

    (conflict,) = caught.value.conflicts
    assert (conflict.table, conflict.revisions) == ("observations", (2,))
    assert "110100 share 2020" in str(caught.value)
    assert "2021" not in str(caught.value)


def test_every_row_and_every_later_revision_is_named(history):
    with pytest.raises(RevertRefusedError) as caught:
        reversal(
            history(
                [change(OLD, NEW), change(None, OTHER)],
                [change(NEW, NEWER)],
                [change(NEWER, None), change(OTHER, None)],
            ),
            1,
        )

    assert [conflict.revisions for conflict in caught.value.conflicts] == [(2, 3), (3,)]


def test_a_removed_row_that_was_added_anew_stands_in_the_way(history):
    with pytest.raises(RevertRefusedError):
        reversal(history([change(OLD, None)], [change(None, OLD | {"note": "新"})]), 1)


def test_undoing_can_be_undone(history):
    there = [change(OLD, NEW)]
    back = list(inverse(there))

    assert reversal(history(there, back), 2) == tuple(there)


def test_a_revision_that_was_undone_and_redone_can_be_undone_again(history):
    there = [change(OLD, NEW)]
    back = list(inverse(there))

    assert reversal(history(there, back, there), 1) == tuple(back)


def test_a_revision_that_is_undone_already_cannot_be_undone_again(history):
    there = [change(OLD, NEW)]
    with pytest.raises(RevertRefusedError):
        reversal(history(there, list(inverse(there))), 1)
