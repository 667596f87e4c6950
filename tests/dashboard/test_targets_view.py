"""One plan's targets: verdicts, counts, filters, groups and order; and the words of its query."""

from dataclasses import replace
from urllib.parse import parse_qsl

import pytest

from dashboard.bundle import DataBundle
from dashboard.selection import parse_words
from dashboard.views.targets import TargetsView, targets_view
from dashboard.views.targets_query import (
    UNNAMED,
    Group,
    Sort,
    TargetsQuery,
    parse_targets,
    plan_departments,
)
from indicators.attainment import State
from indicators.records import Domain
from tests.builders import (
    PREFECTURES,
    PROVINCE,
    indicator,
    observation,
    small_bundle,
    target,
)

GUANGDONG, QINZHOU, ZHANJIANG, ALXA, YICHUN = "440000", "450700", "440800", "152900", "360900"
PLANS = (GUANGDONG, QINZHOU, ZHANJIANG, ALXA, YICHUN)

# One target for each verdict: by 2025 judged in 2023, or by 2020 and over.
NAMES = ("done", "fine", "slow", "stuck", "missed", "open", "blank")


def read(bundle, text=""):
    words = dict(parse_qsl(text))
    return parse_targets(words, bundle, parse_words(words, bundle).selection)


def query(bundle, text="") -> TargetsQuery:
    return read(bundle, text)[0]


def view(bundle, text="") -> TargetsView:
    return targets_view(bundle, query(bundle, text))


def words_of(bundle, text):
    return [(item.word, item.used) for item in read(bundle, text)[1]]


@pytest.fixture(scope="module")
def handmade() -> DataBundle:
    domains = dict(zip(NAMES, [Domain.PRODUCT] * 4 + [Domain.BRAND] * 3, strict=True))
    due = {name: "2020 >= 90" if name == "missed" else "2025 >= 90" for name in NAMES}
    values = {
        "done": {"2015": 50, "2023": 95},
        "fine": {"2015": 50, "2023": 82},
        "slow": {"2015": 50, "2023": 74},
        "stuck": {"2015": 50, "2023": 51},
        "missed": {"2020": 80},
        "open": {"2023": 70},
        "blank": {},
    }
    offices = {"done": ("甲局",), "slow": ("甲局", "乙局"), "missed": ("乙局",)}
    return small_bundle(
        indicators=[indicator(name, domain=domains[name]) for name in NAMES],
        targets=[
            replace(
                target(PROVINCE, due[name], indicator_id=name),
                departments_lead=offices.get(name, ())[:1],
                departments_participating=offices.get(name, ())[1:],
            )
            for name in NAMES
        ],
        observations=[
            observation(PROVINCE, period, value, indicator_id=name)
            for name, found in values.items()
            for period, value in found.items()
        ],
    )


def names(shown: TargetsView) -> list[str]:
    return [line.row.indicator.indicator_id for group in shown.groups for line in group.lines]


def test_every_verdict_is_counted_once_and_in_order(handmade: DataBundle) -> None:
    shown = view(handmade)
    assert shown.counts == tuple((state, 1) for state in State if state in dict(shown.counts))
    assert dict(shown.counts) == dict.fromkeys(
        [
            State.MET,
            State.ON_COURSE,
            State.BEHIND,
            State.FAR_BEHIND,
            State.NOT_MET,
            State.UNDETERMINED,
            State.NO_ACTUAL,
        ],
        1,
    )
    assert (len(shown.lines), shown.with_actual, shown.shown) == (7, 6, 7)
    assert [line.number for line in shown.lines] == list(range(1, 8))


def test_the_evidence_runs_from_the_base_to_the_actual(handmade: DataBundle) -> None:
    evidence = {
        line.row.indicator.indicator_id: [str(item.period) for item in line.evidence]
        for line in view(handmade).lines
    }
    assert evidence["slow"] == ["2015", "2023"]
    assert evidence["missed"] == ["2020"]
    assert evidence["blank"] == []


def test_looking_back_judges_by_what_was_known(handmade: DataBundle) -> None:
    shown = view(handmade, "period=2019")
    states = {line.row.indicator.indicator_id: line.state for line in shown.lines}
    assert states["missed"] is State.NO_ACTUAL
    assert states["done"] is State.UNDETERMINED
    assert shown.looks_back
    assert not view(handmade).looks_back


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("state=met,not_met", ["done", "missed"]),
        ("year=2020", ["missed"]),
        ("domain=brand", ["missed", "open", "blank"]),
        ("q=slow", ["slow"]),
        ("q=SLOWZB", ["slow"]),
        ("q=zhibiao+slow", ["slow"]),
        ("q=nothing", []),
        ("state=met&domain=brand", []),
    ],
)
def test_filters_keep_what_fits_all_of_them(handmade: DataBundle, text, left) -> None:
    shown = view(handmade, text)
    assert names(shown) == left
    assert shown.shown == len(left)
    # Filters never change what is said about the whole plan.
    assert shown.counts == view(handmade).counts


@pytest.mark.parametrize(
    ("order", "first", "last"),
    [
        ("plan", "done", "blank"),
        ("verdict", "missed", "blank"),
        ("gap", "stuck", "blank"),
        ("year", "missed", "blank"),
        ("name", "blank", "stuck"),
    ],
)
def test_the_order_within_a_group(handmade: DataBundle, order, first, last) -> None:
    listed = names(view(handmade, f"group=none&sort={order}"))
    assert (listed[0], listed[-1]) == (first, last)
    assert sorted(listed) == sorted(NAMES)


def test_a_target_of_two_departments_stands_under_both_and_counts_once(bundle: DataBundle) -> None:
    shown = view(bundle, f"region={ZHANJIANG}&group=department")
    listed = sum(len(group.lines) for group in shown.groups)
    assert listed > len(shown.lines)
    assert shown.shown == len(shown.lines) == sum(count for _, count in shown.counts)
    for group in shown.groups:
        assert all(group.key in line.departments for line in group.lines)
    assert shown.groups[-1].key == UNNAMED
    one = shown.departments[0]
    only = view(bundle, f"region={ZHANJIANG}&group=department&department={one.name}")
    assert [group.key for group in only.groups] == [one.name]
    assert only.shown == one.lead + one.participating == sum(count for _, count in one.counts)


@pytest.mark.parametrize("region", PLANS)
def test_the_shipped_plans_are_whole(bundle: DataBundle, region: str) -> None:
    shown = view(bundle, f"region={region}")
    tables, plan = bundle.atlas.tables, shown.plan
    assert len(shown.lines) == sum(item.plan_id == plan.plan_id for item in tables.targets)
    assert shown.milestones_all == sum(item.plan_id == plan.plan_id for item in tables.milestones)
    assert shown.tasks_all == sum(item.plan_id == plan.plan_id for item in tables.tasks)
    blank = dict(shown.counts).get(State.NO_ACTUAL, 0)
    assert shown.with_actual == len(shown.lines) - blank
    assert set(plan_departments(bundle, plan)) == {item.name for item in shown.departments}


def test_a_region_without_a_plan_gets_the_one_above_with_a_notice(bundle: DataBundle) -> None:
    assert query(bundle, "region=440100").region == GUANGDONG
    assert words_of(bundle, "region=440100") == [("plan_above", GUANGDONG)]
    assert words_of(bundle, "region=440802") == [("plan_above", ZHANJIANG)]
    assert words_of(bundle, "region=110000")[0][0] == "plan_other"
    assert words_of(bundle, "region=999999")[0][0] == "region"
    assert words_of(bundle, f"region={ALXA}") == []


@pytest.mark.parametrize(
    ("text", "word", "used"),
    [
        ("period=1999", "period", "2016"),
        ("period=2017-05", "period", "2017"),
        ("period=soon", "period", "2025"),
        ("group=departmnt", "group", "department"),
        ("sort=xyz", "sort", "plan"),
        ("state=mett", "state", "met"),
        ("state=met,nonsense", "state", "met"),
        ("year=1990", "year", ""),
        ("domain=brnd", "domain", "brand"),
        ("department=谁", "department", ""),
        ("indicator=no_such_thing", "target", ""),
        ("indicator=leading_industrie", "indicator", "leading_industries"),
        ("indicator=forest_cover", "target", ""),
    ],
)
def test_a_bad_word_becomes_the_nearest_valid_one(bundle: DataBundle, text, word, used) -> None:
    assert words_of(bundle, f"region={GUANGDONG}&{text}") == [(word, used)]


def test_an_address_from_the_map_says_what_was_seen_there_and_asks_for_nothing(
    bundle: DataBundle,
) -> None:
    text = f"region={GUANGDONG}&level=prefecture&view=value&period=2017-05&indicator=forest_cover"
    asked, notices = read(bundle, text)
    assert (asked.period, asked.indicator, notices) == ("2025", "", ())


def test_the_query_reads_back_as_written(bundle: DataBundle) -> None:
    asked = query(
        bundle,
        f"region={ZHANJIANG}&period=2020&group=department&sort=gap&state=met,no_actual&q=水 质"
        "&department=市教育局,none&domain=service&year=2020&indicator=modern_service_share&lang=en",
    )
    assert asked.group is Group.DEPARTMENT
    assert asked.sort is Sort.GAP
    assert asked.department == ("市教育局", UNNAMED)
    assert read(bundle, asked.query().lstrip("?")) == (asked, ())


def test_a_plan_without_any_value_is_still_listed() -> None:
    shown = view(
        small_bundle(
            targets=[target(PROVINCE, "2020 >= 92")],
            observations=[observation(PREFECTURES[0], "2021", 3)],
        )
    )
    assert shown.counts == ((State.NO_ACTUAL, 1),)
    assert (shown.with_actual, shown.shown) == (0, 1)
