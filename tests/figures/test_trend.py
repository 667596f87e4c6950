"""The trend: lines that end at a new definition, the due path, and the targets."""

import pytest
from plotly.graph_objects import Figure

from dashboard.figures.trend import date_of, trend_figure
from dashboard.theme import palette
from dashboard.views.focus import focus_view
from indicators.periods import parse_period
from indicators.records import Kind
from tests.builders import (
    PROVINCE,
    as_json,
    definition_break,
    indicator,
    published,
    selection,
    small_bundle,
    target,
)

A = "110100"


def draw(values, *, period="2020", lang="zh", selected=A, **given):
    """Draw the trend of a prefecture, or of the province where none is selected."""
    bundle = small_bundle(observations=published({selected or PROVINCE: values}), **given)
    view = focus_view(bundle, selection(period=period, selected=selected)).trend
    return as_json(trend_figure(view, lang=lang, theme="light"))


def named(figure, name):
    return [trace for trace in figure["data"] if trace["name"] == name]


@pytest.mark.parametrize(
    ("period", "date"),
    [
        ("2020", "2020-07-01"),
        ("2020-05", "2020-05-15"),
        ("2020-Q3", "2020-09-15"),
        ("2019-11/2020-02", "2020-02-15"),
    ],
)
def test_year_stands_at_its_middle_and_others_at_their_last_month(period, date):
    assert date_of(parse_period(period)) == date


def test_years_are_a_line_and_shorter_periods_are_points():
    figure = draw("2018:88 2019:90 2020:93.1 2019-05:95 2020-Q2:96")

    (line,), (points,) = named(figure, "年度值"), named(figure, "月度或其他时段")
    assert line["x"] == ["2018-07-01", "2019-07-01", "2020-07-01"]
    assert line["y"] == [88, 90, 93.1]
    assert line["mode"] == "lines+markers"
    assert (points["x"], points["y"]) == (["2019-05-15", "2020-06-15"], [95, 96])
    assert points["mode"] == "markers"


def test_hover_says_period_and_value():
    figure = draw("2019:90 2020:>=93.1 2020-05:95", lang="en")

    assert named(figure, "yearly value")[0]["customdata"] == [
        "2019　<b>90%</b>",
        "2020　<b>≥ 93.1%</b>",
    ]
    assert named(figure, "month or other span")[0]["customdata"] == ["May 2020　<b>95%</b>"]


def test_chosen_period_has_the_largest_mark():
    figure = draw("2018:88 2020:93.1 2020-05:95")

    assert named(figure, "年度值")[0]["marker"]["size"] == [8, 13]
    assert named(figure, "月度或其他时段")[0]["marker"]["size"] == [6]


def test_chosen_period_has_a_line_behind_it():
    figure = draw("2018:88", period="2020-05")

    (now,) = figure["layout"]["shapes"]
    assert (now["x0"], now["x1"], now["layer"]) == ("2020-05-15",) * 2 + ("below",)


# ---------------------------------------------------------------- definitions


def test_nothing_is_drawn_across_a_new_definition():
    figure = draw(
        "2021:60 2022:61 2023:50 2024:51", period="2024", breaks=[definition_break("2023")]
    )

    runs = named(figure, "年度值")
    assert [run["y"] for run in runs] == [[60, 61], [50, 51]]
    dashed = figure["layout"]["shapes"][0]
    assert (dashed["x0"], dashed["line"]["dash"]) == ("2023-01-01", "dash")


@pytest.mark.parametrize(
    ("breaks", "runs"),
    [
        (["2019", "2021"], [[1], [2, 3], [4]]),
        (["2021", "2019"], [[1], [2, 3], [4]]),
        (["2019", "2020"], [[1], [2], [3, 4]]),
        (["2010"], [[1, 2, 3, 4]]),
        (["2030"], [[1, 2, 3, 4]]),
        (["2020-06"], [[1, 2], [3, 4]]),
    ],
)
def test_runs_between_several_definitions(breaks, runs):
    figure = draw(
        "2018:1 2019:2 2020:3 2021:4", breaks=[definition_break(first) for first in breaks]
    )

    assert [run["y"] for run in named(figure, "年度值")] == runs


# ---------------------------------------------------------------- targets and the due path


def test_targets_are_diamonds_in_their_year_with_their_words():
    figure = draw(
        "2018:88",
        period="2018",
        targets=[target(PROVINCE, "2020 >= 92"), target(PROVINCE, "2025 > 95")],
    )

    (goals,) = named(figure, "目标")
    assert goals["x"] == ["2020-07-01", "2025-07-01"]
    assert goals["y"] == [92, 95]
    assert goals["text"] == ["≥ 92%（参照上级目标）", "> 95%（参照上级目标）"]
    assert goals["marker"]["symbol"] == "diamond-open"


def test_own_target_carries_no_mark():
    figure = draw("2018:88", selected="", targets=[target(PROVINCE, "2020 >= 92")])

    assert named(figure, "目标")[0]["text"] == ["≥ 92%"]


def test_due_path_runs_from_the_base_to_the_target():
    figure = draw("2015:85 2018:88", period="2018", targets=[target(PROVINCE, "2020 >= 95")])

    (due,) = named(figure, "序时进度")
    assert (due["x"], due["y"]) == (["2015-07-01", "2020-07-01"], [85, 95])
    assert due["line"]["dash"] == "dot"


def test_due_path_of_a_count_starts_where_its_base_stands():
    figure = draw(
        "2017-05:10 2018-11:20",
        period="2018-11",
        selected="",
        indicators=[indicator(kind=Kind.STOCK, unit="家", intensive=False)],
        targets=[target(PROVINCE, "2020 >= 60", kind=Kind.STOCK, unit="家")],
    )

    (due,), (points,) = named(figure, "序时进度"), named(figure, "月度或其他时段")
    assert due["y"] == [10, 60]
    assert (due["x"][0], due["y"][0]) == (points["x"][0], points["y"][0])


def test_no_due_path_without_a_base_or_after_the_end():
    late = draw("2015:85 2020:88", targets=[target(PROVINCE, "2020 >= 95")])
    single = draw("2018:88", period="2018", targets=[target(PROVINCE, "2020 >= 95")])

    assert named(late, "序时进度")[0]["x"] == []
    assert named(single, "序时进度")[0]["x"] == []


# ---------------------------------------------------------------- axes


def test_axes_hold_every_value_target_and_the_chosen_period():
    figure = draw("2015:85 2018:88", period="2022", targets=[target(PROVINCE, "2025 >= 95")])

    start, end = figure["layout"]["xaxis"]["range"]
    low, high = figure["layout"]["yaxis"]["range"]
    assert start < "2015-07-01"
    assert end > "2025-07-01"
    assert low < 85
    assert high > 95


def test_shares_carry_their_sign_on_the_axis():
    share = draw("2020:90")
    firms = draw("2020:90", indicators=[indicator(unit="家", kind=Kind.STOCK, intensive=False)])

    assert share["layout"]["yaxis"]["ticksuffix"] == "%"
    assert firms["layout"]["yaxis"]["ticksuffix"] == ""


def test_figure_without_anything_is_one_that_plotly_accepts():
    figure = draw("")

    assert [trace["x"] for trace in figure["data"]] == [[], [], []]
    assert len(Figure(figure).data) == 3
    assert palette("light").hairline == figure["layout"]["shapes"][0]["line"]["color"]
