"""The targets page: finding, controls, the table of targets, and what lies beneath it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard import ids, text
from dashboard.figures import labels
from dashboard.layout.attributes import attributes
from dashboard.layout.targets_more import more
from dashboard.layout.targets_summary import headline, summary
from dashboard.layout.targets_table import department_name, targets_table
from dashboard.views.targets import TargetsView
from dashboard.views.targets_query import UNNAMED, Group, Sort, TargetsQuery
from indicators.atlas import Atlas
from indicators.attainment import State

Option = dict[str, str]
Children = Any

FILTERS = ("state", "domain", "department", "year")


@dataclass(frozen=True, slots=True)
class TargetsPart:
    """Everything on the page that follows from the query; ``options`` by word of the query."""

    headline: str
    summary: Children
    table: Children
    more: Children
    options: dict[str, list[Option]]


def targets_part(view: TargetsView, atlas: Atlas) -> TargetsPart:
    """Render a view."""
    return TargetsPart(
        headline=headline(view),
        summary=summary(view),
        table=targets_table(view, atlas),
        more=more(view, atlas),
        options=_options(view, atlas),
    )


def targets_page(query: TargetsQuery, part: TargetsPart, notices: Children) -> html.Div:
    """Return the whole page for a first view."""
    lang = query.lang
    return html.Div(
        [
            dcc.Store(id=ids.CANONICAL, data=query.query()),
            dcc.Store(id=ids.TARGETS_OPENED),
            html.Div(
                [
                    _top_controls(query, part),
                    html.Div(targets_share(query), id=ids.TARGETS_SHARE_SLOT),
                ],
                className="targets-top",
            ),
            html.Div(notices, id=ids.TARGETS_NOTICES, className="notices", role="status"),
            html.Section(part.summary, id=ids.TARGETS_SUMMARY, className="card targets-summary"),
            html.Section(
                [
                    html.H2(text.t(lang, "targets.list")),
                    html.Button(
                        text.t(lang, "targets.drawer"),
                        type="button",
                        className="drawer-button quiet-button",
                        **attributes(aria_expanded="false"),
                    ),
                    html.Div(_filters(query, part), className="drawer"),
                    html.Div(part.table, id=ids.TARGETS_TABLE),
                ],
                className="card",
            ),
            html.Div(part.more, id=ids.TARGETS_MORE, className="targets-more"),
        ],
        className="targets-page",
    )


def targets_share(query: TargetsQuery) -> html.Button:
    """Return the button that copies the address of exactly this view."""
    lang = query.lang
    return html.Button(
        text.t(lang, "share.copy"),
        id=ids.SHARE,
        type="button",
        className="quiet-button",
        title=text.t(lang, "share.hint"),
        **attributes(data_query=query.query(), data_done=text.t(lang, "share.copied")),
    )


def _top_controls(query: TargetsQuery, part: TargetsPart) -> html.Div:
    lang = query.lang
    return html.Div(
        [
            _select(
                ids.TARGETS_REGION,
                "targets.control_plan",
                part.options["region"],
                query.region,
                lang,
            ),
            _select(
                ids.TARGETS_PERIOD,
                "targets.control_period",
                part.options["period"],
                query.period,
                lang,
            ),
        ],
        className="targets-controls",
        role="group",
        **attributes(aria_label=text.t(lang, "targets.control_plan")),
    )


def _filters(query: TargetsQuery, part: TargetsPart) -> html.Div:
    lang = query.lang
    search = dmc.TextInput(
        id=ids.CONTROL_Q,
        label=text.t(lang, "targets.control_q"),
        placeholder=text.t(lang, "targets.control_q_hint"),
        value=query.q,
        debounce=300,
        className="control",
    )
    groups = [
        {"value": item.value, "label": text.t(lang, f"targets.group_{item}")} for item in Group
    ]
    segments = html.Div(
        [
            html.Span(
                text.t(lang, "targets.control_group"),
                className="control-label",
                id=f"{ids.CONTROL_GROUP}-label",
            ),
            dmc.SegmentedControl(
                id=ids.CONTROL_GROUP,
                data=groups,
                value=query.group,
                size="sm",
                **attributes(aria_labelledby=f"{ids.CONTROL_GROUP}-label"),
            ),
        ],
        className="control control-segments",
    )
    sorts = [_option(item.value, text.t(lang, f"targets.sort_{item}")) for item in Sort]
    return html.Div(
        [
            search,
            *(_filter(word, query, part) for word in FILTERS),
            _select(ids.CONTROL_SORT, "targets.control_sort", sorts, query.sort, lang),
            segments,
        ],
        className="targets-filters",
        role="search",
    )


def _select(name: str, label: str, data: list[Option], value: str, lang: str) -> dmc.Select:
    return dmc.Select(
        id=name,
        label=text.t(lang, label),
        data=data,
        value=value,
        allowDeselect=False,
        className="control",
        maxDropdownHeight=420,
    )


def _filter(word: str, query: TargetsQuery, part: TargetsPart) -> html.Div:
    """Return a control of which several options may be chosen; none chosen means all."""
    lang = query.lang
    label = text.t(lang, f"targets.control_{word}")
    control = dmc.MultiSelect(
        id=f"control-{word}",
        label=label,
        data=part.options[word],
        value=list(getattr(query, word)),
        placeholder=text.t(lang, "targets.all"),
        clearable=True,
        clearButtonProps={"aria-label": text.t(lang, "targets.clear_one", name=label)},
        searchable=word == "department",
        nothingFoundMessage=text.t(lang, "control.nothing_found"),
        maxDropdownHeight=420,
        className="control",
    )
    return html.Div(control, id=f"control-{word}-box", hidden=not _useful(part.options[word]))


def _useful(options: list[Option]) -> bool:
    """Tell whether there is anything to choose."""
    return len(options) > 1


def _options(view: TargetsView, atlas: Atlas) -> dict[str, list[Option]]:
    lang, lines, counts = view.query.lang, view.lines, dict(view.counts)
    newest = view.years[0]
    years = {
        year: text.t(lang, "targets.newest" if year == newest else "targets.year", year=year)
        for year in view.years
    }
    return {
        "region": [
            _option(region.adcode, labels.region_name(lang, region)) for region in view.plan_regions
        ],
        "period": [_option(year, label) for year, label in years.items()],
        "state": [
            _option(state.value, _counted(labels.state_badge(lang, state), counts.get(state, 0)))
            for state in State
            if state in counts or state in view.query.state
        ],
        "domain": _tally(
            [line.row.indicator.domain.value for line in lines],
            lambda value: text.t(lang, f"domain.{value}"),
        ),
        "department": [_option(name, department_name(name, view, atlas)) for name in _names(view)],
        "year": _tally(
            sorted(str(line.row.target.year) for line in lines),
            lambda value: text.t(lang, "targets.year", year=value),
        ),
    }


def _names(view: TargetsView) -> list[str]:
    """Return the departments that can be chosen; none where the plan names nobody at all."""
    names = [item.name for item in view.departments]
    unnamed = any(line.departments == (UNNAMED,) for line in view.lines)
    return [*names, UNNAMED] if names and unnamed else names


def _tally(values: list[str], name: Callable[[str], str]) -> list[Option]:
    return [
        _option(value, _counted(name(value), count)) for value, count in Counter(values).items()
    ]


def _counted(name: str, count: int) -> str:
    return f"{name} {count}"


def _option(value: str, label: str) -> Option:
    return {"value": value, "label": label}
