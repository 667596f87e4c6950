"""From the words of an address to what the data page shows."""

from typing import Any
from urllib.parse import parse_qsl

from dash import html

from dashboard import text
from dashboard.bundle import DataBundle
from dashboard.layout.data_coverage import coverage_section
from dashboard.layout.data_grid import grid_section
from dashboard.layout.data_method import method_section
from dashboard.layout.data_page import data_page
from dashboard.layout.parts import notices
from dashboard.rendering import Renderer
from dashboard.selection import Notice, Parsed, Selection, newest_year
from dashboard.views.coverage import coverage_view, covers_with_data
from dashboard.views.data_query import COVERS, GRIDS, DataQuery, Tab
from dashboard.views.data_tables import table_view
from dashboard.views.method import method_view

# Region, indicator and period come along in the address for the other pages only.
_SHARED_WORDS = ("lang", "theme")


def build_data(renderer: Renderer, parsed: Parsed, search: str) -> html.Div:
    """Return the page at an address."""
    query, found = read_query(parsed, search)
    selection = parsed.selection
    return data_page(
        selection,
        query,
        body(renderer, selection, query),
        said(found, selection.lang),
        _facts(renderer),
    )


def read_query(parsed: Parsed, search: str) -> tuple[DataQuery, tuple[Notice, ...]]:
    """Read the page's own words, and the notices of those it shares with other pages."""
    query, own = DataQuery.parse(dict(parse_qsl(search.lstrip("?"))))
    return query, (*own, *(item for item in parsed.notices if item.word in _SHARED_WORDS))


def body(renderer: Renderer, selection: Selection, query: DataQuery) -> Any:
    """Return what a tab shows; what somebody searches for is not kept."""

    def compute(bundle: DataBundle) -> Any:
        return _body(bundle, selection, query)

    if query.find and query.table in GRIDS:
        return compute(renderer.current())
    return renderer.kept("data", query.query(selection), compute)


def same_body(one: tuple[Selection, DataQuery], other: tuple[Selection, DataQuery]) -> bool:
    """Tell whether two addresses show the same tab; the search happens in the browser."""

    def shown(selection: Selection, query: DataQuery) -> tuple[str, ...]:
        # Only the legend of the method page carries colours of its own.
        theme = selection.theme if query.table is Tab.METHOD else ""
        return selection.lang, query.table, query.cover, theme

    return shown(*one) == shown(*other)


def said(found: tuple[Notice, ...], lang: str) -> list[html.P]:
    """Return a sentence for every word that was replaced, with names in place of codes."""
    return notices([_named(notice, lang) for notice in found], lang)


def _body(bundle: DataBundle, selection: Selection, query: DataQuery) -> Any:
    lang = selection.lang
    if query.table is Tab.COVERAGE:
        view = coverage_view(bundle, query.cover)
        return coverage_section(view, covers_with_data(bundle), selection, query)
    if query.table is Tab.METHOD:
        method = method_view(bundle, lang, selection.theme)
        return method_section(method, bundle, lang, selection.theme)
    table = table_view(bundle, query.table, lang)
    return grid_section(table, selection, query, newest_year(bundle))


def _facts(renderer: Renderer) -> dict[str, str]:
    bundle = renderer.current()
    tables = bundle.atlas.tables
    counts = {
        "observations": len(tables.observations),
        "sources": len(tables.sources),
        "targets": len(tables.targets),
        "plans": len(tables.plans),
    }
    words = {name: text.number(count) for name, count in counts.items()}
    return {**words, "version": bundle.version, "contact": renderer.contact}


def _named(notice: Notice, lang: str) -> Notice:
    used = notice.used
    if notice.word == "table":
        used = text.t(lang, f"data.tab_{used}")
    elif notice.word == "cover":
        used = text.t(lang, "data.cover_all" if used == COVERS[0] else f"level.{used}")
    elif notice.word == "lang":
        used = text.t(lang, f"lang.{used}")
    elif notice.word == "theme":
        used = text.t(lang, f"control.theme_{used}")
    return Notice(notice.word, notice.found, used)
