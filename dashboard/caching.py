"""The cache: a private folder by default, a Redis server where one is named, or none."""

import os
from pathlib import Path

from flask import Flask
from flask_caching import Cache

from dashboard.settings import PREFIX, Settings, SettingsError
from indicators.records import Audience

MOST_FILES = 20_000


def build_cache(server: Flask, settings: Settings) -> Cache:
    """Attach the cache the settings ask for."""
    return Cache(server, config=_configuration(settings))


def cache_folder(settings: Settings) -> Path | None:
    """Return the folder of a folder cache, None for the other kinds."""
    if settings.cache == "off" or "://" in settings.cache:
        return None
    return Path(settings.cache)


def _configuration(settings: Settings) -> dict[str, object]:
    timeout = {"CACHE_DEFAULT_TIMEOUT": int(settings.cache_seconds)}
    if settings.cache == "off":
        return {"CACHE_TYPE": "NullCache", "CACHE_NO_NULL_WARNING": True}
    if settings.cache.startswith(("redis://", "rediss://")):
        redis = {"CACHE_TYPE": "RedisCache", "CACHE_REDIS_URL": settings.cache}
        return {**redis, "CACHE_KEY_PREFIX": f"quality-atlas{_own(settings)}:", **timeout}
    folder = _private_folder(Path(settings.cache) / f"results{_own(settings)}")
    files = {"CACHE_TYPE": "FileSystemCache", "CACHE_DIR": str(folder)}
    return {**files, "CACHE_THRESHOLD": MOST_FILES, **timeout}


def _own(settings: Settings) -> str:
    """Keep what is internal out of the place where a public site keeps its results."""
    return "" if settings.audience == Audience.PUBLIC else f"-{settings.audience}"


def _private_folder(folder: Path) -> Path:
    """Make a folder only this user can write to: what is read back from it is trusted."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)
    except OSError as error:
        raise SettingsError(
            f"{PREFIX}CACHE: cannot use {folder} ({error.strerror}); "
            "name a folder this user can write to, or off"
        ) from error
    if hasattr(os, "getuid") and folder.stat().st_uid != os.getuid():
        raise SettingsError(f"{PREFIX}CACHE: {folder} belongs to another user; name your own")
    return folder
