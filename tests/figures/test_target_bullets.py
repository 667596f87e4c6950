"""Target versus actual: each bullet on a scale of its own."""

import pytest
from plotly.graph_objects import Figure

from dashboard.figures.target_bullets import ROW_HEIGHT, scale_end, target_figure
from dashboard.theme import palette
from dashboard.views.focus import focus_view
from indicators.attainment import State
from indicators.records import Direction
from tests.builders import (
    PROVINCE,
    as_json,
    indicator,
    published,
    selection,
    small_bundle,
    target,
)

A = "110100"


def rows_of(goals, values, *, selected="", period="2020", **more):
    """Return target rows; goals and values are given by indicator, as its unit and texts."""
    bundle = small_bundle(
        indicators=[
            indicator(name, unit=unit, intensive=unit == "%", **more)
            for name, (unit, *_) in goals.items()
        ],
        targets=[
            target(PROVINCE, goal, indicator_id=name, unit=unit, upper=next(iter(upper), None))
            for name, (unit, goal, *upper) in goals.items()
        ],
        observations=[
            item
            for name, text in values.items()
            for item in published({selected or PROVINCE: text}, indicator_id=name)
        ],
    )
    first = next(iter(goals))
    return focus_view(bundle, selection(indicator=first, period=period, selected=selected)).targets


def draw(rows, lang="zh", theme="light"):
    return as_json(target_figure(rows, lang=lang, theme=theme))


MIXED = rows_of(
    {
        "share": ("%", "2020 >= 92"),
        "firms": ("家", "2020 >= 60"),
        "range": ("个", "2020 >= 3", 5),
        "small": ("%", "2020 >= 0.5"),
        "blank": ("家", "2020 >= 8"),
    },
    {"share": "2020:93.1", "firms": "2020:80", "range": "2020:2", "small": "2020:0"},
)


def test_bars_and_marks_lie_on_the_scale_of_their_row():
    figure = draw(MIXED)

    ground, actual = figure["data"]
    marks = figure["layout"]["shapes"]
    ends = [100, 80 * 1.15, 5 * 1.15, 100, 8 * 1.15]
    assert [scale_end(row) for row in MIXED] == pytest.approx(ends)
    assert ground["x"] == [1] * 5
    assert actual["x"] == pytest.approx([0.931, 80 / ends[1], 2 / ends[2], 0, 0])
    assert [mark["x0"] for mark in marks] == [mark["x1"] for mark in marks]
    # A range is met at its lower end, so that is where its mark stands.
    assert [mark["x0"] for mark in marks] == pytest.approx(
        [0.92, 60 / ends[1], 3 / ends[2], 0.005, 8 / ends[4]]
    )


def test_value_past_the_mark_is_drawn_past_it_within_the_chart():
    figure = draw(rows_of({"firms": ("家", "2020 >= 3")}, {"firms": "2020:900"}))

    (length,), (mark,) = figure["data"][1]["x"], figure["layout"]["shapes"]
    assert mark["x0"] < length <= 1


@pytest.mark.parametrize(
    ("unit", "goal", "value", "end"),
    [
        ("%", "2020 >= 92", "50", 100),
        ("points", "2020 >= 80", "83", 100),
        ("%", "2020 >= 120", "110", 120 * 1.15),
        ("家", "2020 >= 50", "10", 50 * 1.15),
        ("家", "2020 >= 0", "0", 1),
    ],
)
def test_scale_ends_at_100_for_shares_else_a_little_beyond(unit, goal, value, end):
    (row,) = rows_of({"x": (unit, goal)}, {"x": f"2020:{value}"})

    assert scale_end(row) == pytest.approx(end)


def test_value_below_zero_has_no_bar():
    figure = draw(rows_of({"x": ("index", "2020 >= 2")}, {"x": "2020:-3"}))

    assert figure["data"][1]["x"] == [0]
    assert figure["layout"]["shapes"][0]["x0"] == pytest.approx(2 / (3 * 1.15))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_bars_have_the_colour_of_their_verdict(theme):
    figure = draw(MIXED, theme=theme)

    states = palette(theme).states
    assert figure["data"][1]["marker"]["color"] == [
        states[State.MET],
        states[State.MET],
        states[State.NOT_MET],
        states[State.NOT_MET],
        states[State.NO_ACTUAL],
    ]
    assert figure["data"][0]["marker"]["color"] == [palette(theme).hairline] * 5


def test_words_say_verdict_actual_and_target():
    figure = draw(MIXED)

    words = [note["text"] for note in figure["layout"]["annotations"]]
    assert words[::2] == ["share指标", "firms指标", "range指标", "small指标", "blank指标"]
    assert words[1::2] == [
        "✓ 已达标　2020年实际 93.1%　2020 年目标 ≥ 92%",
        "✓ 已达标　2020年实际 80 家　2020 年目标 ≥ 60 家",
        "✕ 未达标　2020年实际 2 个　2020 年目标 3–5 个",
        "✕ 未达标　2020年实际 0%　2020 年目标 ≥ 0.5%",
        "· 无实际值　2020 年目标 ≥ 8 家",
    ]
    assert figure["data"][1]["customdata"][0] == (
        "<b>share指标</b><br>2020 年目标 ≥ 92%<br>2020年实际 93.1%<br>✓ 已达标"
    )


def test_inherited_target_says_so():
    rows = rows_of({"share": ("%", "2020 >= 92")}, {"share": "2020:90"}, selected=A)

    figure = draw(rows)

    assert figure["layout"]["annotations"][0]["text"] == "share指标（参照上级目标）"


def test_long_names_are_cut_with_a_sign():
    name = "a" * 60

    zh = draw(rows_of({name: ("%", "2020 >= 92")}, {}))["layout"]["annotations"][0]["text"]
    en = draw(rows_of({name: ("%", "2020 >= 92")}, {}), lang="en")["layout"]["annotations"][0][
        "text"
    ]

    assert zh == "a" * 23 + "…"
    assert en == "a" * 45 + "…"


def test_ceiling_not_kept_is_red():
    (row,) = rows_of({"x": ("μg/m³", "2020 <= 35")}, {"x": "2020:40"}, direction=Direction.LOWER)

    figure = draw((row,))

    assert figure["data"][1]["marker"]["color"] == [palette("light").states[State.NOT_MET]]
    assert figure["data"][1]["x"][0] > figure["layout"]["shapes"][0]["x0"]


def test_figure_is_as_high_as_its_rows_and_right_side_up():
    figure = draw(MIXED)

    assert figure["layout"]["height"] == 5 * ROW_HEIGHT + 8
    assert figure["layout"]["yaxis"]["range"] == [4.5, -0.5]
    assert figure["layout"]["xaxis"]["range"] == [0, 1]
    assert len(Figure(figure).data) == 2
    assert draw(())["data"][1]["x"] == []
