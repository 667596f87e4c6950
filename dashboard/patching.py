"""The difference between two maps of the same frame, as the browser applies it."""

from typing import Any

from dash import Patch

from dashboard.figures.choropleth import (
    INSET,
    NAMES,
    REGIONS,
    SELECTED,
    TINY,
    MapValues,
    positions,
)
from dashboard.views.frame import MapFrame


def map_patch(values: MapValues, frame: MapFrame, selected: str, *, rescaled: bool) -> Patch:
    """Rewrite numbers and texts of a drawn map; geometry and layout stay.

    Args:
        values: the new numbers and texts.
        frame: the frame both maps share.
        selected: code of the selected region, empty for none.
        rescaled: whether the colours mean something else now, as after a change of indicator.
    """
    patch = Patch()
    data = patch["data"]
    _patch_regions(data, values, frame)
    _patch_names(data[NAMES], values, frame, moved=rescaled)
    _patch_selected(data, selected)
    if rescaled:
        _patch_scale(data, values, frame)
    return patch


def selection_patch(selected: str) -> Patch:
    """Mark another region on a drawn map, or none; numbers and texts stay."""
    patch = Patch()
    _patch_selected(patch["data"], selected)
    return patch


def _patch_selected(data: Any, selected: str) -> None:
    data[SELECTED]["locations"] = [selected] if selected else []
    data[SELECTED]["z"] = [0] if selected else []
    data[SELECTED]["visible"] = bool(selected)


def _patch_regions(data: Any, values: MapValues, frame: MapFrame) -> None:
    data[REGIONS]["z"] = list(values.shades)
    data[REGIONS]["customdata"] = list(values.hover)
    data[REGIONS]["hovertemplate"] = values.template
    if values.tiny:
        data[TINY]["customdata"] = [values.hover[index] for index in values.tiny]
        data[TINY]["hovertemplate"] = values.template
        data[TINY]["marker"]["color"] = [values.shades[index] for index in values.tiny]
    if frame.inset:
        data[INSET]["z"] = list(values.shades)


def _patch_names(trace: Any, values: MapValues, frame: MapFrame, *, moved: bool) -> None:
    trace["text"] = list(values.names)
    trace["textfont"]["color"] = list(values.name_colours)
    if moved:
        for axis, places in positions(frame, values.named).items():
            trace[axis] = places


def _patch_scale(data: Any, values: MapValues, frame: MapFrame) -> None:
    traces = (REGIONS, INSET) if frame.inset else (REGIONS,)
    for index in traces:
        for name, value in values.scale.items():
            data[index][name] = value
    data[REGIONS]["text"] = list(values.headings)
    if values.tiny:
        data[TINY]["text"] = [values.headings[index] for index in values.tiny]
        data[TINY]["marker"]["colorscale"] = values.scale["colorscale"]
        data[TINY]["marker"]["cmin"] = values.scale["zmin"]
        data[TINY]["marker"]["cmax"] = values.scale["zmax"]
