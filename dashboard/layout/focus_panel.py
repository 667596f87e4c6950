"""The side panels: the region in focus, and the evidence for its numbers."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from dashboard import text
from dashboard.figures import labels
from dashboard.selection import Selection
from dashboard.theme import SYMBOLS
from dashboard.views.area import AreaRow, AreaView
from dashboard.views.focus import FocusView
from indicators.atlas import Atlas
from indicators.choice import Choice
from indicators.records import Audience, Observation, Qualifier, Target

Child = html.Div | html.P | html.Dl | dcc.Link | None

_QUALIFIER_KEYS = {
    Qualifier.EXACT: "evidence.exact",
    Qualifier.AT_LEAST: "evidence.at_least",
    Qualifier.ABOUT: "evidence.about",
}


def region_card(
    view: FocusView, area: AreaView, selection: Selection, *, drillable: bool
) -> list[Child]:
    """Return the name, the number, its rank and change, and the verdict of the region in focus."""
    lang = selection.lang
    row = next((item for item in area.rows if item.region == view.region), None)
    return [
        html.Div(
            [
                html.H2(labels.region_name(lang, view.region)),
                html.P(labels.indicator_name(lang, view.indicator), className="card-indicator"),
            ]
        ),
        _headline(view, lang),
        _facts(row, area, view, lang),
        _verdict(view, lang),
        _ways_on(view, selection, drillable=drillable),
    ]


def _headline(view: FocusView, lang: str) -> html.Div:
    when = text.period(lang, view.period)
    if view.choice is None:
        said: list[html.P] = [
            html.P(text.t(lang, "card.no_value", period=when), className="card-blank")
        ]
        if view.nearest is not None:
            value = labels.observed(lang, view.nearest, view.indicator.unit)
            near = text.period(lang, view.nearest.period)
            said.append(html.P(text.t(lang, "card.nearest", period=near, value=value)))
        return html.Div(said, className="card-headline")
    chosen = view.choice.chosen
    number = text.quantity(lang, chosen.value, "index", chosen.qualifier)
    return html.Div(
        [
            html.P(
                [
                    html.Span(number, className="big-number"),
                    html.Span(text.unit(lang, view.indicator.unit), className="big-unit"),
                    html.Span(labels.internal_mark(lang, chosen.audience)),
                ]
            ),
            html.P(when, className="card-period"),
        ],
        className="card-headline",
    )


def _facts(row: AreaRow | None, area: AreaView, view: FocusView, lang: str) -> html.P:
    parts = []
    if row is not None and row.rank is not None:
        parts.append(text.t(lang, "card.rank", rank=row.rank, count=area.published))
    if row is not None and row.change is not None and row.change_from is not None:
        since = text.period(lang, row.change_from)
        change = text.difference(lang, row.change, view.indicator.unit)
        parts.append(text.t(lang, "card.change", since=since, change=change))
    return html.P(" · ".join(parts), className="card-facts")


def _verdict(view: FocusView, lang: str) -> html.Div:
    verdict = view.verdict
    badge = html.Span(
        [html.Span(SYMBOLS[verdict.state]), labels.state_name(lang, verdict.state)],
        className=f"badge badge-{verdict.state.replace('_', '-')}",
    )
    inherited = (
        html.Span(text.t(lang, "target.inherited_mark"), className="inherited")
        if verdict.inherited
        else None
    )
    reason = labels.reason(lang, verdict, view.indicator.unit)
    return html.Div([html.P([badge, inherited]), html.P(reason, className="reason")])


def _ways_on(view: FocusView, selection: Selection, *, drillable: bool) -> html.Div:
    lang = selection.lang
    links: list[dcc.Link] = []
    if selection.selected and drillable:
        name = labels.region_name(lang, view.region)
        down = selection.with_(region=selection.selected, selected="", level="")
        links.append(dcc.Link(text.t(lang, "map.drill", region=name), href="/" + down.query()))
    if selection.selected:
        clear = selection.with_(selected="")
        links.append(dcc.Link(text.t(lang, "card.close"), href="/" + clear.query()))
    return html.Div(links, className="card-links")


def evidence(view: FocusView, atlas: Atlas, lang: str) -> list[Child]:
    """Return where the value and the target come from."""
    return [*_value_evidence(view, atlas, lang), *_target_evidence(view, atlas, lang)]


def _value_evidence(view: FocusView, atlas: Atlas, lang: str) -> list[Child]:
    if view.choice is None:
        words = {
            "region": labels.region_name(lang, view.region),
            "period": text.period(lang, view.period),
        }
        return [html.P(text.t(lang, "evidence.none", **words), className="empty")]
    chosen = view.choice.chosen
    source = atlas.sources[chosen.source_id]
    exactness = text.t(lang, _QUALIFIER_KEYS[chosen.qualifier])
    quality = text.t(lang, f"quality.{chosen.quality}")
    link: html.A | str = text.t(lang, "evidence.no_link")
    if source.url:
        link = html.A(
            text.t(lang, "evidence.link"), href=source.url, target="_blank", rel="noopener"
        )
    facts: list[tuple[str, Any]] = [
        ("value", labels.observed(lang, chosen, view.indicator.unit)),
        ("period", text.period(lang, chosen.period)),
        ("publisher", source.publisher),
        ("document", [source.title, " · ", link]),
        ("quality", f"{quality} · {exactness}"),
        *provenance(chosen, view.indicator.unit, atlas, lang),
    ]
    if chosen.note:
        facts.append(("note", text.pick(lang, *atlas.note(chosen.note))))
    return [_facts_list(facts, lang), *_rivals(view.choice, view, atlas, lang)]


def provenance(
    observation: Observation, unit: str, atlas: Atlas, lang: str
) -> list[tuple[str, Any]]:
    """Return what else a reader must know of a value: who may see it, and what was corrected."""
    facts: list[tuple[str, Any]] = []
    if observation.audience is Audience.INTERNAL:
        facts.append(("audience", text.t(lang, "stamp.internal")))
    if observation.corrections:
        facts.append(("correction", labels.corrected(lang, observation, unit, atlas)))
    return facts


def _rivals(choice: Choice, view: FocusView, atlas: Atlas, lang: str) -> list[Child]:
    return [
        html.P(
            text.t(
                lang,
                "evidence.rival",
                value=labels.observed(lang, rival, view.indicator.unit),
                publisher=atlas.sources[rival.source_id].publisher,
                rule=text.t(lang, f"rule.{choice.rule}"),
            ),
            className="rival",
        )
        for rival in choice.rivals
    ]


def _target_evidence(view: FocusView, atlas: Atlas, lang: str) -> list[Child]:
    if view.held is None:
        return []
    target = view.held.target
    plan = atlas.plans[target.plan_id]
    inherited = text.t(lang, "target.inherited_mark") if view.held.inherited else ""
    facts: list[tuple[str, Any]] = [
        (
            "target",
            text.t(
                lang,
                "card.target",
                year=target.year,
                promise=labels.promised(lang, target) + inherited,
            ),
        ),
        ("plan", text.pick(lang, plan.name_zh, plan.name_en)),
        ("clause", target.clause),
        ("departments", departments(target, atlas, lang)),
    ]
    if scope := text.pick(lang, target.scope_zh, target.scope_en):
        facts.append(("scope", scope))
    return [_facts_list(facts, lang)]


def departments(target: Target, atlas: Atlas, lang: str) -> str:
    """Name the departments a plan holds responsible, the leading ones first."""

    def named(names: Sequence[str]) -> str:
        known = [
            text.pick(lang, name, atlas.department_name_en(target.plan_id, name)) for name in names
        ]
        return text.t(lang, "finding.join").join(known)

    if not target.departments:
        return text.t(lang, "evidence.no_departments")
    parts = []
    if target.departments_lead:
        parts.append(text.t(lang, "evidence.lead", names=named(target.departments_lead)))
    if target.departments_participating:
        names = named(target.departments_participating)
        parts.append(text.t(lang, "evidence.participating", names=names))
    return " · ".join(parts)


def _facts_list(facts: list[tuple[str, Any]], lang: str) -> html.Dl:
    children = []
    for key, value in facts:
        children += [html.Dt(text.t(lang, f"evidence.{key}")), html.Dd(value)]
    return html.Dl(children, className="facts")
