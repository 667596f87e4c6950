"""The map's content: rows, ranks, classes, and counts that add up."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.selection import View, parse, periods_on_offer
from dashboard.views.area import (
    BLANKS,
    DIVERGING_STEPS,
    area_view,
    diverging_class,
    shade_count,
)
from geodata.codes import Level
from indicators.attainment import State
from indicators.periods import parse_period
from indicators.records import Direction
from tests.builders import (
    PREFECTURES,
    PROVINCE,
    definition_break,
    indicator,
    published,
    selection,
    small_bundle,
    target,
)

A, B, C, D = PREFECTURES
STATES = list(State)


def column(view, name):
    return [getattr(row, name) for row in view.rows]


def test_rows_are_the_regions_in_code_order_with_their_values():
    bundle = small_bundle(observations=published({C: "2020:95", A: "2020:90", B: "2019:91"}))

    view = area_view(bundle, selection())

    assert [row.region.adcode for row in view.rows] == [A, B, C, D]
    assert [row.observation and row.observation.value for row in view.rows] == [90, None, 95, None]
    assert (view.area.adcode, view.level, view.published) == (PROVINCE, Level.PREFECTURE, 2)
    assert view.period == parse_period("2020")


def test_county_level_shows_the_prefecture_that_stands_for_itself():
    view = area_view(small_bundle(), selection(level=Level.COUNTY))

    assert [row.region.adcode for row in view.rows] == ["110101", "110102", "110201", "110301", D]
    assert view.rows[-1].region.level is Level.COUNTY


@pytest.mark.parametrize(
    ("direction", "ranks", "best_first"),
    [(Direction.HIGHER, [3, 1, 1, None], [B, C, A]), (Direction.LOWER, [1, 2, 2, None], [A, B, C])],
)
def test_ranks_start_at_the_best_and_ties_share_the_better_one(direction, ranks, best_first):
    bundle = small_bundle(
        indicators=[indicator(direction=direction)],
        observations=published({A: "2020:90", B: "2020:95", C: "2020:95"}),
    )

    view = area_view(bundle, selection())

    assert column(view, "rank") == ranks
    assert [row.region.adcode for row in view.ranked] == best_first


def test_rank_after_a_tie_counts_those_before():
    bundle = small_bundle(
        observations=published({A: "2020:9", B: "2020:9", C: "2020:8", D: "2020:7"})
    )

    assert column(area_view(bundle, selection()), "rank") == [1, 1, 3, 4]


# ---------------------------------------------------------------- values by class


def test_few_values_are_a_class_each():
    bundle = small_bundle(observations=published({A: "2020:90", B: "2020:95", C: "2020:95"}))

    view = area_view(bundle, selection())

    assert view.bounds == (90, 95)
    assert column(view, "shade") == [0, 1, 1, None]
    assert view.class_counts == (1, 2)
    assert view.blank_counts == ((State.NO_ACTUAL, 1),)
    assert view.rows[3].blank is State.NO_ACTUAL


def test_zero_is_a_value_and_not_a_blank():
    view = area_view(small_bundle(observations=published({A: "2020:0", B: "2020:5"})), selection())

    assert view.bounds == (0, 5)
    assert (view.rows[0].shade, view.rows[0].blank, view.rows[0].rank) == (0, None, 2)


def test_classes_stay_the_same_over_periods_of_one_kind():
    texts = {
        A: "2018:10 2019:11 2020:12 2020-05:500",
        B: "2018:30 2019:31 2020:32 2020-05:600",
        C: "2018:70 2019:71 2020:72",
        D: "2018:90 2020:99",
    }
    bundle = small_bundle(observations=published(texts))

    views = [area_view(bundle, selection(period=year)) for year in ("2018", "2019", "2020")]
    month = area_view(bundle, selection(period="2020-05"))

    assert len({view.bounds for view in views}) == 1
    assert len(views[0].bounds) == 5
    assert views[0].bounds[-1] == 99
    assert month.bounds == (500, 600)
    assert views[0].rows[0].shade == views[1].rows[0].shade == 0


def test_nothing_published_has_no_class():
    view = area_view(small_bundle(), selection())

    assert (view.bounds, view.class_counts) == ((), (0,))
    assert view.blank_counts == ((State.NO_ACTUAL, 4),)
    assert view.ranked == ()


@pytest.mark.parametrize("view_name", list(View))
def test_level_without_a_meaning_is_not_applicable_in_every_view(view_name):
    only_provinces = frozenset({Level.PROVINCE})
    bundle = small_bundle(
        indicators=[indicator(levels=only_provinces)],
        observations=published({A: "2020:90"}),
        targets=[target(PROVINCE, "2020 >= 92")],
    )

    view = area_view(bundle, selection(view=view_name))

    if view_name is View.ATTAINMENT:
        assert view.class_counts[STATES.index(State.NOT_APPLICABLE)] == 4
    else:
        assert view.blank_counts == ((State.NOT_APPLICABLE, 4),)
        assert column(view, "shade") == [None] * 4


# ---------------------------------------------------------------- attainment


def test_attainment_counts_each_state():
    bundle = small_bundle(
        observations=published({A: "2020:93", B: "2020:91", C: "2019:90"}),
        targets=[target(PROVINCE, "2020 >= 92")],
    )

    view = area_view(bundle, selection(view=View.ATTAINMENT))

    assert [STATES[shade] for shade in column(view, "shade")] == [
        State.MET,
        State.NOT_MET,
        State.UNDETERMINED,
        State.NO_ACTUAL,
    ]
    counted = {
        state: count for state, count in zip(STATES, view.class_counts, strict=True) if count
    }
    assert counted == {
        State.MET: 1,
        State.NOT_MET: 1,
        State.UNDETERMINED: 1,
        State.NO_ACTUAL: 1,
    }
    assert view.blank_counts == ()
    assert view.bounds == ()


def test_attainment_without_any_target():
    view = area_view(
        small_bundle(observations=published({A: "2020:93"})), selection(view=View.ATTAINMENT)
    )

    assert view.class_counts[STATES.index(State.NO_TARGET)] == 4


# ---------------------------------------------------------------- gap


def test_gap_is_classed_around_zero_and_blanks_are_told_apart():
    bundle = small_bundle(
        observations=published({A: "2020:94", B: "2020:91", C: "2020:92"}),
        targets=[target(PROVINCE, "2020 >= 92")],
    )

    view = area_view(bundle, selection(view=View.GAP))

    assert [row.verdict.gap for row in view.rows] == [2, -1, 0, None]
    assert view.bounds == (1, 2)
    assert column(view, "shade") == [5, 2, DIVERGING_STEPS, None]
    assert view.class_counts == (0, 0, 1, 1, 0, 1, 0)
    assert view.blank_counts == ((State.NO_ACTUAL, 1),)


def test_gap_of_a_ceiling_is_good_below_it():
    bundle = small_bundle(
        indicators=[indicator(direction=Direction.LOWER)],
        observations=published({A: "2020:30", B: "2020:40"}),
        targets=[target(PROVINCE, "2020 <= 35")],
    )

    view = area_view(bundle, selection(view=View.GAP))

    assert [row.verdict.gap for row in view.rows[:2]] == [5, -5]
    assert view.rows[0].shade > DIVERGING_STEPS > view.rows[1].shade


def test_gap_without_target_and_without_comparison():
    bundle = small_bundle(
        observations=published({A: "2020:94", B: "2020:>=90"}), targets=[target(B, "2020 >= 92")]
    )

    view = area_view(bundle, selection(view=View.GAP))

    assert column(view, "blank") == [
        State.NO_TARGET,
        State.UNDETERMINED,
        State.NO_TARGET,
        State.NO_TARGET,
    ]
    assert view.blank_counts == ((State.NO_TARGET, 3), (State.UNDETERMINED, 1))


# ---------------------------------------------------------------- change


def test_change_counts_from_the_year_before():
    bundle = small_bundle(
        observations=published({A: "2019:90 2020:93.1", B: "2019:90 2020:90", C: "2020:95"})
    )

    view = area_view(bundle, selection(view=View.CHANGE))

    assert column(view, "change") == [3.1, 0, None, None]
    assert view.rows[0].change_from == parse_period("2019")
    assert column(view, "shade") == [4, DIVERGING_STEPS, None, None]
    assert column(view, "blank") == [None, None, State.UNDETERMINED, State.NO_ACTUAL]


def test_less_of_what_is_bad_is_a_change_for_the_better():
    bundle = small_bundle(
        indicators=[indicator(direction=Direction.LOWER)],
        observations=published({A: "2019:40 2020:35", B: "2019:30 2020:32"}),
    )

    view = area_view(bundle, selection(view=View.CHANGE))

    assert column(view, "change") == [-5, 2, None, None]
    assert view.rows[0].shade > DIVERGING_STEPS > view.rows[1].shade


def test_break_of_definition_leaves_no_change():
    bundle = small_bundle(
        observations=published({A: "2022:60 2023:50"}), breaks=[definition_break("2023")]
    )

    view = area_view(bundle, selection(view=View.CHANGE, period="2023"))

    assert (view.rows[0].change, view.rows[0].blank) == (None, State.UNDETERMINED)
    assert view.bounds == ()


def test_change_is_free_of_the_noise_of_floats():
    bundle = small_bundle(observations=published({A: "2019:0.1 2020:0.3"}))

    assert area_view(bundle, selection()).rows[0].change == 0.2


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (-9, 0),
        (-3, 0),
        (-2.5, 0),
        (-2, 1),
        (-1, 2),
        (-0.1, 2),
        (0, 3),
        (0.1, 4),
        (1, 4),
        (1.5, 5),
        (3, 6),
        (9, 6),
    ],
)
def test_diverging_class(value, expected):
    assert diverging_class(value, (1, 2, 3)) == expected


def test_diverging_class_without_bounds_is_even():
    assert diverging_class(5, ()) == DIVERGING_STEPS


@pytest.mark.parametrize(
    ("view", "bounds", "count"),
    [
        (View.VALUE, (1, 2, 3), 3),
        (View.VALUE, (), 1),
        (View.ATTAINMENT, (), 9),
        (View.GAP, (1,), 7),
        (View.CHANGE, (), 7),
    ],
)
def test_shade_count(view, bounds, count):
    assert shade_count(view, bounds) == count


# ---------------------------------------------------------------- what always holds

NUMBERS = st.integers(-4, 4).map(lambda value: value / 2)
SERIES = st.dictionaries(st.sampled_from(("2018", "2019", "2020", "2020-05")), NUMBERS, max_size=4)


@settings(max_examples=60)
@given(
    values=st.dictionaries(st.sampled_from(PREFECTURES), SERIES, max_size=4),
    goals=st.dictionaries(st.sampled_from((PROVINCE, *PREFECTURES)), NUMBERS, max_size=3),
    direction=st.sampled_from(Direction),
    period=st.sampled_from(("2019", "2020", "2020-05", "2021")),
)
def test_every_region_is_counted_once_in_every_view(values, goals, direction, period):
    texts = {
        code: " ".join(f"{at}:{value}" for at, value in items.items())
        for code, items in values.items()
    }
    bundle = small_bundle(
        indicators=[indicator(direction=direction)],
        observations=published(texts),
        targets=[target(code, f"2020 >= {value}") for code, value in goals.items()],
    )

    for name in View:
        view = area_view(bundle, selection(view=name, period=period))

        assert sum(view.class_counts) + sum(count for _, count in view.blank_counts) == 4
        assert len(view.class_counts) == shade_count(name, view.bounds)
        assert [
            row.region.adcode for row in view.rows if (row.shade is None) is (row.blank is None)
        ] == []
        assert list(view.bounds) == sorted(set(view.bounds))
        assert {state for state, _ in view.blank_counts} <= set(BLANKS)


def test_shipped_maps_count_every_region_once(bundle):
    start = parse("", bundle).selection
    areas = [
        ("440000", Level.PREFECTURE, "pm25_mean"),
        ("440000", Level.COUNTY, "air_good_days_share"),
        ("360900", Level.COUNTY, "air_good_days_share"),
        ("100000", Level.PROVINCE, "forest_cover"),
    ]
    for region, level, indicator_id in areas:
        shown = start.with_(region=region, level=level, indicator=indicator_id)
        regions = len(bundle.regions.children(region, level))
        for period in list(periods_on_offer(bundle, shown))[-4:]:
            for name in View:
                view = area_view(bundle, shown.with_(period=period, view=name))
                blanks = sum(count for _, count in view.blank_counts)
                assert sum(view.class_counts) + blanks == regions
                top = view.bounds[-1] if view.bounds else 0
                gaps = [abs(row.verdict.gap) for row in view.rows if row.verdict.gap is not None]
                assert name is not View.GAP or max(gaps, default=0) <= top
