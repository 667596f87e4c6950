"""Periods as people write them in a cell, read without guessing."""

import re

from indicators.entry.grids import Cell, CellKind
from indicators.entry.plain import plain
from indicators.entry.words import Words
from indicators.errors import IndicatorDataError, PeriodError
from indicators.periods import Period, parse_period

_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_SPANS = {"上半年": (1, 6), "下半年": (7, 12), "前三季度": (1, 9)}

_Y = r"(?P<year>\d{4})"
_TO = r"(?:-|–|—|~|至|到)"
_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        rf"{_Y}(?:年|年度|全年|年全年)?",
        rf"{_Y}年(?P<month>\d{{1,2}})月份?",
        rf"{_Y}[-/](?P<month>\d{{1,2}})",
        rf"{_Y}[-/]?[qQ](?P<quarter>[1-4])",
        rf"{_Y}年?第?(?P<quarter>[一二三四1-4])季度?",
        rf"{_Y}年(?P<month>\d{{1,2}})月?{_TO}(?P<last>\d{{1,2}})月份?",
        rf"{_Y}-(?P<month>\d{{2}})/(?P<last_year>\d{{4}})-(?P<last>\d{{2}})",
        rf"{_Y}年?(?P<span>上半年|下半年|前三季度)",
    )
)

_EXPECTED = Words(
    "时期，如 2024、2024年9月、2024-09、2024Q3、2024年1-10月",
    "a period such as 2024, 2024-09, 2024Q3 or 2024年1-10月",
)
_REWRITE = Words("按上述写法改写", "rewrite the period")
_AS_TEXT = Words(
    "Excel 把它变成了日期：把单元格格式改为“文本”，再写 2024 或 2024年9月",
    "Excel has made a date of it: format the cell as text and write 2024 or 2024年9月",
)


class PeriodCellError(IndicatorDataError, ValueError):
    """A cell holds no period that can be read without guessing."""

    def __init__(self, remedy: Words = _REWRITE) -> None:
        """Keep the words for the fault."""
        super().__init__(f"expected {_EXPECTED.en}; {remedy.en}")
        self.expected, self.remedy = _EXPECTED, remedy


def read_period(cell: Cell, month: str = "", quarter: str = "") -> Period:
    """Read a period from its cell, and from a month or quarter that stands in a column beside it.

    Raises:
        PeriodCellError: where the cells say no period, or could mean several.
    """
    if cell.kind is CellKind.DATE:
        raise PeriodCellError(_AS_TEXT)
    text = "".join(plain(cell.text).split())
    if cell.kind is CellKind.NUMBER:
        text = text.removesuffix(".0")
        # A date whose format was lost is its day number: 45292 is 1 January 2024.
        if text.isdigit() and len(text) == 5:
            raise PeriodCellError(_AS_TEXT)
    return _parsed(text + _within_year(text, month, quarter))


def is_period(cell: Cell) -> bool:
    """Tell whether a cell, such as a header, can be read as a period."""
    if cell.kind not in (CellKind.TEXT, CellKind.NUMBER):
        return False
    try:
        read_period(cell)
    except PeriodCellError:
        return False
    return True


def _within_year(text: str, month: str, quarter: str) -> str:
    month, quarter = plain(month), plain(quarter)
    if not (month or quarter):
        return ""
    if month and quarter:
        raise PeriodCellError(
            Words("月份和季度只填一项", "fill in either the month or the quarter")
        )
    year = "" if text.endswith("年") else "年"
    if month:
        return f"{year}{month.removesuffix('份').removesuffix('月')}月"
    bare = quarter.casefold().removeprefix("第").removesuffix("度").removesuffix("季")
    return f"{year}{bare.removeprefix('q')}季度"


def _parsed(text: str) -> Period:
    match = next((found for form in _FORMS if (found := form.fullmatch(text))), None)
    if match is None:
        raise PeriodCellError
    try:
        return parse_period(_canonical(match.groupdict()))
    except PeriodError as error:
        raise PeriodCellError from error


def _canonical(parts: dict[str, str | None]) -> str:
    year, month, last = parts["year"], parts.get("month"), parts.get("last")
    if quarter := parts.get("quarter"):
        return f"{year}-Q{_QUARTERS.get(quarter, quarter)}"
    if span := parts.get("span"):
        first, end = _SPANS[span]
        return f"{year}-{first:02d}/{year}-{end:02d}"
    if month and last:
        last_year = parts.get("last_year") or year
        # January to December is the year, however it is written.
        if (int(month), int(last)) == (1, 12) and last_year == year:
            return f"{year}"
        return f"{year}-{int(month):02d}/{last_year}-{int(last):02d}"
    return f"{year}-{int(month):02d}" if month else f"{year}"
