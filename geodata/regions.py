"""Regions by code: lookup, children, ancestors and search; no geometry in memory."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.codes import DRAWN_LEVELS, NATION, Level
from geodata.errors import UnknownRegionError

if TYPE_CHECKING:
    from geopandas import GeoDataFrame


@dataclass(frozen=True, slots=True)
class Region:
    """One administrative division at one level."""

    adcode: str
    level: Level
    name_zh: str
    short_zh: str
    name_en: str
    parent: str
    longitude: float
    latitude: float
    pinyin: str
    initials: str


CHINA = Region(NATION, Level.NATION, "全国", "全国", "China", "", 103.8, 36.0, "quanguo", "qg")


class Regions:
    """All regions, indexed by code and level."""

    def __init__(self, regions: Iterable[Region]) -> None:
        """Index the regions; the nation is added when it is not among them."""
        given = sorted(regions, key=lambda region: (region.level.rank, region.adcode))
        ordered = [CHINA, *(region for region in given if region.level != Level.NATION)]
        self._by_key = {(region.adcode, region.level): region for region in ordered}
        self._highest: dict[str, Region] = {}
        self._by_level: dict[Level, list[Region]] = defaultdict(list)
        self._children: dict[tuple[str, Level], list[Region]] = defaultdict(list)
        for region in ordered:
            self._highest.setdefault(region.adcode, region)
            self._by_level[region.level].append(region)
            for area in self._areas_holding(region):
                self._children[area, region.level].append(region)
        self._search_keys = [(region, _keys(region)) for region in ordered]

    @classmethod
    def from_frame(cls, frame: GeoDataFrame) -> Regions:
        """Build the index from the boundaries frame."""
        names = [name for name in Region.__slots__ if name != "level"]
        columns = [frame[name].tolist() for name in names]
        levels = [Level(text) for text in frame["level"]]
        rows = zip(levels, zip(*columns, strict=True), strict=True)
        return cls(Region(level=level, **dict(zip(names, row, strict=True))) for level, row in rows)

    def __contains__(self, adcode: object) -> bool:
        """Tell whether a code names a region at any level."""
        return adcode in self._highest

    def get(self, adcode: str, level: Level | None = None) -> Region:
        """Return a region; without a level, the highest one that carries the code."""
        found = self._by_key.get((adcode, level)) if level else self._highest.get(adcode)
        if found is None:
            where = f"at level {level}" if level else "at any level"
            message = (
                f"Found code {adcode!r}, expected the code of a region {where}; "
                "look the region up by name or check the six digits"
            )
            raise UnknownRegionError(message)
        return found

    def all(self, level: Level) -> tuple[Region, ...]:
        """Return all regions of a level, by code."""
        return tuple(self._by_level.get(level, ()))

    def children(self, adcode: str, level: Level) -> tuple[Region, ...]:
        """Return all regions of a level inside an area, by code.

        An area whose code is used again one level down (东莞 441900) stands for itself there.
        """
        self.get(adcode)
        return tuple(self._children.get((adcode, level), ()))

    def levels_below(self, adcode: str) -> tuple[Level, ...]:
        """Return the levels at which an area has children, from the highest down."""
        self.get(adcode)
        return tuple(level for level in DRAWN_LEVELS if (adcode, level) in self._children)

    def ancestors(self, adcode: str) -> tuple[Region, ...]:
        """Return the areas around a region, nation first, each code once."""
        chain: list[Region] = []
        region = self.get(adcode)
        while region.parent:
            region = self.get(region.parent)
            chain.append(region)
        return tuple(reversed(chain))

    def search(self, text: str, limit: int = 8) -> tuple[Region, ...]:
        """Find regions by Chinese name, pinyin, initials, English name or code, best first."""
        query = _fold(text)
        if not query:
            return ()
        scored = []
        for region, keys in self._search_keys:
            score = _score(query, keys)
            if score is not None:
                scored.append((score, region.level.rank, region.adcode, region))
        best = sorted(scored, key=lambda entry: entry[:3])
        return _one_per_place([entry[3] for entry in best])[:limit]

    def _areas_holding(self, region: Region) -> set[str]:
        # By code, not by (code, level): a county and its prefecture may share one code.
        areas = set()
        level = region.level.rank
        code = region.parent
        while code and level > 0:
            areas.add(code)
            level -= 1
            above = self._by_key.get((code, _LEVELS[level]))
            code = above.parent if above else ""
        return areas


_LEVELS = tuple(sorted(Level, key=lambda level: level.rank))


@dataclass(frozen=True, slots=True)
class _Keys:
    names: tuple[str, ...]
    latin: tuple[str, ...]
    initials: str
    code: str


def _keys(region: Region) -> _Keys:
    latin = (region.pinyin, region.pinyin.replace("v", "u"), _fold(region.name_en))
    names = (region.short_zh, region.name_zh)
    return _Keys(names, latin, region.initials, region.adcode)


def _fold(text: str) -> str:
    """Drop case, accents, blanks and apostrophes, so that "Xi'an" is found as "xian"."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


# Best first. An exact name comes before a longer one that starts with it, so that typing
# 湛江 offers the city and not a county whose name happens to begin the same way.
_RULES: tuple[Callable[[str, _Keys], bool], ...] = (
    lambda query, keys: query in keys.names or query in keys.latin or query == keys.code,
    lambda query, keys: any(name.startswith(query) for name in keys.names),
    lambda query, keys: any(name.startswith(query) for name in keys.latin),
    lambda query, keys: query == keys.initials,
    lambda query, keys: any(query in name for name in keys.names),
    lambda query, keys: keys.code.startswith(query),
    lambda query, keys: keys.initials.startswith(query),
    lambda query, keys: len(query) > 2 and any(query in name for name in keys.latin),
)


def _score(query: str, keys: _Keys) -> int | None:
    for score, rule in enumerate(_RULES):
        if rule(query, keys):
            return score
    return None


def _one_per_place(regions: Iterable[Region]) -> tuple[Region, ...]:
    """Keep the first region of each code: 东莞 is offered as a city, not also as a county."""
    first: dict[str, Region] = {}
    for region in regions:
        first.setdefault(region.adcode, region)
    return tuple(first.values())
