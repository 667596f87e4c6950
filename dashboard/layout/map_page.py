"""The map page: finding, map, period, ranking, and the side panels."""

from dataclasses import dataclass
from typing import Any

from dash import dcc, html

from dashboard import ids, text
from dashboard.layout.attributes import attributes
from dashboard.layout.controls import controls_bar, period_bar
from dashboard.layout.parts import breadcrumb, drawer, share_button
from dashboard.selection import Selection
from dashboard.views.controls import ControlsView

Figure = dict[str, Any]
Children = Any

GRAPH_CONFIG: Any = {
    "displayModeBar": False,
    "scrollZoom": False,
    "doubleClick": False,
    "responsive": True,
    "showTips": False,
}


@dataclass(frozen=True, slots=True)
class MapPart:
    """What surrounds and fills the map."""

    figure: Figure
    style: dict[str, str]
    finding: str
    title: str
    plain_words: Children
    legend: Children
    attribution: Children


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its title, subtitle, caption, and what stands in its place when it is empty."""

    figure: Figure
    title: str
    subtitle: str
    caption: str
    empty: str


@dataclass(frozen=True, slots=True)
class PanelsPart:
    """The charts and panels beside and below the map."""

    card: Children
    target: Chart
    trend: Chart
    ranking: Chart
    evidence: Children


def map_page(
    selection: Selection,
    controls: ControlsView,
    part: MapPart,
    panels: PanelsPart,
    notices: Children,
) -> html.Div:
    """Return the whole page for a first view."""
    lang = selection.lang
    return html.Div(
        [
            dcc.Store(id=ids.CANONICAL, data=selection.query()),
            dcc.Store(id=ids.MAP_SHOWN),
            dcc.Store(id=ids.TABLE_OPEN, data=False),
            dcc.Store(id=ids.TABLE_WANTED),
            html.Div(
                [
                    html.Nav(
                        html.Ol(breadcrumb(controls, selection), id=ids.BREADCRUMB),
                        className="breadcrumb",
                        **attributes(aria_label=text.t(lang, "breadcrumb.label")),
                    ),
                    html.Div(share_button(selection), id=ids.SHARE_SLOT),
                ],
                className="page-top",
            ),
            html.Div(notices, id=ids.NOTICES, className="notices", role="status"),
            *drawer(controls_bar(controls, selection), lang),
            html.Div(
                [
                    html.Div(
                        [
                            _map_section(selection, controls, part),
                            chart_section(ids.RANKING, panels.ranking),
                        ],
                        className="column-main",
                    ),
                    html.Div(
                        [
                            html.Section(panels.card, id=ids.REGION_CARD, className="card"),
                            chart_section(ids.TARGET, panels.target),
                            chart_section(ids.TREND, panels.trend),
                            html.Section(
                                [
                                    html.H3(text.t(lang, "evidence.title")),
                                    html.Div(panels.evidence, id=ids.EVIDENCE),
                                ],
                                className="card",
                            ),
                        ],
                        className="column-side",
                    ),
                ],
                className="columns",
            ),
        ],
        className="map-page",
    )


def graph(component_id: str, figure: Figure) -> dcc.Graph:
    """Return a chart that fills its frame; the frame holds the height before the chart is there."""
    return dcc.Graph(
        id=component_id,
        figure=figure,
        config=GRAPH_CONFIG,
        responsive=True,
        style={"height": "100%"},
    )


def _map_section(selection: Selection, controls: ControlsView, part: MapPart) -> html.Section:
    lang = selection.lang
    return html.Section(
        [
            dcc.Store(id=ids.MAP_DRAWN, data=selection.query()),
            html.H1(part.finding, id=ids.MAP_FINDING),
            html.P(part.title, id=ids.MAP_TITLE, className="chart-subtitle"),
            html.Div(part.plain_words, id=ids.MAP_HONESTY, className="plain-words"),
            html.Div(
                html.Div(graph(ids.MAP, part.figure), className="map-sheet"),
                id=ids.MAP_BOX,
                className="map-box",
                style=part.style,
                role="group",
                **attributes(aria_labelledby=ids.MAP_TITLE, aria_describedby=ids.MAP_FINDING),
            ),
            html.Ul(
                part.legend,
                id=ids.MAP_LEGEND,
                className="legend",
                **attributes(aria_label=text.t(lang, "legend.title")),
            ),
            html.P(part.attribution, id=ids.MAP_ATTRIBUTION, className="attribution"),
            html.Div(
                [
                    period_bar(controls, selection),
                    html.P(text.t(lang, "map.help"), className="map-help"),
                ],
                className="map-foot",
            ),
            html.Details(
                [
                    html.Summary(text.t(lang, "map.table")),
                    html.Div(id=ids.MAP_TABLE, className="table-box", tabIndex=0),
                ],
                id=ids.MAP_TABLE_BOX,
            ),
        ],
        className="card map-card",
    )


def chart_section(chart_id: str, chart: Chart) -> html.Section:
    """Return a chart with its words; an empty one shows its sentence instead of blank axes."""
    return html.Section(
        [
            html.H3(chart.title, id=f"{chart_id}-title"),
            html.P(chart.subtitle, id=f"{chart_id}-subtitle", className="chart-subtitle"),
            html.Div(
                html.Div(
                    graph(chart_id, chart.figure),
                    id=f"{chart_id}-frame",
                    style={"height": f"{chart.figure['layout']['height']}px"},
                ),
                id=f"{chart_id}-box",
                className="chart-box",
                # A long chart scrolls in its box, by keyboard too.
                tabIndex=0,
                role="group",
                **attributes(aria_labelledby=f"{chart_id}-title"),
                hidden=bool(chart.empty),
            ),
            html.P(chart.empty, id=f"{chart_id}-empty", className="empty", hidden=not chart.empty),
            html.P(chart.caption, id=f"{chart_id}-caption", className="caption"),
        ],
        className="card",
    )
