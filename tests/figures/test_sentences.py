"""The finding in words, and what must be said plainly."""

import pytest

from dashboard.figures.sentences import finding, map_title, plain_words
from dashboard.selection import View
from dashboard.views.area import area_view
from geodata.codes import Level
from indicators.records import Direction, Kind
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


def said(view=View.VALUE, period="2020", lang="zh", **given):
    """Return the finding of a small bundle's map."""
    return finding(area_view(small_bundle(**given), selection(view=view, period=period)), lang)


# ---------------------------------------------------------------- values


@pytest.mark.parametrize(
    ("values", "zh", "en"),
    [
        (
            {A: "2020:90", B: "2020:93.1", C: "2020:91"},
            "2020年，甲省 3 个地级地区中，丑最高（93.1%），子最低（90%）。",
            "2020, 3 prefectures in Jia: highest Chou (93.1%), lowest Zi (90%).",
        ),
        (
            {A: "2020:95", B: "2020:95", C: "2020:91", D: "2020:91"},
            "2020年，甲省 4 个地级地区中，子、丑最高（95%），寅、卯最低（91%）。",
            "2020, 4 prefectures in Jia: highest Zi, Chou (95%), lowest Yin, Mao (91%).",
        ),
        (
            {A: "2020:95", B: "2020:95", C: "2020:95", D: "2020:95"},
            "2020年，甲省 4 个地级地区都是 95%。",
            "2020: all 4 prefectures in Jia stand at 95%.",
        ),
        (
            {C: "2020:95"},
            "2020年，甲省只有寅公布了数值：95%。",
            "2020: in Jia only Yin published a value: 95%.",
        ),
        (
            {C: "2019:95"},
            "甲省的地级地区没有2020年“share指标”的公布值。",
            "No published value of “share indicator” for 2020 among the prefectures of Jia.",
        ),
    ],
)
def test_value(values, zh, en):
    assert said(observations=published(values)) == zh
    assert said(observations=published(values), lang="en") == en


def test_more_than_three_of_a_kind_are_counted():
    bundle = small_bundle(
        observations=published(
            dict.fromkeys(("110101", "110102", "110201", "110301"), "2020:95") | {D: "2020:80"}
        )
    )

    view = area_view(bundle, selection(level=Level.COUNTY))

    assert finding(view, "zh") == (
        "2020年，甲省 5 个县级地区中，东区、西区、南县等 4 个最高（95%），卯最低（80%）。"
    )


def test_highest_is_said_as_such_even_where_less_is_better():
    words = said(
        indicators=[indicator(direction=Direction.LOWER)],
        observations=published({A: "2020:30", B: "2020:40"}),
    )

    assert words == "2020年，甲省 2 个地级地区中，丑最高（40%），子最低（30%）。"


def test_bound_is_not_given_out_as_exact():
    words = said(observations=published({A: "2020:>=95", B: "2020:90"}))

    assert "子最高（≥ 95%）" in words


# ---------------------------------------------------------------- attainment, gap, change


def test_attainment_counts_the_states_in_their_order():
    words = said(
        View.ATTAINMENT,
        observations=published({A: "2020:93", B: "2020:91", C: "2020:92"}),
        targets=[target(PROVINCE, "2020 >= 92")],
    )

    assert words == "截至2020年，甲省 4 个地级地区：已达标 2 个、未达标 1 个、无实际值 1 个。"


@pytest.mark.parametrize(
    ("goal", "values", "reached", "short"),
    [
        ("2020 >= 92", {A: "2020:93", B: "2020:91", C: "2020:92"}, 2, 1),
        ("2020 > 92", {A: "2020:93", B: "2020:91", C: "2020:92"}, 1, 2),
        ("2020 <= 35", {A: "2020:30", B: "2020:40", C: "2020:35"}, 2, 1),
        ("2020 ~ 56", {A: "2020:55.9", B: "2020:57", C: "2020:50"}, 2, 1),
    ],
)
def test_gap_says_how_many_reach_their_target(goal, values, reached, short):
    words = said(
        View.GAP,
        indicators=[indicator(direction=Direction.LOWER if "<" in goal else Direction.HIGHER)],
        observations=published(values),
        targets=[target(PROVINCE, goal)],
    )

    assert words == (f"截至2020年，3 个地区可以与目标比较：{reached} 个达到，{short} 个未达到。")


def test_gap_without_any_comparison():
    assert said(View.GAP, observations=published({A: "2020:93"})) == (
        "截至2020年，没有一个地区的实际值可以与目标比较。"
    )


def test_one_region_is_one_region_in_english():
    words = said(
        View.GAP,
        lang="en",
        observations=published({A: "2020:93"}),
        targets=[target(PROVINCE, "2020 >= 92")],
    )

    assert "1 regions" not in words


@pytest.mark.parametrize(
    ("direction", "better", "worse"), [(Direction.HIGHER, 2, 1), (Direction.LOWER, 1, 2)]
)
def test_change_says_how_many_got_better(direction, better, worse):
    words = said(
        View.CHANGE,
        indicators=[indicator(direction=direction)],
        observations=published(
            {A: "2019:1 2020:2", B: "2019:1 2020:3", C: "2019:5 2020:4", D: "2019:7 2020:7"}
        ),
    )

    assert words == f"2020年比上一同期：{better} 个变好，{worse} 个变差，1 个持平。"


def test_change_without_an_earlier_period():
    words = said(View.CHANGE, observations=published({A: "2020:1"}))

    assert words == "2020年没有可比的上一同期。"


# ---------------------------------------------------------------- titles


def test_title_names_region_indicator_and_period():
    view = area_view(small_bundle(), selection(period="2022-09"))

    assert map_title(view, "zh") == "甲省地级 · share指标 · 2022年9月"
    assert map_title(view, "en") == "Jia, prefectures · share indicator · Sep 2022"


def test_title_names_a_view_other_than_the_value():
    view = area_view(small_bundle(), selection(view=View.GAP))

    assert map_title(view, "zh") == "甲省地级 · share指标 · 与目标的差距 · 2020年"


# ---------------------------------------------------------------- what must be said plainly

ALL_FOUR = dict.fromkeys(PREFECTURES, "2020:1 2020-05:1 2020-Q2:1")


def plainly(period="2020", view=View.VALUE, periods=("2020年",), lang="zh", **given):
    chosen = selection(period=period, view=view)
    return plain_words(area_view(small_bundle(**given), chosen), periods, lang)


def test_complete_year_needs_no_words():
    assert plainly(observations=published(ALL_FOUR)) == ()


def test_partial_coverage_is_said():
    assert plainly(observations=published({A: "2020:1"})) == (
        "如实说明：4 个地区中只有 1 个在2020年有公布的数值。",
    )


def test_nothing_in_this_period_names_those_with_data():
    words = plainly(observations=published({A: "2018:1 2019:1"}), periods=("2019年", "2018年"))

    assert words == ("如实说明：4 个地区在2020年都没有公布的数值。有数据的时段：2019年、2018年。",)


def test_nothing_ever():
    assert plainly(periods=()) == ("如实说明：4 个地区都没有这个指标的公布值，可由本级部门提供。",)


def test_level_without_a_meaning_is_all_there_is_to_say():
    words = plainly(
        indicators=[indicator(levels=frozenset({Level.PROVINCE}))],
        observations=published({A: "2020-05:1"}),
        period="2020-05",
    )

    assert words == ("这个指标不适用于地级地区。",)


@pytest.mark.parametrize(
    ("period", "view", "expected"),
    [
        ("2020-05", View.VALUE, ["这是单月数值，不能代表全年。"]),
        ("2020-Q2", View.CHANGE, ["这是部分月份的数值，不能代表全年。"]),
        ("2020-05", View.GAP, ["这是单月数值，不能代表全年。", "达标判断只用年度值。"]),
        ("2020-05", View.ATTAINMENT, ["这是单月数值，不能代表全年。", "达标判断只用年度值。"]),
    ],
)
def test_part_of_a_year_does_not_stand_for_it(period, view, expected):
    words = plainly(period=period, view=view, observations=published(ALL_FOUR))

    assert list(words) == expected


def test_count_at_a_moment_stands_for_itself():
    stock = indicator(kind=Kind.STOCK, unit="家", intensive=False)

    assert plainly(period="2020-05", indicators=[stock], observations=published(ALL_FOUR)) == ()


def test_partial_month_says_both():
    words = plainly(period="2020-05", observations=published({A: "2020-05:1"}), lang="en")

    assert words == (
        "Plainly: only 1 of 4 regions has a published value for May 2020.",
        "A single month; it does not stand for the year.",
    )
