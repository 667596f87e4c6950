"""The words of the data page in the address: which tab, what is searched for, which level."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from urllib.parse import urlencode

from dashboard.selection import Notice, Selection
from geodata.codes import Level

MOST_CHARACTERS = 80


class Tab(StrEnum):
    """The parts of the data page, in order."""

    OBSERVATIONS = "observations"
    TARGETS = "targets"
    INDICATORS = "indicators"
    SOURCES = "sources"
    CORRECTIONS = "corrections"
    COVERAGE = "coverage"
    METHOD = "method"


GRIDS = (Tab.OBSERVATIONS, Tab.TARGETS, Tab.INDICATORS, Tab.SOURCES, Tab.CORRECTIONS)
COVERS = ("all", *Level)


@dataclass(frozen=True, slots=True)
class DataQuery:
    """The data page's own part of the address."""

    table: Tab = Tab.OBSERVATIONS
    find: str = ""
    cover: str = "all"

    @classmethod
    def parse(cls, words: Mapping[str, str]) -> tuple["DataQuery", tuple[Notice, ...]]:
        """Read the words; an unusable one becomes the nearest valid one plus a notice."""
        notices: list[Notice] = []

        def choice(word: str, options: tuple[str, ...]) -> str:
            given = words.get(word, "")
            if not given or given in options:
                return given or options[0]
            near = get_close_matches(given, options, n=1, cutoff=0.6)
            used = near[0] if near else options[0]
            notices.append(Notice(word, given[:60], used))
            return used

        table, cover = Tab(choice("table", tuple(Tab))), choice("cover", COVERS)
        find = words.get("find", "").strip()[:MOST_CHARACTERS]
        return cls(table, find, cover), tuple(notices)

    def query(self, selection: Selection) -> str:
        """Return the whole query of the page, the common words first."""
        own = {"table": self.table.value}
        if self.find and self.table in GRIDS:
            own["find"] = self.find
        if self.table is Tab.COVERAGE:
            own["cover"] = self.cover
        return f"{selection.query()}&{urlencode(own)}"

    def at(self, table: Tab, find: str = "") -> "DataQuery":
        """Return the query of another tab."""
        return DataQuery(table, find, self.cover)
