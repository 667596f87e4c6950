"""What the controls offer, those with data first."""

from dashboard.selection import parse
from dashboard.views.controls import controls_view
from dashboard.views.search import find
from geodata.codes import NATION, Level
from indicators.records import Domain
from tests.builders import (
    PREFECTURES,
    PROVINCE,
    indicator,
    published,
    selection,
    small_bundle,
    target,
)

A, B, C, D = PREFECTURES


def test_indicators_with_data_on_the_map_come_first_in_their_domain():
    bundle = small_bundle(
        indicators=[
            indicator("none"),
            indicator("some"),
            indicator("elsewhere"),
            indicator("brand", domain=Domain.BRAND),
        ],
        observations=[
            *published({A: "2015:1"}, indicator_id="some"),
            *published({"120100": "2020:1", PROVINCE: "2020:1"}, indicator_id="elsewhere"),
        ],
    )

    groups = controls_view(bundle, selection(indicator="some")).indicators

    assert [
        (domain, [(option.indicator.indicator_id, option.has_data) for option in options])
        for domain, options in groups
    ] == [
        (Domain.PRODUCT, [("some", True), ("none", False), ("elsewhere", False)]),
        (Domain.BRAND, [("brand", False)]),
    ]


def test_years_are_offered_apart_from_shorter_periods_with_their_counts():
    bundle = small_bundle(
        observations=published({A: "2019:1 2020:1 2020-05:1 2020-Q2:1", B: "2020:1 2020-05:1"})
    )

    view = controls_view(bundle, selection())

    def offered(options):
        return [(str(item.period), item.count, item.total) for item in options]

    assert offered(view.years) == [("2019", 1, 4), ("2020", 2, 4)]
    assert offered(view.shorter) == [("2020-05", 2, 4), ("2020-Q2", 1, 4)]


def test_regions_levels_and_the_way_up():
    bundle = small_bundle(targets=[target(A, "2020 >= 1")], observations=published({A: "2020:1"}))

    view = controls_view(bundle, selection())

    assert [region.adcode for region in view.plan_regions] == [A]
    assert [region.adcode for region in view.provinces] == [NATION, PROVINCE, "120000"]
    # A plan region is offered once, among the plan regions.
    assert [region.adcode for region in view.prefectures] == [B, C, D, "120100"]
    assert view.levels == (Level.PREFECTURE, Level.COUNTY)
    assert ([region.adcode for region in view.ancestors], view.area.adcode) == ([NATION], PROVINCE)


def test_shipped_controls_offer_every_region_once(bundle):
    view = controls_view(bundle, parse("", bundle).selection)

    codes = [region.adcode for region in (*view.plan_regions, *view.provinces, *view.prefectures)]
    plans = {"440000", "450700", "440800", "152900", "360900"}
    assert {region.adcode for region in view.plan_regions} == plans
    assert len(view.provinces) == 35
    repeated = {code for code in codes if codes.count(code) > 1}
    assert repeated <= plans
    assert "440300" in codes
    assert [domain for domain, _ in view.indicators] == [
        domain
        for domain in Domain
        if any(item.domain is domain for item in bundle.atlas.indicators.values())
    ]
    total = sum(len(options) for _, options in view.indicators)
    assert total == len(bundle.atlas.indicators)


# ---------------------------------------------------------------- the search box


def test_search_finds_a_region_with_the_one_above_and_its_map(bundle):
    chosen = parse("", bundle).selection

    (region, above, address), *_ = find(bundle, chosen, "湛江").regions

    assert (region.adcode, above.adcode) == ("440800", "440000")
    found = parse(address.removeprefix("/"), bundle).selection
    assert (found.region, found.level, found.selected) == ("440800", Level.COUNTY, "")


def test_search_leads_to_a_county_selected_on_the_map_around_it(bundle):
    chosen = parse("", bundle).selection

    (region, _, address), *_ = find(bundle, chosen, "徐闻").regions

    found = parse(address.removeprefix("/"), bundle).selection
    assert region.adcode == "440825"
    assert (found.region, found.level, found.selected) == ("440800", Level.COUNTY, "440825")


def test_search_finds_indicators_by_name_pinyin_and_initials(bundle):
    chosen = parse("", bundle).selection
    name = bundle.atlas.indicators["air_good_days_share"].name_zh

    for asked in (name, "youliang", "AIR GOOD", " air good days"):
        found = [item.indicator_id for item, _ in find(bundle, chosen, asked).indicators]
        assert "air_good_days_share" in found


def test_empty_search_finds_nothing(bundle):
    hits = find(bundle, parse("", bundle).selection, "  ")

    assert (hits.regions, hits.indicators) == ((), ())
