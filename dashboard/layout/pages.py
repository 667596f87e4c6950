"""Which page stands at which path."""

from typing import Any

from dash import dcc, html

from dashboard.layout.map_page import map_page
from dashboard.layout.shell import page_frame
from dashboard.rendering import Renderer
from dashboard.selection import Parsed, Selection
from dashboard.text import t

MAP_PATH = "/"
PATHS = (MAP_PATH,)


def build_page(renderer: Renderer, path: str, parsed: Parsed) -> Any:
    """Return the page at a path, framed; an unknown path gets a way back."""
    selection = parsed.selection
    version = renderer.current().version
    if path not in PATHS:
        return page_frame(_not_found(selection), selection, version)
    page = map_page(
        selection,
        renderer.controls(selection),
        renderer.map_part(selection),
        renderer.panels(selection),
        renderer.notices(parsed.notices, selection),
    )
    return page_frame(page, selection, version)


def _not_found(selection: Selection) -> html.Section:
    lang = selection.lang
    return html.Section(
        [
            html.H1(t(lang, "error.not_found")),
            html.P(t(lang, "error.not_found_body")),
            dcc.Link(t(lang, "error.back"), href="/" + selection.query()),
        ],
        className="card not-found",
    )
