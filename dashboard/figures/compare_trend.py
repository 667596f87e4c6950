"""Several trends in one chart: names at the ends of the lines, targets as diamonds."""

from collections import Counter
from typing import Any

from dashboard import text
from dashboard.figures import labels
from dashboard.figures.trend import date_of
from dashboard.theme import Palette, palette, plotly_layout
from dashboard.views.compare_trend import CompareTrendView, TrendLine
from indicators.periods import year_period
from indicators.records import Observation, Target

HEIGHT = 420
_TOP, _BOTTOM = 16, 32
_LABEL_HEIGHT = 19
# Colours, dashes and markers go round with different lengths, so that no two lines share all.
_DASHES = ("solid", "dash", "solid", "dashdot", "solid", "longdash", "solid")
_SYMBOLS = ("circle", "square", "triangle-up", "triangle-down", "cross", "star", "hexagon")


def compare_trend_figure(view: CompareTrendView, *, lang: str, theme: str) -> dict[str, Any]:
    """Draw the chosen lines in colour, those of the areas around them faintly beneath."""
    colours = palette(theme)
    layout = plotly_layout(theme)
    first, last = _years(view)
    reach = _reach(view)
    layout |= {
        "height": HEIGHT,
        "margin": {"l": 8, "r": _label_room(view, lang), "t": _TOP, "b": _BOTTOM},
        "hovermode": "closest",
        "xaxis": layout["xaxis"]
        | {
            "type": "date",
            "showgrid": False,
            "ticklabelmode": "period",
            "dtick": f"M{12 * max(1, round((last - first) / 6))}",
            "tickformat": "%Y",
            "range": [f"{first:04d}-01-01", _edge(last)],
        },
        "yaxis": layout["yaxis"]
        | {"range": reach, "nticks": 6, "ticksuffix": "%" if view.indicator.unit == "%" else ""}
        | {"separatethousands": True, "exponentformat": "none"},
        "shapes": _break_lines(view, colours),
        "annotations": _end_labels(view, reach, _edge(last), lang, colours),
    }
    rings: Counter[tuple[int, float]] = Counter()
    data = [
        trace
        for line in view.lines
        for trace in _traces(line, view.indicator.unit, lang, colours, rings)
    ]
    return {"data": data, "layout": layout}


def colour_of(line: TrendLine, colours: Palette) -> str:
    """Return the colour of a line, the same in the chart and beside its name."""
    if line.index is None:
        return colours.ink_soft
    return colours.categorical[line.index % len(colours.categorical)]


def _edge(last: int) -> str:
    return f"{last + 1:04d}-01-20"


def _years(view: CompareTrendView) -> tuple[int, int]:
    years = [item.period.year for line in view.lines for item in _values(line)]
    years += [target.year for line in view.lines for target in line.targets]
    return (min(years), max(years)) if years else (2015, 2020)


def _values(line: TrendLine) -> list[Observation]:
    return [item for run in line.runs for item in run] + list(line.shorter)


def _reach(view: CompareTrendView) -> list[float]:
    values = [item.value for line in view.lines for item in _values(line)]
    values += [target.value for line in view.lines for target in line.targets]
    if not values:
        return [0.0, 1.0]
    low, high = min(values), max(values)
    room = (high - low) or abs(high) * 0.1 or 1.0
    return [low - 0.1 * room, high + 0.1 * room]


def _traces(
    line: TrendLine, unit: str, lang: str, colours: Palette, rings: Counter[tuple[int, float]]
) -> list[dict[str, Any]]:
    colour = colour_of(line, colours)
    faint = line.index is None
    index = line.index or 0
    symbol = _SYMBOLS[index % len(_SYMBOLS)]
    shared = {
        "type": "scatter",
        "name": labels.region_name(lang, line.region),
        "hovertemplate": "%{customdata}<extra></extra>",
        "opacity": 0.55 if faint else 1,
    }
    traces = [
        shared
        | _points(list(run), line, unit, lang)
        | {
            "mode": "lines+markers",
            "line": {
                "color": colour,
                "width": 1.5 if faint else 2.5,
                "dash": "dot" if faint else _DASHES[index % len(_DASHES)],
            },
            "marker": {"symbol": "circle" if faint else symbol, "size": 4 if faint else 8},
        }
        for run in line.runs
    ]
    if line.shorter:
        dots = {"mode": "markers", "marker": {"color": colour, "size": 6, "opacity": 0.7}}
        traces.append(shared | _points(list(line.shorter), line, unit, lang) | dots)
    if line.targets:
        traces.append(shared | _diamonds(line, lang, colour, rings))
    return traces


def _points(items: list[Observation], line: TrendLine, unit: str, lang: str) -> dict[str, Any]:
    name = labels.region_name(lang, line.region)
    return {
        "x": [date_of(item.period) for item in items],
        "y": [item.value for item in items],
        "customdata": [
            f"<b>{name}</b>　{text.period(lang, item.period)}　{labels.observed(lang, item, unit)}"
            for item in items
        ],
    }


def _diamonds(
    line: TrendLine, lang: str, colour: str, rings: Counter[tuple[int, float]]
) -> dict[str, Any]:
    name = labels.region_name(lang, line.region)
    sizes = []
    for target in line.targets:
        # Equal targets of several plans lie on one another; rings of growing size show them all.
        sizes.append(11 + 8 * rings[target.year, target.value])
        rings[target.year, target.value] += 1
    return {
        "mode": "markers",
        "x": [date_of(year_period(target.year)) for target in line.targets],
        "y": [target.value for target in line.targets],
        "customdata": [f"<b>{name}</b>　{_promise(target, lang)}" for target in line.targets],
        "marker": {
            "symbol": "diamond-open",
            "size": sizes,
            "color": colour,
            "line": {"width": 2},
        },
        "cliponaxis": False,
    }


def _promise(target: Target, lang: str) -> str:
    return text.t(lang, "hover.target", year=target.year, promise=labels.promised(lang, target))


def _break_lines(view: CompareTrendView, colours: Palette) -> list[dict[str, Any]]:
    return [
        {
            "type": "line",
            "xref": "x",
            "yref": "paper",
            "x0": f"{change.first_period.year:04d}-01-01",
            "x1": f"{change.first_period.year:04d}-01-01",
            "y0": 0,
            "y1": 1,
            "layer": "below",
            "line": {"color": colours.ink_soft, "width": 1, "dash": "dash"},
        }
        for change in view.breaks
    ]


# ---------------------------------------------------------------- names at the ends of lines


def _label(line: TrendLine, lang: str) -> str:
    name = labels.region_short(lang, line.region)
    if line.latest is None:
        return f"{name} ◇ {text.number(line.targets[-1].value)}"
    # A value for some months is no yearly one; it is told on hovering only.
    return f"{name} {text.number(line.latest.value)}" if line.runs else name


def _label_room(view: CompareTrendView, lang: str) -> int:
    """Return the width the longest name needs, within what a phone can spare."""
    names = [_label(line, lang) for line in view.lines] or [""]
    wide = max(sum(15 if ord(sign) > 0x2E80 else 8 for sign in name) for name in names)
    return min(max(wide + 16, 60), 150)


def _end(line: TrendLine) -> tuple[str, float]:
    if line.latest is not None:
        return date_of(line.latest.period), line.latest.value
    return date_of(year_period(line.targets[-1].year)), line.targets[-1].value


def _end_labels(
    view: CompareTrendView, reach: list[float], edge: str, lang: str, colours: Palette
) -> list[dict[str, Any]]:
    """Write each name at the right edge, with a thin line to where its own line ends."""
    lines = sorted(view.lines, key=lambda line: _end(line)[1])
    per_value = (HEIGHT - _TOP - _BOTTOM) / (reach[1] - reach[0])
    wanted = [(_end(line)[1] - reach[0]) * per_value for line in lines]
    heights = spread(wanted, _LABEL_HEIGHT, HEIGHT - _TOP - _BOTTOM)
    return [
        _end_label(line, reach[0] + height / per_value, edge, lang, colours)
        for line, height in zip(lines, heights, strict=True)
    ]


def spread(wanted: list[float], apart: float, room: float) -> list[float]:
    """Move ascending heights as little as needed so that neighbours stand apart, within a room."""
    placed: list[float] = []
    for height in wanted:
        placed.append(max(height, placed[-1] + apart) if placed else max(height, 0.0))
    ceiling = room
    for index in range(len(placed) - 1, -1, -1):
        placed[index] = min(placed[index], ceiling)
        ceiling = placed[index] - apart
    return placed


def _end_label(
    line: TrendLine, height: float, edge: str, lang: str, colours: Palette
) -> dict[str, Any]:
    colour = colour_of(line, colours)
    x, y = _end(line)
    return {
        "x": x,
        "y": y,
        "ax": edge,
        "ay": height,
        "axref": "x",
        "ayref": "y",
        "xanchor": "left",
        "align": "left",
        "text": _label(line, lang),
        "showarrow": True,
        "arrowhead": 0,
        "arrowwidth": 0.75,
        "arrowcolor": colours.hairline,
        "standoff": 7,
        "font": {"size": 13, "color": colour},
    }
