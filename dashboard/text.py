"""User-facing text: the message catalogue, and how numbers, units and periods are written."""

from functools import cache
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from indicators.periods import Period, PeriodKind
from indicators.records import Comparator, Qualifier

LANGUAGES = ("zh", "en")
_FOLDER = Path(__file__).parent / "locale"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MINUS = "−"
_COMPARATORS = {
    Comparator.AT_LEAST: "≥",
    Comparator.MORE_THAN: ">",
    Comparator.AT_MOST: "≤",
    Comparator.LESS_THAN: "<",
    Comparator.ABOUT: "≈",
}
_QUALIFIERS = {Qualifier.EXACT: "", Qualifier.AT_LEAST: "≥ ", Qualifier.ABOUT: "≈ "}


def language(asked: str, default: str) -> str:
    """Return the language asked for where there is one, otherwise the default."""
    return asked if asked in LANGUAGES else default


def html_language(lang: str) -> str:
    """Return the code by which browsers and screen readers know a language."""
    return "zh-CN" if lang == "zh" else lang


@cache
def catalogue(lang: str) -> dict[str, tuple[str, ...]]:
    """Return all messages of a language by id, each in its form for one and its form for more.

    Chinese has one form for both, and so have English messages that count nothing.
    """
    with (_FOLDER / lang / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return dict(_forms(entry) for entry in read_po(file) if entry.id)


def _forms(entry: Message) -> tuple[str, tuple[str, ...]]:
    if isinstance(entry.id, str):
        return entry.id, (str(entry.string),)
    return entry.id[0], tuple(map(str, entry.string or ()))


def t(lang: str, message_id: str, /, **values: object) -> str:
    """Return a message with its values filled in; ``count`` decides between one and more.

    Raises:
        KeyError: for an unknown id.
    """
    forms = catalogue(lang)[message_id]
    return forms[0 if values.get("count") == 1 else -1].format(**values)


def pick(lang: str, zh: str, en: str) -> str:
    """Return the text of the language among two that the data tables hold."""
    return zh if lang == "zh" else en


def number(value: float) -> str:
    """Write a number with the digits the source gave, grouped from 10,000 on."""
    text = format_decimal(
        abs(value),
        format="#,##0.##########" if abs(value) >= 10_000 else "0.##########",
        locale="en",
    )
    return f"{_MINUS}{text}" if value < 0 else text


def signed(value: float) -> str:
    """Write a difference with its sign."""
    return f"+{number(value)}" if value > 0 else number(value)


def unit(lang: str, code: str) -> str:
    """Return a unit as it follows a number, with the space it needs."""
    return t(lang, f"unit.{code}") if f"unit.{code}" in catalogue(lang) else f" {code}"


def quantity(lang: str, value: float, code: str, qualifier: Qualifier = Qualifier.EXACT) -> str:
    """Write a value with its unit, and how exactly it is known."""
    return f"{_QUALIFIERS[qualifier]}{number(value)}{unit(lang, code)}"


def difference(lang: str, value: float, code: str) -> str:
    """Write a signed difference; shares differ by percentage points."""
    if value == 0:
        return t(lang, "difference.none")
    points = t(lang, "unit.percentage_points") if code == "%" else unit(lang, code)
    return f"{signed(value)}{points}"


def promise(lang: str, comparator: Comparator, value: float, upper: float | None, code: str) -> str:
    """Write a promised number as a plan words it, such as "≥ 92%" or "2–3 项"."""
    if upper is not None:
        return f"{number(value)}–{number(upper)}{unit(lang, code)}"
    return f"{_COMPARATORS[comparator]} {number(value)}{unit(lang, code)}"


def period(lang: str, value: Period) -> str:
    """Write a period the way the language does: 2022年9月, Sep 2022."""
    return _period_zh(value) if lang == "zh" else _period_en(value)


def month(lang: str, value: int) -> str:
    """Write a calendar month, 1 to 12."""
    return f"{value}月" if lang == "zh" else _MONTHS[value - 1]


def _period_zh(value: Period) -> str:
    first_year, first = divmod(value.first_month, 12)
    if value.kind is PeriodKind.YEAR:
        return f"{value.year}年"
    if value.kind is PeriodKind.QUARTER:
        return f"{value.year}年第{'一二三四'[first // 3]}季度"
    if value.kind is PeriodKind.MONTH:
        return f"{value.year}年{value.month}月"
    if first_year == value.year:
        return f"{value.year}年{first + 1}—{value.month}月"
    return f"{first_year}年{first + 1}月—{value.year}年{value.month}月"


def _period_en(value: Period) -> str:
    first_year, first = divmod(value.first_month, 12)
    if value.kind is PeriodKind.YEAR:
        return f"{value.year}"
    if value.kind is PeriodKind.QUARTER:
        return f"Q{first // 3 + 1} {value.year}"
    last = f"{_MONTHS[value.month - 1]} {value.year}"
    if value.kind is PeriodKind.MONTH:
        return last
    if first_year == value.year:
        return f"{_MONTHS[first]}–{last}"
    return f"{_MONTHS[first]} {first_year}–{last}"
