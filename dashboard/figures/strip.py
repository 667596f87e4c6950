"""How the regions of an area spread: one dot each, with the area's own value and target."""

from typing import Any

from dashboard import text
from dashboard.figures import labels
from dashboard.theme import Palette, palette, plotly_layout
from dashboard.views.area import AreaRow
from dashboard.views.compare_area import StripView
from indicators.records import Observation

# The width the dots are laid out for; a wider screen only leaves more room between them.
_WIDTH = 640
_TOP, _BOTTOM = 64, 40
_MOST_NAMED = 5
# Rows of dots that the names under them take up.
_NAME_ROWS = 3.2
# Pixels above the dots at which the words of the target and of the area's own value stand.
_TARGET_LIFT, _OWN_LIFT = 38, 14


def strip_figure(view: StripView, *, lang: str, theme: str) -> dict[str, Any]:
    """Draw the dots side by side where values are close, the marked ones with their names."""
    colours = palette(theme)
    rows = sorted(view.rows, key=_value)
    size = 13 if len(rows) <= 60 else 9 if len(rows) <= 200 else 6
    reach = _reach(view)
    levels = swarm([_value(row) for row in rows], size + 2, reach)
    half = max((abs(level) for level in levels), default=0.0) + 1.2
    low = -half - (_NAME_ROWS if view.marked else 0)
    height = (half - low) * (size + 2)
    layout = plotly_layout(theme)
    layout |= {
        "height": round(_TOP + _BOTTOM + height),
        "margin": {"l": 12, "r": 12, "t": _TOP, "b": _BOTTOM},
        "hovermode": "closest",
        "xaxis": layout["xaxis"]
        | {"range": reach, "nticks": 7}
        | {"ticksuffix": "%" if view.area.indicator.unit == "%" else ""}
        | {"separatethousands": True, "exponentformat": "none"},
        "yaxis": layout["yaxis"] | {"range": [low, half], "visible": False},
        "shapes": _lines(view, height, colours),
        "annotations": [
            *_line_words(view, reach, lang, colours),
            *_names(rows, levels, view, low, lang, colours),
        ],
    }
    return {"data": [_dots(rows, levels, size, view, lang, colours)], "layout": layout}


def swarm(values: list[float], diameter: float, reach: list[float]) -> list[float]:
    """Return how many rows above or below the middle each of the ascending values stands."""
    scale = _WIDTH / (reach[1] - reach[0])
    taken: dict[int, float] = {}
    levels = []
    for value in values:
        x = value * scale
        step = 0
        while taken.get(_level(step), float("-inf")) > x - diameter:
            step += 1
        taken[_level(step)] = x
        levels.append(float(_level(step)))
    return levels


def _level(step: int) -> int:
    """Return the rows in the order they are filled: 0, 1, -1, 2, -2 and so on."""
    return (step + 1) // 2 if step % 2 else -(step // 2)


def _value(row: AreaRow) -> float:
    return row.observation.value if row.observation else 0.0


def _reach(view: StripView) -> list[float]:
    values = [_value(row) for row in view.rows]
    values += [view.own.value] if view.own else []
    values += [view.held.target.value] if view.held else []
    if not values:
        return [0.0, 1.0]
    low, high = min(values), max(values)
    room = (high - low) or abs(high) * 0.1 or 1.0
    return [low - 0.08 * room, high + 0.08 * room]


def _dots(
    rows: list[AreaRow],
    levels: list[float],
    size: int,
    view: StripView,
    lang: str,
    colours: Palette,
) -> dict[str, Any]:
    marked = [row.region.adcode in view.marked for row in rows]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [_value(row) for row in rows],
        "y": levels,
        "ids": [row.region.adcode for row in rows],
        "customdata": [_hover(row, view, lang) for row in rows],
        "hovertemplate": "%{customdata}<extra></extra>",
        "marker": {
            "size": [size + 5 if is_marked else size for is_marked in marked],
            "symbol": ["diamond" if is_marked else "circle" for is_marked in marked],
            "color": [colours.accent if is_marked else colours.ramp[2] for is_marked in marked],
            "opacity": 1,
            "line": {"color": colours.surface, "width": 1},
        },
        "cliponaxis": False,
    }


def _hover(row: AreaRow, view: StripView, lang: str) -> str:
    name = labels.region_name(lang, row.region)
    rank = text.t(lang, "hover.rank", rank=row.rank, count=view.area.published)
    return f"<b>{name}</b>　{_quantity(row.observation, view, lang)}　{rank}"


def _quantity(observation: Observation | None, view: StripView, lang: str) -> str:
    unit = view.area.indicator.unit
    return labels.observed(lang, observation, unit) if observation else ""


def _lines(view: StripView, height: float, colours: Palette) -> list[dict[str, Any]]:
    """Draw each line up to its words."""
    lines = []
    if view.own:
        top = 1 + _OWN_LIFT / height
        lines.append(_line(view.own.value, top, colours.ink_soft, "dash"))
    if view.held:
        top = 1 + _TARGET_LIFT / height
        lines.append(_line(view.held.target.value, top, colours.ink, "solid"))
    return lines


def _line(at: float, top: float, colour: str, dash: str) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": at,
        "x1": at,
        "y0": 0,
        "y1": top,
        "layer": "below",
        "line": {"color": colour, "width": 2, "dash": dash},
    }


def _line_words(
    view: StripView, reach: list[float], lang: str, colours: Palette
) -> list[dict[str, Any]]:
    """Write what the lines mean above them, each in a row of its own."""
    words = []
    if view.held:
        target = view.held.target
        promise = labels.promised(lang, target)
        said = text.t(lang, "ranking.target", year=target.year, promise=promise)
        if view.held.inherited:
            said += text.t(lang, "target.inherited_mark")
        words.append(_words_at(target.value, said, _TARGET_LIFT, reach, colours.ink))
    if view.own:
        name = labels.region_short(lang, view.area.area)
        value = _quantity(view.own, view, lang)
        said = text.t(lang, "compare.own_value", area=name, value=value)
        words.append(_words_at(view.own.value, said, _OWN_LIFT, reach, colours.ink_soft))
    return words


def _words_at(x: float, words: str, lift: int, reach: list[float], colour: str) -> dict[str, Any]:
    share = (x - reach[0]) / (reach[1] - reach[0])
    return {
        "x": x,
        "y": 1,
        "xref": "x",
        "yref": "paper",
        "xanchor": "left" if share < 0.25 else "right" if share > 0.75 else "center",
        "yanchor": "bottom",
        "yshift": lift - 2,
        "text": words,
        "showarrow": False,
        "font": {"size": 13, "color": colour},
    }


def _names(
    rows: list[AreaRow],
    levels: list[float],
    view: StripView,
    low: float,
    lang: str,
    colours: Palette,
) -> list[dict[str, Any]]:
    """Name the marked dots in two rows under all dots, with a thin line up to each."""
    named = [
        (row, level)
        for row, level in zip(rows, levels, strict=True)
        if row.region.adcode in view.marked
    ][:_MOST_NAMED]
    return [
        {
            "x": _value(row),
            "y": level,
            "ax": _value(row),
            "ay": low + (0.8 if index % 2 else 2.0),
            "axref": "x",
            "ayref": "y",
            "text": f"<b>{labels.region_short(lang, row.region)}</b>",
            "showarrow": True,
            "arrowhead": 0,
            "arrowwidth": 1,
            "arrowcolor": colours.accent,
            "standoff": 8,
            "font": {"size": 13, "color": colours.accent},
        }
        for index, (row, level) in enumerate(named)
    ]
