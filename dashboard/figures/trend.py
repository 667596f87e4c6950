"""The trend of one region and indicator, with its targets and the line of due values."""

from typing import Any

from dashboard import text
from dashboard.figures import labels
from dashboard.theme import Palette, palette, plotly_layout
from dashboard.views.focus import TrendView
from indicators.atlas import HeldTarget
from indicators.periods import Period, PeriodKind, year_period
from indicators.records import Observation

HEIGHT = 236


def trend_figure(view: TrendView, *, lang: str, theme: str) -> dict[str, Any]:
    """Draw yearly values as a line, shorter periods as points, targets as diamonds."""
    colours = palette(theme)
    layout = plotly_layout(theme)
    layout |= {
        "height": HEIGHT,
        "margin": {"l": 8, "r": 12, "t": 12, "b": 8},
        "xaxis": layout["xaxis"]
        | {
            "type": "date",
            "showgrid": False,
            "ticklabelmode": "period",
            "dtick": f"M{12 * _year_step(view)}",
            "tickformat": "%Y",
            "range": _span(view),
        },
        "yaxis": layout["yaxis"]
        | {"range": _reach(view)}
        | {"nticks": 5, "ticksuffix": _suffix(view)}
        | {"separatethousands": True, "exponentformat": "none"},
        "shapes": [*_break_lines(view, colours), _now(view, colours)],
    }
    yearly = [item for item in view.observations if item.period.kind is PeriodKind.YEAR]
    shorter = [item for item in view.observations if item.period.kind is not PeriodKind.YEAR]
    data = [
        _values(shorter, view, lang, colours, line=False),
        *(_values(run, view, lang, colours, line=True) for run in _runs(yearly, view)),
        _due_line(view, lang, colours),
        _targets(view, lang, colours),
    ]
    return {"data": data, "layout": layout}


def date_of(period: Period) -> str:
    """Return the place on the axis: the middle of a year, the last month of other periods."""
    if period.kind is PeriodKind.YEAR:
        return f"{period.year:04d}-07-01"
    return f"{period.year:04d}-{period.month:02d}-15"


def _months(view: TrendView) -> list[int]:
    months = [item.period.last_month for item in view.observations]
    months += [year_period(held.target.year).last_month for held in view.targets]
    return [*months, view.period.last_month]


def _span(view: TrendView) -> list[str]:
    months = _months(view)
    return [f"{min(months) // 12 - 1:04d}-10-01", f"{max(months) // 12 + 1:04d}-03-31"]


def _reach(view: TrendView) -> list[float]:
    """Return the range of the values, with room for a target's words under its mark."""
    values = [item.value for item in view.observations]
    values += [held.target.value for held in view.targets]
    if not values:
        return [0.0, 1.0]
    low, high = min(values), max(values)
    room = (high - low) or abs(high) or 1.0
    return [low - 0.28 * room, high + 0.12 * room]


def _year_step(view: TrendView) -> int:
    months = _months(view)
    return max(1, round((max(months) - min(months)) / 12 / 6))


def _suffix(view: TrendView) -> str:
    return "%" if view.indicator.unit == "%" else ""


def _runs(yearly: list[Observation], view: TrendView) -> list[list[Observation]]:
    """Split yearly values where their definition changed; nothing is drawn across a break."""
    runs: list[list[Observation]] = [[]]
    starts = sorted(change.first_period.first_month for change in view.breaks)
    for item in yearly:
        while starts and item.period.last_month >= starts[0]:
            starts.pop(0)
            runs.append([])
        runs[-1].append(item)
    return [run for run in runs if run]


def _values(
    items: list[Observation], view: TrendView, lang: str, colours: Palette, *, line: bool
) -> dict[str, Any]:
    unit = view.indicator.unit
    chosen = [item.period == view.period for item in items]
    return {
        "type": "scatter",
        "mode": "lines+markers" if line else "markers",
        "name": text.t(lang, "trend.yearly" if line else "trend.shorter"),
        "x": [date_of(item.period) for item in items],
        "y": [item.value for item in items],
        "customdata": [
            f"{text.period(lang, item.period)}　<b>{labels.observed(lang, item, unit)}</b>"
            for item in items
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
        "line": {"color": colours.accent, "width": 2.5},
        "marker": {
            "size": [13 if is_chosen else 8 if line else 6 for is_chosen in chosen],
            "color": [
                colours.accent if line or is_chosen else colours.ramp[2] for is_chosen in chosen
            ],
            "line": {"color": colours.surface, "width": 1.5},
        },
    }


def _due_line(view: TrendView, lang: str, colours: Palette) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": text.t(lang, "trend.due"),
        "x": [date_of(period) for period, _ in view.due],
        "y": [value for _, value in view.due],
        "line": {"color": colours.ink_soft, "width": 1.5, "dash": "dot"},
        "hoverinfo": "skip",
    }


def _targets(view: TrendView, lang: str, colours: Palette) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": text.t(lang, "trend.target"),
        "x": [date_of(year_period(held.target.year)) for held in view.targets],
        "y": [held.target.value for held in view.targets],
        "text": [_target_words(held, lang) for held in view.targets],
        "textposition": "bottom center",
        "textfont": {"size": 13, "color": colours.ink},
        "customdata": [f"{held.target.year}　{_target_words(held, lang)}" for held in view.targets],
        "hovertemplate": "%{customdata}<extra></extra>",
        "marker": {
            "symbol": "diamond-open",
            "size": 13,
            "color": colours.ink,
            "line": {"width": 2.5},
        },
        "cliponaxis": False,
    }


def _target_words(held: HeldTarget, lang: str) -> str:
    mark = text.t(lang, "target.inherited_mark") if held.inherited else ""
    return labels.promised(lang, held.target) + mark


def _vertical(date: str, colour: str, dash: str) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": date,
        "x1": date,
        "y0": 0,
        "y1": 1,
        "layer": "below",
        "line": {"color": colour, "width": 1, "dash": dash},
    }


def _now(view: TrendView, colours: Palette) -> dict[str, Any]:
    return _vertical(date_of(view.period), colours.hairline, "solid")


def _break_lines(view: TrendView, colours: Palette) -> list[dict[str, Any]]:
    return [
        _vertical(f"{change.first_period.year:04d}-01-01", colours.ink_soft, "dash")
        for change in view.breaks
    ]
