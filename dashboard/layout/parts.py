"""Small pieces of the map page: legend, notices, breadcrumb, table."""

from collections.abc import Sequence
from itertools import pairwise

from dash import dcc, html

from dashboard import ids, text
from dashboard.figures import labels
from dashboard.figures.colours import class_colours
from dashboard.layout.attributes import attributes
from dashboard.selection import Notice, Selection, View
from dashboard.theme import SYMBOLS, palette
from dashboard.views.area import BLANKS, AreaRow, AreaView
from dashboard.views.controls import ControlsView
from indicators.atlas import Atlas
from indicators.attainment import State


def legend(view: AreaView, lang: str, theme: str) -> list[html.Li]:
    """Return one entry per class with its count, and one per kind of blank."""
    colours = palette(theme)
    hatched = list(State).index(State.UNDETERMINED) if view.view is View.ATTAINMENT else None
    entries = [
        _legend_entry(fill, label, count, lang, striped=index == hatched)
        for index, (fill, label, count) in enumerate(
            zip(
                class_colours(view, colours),
                _class_labels(view, lang),
                view.class_counts,
                strict=True,
            )
        )
        if label and (count or view.view is View.VALUE)
    ]
    return entries + [
        _legend_entry(
            colours.states[state],
            labels.state_badge(lang, state),
            count,
            lang,
            striped=state is State.UNDETERMINED,
        )
        for state, count in view.blank_counts
    ]


def _legend_entry(
    fill: str, label: str, count: int, lang: str, *, striped: bool = False
) -> html.Li:
    # One component: the whole legend is made anew by every change of the map, and the browser
    # goes through all components of the page for each new one. Style adds swatch and count.
    return html.Li(
        label,
        className="striped" if striped else "",
        style={"--swatch": fill},
        **attributes(data_count=text.t(lang, "legend.count", count=count)),
    )


def _class_labels(view: AreaView, lang: str) -> list[str]:
    if view.view is View.ATTAINMENT:
        return [labels.state_badge(lang, state) for state in State]
    if view.view is View.VALUE:
        return _value_labels(view, lang)
    return _diverging_labels(view, lang)


def _value_labels(view: AreaView, lang: str) -> list[str]:
    if not view.bounds:
        return [""]
    unit = view.indicator.unit
    names = [text.t(lang, "legend.below", high=text.quantity(lang, view.bounds[0], unit))]
    for low, high in pairwise(view.bounds):
        names.append(
            text.t(
                lang,
                "legend.class",
                low=text.number(low),
                high=text.quantity(lang, high, unit),
            )
        )
    return names


def _diverging_labels(view: AreaView, lang: str) -> list[str]:
    worse, better = (
        ("legend.short", "legend.past")
        if view.view is View.GAP
        else ("legend.worse", "legend.better")
    )
    even = text.t(lang, "legend.even_gap" if view.view is View.GAP else "legend.even")
    edges = (0.0, *view.bounds)
    steps = [{"low": text.number(low), "high": text.number(high)} for low, high in pairwise(edges)]
    blank = [""] * (3 - len(steps))
    down = blank + [text.t(lang, worse, **step) for step in reversed(steps)]
    up = [text.t(lang, better, **step) for step in steps] + blank
    return [*down, even, *up]


def notices(found: Sequence[Notice], lang: str) -> list[html.P]:
    """Return a sentence for every query word that was replaced."""
    return [
        html.P(
            text.t(
                lang,
                f"notice.{notice.word}",
                found=notice.found,
                used=notice.used,
            )
        )
        for notice in found
    ]


def breadcrumb(view: ControlsView, selection: Selection) -> list[html.Li]:
    """Return the way from the nation down to the area shown."""
    lang = selection.lang
    steps = [
        html.Li(
            dcc.Link(
                labels.region_name(lang, region),
                href="/" + selection.with_(region=region.adcode, selected="", level="").query(),
            )
        )
        for region in view.ancestors
    ]
    here = html.Span(labels.region_name(lang, view.area), **attributes(aria_current="page"))
    return [*steps, html.Li(here)]


def map_table(view: AreaView, atlas: Atlas, lang: str) -> html.Table:
    """Return the same numbers as the map in a table, in code order."""
    heads = ("region", "code", "value", "rank", "change", "target", "gap", "state", "source")
    return html.Table(
        [
            html.Thead(
                html.Tr([html.Th(text.t(lang, f"table.{head}"), scope="col") for head in heads])
            ),
            html.Tbody([html.Tr(_cells(row, view, atlas, lang)) for row in view.rows]),
        ],
        className="data-table",
    )


def _cells(row: AreaRow, view: AreaView, atlas: Atlas, lang: str) -> list[html.Td | html.Th]:
    unit = view.indicator.unit
    verdict = row.verdict
    observation = row.observation
    source = atlas.sources[observation.source_id].publisher if observation else ""
    blank = labels.state_name(
        lang, row.blank if row.blank in BLANKS and not observation else State.NO_ACTUAL
    )
    return [
        html.Th(labels.region_name(lang, row.region), scope="row"),
        html.Td(row.region.adcode),
        html.Td(labels.observed(lang, observation, unit) if observation else blank),
        html.Td(str(row.rank) if row.rank else ""),
        html.Td(text.difference(lang, row.change, unit) if row.change is not None else ""),
        html.Td(labels.promised(lang, verdict.target) if verdict.target else ""),
        html.Td(labels.gap(lang, verdict.gap, unit) if verdict.gap is not None else ""),
        html.Td(f"{SYMBOLS[verdict.state]} {labels.state_name(lang, verdict.state)}"),
        html.Td(source),
    ]


def attribution(view: AreaView, atlas: Atlas, number: str, lang: str) -> list[html.Span]:
    """Return boundary source, map number and the publishers of the values shown."""
    plan = atlas.plan_above(view.area.adcode)
    own = plan.map_number if plan else ""
    publishers = list(
        dict.fromkeys(
            atlas.sources[row.observation.source_id].publisher
            for row in view.rows
            if row.observation
        )
    )
    return [
        html.Span(text.t(lang, "map.attribution", number=number)),
        html.Span(own or text.t(lang, "map.number_pending"), className="attribution-number"),
        html.Span(_publishers(publishers, lang), className="attribution-sources"),
    ]


def _publishers(publishers: list[str], lang: str) -> str:
    if not publishers:
        return text.t(lang, "map.no_sources")
    joined = text.t(lang, "finding.join").join(publishers[:2])
    if len(publishers) > 2:
        return text.t(
            lang,
            "map.sources",
            publishers=text.t(lang, "map.sources_more", publishers=joined, count=len(publishers)),
        )
    return text.t(lang, "map.sources", publishers=joined)


def drawer(controls: html.Div, lang: str) -> list[html.Button | html.Div]:
    """Put controls into a drawer that is always open on wide screens."""
    return [
        html.Button(
            text.t(lang, "control.more"),
            type="button",
            className="drawer-button quiet-button",
            **attributes(aria_expanded="false"),
        ),
        html.Div(controls, className="drawer"),
    ]


def share_button(selection: Selection) -> html.Button:
    """Return the button that copies the address of exactly this view."""
    lang = selection.lang
    return html.Button(
        text.t(lang, "share.copy"),
        id=ids.SHARE,
        type="button",
        className="quiet-button",
        title=text.t(lang, "share.hint"),
        **attributes(data_query=selection.query(), data_done=text.t(lang, "share.copied")),
    )
