"""The map as the browser receives it: classes, colours, words, and no geometry."""

import json

import pytest
from plotly.graph_objects import Figure

from dashboard.figures.choropleth import (
    INSET,
    INSET_DOMAIN,
    NAMES,
    NEIGHBOURS,
    REGIONS,
    SELECTED,
    TINY,
    choropleth_figure,
)
from dashboard.figures.colours import class_colours, ramp
from dashboard.selection import View, parse
from dashboard.theme import palette
from dashboard.views.area import BLANKS, area_view
from dashboard.views.frame import map_frame
from geodata.classify import class_of, natural_breaks
from geodata.codes import NATION, Level
from indicators.attainment import State
from indicators.records import Direction
from tests.builders import (
    PREFECTURES,
    PROVINCE,
    as_json,
    contrast,
    indicator,
    observation,
    published,
    selection,
    small_bundle,
    target,
)

A, B, C, D = PREFECTURES
STATES = list(State)


def draw(bundle, chosen):
    """Return view and figure of a selection, the figure as it arrives in the browser."""
    view = area_view(bundle, chosen)
    figure = choropleth_figure(
        view,
        map_frame(bundle, chosen.region, chosen.level, chosen.lang),
        bundle.atlas,
        lang=chosen.lang,
        theme=chosen.theme,
        selected=chosen.selected,
    )
    return view, as_json(figure)


def shown(bundle, query):
    return draw(bundle, parse(query, bundle).selection)


def colour_at(trace, z):
    """Return the colour plotly gives a value, by its stepped scale."""
    at = (z - trace["zmin"]) / (trace["zmax"] - trace["zmin"])
    below = [fill for place, fill in trace["colorscale"] if place <= at]
    above = [fill for place, fill in trace["colorscale"] if place > at]
    # Inside a step both ends have the colour; on an edge they would differ.
    assert below[-1] == above[0]
    return below[-1]


@pytest.fixture(scope="module")
def first(bundle):
    return shown(bundle, "")


# ---------------------------------------------------------------- classes and colours


def test_classes_are_those_of_the_table(bundle, first):
    view, figure = first
    series = [
        item
        for item in bundle.atlas.tables.observations
        if item.indicator_id == "air_good_days_share"
        and item.adcode in {row.region.adcode for row in view.rows}
        and item.period.kind == view.period.kind
    ]
    breaks = natural_breaks([item.value for item in series], 5)
    values = {item.adcode: item.value for item in series if item.period == view.period}

    regions = figure["data"][REGIONS]
    assert regions["locations"] == sorted(values)
    assert regions["z"] == [class_of(values[code], breaks) for code in regions["locations"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", list(View))
def test_every_class_and_blank_has_its_colour(name, theme):
    bundle = small_bundle(
        observations=published({A: "2019:88 2020:94", B: "2019:93 2020:91", C: "2020:92"}),
        targets=[target(PROVINCE, "2020 >= 92")],
    )

    view, figure = draw(bundle, selection(view=name, theme=theme))

    colours, regions = palette(theme), figure["data"][REGIONS]
    fills = [*class_colours(view, colours), *(colours.states[state] for state in BLANKS)]
    assert [colour_at(regions, z) for z in range(len(fills))] == fills
    for row, z in zip(view.rows, regions["z"], strict=True):
        expected = colours.states[row.blank] if row.blank else fills[row.shade]
        assert colour_at(regions, z) == expected


def test_missing_value_has_a_colour_of_its_own_and_never_the_lowest_class():
    bundle = small_bundle(observations=published({A: "2020:0", B: "2020:50"}))

    _, figure = draw(bundle, selection())

    regions, colours = figure["data"][REGIONS], palette("light")
    fills = [colour_at(regions, z) for z in regions["z"]]
    assert fills == [colours.ramp[0], colours.ramp[-1], colours.no_actual, colours.no_actual]


@pytest.mark.parametrize(
    ("name", "blank"),
    [(View.GAP, State.NO_TARGET), (View.CHANGE, State.UNDETERMINED)],
)
def test_other_blanks_have_theirs(name, blank):
    bundle = small_bundle(observations=published({A: "2020:90"}))

    _, figure = draw(bundle, selection(view=name))

    regions = figure["data"][REGIONS]
    assert colour_at(regions, regions["z"][0]) == palette("light").states[blank]


def test_states_have_the_colours_of_the_theme():
    bundle = small_bundle(
        observations=published({A: "2020:93", B: "2020:91"}),
        targets=[target(PROVINCE, "2020 >= 92")],
    )

    _, figure = draw(bundle, selection(view=View.ATTAINMENT))

    regions, states = figure["data"][REGIONS], palette("light").states
    assert [colour_at(regions, z) for z in regions["z"]] == [
        states[State.MET],
        states[State.NOT_MET],
        states[State.NO_ACTUAL],
        states[State.NO_ACTUAL],
    ]


@pytest.mark.parametrize(
    ("direction", "comparator"), [(Direction.HIGHER, ">="), (Direction.LOWER, "<=")]
)
def test_short_of_and_past_a_target_lie_on_two_sides(direction, comparator):
    bundle = small_bundle(
        indicators=[indicator(direction=direction)],
        observations=published({A: "2020:90", B: "2020:94"}),
        targets=[target(PROVINCE, f"2020 {comparator} 92")],
    )

    _, figure = draw(bundle, selection(view=View.GAP))

    regions, colours = figure["data"][REGIONS], palette("light")
    low, high = (colour_at(regions, z) for z in regions["z"][:2])
    short, past = (low, high) if direction is Direction.HIGHER else (high, low)
    assert short in colours.short
    assert past in colours.past


@pytest.mark.parametrize(
    ("count", "steps"),
    [(1, [2]), (2, [0, 4]), (3, [0, 2, 4]), (4, [0, 1, 3, 4]), (5, [0, 1, 2, 3, 4])],
)
def test_ramp_spreads_over_its_whole_range(count, steps):
    colours = palette("light")

    assert ramp(colours, count) == tuple(colours.ramp[step] for step in steps)


# ---------------------------------------------------------------- geometry


def test_geometry_is_an_address_and_never_polygons(bundle, first):
    _, figure = first

    base = f"/geo/{bundle.geometry_version}/440000"
    maps = [trace for trace in figure["data"] if trace["type"] == "choropleth"]
    # A trace whose address differs in its fragment shares the file and not the drawing.
    assert [trace["geojson"].partition("#")[0] for trace in maps] == [
        f"{base}-neighbours.json",
        f"{base}-prefecture.json",
        f"{base}-prefecture.json",
    ]
    assert "coordinates" not in json.dumps(figure)


def test_figure_is_one_that_plotly_accepts(first):
    _, figure = first

    assert [trace.type for trace in Figure(figure).data] == [
        "choropleth",
        "choropleth",
        "scattergeo",
        "scattergeo",
        "choropleth",
    ]


@pytest.mark.parametrize("view", list(View))
def test_figure_of_all_counties_is_small(bundle, view):
    _, figure = shown(bundle, f"?region=440000&level=county&indicator=pm25_mean&view={view}")

    assert len(figure["data"][REGIONS]["z"]) == 124
    assert len(json.dumps(figure, ensure_ascii=False).encode()) < 60_000


def test_neighbours_are_one_colour_and_silent(first):
    _, figure = first

    around = figure["data"][NEIGHBOURS]
    assert "450000" in around["locations"]
    assert len(around["z"]) == len(around["locations"])
    assert around["colorscale"] == [[0, palette("light").land], [1, palette("light").land]]
    assert around["hoverinfo"] == "skip"


def test_base_map_of_plotly_is_off_and_the_frame_is_the_area(bundle, first):
    _, figure = first

    geo = figure["layout"]["geo"]
    west, south, east, north = map_frame(bundle, "440000", Level.PREFECTURE, "zh").box
    assert geo["visible"] is False
    assert geo["projection"] == {"type": "mercator"}
    assert (geo["lonaxis"]["range"], geo["lataxis"]["range"]) == ([west, east], [south, north])
    assert "geo2" not in figure["layout"]


def test_nation_has_its_inset_within_a_frame(bundle):
    view, figure = shown(bundle, f"?region={NATION}&level=province&indicator=forest_cover")

    layout, inset = figure["layout"], figure["data"][INSET]
    assert layout["geo"]["projection"]["type"] == "conic equal area"
    assert layout["geo2"]["domain"] == INSET_DOMAIN
    assert (inset["geo"], inset["z"]) == ("geo2", figure["data"][REGIONS]["z"])
    assert len(inset["locations"]) == len(view.rows) == 34
    (frame,) = layout["shapes"]
    assert [frame["x0"], frame["x1"]] == INSET_DOMAIN["x"]
    assert [frame["y0"], frame["y1"]] == INSET_DOMAIN["y"]
    dashed = figure["data"][INSET + 1 :]
    assert [trace["geo"] for trace in dashed] == ["geo", "geo2"]
    assert {trace["mode"] for trace in dashed} == {"lines"}
    assert dashed[0]["lon"].count(None) >= 9


# ---------------------------------------------------------------- words


def test_hover_tells_value_rank_target_verdict_and_source(bundle):
    query = "?region=440000&level=prefecture&indicator=air_good_days_share&period=2020"
    _, figure = shown(bundle, query)
    regions = figure["data"][REGIONS]
    index = regions["locations"].index("441500")
    source = bundle.atlas.choice("441500", "air_good_days_share", "2020").chosen.source_id

    told = regions["customdata"][index] + "<br>" + regions["hovertemplate"]
    assert regions["text"][index].startswith("汕尾市　")
    assert set(regions["text"][index][4:]) <= set("▁▂▃▄▅▆▇█")
    assert told.startswith("<b>97.8%</b>　第 1/2<br>比2019年 +3.3 个百分点<br>")
    assert "2020 年目标 > 92%（参照上级目标）" in told
    assert "✓ 已达标（2020年）　优于目标 5.8 个百分点" in told
    assert f"来源：{bundle.atlas.sources[source].publisher}" in told


@pytest.fixture
def four():
    """Return a bundle in which each prefecture has something else to tell."""
    return small_bundle(
        observations=[
            *published({A: "2018:88 2019:90 2020:93.1", B: "2020:>=90"}),
            observation(C, "2020", 89, source_id="s2"),
        ],
        targets=[target(PROVINCE, "2020 >= 92"), target(B, "2020 >= 95")],
    )


def test_hover_of_each_kind_of_row(four):
    _, figure = draw(four, selection())

    assert figure["data"][REGIONS]["customdata"] == [
        "<b>93.1%</b>　第 1/3<br>比2019年 +3.1 个百分点<br>2020 年目标 ≥ 92%（参照上级目标）<br>"
        "✓ 已达标（2020年）　优于目标 1.1 个百分点<br>来源：统计局",
        "<b>≥ 90%</b>　第 2/3<br>2020 年目标 ≥ 95%<br>? 无法判定<br>来源：统计局",
        "<b>89%</b>　第 3/3<br>2020 年目标 ≥ 92%（参照上级目标）<br>"
        "✕ 未达标（2020年）　距目标差 3 个百分点<br>来源：日报",
        "无实际值<br>2020 年目标 ≥ 92%（参照上级目标）",
    ]
    assert figure["data"][REGIONS]["text"] == ["子市　▁▄█", "丑市", "寅市", "卯市"]
    assert figure["data"][REGIONS]["hovertemplate"] == (
        "<b>%{text}</b><br>%{customdata}<extra></extra>"
    )


def test_lines_all_regions_share_are_sent_once():
    bundle = small_bundle(
        observations=published(
            {code: f"2020:{90 + index}" for index, code in enumerate(PREFECTURES)}
        ),
        targets=[target(PROVINCE, "2020 >= 92")],
    )

    _, figure = draw(bundle, selection(lang="en"))

    regions = figure["data"][REGIONS]
    assert regions["hovertemplate"] == (
        "<b>%{text}</b><br>%{customdata}<br>"
        "2020 target ≥ 92% (target of the region above)<br>Source: 统计局<extra></extra>"
    )
    assert regions["customdata"][0] == (
        "<b>90%</b>　4 of 4<br>✕ not met (2020)　2 percentage points short of the target"
    )
    assert regions["text"] == ["Zi", "Chou", "Yin", "Mao"]


def test_region_without_a_value_names_no_source():
    bundle = small_bundle(observations=published({A: "2020:90", B: "2020:91"}))

    _, figure = draw(bundle, selection())

    regions = figure["data"][REGIONS]
    told = [f"{hover}<br>{regions['hovertemplate']}" for hover in regions["customdata"]]
    assert ["来源：统计局" in words for words in told] == [True, True, False, False]


def test_names_carry_values_where_there_is_room(four):
    _, figure = draw(four, selection())

    names = figure["data"][NAMES]
    assert names["text"] == ["子<br>93.1", "丑<br>90", "寅<br>89", "卯"]
    assert names["lon"] == [101, 103, 105, 107]
    assert len(names["textfont"]["color"]) == 4


def test_verdicts_have_a_symbol_beside_the_colour_on_every_region(four):
    _, figure = draw(four, selection(view=View.ATTAINMENT))

    assert figure["data"][NAMES]["text"] == ["子<br>✓", "丑<br>?", "寅<br>✕", "卯<br>·"]


LADDER = {A: "2020:1", B: "2020:2", C: "2020:3", D: "2020:4", "120100": "2020:5"}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", [View.VALUE, View.GAP, View.ATTAINMENT])
def test_names_take_the_ink_that_reads_better_on_their_fill(theme, name):
    steps = {
        # Every state that can be had in 2018, on the way to 2020.
        View.ATTAINMENT: [
            {A: "2018:95", B: "2015:80 2018:87.5", C: "2015:80 2018:85.5", D: "2015:80 2018:82"},
            {A: "2020:91", B: "2015:91", C: "2018:>=80", D: "2015:95 2018:90"},
        ],
        View.VALUE: [LADDER, {A: "2020:5", B: "2020:4", C: "2020:3 2019:1", D: "2020:3 2019:2"}],
        View.GAP: [
            {A: "2020:91", B: "2020:90", C: "2020:85", D: "2020:92"},
            {A: "2020:93", B: "2020:94", C: "2020:99", D: "2020:92"},
        ],
    }[name]
    worse = set()
    for values in steps:
        bundle = small_bundle(
            observations=published(values), targets=[target(PROVINCE, "2020 >= 92")]
        )
        period = "2018" if name is View.ATTAINMENT else "2020"
        _, figure = draw(bundle, selection(view=name, theme=theme, period=period))
        regions, names = figure["data"][REGIONS], figure["data"][NAMES]
        for z, ink in zip(regions["z"], names["textfont"]["color"], strict=True):
            fill = colour_at(regions, z)
            other = {"#ffffff": "#1b2733", "#1b2733": "#ffffff"}[ink]
            if contrast(ink, fill) < contrast(other, fill):
                worse.add((fill, ink))

    assert worse == set()


# ---------------------------------------------------------------- selected and tiny


def test_selected_region_has_an_outline_and_nothing_else():
    _, figure = draw(small_bundle(), selection(selected=B))
    _, without = draw(small_bundle(), selection())

    outline = figure["data"][SELECTED]
    assert (outline["locations"], outline["z"]) == ([B], [0])
    assert outline["marker"]["line"] == {"color": palette("light").ink, "width": 2.5}
    assert {fill for _, fill in outline["colorscale"]} == {"rgba(0,0,0,0)"}
    assert (without["data"][SELECTED]["locations"], without["data"][SELECTED]["z"]) == ([], [])


def test_tiny_regions_get_a_mark_in_their_own_colour(bundle):
    _, figure = shown(bundle, f"?region={NATION}&level=province&indicator=forest_cover")

    tiny, regions = figure["data"][TINY], figure["data"][REGIONS]
    frame = map_frame(bundle, NATION, Level.PROVINCE, "zh")
    assert tiny["visible"] is True
    assert tiny["ids"] == sorted(frame.tiny)
    assert tiny["marker"]["color"] == [
        regions["z"][regions["locations"].index(code)] for code in tiny["ids"]
    ]
    assert tiny["customdata"] == [
        regions["customdata"][regions["locations"].index(code)] for code in tiny["ids"]
    ]
    assert (tiny["marker"]["cmin"], tiny["marker"]["cmax"]) == (regions["zmin"], regions["zmax"])
    assert tiny["marker"]["colorscale"] == regions["colorscale"]


def test_map_without_tiny_regions_shows_no_marks(first):
    _, figure = first

    assert (figure["data"][TINY]["visible"], figure["data"][TINY]["ids"]) == (False, [])
