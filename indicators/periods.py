"""Periods as the tables write them: 2020, 2022-09, 2023-Q3, 2020-01/2020-10."""

import re
from dataclasses import dataclass
from enum import StrEnum

from indicators.errors import PeriodError

_YEAR = re.compile(r"(\d{4})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_QUARTER = re.compile(r"(\d{4})-Q([1-4])", re.ASCII)
_SPAN = re.compile(r"(\d{4})-(\d{2})/(\d{4})-(\d{2})", re.ASCII)

FIRST_YEAR, LAST_YEAR = 1949, 2099


class PeriodKind(StrEnum):
    """How long a period is; only periods of one kind compare."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    SPAN = "span"


@dataclass(frozen=True, slots=True)
class Period:
    """A run of whole months, both ends included.

    Months are counted from year 0 (``year * 12 + month - 1``), which makes order,
    length and distance plain arithmetic.
    """

    kind: PeriodKind
    first_month: int
    last_month: int

    @property
    def year(self) -> int:
        """Calendar year in which the period ends."""
        return self.last_month // 12

    @property
    def month(self) -> int:
        """Calendar month (1 to 12) in which the period ends."""
        return self.last_month % 12 + 1

    @property
    def sort_key(self) -> tuple[int, int]:
        """Order by end, and at the same end the longer period last."""
        return (self.last_month, -self.first_month)

    def __str__(self) -> str:
        """Return the form used in the tables and in addresses."""
        first_year, first = divmod(self.first_month, 12)
        if self.kind is PeriodKind.YEAR:
            return f"{self.year:04d}"
        if self.kind is PeriodKind.QUARTER:
            return f"{self.year:04d}-Q{first // 3 + 1}"
        if self.kind is PeriodKind.MONTH:
            return f"{self.year:04d}-{self.month:02d}"
        return f"{first_year:04d}-{first + 1:02d}/{self.year:04d}-{self.month:02d}"


def year_period(year: int) -> Period:
    """Return the period of a whole calendar year."""
    return Period(PeriodKind.YEAR, year * 12, year * 12 + 11)


def parse_period(text: str) -> Period:
    """Read a period; raise PeriodError where the text is none of the four forms."""
    if match := _YEAR.fullmatch(text):
        return year_period(_year(match[1], text))
    if match := _QUARTER.fullmatch(text):
        first = _year(match[1], text) * 12 + (int(match[2]) - 1) * 3
        return Period(PeriodKind.QUARTER, first, first + 2)
    if match := _MONTH.fullmatch(text):
        month = _month_number(match[1], match[2], text)
        return Period(PeriodKind.MONTH, month, month)
    if match := _SPAN.fullmatch(text):
        first = _month_number(match[1], match[2], text)
        last = _month_number(match[3], match[4], text)
        if last <= first:
            raise PeriodError(f"period {text!r} ends before it begins")
        return Period(PeriodKind.SPAN, first, last)
    raise PeriodError(f"{text!r} is no period; write 2020, 2022-09, 2023-Q3 or 2020-01/2020-10")


def _year(digits: str, text: str) -> int:
    year = int(digits)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PeriodError(f"year of {text!r} lies outside {FIRST_YEAR} to {LAST_YEAR}")
    return year


def _month_number(year: str, month: str, text: str) -> int:
    if not 1 <= int(month) <= 12:
        raise PeriodError(f"month of {text!r} lies outside 01 to 12")
    return _year(year, text) * 12 + int(month) - 1
