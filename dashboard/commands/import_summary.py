"""What an import says before it writes."""

from collections import Counter
from collections.abc import Iterator

from indicators.entry.findings import MOST_LISTED
from indicators.entry.matching import DEFAULT_AUDIENCE, Line
from indicators.entry.plan_lines import PlanLine
from indicators.entry.plans import PlanProposal
from indicators.entry.units import SHOWN
from indicators.entry.values import Proposal
from indicators.entry.words import Words


def values_summary(proposal: Proposal, audience: str | None) -> Iterator[str]:
    """Say what a file of values adds, changes and leaves as it is."""
    new = sum(line.before is None for line in proposal.lines)
    yield (
        f"新增 new {new}，改动 changed {len(proposal.lines) - new}，"
        f"不变 unchanged {proposal.unchanged}，空白 blank {proposal.blank}"
    )
    yield from map(_line, proposal.lines[:MOST_LISTED])
    if (more := len(proposal.lines) - MOST_LISTED) > 0:
        yield f"  ……另有 {more} 行 and {more} more"
    if new:
        yield (
            f"公开范围 audience：未注明的新数值 new values that do not say: {audience or 'public'}"
        )
    if kept := sum(map(_stays_public, proposal.lines)):
        yield f"{kept} 个改动的数值仍为公开 {kept} changed value(s) stay public"
    yield from _notices(proposal.notices)


def plan_summary(proposal: PlanProposal) -> Iterator[str]:
    """Say what a plan adds to each table, and which cells it changes."""
    for table, (new, changed, unchanged) in proposal.counts.items():
        yield f"{table}: 新增 new {new}，改动 changed {changed}，不变 unchanged {unchanged}"
    lines = [text for line in proposal.lines for text in _plan_line(line)]
    yield from lines[:MOST_LISTED]
    if (more := len(lines) - MOST_LISTED) > 0:
        yield f"  ……另有 {more} 行 and {more} more"
    yield from _plan_audience(proposal)
    yield from _notices(proposal.notices)


def _plan_line(line: PlanLine) -> Iterator[str]:
    if line.is_new:
        yield f"  新增 new {line.where} {line.table} {line.key}: {line.title}"
    for cell in line.cells:
        yield (
            f"  改动 changed {cell.where} {line.table} {line.key}: "
            f"{cell.column} {cell.old or '∅'} → {cell.new or '∅'}"
        )


def _plan_audience(proposal: PlanProposal) -> Iterator[str]:
    targets = [change for change in proposal.changes if change.table == "targets"]
    audiences = [
        ((change.before or {}).get("audience"), (change.after or {})["audience"])
        for change in targets
    ]
    if new := Counter(after for before, after in audiences if before is None):
        listed = "，".join(f"{audience} {number}" for audience, number in sorted(new.items()))
        yield f"公开范围 audience：新目标 new targets: {listed}"
    if kept := audiences.count((DEFAULT_AUDIENCE, DEFAULT_AUDIENCE)):
        yield f"{kept} 个改动的目标仍为公开 {kept} changed target(s) stay public"


def warnings_summary(proposal: Proposal) -> Iterator[str]:
    """Say which values change suddenly."""
    for warning in proposal.warnings[:MOST_LISTED]:
        yield f"警告 warning: {warning}"
    if (more := len(proposal.warnings) - MOST_LISTED) > 0:
        yield f"……另有 {more} 条警告 and {more} more warning(s)"


def _notices(notices: tuple[Words, ...]) -> Iterator[str]:
    for notice in notices:
        yield f"提示 notice: {notice}"


def _stays_public(line: Line) -> bool:
    befores_and_afters = (line.before or {}, line.after)
    return all(row.get("audience") == DEFAULT_AUDIENCE for row in befores_and_afters)


def _line(line: Line) -> str:
    kind = "新增 new" if line.before is None else "改动 changed"
    unit = SHOWN.get(line.unit, line.unit)
    rivals = "；".join(f"{rival.publisher}: {rival.value}" for rival in line.rivals)
    also = f"（另有 also published: {rivals}）" if rivals else ""
    return (
        f"  {kind} {line.where} {line.region} {line.indicator} {line.after['period']}: "
        f"{_values(line)} {unit}{also}"
    )


def _values(line: Line) -> str:
    after = line.after
    if line.before is None:
        return _qualified(after["qualifier"], after["value"])
    before = _qualified(line.before["qualifier"], line.before["value"])
    now = _qualified(after["qualifier"], after["value"])
    others = [
        f"{column} {line.before[column] or '∅'} → {after[column] or '∅'}"
        for column in ("quality", "note", "audience")
        if line.before.get(column) != after.get(column)
    ]
    values = [f"{before} → {now}"] if before != now else [now]
    return "，".join([*values, *others])


def _qualified(qualifier: str, value: str) -> str:
    return value if qualifier == "=" else f"{qualifier} {value}"
