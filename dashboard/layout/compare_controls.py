"""The controls of the comparison page."""

import dash_mantine_components as dmc
from dash import html

from dashboard import ids, text
from dashboard.figures import labels
from dashboard.layout.attributes import attributes
from dashboard.layout.controls import level_options, period_options, region_options
from dashboard.layout.options import Option, indicator_option, region_option, searchable
from dashboard.selection import Selection
from dashboard.views.compare import MOST_PERIODS, MOST_REGIONS, CompareQuery
from dashboard.views.compare_options import IndicatorUse, RegionOptions
from dashboard.views.controls import ControlsView, PeriodOption
from indicators.periods import parse_period
from indicators.records import Domain


def indicator_control(
    uses: tuple[tuple[Domain, tuple[IndicatorUse, ...]], ...], selection: Selection
) -> html.Div:
    """Return the choice of the one indicator that is compared."""
    lang = selection.lang
    return html.Div(
        dmc.Select(
            id=ids.COMPARE_INDICATOR,
            label=text.t(lang, "control.indicator"),
            data=indicator_options(uses, lang),
            value=selection.indicator,
            placeholder=text.t(lang, "control.search_indicator"),
            className="control",
            maxDropdownHeight=420,
            allowDeselect=False,
            selectFirstOptionOnChange=True,
            **searchable(lang),
        ),
        className="compare-indicator",
    )


def indicator_options(
    uses: tuple[tuple[Domain, tuple[IndicatorUse, ...]], ...], lang: str
) -> list[Option]:
    """Return the indicators by domain, those that most plans promise first."""
    return [
        {
            "group": text.t(lang, f"domain.{domain}"),
            "items": [_indicator_option(use, lang) for use in group],
        }
        for domain, group in uses
    ]


def _indicator_option(use: IndicatorUse, lang: str) -> Option:
    name = labels.indicator_name(lang, use.indicator)
    label = name
    if use.plans:
        label = text.t(lang, "compare.indicator_plans", name=name, count=use.plans)
    return indicator_option(use.indicator, label)


def regions_control(options: RegionOptions, query: CompareQuery, lang: str) -> dmc.MultiSelect:
    """Return the choice of the regions whose trends are drawn."""
    return dmc.MultiSelect(
        id=ids.CONTROL_REGIONS,
        label=text.t(lang, "compare.control_regions", most=MOST_REGIONS),
        data=compared_options(options, lang),
        value=list(query.regions),
        maxValues=MOST_REGIONS,
        hidePickedOptions=True,
        selectFirstOptionOnChange=True,
        maxDropdownHeight=420,
        className="control",
        **searchable(lang),
    )


def compared_options(options: RegionOptions, lang: str) -> list[Option]:
    """Return the regions with data in groups, and with them every region already chosen."""
    groups = (
        ("control.region_plans", options.plans),
        ("control.region_provinces", options.provinces),
        ("control.region_prefectures", options.prefectures),
        ("compare.region_counties", options.counties),
        ("compare.region_others", options.others),
    )
    return [
        {"group": text.t(lang, key), "items": [region_option(region, lang) for region in regions]}
        for key, regions in groups
        if regions
    ]


def area_controls(view: ControlsView, selection: Selection) -> html.Div:
    """Return the choice of area, level and period for the lower half of the page."""
    lang = selection.lang
    level_label = f"{ids.COMPARE_LEVEL}-label"
    return html.Div(
        [
            dmc.Select(
                id=ids.COMPARE_REGION,
                label=text.t(lang, "control.region"),
                data=region_options(view, lang),
                value=selection.region,
                className="control",
                placeholder=text.t(lang, "control.search_region"),
                maxDropdownHeight=420,
                allowDeselect=False,
                selectFirstOptionOnChange=True,
                **searchable(lang),
            ),
            html.Div(
                [
                    html.Span(
                        text.t(lang, "control.level"), className="control-label", id=level_label
                    ),
                    dmc.SegmentedControl(
                        id=ids.COMPARE_LEVEL,
                        data=level_options(view, lang),
                        value=selection.level,
                        size="sm",
                        **attributes(aria_labelledby=level_label),
                    ),
                ],
                className="control control-segments",
            ),
            dmc.Select(
                id=ids.COMPARE_PERIOD,
                label=text.t(lang, "control.period"),
                data=period_options(view, lang),
                value=selection.period,
                className="control",
                allowDeselect=False,
                maxDropdownHeight=360,
            ),
        ],
        className="compare-area-controls",
    )


def periods_control(view: ControlsView, query: CompareQuery, lang: str) -> dmc.MultiSelect:
    """Return the choice of periods to map; empty leaves it to the page."""
    return dmc.MultiSelect(
        id=ids.CONTROL_PERIODS,
        label=text.t(lang, "compare.control_periods", most=MOST_PERIODS),
        data=map_periods(view, query, lang),
        value=list(query.asked_periods),
        placeholder=periods_hint(query, lang),
        maxValues=MOST_PERIODS,
        clearable=True,
        hidePickedOptions=True,
        maxDropdownHeight=360,
        className="control",
    )


def periods_hint(query: CompareQuery, lang: str) -> str:
    """Return what an empty choice of periods means."""
    if query.asked_periods or not query.periods:
        return ""
    return text.t(lang, "compare.periods_auto", count=len(query.periods))


def map_periods(view: ControlsView, query: CompareQuery, lang: str) -> list[Option]:
    """Return the periods with values, newest first; once one is chosen, only those of its kind."""
    kinds = {parse_period(period).kind for period in query.asked_periods}
    options = (*reversed(view.years), *reversed(view.shorter))
    return [
        {"value": str(option.period), "label": _period_label(option, lang)}
        for option in options
        if option.count and (not kinds or option.period.kind in kinds)
    ]


def _period_label(option: PeriodOption, lang: str) -> str:
    period = text.period(lang, option.period)
    return text.t(lang, "control.count_mark", period=period, count=option.count, total=option.total)
