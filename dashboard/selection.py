"""What a page shows, as one value that travels in the address."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum
from urllib.parse import parse_qsl, urlencode

from dashboard.bundle import DataBundle
from dashboard.memo import kept_in_memory
from dashboard.text import LANGUAGES
from dashboard.theme import THEMES
from geodata.codes import NATION, Level, is_adcode
from indicators.errors import PeriodError
from indicators.periods import Period, parse_period

# What an atlas without any plan or value calls its newest year.
_NO_DATA_YEAR = 2020

_MOST_SHOWN = 60

QUERY_WORDS = ("region", "level", "indicator", "period", "view", "selected", "lang", "theme")


class View(StrEnum):
    """What the map colours."""

    VALUE = "value"
    ATTAINMENT = "attainment"
    GAP = "gap"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Selection:
    """The state of a page; every field is a word of the query."""

    region: str
    level: Level
    indicator: str
    period: str
    view: View
    selected: str
    lang: str
    theme: str

    @property
    def focus(self) -> str:
        """Code of the region the side panels speak about."""
        return self.selected or self.region

    def query(self) -> str:
        """Return the selection as a query string, with its question mark."""
        words = {
            word: str(getattr(self, word)) for word in QUERY_WORDS if getattr(self, word) != ""
        }
        return "?" + urlencode(words, safe="/")

    def with_(self, **changes: object) -> "Selection":
        """Return a copy with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Notice:
    """A query word that could not be used, and what took its place."""

    word: str
    found: str
    used: str

    def __post_init__(self) -> None:
        """Keep what was found short, and fit to be sent back: half a character is not."""
        shown = self.found[:_MOST_SHOWN].encode("utf-8", "replace").decode("utf-8")
        object.__setattr__(self, "found", shown)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A valid selection, and a notice for every word that had to be replaced."""

    selection: Selection
    notices: tuple[Notice, ...]


def parse(search: str, bundle: DataBundle, default_lang: str = "zh") -> Parsed:
    """Read a query string; every unusable word becomes the nearest valid one plus a notice."""
    return parse_words(dict(parse_qsl(search.lstrip("?"))), bundle, default_lang)


def parse_words(words: Mapping[str, str], bundle: DataBundle, default_lang: str = "zh") -> Parsed:
    """Read the words of a query, already split."""
    reader = _Reader(words, bundle, default_lang)
    return Parsed(reader.selection(), tuple(reader.notices))


def periods_on_offer(bundle: DataBundle, selection: Selection) -> dict[str, int]:
    """Return the periods a page offers, each with the number of regions that have a value."""
    return _periods(bundle, selection.region, selection.level, selection.indicator)


def _periods(bundle: DataBundle, region: str, level: Level, indicator: str) -> dict[str, int]:
    atlas = bundle.atlas
    codes = [child.adcode for child in bundle.regions.children(region, level)]
    if counts := atlas.periods(indicator, codes):
        return counts
    if own := atlas.periods(indicator, [region]):
        return dict.fromkeys(own, 0)
    held = atlas.held_targets(region, indicator)
    years = sorted({item.target.year for item in held}) or [newest_year(bundle)]
    return {str(year): 0 for year in years}


def newest_year(bundle: DataBundle) -> int:
    """Return the latest year any value was published for."""
    tables = bundle.atlas.tables
    years = [observation.period.year for observation in tables.observations]
    # A new office has plans before it has values.
    return max(years or [plan.last_year for plan in tables.plans] or [_NO_DATA_YEAR])


def best_period(counts: Mapping[str, int], complete: int) -> str:
    """Return the newest period in which every region has a value, else the best covered one."""
    full = [period for period, count in counts.items() if count >= complete]
    if full:
        return full[-1]
    best = max(counts.values())
    return [period for period, count in counts.items() if count == best][-1]


class _Reader:
    """Reads one query; each word depends on those before it."""

    def __init__(self, words: Mapping[str, str], bundle: DataBundle, default_lang: str) -> None:
        self.words = words
        self.bundle = bundle
        self.default_lang = default_lang
        self.notices: list[Notice] = []

    def selection(self) -> Selection:
        region = self._region()
        level = self._level(region)
        indicator = self._indicator(region, level)
        return Selection(
            region=region,
            level=level,
            indicator=indicator,
            period=self._period(region, level, indicator),
            view=View(self._choice("view", tuple(View), View.VALUE)),
            selected=self._selected(region, level),
            lang=self._choice("lang", LANGUAGES, self.default_lang),
            theme=self._choice("theme", THEMES, "light"),
        )

    def _note(self, word: str, used: str) -> str:
        self.notices.append(Notice(word, self.words[word], used))
        return used

    def _choice(self, word: str, options: tuple[str, ...], default: str) -> str:
        given = self.words.get(word, "")
        if not given:
            return default
        return given if given in options else self._note(word, default)

    def _region(self) -> str:
        given = self.words.get("region", "")
        if not given:
            return default_region(self.bundle)
        if given in self.bundle.regions and self.bundle.regions.levels_below(given):
            return given
        return self._note("region", self._nearest_region(given))

    def _nearest_region(self, given: str) -> str:
        regions = self.bundle.regions
        if is_adcode(given):
            above = (
                [region.adcode for region in regions.ancestors(given)] if given in regions else []
            )
            prefixes = [given[:4] + "00", given[:2] + "0000"]
            for code in [*reversed(above), *prefixes]:
                if code in regions and regions.levels_below(code):
                    return code
        else:
            for region in regions.search(given):
                if regions.levels_below(region.adcode):
                    return region.adcode
        return default_region(self.bundle)

    def _level(self, region: str) -> Level:
        below = self.bundle.regions.levels_below(region)
        given = self.words.get("level", "")
        if not given:
            return below[0]
        if given in below:
            return Level(given)
        return Level(self._note("level", below[0]))

    def _indicator(self, region: str, level: Level) -> str:
        known = self.bundle.atlas.indicators
        given = self.words.get("indicator", "")
        if not given:
            return default_indicator(self.bundle, region, level)
        if given in known:
            return given
        near = get_close_matches(given, known, n=1, cutoff=0.6)
        used = near[0] if near else default_indicator(self.bundle, region, level)
        return self._note("indicator", used)

    def _period(self, region: str, level: Level, indicator: str) -> str:
        counts = _periods(self.bundle, region, level, indicator)
        best = best_period(counts, len(self.bundle.regions.children(region, level)))
        given = self.words.get("period", "")
        if not given:
            return best
        if given in counts:
            return given
        try:
            wanted = parse_period(given)
        except PeriodError:
            return self._note("period", best)
        return self._note("period", _nearest_period(wanted, counts))

    def _selected(self, region: str, level: Level) -> str:
        given = self.words.get("selected", "")
        if not given:
            return ""
        shown = {child.adcode for child in self.bundle.regions.children(region, level)}
        return given if given in shown else self._note("selected", "")


def _nearest_period(wanted: Period, counts: Mapping[str, int]) -> str:
    """Return the offered period closest in time, one of the same kind before others."""

    def distance(text: str) -> tuple[bool, int, int]:
        offered = parse_period(text)
        away = abs(offered.last_month - wanted.last_month)
        return (offered.kind is not wanted.kind, away, -offered.last_month)

    return min(counts, key=distance)


def default_region(bundle: DataBundle) -> str:
    """Return the area of the first view: the plan region with the newest complete map."""
    return _first_view(bundle)[0]


@kept_in_memory(1024)
def default_indicator(bundle: DataBundle, region: str, level: Level) -> str:
    """Return the indicator an area opens with: the newest complete map, else the best covered."""
    region_shown, level_shown, indicator = _first_view(bundle)
    if (region, level) == (region_shown, level_shown):
        return indicator
    codes = [child.adcode for child in bundle.regions.children(region, level)]
    ranked = [
        (_newest_complete(bundle, indicator_id, codes), indicator_id)
        for indicator_id in bundle.atlas.indicators
    ]
    score, best = max(ranked, key=lambda item: item[0])
    # Where nothing at all was published the indicator of the first view is as good as any.
    return best if score[2] else indicator


@kept_in_memory(4)
def _first_view(bundle: DataBundle) -> tuple[str, Level, str]:
    candidates = []
    for plan in bundle.atlas.plans.values():
        for level in bundle.regions.levels_below(plan.adcode):
            codes = [child.adcode for child in bundle.regions.children(plan.adcode, level)]
            for indicator_id in bundle.atlas.indicators:
                score = _newest_complete(bundle, indicator_id, codes)
                candidates.append((score, (plan.adcode, level, indicator_id)))
    if not candidates:
        return (NATION, Level.PROVINCE, next(iter(bundle.atlas.indicators)))
    return max(candidates, key=lambda item: item[0])[1]


def _newest_complete(
    bundle: DataBundle, indicator_id: str, codes: list[str]
) -> tuple[bool, tuple[int, int], int]:
    """Score a map: complete before partial, then newer, then better covered."""
    counts = bundle.atlas.periods(indicator_id, codes)
    if not counts:
        return (False, (0, 0), 0)
    best = best_period(counts, len(codes))
    complete = counts[best] >= len(codes)
    return (complete, parse_period(best).sort_key if complete else (0, 0), counts[best])
