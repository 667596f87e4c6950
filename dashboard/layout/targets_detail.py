"""What a row of the targets table opens to: the arithmetic of the verdict and both sources."""

from typing import Any

from dash import dcc, html

from dashboard import text
from dashboard.figures import labels
from dashboard.layout.focus_panel import departments, provenance
from dashboard.views.targets import TargetLine, TargetsView
from indicators.atlas import Atlas
from indicators.attainment import Attainment, State
from indicators.periods import year_period
from indicators.records import Observation, Target


def progress(verdict: Attainment) -> str:
    """Write the share of what was due, nothing where no path was walked."""
    return "" if verdict.progress is None else f"{text.number(round(verdict.progress * 100, 1))}%"


def target_detail(line: TargetLine, view: TargetsView, atlas: Atlas) -> html.Div:
    """Return the verdict in words, the steps it was reached by, and both sources."""
    lang, row = view.query.lang, line.row
    unit = row.target.unit
    way_on = f"/?region={view.plan.adcode}&indicator={row.indicator.indicator_id}&lang={lang}"
    return html.Div(
        [
            html.P(labels.reason(lang, row.verdict, unit), className="detail-reason"),
            _arithmetic(row.verdict, row.target, lang),
            html.Div(
                [
                    _section("targets.source_actual", _actual_sources(line, atlas, lang), lang),
                    _section("targets.source_target", [_promise(row.target, view, atlas)], lang),
                ],
                className="detail-sources",
            ),
            html.P(
                dcc.Link(text.t(lang, "targets.on_map"), href=f"{way_on}&theme={view.query.theme}"),
                className="detail-links",
            ),
        ],
        className="detail",
    )


def _section(key: str, children: list[Any], lang: str) -> html.Div:
    return html.Div([html.H3(text.t(lang, key)), *children])


def _arithmetic(verdict: Attainment, target: Target, lang: str) -> html.Ol | None:
    """Show the steps base, due, actual, progress; only where a path was walked."""
    if verdict.base is None or verdict.actual is None:
        return None
    unit = target.unit
    steps = [
        ("base", labels.measured(lang, verdict.base, unit), verdict.base.period),
        ("due", _due(verdict, unit, lang), verdict.actual.period),
        ("actual", labels.measured(lang, verdict.actual, unit), verdict.actual.period),
        ("target", labels.promised(lang, target), year_period(target.year)),
    ]
    items = [
        html.Li(
            [
                html.Span(text.t(lang, f"targets.step_{name}"), className="step-name"),
                html.Span(value, className="step-value"),
                html.Span(text.period(lang, period), className="step-period"),
            ]
        )
        for name, value, period in steps
        if value
    ]
    if done := progress(verdict):
        name = html.Span(text.t(lang, "targets.step_progress"), className="step-name")
        items.append(html.Li([name, html.Span(done, className="step-value")]))
    return html.Ol(items, className="steps")


def _due(verdict: Attainment, unit: str, lang: str) -> str:
    return "" if verdict.due is None else text.quantity(lang, round(verdict.due, 4), unit)


def _actual_sources(line: TargetLine, atlas: Atlas, lang: str) -> list[Any]:
    if not line.evidence:
        missing = "targets.no_source" if line.state is State.NO_ACTUAL else "evidence.no_link"
        return [html.P(text.t(lang, missing), className="empty-line")]
    return [_source(item, line.row.target.unit, atlas, lang) for item in line.evidence]


def _source(observation: Observation, unit: str, atlas: Atlas, lang: str) -> html.Dl:
    source = atlas.sources[observation.source_id]
    link: Any = text.t(lang, "evidence.no_link")
    if source.url:
        link = html.A(
            text.t(lang, "evidence.link"), href=source.url, target="_blank", rel="noopener"
        )
    facts: list[tuple[str, Any]] = [
        ("value", labels.observed(lang, observation, unit)),
        ("period", text.period(lang, observation.period)),
        ("publisher", source.publisher),
        ("document", [source.title, " · ", link]),
        ("quality", text.t(lang, f"quality.{observation.quality}")),
        *provenance(observation, unit, atlas, lang),
    ]
    if observation.note:
        facts.append(("note", text.pick(lang, *atlas.note(observation.note))))
    return _facts(facts, lang)


def _promise(target: Target, view: TargetsView, atlas: Atlas) -> html.Dl:
    lang, plan = view.query.lang, view.plan
    year = text.period(lang, year_period(target.year))
    facts: list[tuple[str, Any]] = [
        (
            "target",
            f"{year} {labels.promised(lang, target)}",
        ),
        ("plan", text.pick(lang, plan.name_zh, plan.name_en)),
        ("clause", target.clause),
        ("departments", departments(target, atlas, lang)),
    ]
    if scope := text.pick(lang, target.scope_zh, target.scope_en):
        facts.append(("scope", scope))
    return _facts(facts, lang)


def _facts(facts: list[tuple[str, Any]], lang: str) -> html.Dl:
    children = []
    for key, value in facts:
        children += [html.Dt(text.t(lang, f"evidence.{key}")), html.Dd(value)]
    return html.Dl(children, className="facts")
