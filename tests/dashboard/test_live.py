"""Newer data take the place of the old ones whole, or not at all."""

import threading
from dataclasses import replace

import pytest
from flask import Flask

from dashboard.live import LiveData, Watcher
from dashboard.memo import kept_in_memory
from indicators.errors import Fault, StoreError, TablesInvalidError

FAULT = Fault("observations.csv", 2, "value", "'12O'", "a number", "correct it")


class Bundle:
    """Stands for data of one version."""

    def __init__(self, version):
        self.version = version


class Source:
    """Data whose versions a test sets."""

    def __init__(self):
        self.version, self.error, self.loads = "1", None, 0
        self.live = LiveData(self.bundle(), self.load, self.token, "1")

    def bundle(self):
        return Bundle(self.version)

    def load(self):
        self.loads += 1
        if self.error:
            raise self.error
        return self.bundle()

    def token(self):
        if isinstance(self.error, StoreError):
            raise self.error
        return self.version


@pytest.fixture
def source():
    return Source()


def test_nothing_is_loaded_while_nothing_changes(source):
    source.live.look()
    assert source.loads == 0


def test_newer_data_are_shown_and_what_was_kept_of_the_old_is_dropped(source, caplog):
    asked = []

    @kept_in_memory(4)
    def kept(bundle):
        asked.append(bundle.version)
        return bundle.version

    before = source.live.current()
    kept(before), kept(before)
    source.version = "2"
    source.live.look()
    assert source.live.current().version == "2"
    kept(before)
    assert asked == ["1", "1"]
    assert "2 replaces 1" in caplog.text


def test_a_request_sees_one_version_from_beginning_to_end(source):
    with Flask("one").test_request_context():
        assert source.live.current().version == "1"
        source.version = "2"
        source.live.look()
        assert source.live.current().version == "1"
    with Flask("one").test_request_context():
        assert source.live.current().version == "2"


def test_broken_data_are_refused_once_and_the_old_ones_stay(source, caplog):
    source.version, source.error = "2", TablesInvalidError([FAULT])
    source.live.look()
    source.live.look()
    assert source.live.current().version == "1"
    assert source.live.refusal.faults == 1
    assert source.loads == 1
    assert caplog.text.count("observations.csv: row 2, column value: found '12O'") == 1

    source.version, source.error = "3", None
    source.live.look()
    assert source.live.current().version == "3"
    assert source.live.refusal is None


def test_a_store_that_does_not_answer_is_asked_again(source, caplog):
    source.version, source.error = "2", StoreError("no server that answers")
    source.live.look()
    source.live.look()
    assert source.live.refusal.faults == 0
    assert caplog.text.count("no server that answers") == 1
    source.error = None
    source.live.look()
    assert source.live.current().version == "2"
    assert source.live.refusal is None


def test_going_back_to_the_data_shown_ends_a_refusal_without_a_change(source):
    source.version, source.error = "2", TablesInvalidError([FAULT])
    source.live.look()
    source.version, source.error = "1", None
    source.live.look()
    assert source.live.refusal is None
    assert source.live.current().version == "1"


def test_an_outage_leaves_no_trace_once_it_is_over(source):
    source.error = StoreError("no server that answers")
    source.live.look()
    assert source.live.refusal.faults == 0
    source.error = None
    source.live.look()
    assert source.live.refusal is None


def test_an_outage_does_not_hide_the_faults_of_refused_data(source):
    source.version, source.error = "2", TablesInvalidError([FAULT])
    source.live.look()
    source.error = StoreError("no server that answers")
    source.live.look()
    assert source.live.refusal.faults == 1


def test_another_fault_is_logged_too(source, caplog):
    source.version, source.error = "2", TablesInvalidError([FAULT])
    source.live.look()
    source.version, source.error = "3", TablesInvalidError([replace(FAULT, row=7)])
    source.live.look()
    assert "row 2" in caplog.text
    assert "row 7" in caplog.text


def test_refused_data_are_tried_again_after_a_while(source):
    source.version, source.error = "2", TablesInvalidError([FAULT])
    source.live.look()
    source.error = None
    for _ in range(100):
        source.live.look()
    assert source.live.current().version == "2"
    assert source.loads == 2


def test_what_nobody_expected_is_told_and_looking_goes_on(source, caplog):
    source.version, source.error = "2", ZeroDivisionError("a fault of the program")
    source.live.look()
    assert "ZeroDivisionError: a fault of the program" in caplog.text
    assert source.live.current().version == "1"
    source.error = None
    source.live.look()
    assert source.live.current().version == "2"


def test_a_cache_that_cannot_be_emptied_does_not_hold_up_newer_data(source, caplog):
    def fail():
        raise OSError("the folder is gone")

    reacted = []
    source.live.on_change[:] = [fail, lambda: reacted.append(True)]
    source.version = "2"
    source.live.look()
    assert source.live.current().version == "2"
    assert reacted == [True]
    assert "the folder is gone" in caplog.text


def test_a_process_born_later_shows_the_newest_data_from_its_first_answer_on(source):
    source.version = "2"
    Watcher(source.live, lambda: iter(())).start()
    assert source.live.current().version == "2"


def test_a_process_looks_from_one_thread_at_each_change(source):
    looked, changes = threading.Event(), threading.Event()
    source.live.on_change.append(looked.set)

    def reported():
        changes.wait()
        yield

    watcher = Watcher(source.live, reported)
    watcher.start()
    watcher.start()
    assert [thread.name for thread in threading.enumerate()].count("watching-data") == 1
    source.version = "2"
    changes.set()
    assert looked.wait(30)
    assert source.live.current().version == "2"
