"""Everything loaded once per process: tables, boundaries, their indexes, and one version."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import geopandas as gpd

from dashboard.settings import Settings
from geodata import framing, geojson
from geodata.boundaries import DEFAULT_LINES_PATH, load_boundaries, load_lines
from geodata.regions import Regions
from indicators.atlas import Atlas
from indicators.tables import load_tables
from indicators.thresholds import Thresholds


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

    @cached_property
    def version(self) -> str:
        """Fingerprint of tables, boundaries and thresholds; part of every cache key."""
        tables, thresholds = self.atlas.tables.version, self.atlas.thresholds
        joined = f"{tables}-{self.geometry_version}-{thresholds}"
        return hashlib.sha256(joined.encode()).hexdigest()[:12]


def load_bundle(settings: Settings) -> DataBundle:
    """Load and check boundaries and tables.

    Raises:
        GeoDataError: where the boundaries are missing or damaged.
        TablesInvalidError: with every fault of the tables.
    """
    path = Path(settings.boundaries)
    boundaries = load_boundaries(path)
    regions = Regions.from_frame(boundaries)
    known = frozenset(boundaries["adcode"]) | {"100000"}
    tables = load_tables(Path(settings.data), known_adcodes=known)

    def lineage(adcode: str) -> tuple[str, ...]:
        return tuple(region.adcode for region in reversed(regions.ancestors(adcode)))

    thresholds = Thresholds(on_course=float(settings.on_course), behind=float(settings.behind))
    return DataBundle(
        boundaries=boundaries,
        lines=load_lines(DEFAULT_LINES_PATH),
        regions=regions,
        atlas=Atlas(tables, lineage, thresholds),
        geometry_version=_fingerprint(path),
        boundary_map_number=_map_number(path),
    )


def _fingerprint(path: Path) -> str:
    """Return a digest of the boundaries and of the code that writes them for the browser."""
    digest = hashlib.sha256(path.read_bytes())
    for module in (geojson, framing):
        digest.update(Path(str(module.__file__)).read_bytes())
    return digest.hexdigest()[:12]


def _map_number(boundaries: Path) -> str:
    """Return the map number that came with the boundaries, empty where they carry none."""
    provenance = boundaries.with_name("PROVENANCE.json")
    if not provenance.is_file():
        return ""
    source = json.loads(provenance.read_text(encoding="utf-8")).get("source", {})
    return str(source.get("map_number", ""))
