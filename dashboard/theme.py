"""One source for colours and type: CSS tokens, the Plotly template and the Mantine theme."""

from dataclasses import dataclass
from typing import Any

from indicators.attainment import State

FONT_STACK = (
    '"Source Han Sans SC", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", '
    '"PingFang SC", "Helvetica Neue", Arial, sans-serif'
)

THEMES = ("light", "dark")

SYMBOLS = {
    State.MET: "✓",
    State.ON_COURSE: "↗",
    State.BEHIND: "→",
    State.FAR_BEHIND: "↘",
    State.NOT_MET: "✕",
    State.UNDETERMINED: "?",
    State.NO_ACTUAL: "·",
    State.NO_TARGET: "–",
    State.NOT_APPLICABLE: "∅",
}


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme; every text colour has 4.5:1 or more on its ground."""

    paper: str
    surface: str
    ink: str
    ink_soft: str
    hairline: str
    accent: str
    accent_soft: str
    stamp: str
    stamp_ink: str
    land: str
    land_border: str
    sea: str
    border: str
    ramp: tuple[str, ...]
    short: tuple[str, ...]
    past: tuple[str, ...]
    even: str
    # Lines of several regions: no red, amber or green, told apart by colour-blind readers too.
    categorical: tuple[str, ...]
    states: dict[State, str]

    @property
    def no_actual(self) -> str:
        """Colour of a region without a published value."""
        return self.states[State.NO_ACTUAL]

    @property
    def not_applicable(self) -> str:
        """Colour of a region to which the indicator does not apply."""
        return self.states[State.NOT_APPLICABLE]


LIGHT = Palette(
    paper="#fbfaf7",
    surface="#ffffff",
    ink="#1b2733",
    ink_soft="#55616d",
    hairline="#dcdfe2",
    accent="#0b5cad",
    accent_soft="#e3eef8",
    stamp="#8f1d2c",
    stamp_ink="#ffffff",
    land="#f3f2ed",
    land_border="#dedcd5",
    sea="#f6f8f9",
    border="#ffffff",
    ramp=("#d6e6f4", "#a6cbe6", "#68a6d3", "#2f78b5", "#0d4a86"),
    short=("#6a3d86", "#a37fb8", "#d6c3e0"),
    past=("#c3d8ea", "#79aad2", "#2a6fae"),
    even="#eceae4",
    categorical=("#0b5cad", "#b0388a", "#0f7a8b", "#7d5327", "#2f3b47", "#6d46c4"),
    states={
        State.MET: "#1a7f4b",
        State.ON_COURSE: "#7cc49a",
        State.BEHIND: "#e0a100",
        State.FAR_BEHIND: "#c8463c",
        State.NOT_MET: "#8f1d2c",
        State.UNDETERMINED: "#b9bec4",
        State.NO_ACTUAL: "#dcdfe2",
        State.NO_TARGET: "#cbd0d5",
        State.NOT_APPLICABLE: "#f1f1ef",
    },
)

DARK = Palette(
    paper="#14181d",
    surface="#1b2026",
    ink="#e8eaed",
    ink_soft="#a9b2bb",
    hairline="#343b43",
    accent="#6cb0f2",
    accent_soft="#1d3247",
    stamp="#8f1d2c",
    stamp_ink="#ffffff",
    land="#20262c",
    land_border="#343b43",
    sea="#171c21",
    border="#14181d",
    ramp=("#1f3c58", "#2b5f8f", "#4386bf", "#76b0de", "#bcdcf5"),
    short=("#b48acb", "#84619a", "#54406a"),
    past=("#2b4a68", "#3f7ab0", "#7db8e8"),
    even="#2c3238",
    categorical=("#6cb0f2", "#ec8fcb", "#4fc6d8", "#cfa273", "#e8eaed", "#b39af5"),
    states={
        State.MET: "#2f9e66",
        State.ON_COURSE: "#8fd3ac",
        State.BEHIND: "#e8b83a",
        State.FAR_BEHIND: "#e0685e",
        State.NOT_MET: "#b83a4b",
        State.UNDETERMINED: "#6b737b",
        State.NO_ACTUAL: "#333a41",
        State.NO_TARGET: "#454d55",
        State.NOT_APPLICABLE: "#262b31",
    },
)

_PALETTES = {"light": LIGHT, "dark": DARK}


def palette(theme: str) -> Palette:
    """Return the colours of a theme."""
    return _PALETTES[theme]


def css_tokens() -> str:
    """Return the style sheet that gives both themes their custom properties."""
    tokens = "".join(
        f':root[data-mantine-color-scheme="{name}"]{{{_declarations(colours)}}}'
        for name, colours in _PALETTES.items()
    )
    # Paper is white, whatever the screen is; the third :root outweighs the theme.
    paper = f"@media print{{:root:root:root{{{_declarations(palette('light'))}--paper:#fff;}}}}"
    return tokens + paper + "".join(_stripes(colours) for colours in _PALETTES.values())


def _stripes(colours: Palette) -> str:
    """Hatch what could not be judged: a map trace has no pattern of its own, its fill has."""
    fill = colours.states[State.UNDETERMINED]
    red, green, blue = (int(fill[index : index + 2], 16) for index in (1, 3, 5))
    path = f'.choroplethlayer path[fill="rgb({red}, {green}, {blue})"]'
    return f"{path}{{fill:url(#stripes);}}"


def _declarations(colours: Palette) -> str:
    plain = (
        "paper",
        "surface",
        "ink",
        "ink_soft",
        "hairline",
        "accent",
        "accent_soft",
        "stamp",
        "stamp_ink",
        "land",
        "sea",
    )
    tokens = {name.replace("_", "-"): getattr(colours, name) for name in plain}
    tokens |= {f"state-{state.replace('_', '-')}": hue for state, hue in colours.states.items()}
    return "".join(f"--{name}:{value};" for name, value in tokens.items())


def plotly_layout(theme: str) -> dict[str, Any]:
    """Return the layout every figure starts from."""
    colours = palette(theme)
    axis = {
        "gridcolor": colours.hairline,
        "linecolor": colours.hairline,
        "zeroline": False,
        "tickfont": {"color": colours.ink_soft, "size": 13},
        "automargin": True,
        "fixedrange": True,
    }
    return {
        "font": {"family": FONT_STACK, "size": 14, "color": colours.ink},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "xaxis": axis,
        "yaxis": axis,
        "showlegend": False,
        "hoverlabel": {
            "bgcolor": colours.surface,
            "bordercolor": colours.hairline,
            "font": {"family": FONT_STACK, "size": 14, "color": colours.ink},
            "align": "left",
        },
        "modebar": {"bgcolor": "rgba(0,0,0,0)"},
        "dragmode": False,
    }


MANTINE_THEME: dict[str, Any] = {
    "fontFamily": FONT_STACK,
    "headings": {"fontFamily": FONT_STACK, "fontWeight": "600"},
    "primaryColor": "atlas",
    "primaryShade": {"light": 7, "dark": 4},
    "colors": {
        "atlas": [
            "#e3eef8",
            "#c9def1",
            "#a6cbe6",
            "#8abfee",
            "#6cb0f2",
            "#3d8fd1",
            "#1f74bd",
            "#0b5cad",
            "#0a4f95",
            "#083d74",
        ]
    },
    "defaultRadius": 6,
    "fontSizes": {"xs": "13px", "sm": "14px", "md": "16px", "lg": "20px", "xl": "28px"},
}
