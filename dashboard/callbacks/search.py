"""The search box of the header."""

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from dashboard import ids
from dashboard.layout.search import search_options
from dashboard.rendering import Renderer


def register(app: Dash, renderer: Renderer) -> None:
    """Attach the callbacks to one application."""
    app.clientside_callback(
        ClientsideFunction("atlas", "goToAddress"),
        Output(ids.URL, "pathname", allow_duplicate=True),
        Output(ids.URL, "search", allow_duplicate=True),
        Output(ids.SEARCH, "value"),
        Input(ids.SEARCH, "value"),
        prevent_initial_call=True,
    )

    @app.callback(
        Output(ids.SEARCH, "data"),
        Input(ids.SEARCH, "searchValue"),
        State(ids.CANONICAL, "data"),
        prevent_initial_call=True,
    )
    def update_hits(asked: str | None, canonical: str) -> list[dict[str, Any]]:
        selection = renderer.parse(canonical).selection
        return search_options(renderer.find(selection, asked or ""), selection.lang)
