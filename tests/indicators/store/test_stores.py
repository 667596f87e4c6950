"""What every store promises, held against a folder and a database alike."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from indicators import schemas
from indicators.errors import DraftRefusedError, StoreChangedError, StoreError
from indicators.reading import HEADER_ROWS
from indicators.store.folder import FolderStore
from indicators.store.revisions import SourceFile, inverse
from indicators.store.stores import open_store
from indicators.tables import tables_from
from tests.builders import PROVINCE, table_row
from tests.stores import NOTES, VALUES, cell, change, draft, rows, values_of, write_folder

FIRST, SECOND = rows()[:2]
CHANGED = FIRST | {"value": "94.00"}
ADDED = cell(2021, "95.50")


def three_revisions(store):
    """Change a row, remove one and add two."""
    store.append(draft(change(FIRST, CHANGED)), 0)
    store.append(draft(change(SECOND, None), change(None, ADDED)), 1)
    return store.append(draft(change(None, cell(2022, "96"))), 2)


# ---------------------------------------------------------------- reading


def test_a_new_store_has_no_revision_and_no_fault(untouched):
    snapshot = untouched.read()

    assert (snapshot.revision, snapshot.faults, untouched.revisions()) == (0, (), ())


def test_every_cell_comes_back_as_it_was_written(untouched):
    frame = untouched.read().frames["observations.csv"]

    assert frame.to_dict("records") == rows()
    assert list(frame["value"])[: len(VALUES)] == list(VALUES)
    assert list(frame["note"])[-len(NOTES) :] == list(NOTES)


def test_rows_keep_their_spreadsheet_number(untouched):
    assert [
        index + HEADER_ROWS for index in untouched.read().frames["observations.csv"].index
    ] == list(range(2, 2 + len(rows())))


def test_both_stores_hold_the_same_at_every_revision(store, tmp_path):
    reference = FolderStore(write_folder(tmp_path / "reference"))
    three_revisions(reference)
    three_revisions(store)

    for number in range(4):
        ours, theirs = store.read(number), reference.read(number)
        assert list(ours.frames) == list(theirs.frames)
        for file, frame in ours.frames.items():
            assert frame.equals(theirs.frames[file]), (number, file)
            assert list(frame.dtypes) == list(theirs.frames[file].dtypes)
        assert ours.revision == theirs.revision == number
        assert ours.faults == theirs.faults == ()


def test_a_snapshot_becomes_records(untouched):
    tables = tables_from(untouched.read(), frozenset({PROVINCE, "110100"}))

    assert [item.value for item in tables.observations[: len(VALUES)]] == list(map(float, VALUES))


@pytest.mark.parametrize("number", [-1, 1, 99])
def test_a_revision_that_is_not_there_is_refused(untouched, number):
    with pytest.raises(StoreError, match=f"no revision {number}; expected one from 0 to 0"):
        untouched.read(number)


# ---------------------------------------------------------------- writing


def test_a_revision_says_what_who_when_and_why(store):
    before = datetime.now(UTC).replace(microsecond=0)
    version = store.read().version
    made = store.append(
        replace(draft(change(FIRST, CHANGED)), file=SourceFile("填报.xlsx", "ab" * 32)), 0
    )

    assert store.revisions() == (made,)
    assert (made.number, made.base, made.author, made.message) == (1, version, "李", "更正")
    assert made.changes == (change(FIRST, CHANGED),)
    assert made.file == SourceFile("填报.xlsx", "ab" * 32)
    assert made.reverts is None
    assert before <= made.time <= datetime.now(UTC) + timedelta(seconds=1)
    assert made.time.tzinfo is UTC


def test_changed_removed_and_new_rows_show_in_the_next_reading(store):
    three_revisions(store)
    values = values_of(store.read())

    assert values["2001"] == "94.00"
    assert "2002" not in values
    assert list(values)[-2:] == ["2021", "2022"]
    assert values["2021"] == "95.50"


def test_earlier_states_stay_readable(store):
    base = values_of(store.read())
    three_revisions(store)

    assert values_of(store.read(0)) == base
    assert values_of(store.read(1)) == base | {"2001": "94.00"}
    assert list(values_of(store.read(2)))[-1] == "2021"


def test_each_state_has_a_version_of_its_own(store):
    three_revisions(store)
    versions = [store.read(number).version for number in range(4)]

    assert len(set(versions)) == 4
    assert [revision.base for revision in store.revisions()] == versions[:3]
    assert store.read().version == versions[3]


def test_the_token_for_polling_changes_with_a_revision_and_with_nothing_else(store):
    token = store.newest()
    store.read()
    assert store.newest() == token

    store.append(draft(), 0)
    assert store.newest() != token


def test_two_rows_may_exchange_their_keys(store):
    left, right = cell(2001, "93.10"), cell(2001, "94.00", source_id="s1")
    store.append(draft(change(None, right)), 0)
    store.append(
        draft(change(left, left | {"value": "94.00", "note": "甲"}), change(right, left)), 1
    )

    notes = store.read().frames["observations.csv"][["value", "note"]].to_dict("records")
    assert {"value": "94.00", "note": "甲"} in notes
    assert {"value": "93.10", "note": "快报"} in notes


def test_undoing_the_changes_gives_the_same_rows(store):
    base = sorted(values_of(store.read()).items())
    made = three_revisions(store)
    for number, revision in zip((3, 4, 5), reversed(store.revisions()), strict=True):
        store.append(draft(*inverse(revision.changes)), number)

    assert made.number == 3
    assert sorted(values_of(store.read()).items()) == base


def test_every_table_can_change(store):
    frames = store.read().frames
    named = [table for table in schemas.TABLES if "name_en" in table.columns]
    old = {table.file: frames[table.file].to_dict("records")[0] for table in named}
    store.append(
        draft(
            *(
                change(row, row | {"name_en": "Renamed"}, file.removesuffix(".csv"))
                for file, row in old.items()
            )
        ),
        0,
    )

    after = store.read().frames
    assert [set(after[table.file]["name_en"]) for table in named] == [{"Renamed"}] * len(named)


def test_author_and_message_are_trimmed(store):
    made = store.append(draft(author="  李 \n 明 ", message="\n一\n二 \n"), 0)

    assert (made.author, made.message) == ("李 明", "一\n二")
    assert store.revisions() == (made,)


# ---------------------------------------------------------------- refusing


REFUSED = {
    "a row that is not there": (change(cell(1999, "1"), None), "no such row"),
    "a row that holds something else": (change(CHANGED, None), "no such row"),
    "a key that is there already": (change(None, FIRST), "each key once"),
    "a value out of bounds": (change(None, cell(2021, "101")), "0 to 100 for share"),
    "a bad cell": (change(None, cell(2021, "many")), "'many'"),
    "an unknown source": (change(None, cell(2021, "1", source_id="s9")), "an id of sources.csv"),
    "a source that is still named": (
        change(table_row(schemas.SOURCES), None, "sources"),
        "an id of sources.csv",
    ),
    "an unknown table": (change(None, FIRST, "weather"), "an unknown table"),
    "a missing column": (change(None, {"adcode": "110100"}), "the columns adcode"),
    "a row that stays as it is": (change(FIRST, FIRST), "a row that stays as it is"),
    "neither a row before nor after": (change(None, None), "a row that stays as it is"),
    "a character no database takes": (change(None, cell(2021, "1", note="a\0b")), r"'a\x00b'"),
    "half a character": (change(None, cell(2021, "1", note="a\ud800b")), r"'a\ud800b'"),
    "training data": (change(None, cell(2021, "1", note="演练数据 · 非真实")), "training"),
}


@pytest.mark.parametrize(("bad", "said"), REFUSED.values(), ids=REFUSED)
def test_a_draft_that_breaks_a_rule_is_refused_and_nothing_is_written(untouched, bad, said):
    before = untouched.newest()
    with pytest.raises(DraftRefusedError) as caught:
        untouched.append(draft(change(None, ADDED), bad), 0)

    assert said in str(caught.value)
    assert "nothing was written" in str(caught.value)
    assert (untouched.newest(), untouched.revisions()) == (before, ())
    assert values_of(untouched.read()) == {row["period"]: row["value"] for row in rows()}


def test_an_empty_draft_is_refused(untouched):
    with pytest.raises(DraftRefusedError, match="no change"):
        untouched.append(replace(draft(), changes=()), 0)


def test_a_draft_without_an_author_is_refused(untouched):
    with pytest.raises(DraftRefusedError, match="--author"):
        untouched.append(draft(author=" "), 0)


def test_codes_are_held_against_the_boundaries_where_they_are_known(store):
    known = frozenset({PROVINCE, "110100"})
    with pytest.raises(DraftRefusedError, match="a code of the boundaries"):
        store.append(draft(change(None, cell(2021, "1", adcode="999999"))), 0, known)

    assert store.append(draft(), 0, known).number == 1


def test_a_draft_made_on_an_older_state_is_refused(store):
    store.append(draft(), 0)
    with pytest.raises(StoreChangedError, match="found revision 1; expected revision 0"):
        store.append(draft(change(None, cell(2022, "96"))), 0)
    with pytest.raises(StoreChangedError):
        store.append(draft(change(None, cell(2022, "96"))), 2)

    assert len(store.revisions()) == 1


def test_of_two_writers_at_once_exactly_one_wins(store_address):
    start = threading.Barrier(2)
    outcomes = []

    def write(year):
        store = open_store(store_address)
        start.wait()
        try:
            outcomes.append(store.append(draft(change(None, cell(year, "1"))), 0).number)
        except StoreChangedError:
            outcomes.append("too late")

    threads = [threading.Thread(target=write, args=(year,)) for year in (2021, 2022)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(map(str, outcomes)) == ["1", "too late"]
    assert len(open_store(store_address).revisions()) == 1
    assert open_store(store_address).read().faults == ()
