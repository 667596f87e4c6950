"""From a selection to what the page receives; the only place results are kept."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache as keep
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from dash import Patch, html

from dashboard import text
from dashboard.bundle import DataBundle
from dashboard.caching import ResultCache
from dashboard.figures import labels
from dashboard.figures.choropleth import MapValues, choropleth_figure, map_values
from dashboard.figures.sentences import finding, map_title, plain_words
from dashboard.layout.map_page import MapPart, PanelsPart
from dashboard.layout.parts import attribution, legend, map_table, notices
from dashboard.panels import panels
from dashboard.patching import map_patch, selection_patch
from dashboard.selection import Notice, Parsed, Selection, parse_words, periods_on_offer
from dashboard.stamps import marked
from dashboard.views.area import AreaView, area_view
from dashboard.views.controls import ControlsView, controls_view
from dashboard.views.frame import map_frame
from dashboard.views.search import Hits, find
from indicators.periods import parse_period

Current = Callable[[], DataBundle]
Result = TypeVar("Result")

_MOST_PERIODS_NAMED = 6
_MOST_NAMES_ON_A_PHONE = 12


@dataclass(frozen=True, slots=True)
class MapChange:
    """What changes in a map already drawn, with what stands around it after and before."""

    patch: Patch
    part: MapPart
    shown: MapPart


class Renderer:
    """Answers page requests from one current data bundle, through one cache.

    A result is kept under its name, the canonical query, the data version and the fingerprint
    of the code that made it: text only, the same in every worker.
    """

    def __init__(
        self, current: Current, cache: ResultCache, default_lang: str, contact: str = ""
    ) -> None:
        """Keep where the data come from; ``current`` is asked anew for each request."""
        self.current = current
        self._cache = cache
        self._default_lang = default_lang
        # Where a reader may report an error, empty where the operator names nobody.
        self.contact = contact

    def parse(self, search: str) -> Parsed:
        """Read a query string against the current data."""
        words = dict(parse_qsl(search.lstrip("?")))
        return parse_words(words, self.current(), self._default_lang)

    def controls(self, selection: Selection) -> ControlsView:
        """Return what the controls offer."""
        return controls_view(self.current(), selection)

    def map_part(self, selection: Selection) -> MapPart:
        """Return the map with everything around it."""
        return self._of_selection("map", selection, _map_part)

    def map_change(self, selection: Selection, drawn: str) -> MapChange | None:
        """Return what a selection rewrites in a map already drawn, None where the frame differs."""
        before = self.parse(drawn).selection
        if not _same_frame(before, selection):
            return None
        _, shown = self._of_selection("change", before, _map_change)
        if before == selection.with_(selected=before.selected):
            return MapChange(selection_patch(selection.selected), shown, shown)
        values, part = self._of_selection("change", selection, _map_change)
        frame = map_frame(self.current(), selection.region, selection.level, selection.lang)
        rescaled = not _same_scale(before, selection)
        patch = map_patch(values, frame, selection.selected, rescaled=rescaled)
        return MapChange(patch, part, shown)

    def panels(self, selection: Selection) -> PanelsPart:
        """Return the panels beside and below the map."""
        return self._of_selection("panels", selection, panels)

    def table(self, selection: Selection) -> html.Table:
        """Return the table behind the map."""
        return self._of_selection("table", selection, _table)

    def find(self, selection: Selection, asked: str) -> Hits:
        """Return the regions and indicators a search finds."""
        return find(self.current(), selection, asked)

    def notices(self, found: tuple[Notice, ...], selection: Selection) -> list[html.P]:
        """Return the sentences about query words that were replaced."""
        named = tuple(_named(self.current(), notice, selection) for notice in found)
        return notices(named, selection.lang)

    def kept(self, name: str, query: str, compute: Callable[[DataBundle], Result]) -> Result:
        """Return a result from the cache, or compute and keep it.

        Args:
            name: what is computed.
            query: canonical text of everything the result depends on besides data and code.
            compute: makes the result; it must be picklable.
        """
        bundle = self.current()
        key = self._key(name, query, bundle)
        result: Result | None = self._cache.get(key)
        if result is None:
            result = compute(bundle)
            self._cache.set(key, result)
        return result

    def recall(self, name: str, query: str) -> Any:
        """Return what was kept for the current data, None where nothing was."""
        return self._cache.get(self._key(name, query, self.current()))

    def keep(self, name: str, query: str, result: Any) -> None:
        """Keep a result for the current data; it must be picklable."""
        self._cache.set(self._key(name, query, self.current()), result)

    def drop(self) -> None:
        """Drop everything kept: other data are shown now, and nobody will ask for it again."""
        self._cache.clear()

    def _key(self, name: str, query: str, bundle: DataBundle) -> str:
        operator = f"{self._default_lang}:{self.contact}"
        return f"{name}:{bundle.version}:{code_fingerprint()}:{operator}:{query}"

    def _of_selection(
        self,
        name: str,
        selection: Selection,
        compute: Callable[[DataBundle, Selection], Result],
    ) -> Result:
        return self.kept(name, selection.query(), lambda bundle: compute(bundle, selection))


@keep
def code_fingerprint() -> str:
    """Return a digest of the program's own files: an upgrade never reads results of the old one."""
    root = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256()
    for package in ("dashboard", "geodata", "indicators"):
        for path in sorted((root / package).rglob("*")):
            if path.suffix in (".py", ".po"):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _same_frame(one: Selection, other: Selection) -> bool:
    """Tell whether two selections share geometry, names and colours of a theme."""
    return all(
        getattr(one, word) == getattr(other, word) for word in ("region", "level", "lang", "theme")
    )


def _same_scale(one: Selection, other: Selection) -> bool:
    """Tell whether a class means the same in both; bounds hold for all periods of one kind."""
    kinds = {parse_period(selection.period).kind for selection in (one, other)}
    return one.indicator == other.indicator and one.view == other.view and len(kinds) == 1


def _map_part(bundle: DataBundle, selection: Selection) -> MapPart:
    view = area_view(bundle, selection)
    figure = choropleth_figure(
        view,
        map_frame(bundle, selection.region, selection.level, selection.lang),
        bundle.atlas,
        lang=selection.lang,
        theme=selection.theme,
        selected=selection.selected,
    )
    figure = marked(figure, bundle, selection.lang, selection.theme)
    return _around(bundle, selection, view, figure)


def _map_change(bundle: DataBundle, selection: Selection) -> tuple[MapValues, MapPart]:
    view = area_view(bundle, selection)
    frame = map_frame(bundle, selection.region, selection.level, selection.lang)
    values = map_values(view, frame, bundle.atlas, lang=selection.lang, theme=selection.theme)
    return values, _around(bundle, selection, view, {})


def _around(
    bundle: DataBundle, selection: Selection, view: AreaView, figure: dict[str, Any]
) -> MapPart:
    lang = selection.lang
    frame = map_frame(bundle, selection.region, selection.level, selection.lang)
    offered = periods_on_offer(bundle, selection)
    published = [period for period, count in offered.items() if count]
    newest = [text.period(lang, parse_period(period)) for period in reversed(published)]
    said = plain_words(view, newest[:_MOST_PERIODS_NAMED], lang)
    return MapPart(
        figure=figure,
        # On a phone the sheet is made wider than the screen by the room left beside the area.
        style={
            "--sheet": f"{1 / frame.fill:.3f}",
            "--phone-names": "inline" if len(frame.named) <= _MOST_NAMES_ON_A_PHONE else "none",
        },
        finding=finding(view, lang),
        title=map_title(view, lang),
        plain_words=[html.P(sentence) for sentence in said],
        legend=legend(view, lang, selection.theme),
        attribution=attribution(view, bundle.atlas, bundle.boundary_map_number, lang),
    )


def _table(bundle: DataBundle, selection: Selection) -> html.Table:
    return map_table(area_view(bundle, selection), bundle.atlas, selection.lang)


def _named(bundle: DataBundle, notice: Notice, selection: Selection) -> Notice:
    """Replace the code a notice fell back to by the name a reader knows."""
    lang = selection.lang
    name = notice.used
    if notice.word == "region":
        name = labels.region_name(lang, bundle.regions.get(notice.used))
    elif notice.word == "indicator":
        name = labels.indicator_name(lang, bundle.atlas.indicators[notice.used])
    elif notice.word == "period":
        name = text.period(lang, parse_period(notice.used))
    elif notice.word in ("level", "view", "lang"):
        name = text.t(lang, f"{notice.word}.{notice.used}")
    elif notice.word == "theme":
        name = text.t(lang, f"control.theme_{notice.used}")
    return Notice(notice.word, notice.found, name)
