"""A store tells that there may be something new: a database at once, a folder by the clock."""

import threading

from indicators.store.stores import open_store
from tests.stores import draft

AN_HOUR = 3600
PATIENCE = 60


def test_a_folder_has_to_be_looked_at(folder):
    store = open_store(str(folder))
    token = store.newest()
    changes = store.changes(0.01)
    next(changes)
    assert store.newest() == token
    store.append(draft(), 0)
    next(changes)
    assert store.newest() != token


def test_a_database_reports_a_revision_long_before_the_clock_does(address):
    changes = open_store(address).changes(AN_HOUR)
    next(changes)
    reported = threading.Event()

    def listen():
        next(changes)
        reported.set()

    threading.Thread(target=listen, daemon=True).start()
    open_store(address).append(draft(), 0)
    assert reported.wait(PATIENCE)


def test_a_broken_connection_is_opened_again(postgresql, database, address):
    changes = open_store(address).changes(0.01)
    next(changes)
    postgresql.end_connections(database)
    # The broken one, then the new one, which reports what came meanwhile.
    next(changes)
    next(changes)
    store = open_store(address)
    token = store.newest()
    store.append(draft(), 0)
    next(changes)
    assert store.newest() != token
