"""What an import says before it writes."""

from collections.abc import Iterator

from indicators.entry.findings import MOST_LISTED
from indicators.entry.matching import Line
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
    yield from _notices(proposal.notices)


def plan_summary(proposal: PlanProposal) -> Iterator[str]:
    """Say what a plan adds to each table."""
    for table, (new, changed, unchanged) in proposal.counts.items():
        yield f"{table}: 新增 new {new}，改动 changed {changed}，不变 unchanged {unchanged}"
    yield from _notices(proposal.notices)


def warnings_summary(proposal: Proposal) -> Iterator[str]:
    """Say which values change suddenly."""
    for warning in proposal.warnings[:MOST_LISTED]:
        yield f"警告 warning: {warning}"
    if (more := len(proposal.warnings) - MOST_LISTED) > 0:
        yield f"……另有 {more} 条警告 and {more} more warning(s)"


def _notices(notices: tuple[Words, ...]) -> Iterator[str]:
    for notice in notices:
        yield f"提示 notice: {notice}"


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
