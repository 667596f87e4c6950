"""From the words of an address to what the targets page shows."""

from typing import Any
from urllib.parse import parse_qsl

from dash import html

from dashboard import text
from dashboard.bundle import DataBundle
from dashboard.figures import labels
from dashboard.layout.parts import notices
from dashboard.layout.targets_page import TargetsPart, targets_page, targets_part
from dashboard.rendering import Renderer
from dashboard.selection import Notice, Parsed
from dashboard.views.targets import targets_view
from dashboard.views.targets_query import UNNAMED, TargetsQuery, parse_targets

# The other common words are read here with meanings of their own.
_SHARED_WORDS = ("lang", "theme")
_SAID_AS = {
    "state": "state.{}",
    "domain": "domain.{}",
    "group": "targets.group_{}",
    "sort": "targets.sort_{}",
}


def build_targets(renderer: Renderer, parsed: Parsed, search: str) -> html.Div:
    """Return the page at an address."""
    query, found = read_query(renderer, parsed, search)
    return targets_page(query, render(renderer, query), said(renderer, query, found))


def read_query(
    renderer: Renderer, parsed: Parsed, search: str
) -> tuple[TargetsQuery, tuple[Notice, ...]]:
    """Read the page's own words, and the notices of those it shares with other pages."""
    words = dict(parse_qsl(search.lstrip("?")))
    query, own = parse_targets(words, renderer.current(), parsed.selection)
    shared = tuple(item for item in parsed.notices if item.word in _SHARED_WORDS)
    return query, own + shared


def render(renderer: Renderer, query: TargetsQuery) -> TargetsPart:
    """Return what follows from the query; what somebody typed is not kept."""

    def compute(bundle: DataBundle) -> TargetsPart:
        return targets_part(targets_view(bundle, query), bundle.atlas)

    if query.q:
        return compute(renderer.current())
    return renderer.kept("targets", query.query(), compute)


def said(renderer: Renderer, query: TargetsQuery, found: tuple[Notice, ...]) -> list[Any]:
    """Return a sentence for every word that was replaced, with names in place of codes."""
    bundle, lang = renderer.current(), query.lang
    return notices([_named(bundle, item, lang) for item in found], lang)


def _named(bundle: DataBundle, notice: Notice, lang: str) -> Notice:
    found, used = notice.found, notice.used
    if notice.word in ("region", "plan_above", "plan_other"):
        used = labels.region_name(lang, bundle.regions.get(used))
        if found in bundle.regions:
            found = labels.region_name(lang, bundle.regions.get(found))
    elif notice.word in ("indicator", "target"):
        known = bundle.atlas.indicators
        found, used = (
            labels.indicator_name(lang, known[item]) if item in known else item
            for item in (found, used)
        )
    elif notice.word == "period":
        used = text.t(lang, "targets.year", year=used)
    else:
        used = _option_names(notice, lang)
    return Notice(notice.word, found, used)


def _option_names(notice: Notice, lang: str) -> str:
    """Name the options that were kept; none means that everything is shown."""
    if not notice.used:
        return text.t(lang, "targets.all")
    if notice.word == "lang":
        return text.t(lang, f"lang.{notice.used}")
    if notice.word == "theme":
        return text.t(lang, f"control.theme_{notice.used}")
    pattern = _SAID_AS.get(notice.word, "")
    names = [
        text.t(lang, "evidence.no_departments")
        if item == UNNAMED and notice.word == "department"
        else text.t(lang, pattern.format(item))
        if pattern
        else item
        for item in notice.used.split(",")
    ]
    return text.t(lang, "finding.join").join(names)
