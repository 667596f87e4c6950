"""Read the boundary files and hold them to their promises."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyarrow as pa
import shapely

from geodata.codes import DRAWN_LEVELS, is_adcode
from geodata.errors import BoundariesInvalidError, BoundariesMissingError

DATA = Path(__file__).parent / "data"
DEFAULT_PATH = DATA / "boundaries.parquet"
DEFAULT_LINES_PATH = DATA / "lines.parquet"
COLUMNS = (
    "adcode",
    "level",
    "name_zh",
    "short_zh",
    "name_en",
    "parent",
    "longitude",
    "latitude",
    "pinyin",
    "initials",
    "geometry",
)
LINE_COLUMNS = ("line", "name_zh", "name_en", "geometry")

CRS = "EPSG:4326"
_REMEDY = "rebuild the file with `python -m geodata.build`"


@dataclass(frozen=True, eq=False)
class BoundaryData:
    """Polygons and lines, with the document that says where they come from."""

    boundaries: gpd.GeoDataFrame
    lines: gpd.GeoDataFrame
    map_number: str
    document: str


def load_boundaries(path: Path = DEFAULT_PATH) -> gpd.GeoDataFrame:
    """Load the polygons of all provinces, prefectures and counties, checked."""
    frame = _read(Path(path), COLUMNS)
    check_boundaries(frame, Path(path))
    return frame


def load_lines(path: Path = DEFAULT_LINES_PATH) -> gpd.GeoDataFrame:
    """Load the dashed line in the South China Sea, checked."""
    frame = _read(Path(path), LINE_COLUMNS)
    check_lines(frame, Path(path))
    return frame


def check_boundaries(frame: gpd.GeoDataFrame, where: object, remedy: str = _REMEDY) -> None:
    """Hold polygons to their promises; ``where`` and ``remedy`` go into the message."""
    with _explained(where, remedy):
        _check_cells(frame)
        _check_keys(frame)
        _check_geometry(frame, {"Polygon", "MultiPolygon"})


def check_lines(frame: gpd.GeoDataFrame, where: object, remedy: str = _REMEDY) -> None:
    """Hold lines to their promises, like polygons."""
    with _explained(where, remedy):
        _check_geometry(frame, {"LineString", "MultiLineString"})


def _read(path: Path, columns: tuple[str, ...]) -> gpd.GeoDataFrame:
    if not path.is_file():
        message = f"{path}: found no file, expected a GeoParquet file; make it: {_REMEDY}"
        raise BoundariesMissingError(message)
    try:
        frame = gpd.read_parquet(path)
    except (pa.ArrowInvalid, ValueError, OSError) as error:
        reason = str(error).splitlines()[0]
        message = f"{path}: found a file that does not read ({reason}), expected GeoParquet"
        raise BoundariesInvalidError(f"{message}; {_REMEDY}") from error
    with _explained(path, _REMEDY):
        _check_header(frame, columns)
    return frame


@contextmanager
def _explained(where: object, remedy: str) -> Iterator[None]:
    try:
        yield
    except _BrokenPromiseError as broken:
        raise BoundariesInvalidError(f"{where}: {broken}; {remedy}") from None


class _BrokenPromiseError(Exception):
    def __init__(self, row: object, column: str, found: object, expected: object) -> None:
        super().__init__(f"row {row}, column {column}: found {found}, expected {expected}")


def _check_header(frame: gpd.GeoDataFrame, columns: tuple[str, ...]) -> None:
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        found = "no such column"
        raise _BrokenPromiseError("header", ", ".join(missing), found, "columns present")
    if frame.crs is None or frame.crs != CRS:
        raise _BrokenPromiseError("header", "geometry", f"CRS {frame.crs}", f"{CRS} (WGS 84)")


def _check_cells(frame: gpd.GeoDataFrame) -> None:
    tests = (
        ("adcode", is_adcode, "a six-digit code kept as text"),
        ("parent", is_adcode, "a six-digit code kept as text"),
        ("level", {str(level) for level in DRAWN_LEVELS}.__contains__, "a level below the nation"),
    )
    for column, is_good, expected in tests:
        for row, value in enumerate(frame[column]):
            if not is_good(value):
                raise _BrokenPromiseError(row, column, repr(value), expected)


def _check_keys(frame: gpd.GeoDataFrame) -> None:
    repeated = np.flatnonzero(frame.duplicated(["adcode", "level"]))
    if len(repeated):
        row = int(repeated[0])
        found = f"{frame['adcode'].iloc[row]} {frame['level'].iloc[row]} a second time"
        raise _BrokenPromiseError(row, "adcode, level", found, "each pair once")


def _check_geometry(frame: gpd.GeoDataFrame, kinds: set[str]) -> None:
    geometries = frame.geometry.to_numpy()
    wrong = ~frame.geom_type.isin(kinds).to_numpy() | ~shapely.is_valid(geometries)
    if not wrong.any():
        return
    row = int(np.flatnonzero(wrong)[0])
    shape = geometries[row]
    found = "nothing" if shape is None else f"{shape.geom_type}, {shapely.is_valid_reason(shape)}"
    raise _BrokenPromiseError(row, "geometry", found, f"a valid {' or '.join(sorted(kinds))}")
