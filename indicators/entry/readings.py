"""A value cell read to the end: which region, indicator and period, which number, from where."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from indicators.entry.choices import audience_of, qualifier_of, quality_of
from indicators.entry.entries import STORED_TEXTS, Entry
from indicators.entry.findings import Findings
from indicators.entry.headers import Role
from indicators.entry.known import Known
from indicators.entry.lookups import Lookups
from indicators.entry.numbers import Number, NumberError, exact_product, read_number
from indicators.entry.places import Place, Places
from indicators.entry.text_cells import refuse_broken, refuse_other_address
from indicators.entry.units import UnitError, conversion
from indicators.entry.words import Words, quoted
from indicators.periods import Period, PeriodKind
from indicators.records import Indicator, Qualifier, Quality

_Word = TypeVar("_Word")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a value cell says; None where it leaves something open.

    ``value`` is in the indicator's unit; ``is_bare`` says that it stood there without any sign
    or unit that tells a share from a percentage.
    """

    entry: Entry
    place: Place
    indicator: Indicator
    period: Period
    value: Decimal
    is_bare: bool
    qualifier: Qualifier | None
    quality: Quality | None
    audience: str | None
    note: str | None


class Reader:
    """Reads value cells; collects what is wrong with them, and counts what is left out."""

    def __init__(
        self, known: Known, places: Places, findings: Findings, period_kind: PeriodKind | None
    ) -> None:
        """Take what names are looked up in, and the only kind of period to be accepted."""
        self._lookups = Lookups(known, places, findings, period_kind)
        self._findings = findings
        self.blank = 0
        self._formulas: Counter[str] = Counter()
        self._converted: Counter[tuple[str, str, str]] = Counter()

    def read(self, entry: Entry) -> Reading | None:
        """Read a value cell; None where it is empty or refused."""
        number = self._number(entry)
        if number is None:
            return None
        place, indicator, period = (
            self._lookups.place(entry),
            self._lookups.indicator(entry),
            self._lookups.period(entry),
        )
        qualifier = self._qualifier(entry, number)
        quality = self._word(entry, Role.QUALITY, quality_of, "官方、媒体、论文、不确定")
        audience = self._word(entry, Role.AUDIENCE, audience_of, "公开、内部")
        if place is None or indicator is None or period is None:
            return None
        self._check_texts(entry)
        value = self._value(entry, indicator, number)
        if value is None or not self._lookups.fits(entry, place, indicator):
            return None
        has_unit = number.unit or entry.text(Role.UNIT) or entry.unit
        is_bare = not number.percent and not has_unit
        note = (entry.written(Role.NOTE) or None) if Role.NOTE in entry.columns else None
        return Reading(
            entry, place, indicator, period, value, is_bare, qualifier, quality, audience, note
        )

    def tell(self) -> None:
        """Add the notices about what was read in a way that has to be told."""
        for sheet, count in self._formulas.items():
            self._findings.notice(
                f"{sheet}：{count} 个公式，取其已存的结果",
                f"{sheet}: {count} formula(s), read by their stored results",
            )
        for (name, given, unit), count in self._converted.items():
            self._findings.notice(
                f"{name}：{count} 个数值由“{given}”换算为“{unit}”",
                f"{name}: {count} value(s) converted from {given} to {unit}",
            )

    def _check_texts(self, entry: Entry) -> None:
        for role in STORED_TEXTS:
            refuse_broken(entry.cell(role), entry.at(role), self._findings)
        if not entry.cell(Role.URL).is_broken:
            refuse_other_address(entry.written(Role.URL), entry.at(Role.URL), self._findings)

    def _number(self, entry: Entry) -> Number | None:
        cell = entry.value
        try:
            number = read_number(cell)
        except NumberError as error:
            self._findings.refuse(entry.where, quoted(cell.text), error.expected, error.remedy)
            return None
        self.blank += number is None
        if cell.formula and number is not None:
            self._formulas[entry.grid.name] += 1
        return number

    def _qualifier(self, entry: Entry, number: Number) -> Qualifier | None:
        stated = self._word(entry, Role.QUALIFIER, qualifier_of, "=、≥、约")
        if stated and number.qualifier and stated is not number.qualifier:
            self._findings.refuse(
                entry.at(Role.QUALIFIER),
                quoted(entry.text(Role.QUALIFIER)),
                Words(f"与数值“{entry.value.text}”一致", f"what the value {entry.value.text} says"),
                Words("只写一处", "write it in one place"),
            )
        return stated or number.qualifier

    def _word(
        self, entry: Entry, role: Role, meaning: Callable[[str], _Word | None], listed: str
    ) -> _Word | None:
        text = entry.text(role)
        if not text:
            return None
        found = meaning(text)
        if found is None:
            self._findings.refuse(
                entry.at(role),
                quoted(text),
                Words(f"{listed}之一", f"one of {listed}"),
                Words("从下拉列表选择", "choose from the list"),
            )
        return found

    def _value(self, entry: Entry, indicator: Indicator, number: Number) -> Decimal | None:
        column = entry.text(Role.UNIT) or entry.unit
        where = entry.at(Role.UNIT) if entry.text(Role.UNIT) and not number.unit else entry.where
        given = "%" if number.percent else number.unit
        try:
            factor = conversion(indicator.unit, column, given)
        except UnitError as error:
            found = quoted(f"{entry.value.text} {column}".strip())
            self._findings.refuse(where, found, error.expected, error.remedy)
            return None
        if factor != 1:
            written_unit = given or column
            self._converted[indicator.name_zh, written_unit, indicator.unit] += 1
        return exact_product(number.value, factor)
