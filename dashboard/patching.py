"""The difference between two maps of the same frame, as the browser applies it."""

from dash import Patch

from dashboard.figures.choropleth import INSET, NAMES, REGIONS, SELECTED, TINY, MapValues


def map_patch(values: MapValues, selected: str, *, inset: bool) -> Patch:
    """Rewrite numbers and texts of a drawn map; geometry, layout and colours stay."""
    patch = Patch()
    data = patch["data"]
    data[REGIONS]["z"] = list(values.shades)
    data[REGIONS]["customdata"] = list(values.hover)
    data[REGIONS]["hovertemplate"] = values.template
    data[NAMES]["text"] = list(values.names)
    data[NAMES]["textfont"]["color"] = list(values.name_colours)
    if values.tiny:
        data[TINY]["customdata"] = [values.hover[index] for index in values.tiny]
        data[TINY]["hovertemplate"] = values.template
        data[TINY]["marker"]["color"] = [values.shades[index] for index in values.tiny]
    data[SELECTED]["locations"] = [selected] if selected else []
    data[SELECTED]["z"] = [0] if selected else []
    if inset:
        data[INSET]["z"] = list(values.shades)
    return patch
