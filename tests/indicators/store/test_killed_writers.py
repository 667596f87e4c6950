"""A process that is killed while it writes leaves the store as it was."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from indicators.store.stores import open_store
from tests.stores import cell, change, draft, rows, values_of

ROOT = Path(__file__).parents[3]
PROGRAM = """
import os, signal, sys
from indicators.store import history, stores
from tests.stores import draft

def die(*arguments, **named):
    os.kill(os.getpid(), signal.SIGKILL)

store = stores.open_store(sys.argv[1])
module, name = sys.argv[2].rsplit(".", 1)
setattr(sys.modules[module], name, die)
store.append(draft(), 0)
"""
FOLDER_POINTS = ["os.fsync", "os.link"]
DATABASE_POINTS = ["indicators.store.postgres.change_row", "indicators.store.postgres.notify"]


def killed_at(point, address):
    """Append in a process of its own that kills itself at a point."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, address, point],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


def assert_as_before(store):
    assert store.revisions() == ()
    assert store.read().faults == ()
    assert values_of(store.read()) == {row["period"]: row["value"] for row in rows()}


def assert_usable(store):
    store.append(draft(change(None, cell(2023, "1"))), 0)
    assert store.read().revision == 1


@pytest.mark.parametrize("point", FOLDER_POINTS)
def test_a_folder_is_as_before_and_clean_after_the_next_revision(folder, point):
    store = open_store(str(folder))
    # The first thing that is made sure of is otherwise this folder itself.
    (folder / "history").mkdir()
    killed_at(point, str(folder))

    leftovers = [path.name for path in (folder / "history").iterdir()]
    assert len(leftovers) == 1
    assert leftovers[0].endswith(".tmp")
    assert_as_before(store)
    assert_usable(store)
    assert [path.name for path in (folder / "history").iterdir()] == ["000001.json"]


def test_a_folder_keeps_a_revision_that_was_whole_before_the_end(folder):
    killed_at("indicators.store.history._remove_leftovers", str(folder))

    assert open_store(str(folder)).read().revision == 1


@pytest.mark.parametrize("point", DATABASE_POINTS)
def test_a_database_is_as_before(address, point):
    store = open_store(address)
    killed_at(point, address)

    assert_as_before(store)
    assert_usable(store)
