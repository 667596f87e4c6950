"""What was measured, as a table for people and as JSON for programs."""

from dataclasses import asdict, dataclass
from typing import Any

_NAMES = {
    "change_bytes": "one change, the map's answer, bytes",
    "whole_change_bytes": "one change, every answer, bytes",
    "change_milliseconds": "one change until it is painted, ms",
    "server_milliseconds": "a cached change on the server, ms",
    "requests_per_second": "requests per second",
    "first_visit_bytes": "a whole first visit, bytes",
    "first_visit_bytes_plain_http": "the same where only gzip is offered, bytes",
}
_HEAD = ("", "ours", "ordinary", "floor", "ours/ordinary", "ours/floor", "goal")
_WIDTHS = (44, 11, 11, 11, 14, 11, 0)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing measured: our way, beside the ordinary way and what nothing can beat.

    ``goal`` bounds our figure, ``goal_of_floor`` its ratio to the floor; both are upper bounds.
    """

    name: str
    ours: float | None = None
    ordinary: float | None = None
    floor: float | None = None
    goal: float | None = None
    goal_of_floor: float | None = None
    note: str = ""

    @property
    def of_ordinary(self) -> float | None:
        """Ours as a multiple of the ordinary way."""
        return _ratio(self.ours, self.ordinary)

    @property
    def of_floor(self) -> float | None:
        """Ours as a multiple of the floor."""
        return _ratio(self.ours, self.floor)

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None where there is none or nothing was measured."""
        for figure, bound in ((self.ours, self.goal), (self.of_floor, self.goal_of_floor)):
            if bound is not None:
                return None if figure is None else figure <= bound
        return None

    def as_json(self) -> dict[str, Any]:
        """Return every figure by name."""
        ratios = {"of_ordinary": self.of_ordinary, "of_floor": self.of_floor, "met": self.met}
        return {**asdict(self), **ratios}


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of one area, or of the site as a whole."""

    title: str
    rows: tuple[Row, ...]


def table(sections: list[Section]) -> str:
    """Return the figures as aligned text."""
    lines = []
    for section in sections:
        head = (section.title, *_HEAD[1:])
        lines += ["", _aligned(head), *(_line(row) for row in section.rows)]
    return "\n".join(lines)


def _line(row: Row) -> str:
    name = _NAMES[row.name]
    if row.note and row.ours is None:
        return f"  {name:<{_WIDTHS[0] - 2}} {row.note}"
    return _aligned(
        (
            f"  {name}",
            _figure(row.ours),
            _figure(row.ordinary),
            _figure(row.floor),
            _times(row.of_ordinary),
            _times(row.of_floor),
            "  ".join(part for part in (_goal(row), row.note) if part),
        )
    )


def _aligned(cells: tuple[str, ...]) -> str:
    first, *middle, last = cells
    # Chinese characters take two columns each.
    wide = sum(1 for letter in first if letter > "⺀")
    parts = [f"{first:<{_WIDTHS[0] - wide}}"]
    parts += [f"{cell:>{width}}" for cell, width in zip(middle, _WIDTHS[1:-1], strict=True)]
    return "".join([*parts, "  ", last]).rstrip()


def _figure(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= 1000 else f"{value:,.1f}"


def _times(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.4f}×" if value < 0.1 else f"{value:.2f}×"


def _goal(row: Row) -> str:
    verdict = {True: "met", False: "MISSED", None: ""}[row.met]
    if row.goal is not None:
        return f"≤ {row.goal:,.0f} {verdict}".rstrip()
    if row.goal_of_floor is not None:
        return f"≤ {row.goal_of_floor:g}× floor {verdict}".rstrip()
    return ""


def _ratio(figure: float | None, base: float | None) -> float | None:
    return figure / base if figure is not None and base else None
