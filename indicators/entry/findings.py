"""What reading a file brings to light: faults that refuse it, notices that only inform."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from indicators.entry.words import Words
from indicators.errors import IndicatorDataError

MOST_LISTED = 100

_CELL = re.compile(r"(?P<sheet>.*)!(?P<column>[A-Z]*)(?P<row>\d+)(?::.*)?")


@dataclass(frozen=True, slots=True)
class EntryFault:
    """One reason to refuse a file: where it is, what was found, what was expected, what to do."""

    where: str
    found: Words
    expected: Words
    remedy: Words

    def __str__(self) -> str:
        """Render the fault as one line for a terminal."""
        return (
            f"{self.where}: 发现{self.found.zh}，应为{self.expected.zh}；{self.remedy.zh}"
            f" | found {self.found.en}; expected {self.expected.en}; {self.remedy.en}"
        )


class EntryError(IndicatorDataError):
    """A file is refused; every reason is kept, and the first ones are told."""

    def __init__(self, faults: Iterable[EntryFault]) -> None:
        """Keep the faults sheet by sheet, from the top down."""
        given = list(faults)
        sheets = {sheet: rank for rank, sheet in reversed(list(enumerate(map(_sheet, given))))}
        self.faults = tuple(sorted(given, key=lambda fault: (sheets[_sheet(fault)], *_row(fault))))
        lines = [str(fault) for fault in self.faults[:MOST_LISTED]]
        if more := len(self.faults) - MOST_LISTED:
            lines += [f"……另有 {more} 处错误 and {more} more fault(s)"] if more > 0 else []
        super().__init__("\n".join(lines))


def _sheet(fault: EntryFault) -> str:
    match = _CELL.fullmatch(fault.where)
    return match["sheet"] if match else fault.where


def _row(fault: EntryFault) -> tuple[int, int, str]:
    match = _CELL.fullmatch(fault.where)
    return (int(match["row"]), len(match["column"]), match["column"]) if match else (0, 0, "")


@dataclass(slots=True)
class Findings:
    """Faults and notices, collected while a file is read."""

    faults: list[EntryFault] = field(default_factory=list)
    notices: list[Words] = field(default_factory=list)
    _seen: set[EntryFault] = field(default_factory=set)
    _told: set[Words] = field(default_factory=set)

    def refuse(self, where: str, found: Words, expected: Words, remedy: Words) -> None:
        """Add a fault, once: many values may share a bad cell."""
        fault = EntryFault(where, found, expected, remedy)
        if fault not in self._seen:
            self._seen.add(fault)
            self.faults.append(fault)

    def notice(self, zh: str, en: str) -> None:
        """Add a notice, once."""
        words = Words(zh, en)
        if words not in self._told:
            self._told.add(words)
            self.notices.append(words)

    def stop_if_refused(self) -> None:
        """Go no further with a file that has faults.

        Raises:
            EntryError: with every fault found so far.
        """
        if self.faults:
            raise EntryError(self.faults)
