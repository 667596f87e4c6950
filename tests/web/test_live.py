"""A site whose data change: every answer from one version, and broken data never shown."""

import json
import shutil

import pytest

from dashboard.app import create_app
from dashboard.live import live_data
from dashboard.routes.versions import HEADER
from dashboard.settings import Settings
from indicators.store.revisions import Change, Draft
from indicators.store.stores import open_store
from indicators.tables import SHIPPED

ASKED = "/api/v1/observations.json?region=440800&indicator=forest_cover&period=2031"
ROW = {
    "adcode": "440800",
    "indicator_id": "forest_cover",
    "period": "2031",
    "value": "31.5",
    "qualifier": "=",
    "quality": "official",
    "source_id": "035fae3826",
    "note": "",
    "audience": "public",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("live") / "data"
    shutil.copytree(SHIPPED, folder, ignore=shutil.ignore_patterns("__pycache__", "history"))
    return folder


@pytest.fixture(scope="module")
def site(folder, tmp_path_factory):
    settings = Settings(data=str(folder), cache=str(tmp_path_factory.mktemp("cache")))
    live, _ = live_data(settings)
    return Site(create_app(settings, live=live).server.test_client(), live)


class Site:
    """A client, and the data behind it."""

    def __init__(self, client, live):
        self.client, self.live = client, live

    def values(self):
        return [row["value"] for row in json.loads(self.client.get(ASKED).data)["data"]]

    def ready(self):
        return self.client.get("/readyz").get_json()


def test_a_revision_is_shown_and_its_end_too(site, folder):
    store = open_store(str(folder))
    before = site.ready()["data_version"]
    assert site.values() == []

    store.append(Draft("tester", "one value", (Change("observations", None, ROW),)), 0)
    site.live.look()
    assert site.values() == [31.5]
    assert (
        site.client.get("/_dash-layout").headers[HEADER] == site.ready()["data_version"] != before
    )

    store.append(Draft("tester", "taken back", (Change("observations", ROW, None),), reverts=1), 1)
    site.live.look()
    assert site.values() == []


def test_a_broken_file_is_refused_with_a_notice_and_the_old_data_stay(site, folder):
    path = folder / "targets.csv"
    whole = path.read_bytes()
    version = site.ready()["data_version"]
    try:
        path.write_bytes(whole[: len(whole) // 2])
        site.live.look()
        told = site.ready()
        assert told["status"] == "ready"
        assert told["data_version"] == version
        assert told["refused"]["faults"] >= 1
        assert "quality-atlas check" in told["refused"]["remedy"]
        assert site.client.get("/targets").status_code == 200
    finally:
        path.write_bytes(whole)
    site.live.look()
    assert site.ready()["refused"] is None
    assert site.ready()["data_version"] == version


def test_what_is_internal_is_kept_by_readers_only(folder):
    live, _ = live_data(Settings(data=str(folder), cache="off", audience="internal"))
    client = create_app(Settings(cache="off"), live=live).server.test_client()
    for address in ("/api/v1/plans.json", "/download/quality-atlas.xlsx", "/"):
        assert client.get(address, buffered=True).headers["Cache-Control"] == "private, no-cache"
    assert client.get("/_dash-layout").headers["Cache-Control"] == "no-store"
    script = client.get("/assets/10-atlas.js", buffered=True)
    assert "private" not in script.headers["Cache-Control"]
