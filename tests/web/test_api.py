"""The API: both formats say the same, filters filter, and nothing wrong is guessed at."""

import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.bundle import DataBundle
from dashboard.routes.api_cells import Cell, csv_text, plain
from dashboard.routes.api_rows import TABLES
from indicators.attainment import State
from indicators.records import Comparator, Qualifier

ROOT = Path(__file__).resolve().parents[2]
CONTRACT = {
    "regions": "adcode, name_zh, name_en, level, parent",
    "indicators": "indicator_id, name_zh, name_en, unit, direction, kind, levels",
    "plans": "plan_id, adcode, name_zh, name_en, published, first_year, last_year, map_number",
    "targets": "adcode, indicator_id, year, comparator, value, value_upper, unit, plan_id, "
    "clause, departments, audience",
    "observations": "adcode, indicator_id, period, value, qualifier, quality, source_id, note, "
    "chosen, audience, published",
    "sources": "source_id, publisher, title, url",
    "attainment": "adcode, indicator_id, year, state, actual, period, target, gap, progress, "
    "reason, audience",
    "corrections": "table, adcode, indicator_id, period, source_id, column, expected_wrong, right, "
    "reason, evidence_source_id",
}


def rows(client: FlaskClient, address: str) -> list[dict[str, Any]]:
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == 200, response.text
    return response.get_json()["data"]


@pytest.mark.parametrize("name", TABLES)
def test_json_has_the_columns_of_the_contract_and_the_version(
    client: FlaskClient, bundle: DataBundle, name: str
) -> None:
    content = client.get(f"/api/v1/{name}.json").get_json()
    assert content["data_version"] == bundle.version
    assert set(CONTRACT[name].split(", ")) <= set(TABLES[name].columns)
    # No publisher's error is known in the data that ship.
    assert bool(content["data"]) is (name != "corrections")
    assert all(tuple(row) == TABLES[name].columns for row in content["data"])


@pytest.mark.parametrize("name", TABLES)
def test_csv_read_back_equals_json(client: FlaskClient, name: str) -> None:
    response = client.get(f"/api/v1/{name}.csv")
    expected = rows(client, f"{name}.json")
    frame = pd.read_csv(
        io.BytesIO(response.data), dtype=str, keep_default_na=False, encoding="utf-8-sig"
    )
    assert tuple(frame.columns) == TABLES[name].columns
    as_text = [
        {
            column: "" if cell is None else cell if isinstance(cell, str) else json.dumps(cell)
            for column, cell in row.items()
        }
        for row in expected
    ]
    assert frame.to_dict("records") == as_text


def test_csv_opens_right_in_excel(client: FlaskClient) -> None:
    response = client.get("/api/v1/targets.csv?region=440802")
    assert response.data.startswith(b"\xef\xbb\xbfadcode,indicator_id,year,comparator")
    # No target belongs to a county, and the header stands all the same.
    assert response.data.count(b"\r\n") == 1
    assert response.headers["Content-Disposition"] == 'attachment; filename="targets.csv"'
    assert response.content_type == "text/csv; charset=utf-8"


def test_csv_guards_formulas_and_leaves_signs_and_numbers() -> None:
    cells = ["=1+1", "-2+3", "@SUM(A1)", "+cmd", "\tx", "＝1", "=", ">=", "~", "-", "甲=乙", -3.5]
    text = csv_text(["cell"], [{"cell": cell} for cell in cells])
    back = pd.read_csv(io.StringIO(text), dtype=str)["cell"].tolist()
    assert back == [
        *("'=1+1", "'-2+3", "'@SUM(A1)", "'+cmd", "'\tx", "'＝1"),
        *("=", ">=", "~", "-", "甲=乙", "-3.5"),
    ]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [(92.0, 92), (92.5, 92.5), (0.0, 0), ("", None), (None, None), (False, False), ("0", "0")],
)
def test_cells_are_written_plainly(cell: Cell, expected: Cell) -> None:
    written = plain(cell)
    assert written == expected
    assert type(written) is type(expected)


def test_numbers_are_as_the_tables_hold_them(client: FlaskClient, bundle: DataBundle) -> None:
    found = rows(client, "observations.json")
    held = bundle.atlas.tables.observations
    assert [row["value"] for row in found] == [observation.value for observation in held]
    assert not any(isinstance(row["value"], float) and row["value"] % 1 == 0 for row in found)
    assert {row["qualifier"] for row in found} <= set(Qualifier)
    assert {row["comparator"] for row in rows(client, "targets.json")} <= set(Comparator)


def test_observations_keep_rivals_and_mark_exactly_one(client: FlaskClient) -> None:
    found = rows(client, "observations.json")
    places = Counter((row["adcode"], row["indicator_id"], row["period"]) for row in found)
    chosen = Counter(
        (row["adcode"], row["indicator_id"], row["period"]) for row in found if row["chosen"]
    )
    assert max(places.values()) > 1
    assert set(chosen) == set(places)
    assert set(chosen.values()) == {1}


def test_a_city_without_counties_stands_at_both_levels(client: FlaskClient) -> None:
    assert [row["level"] for row in rows(client, "regions.json?region=441900")] == [
        "prefecture",
        "county",
    ]
    assert [row["adcode"] for row in rows(client, "regions.json?region=441900&level=county")] == [
        "441900"
    ]


def test_regions_of_an_area(client: FlaskClient, bundle: DataBundle) -> None:
    found = rows(client, "regions.json?region=440800")
    assert found[0]["adcode"] == "440800"
    assert {row["parent"] for row in found[1:]} == {"440800"}
    assert len(rows(client, "regions.json")) == len(bundle.boundaries) + 1
    nation = rows(client, "regions.json?level=nation")[0]
    assert (nation["adcode"], nation["parent"]) == ("100000", None)


def test_targets_filter_by_each_word(client: FlaskClient) -> None:
    everything = rows(client, "targets.json")
    guangdong = rows(client, "targets.json?region=440000")
    assert {row["plan_id"] for row in guangdong} == {"guangdong", "zhanjiang"}
    assert {row["adcode"] for row in rows(client, "targets.json?level=province")} == {"440000"}
    assert rows(client, "targets.json?plan=yichun") == [
        row for row in everything if row["plan_id"] == "yichun"
    ]
    first = everything[0]
    query = f"indicator={first['indicator_id']}&period={first['year']}&plan={first['plan_id']}"
    assert first in rows(client, f"targets.json?{query}")
    assert {row["year"] for row in rows(client, "targets.json?period=2020")} == {2020}


def test_observations_filter_by_each_word(client: FlaskClient) -> None:
    everything = rows(client, "observations.json")
    counties = rows(client, "observations.json?region=440800&level=county")
    assert counties
    assert all(row["adcode"].startswith("4408") and row["adcode"] != "440800" for row in counties)
    indicator, period = everything[0]["indicator_id"], everything[0]["period"]
    found = rows(client, f"observations.json?indicator={indicator}&period={period}")
    assert found == [
        row for row in everything if row["indicator_id"] == indicator and row["period"] == period
    ]
    assert rows(client, "observations.json?period=1950") == []


def test_indicators_and_plans_filter(client: FlaskClient) -> None:
    found = rows(client, "indicators.json?indicator=product_supervision_pass_rate")
    assert [row["levels"] for row in found] == ["province;prefecture;county"]
    at_county = rows(client, "indicators.json?level=county")
    assert all("county" in row["levels"].split(";") for row in at_county)
    assert [row["plan_id"] for row in rows(client, "plans.json?region=450000")] == ["qinzhou"]
    assert [row["adcode"] for row in rows(client, "plans.json?plan=alxa")] == ["152900"]


def test_language_of_notes(client: FlaskClient) -> None:
    zh, en = (rows(client, f"observations.json?lang={lang}") for lang in ("zh", "en"))
    assert [row["value"] for row in zh] == [row["value"] for row in en]
    assert any(one["note"] != other["note"] for one, other in zip(zh, en, strict=True))


def test_attainment_has_one_row_per_target_of_the_plans(
    client: FlaskClient, bundle: DataBundle
) -> None:
    found = rows(client, "attainment.json")
    targets = bundle.atlas.tables.targets
    assert [(row["adcode"], row["indicator_id"], row["year"], row["plan_id"]) for row in found] == [
        (target.adcode, target.indicator_id, target.year, target.plan_id) for target in targets
    ]
    assert {row["state"] for row in found} <= set(State)
    assert not any(row["inherited"] for row in found)
    assert all(row["reason"] for row in found)


def test_attainment_of_a_region_includes_inherited_targets(
    client: FlaskClient, bundle: DataBundle
) -> None:
    found = rows(client, "attainment.json?region=440823")
    assert len(found) == len(bundle.atlas.targets_of_region("440823"))
    assert {row["adcode"] for row in found} == {"440823"}
    assert all(row["inherited"] for row in found)
    only = rows(client, "attainment.json?region=440823&plan=guangdong")
    assert only == [row for row in found if row["plan_id"] == "guangdong"]


def test_attainment_of_a_map_names_every_region_once(
    client: FlaskClient, bundle: DataBundle
) -> None:
    indicator = bundle.atlas.tables.targets[0].indicator_id
    address = f"attainment.json?region=440000&level=county&indicator={indicator}"
    found = rows(client, address)
    codes = [region.adcode for region in bundle.regions.children("440000", "county")]
    assert [row["adcode"] for row in found] == codes
    # Over all indicators the table leaves out what nobody promised, and keeps all else.
    every = rows(client, "attainment.json?region=440800&level=county")
    assert every
    assert all(row["plan_id"] for row in every)


def test_a_region_without_a_target_says_so(client: FlaskClient, bundle: DataBundle) -> None:
    indicator = next(
        name for name in bundle.atlas.indicators if not bundle.atlas.held_targets("110000", name)
    )
    found = rows(client, f"attainment.json?region=110000&indicator={indicator}&lang=en")
    assert [row["state"] for row in found] in ([["no_target"], ["not_applicable"]])
    assert found[0]["target"] is None


def test_attainment_stops_at_the_period(client: FlaskClient) -> None:
    found = rows(client, "attainment.json?period=2016&plan=guangdong")
    assert {row["until"] for row in found} == {"2016"}
    assert all(row["period"] is None or row["period"][:4] <= "2016" for row in found)


BAD_WORDS = [
    ("regions", "region", "999999"),
    ("regions", "level", "city"),
    ("targets", "indicator", "no_such_thing"),
    ("targets", "period", "2020-05"),
    ("targets", "plan", "atlantis"),
    ("observations", "period", "yesterday"),
    ("observations", "region", ""),
    ("attainment", "lang", "fr"),
    ("attainment", "period", "2020-13"),
    ("observations", "plan", "guangdong"),
    ("sources", "region", "440000"),
    ("targets", "regoin", "440000"),
    ("targets", "view", "value"),
]


@pytest.mark.parametrize("extension", ["json", "csv"])
@pytest.mark.parametrize(("table", "word", "value"), BAD_WORDS)
def test_a_bad_word_is_refused(
    client: FlaskClient, table: str, word: str, value: str, extension: str
) -> None:
    response = client.get(f"/api/v1/{table}.{extension}", query_string={word: value})
    assert response.status_code == 400
    error = response.get_json()["error"]
    assert list(error) == ["status", "word", "found", "expected", "message"]
    assert (error["status"], error["word"]) == (400, word)
    assert error["found"] in (value, word)
    assert error["expected"]
    assert error["message"]
    assert response.headers["Cache-Control"] == "no-store"


def test_a_repeated_word_is_refused(client: FlaskClient) -> None:
    response = client.get("/api/v1/targets.json?region=440000&region=450700")
    assert response.status_code == 400
    assert response.get_json()["error"]["found"] == "440000, 450700"


def test_echoes_are_short_and_in_the_language_asked(client: FlaskClient) -> None:
    error = client.get(f"/api/v1/targets.json?lang=en&{'x' * 500}=1").get_json()["error"]
    assert (error["word"], error["found"]) == ("x" * 60, "x" * 60)
    assert error["message"].startswith("This address has no filter word")
    error = client.get(f"/api/v1/targets.json?region={'9' * 500}").get_json()["error"]
    assert error["found"] == "9" * 60
    assert "不可用" in error["message"]


@pytest.mark.parametrize(
    "address",
    [
        *("/api/v1/nothing.json", "/api/v1/targets.xml", "/api/v1/targets", "/api/v2/targets.json"),
        *("/api/", "/api/v1/a/b", "/api/v1/targets.json.csv"),
    ],
)
def test_unknown_addresses_are_404_of_the_same_shape(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    error = response.get_json()["error"]
    assert (error["status"], error["word"]) == (404, None)
    assert "targets.json" in error["expected"]


def test_only_reading_is_allowed(client: FlaskClient) -> None:
    assert client.head("/api/v1/plans.json").status_code == 200
    response = client.post("/api/v1/plans.json")
    assert response.status_code == 405
    assert response.get_json()["error"]["found"] == "POST"
    assert "GET" in response.headers["Allow"]


def test_an_unchanged_answer_is_304(client: FlaskClient) -> None:
    first = client.get("/api/v1/plans.json")
    assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    again = client.get("/api/v1/plans.json", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = client.get("/api/v1/plans.csv", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200
    tags = {
        client.get(f"/api/v1/targets.json{query}").headers["ETag"]
        for query in ("", "?lang=en", "?plan=yichun")
    }
    assert len(tags) == 3
