"""The frame around every page: header, navigation, language and theme."""

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard import ids, text
from dashboard.bundle import DataBundle
from dashboard.layout.attributes import attributes
from dashboard.layout.search import search_box
from dashboard.selection import Selection
from dashboard.stamps import banner_texts, stamp_names, titled
from dashboard.theme import MANTINE_THEME, THEMES

Component = Any

MAP_PATH, TARGETS_PATH, COMPARE_PATH, DATA_PATH = "/", "/targets", "/compare", "/data"

# The pages in the order of the navigation, with the message that names each.
NAVIGATION = (
    (MAP_PATH, "nav.map"),
    (TARGETS_PATH, "nav.targets"),
    (COMPARE_PATH, "nav.compare"),
    (DATA_PATH, "nav.data"),
)


def shell(page: Component, selection: Selection) -> Component:
    """Wrap a page."""
    return dmc.MantineProvider(
        html.Div(
            [
                dcc.Location(id=ids.URL, refresh="callback-nav"),
                dcc.Store(id=ids.MAP_EVENT),
                dcc.Store(id=ids.PAGE_WANTED),
                dcc.Store(id=ids.TAB),
                html.Div(page, id=ids.PAGE),
                html.Div(id=ids.STATUS, className="visually-hidden", role="status"),
                html.Div(id=ids.FAILURE, className="alarm", role="alert", hidden=True),
            ]
        ),
        id=ids.PROVIDER,
        theme=MANTINE_THEME,
        forceColorScheme=selection.theme,
    )


def page_title(path: str, lang: str) -> str:
    """Return what a browser's tab and its history call the page."""
    name = dict(NAVIGATION).get(path)
    site = text.t(lang, "app.title")
    return f"{text.t(lang, name)} · {site}" if name else site


def asked_store(path: str) -> str:
    """Return the id of the store that holds the query asked of a page.

    Each page has its own, so that the callbacks of one page rest while another is shown.
    """
    return f"asked-{path.strip('/') or 'map'}"


def page_frame(
    content: Component, path: str, search: str, selection: Selection, bundle: DataBundle
) -> Component:
    """Put banners, header and footer around a page, in the language of the selection."""
    lang = selection.lang
    return html.Div(
        [
            dcc.Store(
                id=ids.RENDERED,
                data={
                    "path": path,
                    "lang": lang,
                    "search": search,
                    "version": bundle.version,
                    "asked": asked_store(path),
                    "title": titled(bundle, lang, page_title(path, lang)),
                },
            ),
            dcc.Store(id=asked_store(path)),
            html.P(
                text.t(lang, "error.connection"),
                id=ids.CONNECTION,
                className="alarm",
                role="alert",
                hidden=True,
            ),
            html.A(text.t(lang, "skip.to_content"), href="#content", className="skip-link"),
            *_banners(bundle, lang),
            _header(path, selection),
            html.Main(content, id="content", tabIndex=-1),
            html.Footer(
                [
                    html.Span(text.t(lang, "footer.honest")),
                    html.Span(text.t(lang, "footer.data", version=bundle.version)),
                ],
                className="site-footer",
            ),
        ],
        lang=text.html_language(lang),
        className=" ".join(f"site-{name}" for name in stamp_names(bundle)),
    )


def _banners(bundle: DataBundle, lang: str) -> list[html.P]:
    """Say on every page that what it shows is internal, or not real."""
    return [
        html.P(words, className=f"stamp-banner stamp-{name}")
        for name, words in banner_texts(bundle, lang).items()
    ]


def _header(path: str, selection: Selection) -> html.Header:
    lang = selection.lang
    return html.Header(
        [
            dcc.Link(
                [
                    html.Span(text.t(lang, "app.title"), className="brand-name"),
                    html.Span(text.t(lang, "app.tagline"), className="brand-tagline"),
                ],
                href=f"/?lang={lang}&theme={selection.theme}",
                className="brand",
            ),
            _navigation(path, selection),
            html.Div(
                [search_box(lang), _language(selection), _theme(selection)],
                className="header-controls",
            ),
        ],
        className="site-header",
    )


def _navigation(path: str, selection: Selection) -> html.Nav:
    """Link the pages; each keeps the region and indicator in view."""
    lang = selection.lang
    query = selection.with_(selected="").query()
    links = []
    for page_path, key in NAVIGATION:
        # Scripts of the data page are loaded with that page only, so the browser loads it whole.
        link = html.A if DATA_PATH in (page_path, path) else dcc.Link
        name = "here" if page_path == path else ""
        links.append(html.Li(link(text.t(lang, key), href=page_path + query, className=name)))
    return html.Nav(
        html.Ul(links), className="site-nav", **attributes(aria_label=text.t(lang, "nav.label"))
    )


def _language(selection: Selection) -> Component:
    return dmc.SegmentedControl(
        id=ids.LANGUAGE,
        data=[{"value": "zh", "label": "中文"}, {"value": "en", "label": "EN"}],
        value=selection.lang,
        size="xs",
        **attributes(aria_label=text.t(selection.lang, "control.language")),
    )


def _theme(selection: Selection) -> Component:
    lang = selection.lang
    return dmc.SegmentedControl(
        id=ids.THEME,
        data=[{"value": name, "label": text.t(lang, f"control.theme_{name}")} for name in THEMES],
        value=selection.theme,
        size="xs",
        **attributes(aria_label=text.t(lang, "control.theme")),
    )
