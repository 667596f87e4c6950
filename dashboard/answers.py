"""Answers of callbacks kept as the bytes that go out: asked again, nothing is computed or packed.

Every callback of the site is a function of what the request says and of the data version, so the
same request has the same answer, for any visitor.
"""

import gzip
import hashlib
from collections.abc import Callable, Mapping

import brotli
from flask import Flask, Response, request

from dashboard.rendering import Renderer

ENDPOINT = "/_dash-update-component"

# Requests of the site are far smaller; whoever sends more gets an answer, but no room.
_MOST_BYTES = 32_000
# A failed callback answers too: with the sentence that it failed, beside what it was asked for.
_SIDE_EFFECT = b'"sideUpdate"'
_QUALITY = 6


def _brotli(body: bytes) -> bytes:
    return brotli.compress(body, quality=_QUALITY)


def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=_QUALITY, mtime=0)


# Browsers offer brotli only where the connection is encrypted or the server is this computer.
_PACKERS: Mapping[str, Callable[[bytes], bytes]] = {"br": _brotli, "gzip": _gzip}


def register(server: Flask, renderer: Renderer) -> None:
    """Put the kept answers before the callbacks of an application."""
    compute = server.view_functions[ENDPOINT]

    def answer() -> Response:
        encoding = request.accept_encodings.best_match(_PACKERS)
        if encoding is None or (request.content_length or _MOST_BYTES) >= _MOST_BYTES:
            return server.make_response(server.ensure_sync(compute)())
        query = f"{encoding}:{hashlib.sha256(request.get_data()).hexdigest()}"
        packed = renderer.recall("answer", query)
        if packed is None:
            response = server.make_response(server.ensure_sync(compute)())
            if not _keepable(response):
                return response
            packed = _PACKERS[encoding](response.get_data())
            renderer.keep("answer", query, packed)
        return _packed_response(packed, encoding)

    server.view_functions[ENDPOINT] = answer


def _keepable(response: Response) -> bool:
    if response.status_code != 200 or response.is_streamed:
        return False
    return _SIDE_EFFECT not in response.get_data()


def _packed_response(packed: bytes, encoding: str) -> Response:
    response = Response(packed, mimetype="application/json")
    response.headers["Content-Encoding"] = encoding
    response.headers["Vary"] = "Accept-Encoding"
    return response
