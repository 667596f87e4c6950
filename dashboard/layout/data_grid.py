"""The grid of a table: its columns, its texts, and the row somebody chose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import dash_ag_grid as dag
import dash_mantine_components as dmc
from dash import html

from dashboard import ids, text
from dashboard.layout.attributes import attributes
from dashboard.layout.charts import until_drawn
from dashboard.selection import Selection
from dashboard.views.data_query import DataQuery, Tab
from dashboard.views.data_tables import TableView

PAGE_SIZE = 20
# Milliseconds after the last key until a search begins.
FIND_DELAY = 300

# The grid's own names for its texts, as the catalogue has them.
GRID_TEXTS = (
    *("page", "of", "to", "more", "page_size_selector_label", "first_page", "previous_page"),
    *("next_page", "last_page", "no_rows_to_show", "no_matching_rows", "loading_ooo"),
    *("filter_ooo", "equals", "not_equal", "contains", "not_contains", "starts_with"),
    *("ends_with", "blank", "not_blank", "less_than", "greater_than", "less_than_or_equal"),
    *("greater_than_or_equal", "in_range", "in_range_start", "in_range_end", "and_condition"),
    *("or_condition", "aria_filter_input", "aria_filter_value", "aria_filter_from_value"),
    *("aria_filter_to_value", "aria_filtering_operator", "aria_filter_menu_open"),
    *("aria_column_filtered", "aria_sortable_column", "aria_menu_column", "aria_filter_column"),
    *("aria_row_select", "aria_row_deselect", "aria_label_column_filter"),
    "aria_page_size_selector_label",
)

# Colours and type of the page: the variables change with light and dark, the grid follows.
_THEME = (
    "themeQuartz.withParams({"
    "backgroundColor: 'var(--surface)', foregroundColor: 'var(--ink)',"
    "textColor: 'var(--ink)', headerTextColor: 'var(--ink-soft)',"
    "headerBackgroundColor: 'var(--paper)', oddRowBackgroundColor: 'var(--surface)',"
    "borderColor: 'var(--hairline)', chromeBackgroundColor: 'var(--paper)',"
    "accentColor: 'var(--accent)', rowHoverColor: 'var(--accent-soft)',"
    "selectedRowBackgroundColor: 'var(--accent-soft)', inputTextColor: 'var(--ink)',"
    "inputBackgroundColor: 'var(--surface)', inputBorder: '1px solid var(--ink-soft)',"
    "subtleTextColor: 'var(--ink-soft)', browserColorScheme: 'inherit',"
    "fontFamily: 'inherit', headerFontFamily: 'inherit', fontSize: 14, headerFontWeight: 400,"
    "wrapperBorderRadius: 6, borderRadius: 4, spacing: 6})"
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the cell it shows, the text of its head, and how wide it starts."""

    field: str
    head: str
    width: int
    number: bool = False
    shown_as: str = ""
    link: bool = False
    pinned: bool = False
    # Shown only where some row has something to say in it.
    rare: bool = False


_REGION = Column("region", "table.region", 130, pinned=True)
_INDICATOR = Column("indicator", "control.indicator", 230)
_DOMAIN = Column("domain", "data.col_domain", 130)
_QUALITY = Column("quality", "evidence.quality", 120)
_DOCUMENT = Column("title", "evidence.document", 300, link=True)
_PUBLISHER = Column("publisher", "evidence.publisher", 190)
_AUDIENCE = Column("audience", "evidence.audience", 170, rare=True)

COLUMNS: Mapping[Tab, tuple[Column, ...]] = {
    Tab.OBSERVATIONS: (
        _REGION,
        _INDICATOR,
        Column("period", "control.period", 140, shown_as="period_text"),
        Column("value", "table.value", 140, number=True, shown_as="value_text"),
        _AUDIENCE,
        Column("use", "data.col_use", 110),
        _QUALITY,
        _PUBLISHER,
        _DOCUMENT,
        Column("note", "evidence.note", 260),
        Column("rivals", "data.col_rivals", 220),
        Column("break", "data.col_break", 220),
        Column("correction", "evidence.correction", 300, rare=True),
        _DOMAIN,
        Column("adcode", "table.code", 110),
    ),
    Tab.TARGETS: (
        _REGION,
        _INDICATOR,
        Column("year", "data.col_year", 110, number=True),
        Column("value", "table.target", 140, number=True, shown_as="value_text"),
        _AUDIENCE,
        Column("state", "table.state", 140),
        Column("reason", "data.col_reason", 340),
        Column("kind", "data.col_kind", 110),
        _DOMAIN,
        Column("departments", "evidence.departments", 220),
        Column("clause", "evidence.clause", 190),
        Column("scope", "evidence.scope", 190),
        Column("plan", "evidence.plan", 230),
        Column("adcode", "table.code", 110),
    ),
    Tab.INDICATORS: (
        Column("indicator", "control.indicator", 270, pinned=True),
        _DOMAIN,
        Column("unit", "data.col_unit", 100),
        Column("direction", "data.col_direction", 130),
        Column("kind", "data.col_kind", 100),
        Column("observations", "data.col_observations", 110, number=True),
        Column("regions", "data.col_regions", 110, number=True),
        Column("years", "data.col_years", 120),
        Column("targets", "data.col_targets", 110, number=True),
        Column("levels", "data.col_levels", 170),
        Column("break", "data.col_break", 260),
        Column("indicator_id", "data.col_id", 230),
    ),
    Tab.SOURCES: (
        Column("publisher", "evidence.publisher", 250, pinned=True),
        Column("title", "evidence.document", 460, link=True),
        _QUALITY,
        Column("observations", "data.col_observations", 120, number=True),
        Column("years", "data.col_years", 130),
        Column("url", "data.col_url", 300),
        Column("source_id", "data.col_id", 130),
    ),
    Tab.CORRECTIONS: (
        _REGION,
        _INDICATOR,
        Column("period", "control.period", 140, shown_as="period_text"),
        Column("column", "correction.column", 110),
        Column("expected_wrong", "correction.wrong", 130),
        Column("right", "correction.right", 130),
        Column("reason", "correction.reason", 300),
        _PUBLISHER,
        _DOCUMENT,
        Column("evidence", "correction.evidence", 190),
        Column("adcode", "table.code", 110),
    ),
}


def grid_section(view: TableView, selection: Selection, query: DataQuery, year: int) -> html.Div:
    """Return a table with its search box, and room for the row that is chosen."""
    lang, tab = selection.lang, view.tab
    count = len(view.rows)
    about = html.P(text.t(lang, f"data.about_{tab}", year=year), className="data-about")
    if tab is Tab.CORRECTIONS and not count:
        return html.Div([about, html.P(text.t(lang, "correction.none"), className="empty")])
    return html.Div(
        [
            about,
            html.Div(
                [
                    dmc.TextInput(
                        id=ids.FIND,
                        label=text.t(lang, "data.find"),
                        value=query.find,
                        placeholder=text.t(lang, "data.find_hint"),
                        debounce=FIND_DELAY,
                        className="control data-find",
                    ),
                    html.Span(text.t(lang, "data.rows", count=text.number(count))),
                    html.A(text.t(lang, "data.this_csv"), href=f"/api/v1/{tab}.csv?lang={lang}"),
                ],
                className="data-tools",
                role="search",
            ),
            _grid(view, lang, query.find),
            html.P(
                text.t(lang, "data.print", count=count, address="/download/quality-atlas.xlsx"),
                className="data-print",
            ),
            html.Section(
                id=ids.DATA_DETAIL, className="data-detail", **attributes(aria_live="polite")
            ),
        ]
    )


def _grid(view: TableView, lang: str, find: str) -> html.Div:
    grid = dag.AgGrid(
        id={"type": ids.DATA_GRID, "table": view.tab.value},
        rowData=list(view.rows),
        columnDefs=column_definitions(view.tab, lang, view.rows),
        defaultColDef={
            "sortable": True,
            "resizable": True,
            "filter": "agTextColumnFilter",
            "floatingFilter": True,
            "suppressHeaderMenuButton": True,
            "minWidth": 90,
        },
        dashGridOptions={
            "theme": {"function": _THEME},
            "localeText": locale_texts(lang),
            "pagination": True,
            "paginationPageSize": PAGE_SIZE,
            "paginationPageSizeSelector": [PAGE_SIZE, 50, 100],
            "domLayout": "autoHeight",
            "quickFilterText": find,
            "includeHiddenColumnsInQuickFilter": True,
            "cacheQuickFilter": True,
            "rowSelection": {
                "mode": "singleRow",
                "checkboxes": False,
                "enableClickSelection": True,
            },
            "enableCellTextSelection": True,
            # Readers go by the order of the document, not by where a cell is drawn.
            "ensureDomOrder": True,
            "suppressColumnVirtualisation": True,
            "animateRows": False,
        },
        getRowId="params.data.id",
        columnSize=None,
        style={"height": None, "width": "100%"},
        className="data-grid",
    )
    return html.Div(
        [grid, until_drawn(lang)], className="data-grid-box", **attributes(data_frame="table")
    )


def column_definitions(
    tab: Tab, lang: str, rows: Sequence[Mapping[str, Any]] = ()
) -> list[dict[str, Any]]:
    """Return the columns as the grid takes them, and one that is only searched."""
    shown = [
        _definition(column, lang)
        for column in COLUMNS[tab]
        if not column.rare or any(row[column.field] for row in rows)
    ]
    return [*shown, {"field": "search", "hide": True, "headerName": ""}]


def _definition(column: Column, lang: str) -> dict[str, Any]:
    definition: dict[str, Any] = {
        "field": column.field,
        "headerName": text.t(lang, column.head),
        "width": column.width,
        "tooltipField": column.shown_as or column.field,
    }
    if column.number:
        definition |= {"type": "rightAligned", "filter": "agNumberColumnFilter"}
    if column.shown_as:
        written = {"function": f"params.data.{column.shown_as}"}
        definition |= {"valueFormatter": written, "getQuickFilterText": written}
        if not column.number:
            definition["filterValueGetter"] = written
    if column.link:
        definition["cellRenderer"] = "AtlasSource"
    if column.pinned:
        definition |= {"pinned": "left", "lockPinned": True, "cellClass": "data-head-cell"}
    return definition


def locale_texts(lang: str) -> dict[str, str]:
    """Return the grid's own texts under its own names."""
    return {_camel(name): text.t(lang, f"data.grid_{name}") for name in GRID_TEXTS}


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def detail(rows: Sequence[Mapping[str, Any]], tab: Tab, lang: str) -> list[Any]:
    """Return everything a chosen row says, long texts in full; nothing without a row."""
    if not rows:
        return []
    row = rows[0]
    facts: list[Any] = []
    for column in COLUMNS[tab]:
        said = str(row.get(column.shown_as or column.field, ""))
        if said:
            facts += [html.Dt(text.t(lang, column.head)), html.Dd(_fact(column, row, said))]
    title = html.H2(text.t(lang, "data.detail"))
    return [title, html.Dl(facts, className="facts")]


def _fact(column: Column, row: Mapping[str, Any], said: str) -> Any:
    url = str(row.get("url", ""))
    # The row comes back from the browser: only an address of the web becomes a link.
    if column.field in ("title", "url") and url.startswith(("http://", "https://")):
        return html.A(said, href=url, target="_blank", rel="noopener")
    return said
