"""The data page: its tabs, what stands around them, and the downloads."""

from collections.abc import Mapping
from typing import Any

from dash import dcc, html

from dashboard import ids, text
from dashboard.layout.attributes import attributes
from dashboard.selection import Selection
from dashboard.views.data_query import DataQuery, Tab

Child = Any

XLSX_PATH, ZIP_PATH = "/download/quality-atlas.xlsx", "/download/quality-atlas.zip"
TABLES = (
    *("observations", "targets", "indicators", "sources", "plans", "regions", "attainment"),
    "corrections",
)


def data_page(
    selection: Selection,
    query: DataQuery,
    body: Child,
    notices: Child,
    facts: Mapping[str, str],
) -> html.Div:
    """Return the whole page.

    Args:
        selection: the common words of the address.
        query: the page's own words.
        body: what the tab shows.
        notices: sentences about words that were replaced.
        facts: counts by name, ``version`` of the data, and ``contact`` of the operator.
    """
    lang = selection.lang
    return html.Div(
        [
            dcc.Store(id=ids.CANONICAL, data=query.query(selection)),
            html.Div(
                [
                    html.Div(
                        [
                            html.H1(text.t(lang, "data.title")),
                            html.P(text.t(lang, "data.lead", **facts), className="data-lead"),
                        ]
                    ),
                    html.Div(
                        [
                            *_quick_downloads(lang),
                            html.Div(share(selection, query), id=ids.DATA_SHARE_SLOT),
                        ],
                        className="data-actions",
                    ),
                ],
                className="data-top",
            ),
            html.Div(notices, id=ids.DATA_NOTICES, className="notices", role="status"),
            html.Nav(
                tabs(selection, query),
                id=ids.DATA_TABS,
                className="data-tabs",
                **attributes(aria_label=text.t(lang, "data.tabs")),
            ),
            html.Div(body, id=ids.DATA_BODY, className="card data-body"),
            html.Div([_downloads(lang), _corrections(lang, facts)], className="data-foot"),
        ],
        className="data-page",
    )


def tabs(selection: Selection, query: DataQuery) -> html.Ul:
    """Return the parts of the page as links, the one shown marked."""
    return html.Ul([html.Li(_tab(tab, selection, query)) for tab in Tab])


def _tab(tab: Tab, selection: Selection, query: DataQuery) -> Child:
    name = text.t(selection.lang, f"data.tab_{tab}")
    href = f"/data{query.at(tab).query(selection)}"
    if tab is query.table:
        return html.A(name, href=href, className="here", **attributes(aria_current="page"))
    return dcc.Link(name, href=href)


def share(selection: Selection, query: DataQuery) -> html.Button:
    """Return the button that copies the address of exactly this tab."""
    lang = selection.lang
    return html.Button(
        text.t(lang, "share.copy"),
        id=ids.SHARE,
        type="button",
        className="quiet-button",
        title=text.t(lang, "share.hint"),
        **attributes(data_query=query.query(selection), data_done=text.t(lang, "share.copied")),
    )


def _quick_downloads(lang: str) -> list[html.A]:
    return [
        html.A(text.t(lang, f"data.{name}"), href=path, className="quiet-button", download="")
        for name, path in (("xlsx", XLSX_PATH), ("zip", ZIP_PATH))
    ]


def _downloads(lang: str) -> html.Section:
    def line(link: Child, about: Child) -> html.Li:
        return html.Li([link, html.Span(about)])

    links: list[Child] = []
    for table in TABLES:
        name = text.t(lang, f"data.api_{table}")
        links += [html.A(name, href=f"/api/v1/{table}.csv?lang={lang}"), " "]
    return html.Section(
        [
            html.H2(text.t(lang, "data.downloads")),
            html.Ul(
                [
                    line(
                        html.A(text.t(lang, "data.xlsx"), href=XLSX_PATH, download=""),
                        text.t(lang, "data.xlsx_about"),
                    ),
                    line(
                        html.A(text.t(lang, "data.zip"), href=ZIP_PATH, download=""),
                        text.t(lang, "data.zip_about"),
                    ),
                    line(html.Strong(text.t(lang, "data.csv_about")), links),
                ],
                className="data-downloads",
            ),
        ],
        className="card",
    )


def _corrections(lang: str, facts: Mapping[str, str]) -> html.Section:
    contact = facts["contact"]
    if not contact:
        said: Child = text.t(lang, "data.no_contact")
    else:
        sentence = text.t(lang, "data.contact", contact="\0", version=facts["version"])
        before, _, after = sentence.partition("\0")
        said = [before, _contact(contact), after]
    return html.Section([html.H2(text.t(lang, "data.corrections")), html.P(said)], className="card")


def _contact(contact: str) -> Child:
    """Return the operator's address, as a link where it is one."""
    if contact.startswith(("http://", "https://")):
        return html.A(contact, href=contact)
    if "@" in contact and not set(contact) & set(" <>\"'"):
        return html.A(contact, href=f"mailto:{contact}")
    return contact
