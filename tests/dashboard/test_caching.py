"""The cache the settings ask for."""

import os
import stat
import time

import pytest
from flask import Flask

from dashboard.caching import build_cache, cache_folder
from dashboard.settings import Settings, SettingsError


def test_folder_keeps_results_for_other_processes(tmp_path):
    settings = Settings(cache=str(tmp_path / "deep" / "cache"))

    cache = build_cache(Flask("one"), settings)
    cache.set("key", {"z": (1, 2)})
    other = build_cache(Flask("two"), settings)

    assert other.get("key") == {"z": (1, 2)}
    assert any((tmp_path / "deep" / "cache" / "results").iterdir())


def test_folder_is_this_users_alone(tmp_path):
    build_cache(Flask("one"), Settings(cache=str(tmp_path)))

    assert stat.S_IMODE((tmp_path / "results").stat().st_mode) == 0o700


def test_off_keeps_nothing():
    cache = build_cache(Flask("one"), Settings(cache="off"))
    cache.set("key", 1)

    assert cache.get("key") is None


def test_seconds_set_how_long_results_are_kept(tmp_path, monkeypatch):
    cache = build_cache(Flask("one"), Settings(cache=str(tmp_path), cache_seconds="60"))
    cache.set("key", 1)
    now = time.time()

    monkeypatch.setattr("cachelib.file.time", lambda: now + 59)
    assert cache.get("key") == 1
    monkeypatch.setattr("cachelib.file.time", lambda: now + 61)
    assert cache.get("key") is None


def test_folder_of_another_user_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "getuid", lambda: tmp_path.stat().st_uid + 1)

    with pytest.raises(SettingsError) as caught:
        build_cache(Flask("one"), Settings(cache=str(tmp_path)))

    assert str(caught.value) == (
        f"QUALITY_ATLAS_CACHE: {tmp_path / 'results'} belongs to another user; name your own"
    )


def test_path_that_cannot_be_a_folder_is_refused(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(SettingsError) as caught:
        build_cache(Flask("one"), Settings(cache=str(tmp_path / "file")))

    assert str(caught.value) == (
        f"QUALITY_ATLAS_CACHE: cannot use {tmp_path / 'file' / 'results'} (Not a directory); "
        "name a folder this user can write to, or off"
    )


@pytest.mark.parametrize("cache", ["off", "redis://cache:6379/0", "rediss://cache/0"])
def test_only_a_folder_cache_has_a_folder(cache, tmp_path):
    assert cache_folder(Settings(cache=cache)) is None
    assert cache_folder(Settings(cache=str(tmp_path))) == tmp_path
