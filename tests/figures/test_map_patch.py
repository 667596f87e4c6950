"""A patch turns one drawn map into another, and touches no more than it must."""

import pytest

from dashboard.figures.choropleth import (
    INSET,
    NAMES,
    REGIONS,
    SELECTED,
    TINY,
    choropleth_figure,
    map_values,
)
from dashboard.patching import map_patch
from dashboard.selection import View, parse
from dashboard.views.area import area_view
from dashboard.views.frame import map_frame
from tests.builders import apply_patch, as_json


def figure_of(bundle, chosen):
    frame = map_frame(bundle, chosen.region, chosen.level, chosen.lang)
    return as_json(
        choropleth_figure(
            area_view(bundle, chosen),
            frame,
            bundle.atlas,
            lang=chosen.lang,
            theme=chosen.theme,
            selected=chosen.selected,
        )
    )


def patch_to(bundle, chosen, *, rescaled):
    frame = map_frame(bundle, chosen.region, chosen.level, chosen.lang)
    values = map_values(
        area_view(bundle, chosen), frame, bundle.atlas, lang=chosen.lang, theme=chosen.theme
    )
    return map_patch(values, frame, chosen.selected, rescaled=rescaled)


def places(patch):
    """Return the places a patch writes to, without the "data" they all start with."""
    locations = [step["location"] for step in patch.to_plotly_json()["operations"]]
    assert {location[0] for location in locations} == {"data"}
    return {tuple(location[1:]) for location in locations}


PERIOD_PLACES = {
    (REGIONS, "z"),
    (REGIONS, "customdata"),
    (REGIONS, "hovertemplate"),
    (NAMES, "text"),
    (NAMES, "textfont", "color"),
    (SELECTED, "locations"),
    (SELECTED, "z"),
    (SELECTED, "visible"),
}
TINY_PLACES = {(TINY, "customdata"), (TINY, "hovertemplate"), (TINY, "marker", "color")}


def test_change_of_period_rewrites_numbers_and_texts_only(bundle):
    chosen = parse("?region=440000&level=prefecture", bundle).selection

    assert places(patch_to(bundle, chosen, rescaled=False)) == PERIOD_PLACES


def test_tiny_regions_and_the_inset_change_with_the_rest(bundle):
    chosen = parse("?region=100000&level=province&indicator=forest_cover", bundle).selection

    assert places(patch_to(bundle, chosen, rescaled=False)) == {
        *PERIOD_PLACES,
        *TINY_PLACES,
        (INSET, "z"),
    }


def test_other_classes_bring_their_colours(bundle):
    chosen = parse("?region=440000&level=prefecture", bundle).selection

    added = places(patch_to(bundle, chosen, rescaled=True)) - PERIOD_PLACES

    assert added == {
        (REGIONS, "text"),
        (REGIONS, "colorscale"),
        (REGIONS, "zmin"),
        (REGIONS, "zmax"),
        (REGIONS, "showscale"),
        (NAMES, "lon"),
        (NAMES, "lat"),
    }


STEPS = [
    # Another month, another selected region: classes stay.
    ("?region=440000&period=2023-03", "?region=440000&period=2024-03&selected=440800", False),
    ("?region=440000&period=2024-03&selected=440800", "?region=440000&period=2023-03", False),
    # Years have other classes than months, and another number of them.
    (
        "?region=440000&level=county&indicator=pm25_mean&period=2023",
        "?region=440000&level=county&indicator=pm25_mean&period=2023-05",
        True,
    ),
    (
        "?region=100000&level=province&indicator=forest_cover",
        "?region=100000&level=province&indicator=pm25_mean&view=change",
        True,
    ),
    ("?region=440000&view=value", "?region=440000&view=attainment", True),
    ("?region=440000&view=attainment", "?region=440000&view=gap", True),
    ("?region=100000&level=county", "?region=100000&level=county&view=change", True),
]


@pytest.mark.parametrize(("before", "after", "rescaled"), STEPS)
def test_patched_map_is_the_map_drawn_anew(bundle, before, after, rescaled):
    one, other = (parse(query, bundle).selection for query in (before, after))

    patched = apply_patch(figure_of(bundle, one), patch_to(bundle, other, rescaled=rescaled))

    drawn = figure_of(bundle, other)
    assert patched["layout"] == drawn["layout"]
    for index, (trace, expected) in enumerate(zip(patched["data"], drawn["data"], strict=True)):
        assert trace.get("visible", True) is expected.get("visible", True)
        differing = {key for key in expected if trace.get(key) != expected[key]}
        # What is not drawn may keep what it had.
        differing = set() if expected.get("visible") is False else differing
        assert (index, differing) == (index, set())


@pytest.mark.parametrize("view", list(View))
def test_all_periods_of_a_kind_share_their_colours(bundle, view):
    months = [
        parse(f"?region=440000&period={month}&view={view}", bundle).selection
        for month in ("2022-09", "2023-03", "2024-03")
    ]

    scales = [figure_of(bundle, chosen)["data"][REGIONS]["colorscale"] for chosen in months]

    assert scales[0] == scales[1] == scales[2]
