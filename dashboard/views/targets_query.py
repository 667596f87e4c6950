"""The words of the targets page: which plan, judged when, and what of it is listed how."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum
from urllib.parse import urlencode

from dashboard.bundle import DataBundle
from dashboard.selection import Notice, Selection, default_region, newest_year
from indicators.attainment import State
from indicators.errors import PeriodError
from indicators.periods import parse_period
from indicators.records import Domain, Plan, Target, Task

# Stands in the query for targets whose department the plan does not name.
UNNAMED = "none"
_LONGEST = 60
_MOST_MENDED = 8
# The map page writes these into every address and this page into none: an address that carries
# them comes from the map, where period and indicator said what the map showed.
_MAP_WORDS = ("view", "level")


class Group(StrEnum):
    """What the targets are listed under."""

    DOMAIN = "domain"
    DEPARTMENT = "department"
    NONE = "none"


class Sort(StrEnum):
    """The order of the targets within a group."""

    PLAN = "plan"
    VERDICT = "verdict"
    GAP = "gap"
    YEAR = "year"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class TargetsQuery:
    """The state of the page; every field is a word of the query, an empty one shows everything.

    ``period`` is the year the verdicts are judged at, ``indicator`` the target opened.
    """

    region: str
    period: str
    group: Group
    state: tuple[State, ...]
    year: tuple[str, ...]
    domain: tuple[Domain, ...]
    department: tuple[str, ...]
    q: str
    sort: Sort
    indicator: str
    lang: str
    theme: str

    def query(self) -> str:
        """Return the state as a query string, with its question mark."""
        words = {}
        for word in self.__slots__:
            value = getattr(self, word)
            words[word] = ",".join(value) if isinstance(value, tuple) else str(value)
        return "?" + urlencode({word: value for word, value in words.items() if value}, safe="/,")

    def same_but_opened(self, other: "TargetsQuery") -> bool:
        """Tell whether another state differs at most in the target that is opened."""
        return replace(self, indicator="") == replace(other, indicator="")

    @property
    def filtered(self) -> bool:
        """Whether some targets may be left out."""
        return bool(self.state or self.year or self.domain or self.department or self.q)


def parse_targets(
    words: Mapping[str, str], bundle: DataBundle, selection: Selection
) -> tuple[TargetsQuery, tuple[Notice, ...]]:
    """Read the page's words; every unusable one becomes the nearest valid one plus a notice."""
    reader = _Reader(words, bundle, selection)
    return reader.query(), tuple(reader.notices)


def plan_targets(bundle: DataBundle, plan: Plan) -> tuple[Target, ...]:
    """Return the targets of a plan in its own order."""
    return tuple(item for item in bundle.atlas.tables.targets if item.plan_id == plan.plan_id)


def plan_departments(bundle: DataBundle, plan: Plan) -> tuple[str, ...]:
    """Return the departments that answer for a target or task of a plan, in the plan's order."""
    atlas = bundle.atlas
    items: tuple[Target | Task, ...] = (*plan_targets(bundle, plan), *atlas.tasks(plan.plan_id))
    named = {
        name for item in items for name in item.departments_lead + item.departments_participating
    }
    return tuple(
        item.name_zh
        for item in atlas.tables.departments
        if item.plan_id == plan.plan_id and item.name_zh in named
    )


def years_on_offer(bundle: DataBundle, plan: Plan) -> tuple[str, ...]:
    """Return the years verdicts can be judged at, the newest first."""
    newest = newest_year(bundle)
    return tuple(str(year) for year in range(newest, min(plan.first_year, newest) - 1, -1))


class _Reader:
    """Reads one query; all words depend on the plan."""

    def __init__(self, words: Mapping[str, str], bundle: DataBundle, selection: Selection) -> None:
        self.words = words
        self.bundle = bundle
        self.selection = selection
        self.notices: list[Notice] = []
        self.from_map = any(word in words for word in _MAP_WORDS)
        self.plan = self._plan()
        self.targets = plan_targets(bundle, self.plan)

    def query(self) -> TargetsQuery:
        years = sorted({str(target.year) for target in self.targets})
        indicators = self.bundle.atlas.indicators
        domains = {indicators[target.indicator_id].domain for target in self.targets}
        departments = (*plan_departments(self.bundle, self.plan), UNNAMED)
        return TargetsQuery(
            region=self.plan.adcode,
            period=self._period(),
            group=Group(self._choice("group", tuple(Group), Group.DOMAIN)),
            state=tuple(State(item) for item in self._list("state", tuple(State))),
            year=self._list("year", years),
            domain=tuple(
                Domain(item) for item in self._list("domain", [d for d in Domain if d in domains])
            ),
            department=self._list("department", departments),
            q=" ".join(self.words.get("q", "").split())[:_LONGEST],
            sort=Sort(self._choice("sort", tuple(Sort), Sort.PLAN)),
            indicator=self._indicator(),
            lang=self.selection.lang,
            theme=self.selection.theme,
        )

    def _note(self, word: str, found: str, used: str) -> str:
        self.notices.append(Notice(word, found[:_LONGEST], used))
        return used

    def _plan(self) -> Plan:
        """Return the region's plan, the nearest one above it, or the one of the first view."""
        atlas, regions = self.bundle.atlas, self.bundle.regions
        given = self.words.get("region", "")
        known = given in regions
        code = given if known else self.selection.region
        plan = atlas.plan_above(code) or atlas.plan_by_region.get(default_region(self.bundle))
        plan = plan or next(iter(atlas.plans.values()))
        if given and not known:
            self._note("region", given, plan.adcode)
        elif given and plan.adcode != given:
            above = atlas.plan_above(code) is not None
            self._note("plan_above" if above else "plan_other", given, plan.adcode)
        return plan

    def _period(self) -> str:
        offered = years_on_offer(self.bundle, self.plan)
        given = self.words.get("period", "")
        if not given or given in offered:
            # What the map showed is no wish to look back.
            return offered[0] if self.from_map else given or offered[0]
        try:
            wanted = parse_period(given)
        except PeriodError:
            return self._note("period", given, offered[0])
        if self.from_map:
            return offered[0]
        nearest = min(offered, key=lambda year: abs(int(year) - wanted.year))
        return self._note("period", given, nearest)

    def _choice(self, word: str, options: Sequence[str], default: str) -> str:
        given = self.words.get(word, "")
        if not given or given in options:
            return given or default
        return self._note(word, given, _nearest(given, options) or default)

    def _list(self, word: str, options: Sequence[str]) -> tuple[str, ...]:
        """Keep the items that can be chosen, in the order offered."""
        given = [item for item in self.words.get(word, "").split(",") if item]
        unknown = [item for item in given if item not in options]
        near = {_nearest(item, options) for item in unknown[:_MOST_MENDED]}
        kept = tuple(option for option in options if option in given or option in near)
        if unknown:
            self._note(word, ",".join(unknown), ",".join(kept))
        return kept

    def _indicator(self) -> str:
        given = self.words.get("indicator", "")
        promised = [target.indicator_id for target in self.targets]
        if not given or given in promised:
            return given
        if given in self.bundle.atlas.indicators:
            return "" if self.from_map else self._note("target", given, "")
        near = _nearest(given, promised)
        return self._note("indicator" if near else "target", given, near)


def _nearest(given: str, options: Sequence[str]) -> str:
    near = get_close_matches(given, options, n=1, cutoff=0.6)
    return near[0] if near else ""
