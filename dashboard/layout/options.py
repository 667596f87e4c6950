"""Options of the searchable controls: found by more words than they show."""

from collections.abc import Iterable
from typing import Any

from dashboard import text
from dashboard.figures import labels
from dashboard.views.search import indicator_words
from geodata.regions import Region
from indicators.records import Indicator

Option = dict[str, Any]

# Many options are made when the list opens: kept in the page, each change would make them anew.
MADE_WHEN_OPENED = {"keepMounted": False}


def searchable(lang: str) -> dict[str, Any]:
    """Return what makes a control searchable by Chinese, pinyin and initials."""
    return {
        "searchable": True,
        "nothingFoundMessage": text.t(lang, "control.nothing_found"),
        "filter": {"function": "atlasFilter"},
        "comboboxProps": MADE_WHEN_OPENED,
    }


def searchable_option(value: str, label: str, words: Iterable[str]) -> Option:
    """Return an option with the words that the browser's filter cannot see in value and label."""
    seen = f"{label} {value} {value.replace('_', ' ')}".lower()
    added: list[str] = []
    for word in words:
        if word.lower() not in seen:
            added.append(word.lower())
            seen += f" {added[-1]}"
    option = {"value": value, "label": label}
    return option | {"keywords": " ".join(added)} if added else option


def region_option(region: Region, lang: str) -> Option:
    """Return a region as an option, found by either name, pinyin, initials or code."""
    words = (region.name_zh, region.pinyin, region.name_en, region.initials)
    return searchable_option(region.adcode, labels.region_name(lang, region), words)


def indicator_option(indicator: Indicator, label: str) -> Option:
    """Return an indicator as an option, found by either name, pinyin, initials or id."""
    return searchable_option(indicator.indicator_id, label, indicator_words(indicator))
