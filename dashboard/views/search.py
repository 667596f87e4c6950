"""The search box of the header: regions and indicators by name, pinyin, initials or code."""

from dataclasses import dataclass
from functools import cache

from pypinyin import Style, lazy_pinyin

from dashboard.bundle import DataBundle
from dashboard.selection import Selection
from geodata.regions import Region
from indicators.records import Indicator

MOST_HITS = 6


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found, each with the address it leads to."""

    regions: tuple[tuple[Region, Region | None, str], ...]
    indicators: tuple[tuple[Indicator, str], ...]


@cache
def indicator_words(indicator: Indicator) -> tuple[str, ...]:
    """Return what a search may match: both names, the pinyin, its initials, and the id as typed."""
    pinyin = "".join(lazy_pinyin(indicator.name_zh))
    initials = "".join(lazy_pinyin(indicator.name_zh, style=Style.FIRST_LETTER))
    spelt = indicator.indicator_id.replace("_", " ")
    return indicator.name_zh, indicator.name_en.lower(), pinyin, initials, spelt


def indicator_keywords(indicator: Indicator) -> str:
    """Return the words of an indicator as one text to search in."""
    return " ".join(indicator_words(indicator))


def find(bundle: DataBundle, selection: Selection, asked: str) -> Hits:
    """Find regions and indicators; nothing for an empty question."""
    words = asked.strip().casefold()[:60]
    if not words:
        return Hits((), ())
    regions = tuple(
        (region, _above(bundle, region), region_address(bundle, selection, region))
        for region in bundle.regions.search(words, MOST_HITS)
    )
    found = [
        indicator
        for indicator in bundle.atlas.indicators.values()
        if words in indicator_keywords(indicator)
    ]
    found.sort(key=lambda indicator: not indicator.name_zh.startswith(words))
    indicators = tuple(
        (indicator, "/" + selection.with_(indicator=indicator.indicator_id).query())
        for indicator in found[:MOST_HITS]
    )
    return Hits(regions, indicators)


def region_address(bundle: DataBundle, selection: Selection, region: Region) -> str:
    """Return the address of a region's own map, or of the map it lies on, with it selected."""
    if bundle.regions.levels_below(region.adcode):
        below = bundle.regions.levels_below(region.adcode)[0]
        return "/" + selection.with_(region=region.adcode, level=below, selected="").query()
    shown = selection.with_(region=region.parent, level=region.level, selected=region.adcode)
    return "/" + shown.query()


def _above(bundle: DataBundle, region: Region) -> Region | None:
    ancestors = bundle.regions.ancestors(region.adcode)
    return ancestors[-1] if ancestors else None
