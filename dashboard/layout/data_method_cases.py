"""The worked examples of the method page: the path, the conflicts, the classes."""

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard import text
from dashboard.bundle import DataBundle
from dashboard.figures import labels
from dashboard.layout.parts import legend
from dashboard.views.area import AreaView
from dashboard.views.method import PathExample
from indicators.choice import Choice
from indicators.records import Observation
from indicators.thresholds import Thresholds

Child = Any


def percent(share: float) -> str:
    """Write a share as a percentage."""
    return f"{text.number(round(share * 100, 1))}%"


def plain_table(heads: Sequence[str], rows: Sequence[Sequence[Child]]) -> html.Div:
    """Return a table whose first column names its rows, in a box that scrolls by itself."""
    body = [
        html.Tr([html.Th(first, scope="row"), *(html.Td(cell) for cell in rest)])
        for first, *rest in rows
    ]
    table = html.Table(
        [
            html.Thead(html.Tr([html.Th(head, scope="col") for head in heads])),
            html.Tbody(body),
        ],
        className="plain-table",
    )
    return html.Div(table, className="plain-table-box", tabIndex=0)


def path_case(path: PathExample | None, thresholds: Thresholds, lang: str) -> list[Child]:
    """Work out the progress of a real target step by step."""
    lead = html.P(text.t(lang, "data.m_path_1"))
    limits = text.t(
        lang,
        "data.m_path_thresholds",
        on_course=percent(thresholds.on_course),
        behind=percent(thresholds.behind),
    )
    if path is None:
        return [lead, html.P(text.t(lang, "data.m_path_none")), html.P(limits)]
    judged = path.judged
    case = text.t(
        lang,
        "data.m_path_case",
        region=labels.region_name(lang, judged.region),
        indicator=labels.indicator_name(lang, judged.indicator),
        year=judged.year,
    )
    steps = [child for key, said in _steps(path, lang) for child in _step(key, said, lang)]
    return [lead, html.H3(case), html.Dl(steps, className="method-steps"), html.P(limits)]


def _step(key: str, said: str, lang: str) -> tuple[html.Dt, html.Dd]:
    return html.Dt(text.t(lang, f"data.m_path_{key}")), html.Dd(said)


def _steps(path: PathExample, lang: str) -> list[tuple[str, str]]:
    verdict = path.judged.verdict
    target, base, actual = verdict.target, verdict.base, verdict.actual
    if target is None or base is None or actual is None:
        return []
    numbers = {
        "base": text.number(path.base),
        "target": text.number(path.target),
        "actual": text.number(path.actual),
        "due": text.number(round(path.due, 4)),
        "elapsed": path.elapsed,
        "total": path.total,
        "progress": percent(path.progress),
    }

    def at(value: float, when: str) -> str:
        return f"{when} · {text.quantity(lang, value, target.unit)}"

    return [
        ("base", at(path.base, text.period(lang, base.period))),
        ("target", f"{target.year} · {labels.promised(lang, target)}"),
        ("actual", at(path.actual, text.period(lang, actual.period))),
        ("elapsed", text.t(lang, "data.m_path_months", **numbers)),
        ("due", text.t(lang, "data.m_path_due_sum", **numbers)),
        ("progress", text.t(lang, "data.m_path_progress_sum", **numbers)),
        ("verdict", labels.state_badge(lang, verdict.state)),
    ]


def conflicts_table(conflicts: Sequence[Choice], bundle: DataBundle, lang: str) -> list[Child]:
    """List every case in which sources differ, with what was used and why."""
    lead = html.P(text.t(lang, "data.m_choice_1"))
    if not conflicts:
        return [lead, html.P(text.t(lang, "data.m_choice_none"))]
    heads = ("table.region", "control.indicator", "control.period", "data.m_choice_used")
    last = ("data.m_choice_not", "data.m_choice_why")
    rows = [_conflict(choice, bundle, lang) for choice in conflicts]
    return [
        lead,
        html.P(text.t(lang, "data.m_choice_2", count=len(conflicts))),
        plain_table([text.t(lang, head) for head in (*heads, *last)], rows),
    ]


def _conflict(choice: Choice, bundle: DataBundle, lang: str) -> list[Child]:
    chosen = choice.chosen
    indicator = bundle.atlas.indicators[chosen.indicator_id]

    def stated(observation: Observation) -> str:
        return text.t(
            lang,
            "data.rival_of",
            value=labels.observed(lang, observation, indicator.unit),
            publisher=bundle.atlas.sources[observation.source_id].publisher,
        )

    return [
        labels.region_name(lang, bundle.regions.get(chosen.adcode)),
        labels.indicator_name(lang, indicator),
        text.period(lang, chosen.period),
        stated(chosen),
        text.t(lang, "data.join").join(stated(rival) for rival in choice.rivals),
        text.t(lang, f"rule.{choice.rule}"),
    ]


def class_case(view: AreaView, lang: str, theme: str) -> list[Child]:
    """Show the classes of the map the atlas opens with, and how many regions fall into each."""
    case = text.t(
        lang,
        "data.m_classes_case",
        area=labels.region_name(lang, view.area),
        level=text.t(lang, f"places.{view.level}"),
        indicator=labels.indicator_name(lang, view.indicator),
        period=text.period(lang, view.period),
    )
    entries = html.Ul(legend(view, lang, theme), className="legend method-legend")
    return [html.P(text.t(lang, "data.m_classes_1")), html.H3(case), entries]
