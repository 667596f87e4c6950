"""Regions: lookup, children, ancestors, search."""

import subprocess
import sys
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from geodata.codes import Level
from geodata.errors import UnknownRegionError

ROOT = Path(__file__).parents[2]


def codes(found):
    return [region.adcode for region in found]


def test_region_is_frozen(tiny_regions):
    with pytest.raises(FrozenInstanceError):
        tiny_regions.get("110000").name_zh = "别处"


def test_get_without_level_gives_the_highest(tiny_regions):
    assert tiny_regions.get("119900").level == Level.PREFECTURE
    assert tiny_regions.get("119900", Level.COUNTY).level == Level.COUNTY


def test_the_nation_is_a_region(tiny_regions):
    nation = tiny_regions.get("100000")
    found = (nation.level, nation.name_zh, nation.short_zh, nation.name_en, nation.parent)
    assert found == (Level.NATION, "全国", "全国", "China", "")
    assert tiny_regions.all(Level.NATION) == (nation,)


@pytest.mark.parametrize(("adcode", "level"), [("999999", None), ("110101", Level.PROVINCE)])
def test_unknown_region_is_named(tiny_regions, adcode, level):
    with pytest.raises(UnknownRegionError, match=adcode):
        tiny_regions.get(adcode, level)


def test_contains(tiny_regions):
    assert "110101" in tiny_regions
    assert "100000" in tiny_regions
    assert "999999" not in tiny_regions
    assert 110101 not in tiny_regions


@pytest.mark.parametrize(
    ("adcode", "level", "expected"),
    [
        ("110000", Level.PREFECTURE, ["110100", "119900"]),
        ("110000", Level.COUNTY, ["110101", "110102", "119900"]),
        ("119900", Level.COUNTY, ["119900"]),
        ("100000", Level.PROVINCE, ["110000", "120000"]),
        ("110000", Level.PROVINCE, []),
        ("110100", Level.PREFECTURE, []),
        ("110100", Level.PROVINCE, []),
        ("110101", Level.COUNTY, []),
        ("110000", Level.NATION, []),
    ],
)
def test_children(tiny_regions, adcode, level, expected):
    assert codes(tiny_regions.children(adcode, level)) == expected


def test_children_of_an_unknown_area(tiny_regions):
    with pytest.raises(UnknownRegionError):
        tiny_regions.children("999999", Level.COUNTY)


@pytest.mark.parametrize(
    ("adcode", "expected"),
    [
        ("100000", [Level.PROVINCE, Level.PREFECTURE, Level.COUNTY]),
        ("110000", [Level.PREFECTURE, Level.COUNTY]),
        ("110100", [Level.COUNTY]),
        ("119900", [Level.COUNTY]),
        ("110101", []),
    ],
)
def test_levels_below(tiny_regions, adcode, expected):
    assert list(tiny_regions.levels_below(adcode)) == expected


@pytest.mark.parametrize(
    ("adcode", "expected"),
    [
        ("100000", []),
        ("110000", ["100000"]),
        ("119900", ["100000", "110000"]),
        ("110101", ["100000", "110000", "110100"]),
    ],
)
def test_ancestors(tiny_regions, adcode, expected):
    assert codes(tiny_regions.ancestors(adcode)) == expected


@pytest.mark.parametrize(
    ("area", "level", "count"),
    [
        ("450700", Level.COUNTY, 4),
        ("152900", Level.COUNTY, 3),
        ("440000", Level.PREFECTURE, 21),
        ("440000", Level.COUNTY, 124),
        ("360900", Level.COUNTY, 10),
        ("440800", Level.COUNTY, 9),
        ("441900", Level.COUNTY, 1),
        ("442000", Level.COUNTY, 1),
        ("100000", Level.PROVINCE, 34),
        ("100000", Level.PREFECTURE, 375),
        ("100000", Level.COUNTY, 2891),
        ("820000", Level.COUNTY, 1),
    ],
)
def test_children_of_the_real_country(regions, area, level, count):
    assert len(regions.children(area, level)) == count


@pytest.mark.parametrize("adcode", ["441900", "442000"])
def test_cities_without_counties_stand_for_themselves(regions, adcode):
    (only,) = regions.children(adcode, Level.COUNTY)
    assert (only.adcode, only.level, only.parent) == (adcode, Level.COUNTY, adcode)


def test_municipality_is_named_once_in_the_path(regions):
    assert codes(regions.ancestors("110101")) == ["100000", "110000"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("湛江", "440800"),
        ("湛江市", "440800"),
        ("zhanjiang", "440800"),
        ("Zhan Jiang", "440800"),
        ("雷州", "440882"),
        ("xi'an", "610100"),
        ("urumqi", "650100"),
        ("Ürümqi", "650100"),
        ("lvliang", "141100"),
        ("luliang", "141100"),
        ("shaanxi", "610000"),
        ("440811", "440811"),
        ("alxa", "152900"),
        ("全国", "100000"),
        ("China", "100000"),
        ("shunde", "440606"),
    ],
)
def test_search_finds_first(regions, text, first):
    assert codes(regions.search(text))[0] == first


def test_search_finds_initials_and_code_prefixes(regions):
    assert "440800" in codes(regions.search("zj", limit=8))
    assert codes(regions.search("4408"))[0] == "440800"
    assert all(code.startswith("4408") for code in codes(regions.search("4408")))


def test_search_finds_inside_a_name_after_prefixes(tiny_regions):
    assert codes(tiny_regions.search("县")) == ["110101", "110102", "120101"]


def test_search_puts_higher_levels_first(regions):
    found = regions.search("吉林")
    assert [found[0].level, found[1].level] == [Level.PROVINCE, Level.PREFECTURE]


def test_search_keeps_the_limit_and_one_entry_per_code(regions):
    found = codes(regions.search("a", limit=5))
    assert len(found) == len(set(found)) == 5
    assert codes(regions.search("东莞")).count("441900") == 1


@pytest.mark.parametrize("text", ["", "  ", "??", "没有这个地方"])
def test_search_without_a_hit(regions, text):
    assert regions.search(text) == ()


def test_regions_needs_no_geometry_library():
    script = "import sys, geodata.regions; sys.exit('geopandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0
