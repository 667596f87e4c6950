"""From a file of values to the changes it proposes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from indicators.entry.entries import Entry, read_entries
from indicators.entry.findings import Findings
from indicators.entry.grids import CellKind, Grid
from indicators.entry.headers import Layout, Role, find_layout
from indicators.entry.known import Known
from indicators.entry.matching import SOURCES, Line, Sourced, Stated, match
from indicators.entry.places import Places
from indicators.entry.readings import Reader, Reading
from indicators.entry.shares import settle_shares
from indicators.entry.sources import Citation, Sources
from indicators.entry.sudden import sudden_changes
from indicators.entry.words import Words, quoted
from indicators.periods import PeriodKind
from indicators.records import Indicator, Quality
from indicators.store.changes import Change

GUIDE = "说明"


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller says about a whole file, for rows that do not say it themselves."""

    indicator: str = ""
    citation: Citation = field(default_factory=Citation)
    quality: Quality | None = None
    audience: str | None = None
    period_kind: PeriodKind | None = None
    today: date = field(default_factory=date.today)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a file would change; ``blank`` counts the cells without a value."""

    changes: tuple[Change, ...]
    lines: tuple[Line, ...] = ()
    unchanged: int = 0
    blank: int = 0
    warnings: tuple[Words, ...] = ()
    notices: tuple[Words, ...] = ()


def propose_values(
    grids: Sequence[Grid],
    file_name: str,
    known: Known,
    places: Places,
    options: Options,
    findings: Findings,
) -> Proposal:
    """Read the values of a file and hold them against the tables.

    Raises:
        EntryError: with every fault of the file.
    """
    sources = Sources(known.sources, file_name, options.citation)
    entries = _all_entries(grids, file_name, known, sources, options, findings)
    reader = Reader(known, places, findings, options.period_kind)
    readings = [reading for entry in entries if (reading := reader.read(entry))]
    reader.tell()
    _tell_future(readings, options.today, findings)
    items = [
        item
        for reading in settle_shares(readings, known, findings)
        if (item := _sourced(reading, sources, findings))
    ]
    matched = match(items, known, Stated(options.audience, options.quality), findings)
    findings.stop_if_refused()
    used = {item.source.source_id for item in items}
    new_sources = [
        Change(
            SOURCES,
            None,
            {
                "source_id": source.source_id,
                "publisher": source.publisher,
                "title": source.title,
                "url": source.url,
            },
        )
        for source in sources.new.values()
        if source.source_id in used
    ]
    changes = (*new_sources, *(line.change for line in matched.lines))
    return Proposal(
        changes=changes if matched.lines else (),
        lines=matched.lines,
        unchanged=matched.unchanged,
        blank=reader.blank,
        warnings=sudden_changes(matched.lines, known, places),
        notices=tuple(findings.notices),
    )


def _tell_future(readings: Sequence[Reading], today: date, findings: Findings) -> None:
    """Tell of values whose period ends after this month."""
    now = (today.year, today.month)
    ahead = [reading for reading in readings if (reading.period.year, reading.period.month) > now]
    if ahead:
        first, count = ahead[0], len(ahead)
        findings.notice(
            f"{count} 个数值的时期在将来（{first.entry.where} {first.period} 起）；请确认是实际值",
            f"{count} value(s) of periods in the future (first {first.entry.where} "
            f"{first.period}): make sure they were observed",
        )


def _all_entries(
    grids: Sequence[Grid],
    file_name: str,
    known: Known,
    sources: Sources,
    options: Options,
    findings: Findings,
) -> list[Entry]:
    entries: list[Entry] = []
    tables = 0
    unread: list[str] = []
    for grid in grids:
        if grid.name == GUIDE or sources.read_list(grid, findings):
            continue
        layout = find_layout(grid, findings)
        if layout is None:
            unread.append(grid.name)
            continue
        tables += 1
        indicator = options.indicator or _indicator_above(grid, layout, known, findings)
        if not findings.faults:
            entries += read_entries(grid, layout, indicator, findings)
    if not tables:
        _refuse_no_table(unread, file_name, findings)
    for name in unread if tables else ():
        findings.notice(
            f"工作表“{name}”没有可识别的列名，未读取",
            f'the sheet "{name}" has no header that is known and was not read',
        )
    if tables and not entries and not findings.faults:
        findings.refuse(
            file_name,
            Words("只有列名，没有数据", "a header and nothing under it"),
            Words("至少一行数据", "at least one row of data"),
            Words("填写后再导入", "fill it in first"),
        )
    findings.stop_if_refused()
    return entries


def _indicator_above(grid: Grid, layout: Layout, known: Known, findings: Findings) -> str:
    """Return the indicator that a title above the table or the name of the sheet says."""
    if Role.INDICATOR in layout.columns or Role.INDICATOR_NAME in layout.columns:
        return ""
    above = [
        (grid.where(row, column), cell.text)
        for row, cells in enumerate(grid.rows[: layout.header_row])
        for column, cell in enumerate(cells)
        if cell.kind is CellKind.TEXT
    ]
    said: dict[Indicator, tuple[str, str]] = {}
    for where, text in (*above, (grid.name, grid.name)):
        if (indicator := known.indicator_titled(text)) is not None:
            said.setdefault(indicator, (where, text))
    if len(said) > 1:
        _refuse_second_indicator(tuple(said.values()), findings)
    return next((indicator.indicator_id for indicator in said), "")


def _refuse_second_indicator(said: Sequence[tuple[str, str]], findings: Findings) -> None:
    (first, _), (where, text) = said[:2]
    findings.refuse(
        where,
        quoted(text),
        Words(f"一个指标（{first} 已指明另一个）", f"one indicator ({first} names another)"),
        Words("加一列“指标”，或分成几个表", "add a column of indicators or split the table"),
    )


def _refuse_no_table(unread: Sequence[str], file_name: str, findings: Findings) -> None:
    listed = "、".join(unread) or file_name
    findings.refuse(
        file_name,
        Words(
            f"没有列名行（{listed}）" if unread else "没有内容",
            f"no header row ({listed})" if unread else "no content",
        ),
        Words(
            "含“地区”和“数值”（或年份）的列名行",
            "a header row with a region and a value or years",
        ),
        Words(
            "用 quality-atlas template 生成模板，或补上列名",
            "make a template with quality-atlas template, or add a header",
        ),
    )


def _sourced(reading: Reading, sources: Sources, findings: Findings) -> Sourced | None:
    entry = reading.entry
    cited = Citation(*map(entry.written, (Role.PUBLISHER, Role.TITLE, Role.URL)))
    key = entry.text(Role.SOURCE).removesuffix(".0")
    source = sources.source_of(key, cited, entry.at(Role.SOURCE), findings)
    if source is None:
        return None
    official = sources.is_named(source)
    default = Quality.OFFICIAL if official else Quality.UNCERTAIN
    return Sourced(reading, source, default)
