"""The boundaries an instance works with, from files or from a database."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import shapely

from dashboard.settings import Settings
from geodata import framing, geojson
from geodata.boundaries import DEFAULT_LINES_PATH, BoundaryData, load_boundaries, load_lines
from geodata.codes import NATION
from indicators.store.stores import is_database, open_database

PROVENANCE = "PROVENANCE.json"
FOLDER = "boundaries"


@dataclass(frozen=True, eq=False)
class BoundarySet:
    """Boundaries with the fingerprint that is part of every address of their geometry."""

    data: BoundaryData
    version: str

    @property
    def adcodes(self) -> frozenset[str]:
        """The codes a row of the tables may name."""
        return frozenset(self.data.boundaries["adcode"]) | {NATION}


def load_boundary_set(settings: Settings) -> BoundarySet:
    """Load the boundaries that belong to the data.

    Raises:
        GeoDataError: where they are missing or damaged.
        StoreError: where the database cannot be asked.
    """
    if is_database(settings.data):
        data = _from_database(settings.data)
        return BoundarySet(data, _version(_content(data), data))
    path = Path(settings.boundaries)
    data = _from_files(path)
    return BoundarySet(data, _version(path.read_bytes() + _lines(path).read_bytes(), data))


def write_boundary_files(folder: Path, data: BoundaryData) -> None:
    """Write boundaries as files that ``QUALITY_ATLAS_BOUNDARIES`` can name."""
    folder.mkdir()
    for frame, name in ((data.boundaries, "boundaries"), (data.lines, "lines")):
        frame.to_parquet(
            folder / f"{name}.parquet",
            compression="zstd",
            geometry_encoding="geoarrow",
            index=False,
        )
    if data.document:
        (folder / PROVENANCE).write_text(data.document, encoding="utf-8", newline="")


def _from_database(address: str) -> BoundaryData:
    database = open_database(address).database
    # Not before now: its libraries are an optional extra.
    from geodata.postgis import read_boundaries

    with database.reading() as connection:
        return read_boundaries(connection, database.address)


def _from_files(path: Path) -> BoundaryData:
    provenance = path.with_name(PROVENANCE)
    document = provenance.read_text(encoding="utf-8") if provenance.is_file() else ""
    return BoundaryData(
        boundaries=load_boundaries(path),
        lines=load_lines(_lines(path)),
        map_number=_map_number(document),
        document=document,
    )


def _lines(boundaries: Path) -> Path:
    """Return the file of the lines beside the polygons, or the shipped one."""
    beside = boundaries.with_name(DEFAULT_LINES_PATH.name)
    return beside if beside.is_file() else DEFAULT_LINES_PATH


def _content(data: BoundaryData) -> bytes:
    """Return every name and every coordinate."""
    parts = []
    for frame in (data.boundaries, data.lines):
        parts.append(frame.drop(columns="geometry").to_csv(index=False).encode())
        parts += shapely.to_wkb(frame.geometry.to_numpy()).tolist()
    return b"".join(parts)


def _version(content: bytes, data: BoundaryData) -> str:
    """Return a digest of boundaries, provenance and the code that writes them for the browser."""
    digest = hashlib.sha256(content)
    digest.update(data.document.encode())
    for module in (geojson, framing):
        digest.update(Path(str(module.__file__)).read_bytes())
    return digest.hexdigest()[:12]


def _map_number(document: str) -> str:
    """Return the map number that came with the boundaries, empty where they carry none."""
    source = json.loads(document).get("source", {}) if document else {}
    return str(source.get("map_number", ""))
