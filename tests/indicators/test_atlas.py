"""Questions to the tables: which value counts, which target holds, what a change is from."""

import pytest

from geodata.codes import Level
from indicators.attainment import State
from indicators.periods import parse_period
from indicators.records import Comparator, Qualifier, Quality
from tests.builders import (
    EAST,
    PROVINCE,
    atlas,
    definition_break,
    indicator,
    observation,
    published,
    target,
)

ZI = "110100"
P2020 = parse_period("2020")


# ---------------------------------------------------------------- rivals

# Region, indicator and period; the value that counts, those passed over, and what decided.
CONFLICTS = [
    (("360000", "invention_patents_per_10k", "2024"), 10.72, [9.85], "note"),
    (("440300", "little_giants_national", "2023"), 754, [752], "source_id"),
    (("440000", "pm25_mean", "2023"), 21.1, [21], "note"),
    (("450000", "surface_water_good_share", "2024"), 99.1, [98.2], "quality"),
    (("450000", "urban_sewage_treatment", "2013"), 75, [73], "note"),
    (("450000", "waste_harmless_treatment", "2013"), 75, [78.6], "note"),
]


@pytest.mark.parametrize(("key", "chosen", "rivals", "rule"), CONFLICTS)
def test_published_conflict_is_settled_and_stays_visible(bundle, key, chosen, rivals, rule):
    choice = bundle.atlas.choice(*key)

    assert choice.chosen.value == chosen
    assert [rival.value for rival in choice.rivals] == rivals
    assert choice.rule == rule
    assert chosen in [item.value for item in bundle.atlas.series(*key[:2])]


def test_no_other_value_is_in_conflict(bundle):
    shipped = bundle.atlas.tables.observations
    keys = {(item.adcode, item.indicator_id, str(item.period)) for item in shipped}

    rivals = {key for key in keys if bundle.atlas.choice(*key).rivals}

    assert rivals == {key for key, *_ in CONFLICTS}


def test_series_holds_the_chosen_value_once_in_order_of_time():
    rival = observation(ZI, "2020", 80, quality=Quality.PRESS, source_id="s2")
    asked = atlas(observations=[rival, *published({ZI: "2020:93 2018:90 2020-05:95 2019:91"})])

    assert [(str(item.period), item.value) for item in asked.series(ZI, "share")] == [
        ("2018", 90),
        ("2019", 91),
        ("2020-05", 95),
        ("2020", 93),
    ]


def test_unpublished_value_is_none_and_an_empty_series():
    asked = atlas()

    assert asked.choice(ZI, "share", "2020") is None
    assert asked.series(ZI, "share") == ()


def test_zero_is_a_value():
    asked = atlas(observations=published({ZI: "2019:0 2020:0"}), targets=[target(ZI, "2020 >= 0")])

    assert asked.choice(ZI, "share", "2020").chosen.value == 0
    assert asked.previous(ZI, "share", P2020).value == 0
    verdict = asked.verdict(ZI, Level.PREFECTURE, "share", P2020)
    assert (verdict.state, verdict.actual.value, verdict.gap) == (State.MET, 0, 0)


def test_periods_are_counted_in_order_of_time():
    asked = atlas(
        observations=published({ZI: "2019:1 2020:2 2020-12:3", "110200": "2019:1 2018-Q4:2"})
    )

    assert list(asked.periods("share", [ZI, "110200", "110300"]).items()) == [
        ("2018-Q4", 1),
        ("2019", 2),
        ("2020-12", 1),
        ("2020", 1),
    ]
    assert asked.periods("share", ["110300"]) == {}


# ---------------------------------------------------------------- what a change is measured from


@pytest.mark.parametrize(
    ("texts", "period", "expected"),
    [
        ("2018:90 2019:91 2020:93", "2020", "2019"),
        ("2015:90 2020:93", "2020", "2015"),
        ("2020:93 2021:94", "2020", None),
        ("2019-12:91 2019-Q4:91 2020:93", "2020", None),
        ("2022-03:90 2023-02:91 2024-03:93", "2024-03", "2022-03"),
        ("2022-03:90 2023-03:91 2024-02:92 2024-03:93", "2024-03", "2023-03"),
        ("2023:91 2024-02:92 2024-03:93", "2024-03", None),
        ("2022-Q1:90 2022-Q4:91 2023-Q1:92", "2023-Q1", "2022-Q1"),
        ("2022-Q4:91 2023-Q1:92", "2023-Q1", None),
        ("2019-01/2019-10:90 2020-01/2020-10:92", "2020-01/2020-10", "2019-01/2019-10"),
        ("2019-02/2019-10:90 2020-01/2020-10:92", "2020-01/2020-10", None),
        ("2019-01/2019-09:90 2020-01/2020-10:92", "2020-01/2020-10", None),
    ],
)
def test_previous_value(texts, period, expected):
    asked = atlas(observations=published({ZI: texts}))

    before = asked.previous(ZI, "share", parse_period(period))

    assert (None if before is None else str(before.period)) == expected


@pytest.mark.parametrize(
    ("first_period", "compares"),
    [("2018", True), ("2019", True), ("2020", False), ("2020-06", False), ("2021", True)],
)
def test_break_between_two_values_leaves_nothing_to_compare(first_period, compares):
    asked = atlas(
        observations=published({ZI: "2019:91 2020:93"}), breaks=[definition_break(first_period)]
    )

    assert (asked.previous(ZI, "share", P2020) is not None) is compares


def test_break_of_another_region_or_indicator_does_not_count():
    asked = atlas(
        observations=published({ZI: "2019:91 2020:93"}),
        breaks=[
            definition_break("2020", adcode="110200"),
            definition_break("2020", indicator_id="other"),
        ],
    )

    assert asked.previous(ZI, "share", P2020).value == 91
    assert asked.breaks(ZI, "share") == ()


def test_shipped_break_of_forest_cover_ends_every_series(bundle):
    forest = bundle.atlas
    crossing = [
        item.adcode
        for item in forest.tables.observations
        if item.indicator_id == "forest_cover"
        and str(item.period) == "2023"
        and forest.previous(item.adcode, "forest_cover", item.period)
    ]

    assert crossing == []


# ---------------------------------------------------------------- which target holds


def test_own_targets_come_before_those_above():
    asked = atlas(targets=[target(PROVINCE, "2020 >= 92"), target(ZI, "2020 >= 95")])

    (held,) = asked.held_targets(ZI, "share")

    assert (held.target.value, held.inherited) == (95, False)


def test_nearest_region_above_hands_down_a_share():
    asked = atlas(
        targets=[target("100000", "2020 >= 80"), target(PROVINCE, "2020 >= 92")],
    )

    (prefecture,) = asked.held_targets(ZI, "share")
    (county,) = asked.held_targets("110101", "share")
    (east,) = asked.held_targets(EAST, "share")

    assert (prefecture.target.value, prefecture.inherited) == (92, True)
    assert (county.target.value, county.inherited) == (92, True)
    assert (east.target.value, east.inherited) == (80, True)


def test_count_is_a_promise_of_the_whole_region_and_not_handed_down():
    asked = atlas(
        indicators=[indicator("firms", unit="家", intensive=False)],
        targets=[target(PROVINCE, "2020 >= 60", indicator_id="firms", unit="家")],
        observations=published({ZI: "2020:3"}, indicator_id="firms"),
    )

    assert asked.held_targets(ZI, "firms") == ()
    assert asked.held_target(ZI, "firms", P2020) is None
    assert [held.target.value for held in asked.held_targets(PROVINCE, "firms")] == [60]
    assert asked.verdict(ZI, Level.PREFECTURE, "firms", P2020).state is State.NO_TARGET


@pytest.mark.parametrize(
    ("period", "year"),
    [("2017", 2018), ("2018", 2018), ("2018-05", 2018), ("2019", 2020), ("2024", 2020)],
)
def test_next_of_several_target_years_counts(period, year):
    asked = atlas(targets=[target(PROVINCE, "2020 >= 92"), target(PROVINCE, "2018 >= 88")])

    assert [held.target.year for held in asked.held_targets(ZI, "share")] == [2018, 2020]
    assert asked.held_target(ZI, "share", parse_period(period)).target.year == year


def test_verdict_says_whose_target_it_is():
    asked = atlas(
        targets=[target(PROVINCE, "2020 >= 92"), target("110200", "2020 >= 92")],
        observations=published({ZI: "2020:93.1", "110200": "2020:91.9"}),
    )

    handed_down = asked.verdict(ZI, Level.PREFECTURE, "share", P2020)
    own = asked.verdict("110200", Level.PREFECTURE, "share", P2020)

    assert (handed_down.state, handed_down.inherited, handed_down.gap) == (State.MET, True, 1.1)
    assert (own.state, own.inherited, own.gap) == (State.NOT_MET, False, -0.1)


def test_verdict_on_a_named_target_leaves_the_next_one_aside():
    first, second = target(PROVINCE, "2018 >= 88"), target(PROVINCE, "2020 >= 92")
    asked = atlas(targets=[first, second], observations=published({PROVINCE: "2018:87 2020:93"}))

    verdict = asked.verdict(PROVINCE, Level.PROVINCE, "share", P2020, first)

    assert (verdict.target, verdict.state) == (first, State.NOT_MET)


def test_plan_above_is_the_nearest():
    asked = atlas(targets=[target(PROVINCE, "2020 >= 92"), target("110200", "2020 >= 95")])

    assert asked.plan_above("110201").adcode == "110200"
    assert asked.plan_above("110101").adcode == PROVINCE
    assert asked.plan_above(EAST) is None


def test_targets_of_a_region_come_in_the_order_of_the_catalogue():
    asked = atlas(
        indicators=[indicator("b"), indicator("a"), indicator("c", intensive=False)],
        targets=[
            target(PROVINCE, "2020 >= 1", indicator_id="a"),
            target(PROVINCE, "2020 >= 2", indicator_id="b"),
            target(PROVINCE, "2018 >= 3", indicator_id="b"),
            target(PROVINCE, "2020 >= 4", indicator_id="c"),
        ],
    )

    def of(adcode):
        return [
            (held.target.indicator_id, held.target.year) for held in asked.targets_of_region(adcode)
        ]

    assert of(PROVINCE) == [("b", 2018), ("b", 2020), ("a", 2020), ("c", 2020)]
    assert of(ZI) == [("b", 2018), ("b", 2020), ("a", 2020)]


def test_qualifiers_and_comparators_reach_the_verdict():
    asked = atlas(
        targets=[target(PROVINCE, "2020 > 92")], observations=published({PROVINCE: "2020:>=92"})
    )

    verdict = asked.verdict(PROVINCE, Level.PROVINCE, "share", P2020)

    assert verdict.target.comparator is Comparator.MORE_THAN
    assert verdict.actual.qualifier is Qualifier.AT_LEAST
    assert verdict.state is State.UNDETERMINED


# ---------------------------------------------------------------- names


def test_departments_and_notes_keep_the_original_where_no_translation_is_held(bundle):
    asked = bundle.atlas

    assert (
        asked.department_name_en("zhanjiang", "市市场监管局")
        == "Administration for Market Regulation"
    )
    assert asked.department_name_en("zhanjiang", "不存在局") == "不存在局"
    assert asked.note("Routine monitoring, 2841 samples")[0] == "例行监测，2841个样品"
    assert asked.note("unheard of") == ("unheard of", "unheard of")


def test_tasks_and_milestones_are_those_of_one_plan(bundle):
    tasks = bundle.atlas.tasks("zhanjiang")

    assert [task.number for task in tasks] == list(range(1, 31))
    assert {item.plan_id for item in bundle.atlas.milestones("guangdong")} == {"guangdong"}
    assert bundle.atlas.tasks("nowhere") == ()
