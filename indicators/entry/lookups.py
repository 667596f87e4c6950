"""Which region, indicator and period the cells beside a value name."""

from geodata.codes import NATION
from indicators.entry.entries import Entry
from indicators.entry.findings import Findings
from indicators.entry.headers import Role
from indicators.entry.known import Known
from indicators.entry.period_cells import PeriodCellError, read_period
from indicators.entry.places import Found, Place, PlaceError, Places
from indicators.entry.plain import folded
from indicators.entry.words import Words, quoted
from indicators.periods import Period, PeriodKind
from indicators.records import Indicator


class Lookups:
    """Looks up what cells name, and refuses what names nothing or several things."""

    def __init__(
        self, known: Known, places: Places, findings: Findings, period_kind: PeriodKind | None
    ) -> None:
        """Take what names are looked up in, and the only kind of period to be accepted."""
        self._known, self._places = known, places
        self._findings, self._period_kind = findings, period_kind
        self._found: dict[tuple[str, str], Found | PlaceError] = {}

    def place(self, entry: Entry) -> Place | None:
        """Return the region of a row."""
        texts = [entry.text(role) for role in (Role.REGION, Role.REGION_NAME)]
        given = [text for text in texts if text]
        where = entry.at(Role.REGION, Role.REGION_NAME)
        if not given:
            self._refuse_missing(where, Words("地区的代码或名称", "the code or name of a region"))
            return None
        first = self._find(given[0], entry.text(Role.PARENT))
        if isinstance(first, PlaceError):
            self._findings.refuse(where, quoted(given[0]), first.expected, first.remedy)
            return None
        if len(given) > 1 and not self._is_named(first.place, given[1]):
            self._findings.refuse(
                entry.at(Role.REGION_NAME),
                quoted(given[1]),
                Words(
                    f"{first.place.name_zh}（{first.place.adcode}）",
                    f"{first.place.name_zh}, the name of {first.place.adcode}",
                ),
                Words("改正代码或名称", "correct the code or the name"),
            )
            return None
        if first.notice:
            self._findings.notice(first.notice.zh, first.notice.en)
        return first.place

    def _find(self, text: str, parent: str) -> Found | PlaceError:
        key = (text, parent)
        if key not in self._found:
            try:
                self._found[key] = self._places.find(text, parent)
            except PlaceError as error:
                self._found[key] = error
        return self._found[key]

    def _is_named(self, place: Place, name: str) -> bool:
        names = (place.name_zh, place.short_zh, place.name_en, self._places.path(place))
        if folded(name) in map(folded, names):
            return True
        found = self._find(name, "")
        return isinstance(found, Found) and found.place == place

    def indicator(self, entry: Entry) -> Indicator | None:
        """Return the indicator of a row."""
        texts = [entry.text(role) for role in (Role.INDICATOR, Role.INDICATOR_NAME)]
        given = [text for text in texts if text] or [entry.indicator]
        where = entry.at(Role.INDICATOR, Role.INDICATOR_NAME)
        expected = Words("指标目录中的编号或名称", "an id or name of the catalogue of indicators")
        if not given[0]:
            self._refuse_missing(
                where,
                expected,
                Words(
                    "加一列“指标”，或用 --indicator 指明",
                    "add a column of indicators or name it with --indicator",
                ),
            )
            return None
        found = [self._known.indicators_by_name.get(folded(text)) for text in given]
        if found[0] is None or len(set(found)) > 1:
            self._findings.refuse(
                where,
                quoted(" / ".join(given)),
                expected,
                Words(
                    "从模板或 /api/v1/indicators.csv 复制",
                    "copy it from the template or from /api/v1/indicators.csv",
                ),
            )
            return None
        return found[0]

    def period(self, entry: Entry) -> Period | None:
        """Return the period of a value."""
        cell = entry.period
        where = entry.grid.where(*entry.period_at) if entry.period_at[1] >= 0 else entry.where
        try:
            period = read_period(cell, entry.text(Role.MONTH), entry.text(Role.QUARTER))
        except PeriodCellError as error:
            texts = [cell.text, entry.text(Role.MONTH), entry.text(Role.QUARTER)]
            found = quoted(" ".join(filter(None, texts)))
            self._findings.refuse(where, found, error.expected, error.remedy)
            return None
        if self._period_kind not in (None, period.kind):
            self._findings.refuse(
                where,
                quoted(str(period)),
                Words(f"{self._period_kind} 类时期", f"a {self._period_kind}"),
                Words("改正时期，或去掉 --period-kind", "correct it or leave out --period-kind"),
            )
            return None
        return period

    def fits(self, entry: Entry, place: Place, indicator: Indicator) -> bool:
        """Tell whether an indicator has a meaning for a region; refuse the row if not."""
        levels = self._places.levels(place.adcode)
        if place.adcode == NATION or levels & indicator.levels:
            return True
        self._findings.refuse(
            entry.at(Role.REGION, Role.REGION_NAME),
            quoted(place.name_zh),
            Words(
                f"“{indicator.name_zh}”有意义的层级（{'、'.join(sorted(indicator.levels))}）",
                f"a level at which {indicator.indicator_id} has a meaning "
                f"({', '.join(sorted(indicator.levels))})",
            ),
            Words("删去此行，或检查指标", "remove the row or check the indicator"),
        )
        return False

    def _refuse_missing(self, where: str, expected: Words, remedy: Words | None = None) -> None:
        fill_in = Words("填写此格", "fill in the cell")
        self._findings.refuse(where, Words("空白", "nothing"), expected, remedy or fill_in)
