"""From a query string to what is shown, and back."""

from urllib.parse import urlencode

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dashboard.selection import (
    QUERY_WORDS,
    Notice,
    Selection,
    View,
    best_period,
    newest_year,
    parse,
    periods_on_offer,
)
from geodata.codes import NATION, Level
from tests.builders import PROVINCE, indicator, published, selection, small_bundle, target

# ---------------------------------------------------------------- the first view


def test_first_view_is_the_newest_complete_map(bundle):
    parsed = parse("", bundle)

    cities = {region.adcode for region in bundle.regions.children("440000", Level.PREFECTURE)}
    months = {}
    for item in bundle.atlas.tables.observations:
        if item.indicator_id == "air_good_days_share" and item.adcode in cities:
            months.setdefault(str(item.period), set()).add(item.adcode)
    complete = max(period for period, found in months.items() if len(found) == 21)
    assert len(cities) == 21
    assert parsed.notices == ()
    assert parsed.selection == Selection(
        region="440000",
        level=Level.PREFECTURE,
        indicator="air_good_days_share",
        period=complete,
        view=View.VALUE,
        selected="",
        lang="zh",
        theme="light",
    )


def test_language_of_the_settings_is_the_default(bundle):
    assert parse("", bundle, "en").selection.lang == "en"
    assert parse("?lang=zh", bundle, "en").selection.lang == "zh"


def test_area_without_more_words_opens_with_its_newest_complete_map():
    bundle = small_bundle(
        indicators=[indicator("old"), indicator("new"), indicator("partial")],
        observations=[
            *published(
                dict.fromkeys(("110100", "110200", "110300", "110400"), "2018:1"),
                indicator_id="old",
            ),
            *published(
                dict.fromkeys(("110100", "110200", "110300", "110400"), "2019:1"),
                indicator_id="new",
            ),
            *published({"110100": "2021:1"}, indicator_id="partial"),
        ],
    )

    chosen = parse(f"?region={PROVINCE}", bundle).selection

    assert (chosen.level, chosen.indicator, chosen.period) == (Level.PREFECTURE, "new", "2019")


def test_area_without_a_complete_map_opens_with_the_best_covered():
    bundle = small_bundle(
        indicators=[indicator("one"), indicator("two")],
        observations=[
            *published({"110100": "2021:1"}, indicator_id="one"),
            *published({"110100": "2018:1 2019:1", "110200": "2018:1"}, indicator_id="two"),
        ],
    )

    chosen = parse(f"?region={PROVINCE}", bundle).selection

    assert (chosen.indicator, chosen.period) == ("two", "2018")


def test_nothing_published_anywhere_is_no_error():
    bundle = small_bundle(targets=[target(PROVINCE, "2020 >= 92")])

    assert parse(f"?region={PROVINCE}", bundle).selection.period == "2020"
    assert parse("", bundle).notices == ()


def test_tables_without_values_and_targets_are_no_error():
    parsed = parse("", small_bundle())

    assert (parsed.selection.region, parsed.selection.level) == (NATION, Level.PROVINCE)
    assert parsed.selection.period.isdigit()


# ---------------------------------------------------------------- words that cannot be used


@pytest.mark.parametrize(
    ("given_region", "used"),
    [
        ("440899", "440800"),
        ("440802", "440800"),
        ("449999", "440000"),
        ("999999", "440000"),
        ("zhanjiang", "440800"),
        ("Zhanjiang", "440800"),
        ("湛江", "440800"),
        ("湛江市", "440800"),
        ("guangdong", "440000"),
        ("440000.0", "440000"),
        ("nowhere at all", "440000"),
    ],
)
def test_region_falls_to_the_nearest(bundle, given_region, used):
    parsed = parse("?" + urlencode({"region": given_region}), bundle)

    assert parsed.selection.region == used
    assert Notice("region", given_region, used) in parsed.notices


def test_region_that_stands_for_itself_is_valid(bundle):
    parsed = parse("?region=441900", bundle)

    assert parsed.notices == ()
    assert (parsed.selection.region, parsed.selection.level) == ("441900", Level.COUNTY)


@pytest.mark.parametrize(
    ("region", "level", "used"),
    [
        ("440000", "province", "prefecture"),
        ("440800", "city", "county"),
        (NATION, "nation", "province"),
    ],
)
def test_level_falls_to_the_highest_below_the_area(bundle, region, level, used):
    parsed = parse(f"?region={region}&level={level}", bundle)

    assert parsed.selection.level == used
    assert Notice("level", level, used) in parsed.notices


@pytest.mark.parametrize(
    ("given_id", "used"),
    [
        ("air_good_day_share", "air_good_days_share"),
        ("pm25mean", "pm25_mean"),
        ("forest", "forest_cover"),
        ("xylophones", None),
        ("空气", None),
    ],
)
def test_indicator_falls_to_the_closest_name_else_to_the_default(bundle, given_id, used):
    parsed = parse("?" + urlencode({"region": "440000", "indicator": given_id}), bundle)

    used = used or "air_good_days_share"
    assert parsed.selection.indicator == used
    assert [item for item in parsed.notices if item.word == "indicator"] == [
        Notice("indicator", given_id, used)
    ]


@pytest.mark.parametrize(
    ("period", "used"),
    [
        ("2016", "2018"),
        ("2019", "2020"),
        ("2031", "2020"),
        ("2019-05", "2019-03"),
        ("2021-07", "2019-03"),
        ("2019-Q1", "2019-03"),
        ("2019-01/2019-03", "2019-03"),
        ("last year", "2018"),
        ("2020-13", "2018"),
    ],
)
def test_period_falls_to_the_nearest_of_its_kind(period, used):
    # 2018 is the newest period both published; two years are equally far from 2019.
    bundle = small_bundle(
        observations=published(
            {"110100": "2018:90 2020:93 2019-03:91 2018-12:92", "110200": "2018:95"}
        )
    )
    words = {"region": PROVINCE, "indicator": "share", "period": period}

    parsed = parse("?" + urlencode(words), bundle)

    assert parsed.selection.period == used
    assert parsed.notices == (Notice("period", period, used),)


@pytest.mark.parametrize(
    ("word", "used"), [("view", "value"), ("lang", "zh"), ("theme", "light"), ("selected", "")]
)
def test_small_words_fall_to_their_default(bundle, word, used):
    parsed = parse(f"?{word}=nonsense", bundle)

    assert getattr(parsed.selection, word) == used
    assert parsed.notices == (Notice(word, "nonsense", used),)


@pytest.mark.parametrize("code", ["450700", "440802", "440000", "44080"])
def test_selected_region_must_be_on_the_map(bundle, code):
    parsed = parse(f"?region=440000&level=prefecture&selected={code}", bundle)

    assert parsed.selection.selected == ""
    assert parsed.notices == (Notice("selected", code, ""),)


def test_every_bad_word_has_a_notice_of_its_own(bundle):
    query = "?" + "&".join(f"{word}=%3C%3E" for word in QUERY_WORDS)

    parsed = parse(query, bundle)

    assert [notice.word for notice in parsed.notices] == [
        "region",
        "level",
        "indicator",
        "period",
        "view",
        "selected",
        "lang",
        "theme",
    ]
    assert {notice.found for notice in parsed.notices} == {"<>"}
    assert parsed.selection == parse("", bundle).selection


def test_notice_quotes_only_the_start_of_a_long_word(bundle):
    (notice,) = parse("?theme=" + "x" * 5000, bundle).notices

    assert notice.found == "x" * 60


@pytest.mark.parametrize("query", ["?page=2&utm=1", "?region=&view=", "?", "&&&", "?=1"])
def test_unknown_and_empty_words_are_passed_over(bundle, query):
    parsed = parse(query, bundle)

    assert parsed.notices == ()
    assert parsed.selection == parse("", bundle).selection


# ---------------------------------------------------------------- there and back


@pytest.fixture(scope="module")
def areas(bundle):
    """Return areas at every level, plan regions and odd ones among them."""
    codes = (NATION, "440000", "440800", "441900", "450700", "152900", "360900", "110000", "810000")
    return [(code, level) for code in codes for level in bundle.regions.levels_below(code)]


@settings(max_examples=60)
@given(data=st.data())
def test_query_of_a_valid_selection_gives_it_back(bundle, areas, data):
    def draw(options):
        return data.draw(st.sampled_from(list(options)))

    region, level = draw(areas)
    shown = [child.adcode for child in bundle.regions.children(region, level)]
    chosen = Selection(
        region=region,
        level=level,
        indicator=draw(bundle.atlas.indicators),
        period="",
        view=draw(View),
        selected=draw(["", *shown]),
        lang=draw(("zh", "en")),
        theme=draw(("light", "dark")),
    )
    chosen = chosen.with_(period=draw(periods_on_offer(bundle, chosen)))

    parsed = parse(chosen.query(), bundle)

    assert parsed.selection == chosen
    assert parsed.notices == ()


WORD = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "440000",
            "440800",
            "2020",
            "2022-09",
            "1949-01/2099-12",
            "county",
            "gap",
            "\x00",
            "%00",
            "²",
        ]
    ),
)


@settings(max_examples=80)
@given(pairs=st.lists(st.tuples(st.sampled_from(QUERY_WORDS), WORD), max_size=10))
@example(pairs=[("region", "9" * 10_000)])
@example(pairs=[("region", "\N{FULLWIDTH DIGIT FOUR}" * 6)])
@example(pairs=[("region", "a" * 10_000), ("indicator", "a" * 10_000)])
@example(pairs=[("period", "２０２０")])
@example(pairs=[("region", "440000"), ("region", "450700")])
def test_any_words_give_a_valid_selection(bundle, pairs):
    chosen = parse("?" + urlencode(pairs), bundle).selection

    again = parse(chosen.query(), bundle)
    assert again.selection == chosen
    assert again.notices == ()


@settings(max_examples=60)
@given(query=st.text(max_size=80))
@example(query="?region=%")
@example(query="?region=%00&period=%ff%fe&level=%ED%A0%80")
@example(query="?" + "&".join(["region=440800"] * 500))
@example(query="?" * 1000)
@example(query="?region;=440800;level=county")
def test_any_text_gives_a_valid_selection(bundle, query):
    chosen = parse(query, bundle).selection

    assert parse(chosen.query(), bundle).selection == chosen


# ---------------------------------------------------------------- periods


def test_periods_on_offer_count_the_regions_of_the_map():
    bundle = small_bundle(
        observations=published({"110100": "2019:1 2020:2", "110200": "2020:1", "120100": "2021:1"})
    )

    assert periods_on_offer(bundle, selection()) == {"2019": 1, "2020": 2}


def test_periods_of_the_area_itself_are_offered_where_no_region_has_any():
    bundle = small_bundle(observations=published({PROVINCE: "2019:1 2020-05:2"}))

    assert periods_on_offer(bundle, selection()) == {"2019": 0, "2020-05": 0}


def test_target_years_are_offered_where_nothing_was_published():
    bundle = small_bundle(
        targets=[target(PROVINCE, "2020 >= 92"), target(PROVINCE, "2018 >= 88")],
        observations=published({"110100": "2023:1"}, indicator_id="other"),
    )

    assert periods_on_offer(bundle, selection()) == {"2018": 0, "2020": 0}


def test_newest_year_is_offered_where_there_is_nothing_at_all():
    bundle = small_bundle(observations=published({"110100": "2019:1 2023-05:1"}, indicator_id="x"))

    assert newest_year(bundle) == 2023
    assert periods_on_offer(bundle, selection()) == {"2023": 0}


@pytest.mark.parametrize(
    ("counts", "complete", "best"),
    [
        ({"2018": 4, "2019": 4, "2020": 3}, 4, "2019"),
        ({"2018": 3, "2019": 3, "2020": 1}, 4, "2019"),
        ({"2018": 1}, 4, "2018"),
        ({"2018": 0, "2020": 0}, 4, "2020"),
    ],
)
def test_best_period(counts, complete, best):
    assert best_period(counts, complete) == best


def test_focus_is_the_selected_region_else_the_area():
    assert selection().focus == PROVINCE
    assert selection(selected="110100").focus == "110100"
