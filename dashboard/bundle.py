"""Everything loaded once per process: tables, boundaries, their indexes, and one version."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd

from dashboard.boundary_sets import BoundarySet, load_boundary_set
from dashboard.settings import Settings
from geodata.codes import Level
from geodata.regions import Regions
from indicators.atlas import Atlas
from indicators.records import Audience
from indicators.store.stores import open_store
from indicators.tables import tables_from
from indicators.thresholds import Thresholds
from indicators.training import TrainingAtlas
from indicators.training_values import Place


# Compared by identity: a bundle is one load, and its frames have no equality of their own.
@dataclass(frozen=True, eq=False)
class DataBundle:
    """One consistent version of all data; never changed, only replaced."""

    boundaries: gpd.GeoDataFrame
    lines: gpd.GeoDataFrame
    regions: Regions
    atlas: Atlas
    geometry_version: str
    boundary_map_number: str
    audience: Audience = Audience.PUBLIC
    training: bool = False

    @cached_property
    def version(self) -> str:
        """Fingerprint of tables, boundaries, thresholds and audience; part of every cache key."""
        tables, thresholds = self.atlas.tables.version, self.atlas.thresholds
        joined = f"{tables}-{self.geometry_version}-{thresholds}-{self.audience}-{self.training}"
        return hashlib.sha256(joined.encode()).hexdigest()[:12]


def load_bundle(
    settings: Settings, *, training: bool = False, geometry: BoundarySet | None = None
) -> DataBundle:
    """Load and check boundaries and tables.

    Args:
        settings: where they are, and who they are for.
        training: whether generated values take the place of all published ones.
        geometry: boundaries that are loaded already.

    Raises:
        GeoDataError: where the boundaries are missing or damaged.
        StoreError: where there is no store at the address of the data.
        TablesInvalidError: with every fault of the tables.
    """
    geometry = geometry or load_boundary_set(settings)
    boundaries = geometry.data.boundaries
    regions = Regions.from_frame(boundaries)
    audience = Audience(settings.audience)
    snapshot = open_store(settings.data).read()
    tables = tables_from(snapshot, geometry.adcodes, audience=audience)

    def lineage(adcode: str) -> tuple[str, ...]:
        return tuple(region.adcode for region in reversed(regions.ancestors(adcode)))

    thresholds = Thresholds(on_course=float(settings.on_course), behind=float(settings.behind))
    return DataBundle(
        boundaries=boundaries,
        lines=geometry.data.lines,
        regions=regions,
        atlas=(
            TrainingAtlas(tables, lineage, thresholds, _places(regions), audience)
            if training
            else Atlas(tables, lineage, thresholds)
        ),
        geometry_version=geometry.version,
        boundary_map_number=geometry.data.map_number,
        audience=audience,
        training=training,
    )


def _places(regions: Regions) -> list[Place]:
    return [
        Place(region.adcode, region.level, region.parent)
        for level in Level
        for region in regions.all(level)
    ]
