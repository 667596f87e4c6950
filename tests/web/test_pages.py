"""The pages as the server writes them: the page, its layout, what it depends on."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient

from dashboard import ids
from dashboard.app import create_app
from dashboard.bundle import DataBundle
from dashboard.layout.pages import PAGES
from dashboard.selection import parse
from dashboard.settings import Settings
from dashboard.text import t

HOST = "http://localhost"
# What the page shows and others build on; the ids of the contract, and the words of the query.
CHARTS = ("map", "target", "trend", "ranking")
CONTROLS = {
    "control-region": "region",
    "control-level": "level",
    "control-indicator": "indicator",
    "control-period": "period",
    "control-view": "view",
    "control-language": "lang",
    "control-theme": "theme",
}
ASKED = {
    "region": "440700",
    "level": "county",
    "indicator": "air_good_days_share",
    "period": "2016",
    "view": "attainment",
    "selected": "440784",
    "lang": "en",
    "theme": "dark",
}
BAD = {
    "region": "999999",
    "level": "village",
    "indicator": "no_such_thing",
    "period": "2020-13",
    "view": "sideways",
    "selected": "1",
    "lang": "fr",
    "theme": "pink",
}
ODD = [
    "region=" + "9" * 3000,
    "region=%00%ff%fe",
    "region=%E4%B9%B1",
    "region=440000&region=450000",
    "=&==&&&",
    "%",
    "region",
    "period=0000",
    "period=9999-12",
    "period=2020-01/2019-01",
    "indicator=<script>alert(1)</script>",
    "selected=٤٤٠٨٠٠",
]


@pytest.fixture(scope="module")
def app(bundle: DataBundle) -> Dash:
    return create_app(Settings(cache="off"), bundle)


@pytest.fixture
def pages(app: Dash) -> FlaskClient:
    return app.server.test_client()


def layout(client: FlaskClient, referrer: str | None) -> Any:
    headers = {} if referrer is None else {"Referer": referrer}
    response = client.get("/_dash-layout", headers=headers)
    assert response.status_code == 200
    return response.get_json()


def components(node: Any) -> Iterator[dict[str, Any]]:
    """Walk through every component of a layout."""
    if isinstance(node, list):
        for item in node:
            yield from components(item)
    elif isinstance(node, dict) and "props" in node:
        yield node
        yield from components(node["props"].get("children"))


def by_id(tree: Any) -> dict[str, dict[str, Any]]:
    # An id may also be a pattern, which no callback names by itself.
    found = [item["props"] for item in components(tree) if isinstance(item["props"].get("id"), str)]
    named = {props["id"]: props for props in found}
    assert len(named) == len(found), "an id occurs twice"
    return named


def words_of(tree: Any) -> str:
    """Return all text of a layout."""
    texts: list[str] = []

    def collect(node: Any) -> None:
        if isinstance(node, str | int | float):
            texts.append(str(node))
        elif isinstance(node, list):
            for item in node:
                collect(item)
        elif isinstance(node, dict) and "props" in node:
            collect(node["props"].get("children"))

    collect(tree)
    return " ".join(texts)


def query(words: dict[str, str]) -> str:
    return "&".join(f"{word}={value}" for word, value in words.items())


def test_the_page_names_only_its_own_files_and_all_of_them_are_there(pages: FlaskClient) -> None:
    response = pages.get("/")
    assert response.status_code == 200
    assert response.mimetype == "text/html"
    page = response.text
    linked = re.findall(r'<(?:script|link)[^>]+(?:src|href)="([^"]+)"', page)
    assert len(linked) > 5
    files = [link.replace("&amp;", "&") for link in linked if not link.startswith("data:")]
    assert all(link.startswith("/") and not link.startswith("//") for link in files)
    for link in files:
        with pages.get(link) as file:
            assert file.status_code == 200, link
    assert t("zh", "app.title") in page
    assert 'lang="zh-CN"' in page
    assert "width=device-width" in page


def test_the_page_says_who_may_embed_it(pages: FlaskClient) -> None:
    headers = pages.get("/").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "frame-ancestors 'self'"


@pytest.mark.parametrize("address", ["/assets/10-atlas.js", "/assets/20-layout.css"])
def test_scripts_and_styles_carry_no_policy_for_documents(pages: FlaskClient, address: str) -> None:
    with pages.get(address) as file:
        assert file.status_code == 200
        assert file.headers["X-Content-Type-Options"] == "nosniff"
        assert "Content-Security-Policy" not in file.headers
        assert "Referrer-Policy" not in file.headers


@pytest.mark.parametrize("words", [{}, {"region": "450000"}, {"lang": "<script>"}, BAD])
def test_the_page_itself_echoes_nothing(pages: FlaskClient, words: dict[str, str]) -> None:
    def page(**query: str) -> str:
        # Dash gives every page a signed number of its own.
        return re.sub(r'"end_id":"[^"]*"', "", pages.get("/", query_string=query).text)

    assert page(**words) == page()


def test_the_layout_is_the_first_view_where_no_address_is_known(
    pages: FlaskClient, bundle: DataBundle
) -> None:
    first = parse("", bundle).selection
    assert (first.region, first.level) == ("440000", "prefecture")
    for referrer in (None, "", f"{HOST}/", f"{HOST}/?", "https://"):
        named = by_id(layout(pages, referrer))
        assert named[ids.CANONICAL]["data"] == first.query(), referrer
        shown = {word: named[control]["value"] for control, word in CONTROLS.items()}
        assert shown == {word: str(getattr(first, word)) for word in CONTROLS.values()}
        assert not named[ids.NOTICES]["children"]


def test_the_layout_carries_the_selection_of_the_address(
    pages: FlaskClient, bundle: DataBundle
) -> None:
    tree = layout(pages, f"{HOST}/?{query(ASKED)}")
    named = by_id(tree)
    assert named[ids.CANONICAL]["data"] == parse(query(ASKED), bundle).selection.query()
    for control, word in CONTROLS.items():
        assert named[control]["value"] == ASKED[word]
    assert named[ids.PROVIDER]["forceColorScheme"] == "dark"
    assert named[ids.SHARE]["data-query"] == f"?{query(ASKED)}"
    figure = named[ids.MAP]["figure"]
    codes = [region.adcode for region in bundle.regions.children(ASKED["region"], "county")]
    assert codes in [trace.get("locations") for trace in figure["data"]]
    assert [ASKED["selected"]] in [trace.get("locations") for trace in figure["data"]]
    words = words_of(tree)
    assert bundle.regions.get(ASKED["selected"]).name_en in words
    assert t("en", "evidence.title") in words
    assert t("zh", "evidence.title") not in words


def test_what_others_build_on_is_there(pages: FlaskClient) -> None:
    tree = layout(pages, f"{HOST}/")
    kinds = {item["props"].get("id"): item["type"] for item in components(tree)}
    assert {kinds[chart] for chart in CHARTS} == {"Graph"}
    assert set(CONTROLS) <= set(kinds)


@pytest.mark.parametrize(("word", "value"), BAD.items())
def test_a_bad_word_becomes_the_nearest_valid_one_and_a_notice(
    pages: FlaskClient, bundle: DataBundle, word: str, value: str
) -> None:
    good = parse("", bundle).selection
    asked = {**dict(re.findall(r"(\w+)=([^&]+)", good.query())), word: value}
    named = by_id(layout(pages, f"{HOST}/?{query(asked)}"))
    assert named[ids.CANONICAL]["data"] == good.query()
    notices = named[ids.NOTICES]["children"]
    assert len(notices) == 1
    assert value in words_of(notices)


def test_all_words_bad_at_once(pages: FlaskClient, bundle: DataBundle) -> None:
    named = by_id(layout(pages, f"{HOST}/?{query(BAD)}"))
    assert named[ids.CANONICAL]["data"] == parse("", bundle).selection.query()
    assert len(named[ids.NOTICES]["children"]) == len(BAD)
    assert named[ids.MAP]["figure"]["data"]


@pytest.mark.parametrize("search", ODD)
def test_odd_addresses_get_a_whole_page(pages: FlaskClient, search: str) -> None:
    response = pages.get(
        "/_dash-layout", headers={"Referer": f"{HOST}/?{search}".encode().decode("latin-1")}
    )
    assert response.status_code == 200
    named = by_id(response.get_json())
    assert named[ids.MAP]["figure"]["data"]
    assert len(words_of(named[ids.NOTICES]["children"])) < 300


def test_the_layout_carries_no_geometry(pages: FlaskClient) -> None:
    for search in ("", "?region=100000&level=county", "?region=440000&level=county"):
        response = pages.get("/_dash-layout", headers={"Referer": f"{HOST}/{search}"})
        assert "coordinates" not in response.text
        named = by_id(response.get_json())
        files = {
            trace["geojson"] for trace in named[ids.MAP]["figure"]["data"] if "geojson" in trace
        }
        assert files
        assert {pages.get(file).status_code for file in files} == {200}


def is_pattern(name: str) -> bool:
    return name.startswith("{")


def test_every_callback_speaks_of_components_that_exist(pages: FlaskClient) -> None:
    addresses = [*(f"{path}?{query(ASKED)}" for path in PAGES), "/data?table=coverage"]
    named = {name for address in addresses for name in by_id(layout(pages, HOST + address))}
    callbacks = pages.get("/_dash-dependencies").get_json()
    assert len(callbacks) >= 6
    outputs = []
    for callback in callbacks:
        outputs += callback["output"].strip(".").split("...")
        mentioned = {item["id"] for item in (*callback["inputs"], *callback["state"])}
        assert {name for name in mentioned if not is_pattern(name)} <= named, callback["output"]
    written = {output.rsplit(".", 1)[0] for output in outputs}
    assert {name for name in written if not is_pattern(name)} <= named
    assert len(set(outputs)) == len(outputs), "two callbacks write the same"


def test_an_unknown_page_is_not_found_and_has_a_way_back(pages: FlaskClient) -> None:
    for lang in ("zh", "en"):
        response = pages.get(f"/nowhere?lang={lang}")
        assert response.status_code == 404
        assert t(lang, "error.not_found") in response.text
        assert f'href="/?lang={lang}"' in response.text
    # Inside the application the way back keeps what was chosen.
    tree = layout(pages, f"{HOST}/nowhere?{query(ASKED)}")
    assert t("en", "error.not_found") in words_of(tree)
    links = [item["props"]["href"] for item in components(tree) if item["type"] == "Link"]
    assert f"/?{query(ASKED)}" in links


def test_the_way_back_from_markup_is_text(pages: FlaskClient) -> None:
    response = pages.get("/<script>alert(1)</script>?lang=<script>")
    assert response.status_code == 404
    assert "<script>alert" not in response.text


def test_the_layout_is_what_json_says_it_is(pages: FlaskClient) -> None:
    """No NaN and no infinity: browsers refuse to read them."""
    for search in ("", "?view=gap", "?region=100000&view=change", "?indicator=no_such_thing"):
        response = pages.get("/_dash-layout", headers={"Referer": f"{HOST}/{search}"})

        def refuse(constant: str) -> None:
            raise AssertionError(constant)

        json.loads(response.text, parse_constant=refuse)


def test_a_page_brings_its_icon_and_what_is_no_page_finds_one(pages):
    assert b'rel="icon" type="image/svg+xml" href="data:image/svg+xml,%3Csvg' in pages.get("/").data
    response = pages.get("/favicon.ico")
    assert response.mimetype == "image/svg+xml"
    assert response.data.startswith(b"<svg")


@pytest.mark.parametrize(
    ("address", "title", "lang"),
    [
        ("/", "一张图 · 质量图谱", "zh-CN"),
        ("/targets?lang=en", "Targets · Quality Atlas", "en"),
        ("/data?lang=fr", "数据与来源 · 质量图谱", "zh-CN"),
    ],
)
def test_the_tab_names_the_page_in_the_language_asked_for(pages, address, title, lang):
    document = pages.get(address).text
    assert f"<title>{title}</title>" in document
    assert f'<html lang="{lang}">' in document


def test_a_page_names_its_own_files_and_where_the_others_find_theirs(pages):
    document = pages.get("/").text
    later = json.loads(re.search(r'id="page-parts">(.*?)</script>', document)[1])
    assert {path: len(files) for path, files in later.items()} == {"/targets": 2, "/compare": 2}
    tags = re.sub(r'id="page-parts">.*?</script>', "", document)
    for files in later.values():
        for file in files:
            assert pages.get(file, buffered=True).status_code == 200
            assert file not in tags
    assert "/assets/32-data" not in tags
    assert all(file in pages.get("/targets").text for file in later["/targets"])
    assert "/assets/32-data" in pages.get("/data").text


@pytest.mark.parametrize(("path", "count"), [("/", 2), ("/compare", 2), ("/targets", 0)])
def test_a_page_with_charts_names_the_scripts_that_draw_them(pages, path, count):
    ahead = re.findall(r'<link rel="preload" as="script" href="(.*?)">', pages.get(path).text)
    assert len(ahead) == count
    for script in ahead:
        answer = pages.get(script, buffered=True)
        assert answer.status_code == 200
        assert answer.mimetype.endswith("javascript")


def test_every_script_and_style_tells_when_it_does_not_arrive(pages):
    document = pages.get("/").text
    tags = re.findall(r"<(?:script src|link rel=.stylesheet)[^>]*>", document)
    assert len(tags) > 10
    assert all("not-started" in tag for tag in tags)
