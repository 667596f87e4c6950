"""The comparison page's numbers on hand-built data, and its defaults on the shipped data."""

import pytest

from dashboard.selection import parse_words
from dashboard.views.compare import (
    MOST_PERIODS,
    MOST_REGIONS,
    best_area,
    default_periods,
    most_promised,
    parse,
    plans_view,
    with_defaults,
)
from dashboard.views.compare_area import maps_view, ranking_view, strip_view
from dashboard.views.compare_options import indicator_uses, region_choices
from dashboard.views.compare_trend import compare_trend_view
from geodata.codes import NATION, Level
from indicators.attainment import State
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

TWO_PLANS = {
    "targets": (target(PROVINCE, "2020 >= 92"), target("110100", "2025 >= 95")),
    "observations": published({PROVINCE: "2019:90 2020:93", "110100": "2020:91 2022:96"}),
}
FOUR = {
    "observations": published(
        {
            "110100": "2019:80 2020:90",
            "110200": "2019:85 2020:85",
            "110300": "2019:70 2020:95",
            "110400": "2020:99",
            PROVINCE: "2020:88",
        }
    ),
    "targets": (target(PROVINCE, "2020 >= 92"),),
}


SOME = small_bundle(observations=published({"110100": "2020:1"}))


# ---------------------------------------------------------------- words of the query


def test_without_words_the_plan_regions_are_compared():
    bundle = small_bundle(**TWO_PLANS)
    query, notices = parse({}, bundle, selection())
    assert query.regions == (PROVINCE, "110100")
    assert notices == ()
    assert query.query() == f"&regions={PROVINCE},110100"


def test_unknown_regions_are_left_out_with_a_notice():
    query, (notice,) = parse({"regions": "110200,abc,110200"}, SOME, selection())
    assert query.regions == ("110200",)
    assert (notice.word, notice.found, notice.used) == ("regions", "abc", "丑")


def test_too_many_regions_are_cut_with_a_notice(bundle):
    codes = [region.adcode for region in bundle.regions.all(Level.PROVINCE)][:20]
    query, (notice,) = parse({"regions": ",".join(codes)}, bundle, _shipped(bundle))
    assert query.regions == tuple(codes[:MOST_REGIONS])
    assert (notice.word, notice.found, notice.used) == ("regions_most", "20", "12")


def test_periods_of_another_kind_or_without_values_are_left_out():
    observations = published({"110100": "2019:1 2020:2 2020-05:3"})
    words = {"periods": "2020,2020-05,1999,2019"}
    query, (notice,) = parse(words, small_bundle(observations=observations), selection())
    assert query.periods == query.asked_periods == ("2019", "2020")
    assert (notice.word, notice.found, notice.used) == ("periods", "2020-05, 1999", "2")


def test_of_many_periods_the_latest_are_drawn():
    years = range(2011, 2019)
    text = " ".join(f"{year}:{year - 2000}" for year in years)
    bundle = small_bundle(observations=published({"110100": text}))
    asked = {"periods": ",".join(map(str, years))}
    query, (notice,) = parse(asked, bundle, selection(period="2018"))
    assert query.periods == ("2013", "2014", "2015", "2016", "2017", "2018")
    assert (notice.word, notice.used) == ("periods_most", str(MOST_PERIODS))


def test_an_unknown_order_is_the_usual_one_with_a_notice():
    query, (notice,) = parse({"sort": "sideways"}, SOME, selection())
    assert query.sort == "rank"
    assert (notice.word, notice.found) == ("sort", "sideways")
    assert parse({"sort": "-value"}, SOME, selection())[0].query().endswith("&sort=-value")


def test_default_periods_are_of_one_kind_and_well_covered():
    observations = published(
        {"110100": "2017:1 2018:1 2019:1 2019-05:1", "110200": "2018:1 2019:1", "110300": "2019:1"}
    )
    bundle = small_bundle(observations=observations)
    assert default_periods(bundle, selection(period="2019")) == ("2018", "2019")
    assert default_periods(bundle, selection(period="2019-05")) == ("2019-05",)
    elsewhere = small_bundle(observations=published({"120100": "2019:1"}))
    assert default_periods(elsewhere, selection()) == ()


def test_a_map_of_all_counties_is_drawn_once(bundle):
    shown = _shipped(bundle).with_(region=NATION, level=Level.COUNTY, period="2024")
    words = {"periods": "2023,2024"}
    query, notices = parse(words, bundle, shown.with_(indicator="air_good_days_share"))
    assert query.periods == ("2024",)
    assert [notice.used for notice in notices] == ["1"]


def test_the_page_opens_with_the_indicator_most_plans_promise(bundle):
    atlas = bundle.atlas
    opened = with_defaults({}, bundle)

    def judged(indicator_id):
        return sum(
            bool(atlas.own_targets(code, indicator_id) and atlas.series(code, indicator_id))
            for code in atlas.plan_by_region
        )

    assert judged(opened["indicator"]) == max(map(judged, atlas.indicators))
    assert opened["indicator"] == most_promised(bundle) == "air_good_days_share"
    assert with_defaults({"indicator": "pm25_mean"}, bundle)["indicator"] == "pm25_mean"


def test_the_area_is_one_whose_map_has_values(bundle):
    assert best_area(bundle, "air_good_days_share") == ("440000", Level.PREFECTURE)
    for indicator_id in bundle.atlas.indicators:
        area, level = best_area(bundle, indicator_id)
        assert level in bundle.regions.levels_below(area)


@pytest.mark.parametrize(
    "words",
    [
        {"regions": ",,,"},
        {"regions": "\x00" * 500},
        {"periods": "2020-99,,"},
        {"sort": "-"},
        {"sort": "--rank"},
        {"indicator": "nothing", "region": "x", "level": "y"},
    ],
)
def test_no_words_raise(bundle, words):
    filled = with_defaults(words, bundle)
    query, _ = parse(words, bundle, parse_words(filled, bundle).selection)
    assert query.regions


# ---------------------------------------------------------------- plans side by side


def test_every_plan_has_a_row_with_its_verdict():
    view = plans_view(small_bundle(**TWO_PLANS), selection())
    found = [
        (row.region.adcode, row.target.year, row.verdict.state, row.verdict.actual.value)
        for row in view.rows
    ]
    assert found == [(PROVINCE, 2020, State.MET, 93.0), ("110100", 2025, State.MET, 96.0)]
    assert view.years == (2020, 2025)
    assert view.scale_end == 100.0


def test_a_plan_without_the_indicator_stands_last_and_keeps_its_latest_value():
    more = indicator("other")
    given = {
        "indicators": (indicator(), more),
        "targets": (
            target(PROVINCE, "2020 >= 5", indicator_id="other"),
            target("110100", "2020 >= 92"),
        ),
        "observations": published({PROVINCE: "2018:70"}),
    }
    first, last = plans_view(small_bundle(**given), selection()).rows
    assert first.region.adcode == "110100"
    assert first.verdict.state is State.NO_ACTUAL
    assert (last.target, last.verdict, last.latest.value) == (None, None, 70.0)


def test_all_bullets_share_one_scale():
    given = {
        "indicators": (indicator(unit="家"),),
        "targets": (
            target(PROVINCE, "2020 >= 5", unit="家"),
            target("110100", "2020 >= 40", unit="家"),
        ),
        "observations": published({"110100": "2020:20"}),
    }
    assert plans_view(small_bundle(**given), selection()).scale_end == pytest.approx(44)


# ---------------------------------------------------------------- trend


def test_the_areas_around_are_faint_and_only_with_values():
    given = {"observations": published({"110100": "2019:1 2020:2", PROVINCE: "2020:3"})}
    view = compare_trend_view(small_bundle(**given), selection(), ("110100", "110200"))
    assert [(line.region.adcode, line.index) for line in view.lines] == [
        (PROVINCE, None),
        ("110100", 0),
    ]
    assert [region.adcode for region in view.empty] == ["110200"]


def test_a_change_of_definition_splits_a_line():
    given = {
        "observations": published({"110100": "2018:1 2019:2 2020:3 2021:4"}),
        "breaks": (definition_break("2020"),),
    }
    (line,) = compare_trend_view(small_bundle(**given), selection(), ("110100",)).lines
    assert [[item.value for item in run] for run in line.runs] == [[1, 2], [3, 4]]


def test_months_are_drawn_only_where_they_are_few():
    few = " ".join(f"2019-{month:02d}:{month}" for month in range(1, 4))
    many = " ".join(f"{year}-{month:02d}:1" for year in (2018, 2019) for month in range(1, 13))
    given = {"observations": published({"110100": few, "110200": many})}
    bundle = small_bundle(**given)
    first, second = (
        compare_trend_view(bundle, selection(), (code,)).lines for code in ("110100", "110200")
    )
    assert len(first[0].shorter) == 3
    assert second == ()


def test_a_region_with_a_target_only_is_drawn():
    bundle = small_bundle(targets=(target("110100", "2020 >= 92"),))
    view = compare_trend_view(bundle, selection(), ("110100",))
    assert [line.region.adcode for line in view.lines] == ["110100"]
    assert [region.adcode for region in view.empty] == ["110100"]


# ---------------------------------------------------------------- one area from within


def test_the_strip_marks_the_selected_region_else_those_with_a_plan():
    bundle = small_bundle(**FOUR)
    assert strip_view(bundle, selection()).marked == frozenset()
    assert strip_view(bundle, selection(selected="110200")).marked == {"110200"}
    planned = small_bundle(
        observations=FOUR["observations"], targets=(target("110100", "2020 > 1"),)
    )
    assert strip_view(planned, selection()).marked == {"110100"}


def test_the_strip_has_the_value_and_the_target_of_the_area():
    view = strip_view(small_bundle(**FOUR), selection())
    assert sorted(row.observation.value for row in view.rows) == [85, 90, 95, 99]
    assert view.own.value == 88
    assert view.held.target.value == 92


def test_a_month_has_no_yearly_target_beside_it():
    given = FOUR | {"observations": published({"110100": "2020-05:90", PROVINCE: "2020-05:91"})}
    view = strip_view(small_bundle(**given), selection(period="2020-05"))
    assert view.own.value == 91
    assert view.held is None


def test_places_are_compared_among_the_regions_with_both_values():
    view = ranking_view(small_bundle(**FOUR), selection(), "rank")
    found = {row.region.adcode: (row.rank, row.moved, row.change) for row in view.rows}
    assert found == {
        "110400": (1, None, None),
        "110300": (2, 2, 25),
        "110100": (3, 0, 10),
        "110200": (4, -2, 0),
    }
    assert (str(view.before), view.compared) == ("2019", 3)


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("rank", "110400 110300 110100 110200"),
        ("-rank", "110200 110100 110300 110400"),
        ("value", "110400 110300 110100 110200"),
        ("moved", "110300 110100 110200 110400"),
        ("-moved", "110200 110100 110300 110400"),
        ("change", "110300 110100 110200 110400"),
        ("region", "110200 110400 110300 110100"),
    ],
)
def test_the_ranking_is_sorted_and_blanks_stay_last(sort, order):
    view = ranking_view(small_bundle(**FOUR), selection(), sort)
    assert [row.region.adcode for row in view.rows] == order.split()


def test_lower_is_better_turns_the_places_around():
    given = FOUR | {"indicators": (indicator(direction="lower"),)}
    view = ranking_view(small_bundle(**given), selection(), "rank")
    assert next(row.region.adcode for row in view.rows) == "110200"


def test_regions_without_a_value_are_named():
    bundle = small_bundle(observations=published({"110100": "2020:1"}))
    view = ranking_view(bundle, selection(), "rank")
    assert [region.adcode for region in view.without] == list(PREFECTURES[1:])
    assert view.before is None


def test_all_maps_have_the_same_classes():
    view = maps_view(small_bundle(**FOUR), selection(), ("2019", "2020"))
    assert len({item.bounds for item in view.maps}) == 1
    assert sum(view.together.class_counts) == 7
    assert dict(view.together.blank_counts) == {State.NO_ACTUAL: 1}


# ---------------------------------------------------------------- options


def test_indicators_that_most_plans_promise_come_first(bundle):
    for _, uses in indicator_uses(bundle):
        counts = [use.plans for use in uses]
        assert counts == sorted(counts, reverse=True)


def test_each_region_is_offered_once_and_chosen_ones_always(bundle):
    options = region_choices(bundle, "pm25_mean", ("650000", "440800"))
    offered = [
        region.adcode
        for group in (
            options.plans,
            options.provinces,
            options.prefectures,
            options.counties,
            options.others,
        )
        for region in group
    ]
    assert len(offered) == len(set(offered))
    assert {"650000", "440800", NATION} <= set(offered)


def _shipped(bundle):
    return parse_words({}, bundle).selection
