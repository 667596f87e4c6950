"""Words that figures, panels and tables share."""

import pytest

from dashboard.figures import labels
from dashboard.theme import SYMBOLS
from geodata.codes import Level
from indicators.attainment import ReasonCode, State, attain
from indicators.periods import parse_period
from indicators.records import Kind
from tests.builders import definition_break, indicator, observation, regions, series, target

A = "110100"


# ---------------------------------------------------------------- small trend


@pytest.mark.parametrize(
    ("values", "drawn"),
    [
        ([], ""),
        ([5], ""),
        ([1, 2], "▁█"),
        ([2, 1], "█▁"),
        ([3, 3, 3], "▄▄▄"),
        ([0, 0], "▄▄"),
        ([0, 50, 100], "▁▅█"),
        ([-7, -6, -5, -4, -3, -2, -1, 0], "▁▂▃▄▅▆▇█"),
        ([100, 1, 2, 3, 4, 5, 6, 7, 8], "▁▂▃▄▅▆▇█"),
    ],
)
def test_spark(values, drawn):
    assert labels.spark(values) == drawn


# ---------------------------------------------------------------- small words


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (3.5, "%", "优于目标 3.5 个百分点", "3.5 percentage points better than the target"),
        (-2, "家", "距目标差 2 家", "2 short of the target"),
        (0, "%", "与目标持平", "level with the target"),
    ],
)
def test_gap(value, unit, zh, en):
    assert labels.gap("zh", value, unit) == zh
    assert labels.gap("en", value, unit) == en


def test_values_and_promises():
    assert labels.observed("zh", observation(A, "2020", ">=93.1"), "%") == "≥ 93.1%"
    assert labels.promised("zh", target(A, "2020 > 92")) == "> 92%"
    assert labels.promised("zh", target(A, "2020 >= 3", upper=5, unit="个")) == "3–5 个"


def test_names():
    region = regions().get(A)

    assert (labels.region_name("zh", region), labels.region_name("en", region)) == ("子市", "Zi")
    assert (labels.region_short("zh", region), labels.region_short("en", region)) == ("子", "Zi")
    assert labels.indicator_name("zh", indicator()) == "share指标"
    assert labels.indicator_name("en", indicator()) == "share indicator"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_state_has_words_of_its_own_and_its_symbol(lang):
    names = [labels.state_name(lang, state) for state in State]

    assert len(set(names)) == len(State)
    for state, name in zip(State, names, strict=True):
        assert labels.state_badge(lang, state) == f"{SYMBOLS[state]} {name}"


# ---------------------------------------------------------------- the arithmetic of a verdict


def judged(goal, values, until, *, kind=Kind.RATE, **more):
    """Return a verdict of the real function."""
    unit = "%" if kind is Kind.RATE else "家"
    return attain(
        target(A, goal, kind=kind, unit=unit) if goal else None,
        series(A, values),
        indicator(kind=kind, unit=unit, levels=more.pop("levels", indicator().levels)),
        until=parse_period(until),
        level=Level.PREFECTURE,
        first_year=more.pop("first_year", 2016),
        **more,
    )


REASONS = {
    ReasonCode.SATISFIED: (
        judged("2020 > 92", "2020:95.5", "2020"),
        "2020年目标 > 92%；2020年实际 95.5%；优于目标 3.5 个百分点。",
        "2020 target > 92%; 2020 actual 95.5%; 3.5 percentage points better than the target.",
    ),
    ReasonCode.SATISFIED_EARLY: (
        judged("2020 >= 92", "2018:93", "2018"),
        "2020年目标 ≥ 92%；2018年已达 93%；优于目标 1 个百分点。",
        "2020 target ≥ 92%; already 93% in 2018; 1 percentage points better than the target.",
    ),
    ReasonCode.NOT_SATISFIED: (
        judged("2020 >= 92", "2020:91.9", "2020"),
        "2020年目标 ≥ 92%；2020年实际 91.9%；距目标差 0.1 个百分点。",
        "2020 target ≥ 92%; 2020 actual 91.9%; 0.1 percentage points short of the target.",
    ),
    ReasonCode.ON_PATH: (
        judged("2020 >= 95", "2015:85 2018:90", "2018"),
        "2020年目标 ≥ 95%；从2015年的 85% 起，2018年应到 91%，实际 90%，完成序时进度的 83.3%。",
        "2020 target ≥ 95%; from 85% in 2015, due in 2018: 91%; actual 90%; "
        "83.3% of the due progress.",
    ),
    ReasonCode.MOVING_AWAY: (
        judged("2020 >= 95", "2015:85 2018:84", "2018"),
        "2020年目标 ≥ 95%；2015年为 85%，2018年为 84%，离目标更远。",
        "2020 target ≥ 95%; 85% in 2015, 84% in 2018: moving away.",
    ),
    ReasonCode.ONE_POINT: (
        judged("2020 >= 95", "2018:84", "2018"),
        "2020年目标 ≥ 95%；目标年之前只有2018年一个值（84%），看不出进度。",
        "2020 target ≥ 95%; only one value before it (2018, 84%), so no progress can be read.",
    ),
    ReasonCode.LOWER_BOUND: (
        judged("2020 >= 95", "2020:>=90", "2020"),
        "2020年目标 ≥ 95%；2020年只公布了下限 ≥ 90%，无法判定。",
        "2020 target ≥ 95%; only a lower bound was published for 2020 (≥ 90%).",
    ),
    ReasonCode.PERIODS_DIFFER: (
        judged("2020 >= 95", "2020-05:97", "2020"),
        "2020年目标 ≥ 95%；只有2020年5月这样的非年度值（97%），不能与年度目标比较。",
        "2020 target ≥ 95%; only values such as May 2020 (97%) exist, "
        "which do not compare with a yearly target.",
    ),
    ReasonCode.PARTIAL_SPAN: (
        judged("2020 >= 10", "2018:4", "2020", kind=Kind.ADDITIONS),
        "2020年目标 ≥ 10 家；公布的新增数没有覆盖整个规划期（2018年：4 家），无法判定。",
        "2020 target ≥ 10; the published additions do not cover the whole span (2018: 4).",
    ),
    ReasonCode.TARGET_YEAR_MISSING: (
        judged("2020 >= 95", "2018:90", "2021"),
        "2020年目标 ≥ 95%；目标年年末没有公布值，最近的是2018年的 90%。",
        "2020 target ≥ 95%; nothing was published for the end of that year, "
        "the latest is 90% in 2018.",
    ),
    ReasonCode.DEFINITION_CHANGED: (
        judged("2020 >= 56", "2023:50", "2023", breaks=[definition_break("2023")]),
        "2020年目标 ≥ 56%；2023年的 50% 用的是另一种口径，不能比较。",
        "2020 target ≥ 56%; 50% in 2023 was counted another way and does not compare.",
    ),
    ReasonCode.NO_OBSERVATION: (
        judged("2020 >= 95", "", "2020-05"),
        "2020年目标 ≥ 95%；截至2020年5月没有公布的实际值。",
        "2020 target ≥ 95%; no actual was published up to May 2020.",
    ),
    ReasonCode.NO_TARGET: (judged("", "2020:95", "2020"), "没有目标。", "No target."),
    ReasonCode.LEVEL_NOT_APPLICABLE: (
        judged("2020 >= 95", "2020:95", "2020", levels=frozenset({Level.PROVINCE})),
        "这个指标不适用于地级地区。",
        "The indicator has no meaning for prefectures.",
    ),
}


def test_every_reason_is_told():
    assert set(REASONS) == set(ReasonCode)


@pytest.mark.parametrize("code", list(ReasonCode))
def test_reason_is_told_with_its_numbers(code):
    verdict, zh, en = REASONS[code]
    unit = verdict.target.unit if verdict.target else "%"

    assert verdict.reason.code is code
    assert labels.reason("zh", verdict, unit) == zh
    # One percentage point or several: grammar is the catalogue's business.
    assert (
        labels.reason("en", verdict, unit).replace("1 percentage point ", "1 percentage points ")
        == en
    )


def test_range_is_told_by_both_ends():
    verdict = attain(
        target(A, "2020 >= 3", upper=5, unit="个", kind=Kind.STOCK),
        series(A, "2020:3"),
        indicator(kind=Kind.STOCK, unit="个"),
        until=parse_period("2020"),
        level=Level.PREFECTURE,
    )

    assert labels.reason("zh", verdict, "个") == "2020年目标 3–5 个；2020年实际 3 个；与目标持平。"


def test_long_fractions_of_a_due_value_are_cut():
    verdict = judged("2020 >= 95", "2015:85 2017:86", "2017", first_year=2016)

    assert verdict.due == 89
    longer = judged("2020 >= 95", "2014:85 2017:86", "2017", first_year=2016)
    assert labels.reason("zh", longer, "%") == (
        "2020年目标 ≥ 95%；从2014年的 85% 起，2017年应到 90%，实际 86%，完成序时进度的 20%。"
    )
    thirds = judged("2020 >= 86", "2014:85 2016:85.2", "2016", first_year=2016)
    assert "应到 85.3333%" in labels.reason("zh", thirds, "%")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_shipped_verdict_can_be_told(bundle, lang):
    atlas, until = bundle.atlas, parse_period("2020")
    told = set()
    for target_ in atlas.tables.targets:
        level = bundle.regions.get(target_.adcode).level
        verdict = atlas.verdict(target_.adcode, level, target_.indicator_id, until, target_)
        words = labels.reason(lang, verdict, target_.unit)
        told.add(verdict.reason.code)
        assert labels.promised(lang, target_) in words
        assert "None" not in words

    assert len(told) >= 5
