"""The targets page: controls write the address, the address decides what is shown."""

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, no_update

from dashboard import ids
from dashboard.layout.shell import TARGETS_PATH, asked_store
from dashboard.layout.targets_page import FILTERS, TargetsPart, targets_share
from dashboard.rendering import Renderer
from dashboard.targets_rendering import read_query, render, said
from dashboard.views.targets_query import TargetsQuery

SINGLE = (ids.TARGETS_REGION, ids.TARGETS_PERIOD, ids.CONTROL_GROUP, ids.CONTROL_SORT)
LISTS = tuple(f"control-{word}" for word in FILTERS)
OFFERED = (ids.TARGETS_PERIOD, *LISTS)
ASKED = asked_store(TARGETS_PATH)


def register(app: Dash, renderer: Renderer) -> None:
    """Attach the callbacks to one application."""
    _register_address(app)
    _register_update(app, renderer)


def _register_address(app: Dash) -> None:
    app.clientside_callback(
        ClientsideFunction("atlas", "nextAddress"),
        Output(ids.URL, "search", allow_duplicate=True),
        *(Input(control, "value") for control in (*SINGLE[1:], *LISTS)),
        Input(ids.CONTROL_Q, "value"),
        State(ids.CANONICAL, "data"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("atlasTargets", "goToPlan"),
        Output(ids.URL, "search", allow_duplicate=True),
        Input(ids.TARGETS_REGION, "value"),
        State(ids.CANONICAL, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("atlasTargets", "showOpened"),
        Output(ids.TARGETS_OPENED, "data"),
        Input(ids.CANONICAL, "data"),
    )


def _register_update(app: Dash, renderer: Renderer) -> None:
    @app.callback(
        Output(ids.TARGETS_SUMMARY, "children"),
        Output(ids.TARGETS_TABLE, "children"),
        Output(ids.TARGETS_MORE, "children"),
        Output(ids.TARGETS_NOTICES, "children"),
        Output(ids.TARGETS_SHARE_SLOT, "children"),
        Output(ids.CANONICAL, "data", allow_duplicate=True),
        Output(ids.CONTROL_Q, "value"),
        *(Output(control, "value") for control in (*SINGLE, *LISTS)),
        *(Output(control, "data") for control in OFFERED),
        *(Output(f"{control}-box", "hidden") for control in LISTS),
        Input(ASKED, "data"),
        State(ids.CANONICAL, "data"),
        State(ids.CONTROL_Q, "value"),
        prevent_initial_call=True,
    )
    def update(search: str, canonical: str, typed: str | None) -> tuple[Any, ...]:
        query, found = read_query(renderer, renderer.parse(search), search)
        before, _ = read_query(renderer, renderer.parse(canonical), canonical)
        part = render(renderer, query)
        notices = said(renderer, query, found)
        shown = _content(part, query, before)
        # Text being typed is left alone; the address only knows it without stray spaces.
        q = no_update if " ".join((typed or "").split()) == query.q else query.q
        around = notices, targets_share(query), query.query(), q
        return *shown, *around, *_controls(query, part)


def _content(part: TargetsPart, query: TargetsQuery, before: TargetsQuery) -> tuple[Any, ...]:
    """Return summary, table and the rest; nothing where only another target was opened."""
    if query.same_but_opened(before):
        return (no_update,) * 3
    return part.summary, part.table, part.more


def _controls(query: TargetsQuery, part: TargetsPart) -> tuple[Any, ...]:
    values = query.region, query.period, query.group, query.sort
    chosen = [list(getattr(query, word)) for word in FILTERS]
    options = [part.options[word] for word in ("period", *FILTERS)]
    return *values, *chosen, *options, *(len(part.options[word]) < 2 for word in FILTERS)
