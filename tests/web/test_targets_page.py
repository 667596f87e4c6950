"""The targets page as the server writes it: its numbers are those of the tables."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient

from dashboard import ids
from dashboard.app import create_app
from dashboard.bundle import DataBundle
from dashboard.settings import Settings
from dashboard.text import t

DATA = Path(__file__).parents[2] / "indicators" / "data"
PLANS = {
    "guangdong": "440000",
    "qinzhou": "450700",
    "zhanjiang": "440800",
    "alxa": "152900",
    "yichun": "360900",
}
ODD = [
    "region=" + "9" * 3000,
    "region=%00%ff%fe",
    "q=" + "%25" * 500,
    "q=[(",
    "state=,,,&year=,&department=%00",
    "=&==&&&",
    "%",
    "period=0000",
    "period=9999-12",
    "period=2020-01/2019-01",
    "indicator=<script>alert(1)</script>",
    "group=x&sort=y&lang=fr&theme=pink&domain=z",
    "region=100000&level=county&view=value",
]


@pytest.fixture(scope="module")
def client(bundle: DataBundle) -> FlaskClient:
    app: Dash = create_app(Settings(cache="off"), bundle)
    return app.server.test_client()


def rows(name: str, plan: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["plan_id"] == plan]


def layout(client: FlaskClient, query: str) -> dict[str, Any]:
    referrer = f"http://localhost/targets?{query}"
    response = client.get("/_dash-layout", headers={"Referer": referrer})
    assert response.status_code == 200
    return json.loads(response.text)


def parts(node: Any):
    """Walk through all components."""
    if isinstance(node, list):
        for item in node:
            yield from parts(item)
    elif isinstance(node, dict) and "props" in node:
        yield node
        yield from parts(node["props"].get("children"))


def words(node: Any) -> str:
    if isinstance(node, list):
        return "".join(words(item) for item in node)
    if isinstance(node, dict):
        return words(node.get("props", {}).get("children"))
    return "" if node is None else str(node)


def classed(page: Any, name: str) -> list[Any]:
    return [node for node in parts(page) if name in (node["props"].get("className") or "").split()]


def by_id(page: Any, name: str) -> Any:
    return next(node for node in parts(page) if node["props"].get("id") == name)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("plan", PLANS)
def test_every_target_is_a_row_and_the_strip_adds_up(client: FlaskClient, plan, lang) -> None:
    page = layout(client, f"region={PLANS[plan]}&lang={lang}")
    targets = rows("targets", plan)
    assert len(classed(page, "target-row")) == len(classed(page, "detail-row")) == len(targets)
    strip = [int(words(node)) for node in classed(page, "strip-count")]
    assert sum(strip) == len(targets)
    headline = next(words(node) for node in parts(page) if node["type"] == "H1")
    assert str(len(targets)) in headline
    shown = [node["props"]["data-indicator"] for node in classed(page, "row-toggle")]
    assert sorted(shown) == sorted(row["indicator_id"] for row in targets)


def test_the_headline_of_guangdong_states_the_finding(client: FlaskClient) -> None:
    page = layout(client, "region=440000")
    headline = next(words(node) for node in parts(page) if node["type"] == "H1")
    assert headline == (
        "广东省规划的 26 项目标中，8 项有公布的实际值：5 项已达标、2 项未达标、1 项无法判定；"
        "18 项没有实际值，可由责任部门提供。"
    )
    assert t("zh", "targets.share", share="31", count=8, total=26) in words(page)


@pytest.mark.parametrize("plan", PLANS)
def test_milestones_and_tasks_are_listed(client: FlaskClient, plan: str) -> None:
    page = layout(client, f"region={PLANS[plan]}")
    everything = words(by_id(page, ids.TARGETS_MORE))
    for row in (*rows("milestones", plan), *rows("tasks", plan)):
        assert row["title_zh"] in everything
    for row in rows("departments", plan):
        assert row["name_zh"] in everything or plan in ("guangdong", "qinzhou")


@pytest.mark.parametrize("plan", PLANS)
def test_basis_and_date_of_a_plan_are_said_plainly(client: FlaskClient, plan: str) -> None:
    page = layout(client, f"region={PLANS[plan]}")
    row = rows("plans", plan)[0]
    facts = words(classed(page, "plan-facts"))
    assert row["period_basis_zh"] in facts
    unknown = t("zh", "targets.unpublished")
    assert (unknown in facts) is (row["published"] == "")


def test_the_target_of_the_address_is_open(client: FlaskClient) -> None:
    page = layout(client, "region=440000&indicator=air_good_days_share")
    opened = [node for node in classed(page, "detail-row") if not node["props"].get("hidden")]
    assert len(opened) == 1
    detail = words(opened)
    for said in ("95.5%", "> 92%", "一、2（主要目标）", "关于实施质量强省战略的决定"):
        assert said in detail


def test_a_department_answers_for_its_targets_and_tasks(client: FlaskClient) -> None:
    office = "市教育局"
    page = layout(client, f"region=440800&department={office}&group=department")
    own = [
        row
        for row in rows("targets", "zhanjiang")
        if office in (row["departments_lead"] + ";" + row["departments_participating"]).split(";")
    ]
    assert len(classed(page, "target-row")) == len(own)
    assert t("zh", "targets.clear") in words(page)


@pytest.mark.parametrize("query", ODD)
def test_any_address_gives_a_page(client: FlaskClient, query: str) -> None:
    page = layout(client, query)
    assert by_id(page, ids.TARGETS_TABLE)
    assert by_id(page, ids.CANONICAL)["props"]["data"].startswith("?region=")


def test_every_replaced_word_is_said(client: FlaskClient) -> None:
    page = layout(client, "region=440100&period=2030&group=x&state=y&lang=fr")
    notices = by_id(page, ids.TARGETS_NOTICES)["props"]["children"]
    assert len(notices) == 5
    said = words(notices)
    for word in ("广州市", "广东省", "2030", "fr"):
        assert word in said
