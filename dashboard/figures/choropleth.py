"""The map: values by class on geometry the browser fetches by address."""

from dataclasses import dataclass
from typing import Any

from dashboard import text
from dashboard.figures import labels
from dashboard.figures.colours import class_colours, readable
from dashboard.figures.hover import heading, hover_text, shared_lines
from dashboard.selection import View
from dashboard.theme import SYMBOLS, Palette, palette, plotly_layout
from dashboard.views.area import BLANKS, AreaRow, AreaView, shade_count
from dashboard.views.frame import Box, MapFrame
from geodata.codes import NATION
from indicators.atlas import Atlas
from indicators.attainment import State

# Order of the traces; a change of period rewrites parts of those from REGIONS on.
NEIGHBOURS, REGIONS, TINY, NAMES, SELECTED, INSET = range(6)
# Symbols on more regions than this would cover the map they explain.
_MOST_SYMBOLS = 60

INSET_DOMAIN = {"x": [0.845, 0.995], "y": [0.015, 0.33]}


@dataclass(frozen=True, slots=True)
class MapValues:
    """What changes with the period: plain numbers and texts, in the order of the regions.

    ``template`` carries the lines all regions share, so that ``hover`` holds only what differs.
    """

    shades: tuple[int, ...]
    hover: tuple[str, ...]
    headings: tuple[str, ...]
    template: str
    names: tuple[str, ...]
    name_colours: tuple[str, ...]
    named: tuple[int, ...]
    tiny: tuple[int, ...]
    scale: dict[str, Any]


def choropleth_figure(
    view: AreaView, frame: MapFrame, atlas: Atlas, *, lang: str, theme: str, selected: str = ""
) -> dict[str, Any]:
    """Draw a map as a Plotly figure; geometry stays behind its address."""
    colours = palette(theme)
    values = map_values(view, frame, atlas, lang=lang, theme=theme)
    scale = values.scale
    regions = {
        "type": "choropleth",
        "geojson": frame.geometry_url,
        "locations": [region.adcode for region in frame.regions],
        "z": list(values.shades),
        "text": list(values.headings),
        "customdata": list(values.hover),
        "hovertemplate": values.template,
        "marker": {"line": {"color": colours.border, "width": _border_width(frame)}},
        **scale,
    }
    data = [
        _neighbours(frame, colours),
        regions,
        _tiny(frame, values, scale, colours),
        _names(frame, values),
        _selected(frame, selected, colours),
    ]
    if frame.inset:
        data += _inset(frame, values, scale, colours)
    return {"data": data, "layout": _layout(frame, colours, theme)}


def map_values(
    view: AreaView, frame: MapFrame, atlas: Atlas, *, lang: str, theme: str
) -> MapValues:
    """Return class numbers, hover texts, names and their colours."""
    colours = palette(theme)
    fills = (*class_colours(view, colours), *(colours.states[state] for state in BLANKS))
    shades = tuple(_shade(row, view) for row in view.rows)
    named = _named_rows(view, frame)
    shared = shared_lines(view, atlas, lang)
    return MapValues(
        shades=shades,
        hover=tuple(hover_text(row, view, atlas, lang, shared) for row in view.rows),
        headings=tuple(heading(row, view, atlas, lang) for row in view.rows),
        template="<br>".join(("<b>%{text}</b>", "%{customdata}", *shared)) + "<extra></extra>",
        names=tuple(_name(view.rows[index], view, frame, lang) for index in named),
        name_colours=tuple(readable(fills[shades[index]]) for index in named),
        named=named,
        tiny=_tiny_rows(view, frame),
        scale=_colour_scale(view, colours),
    )


def _tiny_rows(view: AreaView, frame: MapFrame) -> tuple[int, ...]:
    """Choose the rows that get a mark; among very many regions marks would hide the map."""
    if len(frame.tiny) > _MOST_SYMBOLS:
        return ()
    return tuple(index for index, row in enumerate(view.rows) if row.region.adcode in frame.tiny)


def _named_rows(view: AreaView, frame: MapFrame) -> tuple[int, ...]:
    """Choose the rows that carry a name; verdicts need a symbol beside every colour."""
    if view.view is View.ATTAINMENT and len(view.rows) <= _MOST_SYMBOLS:
        return tuple(range(len(view.rows)))
    return tuple(index for index, row in enumerate(view.rows) if row.region.adcode in frame.named)


def _shade(row: AreaRow, view: AreaView) -> int:
    if row.shade is not None:
        return row.shade
    return shade_count(view.view, view.bounds) + BLANKS.index(row.blank or State.NO_ACTUAL)


def _colour_scale(view: AreaView, colours: Palette) -> dict[str, Any]:
    fills = (*class_colours(view, colours), *(colours.states[state] for state in BLANKS))
    count = len(fills)
    steps: list[list[Any]] = []
    for index, fill in enumerate(fills):
        steps += [[index / count, fill], [(index + 1) / count, fill]]
    return {"colorscale": steps, "zmin": -0.5, "zmax": count - 0.5, "showscale": False}


def _name(row: AreaRow, view: AreaView, frame: MapFrame, lang: str) -> str:
    code = row.region.adcode
    name = labels.region_short(lang, row.region) if code in frame.named else ""
    if view.view is View.ATTAINMENT:
        symbol = SYMBOLS[list(State)[row.shade or 0]]
        return f"{name}<br>{symbol}" if name and code in frame.roomy else symbol
    if row.observation is None or code not in frame.roomy or view.view is not View.VALUE:
        return name
    return f"{name}<br>{text.number(row.observation.value)}"


def _border_width(frame: MapFrame) -> float:
    return 0.25 if len(frame.regions) > 600 else 0.5 if len(frame.regions) > 150 else 0.9


def _neighbours(frame: MapFrame, colours: Palette) -> dict[str, Any]:
    return {
        "type": "choropleth",
        "geojson": frame.neighbours_url or frame.geometry_url,
        "locations": list(frame.neighbours),
        "z": [0] * len(frame.neighbours),
        "colorscale": [[0, colours.land], [1, colours.land]],
        "showscale": False,
        "hoverinfo": "skip",
        "marker": {"line": {"color": colours.land_border, "width": 0.7}},
    }


def _tiny(
    frame: MapFrame, values: MapValues, scale: dict[str, Any], colours: Palette
) -> dict[str, Any]:
    """Give regions too small to hit a round target in their own colour."""
    regions = [frame.regions[index] for index in values.tiny]
    return {
        "type": "scattergeo",
        "mode": "markers",
        **positions(frame, values.tiny),
        "ids": [region.adcode for region in regions],
        "text": [values.headings[index] for index in values.tiny],
        "customdata": [values.hover[index] for index in values.tiny],
        "hovertemplate": values.template,
        "marker": {
            "size": 12,
            "color": [values.shades[index] for index in values.tiny],
            "colorscale": scale["colorscale"],
            "cmin": scale["zmin"],
            "cmax": scale["zmax"],
            "line": {"color": colours.border, "width": 1},
        },
        "visible": bool(regions),
    }


def positions(frame: MapFrame, rows: tuple[int, ...]) -> dict[str, list[float]]:
    """Return where the names or marks of some rows stand."""
    return {
        "lon": [round(frame.regions[index].longitude, 3) for index in rows],
        "lat": [round(frame.regions[index].latitude, 3) for index in rows],
    }


def _names(frame: MapFrame, values: MapValues) -> dict[str, Any]:
    return {
        "type": "scattergeo",
        "mode": "text",
        **positions(frame, values.named),
        "text": list(values.names),
        "textfont": {"size": 13, "color": list(values.name_colours), "shadow": "none"},
        "hoverinfo": "skip",
    }


def _selected(frame: MapFrame, selected: str, colours: Palette) -> dict[str, Any]:
    return {
        "type": "choropleth",
        "geojson": _again(frame.geometry_url, "selected"),
        "locations": [selected] if selected else [],
        "z": [0] if selected else [],
        "visible": bool(selected),
        "colorscale": [[0, "rgba(0,0,0,0)"], [1, "rgba(0,0,0,0)"]],
        "showscale": False,
        "hoverinfo": "skip",
        "marker": {"line": {"color": colours.ink, "width": 2.5}},
    }


def _again(address: str, use: str) -> str:
    """Name the same file for a second trace.

    Plotly lets a trace wait five seconds at most for an address another trace has asked for, and
    then draws nothing at all. A fragment makes it ask by itself; the browser has one copy anyway.
    """
    return f"{address}#{use}"


def _geo(box: Box, *, nation: bool) -> dict[str, Any]:
    projection: dict[str, Any] = {"type": "mercator"}
    if nation:
        projection = {
            "type": "conic equal area",
            "parallels": [25, 47],
            "rotation": {"lon": 105},
        }
    return {
        "visible": False,
        # Several maps in one figure are stacked by default; this one takes all the room.
        "domain": {"x": [0, 1], "y": [0, 1]},
        "bgcolor": "rgba(0,0,0,0)",
        "projection": projection,
        "lonaxis": {"range": [box[0], box[2]]},
        "lataxis": {"range": [box[1], box[3]]},
    }


def _layout(frame: MapFrame, colours: Palette, theme: str) -> dict[str, Any]:
    layout = plotly_layout(theme)
    layout |= {
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "geo": _geo(frame.box, nation=f"/{NATION}-" in frame.geometry_url),
        "uirevision": frame.geometry_url,
    }
    if frame.inset:
        layout["geo2"] = _geo(frame.inset, nation=False) | {"domain": INSET_DOMAIN}
        layout["shapes"] = [
            {
                "type": "rect",
                "xref": "paper",
                "yref": "paper",
                "x0": INSET_DOMAIN["x"][0],
                "x1": INSET_DOMAIN["x"][1],
                "y0": INSET_DOMAIN["y"][0],
                "y1": INSET_DOMAIN["y"][1],
                "line": {"color": colours.ink_soft, "width": 1},
            }
        ]
    return layout


def _inset(
    frame: MapFrame, values: MapValues, scale: dict[str, Any], colours: Palette
) -> list[dict[str, Any]]:
    """Draw the islands of the South China Sea with the dashed line."""
    islands = {
        "type": "choropleth",
        "geo": "geo2",
        "geojson": _again(frame.geometry_url, "inset"),
        "locations": [region.adcode for region in frame.regions],
        "z": list(values.shades),
        "hoverinfo": "skip",
        "marker": {"line": {"color": colours.ink_soft, "width": 0.4}},
        **scale,
    }
    return [islands, _dashed(frame, "geo", colours), _dashed(frame, "geo2", colours)]


def _dashed(frame: MapFrame, geo: str, colours: Palette) -> dict[str, Any]:
    return {
        "type": "scattergeo",
        "mode": "lines",
        "geo": geo,
        "lon": [point[0] for point in frame.dashes],
        "lat": [point[1] for point in frame.dashes],
        "line": {"color": colours.ink_soft, "width": 1.2},
        "hoverinfo": "skip",
    }
