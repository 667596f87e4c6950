"""The callbacks as the browser calls them: real payloads, answered with what changes only."""

import json
from typing import Any
from urllib.parse import urlencode

import brotli
import pytest
from dash import Dash
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard import ids
from dashboard.app import create_app
from dashboard.bundle import DataBundle
from dashboard.figures.choropleth import REGIONS
from dashboard.selection import View, parse
from dashboard.settings import Settings
from dashboard.text import t

AIR = "air_good_days_share"
CITIES = f"?region=440000&level=prefecture&indicator={AIR}&period=2022-09"
AREA_CITIES, AREA_COUNTIES, AREA_HAINAN, AREA_NATION = (
    "?region=440000&level=prefecture",
    "?region=440000&level=county",
    "?region=460000&level=prefecture",
    "?region=100000&level=province",
)
COUNTIES = f"?region=440000&level=county&indicator={AIR}&period=2022"
# The share of a change that the map takes; panels and controls come with it.
MOST_BYTES = 3 * 1024
REGIONS_Z = ("data", REGIONS, "z")
PATCH = "__dash_patch_update"
BAD_VALUES: list[Any] = [
    None,
    "",
    "?",
    0,
    -1.5,
    True,
    [],
    ["?region=440000"],
    {},
    {"region": "440000"},
    "?region=",
    "?region=999999&level=x&indicator=y&period=z&view=q&selected=1&lang=fr&theme=pink",
    "?region=" + "9" * 100_000,
    "?" + "&".join(f"a{number}=1" for number in range(2_000)),
    "?region=%00%FF",
    "?period=2020-13",
    "?period=99999999999999999999",
    "?period=2020-01/2019-01",
    "?selected=<script>alert(1)</script>",
    "?region=\ud800",
    "no question mark",
]


@pytest.fixture(scope="module")
def app(bundle: DataBundle) -> Dash:
    return create_app(Settings(cache="off"), bundle)


@pytest.fixture
def pages(app: Dash) -> FlaskClient:
    return app.server.test_client()


def name_of(item: dict[str, str]) -> str:
    return f"{item['id']}.{item['property']}"


def callback_writing(client: FlaskClient, output: str) -> dict[str, Any]:
    """Return the one callback that writes a property."""
    found = [
        item
        for item in client.get("/_dash-dependencies").get_json()
        if output in item["output"].strip(".").split("...") and not item["clientside_function"]
    ]
    assert len(found) == 1, output
    return found[0]


def post(
    client: FlaskClient, output: str, asked: Any, states: dict[str, Any], **headers: str
) -> TestResponse:
    """Send what the browser sends when a callback is asked for an address, with these states."""
    callback = callback_writing(client, output)
    names = callback["output"].strip(".").split("...")
    outputs: Any = [dict(zip(("id", "property"), name.split("."), strict=True)) for name in names]
    payload = {
        "output": callback["output"],
        "outputs": outputs if callback["output"].startswith("..") else outputs[0],
        "inputs": [{**item, "value": asked} for item in callback["inputs"]],
        "changedPropIds": [name_of(item) for item in callback["inputs"]],
        "state": [{**item, "value": states.get(item["id"])} for item in callback["state"]],
    }
    return client.post("/_dash-update-component", json=payload, headers=headers)


def answer(client: FlaskClient, output: str, asked: str, **states: str) -> dict[str, Any]:
    named = {name.replace("_", "-"): value for name, value in states.items()}
    response = post(client, output, asked, named)
    assert response.status_code == 200, response.text
    return response.get_json()["response"]


def answer_map(client: FlaskClient, asked: str, drawn: str = "") -> dict[str, Any]:
    return answer(client, "map.figure", asked, map_drawn=drawn)


def answer_controls(client: FlaskClient, asked: str, shown: str) -> dict[str, Any]:
    return answer(client, "control-region.value", asked, canonical=shown)


def drawn_for(search: str, bundle: DataBundle) -> str:
    return parse(search, bundle).selection.query()


def rewritten(patch: dict[str, Any]) -> dict[tuple[Any, ...], Any]:
    """Return what a patch sets, by place in the figure."""
    operations = patch["operations"]
    assert {operation["operation"] for operation in operations} == {"Assign"}
    return {tuple(operation["location"]): operation["params"]["value"] for operation in operations}


def seen(figure: dict[str, Any]) -> dict[str, Any]:
    """Leave out what a trace that is not shown holds."""
    data = [trace if trace.get("visible", True) else "hidden" for trace in figure["data"]]
    return {**figure, "data": data}


def test_another_map_is_sent_whole(pages: FlaskClient, bundle: DataBundle) -> None:
    found = answer_map(pages, CITIES, drawn_for(COUNTIES, bundle))
    figure = found[ids.MAP]["figure"]
    assert PATCH not in figure
    codes = [region.adcode for region in bundle.regions.children("440000", "prefecture")]
    assert figure["data"][REGIONS]["locations"] == codes
    assert isinstance(figure["data"][REGIONS]["geojson"], str)
    assert found[ids.MAP_DRAWN]["data"] == drawn_for(CITIES, bundle)


CHANGES = {
    "period": {"period": "2020-04"},
    "kind of period": {"period": "2022"},
    "selection": {"selected": "445100"},
    "indicator": {"indicator": "pm25_mean"},
    "indicator without data": {"indicator": "world_brand_firms"},
    **{f"view {view}": {"view": view} for view in View},
    "all of it": {"indicator": "pm25_mean", "period": "2018-12", "view": "change"},
}


@pytest.mark.parametrize("area", [AREA_CITIES, AREA_COUNTIES, AREA_HAINAN, AREA_NATION])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_patched_map_is_what_a_whole_one_would_be(
    pages: FlaskClient, bundle: DataBundle, area: str, change: dict[str, str]
) -> None:
    start = {"indicator": AIR, "period": "2022-09", "view": "value", "theme": "dark"}
    before = f"{area}&{urlencode(start)}"
    after = f"{area}&{urlencode({**start, **change})}"
    whole = answer_map(pages, after)
    sent = answer_map(pages, after, drawn_for(before, bundle))
    patch = sent[ids.MAP]["figure"]
    assert PATCH in patch
    # Rewritten in its places, the map before is the map that would have been sent whole.
    shown = answer_map(pages, before)
    old = shown[ids.MAP]["figure"]
    for place, value in rewritten(patch).items():
        target: Any = old
        for step in place[:-1]:
            target = target[step]
        target[place[-1]] = value
    assert seen(old) == seen(whole[ids.MAP]["figure"])
    # The words around the map come with it, those that differ.
    for name in (ids.MAP_FINDING, ids.MAP_TITLE, ids.MAP_LEGEND, ids.MAP_ATTRIBUTION):
        assert sent.get(name, shown[name]) == whole[name]
        assert name not in sent or sent[name] != shown[name]
    assert sent[ids.MAP_DRAWN]["data"] == drawn_for(after, bundle)
    assert ids.MAP_BOX not in sent


def test_a_change_of_period_on_124_counties_carries_no_geometry(
    pages: FlaskClient, bundle: DataBundle
) -> None:
    after = COUNTIES.replace("2022", "2023")
    states = {"map-drawn": drawn_for(COUNTIES, bundle)}
    response = post(pages, "map.figure", after, states, **{"Accept-Encoding": "br"})
    assert response.status_code == 200
    sent = response.data
    assert response.headers["Content-Encoding"] == "br"
    text = brotli.decompress(sent).decode()
    assert PATCH in text
    assert len(rewritten(json.loads(text)["response"][ids.MAP]["figure"])[REGIONS_Z]) == 124
    for word in ("coordinates", "geojson", "MultiPolygon", '"locations":["44'):
        assert word not in text
    assert len(sent) <= MOST_BYTES


def test_the_panels_follow_the_address(pages: FlaskClient, bundle: DataBundle) -> None:
    search = f"{CITIES}&selected=445100"
    found = answer(pages, "region-card.children", search)
    card = json.dumps(found[ids.REGION_CARD], ensure_ascii=False)
    assert bundle.regions.get("445100").name_zh in card
    chosen = bundle.atlas.choice("445100", AIR, "2022-09")
    assert chosen
    publisher = bundle.atlas.sources[chosen.chosen.source_id].publisher
    assert publisher in json.dumps(found[ids.EVIDENCE], ensure_ascii=False)
    assert found[ids.RANKING]["figure"]["data"][0]["type"] == "bar"
    bars = found[ids.RANKING]["figure"]["data"][0]["x"]
    assert bars == sorted(bars, reverse=True)
    assert len(bars) == 21
    assert found[f"{ids.RANKING}-box"] == {"hidden": False}
    assert found[f"{ids.RANKING}-empty"]["hidden"] is True


def test_an_empty_chart_gives_way_to_its_sentence(pages: FlaskClient) -> None:
    search = "?region=110000&indicator=world_brand_firms"
    found = answer(pages, "region-card.children", search)
    for chart in (ids.TARGET, ids.TREND, ids.RANKING):
        assert found[f"{chart}-box"] == {"hidden": True}, chart
        assert found[f"{chart}-empty"]["hidden"] is False
        assert found[f"{chart}-empty"]["children"]


def test_the_controls_show_the_mended_address(pages: FlaskClient, bundle: DataBundle) -> None:
    found = answer_controls(pages, "?region=440000&view=sideways&period=2022-10", "?region=450000")
    selection = parse("?region=440000&period=2022-10", bundle).selection
    assert found[ids.CONTROL_REGION]["value"] == "440000"
    assert found[ids.CONTROL_VIEW]["value"] == "value"
    assert found[ids.CONTROL_PERIOD]["value"] == selection.period != "2022-10"
    assert found[ids.CANONICAL]["data"] == selection.query()
    said = json.dumps(found[ids.NOTICES], ensure_ascii=False)
    assert "sideways" in said
    assert "2022-10" in said
    share = found[ids.SHARE_SLOT]["children"]["props"]
    assert share["data-query"] == selection.query()


def test_options_are_sent_only_where_they_differ(pages: FlaskClient) -> None:
    def sent(before: str, after: str) -> set[str]:
        found = answer_controls(pages, after, before)
        return {name for name, props in found.items() if "data" in props} - {ids.CANONICAL}

    assert sent(CITIES, CITIES.replace("2022-09", "2020-04")) == set()
    assert sent(CITIES, f"{CITIES}&view=gap&selected=445100") == set()
    assert sent(CITIES, CITIES.replace(AIR, "pm25_mean")) == {ids.CONTROL_PERIOD}
    assert sent(CITIES, COUNTIES) == {
        *(ids.CONTROL_LEVEL, ids.CONTROL_INDICATOR, ids.CONTROL_PERIOD)
    }


def test_the_table_has_a_row_for_every_region(pages: FlaskClient, bundle: DataBundle) -> None:
    found = json.dumps(answer(pages, "map-table.children", CITIES), ensure_ascii=False)
    for region in bundle.regions.children("440000", "prefecture"):
        assert region.name_zh in found
        assert region.adcode in found


def test_another_language_is_another_page(pages: FlaskClient) -> None:
    found = answer(pages, "page.children", f"/{CITIES}&lang=en")
    page = json.dumps(found, ensure_ascii=False)
    assert t("en", "evidence.title") in page
    assert t("zh", "evidence.title") not in page


@pytest.mark.parametrize("bad", BAD_VALUES, ids=lambda value: repr(value)[:30])
def test_bad_values_are_never_a_server_error(pages: FlaskClient, bad: Any) -> None:
    for callback in pages.get("/_dash-dependencies").get_json():
        if callback["clientside_function"]:
            continue
        output = callback["output"].strip(".").split("...")[0]
        states = {item["id"]: bad for item in callback["state"]}
        response = post(pages, output, bad, states)
        assert response.status_code in (200, 204), output


@pytest.mark.parametrize(
    "body", ["", "{", "null", "[]", "{}", '{"output": "nothing.here", "inputs": [], "outputs": []}']
)
def test_a_malformed_request_learns_nothing(pages: FlaskClient, body: str) -> None:
    headers = {"Content-Type": "application/json"}
    response = pages.post("/_dash-update-component", data=body, headers=headers)
    assert response.status_code >= 400
    assert "Traceback" not in response.text
    assert "dashboard/" not in response.text


def test_two_apps_in_one_process_share_no_callbacks(bundle: DataBundle) -> None:
    chinese = create_app(Settings(cache="off"), bundle)
    english = create_app(Settings(cache="off", language="en"), bundle)
    dependencies = [
        app.server.test_client().get("/_dash-dependencies").get_json() for app in (chinese, english)
    ]
    assert dependencies[0] == dependencies[1]
    assert len(dependencies[0]) >= 6
    assert chinese.callback_map is not english.callback_map
    said = {app: answer_map(app.server.test_client(), CITIES) for app in (chinese, english)}
    titles = [found[ids.MAP_TITLE]["children"] for found in said.values()]
    assert t("zh", "places.prefecture") in titles[0]
    assert t("en", "places.prefecture") in titles[1]
    # The first still answers in its own language after the second has come.
    again = answer_map(chinese.server.test_client(), CITIES)
    assert again[ids.MAP_TITLE]["children"] == titles[0]


def test_a_kept_answer_is_the_same_answer(bundle: DataBundle, tmp_path: Any) -> None:
    kept = create_app(Settings(cache=str(tmp_path / "kept")), bundle).server.test_client()
    fresh = create_app(Settings(cache="off"), bundle).server.test_client()
    after = CITIES.replace("2022-09", "2020-04")
    for output, drawn in (("map.figure", ""), ("map.figure", CITIES), ("region-card.children", "")):
        first, second, other = (
            answer(client, output, after, map_drawn=drawn) for client in (kept, kept, fresh)
        )
        assert first == second == other
