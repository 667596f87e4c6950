"""Copying a folder: the same bytes, all or nothing."""

import errno
import os

import pytest

from indicators.errors import StoreError, TablesInvalidError
from indicators.store import contents, history
from indicators.store.contents import new_folder, read_folder, write_contents
from indicators.store.postgres_connection import database_at
from indicators.store.postgres_setup import read_contents
from indicators.store.stores import open_store
from tests.builders import rewrite
from tests.stores import cell, change, copy_to_database, draft, rows

FIRST = rows()[0]
# All of these are the same tables to whoever reads them.
WRITTEN = {
    "breaks.csv": lambda text: b"\xef\xbb\xbf" + text,
    "departments.csv": lambda text: text.replace(b"\r\n", b"\n"),
    "observations.csv": lambda text: text.replace(b"\r\n", b"\r\n\r\n"),
    "plans.csv": lambda text: text.rstrip(b"\r\n"),
    "sources.csv": lambda text: text.replace(b"s1", b'"s1"'),
}


@pytest.fixture
def revised(folder):
    """Return a folder with two revisions."""
    store = open_store(str(folder))
    store.append(draft(change(FIRST, None)), 0)
    store.append(draft(change(None, cell(2021, "95.50"))), 1)
    return folder


def files(folder):
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def copy(source, target):
    with new_folder(target) as folder:
        write_contents(folder, read_folder(source))


def test_a_copy_holds_the_same_bytes(revised, tmp_path):
    copy(revised, tmp_path / "copy")

    assert files(tmp_path / "copy") == files(revised)
    assert open_store(str(tmp_path / "copy")).read().version == (
        open_store(str(revised)).read().version
    )


def test_by_way_of_a_database_too_however_the_files_are_written(revised, tmp_path, postgresql):
    for file, written in WRITTEN.items():
        rewrite(revised / file, written)
    address = postgresql.address(postgresql.new_database())
    database = database_at(address)
    copy_to_database(revised, address)
    with new_folder(tmp_path / "copy") as folder, database.reading() as connection:
        write_contents(folder, read_contents(database, connection))
    reference, snapshot = open_store(str(revised)).read(), open_store(address).read()

    assert files(tmp_path / "copy") == files(revised)
    assert snapshot.version == reference.version
    assert all(frame.equals(snapshot.frames[file]) for file, frame in reference.frames.items())


def test_an_empty_folder_may_be_the_target(revised, tmp_path):
    (tmp_path / "copy").mkdir()
    copy(revised, tmp_path / "copy")

    assert files(tmp_path / "copy") == files(revised)


def test_folders_above_the_target_are_made(revised, tmp_path):
    copy(revised, tmp_path / "a" / "b" / "copy")

    assert files(tmp_path / "a" / "b" / "copy") == files(revised)


def test_a_target_that_holds_something_is_left_alone(revised, tmp_path):
    target = tmp_path / "copy"
    target.mkdir()
    (target / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="found a folder that is not empty"):
        copy(revised, target)

    assert files(target) == {"notes.txt": b"mine"}


def test_a_file_is_no_target(revised, tmp_path):
    with pytest.raises(StoreError, match="found a file"):
        copy(revised, revised / "plans.csv")


def test_a_full_disk_leaves_nothing_behind(revised, tmp_path, monkeypatch):
    write = history.write_flushed

    def fill_up(path, content):
        if path.suffix == ".json":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(path, content)

    monkeypatch.setattr(contents, "write_flushed", fill_up)
    target = tmp_path / "new" / "copy"
    with pytest.raises(StoreError, match="the disk is full"):
        copy(revised, target)

    assert list(target.parent.iterdir()) == []


def test_an_error_in_between_leaves_nothing_behind(revised, tmp_path):
    (revised / "history" / "000001.json").unlink()
    target = tmp_path / "new" / "copy"
    with pytest.raises(TablesInvalidError):
        copy(revised, target)

    assert list(target.parent.iterdir()) == []


def test_faulty_tables_are_no_contents(revised):
    rewrite(revised / "observations.csv", lambda text: text.replace(b"+5", b"many"))
    with pytest.raises(TablesInvalidError, match="many"):
        read_folder(revised).current()

    (revised / "plans.csv").unlink()
    with pytest.raises(TablesInvalidError, match=r"plans\.csv"):
        read_folder(revised).base()


def test_a_damaged_history_is_not_copied(revised):
    (revised / "history" / "000001.json").unlink()
    with pytest.raises(TablesInvalidError, match=r"history/000001\.json"):
        read_folder(revised)
