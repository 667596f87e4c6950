"""The ranking: order, target line, and what is left out of a long one."""

from dataclasses import replace

import pytest
from plotly.graph_objects import Figure

from dashboard.figures.ranking import MOST_ROWS, ranking_figure, shared_target, shown_rows
from dashboard.theme import palette
from dashboard.views.area import area_view
from indicators.records import Direction
from tests.builders import (
    PREFECTURES,
    PROVINCE,
    as_json,
    indicator,
    published,
    selection,
    small_bundle,
    target,
)

A, B, C, D = PREFECTURES
VALUES = published({A: "2020:90", B: "2020:95", C: "2020:>=93"})


def draw(bundle, chosen=None, lang="zh"):
    chosen = chosen or selection()
    view = area_view(bundle, chosen)
    return as_json(ranking_figure(view, lang=lang, theme=chosen.theme, selected=chosen.selected))


@pytest.mark.parametrize(
    ("direction", "codes"), [(Direction.HIGHER, [B, C, A]), (Direction.LOWER, [A, C, B])]
)
def test_best_is_on_top_in_both_directions(direction, codes):
    figure = draw(small_bundle(indicators=[indicator(direction=direction)], observations=VALUES))

    (bars,), axis = figure["data"], figure["layout"]["yaxis"]
    values = {A: 90, B: 95, C: 93}
    assert bars["ids"] == bars["customdata"] == codes
    assert bars["x"] == [values[code] for code in codes]
    assert (bars["y"], axis["tickvals"], axis["autorange"]) == ([0, 1, 2], [0, 1, 2], "reversed")


def test_rows_say_rank_name_and_value():
    figure = draw(small_bundle(observations=VALUES))
    english = draw(small_bundle(observations=VALUES), lang="en")

    assert figure["layout"]["yaxis"]["ticktext"] == ["1　丑", "2　寅", "3　子"]
    assert figure["data"][0]["text"] == ["95%", "≥ 93%", "90%"]
    assert english["layout"]["yaxis"]["ticktext"] == ["1　Chou", "2　Yin", "3　Zi"]


def test_ties_share_a_rank_in_code_order():
    figure = draw(small_bundle(observations=published({A: "2020:9", B: "2020:9", C: "2020:8"})))

    assert figure["layout"]["yaxis"]["ticktext"] == ["1　子", "1　丑", "3　寅"]


def test_selected_region_has_the_accent():
    chosen = draw(small_bundle(observations=VALUES), selection(selected=C))["data"][0]["marker"]
    none = draw(small_bundle(observations=VALUES))["data"][0]["marker"]

    colours = palette("light")
    assert chosen["color"] == [colours.ramp[2], colours.accent, colours.ramp[2]]
    assert chosen["opacity"] == [0.75, 1, 0.75]
    assert (none["color"], none["opacity"]) == ([colours.ramp[2]] * 3, [1, 1, 1])


# ---------------------------------------------------------------- the target as a line


def test_target_of_the_area_is_a_line():
    figure = draw(small_bundle(observations=VALUES, targets=[target(PROVINCE, "2020 >= 92")]))

    (line,), (words,) = figure["layout"]["shapes"], figure["layout"]["annotations"]
    assert (line["x0"], line["x1"], line["y0"], line["y1"]) == (92, 92, 0, 1)
    assert (words["x"], words["text"]) == (92, "2020 年目标 ≥ 92%")


@pytest.mark.parametrize(
    "targets",
    [
        [],
        [target(PROVINCE, "2020 >= 92"), target(A, "2020 >= 95")],
        [target(A, "2020 >= 92")],
        [target(A, "2020 >= 92"), target(B, "2020 >= 92")],
    ],
)
def test_targets_that_differ_are_no_line(targets):
    bundle = small_bundle(observations=VALUES, targets=targets)
    figure = draw(bundle)

    assert figure["layout"]["shapes"] == []
    assert figure["layout"]["annotations"] == []
    assert shared_target(area_view(bundle, selection())) is None


# ---------------------------------------------------------------- long rankings


def many(codes):
    """Return the map of an area with these regions, the first the best."""
    view = area_view(small_bundle(observations=VALUES), selection())
    first = view.rows[0]
    rows = tuple(
        replace(
            first,
            region=replace(first.region, adcode=code),
            observation=replace(first.observation, value=100 - place),
            rank=place + 1,
        )
        for place, code in enumerate(codes)
    )
    return replace(view, rows=rows)


def test_long_ranking_is_cut_to_both_ends():
    codes = [f"1101{number:02d}" for number in range(50)]
    view = many(codes)

    rows = shown_rows(view, "")

    assert [row.region.adcode for row in rows] == codes[:20] + codes[-20:]
    figure = as_json(ranking_figure(view, lang="zh", theme="light"))
    assert len(figure["data"][0]["x"]) == MOST_ROWS
    assert figure["layout"]["yaxis"]["ticktext"][20].startswith("31　")


def test_selected_region_stays_in_a_cut_ranking():
    codes = [f"1101{number:02d}" for number in range(50)]
    view = many(codes)

    middle = [row.region.adcode for row in shown_rows(view, codes[25])]
    end = [row.region.adcode for row in shown_rows(view, codes[3])]

    assert middle == [*codes[:20], codes[25], *codes[-20:]]
    assert end == codes[:20] + codes[-20:]


def test_forty_rows_are_all_drawn():
    view = many([f"1101{number:02d}" for number in range(MOST_ROWS)])

    assert shown_rows(view, "") == view.ranked


def test_figure_is_as_high_as_its_rows():
    few = draw(small_bundle(observations=VALUES))
    none = draw(small_bundle())

    assert few["layout"]["height"] - none["layout"]["height"] == 2 * 26
    assert none["data"][0]["x"] == []
    assert len(Figure(few).data) == 1
