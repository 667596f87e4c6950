"""The shipped tables and regions, as data entry sees them."""

import pytest

from dashboard.commands.entry_context import places_of
from indicators.entry.known import Known
from indicators.store.folder import FolderStore
from indicators.tables import SHIPPED, tables_from


@pytest.fixture(scope="session")
def places(bundle):
    """Return all regions."""
    return places_of(bundle.regions)


@pytest.fixture(scope="session")
def known():
    """Return the shipped tables."""
    snapshot = FolderStore(SHIPPED).read()
    return Known(snapshot.frames, tables_from(snapshot))
