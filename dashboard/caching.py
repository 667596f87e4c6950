"""The cache: a private folder by default, a Redis server where one is named, or none."""

import importlib.util
import logging
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from flask_caching import Cache

from dashboard.settings import PREFIX, Settings, SettingsError
from indicators.records import Audience

MOST_FILES = 20_000
# A server on the same network answers in a millisecond; whoever waits longer computes faster.
_PATIENCE_SECONDS = 0.5
_REST_SECONDS = 10.0

_log = logging.getLogger(__name__)


class ResultCache:
    """Results by key; where the cache cannot be reached, nothing is known and nothing is kept."""

    def __init__(self, cache: Cache, unreachable: tuple[type[Exception], ...] = ()) -> None:
        self._cache = cache
        self._unreachable = unreachable
        self._rests_until = 0.0

    def get(self, key: str) -> Any:
        """Return a result, None where none is kept."""
        return self._reached(lambda: self._cache.get(key))

    def set(self, key: str, result: Any) -> None:
        """Keep a result; it must be picklable."""
        self._reached(lambda: self._cache.set(key, result))

    def clear(self) -> None:
        """Drop every result."""
        self._reached(self._cache.clear)

    def _reached(self, ask: Callable[[], Any]) -> Any:
        if time.monotonic() < self._rests_until:
            return None
        try:
            return ask()
        except self._unreachable as error:
            # Nobody waits again and again for a server that is gone.
            self._rests_until = time.monotonic() + _REST_SECONDS
            _log.warning("the cache cannot be reached, pages take longer: %s", error)
            return None


def build_cache(server: Flask, settings: Settings) -> ResultCache:
    """Attach the cache the settings ask for.

    Raises:
        SettingsError: where it cannot be used.
    """
    if not _is_redis(settings):
        return ResultCache(Cache(server, config=_configuration(settings)))
    try:
        return ResultCache(Cache(server, config=_configuration(settings)), _redis_errors())
    except ValueError as error:
        # The address may hold a password, so it is not repeated.
        raise SettingsError(
            f"{PREFIX}CACHE is no redis address ({error}); expected redis://host:6379/0"
        ) from error


def cache_folder(settings: Settings) -> Path | None:
    """Return the folder of a folder cache, None for the other kinds."""
    if settings.cache == "off" or "://" in settings.cache:
        return None
    return Path(settings.cache)


def _configuration(settings: Settings) -> dict[str, object]:
    timeout = {"CACHE_DEFAULT_TIMEOUT": int(settings.cache_seconds)}
    if settings.cache == "off":
        return {"CACHE_TYPE": "NullCache", "CACHE_NO_NULL_WARNING": True}
    if _is_redis(settings):
        return {**_redis(settings), **timeout}
    folder = _private_folder(Path(settings.cache) / f"results{_own(settings)}")
    files = {"CACHE_TYPE": "FileSystemCache", "CACHE_DIR": str(folder)}
    return {**files, "CACHE_THRESHOLD": MOST_FILES, **timeout}


def _is_redis(settings: Settings) -> bool:
    return settings.cache.startswith(("redis://", "rediss://"))


def _redis(settings: Settings) -> dict[str, object]:
    if importlib.util.find_spec("redis") is None:
        raise SettingsError(
            f"{PREFIX}CACHE is a redis address, and the package redis is missing; "
            "pip install 'quality-atlas[redis]', or name a folder"
        )
    patience = dict.fromkeys(("socket_timeout", "socket_connect_timeout"), _PATIENCE_SECONDS)
    return {
        "CACHE_TYPE": "RedisCache",
        "CACHE_REDIS_URL": settings.cache,
        "CACHE_KEY_PREFIX": f"quality-atlas{_own(settings)}:",
        "CACHE_OPTIONS": patience,
    }


def _redis_errors() -> tuple[type[Exception], ...]:
    from redis.exceptions import RedisError

    return (RedisError,)


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
