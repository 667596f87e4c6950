"""Regions by code, name or path of names; a name that several regions bear is never guessed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from geodata.codes import NATION, Level, is_adcode
from indicators.entry.former_names import FormerName
from indicators.entry.plain import folded
from indicators.entry.words import Words
from indicators.errors import IndicatorDataError

_MOST_CANDIDATES = 12
_SEPARATORS = "-/>,、·|\\"


@dataclass(frozen=True, slots=True)
class Place:
    """One administrative division at one level."""

    adcode: str
    level: Level
    name_zh: str
    short_zh: str
    name_en: str
    parent: str


class PlaceError(IndicatorDataError, ValueError):
    """A text names no region, or several."""

    def __init__(self, expected: Words, remedy: Words) -> None:
        """Keep the words for the fault."""
        super().__init__(f"应为{expected.zh}；{remedy.zh} | expected {expected.en}; {remedy.en}")
        self.expected, self.remedy = expected, remedy


@dataclass(frozen=True, slots=True)
class Found:
    """A region, and what is to be told about how it was found."""

    place: Place
    notice: Words | None = None


class Places:
    """All regions, found by what people write."""

    def __init__(self, places: Iterable[Place], former: Iterable[FormerName] = ()) -> None:
        """Index the regions; of one code at several levels the highest counts."""
        self._places: dict[str, Place] = {}
        self._levels: dict[str, set[Level]] = defaultdict(set)
        for place in sorted(places, key=lambda place: place.level.rank):
            self._places.setdefault(place.adcode, place)
            self._levels[place.adcode].add(place.level)
        self._full: dict[str, list[Place]] = defaultdict(list)
        self._short: dict[str, list[Place]] = defaultdict(list)
        for place in self._places.values():
            self._full[folded(place.name_zh)].append(place)
            self._full[folded(place.name_en)].append(place)
            if place.short_zh != place.name_zh:
                self._short[folded(place.short_zh)].append(place)
        self._beside: dict[tuple[str, Level], list[str]] = defaultdict(list)
        for place in self._places.values():
            self._beside[place.parent, place.level].append(place.adcode)
        self._former = {folded(name): item for item in former for name in (item.short, item.name)}
        self._longest = max(map(len, [*self._full, *self._short]), default=0)

    def __iter__(self) -> Iterator[Place]:
        """Go through all regions, each code once."""
        return iter(self._places.values())

    @property
    def adcodes(self) -> frozenset[str]:
        """Return the codes of all regions."""
        return frozenset(self._places)

    def get(self, adcode: str) -> Place | None:
        """Return a region by its code."""
        return self._places.get(adcode)

    def levels(self, adcode: str) -> frozenset[Level]:
        """Return every level at which a code is used."""
        return frozenset(self._levels.get(adcode, ()))

    def children(self, adcode: str) -> tuple[Place, ...]:
        """Return the regions directly and indirectly below a region, by code."""
        below = [place for place in self if adcode in self._above(place)]
        return tuple(sorted(below, key=lambda place: (place.level.rank, place.adcode)))

    def siblings(self, adcode: str) -> tuple[str, ...]:
        """Return the codes of the regions beside a region, of its level and in the same area."""
        own = self._places.get(adcode)
        beside = self._beside[own.parent, own.level] if own else []
        return tuple(code for code in beside if code != adcode)

    def path(self, place: Place) -> str:
        """Write a region with the names above it, such as 江苏省徐州市鼓楼区."""
        above = [self._places[code].name_zh for code in self._above(place) if code != NATION]
        return "".join([*reversed(above), place.name_zh])

    def find(self, text: str, parent: str = "") -> Found:
        """Return the one region a text means.

        Args:
            text: a code, a name, or names from the outside in (广东省湛江市麻章区).
            parent: the name or code of the region around it, where the file gives it.

        Raises:
            PlaceError: where no region is meant, or more than one could be.
        """
        key = folded(text).strip(_SEPARATORS)
        if key.removesuffix(".0").isdigit():
            return Found(self._by_code(key.removesuffix(".0"), parent))
        within = self.find(parent).place if parent.strip() else None
        candidates = self._candidates(key)
        if not candidates:
            found = self._by_former_name(key)
            candidates = [found.place]
        else:
            found = Found(candidates[0])
        if within is not None:
            candidates = [place for place in candidates if self._is_within(place, within)]
        if len(candidates) != 1:
            raise self._not_one(candidates or self._candidates(key), within)
        return Found(candidates[0], found.notice or self._notice(key, candidates[0]))

    def _by_code(self, code: str, parent: str) -> Place:
        if is_adcode(code) and code in self._places:
            place = self._places[code]
            if parent.strip():
                self._check_parent(place, self.find(parent).place)
            return place
        raise PlaceError(
            Words("六位区划代码", "a six-digit division code of the boundaries"),
            Words(
                "写全六位代码，如 440800，或写名称",
                "write all six digits, such as 440800, or the name",
            ),
        )

    def _check_parent(self, place: Place, area: Place) -> None:
        """Refuse a region that does not lie where the file says; some codes have two levels."""
        is_both = place == area and len(self._levels[place.adcode]) > 1
        if not is_both and not self._is_within(place, area):
            raise PlaceError(
                Words(f"{area.name_zh}下的一个地区", f"one region in {area.name_zh}"),
                Words(
                    f"{place.adcode} 是{self.path(place)}；改正代码或上级",
                    f"{place.adcode} is {place.name_en}; correct the code or the region above",
                ),
            )

    def _candidates(self, key: str) -> list[Place]:
        """Return the regions of a name, or of a chain of names from the outside in."""
        own = self._full.get(key) or self._short.get(key)
        return list(own) if own else self._by_path(key)

    def _by_path(self, key: str) -> list[Place]:
        found: dict[str, Place] = {}
        for end in range(1, min(len(key), self._longest + 1)):
            outer = [*self._full.get(key[:end], ()), *self._short.get(key[:end], ())]
            if not outer:
                continue
            for place in self._candidates(key[end:].strip(_SEPARATORS)):
                if any(self._is_within(place, around) for around in outer):
                    found[place.adcode] = place
        return list(found.values())

    def _by_former_name(self, key: str) -> Found:
        former = self._former.get(key)
        if former is None:
            raise PlaceError(
                Words("一个地区的代码或名称", "the code or name of a region"),
                Words("检查用字，或改写区划代码", "check the spelling or write the division code"),
            )
        now = [self._places[code] for code in former.adcodes if code in self._places]
        if former.is_merged or len(now) != 1:
            listed = "、".join(f"{place.name_zh} {place.adcode}" for place in now)
            raise PlaceError(
                Words(
                    f"现有地区（{former.year} 年已并入 {listed}）",
                    f"a region of today (merged in {former.year} into {listed})",
                ),
                Words(
                    "其数值不等于新地区的数值；删去此行",
                    "its value is not that of the new region; remove the row",
                ),
            )
        place = now[0]
        return Found(
            place,
            Words(
                f"{former.name} {former.year} 年改为{place.name_zh} {place.adcode}",
                f"{former.name} has been {place.name_zh} {place.adcode} since {former.year}",
            ),
        )

    def _notice(self, key: str, place: Place) -> Words | None:
        if place in self._full.get(key, ()) or key.endswith(folded(place.name_zh)):
            return None
        return Words(
            f"简称“{key}”按{self.path(place)} {place.adcode} 处理",
            f'the short name "{key}" is taken as {place.name_en} {place.adcode}',
        )

    def _not_one(self, candidates: list[Place], within: Place | None) -> PlaceError:
        ordered = sorted(candidates, key=lambda place: place.adcode)
        listed = "、".join(
            f"{place.adcode} {self.path(place)}" for place in ordered[:_MOST_CANDIDATES]
        )
        if len(ordered) > _MOST_CANDIDATES:
            listed += "…"
        if within is not None:
            return PlaceError(
                Words(f"{within.name_zh}下的一个地区", f"one region in {within.name_zh}"),
                Words(f"同名的地区有：{listed}", f"regions of that name: {listed}"),
            )
        return PlaceError(
            Words("唯一的地区", "one region only"),
            Words(
                f"改写代码，或写明上级；可能是：{listed}",
                f"write the code or the region above it; candidates: {listed}",
            ),
        )

    def _is_within(self, place: Place, area: Place) -> bool:
        return area.adcode in self._above(place)

    def _above(self, place: Place) -> tuple[str, ...]:
        """Return the codes above a region, the nearest first."""
        codes: list[str] = []
        parent = place.parent
        while parent and parent not in codes:
            codes.append(parent)
            parent = self._places[parent].parent if parent in self._places else ""
        return tuple(code for code in codes if code != place.adcode)
