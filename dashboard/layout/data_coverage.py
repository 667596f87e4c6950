"""The coverage matrix as a table."""

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard import ids, text
from dashboard.figures import labels
from dashboard.layout.attributes import attributes
from dashboard.selection import Selection
from dashboard.views.coverage import Cell, CoverageRow, CoverageView
from dashboard.views.data_query import COVERS, DataQuery, Tab
from indicators.records import Domain


def coverage_section(
    view: CoverageView,
    covers: tuple[tuple[str, int], ...],
    selection: Selection,
    query: DataQuery,
) -> html.Div:
    """Return the matrix with its level control, and the indicators without any value."""
    lang = selection.lang
    total = view.covered + view.missing
    lead = text.t(lang, "data.cover_lead", total=total, covered=view.covered, missing=view.missing)
    matrix: Any = html.P(text.t(lang, "data.cover_empty"), className="empty")
    if view.groups:
        matrix = html.Div(
            _matrix(view, selection, query),
            className="cover-box",
            tabIndex=0,
            role="region",
            **attributes(aria_label=text.t(lang, "data.cover_label")),
        )
    return html.Div(
        [
            html.P(lead, className="data-lead"),
            _levels(view, covers, lang),
            matrix,
            html.P(text.t(lang, "data.cover_caption"), className="caption"),
            *_blank(view, lang),
        ]
    )


def _levels(view: CoverageView, covers: tuple[tuple[str, int], ...], lang: str) -> html.Div:
    def label(cover: str, count: int) -> str:
        name = text.t(lang, "data.cover_all" if cover == COVERS[0] else f"level.{cover}")
        return f"{name} {text.number(count)}"

    return html.Div(
        [
            html.Span(
                text.t(lang, "data.cover"), className="control-label", id=f"{ids.COVER}-label"
            ),
            dmc.SegmentedControl(
                id=ids.COVER,
                data=[{"value": cover, "label": label(cover, count)} for cover, count in covers],
                value=view.cover,
                size="sm",
                **attributes(aria_labelledby=f"{ids.COVER}-label"),
            ),
        ],
        className="cover-levels",
    )


def _matrix(view: CoverageView, selection: Selection, query: DataQuery) -> html.Table:
    lang = selection.lang
    heads = [
        html.Th(text.t(lang, "control.indicator"), scope="col"),
        *(html.Th(str(year), scope="col") for year in view.years),
        html.Th(text.t(lang, "data.col_regions"), scope="col"),
    ]
    return html.Table(
        [
            html.Caption(text.t(lang, "data.cover_label"), className="visually-hidden"),
            html.Thead(html.Tr(heads)),
            *(_group(domain, rows, view, selection, query) for domain, rows in view.groups),
        ],
        className="cover",
    )


def _group(
    domain: Domain,
    rows: tuple[CoverageRow, ...],
    view: CoverageView,
    selection: Selection,
    query: DataQuery,
) -> html.Tbody:
    head = html.Th(
        text.t(selection.lang, f"domain.{domain}"),
        scope="rowgroup",
        colSpan=len(view.years) + 2,
        className="cover-domain",
    )
    return html.Tbody([html.Tr(head), *(_row(row, selection, query) for row in rows)])


def _row(row: CoverageRow, selection: Selection, query: DataQuery) -> html.Tr:
    name = labels.indicator_name(selection.lang, row.indicator)
    to_values = query.at(Tab.OBSERVATIONS, find=name).query(selection)
    return html.Tr(
        [
            html.Th(dcc.Link(name, href=f"/data{to_values}"), scope="row"),
            *(_cell(cell, selection.lang) for cell in row.cells),
            html.Td(str(row.regions), className="cover-total"),
        ]
    )


def _cell(cell: Cell | None, lang: str) -> html.Td:
    if cell is None:
        return html.Td()
    said = str(cell.count)
    if not cell.whole:
        said = text.t(lang, "data.cover_part", count=cell.count)
    return html.Td(said, className=f"cover-{cell.step}")


def _blank(view: CoverageView, lang: str) -> list[Any]:
    if not view.blank:
        return []
    listed = [
        html.Div(
            [
                html.Dt(text.t(lang, f"domain.{domain}")),
                html.Dd(
                    text.t(lang, "finding.join").join(
                        labels.indicator_name(lang, indicator) for indicator in indicators
                    )
                ),
            ]
        )
        for domain, indicators in view.blank
    ]
    return [
        html.H2(text.t(lang, "data.cover_blank")),
        html.P(text.t(lang, "data.cover_blank_about"), className="data-about"),
        html.Dl(listed, className="cover-blank"),
    ]
