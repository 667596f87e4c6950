"""The icon of the site: inside each page, and at the address browsers ask for by themselves."""

from functools import cache
from urllib.parse import quote

from flask import Flask, Response

from dashboard.settings import ROOT

_FILE = ROOT / "assets" / "favicon.svg"
_SECONDS = 86400


@cache
def link() -> str:
    """Return the element that carries the icon, so that a page needs no request for it."""
    drawing = quote(_FILE.read_text(encoding="utf-8").replace("\n", ""), safe="/:=, ")
    return f'<link rel="icon" type="image/svg+xml" href="data:image/svg+xml,{drawing}">'


def register(server: Flask) -> None:
    """Add the address browsers ask for where an answer is no page of this site."""

    @server.get("/favicon.ico")
    def icon() -> Response:
        answer = Response(_FILE.read_bytes(), mimetype="image/svg+xml")
        answer.headers["Cache-Control"] = f"public, max-age={_SECONDS}"
        return answer
