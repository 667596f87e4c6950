"""The panels of the map page: the region, its targets, its trend, the ranking, the evidence."""

from dataclasses import replace

from dashboard import text
from dashboard.bundle import DataBundle
from dashboard.figures import labels
from dashboard.figures.ranking import MOST_ROWS, ranking_figure
from dashboard.figures.target_bullets import target_figure
from dashboard.figures.trend import trend_figure
from dashboard.layout.charts import Chart
from dashboard.layout.focus_panel import evidence, region_card
from dashboard.layout.map_page import PanelsPart
from dashboard.selection import Selection
from dashboard.stamps import marked
from dashboard.views.area import AreaView, area_view
from dashboard.views.focus import FocusView, focus_view


def panels(bundle: DataBundle, selection: Selection) -> PanelsPart:
    """Return what stands beside and below the map."""
    view = area_view(bundle, selection)
    focus = focus_view(bundle, selection)
    drillable = bool(bundle.regions.levels_below(focus.region.adcode))
    return PanelsPart(
        card=region_card(focus, view, selection, drillable=drillable),
        target=_stamped(bundle, selection, _target_chart(focus, selection)),
        trend=_stamped(bundle, selection, _trend_chart(focus, selection)),
        ranking=_stamped(bundle, selection, _ranking_chart(view, selection)),
        evidence=evidence(focus, bundle.atlas, selection.lang),
    )


def _stamped(bundle: DataBundle, selection: Selection, chart: Chart) -> Chart:
    return replace(chart, figure=marked(chart.figure, bundle, selection.lang, selection.theme))


def _target_chart(focus: FocusView, selection: Selection) -> Chart:
    lang = selection.lang
    words = {
        "region": labels.region_name(lang, focus.region),
        "domain": text.t(lang, f"domain.{focus.indicator.domain}"),
        "period": text.period(lang, focus.period),
    }
    empty = ""
    if not focus.targets:
        empty = text.t(lang, "target.none" if focus.plan else "target.no_plan", **words)
    return Chart(
        figure=target_figure(focus.targets, lang=lang, theme=selection.theme),
        title=text.t(lang, "target.title", **words),
        subtitle=text.t(lang, "target.subtitle", **words),
        caption="" if empty else text.t(lang, "target.caption"),
        empty=empty,
    )


def _trend_chart(focus: FocusView, selection: Selection) -> Chart:
    lang = selection.lang
    trend = focus.trend
    region = labels.region_name(lang, trend.region)
    count = len(trend.observations)
    caption = text.t(lang, "trend.caption")
    for change in trend.breaks:
        note = text.pick(lang, change.note_zh, change.note_en)
        caption += text.t(lang, "trend.caption_break", note=note)
    return Chart(
        figure=trend_figure(trend, lang=lang, theme=selection.theme),
        title=text.t(lang, "trend.title", indicator=labels.indicator_name(lang, trend.indicator)),
        subtitle=text.t(lang, "trend.subtitle", region=region, count=count),
        caption=caption if count else "",
        empty="" if count else text.t(lang, "trend.none", region=region),
    )


def _ranking_chart(view: AreaView, selection: Selection) -> Chart:
    lang = selection.lang
    level = text.t(lang, f"places.{view.level}")
    period = text.period(lang, view.period)
    cut = len(view.ranked) > MOST_ROWS
    return Chart(
        figure=ranking_figure(view, lang=lang, theme=selection.theme, selected=selection.selected),
        title=text.t(lang, "ranking.title", indicator=labels.indicator_name(lang, view.indicator)),
        subtitle=text.t(
            lang,
            "ranking.subtitle",
            area=labels.region_name(lang, view.area),
            level=level,
            period=period,
            count=view.published,
            total=len(view.rows),
        ),
        caption=text.t(lang, "ranking.cut", half=MOST_ROWS // 2) if cut else "",
        empty="" if view.published else text.t(lang, "ranking.none", level=level, period=period),
    )
