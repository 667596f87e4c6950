"""Which version of the data an answer was made from, and who may keep it."""

from flask import Flask, Response, request

from dashboard.live import LiveData
from indicators.records import Audience

HEADER = "X-Data-Version"

# Scripts, styles and boundaries are the same for everybody.
_PUBLIC_PREFIXES = ("/_dash-component-suites/", "/assets/", "/geo/", "/favicon")
_FROM_DATA = frozenset({"/_dash-layout", "/_dash-update-component"})


def register(server: Flask, live: LiveData) -> None:
    """Name the version in every answer that a page is made of, so that it shows one only."""

    def name_version(response: Response) -> Response:
        if request.path in _FROM_DATA:
            response.headers[HEADER] = live.current().version
            # The layout depends on the page that asks for it, and both on the data.
            response.headers["Cache-Control"] = "no-store"
        elif response.mimetype == "text/html":
            response.headers.setdefault("Cache-Control", "no-cache")
        if live.current().audience is Audience.INTERNAL:
            _keep_private(response)
        return response

    server.after_request(name_version)


def _keep_private(response: Response) -> None:
    """Forbid caches between server and reader to keep what is internal."""
    policy = response.headers.get("Cache-Control", "")
    if not request.path.startswith(_PUBLIC_PREFIXES) and "no-store" not in policy:
        response.headers["Cache-Control"] = "private, no-cache"
