"""Charts in their frames, and what stands there while a chart is on its way or did not come."""

from dataclasses import dataclass
from typing import Any

from dash import dcc, html

from dashboard import text
from dashboard.layout.attributes import attributes

Figure = dict[str, Any]

GRAPH_CONFIG: Any = {
    "displayModeBar": False,
    "scrollZoom": False,
    "doubleClick": False,
    "responsive": True,
    "showTips": False,
}


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its title, subtitle, caption, and what stands in its place when it is empty."""

    figure: Figure
    title: str
    subtitle: str
    caption: str
    empty: str


def graph(component_id: str, figure: Figure) -> dcc.Graph:
    """Return a chart that fills its frame; the frame holds the height before the chart is there."""
    return dcc.Graph(
        id=component_id,
        figure=figure,
        config=GRAPH_CONFIG,
        responsive=True,
        style={"height": "100%"},
    )


def until_drawn(lang: str) -> html.Div:
    """Return what lies over a frame until the script marks the frame as drawn.

    The frame carries ``data-frame``: ``map`` where geometry is fetched, ``chart`` elsewhere. The
    script writes the words; each component here would make every change of the page dearer.
    """
    words = {name: text.t(lang, f"chart.{name}") for name in ("waiting", "failed", "reload")}
    return html.Div(
        className="frame-note",
        role="status",
        **attributes(**{f"data_{name}": said for name, said in words.items()}),
    )


def chart_section(chart_id: str, chart: Chart, lang: str) -> html.Section:
    """Return a chart with its words; an empty one shows its sentence instead of blank axes."""
    return html.Section(
        [
            html.H3(chart.title, id=f"{chart_id}-title"),
            html.P(chart.subtitle, id=f"{chart_id}-subtitle", className="chart-subtitle"),
            html.Div(
                [
                    html.Div(
                        graph(chart_id, chart.figure),
                        id=f"{chart_id}-frame",
                        style={"height": f"{chart.figure['layout']['height']}px"},
                    ),
                    until_drawn(lang),
                ],
                id=f"{chart_id}-box",
                className="chart-box",
                # A long chart scrolls in its box, by keyboard too.
                tabIndex=0,
                role="group",
                **attributes(aria_labelledby=f"{chart_id}-title", data_frame="chart"),
                hidden=bool(chart.empty),
            ),
            html.P(chart.empty, id=f"{chart_id}-empty", className="empty", hidden=not chart.empty),
            html.P(chart.caption, id=f"{chart_id}-caption", className="caption"),
        ],
        className="card",
    )
