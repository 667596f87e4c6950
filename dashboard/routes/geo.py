"""Geometry by address: immutable, compressed once, kept by browsers for a year."""

import gzip
import json
import re
import threading
from collections.abc import Callable

import brotli
from cachetools import LRUCache, cached
from flask import Flask, Response, request

from dashboard.bundle import DataBundle
from dashboard.routes.errors import RequestError, error_response
from geodata.codes import DRAWN_LEVELS, Level
from geodata.geojson import area_collection, neighbours_collection

NEIGHBOURS = "neighbours"
ENCODINGS = ("br", "gzip", "identity")
CACHE_BYTES = 64 * 1024 * 1024

_NAME = re.compile(rf"(\d{{6}})-({'|'.join([*DRAWN_LEVELS, NEIGHBOURS])})\.json", re.ASCII)
_EXPECTED = f"adcode-level.json, level one of {', '.join([*DRAWN_LEVELS, NEIGHBOURS])}"
_IMMUTABLE = "public, max-age=31536000, immutable"

Encode = Callable[[DataBundle, str, str, str], bytes]
# The best compression saves a third of a geometry and takes a tenth of a second for a province;
# the whole country would take several.
_BEST_QUALITY, _FAST_QUALITY = 11, 9
_SMALL_BYTES = 400_000


def register(server: Flask, current: Callable[[], DataBundle]) -> None:
    """Add the addresses of geometry; ``current`` is asked anew for each request."""
    encode = _kept_encoder()

    def geometry(version: str, name: str) -> Response:
        try:
            return _geometry_response(version, name, current(), encode)
        except RequestError as error:
            return error_response(error)

    def unknown(rest: str = "") -> Response:
        expected = f"/geo/hash/{_EXPECTED}"
        return error_response(RequestError(404, "unknown_address", found=rest, expected=expected))

    server.add_url_rule("/geo/<version>/<name>", "geo.geometry", geometry, methods=["GET"])
    # Without these the pages would answer a wrong address with HTML and 200.
    server.add_url_rule("/geo/", "geo.root", unknown, methods=["GET"])
    server.add_url_rule("/geo/<path:rest>", "geo.unknown", unknown, methods=["GET"])


def _geometry_response(version: str, name: str, bundle: DataBundle, encode: Encode) -> Response:
    if version != bundle.geometry_version:
        expected = f"the current hash {bundle.geometry_version}"
        raise RequestError(404, "old_geometry", found=version, expected=expected)
    adcode, level = _asked(name, bundle)
    encoding = request.accept_encodings.best_match(ENCODINGS, "identity")
    response = Response(mimetype="application/json")
    response.headers["Cache-Control"] = _IMMUTABLE
    response.headers["Vary"] = "Accept-Encoding"
    response.set_etag(f"{version}-{adcode}-{level}-{encoding}")
    if request.if_none_match.contains_weak(response.get_etag()[0] or ""):
        response.status_code = 304
        return response
    response.set_data(encode(bundle, adcode, level, encoding))
    if encoding != "identity":
        response.headers["Content-Encoding"] = encoding
    return response


def _asked(name: str, bundle: DataBundle) -> tuple[str, str]:
    match = _NAME.fullmatch(name)
    if match is None:
        raise RequestError(404, "unknown_address", found=name, expected=_EXPECTED)
    adcode, level = match.groups()
    if adcode not in bundle.regions:
        expected = "an adcode of /api/v1/regions.json"
        raise RequestError(404, "unknown_region", found=adcode, expected=expected)
    levels = bundle.regions.levels_below(adcode)
    if level != NEIGHBOURS and level not in levels:
        expected = "one of " + ", ".join([*levels, NEIGHBOURS])
        raise RequestError(404, "no_children", found=level, expected=expected)
    return adcode, level


def _kept_encoder() -> Encode:
    """Return a function that builds and compresses each geometry once and keeps the bytes."""
    kept: LRUCache[tuple[str, ...], bytes] = LRUCache(CACHE_BYTES, getsizeof=len)

    def key(bundle: DataBundle, adcode: str, level: str, encoding: str) -> tuple[str, ...]:
        return (bundle.geometry_version, adcode, level, encoding)

    # With a condition a second request for the same bytes waits for the first one's work.
    @cached(kept, key=key, condition=threading.Condition())
    def encode(bundle: DataBundle, adcode: str, level: str, encoding: str) -> bytes:
        if level == NEIGHBOURS:
            content = neighbours_collection(bundle.boundaries, bundle.regions, adcode)
        else:
            content = area_collection(bundle.boundaries, bundle.regions, adcode, Level(level))
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        return _compressed(text.encode(), encoding)

    return encode


def _compressed(body: bytes, encoding: str) -> bytes:
    if encoding == "br":
        quality = _BEST_QUALITY if len(body) <= _SMALL_BYTES else _FAST_QUALITY
        return brotli.compress(body, quality=quality)
    if encoding == "gzip":
        # Without a moment in it the same geometry always has the same bytes.
        return gzip.compress(body, mtime=0)
    return body
