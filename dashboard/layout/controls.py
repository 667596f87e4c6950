"""The controls of the map page."""

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard import ids, text
from dashboard.figures import labels
from dashboard.layout.attributes import attributes
from dashboard.layout.options import (
    MADE_WHEN_OPENED,
    Option,
    indicator_option,
    region_option,
    searchable,
)
from dashboard.selection import Selection, View
from dashboard.views.controls import ControlsView, IndicatorOption, PeriodOption
from geodata.regions import Region

PLAY_MILLISECONDS = 1600


def controls_bar(view: ControlsView, selection: Selection) -> html.Div:
    """Return the bar above the map."""
    lang = selection.lang
    return html.Div(
        [
            dmc.Select(
                id=ids.CONTROL_INDICATOR,
                label=text.t(lang, "control.indicator"),
                data=indicator_options(view, lang),
                value=selection.indicator,
                className="control control-wide",
                placeholder=text.t(lang, "control.search_indicator"),
                maxDropdownHeight=420,
                allowDeselect=False,
                selectFirstOptionOnChange=True,
                **searchable(lang),
            ),
            dmc.Select(
                id=ids.CONTROL_REGION,
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
            _segments(
                ids.CONTROL_LEVEL,
                text.t(lang, "control.level"),
                level_options(view, lang),
                selection.level,
            ),
            _segments(
                ids.CONTROL_VIEW,
                text.t(lang, "control.view"),
                [{"value": item.value, "label": text.t(lang, f"view.{item}")} for item in View],
                selection.view,
            ),
        ],
        className="controls",
    )


def period_bar(view: ControlsView, selection: Selection) -> html.Div:
    """Return the period control under the map, with its play button."""
    lang = selection.lang
    play = text.t(lang, "control.play")
    return html.Div(
        [
            dmc.ActionIcon(
                "▶",
                id=ids.PLAY,
                variant="default",
                size=36,
                **attributes(
                    aria_label=play,
                    data_play=play,
                    data_pause=text.t(lang, "control.pause"),
                ),
            ),
            dmc.Select(
                id=ids.CONTROL_PERIOD,
                data=period_options(view, lang),
                value=selection.period,
                className="control control-period",
                allowDeselect=False,
                searchable=False,
                checkIconPosition="right",
                comboboxProps={"position": "top-start"} | MADE_WHEN_OPENED,
                maxDropdownHeight=360,
                **attributes(aria_label=text.t(lang, "control.period")),
            ),
            dcc.Interval(id=ids.PLAY_TIMER, interval=PLAY_MILLISECONDS, disabled=True),
        ],
        className="period-bar",
    )


def _segments(component_id: str, label: str, data: list[Option], value: str) -> html.Div:
    return html.Div(
        [
            html.Span(label, className="control-label", id=f"{component_id}-label"),
            dmc.SegmentedControl(
                id=component_id,
                data=data,
                value=value,
                size="sm",
                **attributes(aria_labelledby=f"{component_id}-label"),
            ),
        ],
        className="control control-segments",
    )


def level_options(view: ControlsView, lang: str) -> list[Option]:
    """Return the levels an area can be drawn at."""
    return [{"value": level, "label": text.t(lang, f"level.{level}")} for level in view.levels]


def region_options(view: ControlsView, lang: str) -> list[Option]:
    """Return the areas in three groups: regions with a plan, provinces, prefectures."""
    groups = (
        ("control.region_plans", view.plan_regions),
        ("control.region_provinces", _without(view.provinces, view.plan_regions)),
        ("control.region_prefectures", view.prefectures),
    )
    return [
        {"group": text.t(lang, key), "items": [region_option(region, lang) for region in regions]}
        for key, regions in groups
    ]


def _without(regions: tuple[Region, ...], others: tuple[Region, ...]) -> list[Region]:
    return [region for region in regions if region not in others]


def indicator_options(view: ControlsView, lang: str) -> list[Option]:
    """Return the indicators by domain, those with data on this map first."""
    return [
        {
            "group": text.t(lang, f"domain.{domain}"),
            "items": [_indicator_option(option, lang) for option in options],
        }
        for domain, options in view.indicators
    ]


def _indicator_option(option: IndicatorOption, lang: str) -> Option:
    indicator = option.indicator
    name = labels.indicator_name(lang, indicator)
    label = name if option.has_data else text.t(lang, "control.no_data_mark", name=name)
    return indicator_option(indicator, label)


def period_options(view: ControlsView, lang: str) -> list[Option]:
    """Return the periods with data, newest first, years before months."""
    groups = (("control.years", view.years), ("control.months", view.shorter))
    return [
        {
            "group": text.t(lang, key),
            "items": [_period_option(option, lang) for option in reversed(options)],
        }
        for key, options in groups
        if options
    ]


def _period_option(option: PeriodOption, lang: str) -> Option:
    key = "control.count_mark" if option.count else "control.period_none"
    label = text.t(
        lang,
        key,
        period=text.period(lang, option.period),
        count=option.count,
        total=option.total,
    )
    return {"value": str(option.period), "label": label}
