"""The search box of the header."""

from typing import Any

import dash_mantine_components as dmc

from dashboard import ids, text
from dashboard.figures import labels
from dashboard.layout.attributes import attributes
from dashboard.views.search import Hits


def search_box(lang: str) -> dmc.Select:
    """Return the box; what is chosen is an address, and the page goes there."""
    return dmc.Select(
        id=ids.SEARCH,
        data=[],
        searchable=True,
        clearable=False,
        placeholder=text.t(lang, "search.placeholder"),
        nothingFoundMessage=text.t(lang, "search.hint"),
        filter={"function": "atlasKeepAll"},
        selectFirstOptionOnChange=True,
        maxDropdownHeight=420,
        size="sm",
        className="search-box",
        **attributes(aria_label=text.t(lang, "search.label")),
    )


def search_options(hits: Hits, lang: str) -> list[dict[str, Any]]:
    """Return what was found as options in two groups."""
    regions = [
        {
            "value": address,
            "label": labels.region_name(lang, region)
            + (f" · {labels.region_name(lang, above)}" if above else ""),
        }
        for region, above, address in hits.regions
    ]
    indicators = [
        {"value": address, "label": labels.indicator_name(lang, indicator)}
        for indicator, address in hits.indicators
    ]
    groups = (("control.region", regions), ("control.indicator", indicators))
    return [{"group": text.t(lang, key), "items": options} for key, options in groups if options]
