"""The tables of the comparison page: the plans side by side, and the ranking of an area."""

from typing import Any

from dash import html

from dashboard import text
from dashboard.figures import labels
from dashboard.layout.attributes import attributes
from dashboard.theme import SYMBOLS
from dashboard.views.compare import SORTS, PlanRow, PlansView
from dashboard.views.compare_area import RankingView, RankRow
from indicators.atlas import Atlas
from indicators.attainment import Attainment, State

_BLANK = "—"
_PLAN_HEADS = (
    "table.region",
    "compare.head_year",
    "table.target",
    "compare.head_actual",
    "compare.head_bullet",
    "table.gap",
    "table.state",
    "compare.head_plan",
)
# Cards are no table to a screen reader unless each part says what it is.
_ROLE_HEAD: dict[str, Any] = {"role": "columnheader"}
_RANK_HEADS = {
    "rank": "table.rank",
    "region": "table.region",
    "value": "table.value",
    "moved": "compare.head_moved",
    "change": "table.change",
}
# Places are best first and names from A; of numbers one first asks for the largest.
_RISING = ("rank", "region")


def plans_table(view: PlansView, lang: str) -> html.Table:
    """Return one row per promise; plans without the indicator are named at the end."""
    heads = [html.Th(text.t(lang, key), scope="col", **_ROLE_HEAD) for key in _PLAN_HEADS]
    return html.Table(
        [
            html.Caption(text.t(lang, "compare.plans_table"), className="visually-hidden"),
            html.Thead(html.Tr(heads, role="row"), role="rowgroup"),
            html.Tbody(
                [html.Tr(_plan_row(row, view, lang), role="row") for row in view.rows],
                role="rowgroup",
            ),
        ],
        className="data-table compare-plans",
        role="table",
    )


def _plan_row(row: PlanRow, view: PlansView, lang: str) -> list[Any]:
    """Name every cell by its column: on a phone a row is a card without heads."""
    region = html.Th(labels.region_name(lang, row.region), scope="row", role="rowheader")
    cells = [
        html.Td(
            content,
            className=f"cell-{key.split('.')[1]}",
            role="cell",
            **attributes(data_label=text.t(lang, key)),
        )
        for key, content in zip(_PLAN_HEADS[1:], _plan_cells(row, view, lang), strict=True)
    ]
    return [region, *cells]


def _plan_cells(row: PlanRow, view: PlansView, lang: str) -> list[Any]:
    plan = text.pick(lang, row.plan.name_zh, row.plan.name_en)
    if row.target is None or row.verdict is None:
        without = html.Span(text.t(lang, "compare.plan_without"), className="compare-without")
        latest = _latest(row, view, lang)
        return [_BLANK, without, latest, _BLANK, _BLANK, _badge(State.NO_TARGET, lang), plan]
    verdict = row.verdict
    unit = row.target.unit
    reason = html.Span(labels.reason(lang, verdict, unit), className="compare-reason")
    clause = html.Span(row.target.clause, className="compare-reason")
    return [
        str(row.target.year),
        html.Span(labels.promised(lang, row.target), className="compare-strong"),
        _actual(verdict, unit, lang),
        _bullet(row.target.value, verdict, view.scale_end),
        labels.gap(lang, verdict.gap, unit) if verdict.gap is not None else _BLANK,
        [_badge(verdict.state, lang), reason],
        [plan, clause],
    ]


def _actual(verdict: Attainment, unit: str, lang: str) -> Any:
    if verdict.actual is None:
        return _BLANK
    actual = verdict.actual
    return [
        html.Span(labels.measured(lang, actual, unit), className="compare-strong"),
        html.Span(text.period(lang, actual.period), className="compare-reason"),
    ]


def _latest(row: PlanRow, view: PlansView, lang: str) -> Any:
    if row.latest is None:
        return _BLANK
    return [
        labels.observed(lang, row.latest, view.indicator.unit),
        html.Span(text.period(lang, row.latest.period), className="compare-reason"),
    ]


def _badge(state: State, lang: str) -> html.Span:
    return html.Span(
        [html.Span(SYMBOLS[state]), labels.state_name(lang, state)],
        className=f"badge badge-{state.replace('_', '-')}",
    )


def _bullet(target: float, verdict: Attainment, scale_end: float) -> html.Div:
    """Draw the actual as a bar and the target as a mark; the numbers stand beside it."""
    parts = []
    if verdict.actual is not None:
        colour = f"var(--state-{verdict.state.replace('_', '-')})"
        width = _percent(verdict.actual.value, scale_end)
        parts.append(
            html.Span(className="bullet-bar", style={"width": width, "backgroundColor": colour})
        )
    parts.append(html.Span(className="bullet-mark", style={"left": _percent(target, scale_end)}))
    return html.Div(parts, className="bullet", **attributes(aria_hidden="true"))


def _percent(value: float, scale_end: float) -> str:
    return f"{min(max(value / scale_end, 0.0), 1.0) * 100:.2f}%"


def ranking_table(
    view: RankingView, atlas: Atlas, *, sort: str, selected: str, lang: str
) -> html.Table:
    """Return the ranking; its heads are buttons that sort, its names buttons that select."""
    return html.Table(
        [
            html.Caption(text.t(lang, "compare.ranking_table"), className="visually-hidden"),
            html.Thead(html.Tr([_head(column, sort, lang) for column in SORTS])),
            html.Tbody([_rank_row(row, view, atlas, selected, lang) for row in view.rows]),
        ],
        className="data-table compare-ranking",
    )


def _head(column: str, sort: str, lang: str) -> html.Th:
    now, turned = sort.removeprefix("-"), sort.startswith("-")
    arrow, order = "", "none"
    if now == column:
        rising = (column in _RISING) != turned
        arrow, order = (" ↑", "ascending") if rising else (" ↓", "descending")
    following = f"-{column}" if now == column and not turned else column
    return html.Th(
        html.Button(
            text.t(lang, _RANK_HEADS[column]) + arrow,
            id=f"compare-sort-{column}",
            type="button",
            className="sort-button",
            **attributes(data_sort=following),
        ),
        scope="col",
        **attributes(aria_sort=order),
    )


def _rank_row(row: RankRow, view: RankingView, atlas: Atlas, selected: str, lang: str) -> html.Tr:
    code = row.region.adcode
    unit = view.area.indicator.unit
    chosen = code == selected
    button = html.Button(
        labels.region_name(lang, row.region),
        id=f"compare-pick-{code}",
        type="button",
        className="pick-button",
        **attributes(data_select=code, aria_pressed="true" if chosen else "false"),
    )
    since = text.period(lang, row.change_from) if row.change_from else ""
    change = text.difference(lang, row.change, unit) if row.change is not None else _BLANK
    return html.Tr(
        [
            html.Td(str(row.rank)),
            html.Th(button, scope="row"),
            html.Td(
                labels.observed(lang, row.observation, unit),
                title=atlas.sources[row.observation.source_id].publisher,
            ),
            html.Td(_moved(row.moved, lang)),
            html.Td(change, title=text.t(lang, "compare.since", period=since) if since else ""),
        ],
        className="chosen" if chosen else "",
    )


def _moved(moved: int | None, lang: str) -> str:
    if moved is None:
        return _BLANK
    if moved == 0:
        return text.t(lang, "compare.moved_even")
    key = "compare.moved_up" if moved > 0 else "compare.moved_down"
    return text.t(lang, key, places=abs(moved))
