"""The comparison page: controls write the address, the address decides what is shown."""

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from dashboard import ids
from dashboard.callbacks.changes import only_changed
from dashboard.layout.charts import Chart
from dashboard.layout.compare_controls import compared_options, map_periods, periods_hint
from dashboard.layout.compare_page import ComparePart, MapsPart, compare_share, map_id
from dashboard.layout.compare_parts import Asked, compare_part, read
from dashboard.layout.controls import level_options, period_options
from dashboard.layout.shell import COMPARE_PATH, asked_store
from dashboard.rendering import Renderer
from dashboard.views.compare import MOST_PERIODS
from dashboard.views.compare_options import region_choices

ASKED = asked_store(COMPARE_PATH)

_MAPS = range(MOST_PERIODS)
_RANKING_WORDS = ("words", "table", "caption")
_MAP_WORDS = ("words", "legend", "attribution")


def register(app: Dash, renderer: Renderer) -> None:
    """Attach the callbacks to one application."""
    _register_address(app)
    _register_update(app, renderer)


def _register_address(app: Dash) -> None:
    app.clientside_callback(
        ClientsideFunction("atlas", "nextAddress"),
        Output(ids.URL, "search", allow_duplicate=True),
        Input(ids.COMPARE_INDICATOR, "value"),
        Input(ids.COMPARE_REGION, "value"),
        Input(ids.COMPARE_LEVEL, "value"),
        Input(ids.COMPARE_PERIOD, "value"),
        Input(ids.CONTROL_REGIONS, "value"),
        Input(ids.CONTROL_PERIODS, "value"),
        Input(ids.COMPARE_SORT, "data"),
        Input(ids.COMPARE_SELECTED, "data"),
        State(ids.CANONICAL, "data"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("atlasCompare", "drawMaps"),
        *(Output(map_id(index), "figure") for index in _MAPS),
        Input(ids.COMPARE_MAPS_MADE, "data"),
    )


def _register_update(app: Dash, renderer: Renderer) -> None:
    @app.callback(
        *_part_outputs(),
        *_control_outputs(),
        Output(ids.COMPARE_SHARE_SLOT, "children"),
        Output(ids.COMPARE_NOTICES, "children"),
        Output(ids.CANONICAL, "data", allow_duplicate=True),
        Input(ASKED, "data"),
        State(ids.CANONICAL, "data"),
        prevent_initial_call=True,
    )
    def update(search: str, canonical: str) -> list[Any]:
        asked, shown = read(renderer, search), read(renderer, canonical)
        new, old = (_shown(compare_part(renderer, state)) for state in (asked, shown))
        controls = [*_values(asked), *_options(renderer, asked)]
        share = compare_share(asked.selection, asked.canonical)
        notices = renderer.notices(asked.notices, asked.selection)
        return [*only_changed(new, old), *controls, share, notices, asked.canonical]


def _part_outputs() -> list[Output]:
    """List what shows the parts of the page, in the order of ``_shown``."""
    return [
        Output(ids.COMPARE_HEADLINE, "children"),
        Output(ids.COMPARE_PLANS, "children"),
        *_chart_outputs(ids.COMPARE_TREND),
        Output(ids.COMPARE_AREA_TITLE, "children"),
        *_chart_outputs(ids.COMPARE_STRIP),
        *(Output(f"{ids.COMPARE_RANKING}-{part}", "children") for part in _RANKING_WORDS),
        Output(ids.COMPARE_MAPS_MADE, "data"),
        *(Output(f"{ids.COMPARE_MAPS}-{part}", "children") for part in _MAP_WORDS),
        *(Output(f"{map_id(index)}-title", "children") for index in _MAPS),
        *(Output(f"{map_id(index)}-slot", "hidden") for index in _MAPS),
    ]


def _shown(part: ComparePart) -> list[Any]:
    ranking = part.ranking
    return [
        part.headline,
        part.plans,
        *_chart(part.trend),
        part.area_title,
        *_chart(part.strip),
        *(ranking.words, ranking.table, ranking.caption),
        *_maps(part.maps),
    ]


def _maps(part: MapsPart) -> list[Any]:
    titles = [part.titles[index] if index < len(part.titles) else "" for index in _MAPS]
    hidden = [not title for title in titles]
    return [part.made, part.words, part.legend, part.attribution, *titles, *hidden]


def _chart_outputs(chart: str) -> list[Output]:
    return [
        Output(chart, "figure"),
        Output(f"{chart}-frame", "style"),
        Output(f"{chart}-title", "children"),
        Output(f"{chart}-subtitle", "children"),
        Output(f"{chart}-caption", "children"),
        Output(f"{chart}-empty", "children"),
        Output(f"{chart}-empty", "hidden"),
        Output(f"{chart}-box", "hidden"),
    ]


def _chart(chart: Chart) -> tuple[Any, ...]:
    style = {"height": f"{chart.figure['layout']['height']}px"}
    shown = not chart.empty
    words = (chart.title, chart.subtitle, chart.caption, chart.empty)
    return chart.figure, style, *words, shown, not shown


def _control_outputs() -> list[Output]:
    return [
        Output(ids.COMPARE_INDICATOR, "value"),
        Output(ids.COMPARE_REGION, "value"),
        Output(ids.COMPARE_LEVEL, "value"),
        Output(ids.COMPARE_PERIOD, "value"),
        Output(ids.CONTROL_REGIONS, "value"),
        Output(ids.CONTROL_PERIODS, "value"),
        Output(ids.COMPARE_LEVEL, "data"),
        Output(ids.COMPARE_PERIOD, "data"),
        Output(ids.CONTROL_REGIONS, "data"),
        Output(ids.CONTROL_PERIODS, "data"),
        Output(ids.CONTROL_PERIODS, "placeholder"),
    ]


def _values(asked: Asked) -> tuple[Any, ...]:
    selection, query = asked.selection, asked.query
    one = selection.indicator, selection.region, selection.level, selection.period
    return *one, list(query.regions), list(query.asked_periods)


def _options(renderer: Renderer, asked: Asked) -> tuple[Any, ...]:
    selection, query, lang = asked.selection, asked.query, asked.selection.lang
    view = renderer.controls(selection)
    regions = region_choices(renderer.current(), selection.indicator, query.regions)
    return (
        level_options(view, lang),
        period_options(view, lang),
        compared_options(regions, lang),
        map_periods(view, query, lang),
        periods_hint(query, lang),
    )
