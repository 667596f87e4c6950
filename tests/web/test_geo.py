"""Geometry: immutable at its own address, compressed once, absent at any other."""

import gzip
import json

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard.bundle import DataBundle
from dashboard.routes import geo


@pytest.fixture
def base(bundle: DataBundle) -> str:
    return f"/geo/{bundle.geometry_version}"


def test_an_area_holds_each_region_of_the_level(
    client: FlaskClient, bundle: DataBundle, base: str
) -> None:
    response = client.get(f"{base}/440800-county.json")
    assert response.mimetype == "application/json"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    codes = {feature["id"] for feature in response.get_json()["features"]}
    assert codes == {region.adcode for region in bundle.regions.children("440800", "county")}
    assert b": " not in response.data


def test_neighbours_leave_the_area_out(client: FlaskClient, base: str) -> None:
    codes = {
        feature["id"]
        for feature in client.get(f"{base}/440800-neighbours.json").get_json()["features"]
    }
    assert "440900" in codes
    assert "440800" not in codes


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("*", "br"),
        ("", None),
        ("zstd", None),
    ],
)
def test_encoding_is_what_the_browser_accepts(
    client: FlaskClient, base: str, accepted: str, encoding: str | None
) -> None:
    plain = client.get(f"{base}/440800-county.json").data
    response = client.get(f"{base}/440800-county.json", headers={"Accept-Encoding": accepted})
    assert response.headers.get("Content-Encoding") == encoding
    assert response.headers["Vary"] == "Accept-Encoding"
    assert response.content_length == len(response.data)
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert unpack(response.data) == plain


def test_geometry_is_built_once_per_encoding(
    bundle: DataBundle, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []

    def build(*_: object) -> dict[str, object]:
        calls.append("built")
        return {"type": "FeatureCollection", "features": []}

    monkeypatch.setattr(geo, "area_collection", build)
    server = Flask("once")
    geo.register(server, lambda: bundle)
    client = server.test_client()
    for encoding in ("br", "gzip", "br", "gzip"):
        client.get(f"{base}/450700-county.json", headers={"Accept-Encoding": encoding})
    assert len(calls) == 2


def test_an_unchanged_geometry_is_304(client: FlaskClient, base: str) -> None:
    first = client.get(f"{base}/450700-county.json", headers={"Accept-Encoding": "br"})
    tag = first.headers["ETag"]
    again = client.get(
        f"{base}/450700-county.json", headers={"Accept-Encoding": "br", "If-None-Match": tag}
    )
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == tag
    other = client.get(f"{base}/450700-county.json", headers={"If-None-Match": tag})
    assert other.status_code == 200


def test_head_says_what_get_would(client: FlaskClient, base: str) -> None:
    response = client.head(f"{base}/450700-county.json", headers={"Accept-Encoding": "br"})
    assert (response.status_code, response.data) == (200, b"")
    assert response.headers["Content-Encoding"] == "br"


def test_another_hash_names_the_current_one(client: FlaskClient, bundle: DataBundle) -> None:
    response = client.get("/geo/000000000000/440800-county.json")
    assert response.status_code == 404
    assert response.headers["Cache-Control"] == "no-store"
    error = response.get_json()["error"]
    assert error["found"] == "000000000000"
    assert bundle.geometry_version in error["expected"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("999999-county.json", "999999"),
        ("440800-province.json", "province"),
        ("440823-county.json", "county"),
        ("440800-nation.json", "440800-nation.json"),
        ("440800-county.csv", "440800-county.csv"),
        ("4408-county.json", "4408-county.json"),
    ],
)
def test_what_does_not_exist_is_404(client: FlaskClient, base: str, name: str, found: str) -> None:
    response = client.get(f"{base}/{name}", headers={"Accept-Encoding": "br"})
    assert response.status_code == 404
    assert response.get_json()["error"]["found"] == found
    assert response.headers["Cache-Control"] == "no-store"


def test_a_wrong_depth_is_404(client: FlaskClient) -> None:
    for address in ("/geo/", "/geo/abc", "/geo/a/b/c"):
        response = client.get(address)
        assert response.status_code == 404
        assert json.loads(response.data)["error"]["status"] == 404
