"""Beneath the table: departments with their verdicts, promises without a number, and tasks."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dash import dcc, html

from dashboard import text
from dashboard.figures import labels
from dashboard.layout.attributes import attributes
from dashboard.layout.targets_summary import targets_address
from dashboard.layout.targets_table import department_name
from dashboard.theme import SYMBOLS
from dashboard.views.targets import DepartmentLine, TargetsView
from dashboard.views.targets_query import Group
from indicators.atlas import Atlas
from indicators.records import Domain, Milestone, Task


def more(view: TargetsView, atlas: Atlas) -> list[Any]:
    """Return the three parts, each only where the plan has something for it."""
    parts = [_departments(view, atlas), _milestones(view, atlas), _tasks(view, atlas)]
    return [part for part in parts if part is not None]


def _departments(view: TargetsView, atlas: Atlas) -> html.Section:
    lang = view.query.lang
    unnamed = sum(not line.row.target.departments for line in view.lines)
    said = text.t(lang, "targets.departments_note", count=unnamed, total=len(view.lines))
    children: list[Any] = [
        html.H2(text.t(lang, "targets.departments")),
        html.P(said, className="chart-subtitle") if unnamed else None,
    ]
    if view.departments:
        heads = ("department", "lead", "participating", "verdicts", "tasks")
        children.append(
            _table(
                [text.t(lang, f"targets.head_{head}") for head in heads],
                [_department(item, view, atlas) for item in view.departments],
                "departments-table",
                text.t(lang, "targets.departments"),
            )
        )
    return html.Section(children, className="card")


def _department(item: DepartmentLine, view: TargetsView, atlas: Atlas) -> html.Tr:
    lang = view.query.lang
    name: Any = department_name(item.name, view, atlas)
    counts = [
        html.Span(
            [
                html.Span(SYMBOLS[state], **attributes(aria_hidden="true")),
                f"{labels.state_name(lang, state)} {count}",
            ],
            className=f"badge badge-{state.replace('_', '-')}",
        )
        for state, count in item.counts
    ]
    chosen = targets_address(
        replace(view.query, state=(), domain=(), year=(), q="", indicator=""),
        department=(item.name,),
        group=Group.DEPARTMENT,
    )
    tasks = text.t(
        lang, "targets.task_counts", lead=item.tasks_lead, joined=item.tasks_participating
    )
    return html.Tr(
        [
            html.Th(dcc.Link(name, href=chosen), scope="row"),
            html.Td(_count(item.lead)),
            html.Td(_count(item.participating)),
            html.Td(html.Div(counts, className="badges")),
            html.Td(tasks if item.tasks_lead + item.tasks_participating else "–"),
        ]
    )


def _count(number: int) -> str:
    return str(number) if number else "–"


def _milestones(view: TargetsView, atlas: Atlas) -> html.Details | None:
    if not view.milestones_all:
        return None
    lang = view.query.lang
    groups: list[Any] = []
    for domain in Domain:
        found = [item for item in view.milestones if item.domain is domain]
        if found:
            groups.append(html.H3(text.t(lang, f"domain.{domain}")))
            groups.append(html.Ul([_milestone(item, view, atlas) for item in found]))
    return _fold(
        "targets.milestones",
        len(view.milestones),
        view.milestones_all,
        [html.P(text.t(lang, "targets.milestones_note"), className="chart-subtitle"), *groups],
        view,
    )


def _milestone(item: Milestone, view: TargetsView, atlas: Atlas) -> html.Li:
    lang = view.query.lang
    year = (
        text.t(lang, "targets.by_year", year=item.year)
        if item.year
        else text.t(lang, "targets.no_year")
    )
    said = [year, item.clause]
    names = item.departments_lead + item.departments_participating
    if names:
        said.append(_names(names, view, atlas))
    return html.Li(
        [
            html.Span(text.pick(lang, item.title_zh, item.title_en)),
            html.Span(" · ".join(said), className="cell-soft"),
        ]
    )


def _tasks(view: TargetsView, atlas: Atlas) -> html.Details | None:
    if not view.tasks_all:
        return None
    lang = view.query.lang
    heads = ("number", "task", "lead", "participating", "clause")
    table = _table(
        [text.t(lang, f"targets.head_{head}") for head in heads],
        [_task(item, view, atlas) for item in view.tasks],
        "tasks-table",
        text.t(lang, "targets.tasks"),
    )
    return _fold("targets.tasks", len(view.tasks), view.tasks_all, [table], view)


def _task(item: Task, view: TargetsView, atlas: Atlas) -> html.Tr:
    lang = view.query.lang
    return html.Tr(
        [
            html.Td(str(item.number)),
            html.Th(
                [
                    text.pick(lang, item.title_zh, item.title_en),
                    html.Span(
                        text.pick(lang, item.summary_zh, item.summary_en), className="cell-soft"
                    ),
                ],
                scope="row",
            ),
            html.Td(_names(item.departments_lead, view, atlas) or "–"),
            html.Td(_names(item.departments_participating, view, atlas) or "–"),
            html.Td(item.clause),
        ]
    )


def _names(names: Sequence[str], view: TargetsView, atlas: Atlas) -> str:
    joiner = text.t(view.query.lang, "finding.join")
    return joiner.join(department_name(name, view, atlas) for name in names)


def _table(heads: list[str], rows: list[html.Tr], name: str, label: str) -> html.Div:
    return html.Div(
        html.Table(
            [
                html.Caption(label, className="visually-hidden"),
                html.Thead(html.Tr([html.Th(head, scope="col") for head in heads])),
                html.Tbody(rows),
            ],
            className=f"data-table {name}",
        ),
        className="targets-box",
        tabIndex=0,
        role="region",
        **attributes(aria_label=label),
    )


def _fold(key: str, count: int, total: int, children: list[Any], view: TargetsView) -> html.Details:
    """Return a part that is folded until it is wanted; a chosen department wants it."""
    lang = view.query.lang
    number = str(total) if count == total else f"{count}/{total}"
    return html.Details(
        [
            html.Summary(html.H2([text.t(lang, key), html.Span(number, className="fold-count")])),
            *children,
        ],
        open=bool(view.query.department) and count > 0,
        className="card fold",
    )
