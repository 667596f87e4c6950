"""The comparison page as the server writes it: its numbers are those of the tables."""

import json
from urllib.parse import parse_qsl

import pytest

from dashboard import ids
from dashboard.app import create_app
from dashboard.settings import Settings
from dashboard.text import t

HOST = "http://localhost"
AIR = "indicator=air_good_days_share&region=440000&level=prefecture&period=2022-09"


@pytest.fixture(scope="module")
def app(bundle):
    return create_app(Settings(cache="off"), bundle)


@pytest.fixture
def pages(app):
    return app.server.test_client()


def components(node):
    if isinstance(node, list):
        for item in node:
            yield from components(item)
    elif isinstance(node, dict) and "props" in node:
        yield node
        yield from components(node["props"].get("children"))


def words(node):
    if isinstance(node, list):
        return " ".join(filter(None, (words(item) for item in node)))
    if isinstance(node, dict) and "props" in node:
        return words(node["props"].get("children"))
    return "" if node is None else str(node)


class Page:
    def __init__(self, client, query=""):
        address = f"{HOST}/compare?{query}"
        response = client.get("/_dash-layout", headers={"Referer": address})
        assert response.status_code == 200
        self.all = list(components(response.get_json()))
        named = [item["props"] for item in self.all if "id" in item["props"]]
        self.by_id = {props["id"]: props for props in named}
        assert len(self.by_id) == len(named), "an id occurs twice"

    def words(self, component_id):
        return words(self.by_id[component_id].get("children"))

    def rows(self, component_id):
        rows = [
            item
            for item in components(self.by_id[component_id]["children"])
            if item["type"] == "Tr"
        ]
        return [[words(cell) for cell in row["props"]["children"]] for row in rows]

    @property
    def canonical(self):
        return dict(parse_qsl(self.by_id[ids.CANONICAL]["data"].lstrip("?")))


def test_the_plans_stand_side_by_side_with_the_numbers_of_the_tables(pages, bundle):
    _, *rows = Page(pages, AIR).rows(ids.COMPARE_PLANS)
    assert len(rows) == len(bundle.atlas.plans)
    region, year, promise, actual, _, gap, verdict, plan = rows[0]
    assert (region, year, promise, actual) == ("广东省", "2020", "> 92%", "95.5% 2020年")
    assert gap == "优于目标 3.5 个百分点"
    assert verdict.startswith("✓ 已达标")
    assert plan.startswith("关于实施质量强省战略的决定")
    without = {row[0]: row[2] for row in rows if row[2] == t("zh", "compare.plan_without")}
    assert set(without) == {"湛江市", "宜春市"}


def test_different_target_years_are_said(pages):
    headline = Page(pages, "indicator=agri_product_pass_rate").words(ids.COMPARE_HEADLINE)
    assert "5 份规划中 5 份定了数字目标" in headline
    assert "2025 年（宜春）" in headline
    assert "目标年不同" not in Page(pages, AIR).words(ids.COMPARE_HEADLINE)


def test_the_ranking_agrees_with_the_tables(pages, bundle):
    _, *rows = Page(pages, AIR).rows("compare-ranking-table")
    published = {
        child.name_zh: choice.chosen.value
        for child in bundle.regions.children("440000", "prefecture")
        if (choice := bundle.atlas.choice(child.adcode, "air_good_days_share", "2022-09"))
    }
    shown = {row[1]: float(row[2].rstrip("%")) for row in rows}
    assert shown == published
    places = [int(row[0]) for row in rows]
    assert places == sorted(places)


def test_the_heads_of_the_ranking_say_how_it_is_sorted(pages):
    page = Page(pages, AIR + "&sort=-value")
    order = {
        item["props"]["children"]["props"]["data-sort"]: item["props"]["aria-sort"]
        for item in page.all
        if "aria-sort" in item["props"]
    }
    assert order == {
        "rank": "none",
        "region": "none",
        "value": "ascending",
        "moved": "none",
        "change": "none",
    }
    first = page.rows("compare-ranking-table")[1]
    assert "33.3%" in first


def test_the_maps_are_of_the_periods_asked_for(pages):
    page = Page(pages, AIR + "&periods=2022-05,2022-09")
    titles = [page.words(f"compare-maps-{index}-title") for index in range(6)]
    assert titles == ["2022年5月 · 20/21", "2022年9月 · 21/21", "", "", "", ""]
    hidden = [page.by_id[f"compare-maps-{index}-slot"]["hidden"] for index in range(6)]
    assert hidden == [False, False, True, True, True, True]
    made = page.by_id[ids.COMPARE_MAPS_MADE]["data"]
    assert len(made["figures"]) == 2
    assert "GS(2024)0650号" in page.words("compare-maps-attribution")


def test_the_regions_asked_for_are_drawn(pages):
    page = Page(pages, "indicator=pm25_mean&regions=360900,440100")
    assert page.by_id[ids.CONTROL_REGIONS]["value"] == ["360900", "440100"]
    names = {trace["name"] for trace in page.by_id[ids.COMPARE_TREND]["figure"]["data"]}
    assert {"宜春市", "广州市", "江西省"} <= names


def test_every_word_is_in_the_address(pages):
    asked = AIR + "&regions=440800&periods=2022-05&sort=-moved&selected=440800&lang=en&theme=dark"
    assert Page(pages, asked).canonical == dict(parse_qsl(asked)) | {"view": "value"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_published_is_said_and_a_way_on_is_shown(pages, lang):
    page = Page(pages, f"indicator=forest_cover&region=440800&level=county&lang={lang}")
    assert page.by_id[f"{ids.COMPARE_STRIP}-empty"]["hidden"] is False
    assert page.words("compare-ranking-table") == ""
    links = [
        item["props"]["href"]
        for item in components(page.by_id[ids.COMPARE_AREA_TITLE]["children"])
        if "href" in item["props"]
    ]
    (way_on,) = links
    there = Page(pages, way_on.split("?")[1])
    assert len(there.rows("compare-ranking-table")) > 2


def test_an_indicator_nobody_published_gives_a_useful_page(pages):
    page = Page(pages, "indicator=recognized_labs")
    assert len(page.rows(ids.COMPARE_PLANS)) == 6
    assert t("zh", "compare.nowhere") in page.words(ids.COMPARE_AREA_TITLE)
    assert page.words(f"{ids.COMPARE_TREND}-empty") == t("zh", "compare.trend_none")
    assert page.words("compare-maps-words").endswith(t("zh", "compare.maps_none"))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("regions=999999", "“999999”"),
        (
            "regions=" + ",".join(f"{code}0000" for code in (*range(31, 38), *range(41, 47))),
            "最多对比 12 个",
        ),
        (AIR + "&periods=2022-13", "“2022-13”"),
        (AIR + "&periods=2022-09,2020", "“2020”"),
        ("sort=upside", "“upside”"),
        ("indicator=nothing_like_it", "“nothing_like_it”"),
        ("region=1", "“1”"),
        ("lang=fr&theme=pink", "“fr”"),
    ],
)
def test_bad_words_become_a_valid_page_with_a_notice(pages, query, said):
    assert said in Page(pages, query).words(ids.COMPARE_NOTICES)


@pytest.mark.parametrize(
    "query", ["", "=&==&&&", "%", "regions", "regions=%00%ff&periods=%00&sort=%00", "regions=,,,"]
)
def test_odd_queries_give_a_page(pages, query):
    page = Page(pages, query)
    assert page.words(ids.COMPARE_HEADLINE)
    assert page.canonical["regions"].count(",") == 4


def test_only_what_differs_is_sent_again(app, pages, bundle):
    before = Page(pages, AIR).by_id[ids.CANONICAL]["data"]
    output = next(name for name in app.callback_map if f"{ids.COMPARE_PLANS}.children" in name)
    outputs = [
        dict(zip(("id", "property"), part.rsplit(".", 1), strict=True))
        for part in output.strip(".").split("...")
    ]
    response = pages.post(
        "/_dash-update-component",
        json={
            "output": output,
            "outputs": outputs,
            "inputs": [
                {"id": "asked-compare", "property": "data", "value": before + "&sort=value"}
            ],
            "state": [{"id": ids.CANONICAL, "property": "data", "value": before}],
            "changedPropIds": ["asked-compare.data"],
        },
    )
    sent = json.loads(response.data)["response"]
    assert "compare-ranking-table" in sent
    assert not {ids.COMPARE_MAPS_MADE, ids.COMPARE_TREND, ids.COMPARE_STRIP} & set(sent)
