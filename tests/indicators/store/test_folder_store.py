"""A folder of tables: what its history looks like, and what becomes of damage to it."""

import errno
import json
import os
import threading

import pytest

from indicators.errors import DraftRefusedError, StoreChangedError, StoreError, TablesInvalidError
from indicators.store import folder as folder_module
from indicators.store import history
from indicators.store.folder import FolderStore
from indicators.store.stores import open_store
from indicators.tables import load_tables
from tests.builders import rewrite
from tests.stores import cell, change, draft, rows, values_of

FIRST = rows()[0]
CHANGED = FIRST | {"value": "94.00"}


@pytest.fixture
def store(folder):
    return FolderStore(folder)


@pytest.fixture
def revised(store):
    """Return a store with two revisions."""
    store.append(draft(change(FIRST, CHANGED)), 0)
    store.append(draft(), 1)
    return store


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def only_fault(store):
    (fault,) = store.read().faults
    return fault


# ---------------------------------------------------------------- files


def test_a_revision_is_one_readable_file_with_a_line_for_each_change(store, folder):
    made = store.append(draft(change(FIRST, CHANGED), change(None, cell(2021, "1"))), 0)
    text = (folder / "history" / "000001.json").read_text(encoding="utf-8")

    assert [line for line in text.splitlines() if "before" in line] == [
        line for line in text.splitlines() if line.startswith('    {"table": "observations"')
    ]
    assert text.count('"table"') == 2
    assert "更正" in text
    loaded = json.loads(text)
    assert list(loaded) == [
        *("format", "number", "time", "author", "message", "file", "reverts", "base", "changes")
    ]
    assert loaded["changes"][0] == {"table": "observations", "before": FIRST, "after": CHANGED}
    assert loaded["base"] == made.base


def test_base_tables_are_never_touched(store, folder):
    before = contents(folder)
    store.append(draft(), 0)
    after = contents(folder)

    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {"000001.json"}


def test_the_version_without_a_revision_is_that_of_the_files(store, folder):
    before = store.read().version
    rewrite(folder / "sources.csv", lambda text: text.replace(b"\r\n", b"\n"))

    assert store.read().version != before


def test_columns_in_another_order_are_the_same_tables(store, folder):
    expected = store.read().frames["sources.csv"]
    lines = (folder / "sources.csv").read_text(encoding="utf-8").splitlines()
    turned = "\n".join(",".join(reversed(line.split(","))) for line in lines)
    (folder / "sources.csv").write_text(turned, encoding="utf-8")

    assert store.read().frames["sources.csv"].equals(expected)


def test_tables_load_with_their_changes(revised):
    values = {str(item.period): item.value for item in load_tables(revised.folder).observations}

    assert (values["2001"], values["2021"]) == (94.0, 95.5)


def test_a_draft_may_mend_a_bad_cell_of_the_base(store, folder):
    rewrite(folder / "observations.csv", lambda text: text.replace(b"93.10", b"many"))
    assert only_fault(store).found == "'many'"

    store.append(draft(change(FIRST | {"value": "many"}, FIRST)), 0)
    assert store.read().faults == ()


def test_other_files_in_the_history_are_passed_over(revised):
    before = revised.newest()
    for name in ("README.md", "000000.json", "000003.json~", ".000003-0.tmp", "3.json"):
        (revised.folder / "history" / name).write_text("{", encoding="utf-8")

    assert revised.read().revision == 2
    assert revised.newest() == before


def test_the_token_changes_when_a_table_is_edited(store, folder):
    before = store.newest()
    rewrite(folder / "sources.csv", lambda text: text + b"\r\n")
    assert store.newest() != before

    (folder / "tasks.csv").unlink()
    assert store.newest() != before


# ---------------------------------------------------------------- damage


DAMAGE = {
    "an empty file": (lambda text: b"", "not JSON or breaks off"),
    "a truncated file": (lambda text: text[: len(text) // 2], "not JSON or breaks off"),
    "another encoding": (lambda text: text.decode().encode("gb18030"), "not UTF-8"),
    "a merge conflict": (lambda text: b"<<<<<<< HEAD\n" + text, "not JSON or breaks off"),
    "a list": (lambda text: b"[]", "a JSON list"),
    "lists without end": (lambda text: b"[" * 100_000, "lists within lists"),
    "a newer format": (lambda text: text.replace(b'"format": 1', b'"format": 2'), "format 2"),
    "another number": (lambda text: text.replace(b'"number": 1', b'"number": 7'), "number 7"),
    "no author": (lambda text: text.replace(b'"author"', b'"writer"'), "the fields format"),
    "a number for a name": (lambda text: text.replace('"李"'.encode(), b"3"), "author 3"),
    "true for a number": (lambda text: text.replace(b'"number": 1', b'"number": true'), "True"),
    "no time": (lambda text: text.replace(b"T", b" ", 1), "time "),
    "a change without a table": (lambda text: text.replace(b'"table"', b'"sheet"'), "sheet"),
    "a number for a text": (lambda text: text.replace(b'"93.10"', b"93.10"), "93.1"),
    "an unknown table": (
        lambda text: text.replace(b'"table": "observations"', b'"table": "weather"'),
        "an unknown table",
    ),
    "a missing column": (lambda text: text.replace(b'"quality"', b'"worth"'), "worth"),
}


@pytest.mark.parametrize(("damage", "found"), DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_revision_is_named_with_what_was_found(revised, damage, found):
    rewrite(revised.folder / "history" / "000001.json", damage)
    fault = only_fault(revised)

    assert fault.file == "history/000001.json"
    assert found in fault.found
    assert fault.expected
    assert fault.remedy
    with pytest.raises(TablesInvalidError):
        load_tables(revised.folder)
    with pytest.raises((TablesInvalidError, DraftRefusedError)):
        revised.append(draft(change(None, cell(2022, "1"))), 2)


def test_a_damaged_change_is_named_by_its_number(store):
    store.append(draft(change(FIRST, CHANGED), change(None, cell(2021, "1"))), 0)
    path = store.folder / "history" / "000001.json"
    rewrite(path, lambda text: text.replace(b'"before": null', b'"before": "none"'))

    assert only_fault(store).row == 2


def test_a_missing_number_is_named(revised):
    (revised.folder / "history" / "000001.json").unlink()
    fault = only_fault(revised)

    assert (fault.file, fault.found) == ("history/000001.json", "no such file")
    assert "from 1 to 2" in fault.expected


def test_every_damaged_revision_is_named_at_once(revised):
    for path in (revised.folder / "history").iterdir():
        path.write_bytes(b"")

    assert [fault.file for fault in revised.read().faults] == [
        "history/000001.json",
        "history/000002.json",
    ]


def test_a_hand_edit_that_a_revision_builds_on_is_named(revised):
    rewrite(revised.folder / "observations.csv", lambda text: text.replace(b"93.10", b"93.2"))
    fault = only_fault(revised)

    assert (fault.file, fault.row, fault.column) == ("history/000001.json", 1, "observations")
    assert "93.10" in fault.expected
    assert "hand" in fault.remedy


def test_a_hand_edit_of_another_row_is_none_of_the_historys_business(revised):
    rewrite(revised.folder / "observations.csv", lambda text: text.replace(b"2003,+5", b"2003,+6"))

    assert revised.read().faults == ()
    assert values_of(revised.read())["2003"] == "+6"


def test_a_table_that_is_missing_is_the_only_fault(revised):
    (revised.folder / "observations.csv").unlink()

    assert only_fault(revised).found == "no such file"
    with pytest.raises(TablesInvalidError):
        revised.append(draft(change(None, cell(2022, "1"))), 2)


# ---------------------------------------------------------------- writing under difficulties


@pytest.mark.parametrize(
    "number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EIO]
)
@pytest.mark.parametrize("step", ["fsync", "link", "open"])
def test_a_disk_that_does_not_take_it_leaves_the_store_as_before(
    revised, monkeypatch, number, step
):
    before = contents(revised.folder)

    def refuse(*arguments, **named):
        raise OSError(number, os.strerror(number))

    if step == "open":
        monkeypatch.setattr(history, "write_flushed", refuse)
    else:
        monkeypatch.setattr(history.os, step, refuse)
    with pytest.raises(StoreError, match=r"000003\.json.*nothing was written") as caught:
        revised.append(draft(change(None, cell(2022, "1"))), 2)
    monkeypatch.undo()

    assert contents(revised.folder) == before
    assert revised.read().revision == 2
    assert ("磁盘已满" in str(caught.value)) == (number == errno.ENOSPC)


def test_a_half_written_file_of_a_full_disk_is_removed(revised, monkeypatch):
    before = contents(revised.folder)
    write = history.write_flushed

    def half(path, content):
        write(path, content[:40])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(history, "write_flushed", half)
    with pytest.raises(StoreError, match="the disk is full"):
        revised.append(draft(change(None, cell(2022, "1"))), 2)

    assert contents(revised.folder) == before


def test_a_revision_that_is_written_counts_even_if_tidying_up_fails(revised, monkeypatch):
    def refuse(*arguments):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(history, "_remove_leftovers", refuse)
    monkeypatch.setattr(history, "flush_folder", refuse)

    assert revised.append(draft(change(None, cell(2022, "1"))), 2).number == 3
    assert revised.read().revision == 3


def test_leftovers_of_killed_processes_go_with_the_next_revision(revised):
    folder = revised.folder / "history"
    old, ahead = folder / f".000002-{'0' * 32}.tmp", folder / f".000009-{'1' * 32}.tmp"
    for path in (old, ahead):
        path.write_text("{", encoding="utf-8")
    assert revised.read().revision == 2

    revised.append(draft(change(None, cell(2022, "1"))), 2)
    assert not old.exists()
    assert ahead.exists()


def test_writers_that_have_read_the_same_state_cannot_both_win(store, monkeypatch):
    ready = threading.Barrier(3)
    write = folder_module.write_revision

    def write_together(*arguments):
        ready.wait()
        write(*arguments)

    monkeypatch.setattr(folder_module, "write_revision", write_together)
    outcomes = []

    def append(year):
        try:
            outcomes.append(str(store.append(draft(change(None, cell(year, "1"))), 0).number))
        except StoreChangedError:
            outcomes.append("too late")

    threads = [threading.Thread(target=append, args=(2021 + n,)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["1", "too late", "too late"]
    assert sorted(path.name for path in (store.folder / "history").iterdir()) == ["000001.json"]


# ---------------------------------------------------------------- opening


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("none", "found no such folder; expected a folder with indicators.csv"),
        ("tables/plans.csv", "found a file; expected a folder"),
        ("mysql://user:secret@host/db", "begins with mysql://"),
        ("postgres://user:secret@host/db", "begins with postgres://"),
        ("postgresql:/user:secret@host/db", "begins with postgresql:/;"),
        ("PostgreSQL://user:secret@host/db", "begins with PostgreSQL://;"),
    ],
)
def test_an_address_that_leads_nowhere_says_what_to_do(folder, monkeypatch, address, said):
    monkeypatch.chdir(folder.parent)
    with pytest.raises(StoreError) as caught:
        open_store(address)

    assert said in str(caught.value)
    assert "secret" not in str(caught.value)
