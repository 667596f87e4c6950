"""Colours that can be read, told apart, and found in the style sheet."""

import re
from dataclasses import fields

import pytest

from dashboard.theme import SYMBOLS, THEMES, css_tokens, palette, plotly_layout
from indicators.attainment import State
from tests.builders import contrast


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["paper", "surface"])
@pytest.mark.parametrize("words", ["ink", "ink_soft", "accent"])
def test_text_is_readable_on_its_ground(theme, ground, words):
    colours = palette(theme)

    assert contrast(getattr(colours, words), getattr(colours, ground)) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_ramp_goes_one_way_from_the_ground(theme):
    colours = palette(theme)
    steps = [contrast(colour, "#000000") for colour in colours.ramp]

    assert len(colours.ramp) == 5
    assert steps == sorted(steps, reverse=theme == "light")
    away = [contrast(colour, colours.surface) for colour in colours.ramp]
    assert away == sorted(away)


@pytest.mark.parametrize("theme", THEMES)
def test_states_and_classes_are_told_apart(theme):
    colours = palette(theme)
    diverging = (*colours.short, colours.even, *colours.past)

    assert set(colours.states) == set(State)
    assert len(set(colours.states.values())) == len(State)
    assert set(colours.states.values()).isdisjoint({*colours.ramp, *diverging})
    assert len(set(diverging)) == 7


def test_every_state_has_a_symbol_of_its_own():
    assert set(SYMBOLS) == set(State)
    assert len(set(SYMBOLS.values())) == len(State)
    assert (SYMBOLS[State.MET], SYMBOLS[State.NOT_MET]) == ("✓", "✕")


@pytest.mark.parametrize("theme", THEMES)
def test_stripes_cover_what_is_undetermined_and_nothing_else(theme):
    # The style sheet finds those regions by their fill, in whichever theme is on.
    striped = palette(theme).states[State.UNDETERMINED]
    others = [
        colour
        for name in THEMES
        for colours in [palette(name)]
        for colour in (
            *colours.ramp,
            *colours.short,
            *colours.past,
            colours.even,
            colours.land,
            *(hue for state, hue in colours.states.items() if state is not State.UNDETERMINED),
        )
    ]
    rgb = ", ".join(str(int(striped[index : index + 2], 16)) for index in (1, 3, 5))

    assert f'path[fill="rgb({rgb})"]{{fill:url(#stripes);}}' in css_tokens()
    assert striped not in others


@pytest.mark.parametrize("theme", THEMES)
def test_style_sheet_holds_the_colours_of_a_theme(theme):
    sheet = css_tokens()
    block = re.search(rf'\[data-mantine-color-scheme="{theme}"\]{{(.*?)}}', sheet)[1]
    tokens = dict(re.findall(r"--([\w-]+):(#\w{6});", block))
    colours = palette(theme)

    for name in ("paper", "surface", "ink", "ink_soft", "accent", "land", "sea"):
        assert tokens[name.replace("_", "-")] == getattr(colours, name)
    for state in State:
        assert tokens[f"state-{state.replace('_', '-')}"] == colours.states[state]


@pytest.mark.parametrize("theme", THEMES)
def test_all_colours_are_six_digits(theme):
    colours = palette(theme)
    plain = [getattr(colours, item.name) for item in fields(colours)]
    flat = [
        colour
        for value in plain
        for colour in (
            [value]
            if isinstance(value, str)
            else list(value.values())
            if isinstance(value, dict)
            else list(value)
        )
    ]

    assert [colour for colour in flat if not re.fullmatch(r"#[0-9a-f]{6}", colour)] == []


@pytest.mark.parametrize("theme", THEMES)
def test_figures_start_from_the_theme(theme):
    layout, colours = plotly_layout(theme), palette(theme)

    assert layout["font"]["color"] == colours.ink
    assert layout["xaxis"]["tickfont"]["color"] == colours.ink_soft
    assert layout["hoverlabel"]["bgcolor"] == colours.surface
    assert (layout["paper_bgcolor"], layout["plot_bgcolor"]) == ("rgba(0,0,0,0)",) * 2
