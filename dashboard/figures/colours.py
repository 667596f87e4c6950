"""Which colour a class has, and which text reads on it."""

from dashboard.selection import View
from dashboard.theme import Palette
from dashboard.views.area import AreaView
from indicators.attainment import State


def class_colours(view: AreaView, colours: Palette) -> tuple[str, ...]:
    """Return the colour of each class of a view, without the blanks."""
    if view.view is View.ATTAINMENT:
        return tuple(colours.states[state] for state in State)
    if view.view is View.VALUE:
        return ramp(colours, len(view.bounds))
    return (*colours.short, colours.even, *colours.past)


def ramp(colours: Palette, count: int) -> tuple[str, ...]:
    """Return ``count`` steps of the value ramp, spread over its whole range."""
    if count <= 1:
        return (colours.ramp[len(colours.ramp) // 2],)
    last = len(colours.ramp) - 1
    return tuple(colours.ramp[round(index * last / (count - 1))] for index in range(count))


def readable(fill: str) -> str:
    """Return black or white, whichever reads better on a fill."""
    red, green, blue = (int(fill[index : index + 2], 16) / 255 for index in (1, 3, 5))
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (red, green, blue)
    ]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#ffffff" if luminance < 0.22 else "#1b2733"
