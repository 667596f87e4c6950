"""The cache of several servers, against a real Redis server that comes and goes."""

import logging
import sys

import pytest
from flask import Flask

from dashboard import caching
from dashboard.app import create_app
from dashboard.caching import build_cache
from dashboard.settings import Settings, SettingsError
from tests.redis_server import RedisServer

MAP = "/?region=440000&level=prefecture&indicator=air_good_days_share&period=2022-09"


@pytest.fixture
def redis_server(tmp_path):
    server = RedisServer(tmp_path).start()
    yield server
    server.stop()


@pytest.fixture
def later(monkeypatch):
    """Return a function that lets time pass for the cache."""
    passed = 0.0
    monotonic = caching.time.monotonic
    monkeypatch.setattr(caching.time, "monotonic", lambda: monotonic() + passed)

    def pass_by(seconds):
        nonlocal passed
        passed += seconds

    return pass_by


def test_two_servers_share_what_is_kept(redis_server):
    settings = Settings(cache=redis_server.address)
    build_cache(Flask("one"), settings).set("key", {"z": (1, 2)})
    assert build_cache(Flask("two"), settings).get("key") == {"z": (1, 2)}
    assert redis_server.client.keys() == [b"quality-atlas:key"]


def test_clearing_leaves_what_others_keep_there(redis_server):
    redis_server.client.set("another program's", "1")
    public = build_cache(Flask("public"), Settings(cache=redis_server.address))
    internal = build_cache(
        Flask("internal"), Settings(cache=redis_server.address, audience="internal")
    )
    public.set("key", "public")
    internal.set("key", "internal")
    public.clear()
    assert public.get("key") is None
    assert internal.get("key") == "internal"
    assert redis_server.client.get("another program's") == b"1"


def test_a_server_that_goes_and_comes_back(redis_server, later, caplog):
    cache = build_cache(Flask("one"), Settings(cache=redis_server.address))
    cache.set("key", 1)
    redis_server.stop()
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            assert cache.get("key") is None
            cache.set("key", 2)
        cache.clear()
    # Said once, and asked once: what is gone is left alone for a while.
    (said,) = caplog.messages
    assert "the cache cannot be reached" in said

    redis_server.start()
    assert cache.get("key") is None
    later(11)
    cache.set("key", 3)
    assert cache.get("key") == 3


def test_the_page_is_the_same_with_and_without_the_server(redis_server, bundle):
    def client():
        return create_app(Settings(cache=redis_server.address), bundle).server.test_client()

    def layout(client):
        client.get(MAP)
        return client.get("/_dash-layout", headers={"Referer": f"http://localhost{MAP}"}).json

    first = layout(client())
    assert redis_server.client.dbsize() > 0
    assert layout(client()) == first
    redis_server.stop()
    assert layout(client()) == first


def test_without_the_package_the_setting_is_refused(monkeypatch):
    monkeypatch.setitem(sys.modules, "redis", None)
    monkeypatch.setattr(caching.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SettingsError, match=r"pip install 'quality-atlas\[redis\]'"):
        build_cache(Flask("one"), Settings(cache="redis://127.0.0.1:6379/0"))


def test_an_address_that_is_none_is_refused_without_its_password():
    with pytest.raises(SettingsError) as caught:
        build_cache(Flask("one"), Settings(cache="redis://:secret@host:port/0"))
    assert "QUALITY_ATLAS_CACHE is no redis address" in str(caught.value)
    assert "secret" not in str(caught.value)
