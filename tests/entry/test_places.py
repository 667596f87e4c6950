"""Regions by what people write, and never by guessing."""

import pytest

from geodata.codes import Level
from indicators.entry.former_names import read_former_names
from indicators.entry.places import PlaceError


@pytest.mark.parametrize(
    ("written", "adcode"),
    [
        ("440800", "440800"),
        ("４４０８００", "440800"),
        ("440800.0", "440800"),
        ("湛江市", "440800"),
        ("广东省湛江市", "440800"),
        ("广东省 湛江市", "440800"),
        ("广东省湛江市麻章区", "440811"),
        ("广东湛江麻章区", "440811"),
        ("广东/湛江/麻章区", "440811"),
        ("徐州市鼓楼区", "320302"),
        ("北京市朝阳区", "110105"),
        ("北京市", "110000"),
        ("东莞市", "441900"),
        ("吉林省吉林市", "220200"),
        ("全国", "100000"),
        ("Zhanjiang", "440800"),
    ],
)
def test_codes_names_and_paths_are_found(places, written, adcode):
    assert places.find(written).place.adcode == adcode


def test_a_short_name_is_found_with_a_notice(places):
    found = places.find("湛江")
    assert found.place.adcode == "440800"
    assert "简称" in found.notice.zh


def test_a_full_name_needs_no_notice(places):
    assert places.find("湛江市").notice is None
    assert places.find("广东省湛江市").notice is None


@pytest.mark.parametrize("parent", ["徐州", "江苏省徐州市", "320300"])
def test_the_region_above_settles_a_name(places, parent):
    assert places.find("鼓楼区", parent).place.adcode == "320302"


def test_a_name_that_four_districts_bear_lists_them_with_codes_and_parents(places):
    with pytest.raises(PlaceError) as refused:
        places.find("鼓楼区")
    for candidate in ("320302 江苏省徐州市鼓楼区", "350102 福建省福州市鼓楼区"):
        assert candidate in refused.value.remedy.zh
    assert str(refused.value).count("鼓楼区") >= 4


@pytest.mark.parametrize("written", ["吉林", "朝阳", "海南", "南沙区"])
def test_names_of_several_regions_are_refused(places, written):
    with pytest.raises(PlaceError) as refused:
        places.find(written)
    assert "可能是" in refused.value.remedy.zh


def test_a_name_outside_the_region_above_is_refused(places):
    with pytest.raises(PlaceError) as refused:
        places.find("麻章区", "广州市")
    assert "440811" in refused.value.remedy.zh


@pytest.mark.parametrize("written", ["4408", "44", "999999", "甲乙丙", "湛江湛江", "4408000000"])
def test_what_names_no_region_is_refused(places, written):
    with pytest.raises(PlaceError):
        places.find(written)


@pytest.mark.parametrize("written", ["襄樊市", "襄樊", "思茅市"])
def test_a_former_name_is_found_with_a_notice(places, written):
    found = places.find(written)
    assert found.place.adcode in ("420600", "530800")
    assert "改为" in found.notice.zh


@pytest.mark.parametrize(
    ("written", "now"), [("崇文区", "东城区"), ("宣武区", "西城区"), ("闸北", "静安区")]
)
def test_a_merged_region_is_refused_and_says_where_it_went(places, written, now):
    with pytest.raises(PlaceError) as refused:
        places.find(written)
    assert now in refused.value.expected.zh


def test_a_code_at_two_levels_is_one_region(places):
    assert places.levels("441900") == {Level.PREFECTURE, Level.COUNTY}
    assert places.get("441900").level is Level.PREFECTURE


def test_children_are_all_regions_below(places):
    below = places.children("440800")
    assert {place.level for place in below} == {Level.COUNTY}
    assert "440811" in {place.adcode for place in below}


@pytest.mark.parametrize("former", read_former_names(), ids=lambda former: former.name)
def test_former_names_lead_to_regions_of_today(places, former):
    assert all(places.get(adcode) for adcode in former.adcodes)
    assert former.change in ("renamed", "merged")
    assert former.name not in {place.name_zh for place in places}
    assert 1949 < former.year < 2030
