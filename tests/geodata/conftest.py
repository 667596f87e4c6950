"""Frames for the geodata tests: a tiny hand-drawn country, and the shipped files."""

import json

import geopandas as gpd
import pytest
from shapely import MultiPolygon, box

from geodata.boundaries import COLUMNS, DATA, load_boundaries, load_lines
from geodata.regions import Regions

# Two provinces side by side; the west one has two prefectures, one of which (119900) has no
# counties of its own, and an island far offshore.
ISLAND = box(10, -10, 10.1, -9.9)
ROWS = [
    ("110000", "province", "西省", "西", "West", "100000", "xi", "x"),
    ("120000", "province", "东省", "东", "East", "100000", "dong", "d"),
    ("110100", "prefecture", "甲市", "甲", "Jia", "110000", "jia", "j"),
    ("119900", "prefecture", "乙市", "乙", "Yi'an", "110000", "yian", "ya"),
    ("120100", "prefecture", "丙市", "丙", "Bing", "120000", "bing", "b"),
    ("110101", "county", "子县", "子", "Zi County", "110100", "zi", "z"),
    ("110102", "county", "丑县", "丑", "Chou County", "110100", "chou", "c"),
    ("119900", "county", "乙市", "乙", "Yi'an", "119900", "yian", "ya"),
    ("120101", "county", "吕县", "吕", "Lü County", "120100", "lv", "l"),
]
ZI, CHOU, YI, LU = box(0, 0, 1, 1), box(0, 1, 1, 2), box(1, 0, 2, 2), box(2, 0, 4, 2)
SHAPES = [
    MultiPolygon([box(0, 0, 2, 2), ISLAND]),
    LU,
    box(0, 0, 1, 2),
    MultiPolygon([YI, ISLAND]),
    LU,
    ZI,
    CHOU,
    MultiPolygon([YI, ISLAND]),
    LU,
]


@pytest.fixture
def tiny():
    names = ("adcode", "level", "name_zh", "short_zh", "name_en", "parent", "pinyin", "initials")
    columns = {
        name: list(cells) for name, cells in zip(names, zip(*ROWS, strict=True), strict=True)
    }
    points = [shape.representative_point() for shape in SHAPES]
    columns |= {"longitude": [p.x for p in points], "latitude": [p.y for p in points]}
    return gpd.GeoDataFrame(columns, geometry=SHAPES, crs="EPSG:4326")[list(COLUMNS)]


@pytest.fixture
def tiny_regions(tiny):
    return Regions.from_frame(tiny)


@pytest.fixture(scope="session")
def shipped():
    return load_boundaries()


@pytest.fixture(scope="session")
def regions(shipped):
    return Regions.from_frame(shipped)


@pytest.fixture(scope="session")
def lines():
    return load_lines()


@pytest.fixture(scope="session")
def provenance():
    return json.loads((DATA / "PROVENANCE.json").read_text(encoding="utf-8"))
