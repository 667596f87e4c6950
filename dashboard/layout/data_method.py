"""The method page: plain words, each rule with its example from the data."""

from typing import Any

from dash import html

from dashboard import text
from dashboard.bundle import DataBundle
from dashboard.figures import labels
from dashboard.layout.attributes import attributes
from dashboard.layout.data_method_cases import (
    class_case,
    conflicts_table,
    path_case,
    percent,
    plain_table,
)
from dashboard.views.method import Judged, KindExample, MethodView, StateExample
from indicators.attainment import State
from indicators.records import DefinitionBreak

Child = Any

# These two say that there is no target to count.
_NEVER_OF_A_TARGET = (State.NO_TARGET, State.NOT_APPLICABLE)


def method_section(view: MethodView, bundle: DataBundle, lang: str, theme: str) -> html.Div:
    """Return the whole page with its list of contents."""
    parts = (
        ("data", _data(view, lang)),
        ("states", _states(view, lang)),
        ("path", path_case(view.path, view.thresholds, lang)),
        ("kinds", _kinds(view, lang)),
        ("choice", conflicts_table(view.conflicts, bundle, lang)),
        ("breaks", _breaks(view.breaks, bundle, lang)),
        ("inherited", _inherited(view.inherited, bundle, lang)),
        ("blank", [_p(lang, f"data.m_blank_{step}") for step in (1, 2, 3)]),
        ("map", [_p(lang, "data.m_map_1", number=view.map_number), _p(lang, "data.m_map_2")]),
        ("classes", class_case(view.classes, lang, theme)),
    )
    titles = {name: text.t(lang, f"data.m_{name}") for name, _ in parts}
    contents = html.Ol(
        [html.Li(html.A(title, href=f"#method-{name}")) for name, title in titles.items()]
    )
    return html.Div(
        [
            html.Nav(
                contents,
                className="method-contents",
                **attributes(aria_label=text.t(lang, "data.method_contents")),
            ),
            html.Div(
                [
                    html.Section([html.H2(titles[name]), *children], id=f"method-{name}")
                    for name, children in parts
                ],
                className="method-text",
            ),
        ],
        className="method",
    )


def _p(lang: str, key: str, **words: object) -> html.P:
    return html.P(text.t(lang, key, **words))


def _data(view: MethodView, lang: str) -> list[Child]:
    words = {name: text.number(count) for name, count in view.counts.items()}
    return [_p(lang, f"data.m_data_{step}", **words) for step in (1, 2, 3)]


def example(judged: Judged, lang: str, newest: int) -> str:
    """Write a verdict with what it is about, and its year where it is not the newest."""
    target = judged.verdict.target
    unit = target.unit if target else judged.indicator.unit
    key = "data.m_example_of" if judged.year == newest else "data.m_example_then"
    return text.t(
        lang,
        key,
        region=labels.region_name(lang, judged.region),
        indicator=labels.indicator_name(lang, judged.indicator),
        year=judged.year,
        reason=labels.reason(lang, judged.verdict, unit),
    )


def _states(view: MethodView, lang: str) -> list[Child]:
    words = {
        "on_course": percent(view.thresholds.on_course),
        "behind": percent(view.thresholds.behind),
    }
    heads = ("data.m_state", "data.m_meaning", "data.m_count", "data.m_example")
    rows = [_state_row(item, words, lang, view.newest) for item in view.states]
    lead = _p(lang, "data.m_states_1", year=view.newest, targets=view.counts["targets"])
    return [lead, plain_table([text.t(lang, head) for head in heads], rows)]


def _state_row(item: StateExample, words: dict[str, str], lang: str, newest: int) -> list[Child]:
    shown = text.t(lang, "data.m_no_example")
    if item.example is not None:
        shown = example(item.example, lang, newest)
    name = item.state.replace("_", "-")
    return [
        html.Span(labels.state_badge(lang, item.state), className=f"badge badge-{name}"),
        text.t(lang, f"data.m_is_{item.state}", **words),
        "–" if item.state in _NEVER_OF_A_TARGET else str(item.count),
        shown,
    ]


def _kinds(view: MethodView, lang: str) -> list[Child]:
    return [child for item in view.kinds for child in _kind(item, lang, view.newest)]


def _kind(item: KindExample, lang: str, newest: int) -> list[Child]:
    head = text.t(
        lang,
        "data.m_kind_head",
        kind=text.t(lang, f"data.kind_{item.kind}"),
        count=item.count,
    )
    children: list[Child] = [html.H3(head), _p(lang, f"data.m_kind_{item.kind}")]
    if item.example is not None:
        children.append(html.P(example(item.example, lang, newest), className="method-example"))
    return children


def _breaks(breaks: tuple[DefinitionBreak, ...], bundle: DataBundle, lang: str) -> list[Child]:
    if not breaks:
        return [_p(lang, "data.m_breaks_none")]
    heads = ("control.indicator", "table.region", "data.m_from", "evidence.note", "table.source")
    rows = [_break_row(change, bundle, lang) for change in breaks]
    lead = _p(lang, "data.m_breaks_1", count=len(breaks))
    return [lead, plain_table([text.t(lang, head) for head in heads], rows)]


def _break_row(change: DefinitionBreak, bundle: DataBundle, lang: str) -> list[Child]:
    indicator = bundle.atlas.indicators[change.indicator_id]
    return [
        labels.indicator_name(lang, indicator),
        labels.region_name(lang, bundle.regions.get(change.adcode or "100000")),
        text.period(lang, change.first_period),
        text.pick(lang, change.note_zh, change.note_en),
        bundle.atlas.sources[change.source_id].publisher,
    ]


def _inherited(judged: Judged | None, bundle: DataBundle, lang: str) -> list[Child]:
    children: list[Child] = [_p(lang, "data.m_inherited_1")]
    target = judged.verdict.target if judged else None
    if judged is not None and target is not None:
        case = text.t(
            lang,
            "data.m_inherited_case",
            region=labels.region_name(lang, judged.region),
            above=labels.region_name(lang, bundle.regions.get(target.adcode)),
            indicator=labels.indicator_name(lang, judged.indicator),
            reason=labels.reason(lang, judged.verdict, target.unit),
        )
        children.append(html.P(case, className="method-example"))
    return children
