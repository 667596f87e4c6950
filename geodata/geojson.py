"""GeoJSON of areas for the browser: clockwise, rounded, small, nothing lost."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.codes import NATION, Level
from geodata.framing import Bounds, bounds, box_of, focus_bounds, padded, screen_box, span
from geodata.regions import Regions
from geodata.shapes import Geometries, rounded

__all__ = [
    "area_collection",
    "bounds",
    "feature_collection",
    "focus_bounds",
    "lines_collection",
    "neighbours_collection",
]

Json = dict[str, Any]

# What one screen pixel covers: an area's longer side on a map about 1,000 pixels wide.
_PIXELS = 1000
# The files are already simplified to this; a finer view takes them as they are.
_STORED_TOLERANCE = 0.005
_COARSEST = 0.02
_WIDE_DEGREES = 4
_CONTEXT_PADDING = 0.35
_CONTEXT_PIXELS = 250


def feature_collection(frame: gpd.GeoDataFrame, digits: int = 4) -> Json:
    """Write regions as GeoJSON with the code as id; exterior rings run clockwise.

    Clockwise is what plotly's maps need: the other way round d3 fills the rest of the globe.
    """
    shapes = shapely.orient_polygons(rounded(frame.geometry.to_numpy(), digits), exterior_cw=True)
    rows = zip(frame["adcode"], frame["name_zh"], _coordinates(shapes), strict=True)
    return _collection(
        {
            "type": "Feature",
            "id": adcode,
            "properties": {"adcode": adcode, "name_zh": name_zh},
            "geometry": {"type": "MultiPolygon", "coordinates": polygons}
            if len(polygons) > 1
            else {"type": "Polygon", "coordinates": polygons[0]},
        }
        for adcode, name_zh, polygons in rows
    )


def area_collection(
    boundaries: gpd.GeoDataFrame, regions: Regions, adcode: str, level: Level
) -> Json:
    """Write the regions of a level inside an area, as detailed as its map can show."""
    frame = _select(boundaries, [r.adcode for r in regions.children(adcode, level)], level)
    if frame.empty:
        return _collection(())
    width = span(focus_bounds(boundaries, regions, adcode))
    return feature_collection(_simplified(frame, width), 3 if width > _WIDE_DEGREES else 4)


def neighbours_collection(boundaries: gpd.GeoDataFrame, regions: Regions, adcode: str) -> Json:
    """Write what lies around an area, at its own level, cut to its padded frame."""
    if adcode == NATION:
        return _collection(())
    area = regions.get(adcode)
    level_frame = boundaries[boundaries["level"] == area.level]
    own = level_frame[level_frame["adcode"] == adcode].geometry.to_numpy()
    whole = box_of(own)
    focus = focus_bounds(boundaries, regions, adcode)
    frame_box = _context_box(whole, focus)
    west, south, east, north = frame_box
    others = level_frame[level_frame["adcode"] != adcode].cx[west:east, south:north]
    if others.empty:
        return _collection(())
    # Simplified together with the area, so that no border beside it moves away from it.
    together = np.concatenate([own, others.geometry.to_numpy()])
    coarse = max(span(focus) / _CONTEXT_PIXELS, span(whole) / _PIXELS, _STORED_TOLERANCE)
    simple = shapely.coverage_simplify(together, coarse)[1:]
    return feature_collection(_clipped(others, simple, frame_box), 3)


def _context_box(whole: Bounds, focus: Bounds) -> Bounds:
    """Return what neighbours are cut to: beyond the edge of the screen on every side."""
    near, screen = padded(whole, _CONTEXT_PADDING), screen_box(focus, _CONTEXT_PADDING)
    return (
        min(near[0], screen[0]),
        min(near[1], screen[1]),
        max(near[2], screen[2]),
        max(near[3], screen[3]),
    )


def lines_collection(lines: gpd.GeoDataFrame, digits: int = 3) -> Json:
    """Write the dashed line as GeoJSON, all segments."""
    shapes = shapely.transform(lines.geometry.to_numpy(), lambda xy: np.round(xy, digits))
    rows = zip(lines["line"], lines["name_zh"], shapes, strict=True)
    return _collection(
        {
            "type": "Feature",
            "id": line,
            "properties": {"line": line, "name_zh": name_zh},
            "geometry": {
                "type": "MultiLineString",
                "coordinates": [
                    shapely.get_coordinates(part).tolist() for part in shapely.get_parts(shape)
                ],
            },
        }
        for line, name_zh, shape in rows
    )


def _select(boundaries: gpd.GeoDataFrame, adcodes: Iterable[str], level: Level) -> gpd.GeoDataFrame:
    chosen = boundaries["adcode"].isin(list(adcodes)) & (boundaries["level"] == level)
    return boundaries[chosen].sort_values("adcode")


def _simplified(frame: gpd.GeoDataFrame, width: float) -> gpd.GeoDataFrame:
    tolerance = min(width / _PIXELS, _COARSEST)
    if tolerance <= _STORED_TOLERANCE:
        return frame
    simple = shapely.coverage_simplify(frame.geometry.to_numpy(), tolerance)
    return frame.set_geometry(gpd.GeoSeries(simple, index=frame.index, crs=frame.crs))


def _clipped(frame: gpd.GeoDataFrame, shapes: Geometries, box: Bounds) -> gpd.GeoDataFrame:
    cut = shapely.intersection(shapes, shapely.box(*box))
    # A neighbour that only touches the frame leaves a line or a point beside its polygons.
    parts = pd.Series(list(cut), index=frame.index).map(_polygons_only)
    whole = gpd.GeoSeries(parts, crs=frame.crs)
    return frame.set_geometry(whole)[~whole.is_empty]


def _polygons_only(shape: shapely.Geometry) -> shapely.Geometry:
    if shape.geom_type in ("Polygon", "MultiPolygon"):
        return shape
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon(parts)


def _coordinates(shapes: Geometries) -> list[list[Any]]:
    """Return nested coordinate lists, one multipolygon per shape, in a few array calls."""
    _, points, offsets = shapely.to_ragged_array(_as_multi(shapes))
    flat = points.tolist()
    ring_ends, part_ends, shape_ends = (ends.tolist() for ends in offsets)
    rings = _cut(flat, ring_ends)
    return _cut(_cut(rings, part_ends), shape_ends)


def _as_multi(shapes: Geometries) -> Geometries:
    multi = [s if s.geom_type == "MultiPolygon" else shapely.MultiPolygon([s]) for s in shapes]
    return np.array(multi, dtype=object)


def _cut(items: list[Any], ends: list[int]) -> list[list[Any]]:
    return [items[start:end] for start, end in pairwise(ends)]


def _collection(features: Iterable[Json]) -> Json:
    return {"type": "FeatureCollection", "features": list(features)}
