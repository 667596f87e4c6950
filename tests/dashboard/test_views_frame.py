"""How areas are framed: names that do not collide, insets, and regions too small to hit."""

import math
from itertools import combinations

import pytest

from dashboard.views.frame import map_frame
from geodata.codes import NATION, Level
from tests.builders import PREFECTURES, PROVINCE, small_bundle

# The narrowest drawing surface of a desktop, and how large letters of 13 px are on it.
WIDTH, HEIGHT = 740, 400
EM, EN, LINE = 13, 7, 17


def label_boxes(frame, lang):
    """Return where each name stands on a Mercator map of the frame, in pixels."""

    def northing(latitude):
        return math.degrees(math.asinh(math.tan(math.radians(latitude))))

    west, south, east, north = frame.box
    scale = min(WIDTH / (east - west), HEIGHT / (northing(north) - northing(south)))
    boxes = {}
    for region in frame.regions:
        if region.adcode in frame.named:
            name = region.short_zh if lang == "zh" else region.name_en
            width = len(name) * (EM if lang == "zh" else EN)
            height = LINE * (2 if region.adcode in frame.roomy else 1)
            x = (region.longitude - west) * scale
            y = (northing(region.latitude) - northing(south)) * scale
            boxes[region.short_zh] = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    return boxes


def overlap(one, other):
    """Return by how many pixels two boxes overlap, in the direction they overlap least."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    along = min(one[3], other[3]) - max(one[1], other[1])
    return min(across, along)


AREAS = [
    ("440000", Level.PREFECTURE),
    ("440000", Level.COUNTY),
    ("440800", Level.COUNTY),
    ("450700", Level.COUNTY),
    ("360900", Level.COUNTY),
    ("152900", Level.COUNTY),
    ("460000", Level.PREFECTURE),
]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("area", "level"), AREAS)
def test_names_do_not_collide(bundle, area, level, lang):
    frame = map_frame(bundle, area, level, lang)

    colliding = {
        (one, other)
        for (one, box), (other, another) in combinations(label_boxes(frame, lang).items(), 2)
        if overlap(box, another) > 1
    }

    assert colliding == set()


def test_most_prefectures_and_many_counties_of_guangdong_carry_their_name(bundle):
    cities = map_frame(bundle, "440000", Level.PREFECTURE, "zh")
    counties = map_frame(bundle, "440000", Level.COUNTY, "zh")

    assert (len(cities.regions), len(counties.regions)) == (21, 124)
    assert len(cities.named) >= 18
    assert len(counties.named) >= 35
    assert cities.roomy <= cities.named
    assert "440800" in cities.named


def test_nation_has_the_inset_of_the_south_sea_and_its_dashes(bundle):
    frame = map_frame(bundle, NATION, Level.PROVINCE, "zh")

    west, south, east, north = frame.inset
    assert len(frame.regions) == 34
    assert (frame.neighbours, frame.neighbours_url) == ((), "")
    # 曾母暗沙 lies at 3°58' N, the dashes reach beyond it.
    assert south < 3.9
    assert west < 109 < 119 < east
    assert north > 18
    points = [point for point in frame.dashes if point[0] is not None]
    assert min(latitude for _, latitude in points) < 5
    assert frame.dashes.count((None, None)) >= 9


def test_guangdong_shows_its_islands_in_one_frame_without_an_inset(bundle):
    frame = map_frame(bundle, "440000", Level.PREFECTURE, "zh")

    west, south, east, north = frame.box
    assert (frame.inset, frame.dashes) == (None, ())
    # 东沙岛 at 20°42' N, 116°43' E belongs to 陆丰.
    assert west < 116.7 < east
    assert south < 20.7 < north
    assert {"450000", "360000", "430000", "350000", "460000"} <= set(frame.neighbours)


def test_hainan_is_framed_by_its_island_with_the_rest_in_the_inset(bundle):
    frame = map_frame(bundle, "460000", Level.PREFECTURE, "zh")

    assert frame.box[1] > 17
    assert frame.inset is not None
    assert frame.dashes != ()


def test_small_provinces_get_a_mark_that_can_be_hit(bundle):
    frame = map_frame(bundle, NATION, Level.PROVINCE, "zh")

    assert "820000" in frame.tiny
    assert {"150000", "440000"}.isdisjoint(frame.tiny)


def test_maps_of_very_many_regions_carry_no_names(bundle):
    frame = map_frame(bundle, NATION, Level.COUNTY, "zh")

    assert len(frame.regions) > 2800
    assert (frame.named, frame.roomy) == (frozenset(), frozenset())


def test_addresses_of_the_geometry_carry_its_version():
    frame = map_frame(small_bundle(), PROVINCE, Level.PREFECTURE, "zh")

    assert frame.geometry_url == f"/geo/geometry/{PROVINCE}-prefecture.json"
    assert frame.neighbours_url == f"/geo/geometry/{PROVINCE}-neighbours.json"
    assert [region.adcode for region in frame.regions] == list(PREFECTURES)
    assert frame.neighbours == ("120000",)
    assert 0 < frame.fill <= 1
