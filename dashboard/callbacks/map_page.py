"""The map page: controls write the address, the address decides what is shown."""

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, no_update

from dashboard import ids
from dashboard.callbacks.changes import only_changed
from dashboard.layout.charts import Chart
from dashboard.layout.controls import indicator_options, level_options, period_options
from dashboard.layout.map_page import MapPart
from dashboard.layout.parts import breadcrumb, share_button
from dashboard.layout.shell import MAP_PATH, asked_store
from dashboard.rendering import Renderer
from dashboard.selection import Selection

ASKED = asked_store(MAP_PATH)
CHARTS = (ids.TARGET, ids.TREND, ids.RANKING)


def register(app: Dash, renderer: Renderer) -> None:
    """Attach the callbacks to one application."""
    _register_address(app)
    _register_map(app, renderer)
    _register_panels(app, renderer)
    _register_controls(app, renderer)


def _register_address(app: Dash) -> None:
    app.clientside_callback(
        ClientsideFunction("atlas", "nextAddress"),
        Output(ids.URL, "search"),
        Input(ids.CONTROL_REGION, "value"),
        Input(ids.CONTROL_LEVEL, "value"),
        Input(ids.CONTROL_INDICATOR, "value"),
        Input(ids.CONTROL_PERIOD, "value"),
        Input(ids.CONTROL_VIEW, "value"),
        Input(ids.MAP_EVENT, "data"),
        Input(ids.PLAY_TIMER, "n_intervals"),
        State(ids.CONTROL_PERIOD, "data"),
        State(ids.CANONICAL, "data"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("atlas", "togglePlay"),
        Output(ids.PLAY_TIMER, "disabled"),
        Output(ids.PLAY, "children"),
        Input(ids.PLAY, "n_clicks"),
        State(ids.PLAY_TIMER, "disabled"),
        prevent_initial_call=True,
    )


def _register_map(app: Dash, renderer: Renderer) -> None:
    @app.callback(
        Output(ids.MAP, "figure"),
        Output(ids.MAP_DRAWN, "data"),
        Output(ids.MAP_BOX, "style"),
        Output(ids.MAP_FINDING, "children"),
        Output(ids.MAP_TITLE, "children"),
        Output(ids.MAP_HONESTY, "children"),
        Output(ids.MAP_LEGEND, "children"),
        Output(ids.MAP_ATTRIBUTION, "children"),
        Input(ASKED, "data"),
        State(ids.MAP_DRAWN, "data"),
        prevent_initial_call=True,
    )
    def update_map(search: str, drawn: str) -> tuple[Any, ...]:
        selection = renderer.parse(search).selection
        change = renderer.map_change(selection, drawn)
        if change is None:
            part = renderer.map_part(selection)
            return part.figure, selection.query(), part.style, *_around(part)
        around = only_changed(_around(change.part), _around(change.shown))
        return change.patch, selection.query(), no_update, *around

    app.clientside_callback(
        ClientsideFunction("atlas", "wantedTable"),
        Output(ids.TABLE_WANTED, "data"),
        Input(ids.TABLE_OPEN, "data"),
        Input(ids.CANONICAL, "data"),
        prevent_initial_call=True,
    )

    @app.callback(
        Output(ids.MAP_TABLE, "children"),
        Input(ids.TABLE_WANTED, "data"),
        prevent_initial_call=True,
    )
    def update_table(wanted: str) -> Any:
        return renderer.table(renderer.parse(wanted).selection)


def _around(part: MapPart) -> tuple[Any, ...]:
    return part.finding, part.title, part.plain_words, part.legend, part.attribution


def _register_panels(app: Dash, renderer: Renderer) -> None:
    outputs = [
        output
        for chart in CHARTS
        for output in (
            Output(chart, "figure"),
            Output(f"{chart}-frame", "style"),
            Output(f"{chart}-title", "children"),
            Output(f"{chart}-subtitle", "children"),
            Output(f"{chart}-caption", "children"),
            Output(f"{chart}-empty", "children"),
            Output(f"{chart}-empty", "hidden"),
            Output(f"{chart}-box", "hidden"),
        )
    ]

    @app.callback(
        Output(ids.REGION_CARD, "children"),
        Output(ids.EVIDENCE, "children"),
        *outputs,
        Input(ids.MAP_SHOWN, "data"),
        prevent_initial_call=True,
    )
    def update_panels(search: str) -> list[Any]:
        panels = renderer.panels(renderer.parse(search).selection)
        charts = (panels.target, panels.trend, panels.ranking)
        return [panels.card, panels.evidence, *(part for c in charts for part in _chart(c))]


def _chart(chart: Chart) -> tuple[Any, ...]:
    style = {"height": f"{chart.figure['layout']['height']}px"}
    shown = not chart.empty
    words = (chart.title, chart.subtitle, chart.caption, chart.empty)
    return chart.figure, style, *words, shown, not shown


def _register_controls(app: Dash, renderer: Renderer) -> None:
    @app.callback(
        Output(ids.CONTROL_REGION, "value"),
        Output(ids.CONTROL_LEVEL, "value"),
        Output(ids.CONTROL_INDICATOR, "value"),
        Output(ids.CONTROL_PERIOD, "value"),
        Output(ids.CONTROL_VIEW, "value"),
        Output(ids.SHARE_SLOT, "children"),
        Output(ids.NOTICES, "children"),
        Output(ids.CANONICAL, "data"),
        Output(ids.CONTROL_LEVEL, "data"),
        Output(ids.CONTROL_INDICATOR, "data"),
        Output(ids.CONTROL_PERIOD, "data"),
        Output(ids.BREADCRUMB, "children"),
        Input(ids.MAP_SHOWN, "data"),
        State(ids.CANONICAL, "data"),
        prevent_initial_call=True,
    )
    def update_controls(search: str, canonical: str) -> tuple[Any, ...]:
        parsed = renderer.parse(search)
        selection = parsed.selection
        values = selection.region, selection.level, selection.indicator, selection.period
        words = renderer.notices(parsed.notices, selection)
        shared = share_button(selection), words, selection.query()
        offered = _options(renderer, selection, renderer.parse(canonical).selection)
        return *values, selection.view, *shared, *offered


def _options(renderer: Renderer, selection: Selection, before: Selection) -> tuple[Any, ...]:
    """Return the options that differ from those shown before; the rest is not sent again."""
    same_map = (selection.region, selection.level) == (before.region, before.level)
    same_periods = same_map and selection.indicator == before.indicator
    if same_periods:
        return (no_update,) * 4
    view = renderer.controls(selection)
    periods = period_options(view, selection.lang)
    if same_map:
        return no_update, no_update, periods, no_update
    return (
        level_options(view, selection.lang),
        indicator_options(view, selection.lang),
        periods,
        breadcrumb(view, selection),
    )
