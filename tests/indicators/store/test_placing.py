"""Where changes fall, and that taking them back leaves no trace."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.errors import TablesInvalidError
from indicators.schemas import SOURCES
from indicators.store.changes import Change, inverse
from indicators.store.placing import ChangeError, WorkingTables
from indicators.store.revisions import Draft, applied, revision_from
from indicators.store.snapshots import next_version
from tests.builders import table_frame, table_frames, table_row

IDS = [f"s{number}" for number in range(6)]


def source(source_id, title="标题"):
    return table_row(SOURCES, source_id=source_id, title=title)


def frames_of(*ids):
    return table_frames(sources=table_frame(SOURCES, *map(source, ids)))


def sources_in(frames):
    frame = frames[SOURCES.file]
    return dict(zip(frame.index, frame["source_id"], strict=True))


def change(before, after):
    return Change("sources", before, after)


@st.composite
def histories(draw):
    """Draw revisions that fit tables which begin with three sources."""
    rows = {name: source(name) for name in IDS[:3]}
    revisions = []
    for _ in range(draw(st.integers(1, 4))):
        changes = []
        for name in draw(st.lists(st.sampled_from(IDS), unique=True, min_size=1, max_size=4)):
            before = rows.get(name)
            after = draw(st.none() | st.sampled_from(["一", "二", "三"]))
            after = None if after is None else source(name, after)
            if before != after:
                changes.append(change(before, after))
                rows = {key: row for key, row in rows.items() if key != name}
                rows |= {} if after is None else {name: after}
        revisions.append(tuple(changes))
    return revisions, rows


@given(histories())
def test_changes_lead_where_they_say(history):
    revisions, expected = history
    working = WorkingTables(frames_of(*IDS[:3]))
    for changes in revisions:
        working.apply(changes)
    rows = working.frames()[SOURCES.file].to_dict("records")

    assert sorted(row["source_id"] for row in rows) == sorted(expected)
    assert all(row == expected[row["source_id"]] for row in rows)


@given(histories())
def test_undoing_restores_rows_and_places(history):
    revisions, _ = history
    start = frames_of(*IDS[:3])
    working = WorkingTables(start)
    placed = [working.apply(changes) for changes in revisions]
    for items in reversed(placed):
        working.undo(items)

    assert working.frames()[SOURCES.file].equals(start[SOURCES.file])


@given(histories())
def test_the_inverse_restores_the_rows(history):
    revisions, _ = history
    start = frames_of(*IDS[:3])
    working = WorkingTables(start)
    for changes in revisions:
        working.apply(changes)
    for changes in reversed(revisions):
        working.apply(inverse(changes))

    restored = working.frames()[SOURCES.file].to_dict("records")
    assert sorted(restored, key=str) == sorted(start[SOURCES.file].to_dict("records"), key=str)


def test_a_changed_row_keeps_its_place_and_a_new_one_goes_to_the_end():
    working = WorkingTables(frames_of("s0", "s1", "s2"))
    placed = working.apply(
        [
            change(source("s0"), None),
            change(source("s1"), source("s1", "新")),
            change(None, source("s5")),
        ]
    )

    assert [item.position for item in placed] == [0, 1, 3]
    assert sources_in(working.frames()) == {1: "s1", 2: "s2", 3: "s5"}


def test_the_last_place_is_taken_again_once_it_is_free():
    working = WorkingTables(frames_of("s0", "s1"))
    working.apply([change(source("s1"), None)])

    assert working.apply([change(None, source("s2"))])[0].position == 1


def test_tables_without_a_change_are_handed_on():
    start = frames_of("s0")
    working = WorkingTables(start)
    working.apply([change(source("s0"), None)])
    after = working.frames()

    assert all(after[file] is start[file] for file in start if file != SOURCES.file)
    assert after[SOURCES.file].empty
    assert list(after[SOURCES.file].columns) == list(SOURCES.columns)


def test_what_was_given_stays_as_it_is():
    start = frames_of("s0")
    copy = start[SOURCES.file].copy()
    WorkingTables(start).apply([change(source("s0"), source("s0", "新"))])

    assert start[SOURCES.file].equals(copy)


def test_undoing_what_is_not_there_any_more_is_refused():
    working = WorkingTables(frames_of("s0"))
    placed = working.apply([change(source("s0"), source("s0", "新"))])
    working.apply([change(source("s0", "新"), source("s0", "又新"))])

    with pytest.raises(ChangeError) as caught:
        working.undo(placed)
    assert "又新" in caught.value.found


def test_a_revision_that_does_not_fit_is_a_fault_with_its_file_and_line(now):
    draft = Draft("李", "", (change(None, source("s1")), change(source("s9"), None)))
    revision = revision_from(draft, 12, now, "")
    with pytest.raises(TablesInvalidError) as caught:
        applied(frames_of("s0"), [revision])

    (fault,) = caught.value.faults
    assert (fault.file, fault.row, fault.column) == ("history/000012.json", 2, "sources")
    assert fault.found == "no such row"
    assert "s9" in fault.expected


def test_a_row_that_was_changed_by_hand_is_shown(now):
    draft = Draft("李", "", (change(source("s0", "旧"), None),))
    with pytest.raises(TablesInvalidError) as caught:
        applied(frames_of("s0"), [revision_from(draft, 1, now, "")])

    (fault,) = caught.value.faults
    assert "标题" in fault.found
    assert "旧" in fault.expected


def test_versions_depend_on_what_came_before():
    assert next_version("a", "x") != next_version("b", "x")
    assert next_version("a", "x") != next_version("a", "y")
    assert len(next_version("a", "x")) == 12
