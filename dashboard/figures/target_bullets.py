"""Target versus actual: one bullet per target, each on a scale of its own."""

from typing import Any

from dashboard import text
from dashboard.figures import labels
from dashboard.theme import Palette, palette, plotly_layout
from dashboard.views.focus import TargetRow

ROW_HEIGHT = 76
_HEADROOM = 1.15


def target_figure(rows: tuple[TargetRow, ...], *, lang: str, theme: str) -> dict[str, Any]:
    """Draw the bullets in the order given, the first on top."""
    colours = palette(theme)
    layout = plotly_layout(theme)
    layout |= {
        "height": max(len(rows), 1) * ROW_HEIGHT + 8,
        "margin": {"l": 2, "r": 2, "t": 4, "b": 4},
        "barmode": "overlay",
        "bargap": 0.78,
        "xaxis": layout["xaxis"] | {"range": [0, 1], "visible": False},
        "yaxis": layout["yaxis"]
        | {"range": [len(rows) - 0.5, -0.5], "visible": False, "fixedrange": True},
        "annotations": [
            note for index, row in enumerate(rows) for note in _words(index, row, lang, colours)
        ],
        "shapes": [_mark(index, row, colours) for index, row in enumerate(rows)],
    }
    order = list(range(len(rows)))
    ground = _bars(order, [1.0] * len(rows), [colours.hairline] * len(rows))
    ground["hoverinfo"] = "skip"
    actual = _bars(
        order, [_share(row) for row in rows], [colours.states[row.verdict.state] for row in rows]
    )
    actual["customdata"] = [_hover(row, lang) for row in rows]
    actual["hovertemplate"] = "%{customdata}<extra></extra>"
    return {"data": [ground, actual], "layout": layout}


def scale_end(row: TargetRow) -> float:
    """Return the value at the right end of a bullet: 100 for shares, else a little beyond both."""
    actual = row.verdict.actual.value if row.verdict.actual else 0.0
    reach = max(abs(actual), abs(row.target.value_upper or row.target.value))
    if row.target.unit in ("%", "points") and reach <= 100:
        return 100.0
    return reach * _HEADROOM or 1.0


def _share(row: TargetRow) -> float:
    if row.verdict.actual is None:
        return 0.0
    return max(row.verdict.actual.value, 0.0) / scale_end(row)


def _bars(order: list[int], lengths: list[float], fills: list[str]) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "x": lengths,
        "y": order,
        "marker": {"color": fills, "line": {"width": 0}},
    }


def _mark(index: int, row: TargetRow, colours: Palette) -> dict[str, Any]:
    at = max(row.target.value, 0.0) / scale_end(row)
    return {
        "type": "line",
        "xref": "x",
        "yref": "y",
        "x0": at,
        "x1": at,
        "y0": index - 0.17,
        "y1": index + 0.17,
        "line": {"color": colours.ink, "width": 3},
    }


def _words(
    index: int, row: TargetRow, lang: str, colours: Palette
) -> tuple[dict[str, Any], dict[str, Any]]:
    name = labels.indicator_name(lang, row.indicator)
    if row.verdict.inherited:
        name += text.t(lang, "target.inherited_mark")
    return (
        _words_at(index - 0.31, _shorten(name, 24 if lang == "zh" else 46), colours.ink),
        _words_at(index + 0.29, verdict_words(row, lang), colours.ink_soft),
    )


def verdict_words(row: TargetRow, lang: str) -> str:
    """Write verdict, actual with its period, and target of a row."""
    promise = text.t(
        lang, "hover.target", year=row.target.year, promise=labels.promised(lang, row.target)
    )
    badge = labels.state_badge(lang, row.verdict.state)
    actual = row.verdict.actual
    if actual is None:
        return f"{badge}　{promise}"
    value = labels.measured(lang, actual, row.target.unit)
    when = text.period(lang, actual.period)
    said = text.t(lang, "hover.actual", period=when, value=value)
    return f"{badge}　{said}　{promise}"


def _words_at(y: float, words: str, colour: str) -> dict[str, Any]:
    return {
        "x": 0,
        "y": y,
        "xref": "x",
        "yref": "y",
        "xanchor": "left",
        "yanchor": "middle",
        "xshift": -2,
        "text": words,
        "showarrow": False,
        "font": {"size": 13, "color": colour},
    }


def _shorten(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"


def _hover(row: TargetRow, lang: str) -> str:
    lines = [
        f"<b>{labels.indicator_name(lang, row.indicator)}</b>",
        text.t(
            lang, "hover.target", year=row.target.year, promise=labels.promised(lang, row.target)
        ),
    ]
    actual = row.verdict.actual
    if actual is not None:
        value = labels.measured(lang, actual, row.target.unit)
        when = text.period(lang, actual.period)
        lines.append(text.t(lang, "hover.actual", period=when, value=value))
    lines.append(labels.state_badge(lang, row.verdict.state))
    return "<br>".join(lines)
