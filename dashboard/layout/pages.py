"""Which page stands at which path."""

from collections.abc import Callable
from typing import Any

from dash import dcc, html

from dashboard.data_rendering import build_data
from dashboard.layout.compare_parts import build_compare
from dashboard.layout.map_page import map_page
from dashboard.layout.shell import COMPARE_PATH, DATA_PATH, MAP_PATH, TARGETS_PATH, page_frame
from dashboard.rendering import Renderer
from dashboard.selection import Parsed, Selection
from dashboard.targets_rendering import build_targets
from dashboard.text import t

# A page is built from the words of its query; it reads its own words beside the common ones.
Build = Callable[[Renderer, Parsed, str], Any]


def build_page(renderer: Renderer, path: str, search: str) -> Any:
    """Return the page at a path, framed; an unknown path gets a way back."""
    # Half a character may be asked for, but cannot be sent back.
    search = search.encode("utf-8", "replace").decode("utf-8")
    parsed = renderer.parse(search)
    build = PAGES.get(path, _not_found)
    content = build(renderer, parsed, search)
    return page_frame(content, path, search, parsed.selection, renderer.current())


def _map(renderer: Renderer, parsed: Parsed, _search: str) -> Any:
    selection = parsed.selection
    return map_page(
        selection,
        renderer.controls(selection),
        renderer.map_part(selection),
        renderer.panels(selection),
        renderer.notices(parsed.notices, selection),
    )


def _not_found(_renderer: Renderer, parsed: Parsed, _search: str) -> html.Section:
    selection: Selection = parsed.selection
    lang = selection.lang
    return html.Section(
        [
            html.H1(t(lang, "error.not_found")),
            html.P(t(lang, "error.not_found_body")),
            dcc.Link(t(lang, "error.back"), href="/" + selection.query()),
        ],
        className="card not-found",
    )


PAGES: dict[str, Build] = {
    MAP_PATH: _map,
    TARGETS_PATH: build_targets,
    COMPARE_PATH: build_compare,
    DATA_PATH: build_data,
}
