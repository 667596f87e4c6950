"""Operations, error pages and security headers."""

import logging

import pytest
from dash.exceptions import DependencyException
from flask import Flask
from flask.testing import FlaskClient

from dashboard.bundle import DataBundle
from dashboard.live import LiveData
from dashboard.routes import health


def test_healthz(client: FlaskClient, bundle: DataBundle) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.get_json() == {"status": "ok", "data_version": bundle.version}
    assert response.headers["Cache-Control"] == "no-store"


def test_readyz_counts_what_is_loaded(client: FlaskClient, bundle: DataBundle) -> None:
    assert client.get("/readyz").get_json() == {
        "status": "ready",
        "data_version": bundle.version,
        "regions": len(bundle.boundaries),
        "observations": len(bundle.atlas.tables.observations),
        "targets": len(bundle.atlas.tables.targets),
        "audience": "public",
        "training": False,
        "refused": None,
    }


def test_metrics_count_by_endpoint_and_status(client: FlaskClient, bundle: DataBundle) -> None:
    client.get("/healthz")
    client.get("/healthz")
    client.get("/api/v1/targets.json?region=999999")
    client.get("/no/such/place")
    response = client.get("/metrics")
    assert response.content_type.startswith("text/plain")
    lines = response.text.splitlines()
    ok = 'quality_atlas_requests_total{endpoint="health.healthz",status="200"} 2.0'
    assert ok in lines
    assert 'quality_atlas_requests_total{endpoint="api.table",status="400"} 1.0' in lines
    assert 'quality_atlas_requests_total{endpoint="none",status="404"} 1.0' in lines
    assert 'quality_atlas_request_duration_seconds_count{endpoint="health.healthz"} 2.0' in lines
    assert any(line.startswith("quality_atlas_request_duration_seconds_sum{") for line in lines)
    assert f'quality_atlas_data_info{{version="{bundle.version}"}} 1.0' in lines
    assert "/no/such/place" not in response.text


def test_two_applications_count_apart(client: FlaskClient, bundle: DataBundle) -> None:
    client.get("/healthz")
    other = Flask("other")
    health.register(other, LiveData.fixed(bundle))
    assert "health.healthz" not in other.test_client().get("/metrics").text


def test_data_are_not_asked_for_before_they_are_there(bundle: DataBundle) -> None:
    class Early(LiveData):
        def current(self) -> DataBundle:
            raise AssertionError("asked too early")

    health.register(Flask("early"), Early.fixed(bundle))


@pytest.mark.parametrize(
    ("address", "lang", "words"),
    [
        ("/nowhere", "zh-CN", "没有这个页面"),
        ("/nowhere?lang=en", "en", "There is no such page"),
        ("/nowhere?lang=fr", "zh-CN", "没有这个页面"),
    ],
)
def test_a_missing_page_speaks_the_language(
    client: FlaskClient, address: str, lang: str, words: str
) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert response.mimetype == "text/html"
    assert f'<html lang="{lang}">' in response.text
    assert words in response.text


def test_a_missing_page_repeats_nothing_of_the_address(client: FlaskClient) -> None:
    assert "<script>" not in client.get("/<script>alert(1)</script>?lang=<script>").text


def test_a_failure_has_a_number_that_is_in_the_log(
    server: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> str:
        raise RuntimeError("secret detail")

    server.add_url_rule("/broken", view_func=broken)
    server.add_url_rule("/api/v1/a/broken", "api_broken", broken)
    client = server.test_client()
    with caplog.at_level(logging.ERROR):
        page, answer = client.get("/broken?lang=en"), client.get("/api/v1/a/broken")
    assert (page.status_code, answer.status_code) == (500, 500)
    assert "secret detail" not in page.text + answer.text
    numbers = [record.args[0] for record in caplog.records if "incident" in record.msg]
    assert len(numbers) == 2
    assert numbers[0] in page.text
    assert numbers[1] in answer.get_json()["error"]["expected"]
    assert page.headers["X-Content-Type-Options"] == "nosniff"


def test_an_invented_script_address_is_a_plain_404(
    server: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    def suite() -> str:
        raise DependencyException("not a registered library")

    server.add_url_rule("/_dash-component-suites/x/y.js", view_func=suite)
    assert server.test_client().get("/_dash-component-suites/x/y.js").status_code == 404
    assert not caplog.records


def test_only_embeds_may_be_framed_elsewhere(server: Flask) -> None:
    server.add_url_rule("/embed/map", view_func=lambda: "map")
    client = server.test_client()
    embed, page = client.get("/embed/map"), client.get("/healthz")
    assert embed.headers["Content-Security-Policy"] == "frame-ancestors https://example.org"
    assert page.headers["Content-Security-Policy"] == "frame-ancestors 'self'"
    for response in (embed, page, client.get("/nowhere"), client.get("/geo/x/y")):
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "same-origin"
