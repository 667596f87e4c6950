"""What the commands for data entry work with: the store, its tables, and the regions."""

from dataclasses import dataclass

from dashboard.boundary_sets import load_boundary_set
from dashboard.settings import Settings
from geodata.codes import DRAWN_LEVELS
from geodata.regions import CHINA, Region, Regions
from indicators.entry.former_names import read_former_names
from indicators.entry.known import Known
from indicators.entry.places import Place, Places
from indicators.records import Audience
from indicators.store.stores import Snapshot, Store, open_store
from indicators.tables import tables_from


@dataclass(frozen=True, eq=False)
class EntryContext:
    """A store, the state it was read in, and what names are looked up in."""

    store: Store
    snapshot: Snapshot
    known: Known
    places: Places


def load_context(settings: Settings) -> EntryContext:
    """Open the store and read everything that data entry compares with.

    Raises:
        StoreError: where there is no store.
        TablesInvalidError: where the tables have faults already.
        GeoDataError: where the boundaries are missing or damaged.
    """
    store = open_store(settings.data)
    places = places_of(Regions.from_frame(load_boundary_set(settings).data.boundaries))
    snapshot = store.read()
    # Whoever keeps the data sees all of them, whatever the site shows.
    tables = tables_from(snapshot, places.adcodes, audience=Audience.INTERNAL)
    return EntryContext(store, snapshot, Known(snapshot.frames, tables), places)


def places_of(regions: Regions) -> Places:
    """Return the regions as data entry looks them up."""
    listed = [region for level in DRAWN_LEVELS for region in regions.all(level)]
    return Places(map(_place, [CHINA, *listed]), read_former_names())


def _place(region: Region) -> Place:
    return Place(
        region.adcode,
        region.level,
        region.name_zh,
        region.short_zh,
        region.name_en,
        region.parent,
    )
