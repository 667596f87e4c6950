"""A folder and a database with the same tables; a test that asks for ``store`` runs on both."""

from datetime import UTC, datetime

import pytest

from indicators.store.stores import open_store
from tests.stores import copy_to_database, write_folder


@pytest.fixture
def folder(tmp_path):
    return write_folder(tmp_path / "tables")


@pytest.fixture(scope="session")
def filled_database(postgresql, tmp_path_factory):
    """Return a database that others are made from."""
    name = postgresql.new_database()
    copy_to_database(
        write_folder(tmp_path_factory.mktemp("base") / "tables"), postgresql.address(name)
    )
    return name


@pytest.fixture
def database(postgresql, filled_database):
    """Return the name of a database with the tables of ``folder``."""
    name = postgresql.new_database(template=filled_database)
    yield name
    postgresql.drop(name)


@pytest.fixture
def address(postgresql, database):
    return postgresql.address(database)


@pytest.fixture(params=["folder", "postgresql"])
def store_address(request):
    if request.param == "postgresql":
        return request.getfixturevalue("address")
    return str(request.getfixturevalue("folder"))


@pytest.fixture
def store(store_address):
    return open_store(store_address)


@pytest.fixture(scope="session", params=["folder", "postgresql"])
def untouched(request, tmp_path_factory):
    """Return a store for tests that write nothing, or are refused."""
    if request.param == "folder":
        return open_store(str(write_folder(tmp_path_factory.mktemp("untouched") / "tables")))
    server = request.getfixturevalue("postgresql")
    return open_store(server.address(request.getfixturevalue("filled_database")))


@pytest.fixture
def now():
    """Return a time for revisions of which it does not matter."""
    return datetime(2026, 11, 22, 6, tzinfo=UTC)
