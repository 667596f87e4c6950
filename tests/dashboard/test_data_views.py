"""The data page's views: rows, coverage and examples, against hand-built and shipped data."""

from collections import Counter
from urllib.parse import parse_qsl

import pytest

from dashboard.selection import parse
from dashboard.views.coverage import coverage_view, covers_with_data
from dashboard.views.data_query import COVERS, GRIDS, DataQuery, Tab
from dashboard.views.data_tables import table_view
from dashboard.views.method import method_view
from indicators.attainment import State
from indicators.records import Kind, Quality
from tests import builders

CITY, OTHER = "110100", "110200"


def rows(bundle, tab, lang="zh"):
    return table_view(bundle, tab, lang).rows


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("words", "expected", "noticed"),
    [
        ({}, DataQuery(), []),
        ({"table": "method"}, DataQuery(Tab.METHOD), []),
        ({"table": "observatons"}, DataQuery(), ["table"]),
        ({"table": "souces", "cover": "x"}, DataQuery(Tab.SOURCES), ["table", "cover"]),
        ({"cover": "county", "find": "  pm "}, DataQuery(find="pm", cover="county"), []),
        ({"find": "x" * 500}, DataQuery(find="x" * 80), []),
    ],
)
def test_bad_words_become_the_nearest_with_a_notice(words, expected, noticed):
    query, notices = DataQuery.parse(words)
    assert query == expected
    assert [notice.word for notice in notices] == noticed


@pytest.mark.parametrize("tab", Tab)
def test_a_query_reads_back_as_itself(tab):
    find = "广东 pm" if tab in GRIDS else ""
    query = DataQuery(tab, find, "county" if tab is Tab.COVERAGE else "all")
    words = dict(parse_qsl(query.query(builders.selection()).lstrip("?")))
    assert DataQuery.parse(words) == (query, ())


# ---------------------------------------------------------------- tables


@pytest.fixture
def rival_bundle():
    return builders.small_bundle(
        observations=[
            builders.observation(CITY, "2020", 90, quality=Quality.PRESS, source_id="s2"),
            builders.observation(CITY, "2020", 91),
            builders.observation(CITY, "2022", 95),
        ],
        targets=[builders.target(CITY, "2020 >= 92")],
        breaks=[builders.definition_break("2021")],
    )


def test_every_observation_is_a_row_and_rivals_name_each_other(rival_bundle):
    press, official, later = rows(rival_bundle, Tab.OBSERVATIONS)
    assert press["use"] == "○ 未采用"
    assert official["use"] == "✓ 采用"
    assert "91%（统计局）" in press["rivals"]
    assert "90%（日报）" in official["rivals"]
    assert "来源的可靠程度较低" in official["rivals"]
    assert later["rivals"] == ""


def test_values_beside_a_break_say_which_side_they_are_on(rival_bundle):
    press, _, later = rows(rival_bundle, Tab.OBSERVATIONS)
    assert press["break"] == "属于2021年前的旧口径（口径改变）"
    assert later["break"] == "属于2021年起的新口径（口径改变）"


def test_a_target_row_carries_its_verdict(rival_bundle):
    (row,) = rows(rival_bundle, Tab.TARGETS)
    assert row["state"] == "✕ 未达标"
    assert "距目标差 1 个百分点" in row["reason"]


def test_rows_are_found_by_pinyin_initials_and_english(rival_bundle):
    row = rows(rival_bundle, Tab.OBSERVATIONS)[0]
    for word in ("zi", "share", "Zi", "zhibiao"):
        assert word in row["search"]


def test_only_an_address_of_the_web_is_an_address(rival_bundle):
    tables = rival_bundle.atlas.tables
    assert [row["url"] for row in rows(rival_bundle, Tab.SOURCES)] == [
        source.url if source.url.startswith("http") else "" for source in tables.sources
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_tables_have_a_row_for_each_record_with_an_id_of_its_own(bundle, lang):
    tables = bundle.atlas.tables
    for tab, records in (
        (Tab.OBSERVATIONS, tables.observations),
        (Tab.TARGETS, tables.targets),
        (Tab.INDICATORS, tables.indicators),
        (Tab.SOURCES, tables.sources),
    ):
        found = rows(bundle, tab, lang)
        assert len(found) == len(records)
        assert len({row["id"] for row in found}) == len(found)


def test_shipped_conflicts_are_marked(bundle):
    marked = [row for row in rows(bundle, Tab.OBSERVATIONS) if row["use"] == "○ 未采用"]
    assert len(marked) == 6
    assert all(row["rivals"] for row in marked)


# ---------------------------------------------------------------- coverage


def test_coverage_counts_regions_not_values():
    bundle = builders.small_bundle(
        observations=builders.published({CITY: "2020:1 2020-05:2 2021-03:3", OTHER: "2020:2"})
    )
    view = coverage_view(bundle, "all")
    ((_, (row,)),) = view.groups
    assert view.years == (2020, 2021)
    assert [(cell.count, cell.whole) for cell in row.cells] == [(2, 2), (1, 0)]
    assert row.regions == 2
    assert view.blank == ()


def test_a_rival_is_not_counted_twice(rival_bundle):
    view = coverage_view(rival_bundle, "all")
    assert view.observations == 2


def test_a_level_without_values_lists_every_indicator_as_blank(rival_bundle):
    view = coverage_view(rival_bundle, "county")
    assert (view.covered, view.missing, view.years) == (0, 1, ())


@pytest.mark.parametrize("cover", COVERS)
def test_shipped_coverage_agrees_with_the_tables(bundle, cover):
    view = coverage_view(bundle, cover)
    atlas = bundle.atlas
    assert view.covered + view.missing == len(atlas.indicators)
    assert dict(covers_with_data(bundle))[cover] == view.observations
    counted = {
        (row.indicator.indicator_id, year): cell.count
        for _, group in view.groups
        for row in group
        for year, cell in zip(view.years, row.cells, strict=True)
        if cell
    }
    seen = {
        (item.indicator_id, item.period.year, item.adcode)
        for item in atlas.tables.observations
        if cover == "all" or bundle.regions.get(item.adcode).level == cover
    }
    assert counted == Counter((indicator, year) for indicator, year, _ in seen)


# ---------------------------------------------------------------- method


def test_method_counts_every_promised_target_once(bundle):
    view = method_view(bundle, "zh", "light")
    assert sum(item.count for item in view.states) == len(bundle.atlas.tables.targets)
    assert len(view.conflicts) == 6
    assert view.breaks == bundle.atlas.tables.breaks


def test_every_example_shows_what_it_stands_for(bundle):
    view = method_view(bundle, "zh", "light")
    for item in view.states:
        assert item.example is None or item.example.verdict.state is item.state
    missing = {item.state for item in view.states if item.example is None}
    assert missing <= {State.BEHIND}
    assert {item.kind for item in view.kinds} == set(Kind)
    assert view.inherited is not None
    assert view.inherited.verdict.inherited


def test_the_path_adds_up(bundle):
    path = method_view(bundle, "zh", "light").path
    assert path is not None
    due = path.base + (path.target - path.base) * path.elapsed / path.total
    assert path.due == pytest.approx(due)
    assert path.progress == pytest.approx((path.actual - path.base) / (due - path.base))


def test_method_of_a_country_with_hardly_any_data_still_stands():
    bundle = builders.small_bundle(observations=[builders.observation(CITY, "2020", 90)])
    view = method_view(bundle, "zh", "light")
    assert view.path is None
    assert view.conflicts == ()
    assert parse("", bundle).selection.indicator == view.classes.indicator.indicator_id
