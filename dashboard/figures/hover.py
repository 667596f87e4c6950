"""What hovering a region tells."""

from dashboard import text
from dashboard.figures import labels
from dashboard.views.area import AreaRow, AreaView
from indicators.atlas import Atlas
from indicators.attainment import State


def shared_lines(view: AreaView, atlas: Atlas, lang: str) -> tuple[str, ...]:
    """Return the hover lines that are the same for every region: the target, the one publisher."""
    lines = []
    targets = {_target_line(row, lang) for row in view.rows}
    if len(targets) == 1 and (line := targets.pop()):
        lines.append(line)
    publishers = {
        atlas.sources[row.observation.source_id].publisher for row in view.rows if row.observation
    }
    if len(publishers) == 1 and all(row.observation for row in view.rows):
        lines.append(text.t(lang, "hover.source", publisher=publishers.pop()))
    return tuple(lines)


def heading(row: AreaRow, view: AreaView, atlas: Atlas, lang: str) -> str:
    """Write a region's name and its trend, the same for all periods of one kind."""
    name = labels.region_name(lang, row.region)
    series = atlas.series(row.region.adcode, view.indicator.indicator_id)
    comparable = [item.value for item in series if item.period.kind == view.period.kind]
    curve = labels.spark(comparable)
    return f"{name}　{curve}" if curve else name


def hover_text(
    row: AreaRow, view: AreaView, atlas: Atlas, lang: str, shared: tuple[str, ...] = ()
) -> str:
    """Write what hovering a region tells of a period: value, rank, change, target, gap, source."""
    unit = view.indicator.unit
    if row.observation is None:
        lines = [labels.state_name(lang, row.blank or State.NO_ACTUAL)]
    else:
        value = labels.observed(lang, row.observation, unit)
        rank = text.t(lang, "hover.rank", rank=row.rank, count=view.published)
        lines = [f"<b>{value}</b>　{rank}"]
    if row.change is not None and row.change_from is not None:
        since = text.period(lang, row.change_from)
        change = text.difference(lang, row.change, unit)
        lines.append(text.t(lang, "hover.change", since=since, change=change))
    lines.append(_target_line(row, lang))
    lines.append(_verdict_line(row, view, lang))
    if row.observation is not None:
        publisher = atlas.sources[row.observation.source_id].publisher
        lines.append(text.t(lang, "hover.source", publisher=publisher))
    return "<br>".join(line for line in lines if line and line not in shared)


def _target_line(row: AreaRow, lang: str) -> str:
    target = row.verdict.target
    if target is None:
        return ""
    mark = text.t(lang, "target.inherited_mark") if row.verdict.inherited else ""
    promise = labels.promised(lang, target)
    return text.t(lang, "hover.target", year=target.year, promise=promise) + mark


def _verdict_line(row: AreaRow, view: AreaView, lang: str) -> str:
    said_already = row.observation is None and row.verdict.state is State.NO_ACTUAL
    if row.verdict.target is None or said_already:
        return ""
    badge = labels.state_badge(lang, row.verdict.state)
    if row.verdict.gap is None or row.verdict.actual is None:
        return badge
    # The verdict may rest on another period than the one shown, so it names its own.
    judged = text.period(lang, row.verdict.actual.period)
    gap = labels.gap(lang, row.verdict.gap, view.indicator.unit)
    return text.t(lang, "hover.verdict", badge=badge, period=judged, gap=gap)
