"""Figures of the comparison page: what is drawn where, and that nothing covers anything."""

import itertools

import pytest

from dashboard.figures.compare_trend import compare_trend_figure, spread
from dashboard.figures.small_multiples import geometry_addresses, small_map_figure
from dashboard.figures.strip import strip_figure, swarm
from dashboard.theme import THEMES, palette
from dashboard.views.compare_area import maps_view, strip_view
from dashboard.views.compare_trend import compare_trend_view
from dashboard.views.frame import map_frame
from tests.builders import (
    PROVINCE,
    definition_break,
    published,
    selection,
    small_bundle,
    target,
)

GIVEN = {
    "observations": published(
        {"110100": "2018:80 2019:81 2021:90", "110200": "2018:80.1 2021:90.1", PROVINCE: "2018:85"}
    ),
    "targets": (target("110100", "2020 >= 92"), target("110200", "2020 >= 92")),
    "breaks": (definition_break("2020"),),
}


def trend(theme="light", codes=("110100", "110200")):
    view = compare_trend_view(small_bundle(**GIVEN), selection(), codes)
    return compare_trend_figure(view, lang="zh", theme=theme)


def test_nothing_is_drawn_across_a_break():
    lines = [trace for trace in trend()["data"] if trace["mode"] == "lines+markers"]
    mine = [trace["x"] for trace in lines if trace["name"] == "子市"]
    assert mine == [["2018-07-01", "2019-07-01"], ["2021-07-01"]]
    assert [shape["x0"] for shape in trend()["layout"]["shapes"]] == ["2020-01-01"]


def test_equal_targets_are_rings_of_different_size():
    diamonds = [
        trace["marker"] for trace in trend()["data"] if trace["marker"]["symbol"] == "diamond-open"
    ]
    assert len({marker["size"][0] for marker in diamonds}) == len(diamonds) == 2


def test_names_at_the_ends_do_not_touch():
    figure = trend()
    names = figure["layout"]["annotations"]
    assert {name["text"] for name in names} == {"子 90", "丑 90.1", "甲 85"}
    low, high = figure["layout"]["yaxis"]["range"]
    room = figure["layout"]["height"] - 48
    heights = sorted((name["ay"] - low) / (high - low) * room for name in names)
    assert all(b - a > 18 for a, b in itertools.pairwise(heights))
    assert heights[0] >= 0
    assert heights[-1] <= room


@pytest.mark.parametrize("theme", THEMES)
def test_colours_of_lines_say_nothing_about_attainment(theme):
    colours = palette(theme)
    assert not set(colours.categorical) & set(colours.states.values())
    used = {trace["line"]["color"] for trace in trend(theme)["data"] if "line" in trace}
    assert used <= {*colours.categorical, colours.ink_soft}


def test_lines_of_one_colour_differ_in_dash_or_marker(bundle):
    codes = tuple(region.adcode for region in bundle.regions.children("440000", "prefecture"))[:12]
    chosen = selection(indicator="air_good_days_share")
    figure = compare_trend_figure(
        compare_trend_view(bundle, chosen, codes), lang="zh", theme="light"
    )
    looks = {
        trace["name"]: (trace["line"]["color"], trace["line"]["dash"], trace["marker"]["symbol"])
        for trace in figure["data"]
        if trace["mode"] == "lines+markers"
    }
    assert len(set(looks.values())) >= len(looks) - 2  # the faint ones look alike


def test_a_trend_of_nothing_is_an_empty_figure():
    view = compare_trend_view(small_bundle(), selection(), ("110100",))
    figure = compare_trend_figure(view, lang="en", theme="dark")
    assert figure["data"] == []
    assert figure["layout"]["height"] > 0


def test_spread_moves_no_more_than_needed():
    assert spread([10, 50, 90], 20, 100) == [10, 50, 90]
    assert spread([50, 50, 50], 20, 100) == [50, 70, 90]
    assert spread([90, 95, 99], 20, 100) == [60, 80, 100]
    assert spread([], 20, 100) == []


def test_dots_of_equal_values_stand_beside_one_another():
    levels = swarm([5.0] * 5, 15, [0.0, 10.0])
    assert sorted(levels) == [-2, -1, 0, 1, 2]
    assert swarm([1.0, 9.0], 15, [0.0, 10.0]) == [0, 0]


def test_the_strip_draws_every_region_and_names_the_selected_one():
    view = strip_view(small_bundle(**GIVEN), selection(period="2018", selected="110200"))
    figure = strip_figure(view, lang="zh", theme="light")
    (dots,) = figure["data"]
    assert dict(zip(dots["ids"], dots["x"], strict=True)) == {"110100": 80, "110200": 80.1}
    assert dots["marker"]["symbol"] == ["circle", "diamond"]
    words = [note["text"] for note in figure["layout"]["annotations"]]
    assert words == ["甲整体 85%", "<b>丑</b>"]
    assert [shape["x0"] for shape in figure["layout"]["shapes"]] == [85]


def test_an_empty_strip_has_a_height():
    view = strip_view(small_bundle(), selection())
    assert strip_figure(view, lang="zh", theme="dark")["layout"]["height"] > 0


def test_small_maps_share_geometry_and_scale():
    bundle = small_bundle(**GIVEN)
    shown = selection(period="2018")
    frame = map_frame(bundle, shown.region, shown.level, "zh")
    figures = [
        small_map_figure(view, frame, bundle.atlas, lang="zh", theme="light")
        for view in maps_view(bundle, shown, ("2018", "2021")).maps
    ]
    scales = [figure["data"][1]["colorscale"] for figure in figures]
    assert scales[0] == scales[1]
    assert all(figure["layout"]["geo"]["domain"] for figure in figures)
    addresses = geometry_addresses(figures)
    assert len(addresses) == len(set(addresses))
    assert {address.split("#")[0] for address in addresses} == {
        frame.geometry_url,
        frame.neighbours_url,
    }
