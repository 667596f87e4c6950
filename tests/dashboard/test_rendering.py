"""Results of a selection: what is kept, for how long, and what a change sends."""

import json
from dataclasses import fields

import pytest
from flask import Flask
from flask_caching import Cache

from dashboard import panels, rendering
from dashboard.caching import build_cache
from dashboard.figures.choropleth import SELECTED
from dashboard.rendering import Renderer, code_fingerprint
from dashboard.selection import Notice, View
from dashboard.settings import Settings
from geodata.codes import Level
from indicators.records import Kind
from tests.builders import (
    PREFECTURES,
    PROVINCE,
    apply_patch,
    as_json,
    indicator,
    published,
    selection,
    small_bundle,
    target,
)

A, B, C, D = PREFECTURES


def in_browser(part):
    """Return components, figures and what holds them as the browser receives them."""
    return json.loads(json.dumps(part, default=_plain))


def _plain(value):
    if hasattr(value, "to_plotly_json"):
        return value.to_plotly_json()
    return {item.name: getattr(value, item.name) for item in fields(value)}


def words(children):
    """Return all words of components, in their order."""
    if isinstance(children, list | tuple):
        return " ".join(words(child) for child in children)
    if hasattr(children, "children"):
        return words(children.children)
    return "" if children is None else str(children)


def cache_of(kind):
    return Cache(Flask("rendering"), config={"CACHE_TYPE": kind, "CACHE_NO_NULL_WARNING": True})


@pytest.fixture
def atlas_bundle():
    return small_bundle(
        observations=published(
            {
                A: "2018:80 2019:91 2020:93.1 2020-05:97",
                B: "2019:92 2020:91",
                C: "2020:95 2020-05:90",
            }
        ),
        targets=[target(PROVINCE, "2020 >= 92")],
    )


@pytest.fixture
def renderer(atlas_bundle):
    """Return a renderer that keeps nothing."""
    return Renderer(lambda: atlas_bundle, cache_of("NullCache"), "zh")


# ---------------------------------------------------------------- what is kept


@pytest.fixture
def counted(monkeypatch):
    """Return the selections for which a map was computed."""
    asked = []
    real = rendering.area_view

    def counting(bundle, chosen):
        asked.append(chosen)
        return real(bundle, chosen)

    for module in (rendering, panels):
        monkeypatch.setattr(module, "area_view", counting)
    return asked


@pytest.mark.parametrize("result", ["map_part", "panels", "table"])
def test_same_selection_is_computed_once(atlas_bundle, counted, result):
    kept = Renderer(lambda: atlas_bundle, cache_of("SimpleCache"), "zh")
    ask = getattr(kept, result)

    first = ask(selection())
    once = len(counted)
    again = ask(selection())

    assert once > 0
    assert len(counted) == once
    assert in_browser(again) == in_browser(first)


@pytest.mark.parametrize(
    "change",
    [
        {"period": "2019"},
        {"view": View.GAP},
        {"selected": A},
        {"lang": "en"},
        {"theme": "dark"},
        {"level": Level.COUNTY},
    ],
)
def test_every_word_of_the_query_is_part_of_the_key(atlas_bundle, counted, change):
    kept = Renderer(lambda: atlas_bundle, cache_of("SimpleCache"), "zh")
    kept.panels(selection())
    once = len(counted)

    kept.panels(selection(**change))

    assert len(counted) == 2 * once


def test_new_data_are_never_answered_with_old_results(atlas_bundle):
    newer = small_bundle(observations=published({A: "2020:50"}), version="newer")
    current = [atlas_bundle]
    kept = Renderer(lambda: current[0], cache_of("SimpleCache"), "zh")

    before = kept.map_part(selection()).finding
    current[0] = newer
    after = kept.map_part(selection()).finding

    assert before == "2020年，甲省 3 个地级地区中，寅最高（95%），丑最低（91%）。"
    assert after == "2020年，甲省只有子公布了数值：50%。"


def test_new_code_is_never_answered_with_results_of_the_old(atlas_bundle, counted, monkeypatch):
    kept = Renderer(lambda: atlas_bundle, cache_of("SimpleCache"), "zh")
    kept.map_part(selection())
    once = len(counted)

    monkeypatch.setattr(rendering, "code_fingerprint", lambda: "newer")
    kept.map_part(selection())

    assert len(counted) == 2 * once


def test_fingerprint_of_the_code_is_short_and_steady():
    assert len(code_fingerprint()) == 12
    assert code_fingerprint() == code_fingerprint()


def test_results_survive_the_way_through_a_file(atlas_bundle, renderer, counted, tmp_path):
    cache = build_cache(Flask("files"), Settings(cache=str(tmp_path)))
    kept = Renderer(lambda: atlas_bundle, cache, "zh")
    asked = selection(selected=A)
    for ask in ("map_part", "panels", "table"):
        getattr(kept, ask)(asked)
        once = len(counted)

        read = getattr(kept, ask)(asked)

        assert len(counted) == once
        assert in_browser(read) == in_browser(getattr(renderer, ask)(asked))


# ---------------------------------------------------------------- changes of a drawn map


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"period": "2019"}, {"period": "2020"}),
        ({"period": "2020"}, {"period": "2020", "selected": B}),
        ({"period": "2020", "selected": B}, {"period": "2019"}),
        # Months have fewer classes than years, so the colours mean something else.
        ({"period": "2020"}, {"period": "2020-05"}),
        ({"view": View.VALUE}, {"view": View.ATTAINMENT}),
        ({"view": View.ATTAINMENT}, {"view": View.CHANGE}),
        ({"level": Level.COUNTY, "period": "2019"}, {"level": Level.COUNTY, "period": "2020"}),
    ],
)
def test_changed_map_is_the_map_drawn_anew(renderer, before, after):
    one, other = selection(**before), selection(**after)
    drawn = as_json(renderer.map_part(one).figure)

    change = renderer.map_change(other, one.query())
    patch, part = change.patch, change.part

    expected = renderer.map_part(other)
    patched = apply_patch(drawn, patch)
    assert patched["layout"] == as_json(expected.figure)["layout"]
    for trace, wanted in zip(patched["data"], as_json(expected.figure)["data"], strict=True):
        assert trace.get("visible", True) is wanted.get("visible", True)
        if wanted.get("visible", True):
            assert trace == wanted
    around = in_browser(expected) | {"figure": None}
    assert in_browser(part) | {"figure": None} == around


@pytest.mark.parametrize(
    "change",
    [{"region": "120000"}, {"level": Level.COUNTY}, {"lang": "en"}, {"theme": "dark"}],
)
def test_another_frame_needs_a_map_drawn_anew(renderer, change):
    assert renderer.map_change(selection(**change), selection().query()) is None


def test_change_sends_no_geometry_and_few_bytes(bundle):
    shipped = Renderer(lambda: bundle, cache_of("NullCache"), "zh")
    query = "?region=440000&level=county&indicator=pm25_mean&period="
    before, after = (shipped.parse(query + period).selection for period in ("2023-04", "2023-05"))

    patch = shipped.map_change(after, before.query()).patch

    sent = json.dumps(patch.to_plotly_json(), ensure_ascii=False)
    assert "/geo/" not in sent
    assert "coordinates" not in sent
    assert len(sent.encode()) < 20_000


# ---------------------------------------------------------------- what stands around the map


def test_map_part_says_what_it_shows(renderer):
    part = renderer.map_part(selection(period="2019"))

    assert part.finding == "2019年，甲省 2 个地级地区中，丑最高（92%），子最低（91%）。"
    assert part.title == "甲省地级 · share指标 · 2019年"
    assert words(part.plain_words) == "如实说明：4 个地区中只有 2 个在2019年有公布的数值。"
    assert "GS(2024)0650号" in words(part.attribution)
    assert "统计局" in words(part.attribution)


def test_legend_counts_add_up_to_the_regions(renderer):
    for view in View:
        entries = renderer.map_part(selection(view=view)).legend

        counts = [getattr(entry, "data-count") for entry in entries]
        assert sum(int(count.removesuffix(" 个")) for count in counts) == 4, (view, counts)


def test_periods_with_data_are_named_newest_first(renderer):
    said = renderer.map_part(selection(level=Level.COUNTY, period="2020")).plain_words
    empty = renderer.map_part(selection(period="2018", region="120000")).plain_words

    assert words(said) == "如实说明：5 个地区都没有这个指标的公布值，可由本级部门提供。"
    assert words(empty) == "如实说明：1 个地区都没有这个指标的公布值，可由本级部门提供。"


def test_table_holds_the_numbers_of_the_map(renderer):
    table = renderer.table(selection())

    said = words(table)
    for expected in ("子市", "93.1%", "卯市", "无实际值", A):
        assert expected in said


# ---------------------------------------------------------------- panels


def test_panels_speak_of_the_focus(renderer):
    panels = renderer.panels(selection(selected=A))

    assert panels.target.title == "目标与实际 · 产品质量"
    assert panels.target.subtitle == "子市，截至2020年"
    assert panels.trend.subtitle == "子市，4 个公布值"
    assert panels.ranking.subtitle == "甲省地级，2020年，3/4 个有数据"
    assert [panels.target.empty, panels.trend.empty, panels.ranking.empty] == ["", "", ""]
    assert "93.1%" in words(panels.card)
    assert "统计局" in words(panels.evidence)


def test_empty_charts_say_why(renderer):
    panels = renderer.panels(selection(region="120000", period="2018"))

    assert panels.target.empty == "乙省没有收录的规划，也没有可参照的上级目标。"
    assert panels.trend.empty == "乙省没有这个指标的公布值。"
    assert panels.ranking.empty == "2018年没有一个地级地区公布过这个指标。"
    assert [panels.target.caption, panels.trend.caption, panels.ranking.caption] == ["", "", ""]


def test_plan_without_a_number_for_the_domain_says_so():
    count = indicator("firms", unit="家", kind=Kind.STOCK, intensive=False)
    bundle = small_bundle(
        indicators=[indicator(), count],
        observations=published({A: "2020:93"}),
        targets=[target(PROVINCE, "2020 >= 60", indicator_id="firms", unit="家", kind=Kind.STOCK)],
    )
    panels = Renderer(lambda: bundle, cache_of("NullCache"), "zh").panels(selection(selected=A))

    assert panels.target.empty == "子市的规划没有产品质量方面的数字目标。"


# ---------------------------------------------------------------- notices


def test_notices_name_what_is_shown_instead(bundle):
    shipped = Renderer(lambda: bundle, cache_of("NullCache"), "zh")
    parsed = shipped.parse(
        "?region=440899&level=city&indicator=pm25&period=1999&view=x&selected=1&lang=fr&theme=y"
    )
    chosen = parsed.selection

    said = [words(item) for item in shipped.notices(parsed.notices, chosen)]

    name = bundle.atlas.indicators[chosen.indicator].name_zh
    assert said[0] == "地区“440899”无法识别，现显示湛江市。"
    assert said[1] == "层级“city”在这里不能用，现显示县级。"
    assert said[2] == f"指标“pm25”无法识别，现显示{name}。"
    assert said[3].startswith("时间“1999”没有对应的数据，现显示")
    assert said[4:] == [
        "显示方式“x”无法识别，现显示数值。",
        "“1”不在这张图上，已取消选中。",
        "语言“fr”没有，现用中文。",
        "配色“y”没有，现用浅色。",
    ]


def test_notice_is_spoken_in_the_language_of_the_page(renderer):
    (said,) = renderer.notices((Notice("period", "1999", "2020-05"),), selection(lang="en"))

    assert words(said) == "There is no period “1999” here; showing May 2020."


def test_marking_a_region_rewrites_nothing_else(atlas_bundle):
    renderer = Renderer(lambda: atlas_bundle, cache_of("SimpleCache"), "zh")
    before = selection()
    marked = atlas_bundle.regions.children(before.region, before.level)[0].adcode
    change = renderer.map_change(before.with_(selected=marked), before.query())
    operations = change.patch.to_plotly_json()["operations"]
    assert {tuple(item["location"]) for item in operations} == {
        ("data", SELECTED, name) for name in ("locations", "z", "visible")
    }
    assert change.part is change.shown
