"""The head of the targets page: the finding in words, the strip of verdicts, facts of the plan."""

from dataclasses import replace

from dash import dcc, html

from dashboard import text
from dashboard.figures import labels
from dashboard.layout.attributes import attributes
from dashboard.theme import SYMBOLS
from dashboard.views.targets import Counts, TargetsView
from dashboard.views.targets_query import TargetsQuery
from indicators.attainment import State

Child = html.Div | html.P | html.H1 | html.Ul | html.Dl | None


def summary(view: TargetsView) -> list[Child]:
    """Return the finding, the strip, and what must be said plainly about both."""
    lang = view.query.lang
    blank = len(view.lines) - view.with_actual
    return [
        html.H1(headline(view)),
        html.P(_basis(view), className="chart-subtitle"),
        _strip(view) if view.lines else None,
        html.P(text.t(lang, "targets.blank_note"), className="targets-note") if blank else None,
        _plan_facts(view),
    ]


def headline(view: TargetsView) -> str:
    """State in one sentence how many targets there are, how they stand, and how many are blank."""
    lang = view.query.lang
    total, count = len(view.lines), view.with_actual
    words = {
        "region": labels.region_name(lang, view.region),
        "total": total,
        "count": count,
        "blank": total - count,
        "states": _states_in_words(view.counts, lang),
    }
    key = "headline"
    if not total:
        key = "headline_no_targets"
    elif not count:
        key = "headline_none"
    elif count == total:
        key = "headline_all"
    said = text.t(lang, f"targets.{key}", **words)
    return text.t(lang, "targets.as_of", year=view.query.period) + said if view.looks_back else said


def _states_in_words(counts: Counts, lang: str) -> str:
    named = [
        text.t(lang, "targets.state", count=count, state=labels.state_name(lang, state))
        for state, count in counts
        if state is not State.NO_ACTUAL
    ]
    return text.t(lang, "finding.join").join(named)


def _basis(view: TargetsView) -> str:
    """Say what the verdicts rest on, and what share of the targets has any actual value."""
    lang = view.query.lang
    said = [text.t(lang, "targets.judged", year=view.query.period)]
    if total := len(view.lines):
        share = text.number(round(100 * view.with_actual / total))
        said.append(text.t(lang, "targets.share", share=share, count=view.with_actual, total=total))
    return " · ".join(said)


def _strip(view: TargetsView) -> html.Ul:
    lang = view.query.lang
    return html.Ul(
        [_segment(view.query, state, count, lang) for state, count in view.counts],
        className="targets-strip",
        **attributes(aria_label=text.t(lang, "targets.strip")),
    )


def _segment(query: TargetsQuery, state: State, count: int, lang: str) -> html.Li:
    """Return a part of the strip; pressed once it filters, pressed again it does not."""
    chosen = state in query.state
    wanted = () if query.state == (state,) else (state,)
    mark = text.t(lang, "targets.chosen") if chosen else ""
    name = state.replace("_", "-")
    return html.Li(
        dcc.Link(
            [
                html.Span(SYMBOLS[state], className="strip-symbol"),
                html.Span(str(count), className="strip-count"),
                html.Span(labels.state_name(lang, state), className="strip-name"),
                html.Span(mark, className="visually-hidden"),
            ],
            href=targets_address(query, indicator="", state=wanted),
            className=f"strip-part badge-{name}" + (" chosen" if chosen else ""),
        ),
        style={"flexGrow": count},
    )


def targets_address(query: TargetsQuery, **changes: object) -> str:
    """Return the address of the page with some words changed."""
    return "/targets" + replace(query, **changes).query()  # type: ignore[arg-type]


def _plan_facts(view: TargetsView) -> html.Dl:
    lang, plan = view.query.lang, view.plan
    published = (
        text.t(lang, "targets.published", year=plan.published)
        if plan.published
        else text.t(lang, "targets.unpublished")
    )
    span = text.t(lang, "targets.span", first=plan.first_year, last=plan.last_year)
    basis = text.pick(lang, plan.period_basis_zh, plan.period_basis_en)
    facts = (
        ("targets.plan", text.pick(lang, plan.name_zh, plan.name_en)),
        ("targets.plan_span", span),
        ("targets.plan_basis", basis),
        ("targets.plan_published", published),
    )
    return html.Dl(
        [html.Div([html.Dt(text.t(lang, key)), html.Dd(value)]) for key, value in facts if value],
        className="plan-facts",
    )
