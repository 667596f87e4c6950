"""From the words of an address to what the comparison page shows."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from dash import dcc, html

from dashboard import text
from dashboard.bundle import DataBundle
from dashboard.figures import labels
from dashboard.figures.compare_trend import compare_trend_figure
from dashboard.figures.compare_words import (
    area_words,
    plans_finding,
    ranking_caption,
    strip_caption,
    trend_caption,
    unit_words,
    years_note,
)
from dashboard.figures.small_multiples import geometry_addresses, small_map_figure
from dashboard.figures.strip import strip_figure
from dashboard.layout.charts import Chart
from dashboard.layout.compare_controls import (
    area_controls,
    indicator_control,
    periods_control,
    regions_control,
)
from dashboard.layout.compare_page import (
    CompareControls,
    ComparePart,
    MapsPart,
    RankingPart,
    compare_page,
)
from dashboard.layout.compare_tables import plans_table, ranking_table
from dashboard.layout.parts import attribution, legend
from dashboard.layout.shell import COMPARE_PATH
from dashboard.rendering import Renderer
from dashboard.selection import Notice, Parsed, Selection
from dashboard.stamps import marked
from dashboard.views.area import AreaView
from dashboard.views.compare import CompareQuery, parse, plans_view, with_defaults
from dashboard.views.compare_area import better_area, maps_view, ranking_view, strip_view
from dashboard.views.compare_options import indicator_uses, region_choices
from dashboard.views.compare_trend import compare_trend_view
from dashboard.views.frame import map_frame


@dataclass(frozen=True, slots=True)
class Asked:
    """The state of the page, and a notice for every word that had to be replaced."""

    selection: Selection
    query: CompareQuery
    notices: tuple[Notice, ...]

    @property
    def canonical(self) -> str:
        """The query of exactly this state."""
        return self.selection.query() + self.query.query()


def read(renderer: Renderer, search: str) -> Asked:
    """Read a query string with the defaults of this page."""
    bundle = renderer.current()
    words = with_defaults(dict(parse_qsl(search.lstrip("?"))), bundle)
    parsed = renderer.parse(urlencode(words))
    query, notices = parse(words, bundle, parsed.selection)
    return Asked(parsed.selection, query, (*parsed.notices, *notices))


def build_compare(renderer: Renderer, _parsed: Parsed, search: str) -> html.Div:
    """Return the page for an address."""
    asked = read(renderer, search)
    selection, query = asked.selection, asked.query
    bundle = renderer.current()
    view = renderer.controls(selection)
    regions = region_choices(bundle, selection.indicator, query.regions)
    controls = CompareControls(
        indicator=indicator_control(indicator_uses(bundle), selection),
        regions=regions_control(regions, query, selection.lang),
        area=area_controls(view, selection),
        periods=periods_control(view, query, selection.lang),
    )
    part = compare_part(renderer, asked)
    notices = renderer.notices(asked.notices, selection)
    return compare_page(selection, asked.canonical, query.asked_sort, controls, part, notices)


def compare_part(renderer: Renderer, asked: Asked) -> ComparePart:
    """Return everything the page shows."""
    return renderer.kept("compare", asked.canonical, lambda bundle: _part(bundle, asked))


def _part(bundle: DataBundle, asked: Asked) -> ComparePart:
    selection, query = asked.selection, asked.query
    plans = plans_view(bundle, selection)
    return ComparePart(
        headline=_headline(plans_finding(plans, selection.lang), years_note(plans, selection.lang)),
        plans=plans_table(plans, selection.lang),
        trend=_trend(bundle, selection, query),
        area_title=_area_title(bundle, selection),
        strip=_strip(bundle, selection),
        maps=_maps(bundle, selection, query),
        ranking=_ranking(bundle, selection, query),
    )


def _headline(finding: str, note: str) -> list[Any]:
    return [html.H1(finding), html.Div([html.P(note)] if note else [], className="plain-words")]


def _trend(bundle: DataBundle, selection: Selection, query: CompareQuery) -> Chart:
    lang = selection.lang
    view = compare_trend_view(bundle, selection, query.regions)
    drawn = any(line.latest for line in view.lines)
    return Chart(
        figure=marked(
            compare_trend_figure(view, lang=lang, theme=selection.theme),
            bundle,
            lang,
            selection.theme,
        ),
        title=text.t(lang, "trend.title", indicator=labels.indicator_name(lang, view.indicator)),
        subtitle=text.t(lang, "compare.trend_subtitle", count=len(query.regions))
        + unit_words(view.indicator, lang),
        caption=trend_caption(view, lang) if drawn else "",
        empty="" if drawn else text.t(lang, "compare.trend_none"),
    )


def _area_title(bundle: DataBundle, selection: Selection) -> list[Any]:
    lang = selection.lang
    words = {
        "area": labels.region_name(lang, bundle.regions.get(selection.region)),
        "level": text.t(lang, f"places.{selection.level}"),
    }
    children: list[Any] = [html.H2(text.t(lang, "compare.area_title", **words))]
    shown = [child.adcode for child in bundle.regions.children(selection.region, selection.level)]
    if bundle.atlas.periods(selection.indicator, shown):
        return children
    return [*children, _elsewhere(bundle, selection)]


def _elsewhere(bundle: DataBundle, selection: Selection) -> Any:
    """Point to an area that publishes the indicator, or say that none does."""
    lang = selection.lang
    found = better_area(bundle, selection)
    if found is None:
        return html.P(text.t(lang, "compare.nowhere"), className="empty")
    area, level = found
    there = selection.with_(region=area.adcode, level=level, period="", selected="")
    words = text.t(
        lang,
        "compare.elsewhere",
        area=labels.region_name(lang, area),
        level=text.t(lang, f"places.{level}"),
    )
    return html.P(dcc.Link(words, href=COMPARE_PATH + there.query()))


def _strip(bundle: DataBundle, selection: Selection) -> Chart:
    lang = selection.lang
    view = strip_view(bundle, selection)
    words = area_words(view.area, lang)
    return Chart(
        figure=marked(
            strip_figure(view, lang=lang, theme=selection.theme), bundle, lang, selection.theme
        ),
        title=text.t(lang, "compare.strip_title", **words),
        subtitle=text.t(lang, "ranking.subtitle", **words) + unit_words(view.area.indicator, lang),
        caption=strip_caption(view, lang) if view.rows else "",
        empty="" if view.rows else _nothing(view.area, lang),
    )


def _nothing(view: AreaView, lang: str) -> str:
    if view.level not in view.indicator.levels:
        return text.t(lang, "honesty.not_applicable", level=text.t(lang, f"places.{view.level}"))
    return text.t(lang, "finding.none", **area_words(view, lang))


def _maps(bundle: DataBundle, selection: Selection, query: CompareQuery) -> MapsPart:
    lang = selection.lang
    words: list[Any] = [html.H3(text.t(lang, "compare.maps_title"))]
    view = maps_view(bundle, selection, query.periods)
    if not view.maps:
        words.append(html.P(text.t(lang, "compare.maps_none"), className="empty"))
        return MapsPart({"figures": [], "addresses": []}, (), words, [], [])
    words.append(html.P(text.t(lang, "compare.maps_subtitle"), className="chart-subtitle"))
    frame = map_frame(bundle, selection.region, selection.level, lang)
    figures = [
        small_map_figure(
            item, frame, bundle.atlas, lang=lang, theme=selection.theme, selected=selection.selected
        )
        for item in view.maps
    ]
    return MapsPart(
        made={
            "figures": [marked(figure, bundle, lang, selection.theme) for figure in figures],
            "addresses": list(geometry_addresses(figures)),
        },
        titles=tuple(_map_title(item, lang) for item in view.maps),
        words=words,
        legend=legend(view.together, lang, selection.theme),
        attribution=attribution(view.together, bundle.atlas, bundle.boundary_map_number, lang),
    )


def _map_title(view: AreaView, lang: str) -> str:
    return text.t(lang, "control.count_mark", **area_words(view, lang))


def _ranking(bundle: DataBundle, selection: Selection, query: CompareQuery) -> RankingPart:
    lang = selection.lang
    view = ranking_view(bundle, selection, query.sort)
    words = area_words(view.area, lang)
    heading: list[Any] = [
        html.H3(text.t(lang, "ranking.title", **words)),
        html.P(text.t(lang, "ranking.subtitle", **words), className="chart-subtitle"),
    ]
    if not view.rows:
        nothing = html.P(_nothing(view.area, lang), className="empty")
        return RankingPart([*heading, nothing], None, "")
    table = ranking_table(
        view, bundle.atlas, sort=query.sort, selected=selection.selected, lang=lang
    )
    return RankingPart(heading, table, ranking_caption(view, lang))
