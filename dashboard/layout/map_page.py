"""The map page: finding, map, period, ranking, and the side panels."""

from dataclasses import dataclass
from typing import Any

from dash import dcc, html

from dashboard import ids, text
from dashboard.layout.attributes import attributes
from dashboard.layout.charts import Chart, Figure, chart_section, graph, until_drawn
from dashboard.layout.controls import controls_bar, period_bar
from dashboard.layout.parts import breadcrumb, drawer, share_button
from dashboard.selection import Selection
from dashboard.views.controls import ControlsView

Children = Any


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
                            chart_section(ids.RANKING, panels.ranking, lang),
                        ],
                        className="column-main",
                    ),
                    html.Div(
                        [
                            html.Section(panels.card, id=ids.REGION_CARD, className="card"),
                            chart_section(ids.TARGET, panels.target, lang),
                            chart_section(ids.TREND, panels.trend, lang),
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


def _map_section(selection: Selection, controls: ControlsView, part: MapPart) -> html.Section:
    lang = selection.lang
    return html.Section(
        [
            dcc.Store(id=ids.MAP_DRAWN, data=selection.query()),
            html.H1(part.finding, id=ids.MAP_FINDING),
            html.P(part.title, id=ids.MAP_TITLE, className="chart-subtitle"),
            html.Div(part.plain_words, id=ids.MAP_HONESTY, className="plain-words"),
            html.Div(
                [
                    html.Div(graph(ids.MAP, part.figure), className="map-sheet"),
                    until_drawn(lang),
                ],
                id=ids.MAP_BOX,
                className="map-box",
                style=part.style,
                role="group",
                **attributes(
                    aria_labelledby=ids.MAP_TITLE,
                    aria_describedby=ids.MAP_FINDING,
                    data_frame="map",
                ),
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
