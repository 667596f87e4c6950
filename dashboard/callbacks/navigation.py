"""Pages and languages: the browser asks for another page only when address and screen differ."""

from typing import Any
from urllib.parse import urlsplit

from dash import ClientsideFunction, Dash, Input, Output, State

from dashboard import ids
from dashboard.layout.pages import build_page
from dashboard.rendering import Renderer


def register(app: Dash, renderer: Renderer) -> None:
    """Attach the callbacks to one application."""
    app.clientside_callback(
        ClientsideFunction("atlas", "wantedPage"),
        Output(ids.PAGE_WANTED, "data"),
        Input(ids.URL, "pathname"),
        Input(ids.URL, "search"),
        State(ids.RENDERED, "data"),
        State(ids.CANONICAL, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("atlas", "pageShown"),
        Output(ids.TAB, "data"),
        Input(ids.RENDERED, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("atlas", "nextAddress"),
        Output(ids.URL, "search", allow_duplicate=True),
        Input(ids.LANGUAGE, "value"),
        Input(ids.THEME, "value"),
        State(ids.CANONICAL, "data"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("atlas", "applyTheme"),
        Output(ids.PROVIDER, "forceColorScheme"),
        Output(ids.THEME, "value"),
        Input(ids.CANONICAL, "data"),
    )

    @app.callback(
        Output(ids.PAGE, "children"), Input(ids.PAGE_WANTED, "data"), prevent_initial_call=True
    )
    def show_page(wanted: str) -> Any:
        address = urlsplit(wanted)
        return build_page(renderer, address.path, address.query)
