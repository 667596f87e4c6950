"""The data page: links and controls write the address, the address decides what is shown."""

from typing import Any

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, no_update

from dashboard import ids
from dashboard.data_rendering import body, read_query, said, same_body
from dashboard.layout.data_grid import detail
from dashboard.layout.data_page import share, tabs
from dashboard.layout.shell import DATA_PATH, asked_store
from dashboard.rendering import Renderer

# Set by the browser when the address changes while this page is shown, and only then.
ASKED = asked_store(DATA_PATH)
_GRID = {"type": ids.DATA_GRID, "table": ALL}


def register(app: Dash, renderer: Renderer) -> None:
    """Attach the callbacks to one application."""
    _register_browser(app)
    _register_update(app, renderer)
    _register_detail(app, renderer)


def _register_browser(app: Dash) -> None:
    app.clientside_callback(
        ClientsideFunction("atlas", "nextAddress"),
        Output(ids.URL, "search", allow_duplicate=True),
        Input(ids.COVER, "value"),
        State(ids.CANONICAL, "data"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("atlasData", "found"),
        Output(ids.URL, "search", allow_duplicate=True),
        Input(ids.FIND, "value"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("atlasData", "search"),
        Output(_GRID, "dashGridOptions"),
        Input(ids.FIND, "value"),
        State(_GRID, "dashGridOptions"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("atlasData", "typed"),
        Output(ids.FIND, "value"),
        Input(ASKED, "data"),
        State(ids.FIND, "value"),
        prevent_initial_call=True,
    )


def _register_update(app: Dash, renderer: Renderer) -> None:
    @app.callback(
        Output(ids.DATA_BODY, "children"),
        Output(ids.DATA_TABS, "children"),
        Output(ids.DATA_NOTICES, "children"),
        Output(ids.DATA_SHARE_SLOT, "children"),
        Output(ids.CANONICAL, "data", allow_duplicate=True),
        Input(ASKED, "data"),
        State(ids.CANONICAL, "data"),
        prevent_initial_call=True,
    )
    def update(search: str, canonical: str) -> tuple[Any, ...]:
        parsed, drawn = renderer.parse(search), renderer.parse(canonical)
        selection = parsed.selection
        query, found = read_query(parsed, search)
        before, _ = read_query(drawn, canonical)
        same = same_body((selection, query), (drawn.selection, before))
        shown = no_update if same else body(renderer, selection, query)
        around = tabs(selection, query), said(found, selection.lang), share(selection, query)
        return shown, *around, query.query(selection)


def _register_detail(app: Dash, renderer: Renderer) -> None:
    @app.callback(
        Output(ids.DATA_DETAIL, "children"),
        Input(_GRID, "selectedRows"),
        State(ids.CANONICAL, "data"),
        prevent_initial_call=True,
    )
    def update_detail(chosen: list[list[dict[str, Any]] | None], canonical: str) -> list[Any]:
        parsed = renderer.parse(canonical)
        query, _ = read_query(parsed, canonical)
        rows = chosen[0] if chosen else None
        return detail(rows or [], query.table, parsed.selection.lang)
