"""The frame around every page: header, navigation, language and theme."""

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard import ids, text
from dashboard.selection import Selection
from dashboard.theme import MANTINE_THEME

Component = Any


def shell(page: Component, selection: Selection) -> Component:
    """Wrap a page."""
    return dmc.MantineProvider(
        html.Div(
            [
                dcc.Location(id=ids.URL, refresh="callback-nav"),
                dcc.Store(id=ids.MAP_EVENT),
                dcc.Store(id=ids.PAGE_WANTED),
                html.Div(page, id=ids.PAGE),
                html.Div(id=ids.STATUS, className="visually-hidden", role="status"),
            ]
        ),
        id=ids.PROVIDER,
        theme=MANTINE_THEME,
        forceColorScheme=selection.theme,
    )


def page_frame(content: Component, selection: Selection, data_version: str) -> Component:
    """Put header and footer around the content of a page, in the language of the selection."""
    lang = selection.lang
    return html.Div(
        [
            html.A(text.t(lang, "skip.to_content"), href="#content", className="skip-link"),
            _header(selection),
            html.Main(content, id="content", tabIndex=-1),
            html.Footer(
                [
                    html.Span(text.t(lang, "footer.honest")),
                    html.Span(text.t(lang, "footer.data", version=data_version)),
                ],
                className="site-footer",
            ),
        ],
        lang="zh-CN" if lang == "zh" else "en",
    )


def _header(selection: Selection) -> html.Header:
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
            html.Div(
                [
                    dmc.SegmentedControl(
                        id=ids.LANGUAGE,
                        data=[{"value": "zh", "label": "中文"}, {"value": "en", "label": "EN"}],
                        value=lang,
                        size="xs",
                        **{"aria-label": text.t(lang, "control.language")},
                    ),
                    dmc.SegmentedControl(
                        id=ids.THEME,
                        data=[
                            {"value": name, "label": text.t(lang, f"control.theme_{name}")}
                            for name in ("light", "dark")
                        ],
                        value=selection.theme,
                        size="xs",
                        **{"aria-label": text.t(lang, "control.theme")},
                    ),
                ],
                className="header-controls",
            ),
        ],
        className="site-header",
    )
