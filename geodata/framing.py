"""Which rectangle of the map to show for an area; nothing is ever dropped here."""

import math

import geopandas as gpd
import numpy as np
import shapely

from geodata.codes import NATION, Level
from geodata.regions import Regions
from geodata.shapes import Geometries

Bounds = tuple[float, float, float, float]

# Width to height of the drawing surface on a wide screen.
SCREEN_ASPECT = 1.85

_FOCUS_SHARE = 0.995
# One part holding this share is a mainland; islands may then lie outside the frame.
_MAINLAND_SHARE = 0.8
_FAR_DEGREES = 1.0
_MUCH_WIDER = 4.0
_HARDLY_WIDER = 1.5


def bounds(boundaries: gpd.GeoDataFrame, regions: Regions, adcode: str) -> Bounds:
    """Return west, south, east, north of an area with every island."""
    return box_of(area_shapes(boundaries, regions, adcode))


def focus_bounds(boundaries: gpd.GeoDataFrame, regions: Regions, adcode: str) -> Bounds:
    """Return the frame of the parts that hold 99.5 % of an area's land.

    This frames the map only and drops nothing. Where it differs from ``bounds`` (三沙 of Hainan,
    the 南海诸岛 of the nation) the caller must show the rest in an inset. An area whose full
    bounds are hardly wider keeps them, so that no island leaves the frame for little gain.
    """
    shapes = area_shapes(boundaries, regions, adcode)
    whole, frame = box_of(shapes), _frame(shapes)
    if adcode != NATION and _size(whole) <= _HARDLY_WIDER * _size(frame):
        return whole
    return frame


def area_shapes(boundaries: gpd.GeoDataFrame, regions: Regions, adcode: str) -> Geometries:
    """Return the polygons of an area at its highest level; all provinces for the nation."""
    level = regions.get(adcode).level
    if level == Level.NATION:
        return boundaries.geometry[boundaries["level"] == Level.PROVINCE].to_numpy()
    own = (boundaries["adcode"] == adcode) & (boundaries["level"] == level)
    return boundaries.geometry[own].to_numpy()


def box_of(shapes: Geometries) -> Bounds:
    """Return west, south, east, north of several shapes."""
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    return (west, south, east, north)


def span(box: Bounds) -> float:
    """Return the longer side of a rectangle in degrees."""
    west, south, east, north = box
    return max(east - west, north - south)


def padded(box: Bounds, share: float) -> Bounds:
    """Widen a rectangle on each side by a share of its width and height."""
    west, south, east, north = box
    wide, high = (east - west) * share, (north - south) * share
    return (west - wide, south - high, east + wide, north + high)


def screen_box(box: Bounds, padding: float) -> Bounds:
    """Pad a rectangle and stretch it to the shape of the drawing surface, so that it fills it."""
    west, south, east, north = padded(box, padding)
    middle = (south + north) / 2
    # On the map a degree of latitude is longer than one of longitude by this factor.
    stretch = 1 / math.cos(math.radians(middle))
    wide, high = east - west, (north - south) * stretch
    if wide < high * SCREEN_ASPECT:
        more = (high * SCREEN_ASPECT - wide) / 2
        return (west - more, south, east + more, north)
    more = (wide / SCREEN_ASPECT - high) / stretch / 2
    return (west, south - more, east, north + more)


def _frame(shapes: Geometries) -> Bounds:
    parts = shapely.get_parts(shapes)
    # A degree of longitude shrinks towards the north: without this, islands weigh unevenly.
    middle = shapely.get_coordinates(shapely.centroid(parts))[:, 1]
    areas = shapely.area(parts) * np.cos(np.radians(middle))
    largest_first = np.argsort(-areas, kind="stable")
    held = np.cumsum(areas[largest_first]) / areas.sum()
    kept = parts[largest_first[: int(np.searchsorted(held, _FOCUS_SHARE)) + 1]]
    if held[0] >= _MAINLAND_SHARE and _size(box_of(kept)) > _MUCH_WIDER * _size(box_of(kept[:1])):
        kept = kept[shapely.distance(kept, kept[0]) < _FAR_DEGREES]
    return box_of(kept)


def _size(box: Bounds) -> float:
    west, south, east, north = box
    return (east - west) * (north - south)
