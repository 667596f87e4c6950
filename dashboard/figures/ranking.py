"""The ranking of an area's regions, with the target as a line."""

from typing import Any

from dashboard import text
from dashboard.figures import labels
from dashboard.theme import Palette, palette, plotly_layout
from dashboard.views.area import AreaRow, AreaView

ROW_HEIGHT = 26
_AXIS_HEIGHT = 30
# Room above the bars: a little, or as much as the words of the target take.
_EDGE, _WORDS_HEIGHT = 4, 26
# Beyond this many regions only both ends are drawn; the table behind the map has them all.
MOST_ROWS = 40

_VALUE_AXIS = {
    "rangemode": "tozero",
    "nticks": 5,
    "separatethousands": True,
    "exponentformat": "none",
}


def ranking_figure(view: AreaView, *, lang: str, theme: str, selected: str = "") -> dict[str, Any]:
    """Draw the regions with a value from best to worst, the selected one in the accent colour."""
    colours = palette(theme)
    rows = shown_rows(view, selected)
    layout = plotly_layout(theme)
    names = [_label(row, lang) for row in rows]
    values = [row.observation.value for row in rows if row.observation]
    words = _target_words(view, lang, colours)
    top = _WORDS_HEIGHT if words else _EDGE
    layout |= {
        "height": max(len(rows), 1) * ROW_HEIGHT + _AXIS_HEIGHT + top,
        "margin": {"l": 8, "r": 56, "t": top, "b": 8},
        "bargap": 0.3,
        "xaxis": layout["xaxis"] | _VALUE_AXIS,
        "yaxis": layout["yaxis"]
        | {
            "autorange": "reversed",
            "tickvals": list(range(len(rows))),
            "ticktext": names,
            "showgrid": False,
            "tickfont": {"color": colours.ink, "size": 13},
        },
        "shapes": _target_line(view, colours),
        "annotations": words,
    }
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(rows))),
        "x": values,
        "ids": [row.region.adcode for row in rows],
        "text": [
            labels.observed(lang, row.observation, view.indicator.unit)
            for row in rows
            if row.observation
        ],
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"size": 13, "color": colours.ink},
        "customdata": [row.region.adcode for row in rows],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "color": [
                colours.accent if row.region.adcode == selected else colours.ramp[2] for row in rows
            ],
            "opacity": [
                1 if row.region.adcode == selected or not selected else 0.75 for row in rows
            ],
        },
    }
    return {"data": [bars], "layout": layout}


def shown_rows(view: AreaView, selected: str) -> tuple[AreaRow, ...]:
    """Return the rows the chart draws: all, or both ends and the selected one."""
    ranked = view.ranked
    if len(ranked) <= MOST_ROWS:
        return ranked
    half = MOST_ROWS // 2
    ends = {row.region.adcode for row in (*ranked[:half], *ranked[-half:])}
    return tuple(row for row in ranked if row.region.adcode in ends | {selected})


def _label(row: AreaRow, lang: str) -> str:
    return f"{row.rank}　{labels.region_short(lang, row.region)}"


def shared_target(view: AreaView) -> AreaRow | None:
    """Return a row whose target holds for every region shown, None where targets differ."""
    held = [row for row in view.rows if row.verdict.target is not None]
    distinct = {row.verdict.target for row in held}
    return held[0] if len(distinct) == 1 and len(held) == len(view.rows) else None


def _target_line(view: AreaView, colours: Palette) -> list[dict[str, Any]]:
    row = shared_target(view)
    if row is None or row.verdict.target is None:
        return []
    at = row.verdict.target.value
    return [
        {
            "type": "line",
            "xref": "x",
            "yref": "paper",
            "x0": at,
            "x1": at,
            "y0": 0,
            "y1": 1,
            "line": {"color": colours.ink, "width": 2},
        }
    ]


def _target_words(view: AreaView, lang: str, colours: Palette) -> list[dict[str, Any]]:
    row = shared_target(view)
    if row is None or row.verdict.target is None:
        return []
    target = row.verdict.target
    words = text.t(lang, "ranking.target", year=target.year, promise=labels.promised(lang, target))
    return [
        {
            "x": target.value,
            "y": 1,
            "xref": "x",
            "yref": "paper",
            "yanchor": "bottom",
            "xanchor": "right",
            "text": words,
            "showarrow": False,
            "font": {"size": 13, "color": colours.ink},
        }
    ]
