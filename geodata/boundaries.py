"""Read the boundary files and hold them to their promises."""

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

_CRS = "EPSG:4326"
_REMEDY = "rebuild the file with `python -m geodata.build`"


def load_boundaries(path: Path = DEFAULT_PATH) -> gpd.GeoDataFrame:
    """Load the polygons of all provinces, prefectures and counties, checked."""
    frame = _read(Path(path), COLUMNS)
    _check_cells(frame, Path(path))
    _check_keys(frame, Path(path))
    _check_geometry(frame, Path(path), {"Polygon", "MultiPolygon"})
    return frame


def load_lines(path: Path = DEFAULT_LINES_PATH) -> gpd.GeoDataFrame:
    """Load the dashed line in the South China Sea, checked."""
    frame = _read(Path(path), LINE_COLUMNS)
    _check_geometry(frame, Path(path), {"LineString", "MultiLineString"})
    return frame


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
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise _invalid(path, "header", ", ".join(missing), "no such column", "columns present")
    if frame.crs is None or frame.crs != _CRS:
        raise _invalid(path, "header", "geometry", f"CRS {frame.crs}", f"{_CRS} (WGS 84)")
    return frame


def _invalid(
    path: Path, row: object, column: str, found: object, expected: object
) -> BoundariesInvalidError:
    return BoundariesInvalidError(
        f"{path}: row {row}, column {column}: found {found}, expected {expected}; {_REMEDY}"
    )


def _check_cells(frame: gpd.GeoDataFrame, path: Path) -> None:
    tests = (
        ("adcode", is_adcode, "a six-digit code kept as text"),
        ("parent", is_adcode, "a six-digit code kept as text"),
        ("level", {str(level) for level in DRAWN_LEVELS}.__contains__, "a level below the nation"),
    )
    for column, is_good, expected in tests:
        for row, value in enumerate(frame[column]):
            if not is_good(value):
                raise _invalid(path, row, column, repr(value), expected)


def _check_keys(frame: gpd.GeoDataFrame, path: Path) -> None:
    repeated = np.flatnonzero(frame.duplicated(["adcode", "level"]))
    if len(repeated):
        row = int(repeated[0])
        found = f"{frame['adcode'].iloc[row]} {frame['level'].iloc[row]} a second time"
        raise _invalid(path, row, "adcode, level", found, "each pair once")


def _check_geometry(frame: gpd.GeoDataFrame, path: Path, kinds: set[str]) -> None:
    geometries = frame.geometry.to_numpy()
    wrong = ~frame.geom_type.isin(kinds).to_numpy() | ~shapely.is_valid(geometries)
    if not wrong.any():
        return
    row = int(np.flatnonzero(wrong)[0])
    shape = geometries[row]
    found = "nothing" if shape is None else f"{shape.geom_type}, {shapely.is_valid_reason(shape)}"
    raise _invalid(path, row, "geometry", found, f"a valid {' or '.join(sorted(kinds))}")
