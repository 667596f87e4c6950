"""Small maps of one area, one per period, all in the same classes."""

from typing import Any

from dashboard.figures.choropleth import NAMES, TINY, choropleth_figure
from dashboard.views.area import AreaView
from dashboard.views.frame import MapFrame
from indicators.atlas import Atlas


def small_map_figure(
    view: AreaView, frame: MapFrame, atlas: Atlas, *, lang: str, theme: str, selected: str = ""
) -> dict[str, Any]:
    """Draw the map of one period without names, which would cover a map this small."""
    figure = choropleth_figure(view, frame, atlas, lang=lang, theme=theme, selected=selected)
    data: list[dict[str, Any]] = figure["data"]
    data[NAMES] |= {"lon": [], "lat": [], "text": [], "visible": False}
    data[TINY]["marker"]["size"] = 7
    return figure


def geometry_addresses(figures: list[dict[str, Any]]) -> tuple[str, ...]:
    """Return the addresses of all geometry the maps need, each once."""
    addresses = [
        trace["geojson"] for figure in figures for trace in figure["data"] if "geojson" in trace
    ]
    return tuple(dict.fromkeys(addresses))
