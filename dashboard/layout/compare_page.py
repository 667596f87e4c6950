"""The comparison page: plans side by side, trends, and one area from within."""

from dataclasses import dataclass
from typing import Any

from dash import dcc, html

from dashboard import ids, text
from dashboard.layout.attributes import attributes
from dashboard.layout.charts import Chart, chart_section, graph, until_drawn
from dashboard.layout.parts import drawer, share_button
from dashboard.selection import Selection
from dashboard.views.compare import MOST_PERIODS

Children = Any


@dataclass(frozen=True, slots=True)
class MapsPart:
    """The small maps: figures to draw once their geometry is there, a title for each, and words."""

    made: dict[str, Any]
    titles: tuple[str, ...]
    words: Children
    legend: Children
    attribution: Children


@dataclass(frozen=True, slots=True)
class RankingPart:
    """The ranking of an area with its words; without a table where nothing was published."""

    words: Children
    table: Children
    caption: str


@dataclass(frozen=True, slots=True)
class ComparePart:
    """Everything the page shows that follows from its query."""

    headline: Children
    plans: Children
    trend: Chart
    area_title: Children
    strip: Chart
    maps: MapsPart
    ranking: RankingPart


@dataclass(frozen=True, slots=True)
class CompareControls:
    """The controls, made for a first view."""

    indicator: Children
    regions: Children
    area: Children
    periods: Children


def compare_page(
    selection: Selection,
    canonical: str,
    sort: str,
    controls: CompareControls,
    part: ComparePart,
    notices: Children,
) -> html.Div:
    """Return the whole page for a first view."""
    lang = selection.lang
    return html.Div(
        [
            dcc.Store(id=ids.CANONICAL, data=canonical),
            # A store reports what it holds when it appears, so it holds what the address says.
            dcc.Store(id=ids.COMPARE_SORT, data=sort),
            dcc.Store(id=ids.COMPARE_SELECTED, data=selection.selected),
            html.Div(
                [
                    *drawer(controls.indicator, lang),
                    html.Div(compare_share(selection, canonical), id=ids.COMPARE_SHARE_SLOT),
                ],
                className="page-top compare-top",
            ),
            html.Div(notices, id=ids.COMPARE_NOTICES, className="notices", role="status"),
            html.Section(
                [
                    html.Div(part.headline, id=ids.COMPARE_HEADLINE),
                    html.Div(
                        part.plans,
                        id=ids.COMPARE_PLANS,
                        className="table-box compare-plans-box",
                        tabIndex=0,
                        role="region",
                        **attributes(aria_label=text.t(lang, "compare.plans_table")),
                    ),
                ],
                className="card compare-card",
            ),
            _with_control(chart_section(ids.COMPARE_TREND, part.trend, lang), controls.regions),
            html.Div(
                [html.Div(part.area_title, id=ids.COMPARE_AREA_TITLE), controls.area],
                className="compare-area",
            ),
            html.Div(
                [
                    html.Div(
                        [
                            chart_section(ids.COMPARE_STRIP, part.strip, lang),
                            _maps(part.maps, controls.periods, lang),
                        ],
                        className="column-main",
                    ),
                    _ranking(part.ranking, lang),
                ],
                className="columns",
            ),
        ],
        className="map-page compare-page",
    )


def compare_share(selection: Selection, canonical: str) -> html.Button:
    """Return the button that copies the address with the words of this page."""
    button = share_button(selection)
    setattr(button, "data-query", canonical)
    return button


def _with_control(section: html.Section, control: Children) -> html.Section:
    """Put a control between the words of a chart and the chart, which comes right after h1."""
    title = section.children[0]
    section.children[0] = html.H2(title.children, id=title.id)
    section.children.insert(2, html.Div(control, className="compare-control"))
    return section


def _ranking(part: RankingPart, lang: str) -> html.Section:
    name = ids.COMPARE_RANKING
    return html.Section(
        [
            html.Div(part.words, id=f"{name}-words"),
            html.Div(
                part.table,
                id=f"{name}-table",
                className="table-box compare-ranking-box",
                tabIndex=0,
                role="region",
                **attributes(aria_label=text.t(lang, "compare.ranking_table")),
            ),
            html.P(part.caption, id=f"{name}-caption", className="caption"),
        ],
        id=name,
        className="card",
    )


def _maps(part: MapsPart, control: Children, lang: str) -> html.Section:
    return html.Section(
        [
            dcc.Store(id=ids.COMPARE_MAPS_MADE, data=part.made),
            html.Div(part.words, id=f"{ids.COMPARE_MAPS}-words"),
            html.Div(control, className="compare-control"),
            html.Div(
                [_slot(index, part, lang) for index in range(MOST_PERIODS)], className="small-maps"
            ),
            html.Ul(
                part.legend,
                id=f"{ids.COMPARE_MAPS}-legend",
                className="legend compare-legend",
                **attributes(aria_label=text.t(lang, "legend.title")),
            ),
            html.P(part.attribution, id=f"{ids.COMPARE_MAPS}-attribution", className="attribution"),
        ],
        className="card",
    )


def map_id(index: int) -> str:
    """Return the id of one of the small maps."""
    return f"{ids.COMPARE_MAPS}-{index}"


def _slot(index: int, part: MapsPart, lang: str) -> html.Figure:
    title = part.titles[index] if index < len(part.titles) else ""
    return html.Figure(
        [
            html.Figcaption(title, id=f"{map_id(index)}-title"),
            html.Div(
                [graph(map_id(index), {"data": [], "layout": {}}), until_drawn(lang)],
                className="small-map",
                **attributes(data_frame="map"),
            ),
        ],
        id=f"{map_id(index)}-slot",
        hidden=not title,
    )
