"""GeoJSON output: clockwise, rounded, small, nothing lost."""

import gzip
import json

import geopandas as gpd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import shape

from geodata.codes import Level
from geodata.errors import UnknownRegionError
from geodata.geojson import (
    area_collection,
    bounds,
    feature_collection,
    focus_bounds,
    lines_collection,
    neighbours_collection,
)


def frame_of(*shapes):
    columns = {
        "adcode": [f"11000{i}" for i in range(len(shapes))],
        "name_zh": [f"区{i}" for i in range(len(shapes))],
    }
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs="EPSG:4326")


def ids(collection):
    return [feature["id"] for feature in collection["features"]]


def polygons(collection):
    for feature in collection["features"]:
        yield from shapely.get_parts(shape(feature["geometry"]))


def gzipped(collection):
    text = json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
    return len(gzip.compress(text.encode(), 6))


def assert_clockwise(collection):
    for polygon in polygons(collection):
        assert not polygon.exterior.is_ccw
        assert all(ring.is_ccw for ring in polygon.interiors)


def test_a_feature_carries_code_and_name_only():
    (feature,) = feature_collection(frame_of(shapely.box(0, 0, 1, 1)))["features"]
    assert feature["id"] == "110000"
    assert feature["properties"] == {"adcode": "110000", "name_zh": "区0"}
    assert feature["geometry"]["type"] == "Polygon"
    ring = feature["geometry"]["coordinates"][0]
    assert ring[0] == ring[-1]
    assert len(ring) == 5


def test_holes_run_against_their_exterior():
    holed = shapely.box(0, 0, 3, 3).difference(shapely.box(1, 1, 2, 2))
    collection = feature_collection(frame_of(holed))
    assert len(collection["features"][0]["geometry"]["coordinates"]) == 2
    assert_clockwise(collection)


def test_coordinates_are_rounded():
    collection = feature_collection(frame_of(shapely.box(0.123456, 0, 1, 1)), digits=2)
    numbers = shapely.get_coordinates(list(polygons(collection)))
    assert (numbers == numbers.round(2)).all()


def test_a_tiny_island_keeps_full_precision():
    tiny_island = shapely.box(5.00001, 5.00001, 5.00002, 5.00002)
    land = shapely.MultiPolygon([shapely.box(0, 0, 1, 1), tiny_island])
    collection = feature_collection(frame_of(land), digits=3)
    island = min(polygons(collection), key=lambda polygon: polygon.area)
    assert island.bounds == tiny_island.bounds
    assert_clockwise(collection)


def test_rounding_never_breaks_a_polygon():
    bow = shapely.Polygon([(0, 0), (1, 0), (1, 1), (0.5004, 0.0001), (0, 1)])
    collection = feature_collection(frame_of(bow), digits=3)
    assert all(polygon.is_valid for polygon in polygons(collection))


def test_no_region_is_dropped_and_json_is_plain(tiny, tiny_regions):
    collection = area_collection(tiny, tiny_regions, "110000", Level.COUNTY)
    assert ids(collection) == ["110101", "110102", "119900"]
    assert json.loads(json.dumps(collection)) == collection


def test_an_area_without_children_is_an_empty_collection(tiny, tiny_regions):
    empty = area_collection(tiny, tiny_regions, "110101", Level.COUNTY)
    assert empty == {"type": "FeatureCollection", "features": []}


def test_unknown_area(tiny, tiny_regions):
    with pytest.raises(UnknownRegionError):
        area_collection(tiny, tiny_regions, "999999", Level.COUNTY)


def test_bounds_hold_every_island(tiny, tiny_regions):
    assert bounds(tiny, tiny_regions, "110000") == (0, -10, 10.1, 2)
    assert bounds(tiny, tiny_regions, "100000") == (0, -10, 10.1, 2)


def test_focus_leaves_far_islands_to_an_inset(tiny, tiny_regions):
    assert focus_bounds(tiny, tiny_regions, "110000") == (0, 0, 2, 2)
    assert focus_bounds(tiny, tiny_regions, "100000") == (0, 0, 4, 2)
    assert focus_bounds(tiny, tiny_regions, "110101") == bounds(tiny, tiny_regions, "110101")


def test_neighbours_are_of_the_same_level_and_clipped(tiny, tiny_regions):
    collection = neighbours_collection(tiny, tiny_regions, "110100")
    assert ids(collection) == ["119900", "120100"]
    west, south, east, north = shapely.total_bounds(list(polygons(collection))).tolist()
    # The area is one wide and two high; the screen it is framed for is wider than high.
    assert (west, south, north) == (1, 0, 2)
    assert 1.35 < east < 4
    assert_clockwise(collection)


def test_the_nation_has_no_neighbours(tiny, tiny_regions):
    assert neighbours_collection(tiny, tiny_regions, "100000")["features"] == []


@pytest.mark.parametrize(
    ("adcode", "level", "kilobytes"),
    [
        ("440000", Level.PREFECTURE, 30),
        ("440000", Level.COUNTY, 60),
        ("440800", Level.COUNTY, 10),
        ("152900", Level.COUNTY, 10),
        ("100000", Level.PROVINCE, 120),
        ("100000", Level.COUNTY, 700),
    ],
)
def test_shipped_areas_are_complete_clockwise_and_small(shipped, regions, adcode, level, kilobytes):
    collection = area_collection(shipped, regions, adcode, level)
    assert ids(collection) == [region.adcode for region in regions.children(adcode, level)]
    assert_clockwise(collection)
    assert gzipped(collection) <= kilobytes * 1024


@pytest.mark.parametrize(("adcode", "level"), [("100000", Level.COUNTY), ("440000", Level.COUNTY)])
def test_coarser_views_keep_every_part(shipped, regions, adcode, level):
    codes = {region.adcode for region in regions.children(adcode, level)}
    stored = shipped[shipped["adcode"].isin(codes) & (shipped["level"] == level)]
    expected = shapely.get_num_geometries(stored.geometry.to_numpy()).sum()
    collection = area_collection(shipped, regions, adcode, level)
    drawn = list(polygons(collection))
    assert len(drawn) == expected
    assert all(polygon.is_valid and polygon.area > 0 for polygon in drawn)


def test_dongsha_is_drawn_with_lufeng_and_guangdong(shipped, regions):
    dongsha = shapely.Point(116.85, 20.65)
    for adcode, level, code in (
        ("440000", Level.COUNTY, "441581"),
        ("440000", Level.PREFECTURE, "441500"),
        ("100000", Level.PROVINCE, "440000"),
    ):
        features = area_collection(shipped, regions, adcode, level)["features"]
        (own,) = (feature for feature in features if feature["id"] == code)
        assert shape(own["geometry"]).distance(dongsha) < 0.1


@pytest.mark.parametrize("adcode", ["440000", "440800", "152900", "450700", "360900", "440811"])
def test_shipped_neighbours_stay_small_and_leave_the_area_out(shipped, regions, adcode):
    collection = neighbours_collection(shipped, regions, adcode)
    assert collection["features"]
    assert adcode not in ids(collection)
    assert_clockwise(collection)
    assert all(polygon.is_valid for polygon in polygons(collection))
    assert gzipped(collection) < 25 * 1024


def test_frames_of_the_shipped_country(shipped, regions):
    assert focus_bounds(shipped, regions, "440000") == bounds(shipped, regions, "440000")
    # 钓鱼岛 and 赤尾屿 stay in the frame of Taiwan: nothing to gain by leaving them out.
    assert focus_bounds(shipped, regions, "710000") == bounds(shipped, regions, "710000")
    assert bounds(shipped, regions, "460000")[1] < 4
    assert focus_bounds(shipped, regions, "460000")[1] > 18
    # The southern tip of Hainan must be on the main map of the nation.
    assert 4 < focus_bounds(shipped, regions, "100000")[1] < 18.2


def test_lines(lines):
    (feature,) = lines_collection(lines)["features"]
    assert feature["id"] == "nine_dash"
    assert feature["geometry"]["type"] == "MultiLineString"
    assert len(feature["geometry"]["coordinates"]) == 9


POINTS = st.lists(
    st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=3, max_size=12, unique=True
)


@given(POINTS, st.integers(0, 5), st.booleans())
def test_winding_is_clockwise_whatever_comes_in(points, digits, backwards):
    hull = shapely.convex_hull(shapely.MultiPoint(points))
    if hull.geom_type != "Polygon" or not hull.is_valid or hull.area < 1e-9:
        return
    polygon = hull.reverse() if backwards else hull
    collection = feature_collection(frame_of(polygon), digits)
    assert_clockwise(collection)
    (drawn,) = polygons(collection)
    assert drawn.is_valid
    assert drawn.area > 0
