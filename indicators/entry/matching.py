"""What the readings of a file change: new values, changed ones, and those that stay."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators import schemas
from indicators.entry.findings import Findings
from indicators.entry.known import Identity, Known
from indicators.entry.numbers import written
from indicators.entry.plain import tidy
from indicators.entry.readings import Reading
from indicators.entry.words import Words, quoted
from indicators.records import Qualifier, Quality, Source
from indicators.store.changes import Change, Row

OBSERVATIONS = "observations"
SOURCES = "sources"
DEFAULT_AUDIENCE = "public"


@dataclass(frozen=True, slots=True)
class Stated:
    """What the caller says about the rows of a file, new ones and known ones; None for nothing."""

    audience: str | None = None
    quality: Quality | None = None


@dataclass(frozen=True, slots=True)
class Sourced:
    """A reading with its source, and the quality it has where the row does not say."""

    reading: Reading
    source: Source
    quality: Quality

    @property
    def identity(self) -> Identity:
        """What makes the observation what it is."""
        reading = self.reading
        return (
            reading.place.adcode,
            reading.indicator.indicator_id,
            str(reading.period),
            self.source.source_id,
        )


@dataclass(frozen=True, slots=True)
class Rival:
    """Another value published for the same region, indicator and period."""

    publisher: str
    value: str


@dataclass(frozen=True, slots=True)
class Line:
    """One observation the file adds or changes."""

    where: str
    region: str
    indicator: str
    unit: str
    before: Row | None
    after: Row
    rivals: tuple[Rival, ...]

    @property
    def change(self) -> Change:
        """The line as a change of the table."""
        return Change(OBSERVATIONS, self.before, self.after)


@dataclass(frozen=True, slots=True)
class Matched:
    """The lines a file adds or changes, and how many rows say what the table already says."""

    lines: tuple[Line, ...]
    unchanged: int


def match(items: Sequence[Sourced], known: Known, stated: Stated, findings: Findings) -> Matched:
    """Hold the readings of a file against the table.

    Args:
        items: the readings.
        known: what the table holds.
        stated: what is said about all rows that do not say it themselves.
        findings: takes repeated keys and values out of bounds.
    """
    _refuse_repeated(items, findings)
    lines = []
    unchanged = 0
    for item in items:
        _refuse_out_of_bounds(item.reading, findings)
        before = _row_before(item, known, findings)
        after = _row_after(item, before, stated)
        if before == after:
            unchanged += 1
        else:
            lines.append(_line(item, before, after, known))
    return Matched(tuple(lines), unchanged)


def _row_before(item: Sourced, known: Known, findings: Findings) -> Row | None:
    rows = known.rows.get(item.identity, [])
    if len(rows) < 2:
        return rows[0] if rows else None
    value = item.reading.value
    if same := [row for row in rows if Decimal(row["value"]) == value]:
        return same[0]
    entry = item.reading.entry
    listed = "、".join(row["value"] for row in rows)
    findings.refuse(
        entry.where,
        quoted(entry.value.text),
        Words(f"表中已有的数值之一（{listed}）", f"one of the values the table holds ({listed})"),
        Words("先在表中删去多余的一个", "remove the surplus one from the table first"),
    )
    return rows[0]


def _row_after(item: Sourced, before: Row | None, stated: Stated) -> Row:
    """Return the row as the file wants it; what the file leaves open stays as it is."""
    reading = item.reading
    adcode, indicator_id, period, source_id = item.identity
    same_value = before is not None and Decimal(before["value"]) == reading.value
    kept = before or {}
    qualifier = reading.qualifier or (kept.get("qualifier") if same_value else None)
    row = {
        "adcode": adcode,
        "indicator_id": indicator_id,
        "period": period,
        "value": kept["value"] if same_value else written(reading.value),
        "qualifier": str(qualifier or Qualifier.EXACT),
        "quality": str(reading.quality or stated.quality or kept.get("quality") or item.quality),
        "source_id": source_id,
        "note": _note(reading.note, kept.get("note", "")),
    }
    if "audience" in schemas.OBSERVATIONS.columns:
        row["audience"] = (
            reading.audience or stated.audience or kept.get("audience") or DEFAULT_AUDIENCE
        )
    return row


def _note(given: str | None, kept: str) -> str:
    return kept if given is None or given == tidy(kept) else given


def _line(item: Sourced, before: Row | None, after: Row, known: Known) -> Line:
    reading = item.reading
    adcode, indicator_id, period, source_id = item.identity
    rivals = tuple(
        Rival(known.sources[other.source_id].publisher, f"{other.value:.12g}")
        for other in known.rivals(adcode, indicator_id, period)
        if other.source_id != source_id and Decimal(str(other.value)) != reading.value
    )
    indicator = reading.indicator
    return Line(
        reading.entry.where,
        reading.place.name_zh,
        indicator.name_zh,
        indicator.unit,
        before,
        after,
        rivals,
    )


def _refuse_repeated(items: Iterable[Sourced], findings: Findings) -> None:
    seen: dict[Identity, str] = {}
    for item in items:
        first = seen.setdefault(item.identity, item.reading.entry.where)
        where = item.reading.entry.where
        if first != where:
            listed = " ".join(item.identity[:3])
            findings.refuse(
                where,
                Words(f"重复：{listed} 已在 {first}", f"{listed} again, already in {first}"),
                Words(
                    "同一来源的地区、指标、时期只出现一次",
                    "each region, indicator and period once per source",
                ),
                Words("保留正确的一行", "keep the right one"),
            )


def _refuse_out_of_bounds(reading: Reading, findings: Findings) -> None:
    indicator = reading.indicator
    low, high = indicator.minimum, indicator.maximum
    too_low = low is not None and reading.value < Decimal(str(low))
    too_high = high is not None and reading.value > Decimal(str(high))
    if too_low or too_high:
        least, most = _bound(low), _bound(high)
        findings.refuse(
            reading.entry.where,
            quoted(reading.entry.value.text),
            Words(
                f"“{indicator.name_zh}”的取值 {least or '不限'} 到 {most or '不限'}",
                f"{least or 'anything'} to {most or 'anything'} for {indicator.indicator_id}",
            ),
            Words("对照来源检查数值和单位", "check the number and its unit against the source"),
        )


def _bound(number: float | None) -> str:
    return "" if number is None else f"{number:.12g}"
