"""The side panels' content: choice, verdict, targets and trend of one region."""

from dashboard.selection import parse
from dashboard.views.focus import focus_region, focus_view
from geodata.codes import NATION, Level
from indicators.attainment import State
from indicators.periods import parse_period
from indicators.records import Domain, Kind
from tests.builders import (
    PREFECTURES,
    PROVINCE,
    definition_break,
    indicator,
    observation,
    published,
    selection,
    small_bundle,
    target,
)

A, B, C, D = PREFECTURES


def test_focus_is_the_selected_region_at_the_level_shown():
    bundle = small_bundle()

    assert focus_region(bundle, selection()).adcode == PROVINCE
    assert focus_region(bundle, selection(selected=A)).adcode == A
    as_county = focus_region(bundle, selection(level=Level.COUNTY, selected=D))
    assert (as_county.adcode, as_county.level) == (D, Level.COUNTY)


def test_value_verdict_and_plan_of_the_focus():
    bundle = small_bundle(
        observations=[*published({A: "2020:93"}), observation(A, "2020", 92, source_id="s2")],
        targets=[target(PROVINCE, "2020 >= 92.5")],
    )

    view = focus_view(bundle, selection(selected=A))

    assert (view.choice.chosen.value, [item.value for item in view.choice.rivals]) == (93, [92])
    assert view.nearest is None
    assert (view.verdict.state, view.verdict.inherited) == (State.MET, True)
    assert (view.held.target.value, view.held.inherited) == (92.5, True)
    assert view.plan.adcode == PROVINCE


def test_nearest_value_stands_in_for_words_only():
    bundle = small_bundle(observations=published({A: "2015:90 2018:91 2023:95"}))

    view = focus_view(bundle, selection(selected=A))

    assert view.choice is None
    assert (str(view.nearest.period), view.nearest.value) == ("2018", 91)


def test_region_without_anything():
    view = focus_view(small_bundle(), selection(selected=A))

    assert (view.choice, view.nearest, view.held, view.plan) == (None, None, None, None)
    assert view.verdict.state is State.NO_TARGET
    assert (view.targets, view.trend.observations, view.trend.due) == ((), (), ())


def test_targets_are_those_of_the_domain_with_the_chosen_indicator_first():
    bundle = small_bundle(
        indicators=[
            indicator("a"),
            indicator("b"),
            indicator("other", domain=Domain.BRAND),
            indicator("share"),
            indicator("firms", unit="家", intensive=False),
        ],
        targets=[
            target(PROVINCE, f"2020 >= {value}", indicator_id=name)
            for name, value in (("a", 1), ("b", 2), ("other", 3), ("share", 4), ("firms", 5))
        ],
        observations=published({PROVINCE: "2020:2"}, indicator_id="b"),
    )

    whole = focus_view(bundle, selection()).targets
    below = focus_view(bundle, selection(selected=A)).targets

    assert [row.indicator.indicator_id for row in whole] == ["share", "a", "b", "firms"]
    assert [row.target.value for row in whole] == [4, 1, 2, 5]
    assert [row.verdict.state for row in whole] == [
        State.NO_ACTUAL,
        State.NO_ACTUAL,
        State.MET,
        State.NO_ACTUAL,
    ]
    assert [row.indicator.indicator_id for row in below] == ["share", "a", "b"]
    assert {row.verdict.inherited for row in below} == {True}


def test_each_target_year_is_a_row_judged_by_itself():
    bundle = small_bundle(
        targets=[target(PROVINCE, "2020 >= 92"), target(PROVINCE, "2018 >= 88")],
        observations=published({PROVINCE: "2018:87 2020:93"}),
    )

    rows = focus_view(bundle, selection()).targets

    assert [(row.target.year, row.verdict.state) for row in rows] == [
        (2018, State.NOT_MET),
        (2020, State.MET),
    ]


def test_trend_has_values_targets_and_the_due_path_to_the_next_target():
    bundle = small_bundle(
        targets=[target(PROVINCE, "2020 >= 95")],
        observations=published({A: "2015:85 2018:88 2018-05:80"}),
        breaks=[definition_break("2023"), definition_break("2023", adcode=B)],
    )

    trend = focus_view(bundle, selection(selected=A, period="2018")).trend

    assert [str(item.period) for item in trend.observations] == ["2015", "2018-05", "2018"]
    assert [held.target.year for held in trend.targets] == [2020]
    assert trend.due == ((parse_period("2015"), 85), (parse_period("2020"), 95))
    assert [item.adcode for item in trend.breaks] == [""]


def test_no_due_path_once_the_target_year_is_over():
    bundle = small_bundle(
        targets=[target(PROVINCE, "2020 >= 95")], observations=published({A: "2015:85 2020:88"})
    )

    assert focus_view(bundle, selection(selected=A)).trend.due == ()


def test_nation_is_judged_like_a_province():
    bundle = small_bundle(observations=published({NATION: "2020:90"}))

    view = focus_view(bundle, selection(region=NATION, level=Level.PROVINCE))

    assert (view.region.level, view.choice.chosen.value) == (Level.NATION, 90)
    assert view.verdict.state is State.NO_TARGET


def test_shipped_region_in_focus_names_its_plan(bundle):
    chosen = parse("?region=440000&level=prefecture&selected=440800", bundle).selection

    view = focus_view(bundle, chosen)

    assert (view.region.name_zh, view.plan.plan_id) == ("湛江市", "zhanjiang")
    assert view.indicator.kind is Kind.RATE
    assert {row.indicator.domain for row in view.targets} <= {view.indicator.domain}
