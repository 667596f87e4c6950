"""The table of targets: one row each, and beneath it the arithmetic and both sources."""

from typing import Any

from dash import dcc, html

from dashboard import text
from dashboard.figures import labels
from dashboard.figures.target_bullets import scale_end
from dashboard.layout.attributes import attributes
from dashboard.layout.targets_detail import progress, target_detail
from dashboard.layout.targets_summary import targets_address
from dashboard.theme import SYMBOLS
from dashboard.views.targets import TargetGroup, TargetLine, TargetsView, count_states
from dashboard.views.targets_query import UNNAMED, Group
from indicators.atlas import Atlas
from indicators.attainment import Attainment
from indicators.periods import year_period
from indicators.records import Target

HEADS = ("indicator", "target", "actual", "bullet", "gap", "state", "departments", "clause")


def targets_table(view: TargetsView, atlas: Atlas) -> list[Any]:
    """Return how many targets are shown, and the table of them."""
    lang = view.query.lang
    if not view.groups:
        key = "targets.nothing" if view.lines else "targets.headline_no_targets"
        region = labels.region_name(lang, view.region)
        return [_shown(view), html.P(text.t(lang, key, region=region), className="empty")]
    table = html.Table(
        [
            html.Caption(text.t(lang, "targets.caption"), className="visually-hidden"),
            html.Thead(
                html.Tr(
                    [
                        html.Th(
                            text.t(lang, f"targets.head_{head}"),
                            scope="col",
                            className=f"cell-{head}",
                        )
                        for head in HEADS
                    ]
                )
            ),
            *_bodies(view, atlas),
        ],
        className="data-table targets-table",
    )
    box = html.Div(
        table,
        className="targets-box",
        tabIndex=0,
        role="region",
        **attributes(aria_label=text.t(lang, "targets.caption")),
    )
    return [_shown(view), box, html.P(text.t(lang, "targets.legend"), className="caption")]


def _shown(view: TargetsView) -> html.P:
    """Say how many of the targets are listed, with the way back to all of them."""
    lang, query = view.query.lang, view.query
    total = len(view.lines)
    if not query.filtered:
        return html.P(text.t(lang, "targets.all_shown", total=total), className="targets-shown")
    count = text.t(lang, "targets.shown", count=view.shown, total=total)
    clear = targets_address(query, indicator="", state=(), year=(), domain=(), department=(), q="")
    link = dcc.Link(text.t(lang, "targets.clear"), href=clear)
    return html.P([count, link], className="targets-shown")


def _bodies(view: TargetsView, atlas: Atlas) -> list[html.Tbody]:
    bodies = []
    opened = view.query.indicator
    for index, group in enumerate(view.groups):
        rows = [_group_head(group, view, atlas)] if group.key else []
        for line in group.lines:
            # A target listed under several departments opens at its first place only.
            is_open = line.row.indicator.indicator_id == opened
            opened = "" if is_open else opened
            rows += _rows(line, index, group.key, view, atlas, is_open=is_open)
        bodies.append(html.Tbody(rows))
    return bodies


def _group_head(group: TargetGroup, view: TargetsView, atlas: Atlas) -> html.Tr:
    lang = view.query.lang
    counts = "　".join(
        f"{SYMBOLS[state]} {labels.state_name(lang, state)} {count}"
        for state, count in count_states(group.lines)
    )
    name = (
        text.t(lang, f"domain.{group.key}")
        if view.query.group is Group.DOMAIN
        else department_name(group.key, view, atlas)
    )
    number = text.t(lang, "targets.count", count=len(group.lines))
    return html.Tr(
        html.Th(
            [
                html.Span(name, className="group-name"),
                html.Span(f"{number}　{counts}", className="group-counts"),
            ],
            colSpan=len(HEADS),
            scope="rowgroup",
        ),
        className="group-row",
    )


def department_name(name: str, view: TargetsView, atlas: Atlas) -> str:
    """Return a department's name, or the words for a department the plan does not name."""
    lang = view.query.lang
    if name == UNNAMED:
        return text.t(lang, "evidence.no_departments")
    return text.pick(lang, name, atlas.department_name_en(view.plan.plan_id, name))


def _rows(
    line: TargetLine, index: int, head: str, view: TargetsView, atlas: Atlas, *, is_open: bool
) -> list[html.Tr]:
    lang = view.query.lang
    row, verdict, target = line.row, line.row.verdict, line.row.target
    detail = f"target-detail-{index}-{line.number}"
    button = html.Button(
        labels.indicator_name(lang, row.indicator),
        type="button",
        className="row-toggle",
        **attributes(
            aria_expanded="true" if is_open else "false",
            aria_controls=detail,
            data_indicator=row.indicator.indicator_id,
        ),
    )
    year = text.period(lang, year_period(target.year))
    shown = [
        html.Th(button, scope="row", className="cell-indicator"),
        _cell("target", [_value(labels.promised(lang, target)), _soft(year)]),
        _cell("actual", _actual(verdict, target, lang)),
        _cell("bullet", _bullet(line, lang)),
        _cell("gap", labels.gap(lang, verdict.gap, target.unit) if verdict.gap is not None else ""),
        _cell("state", _verdict(verdict, lang)),
        _cell("departments", _who(target, head, view, atlas)),
        _cell("clause", target.clause),
    ]
    hidden = html.Tr(
        html.Td(target_detail(line, view, atlas), colSpan=len(HEADS)),
        id=detail,
        className="detail-row",
        hidden=not is_open,
    )
    return [html.Tr(shown, className="target-row"), hidden]


def _cell(head: str, content: Any) -> html.Td:
    return html.Td(content, className=f"cell-{head}")


def _value(words: str) -> html.Span:
    return html.Span(words, className="cell-value")


def _soft(words: str) -> html.Span:
    return html.Span(words, className="cell-soft")


def _actual(verdict: Attainment, target: Target, lang: str) -> list[Any]:
    actual = verdict.actual
    if actual is None:
        return [_soft(text.t(lang, "targets.unpublished_value"))]
    value = labels.measured(lang, actual, target.unit)
    return [_value(value), _soft(text.period(lang, actual.period))]


def _bullet(line: TargetLine, lang: str) -> html.Div:
    """Draw actual and target on one scale, the same as in the bullets beside the map."""
    row = line.row
    end = scale_end(row)
    state = line.state.replace("_", "-")
    marks = [html.Span(className="bullet-mark", style={"left": _percent(row.target.value, end)})]
    if row.target.value_upper is not None:
        far = _percent(row.target.value_upper, end)
        marks.append(html.Span(className="bullet-mark bullet-far", style={"left": far}))
    bars = []
    if row.verdict.actual is not None:
        width = _percent(row.verdict.actual.value, end)
        bars = [html.Span(className=f"bullet-bar bar-{state}", style={"width": width})]
    unit = row.target.unit
    label = text.t(
        lang,
        "targets.bullet_label",
        actual=labels.measured(lang, row.verdict.actual, unit)
        if row.verdict.actual
        else text.t(lang, "targets.unpublished_value"),
        target=labels.promised(lang, row.target),
        end=text.quantity(lang, round(end, 2), unit),
    )
    return html.Div([*bars, *marks], className="bullet", role="img", **attributes(aria_label=label))


def _percent(value: float, end: float) -> str:
    return f"{min(max(value, 0.0) / end, 1.0) * 100:.2f}%"


def _verdict(verdict: Attainment, lang: str) -> list[Any]:
    name = verdict.state.replace("_", "-")
    badge = html.Span(
        [
            html.Span(SYMBOLS[verdict.state], **attributes(aria_hidden="true")),
            labels.state_name(lang, verdict.state),
        ],
        className=f"badge badge-{name}",
    )
    why = text.t(lang, f"targets.why_{verdict.reason.code}", progress=progress(verdict))
    return [badge, _soft(why)] if why.strip() else [badge]


def _who(target: Target, head: str, view: TargetsView, atlas: Atlas) -> list[Any] | html.Span:
    """Name the leading departments; under a department's heading, say what that one does."""
    lang = view.query.lang
    if not target.departments:
        return _soft(text.t(lang, "evidence.no_departments"))
    lead = target.departments_lead or target.departments_participating
    said: list[Any] = [
        text.t(lang, "finding.join").join(department_name(name, view, atlas) for name in lead)
    ]
    notes = []
    if others := len(target.departments) - len(lead):
        notes.append(text.t(lang, "targets.others", count=others))
    if head in target.departments:
        role = "lead" if head in target.departments_lead else "joined"
        notes.append(text.t(lang, f"targets.role_{role}"))
    if notes:
        said.append(_soft(" · ".join(notes)))
    return said
