"""What the controls offer: regions, levels, indicators and periods, those with data first."""

from dataclasses import dataclass

from dashboard.bundle import DataBundle
from dashboard.memo import kept_in_memory
from dashboard.selection import Selection, periods_on_offer
from geodata.codes import NATION, Level
from geodata.regions import Region
from indicators.periods import Period, PeriodKind, parse_period
from indicators.records import Domain, Indicator


@dataclass(frozen=True, slots=True)
class PeriodOption:
    """A period and how many regions have a value in it."""

    period: Period
    count: int
    total: int


@dataclass(frozen=True, slots=True)
class IndicatorOption:
    """An indicator, and whether any region of the map has a published value."""

    indicator: Indicator
    has_data: bool


@dataclass(frozen=True, slots=True)
class ControlsView:
    """Every option of every control, in the order offered."""

    plan_regions: tuple[Region, ...]
    provinces: tuple[Region, ...]
    prefectures: tuple[Region, ...]
    levels: tuple[Level, ...]
    indicators: tuple[tuple[Domain, tuple[IndicatorOption, ...]], ...]
    years: tuple[PeriodOption, ...]
    shorter: tuple[PeriodOption, ...]
    ancestors: tuple[Region, ...]
    area: Region


def controls_view(bundle: DataBundle, selection: Selection) -> ControlsView:
    """Compute the options for a selection."""
    total = len(bundle.regions.children(selection.region, selection.level))
    options = [
        PeriodOption(parse_period(period), count, total)
        for period, count in periods_on_offer(bundle, selection).items()
    ]
    plans = tuple(bundle.regions.get(plan.adcode) for plan in bundle.atlas.plans.values())
    return ControlsView(
        plan_regions=plans,
        provinces=(bundle.regions.get(NATION), *bundle.regions.all(Level.PROVINCE)),
        prefectures=_prefectures(bundle),
        levels=bundle.regions.levels_below(selection.region),
        indicators=_indicators(bundle, selection.region, selection.level),
        years=tuple(item for item in options if item.period.kind is PeriodKind.YEAR),
        shorter=tuple(item for item in options if item.period.kind is not PeriodKind.YEAR),
        ancestors=bundle.regions.ancestors(selection.region),
        area=bundle.regions.get(selection.region),
    )


@kept_in_memory(4)
def _prefectures(bundle: DataBundle) -> tuple[Region, ...]:
    """Return prefectures that are not a province or a plan region of the same code."""
    plans = {plan.adcode for plan in bundle.atlas.plans.values()}
    return tuple(
        region
        for region in bundle.regions.all(Level.PREFECTURE)
        if region.adcode not in plans and bundle.regions.get(region.adcode) == region
    )


@kept_in_memory(512)
def _indicators(
    bundle: DataBundle, region: str, level: Level
) -> tuple[tuple[Domain, tuple[IndicatorOption, ...]], ...]:
    codes = [child.adcode for child in bundle.regions.children(region, level)]
    grouped: dict[Domain, list[IndicatorOption]] = {domain: [] for domain in Domain}
    for indicator in bundle.atlas.indicators.values():
        has_data = any(bundle.atlas.series(code, indicator.indicator_id) for code in codes)
        grouped[indicator.domain].append(IndicatorOption(indicator, has_data))
    return tuple(
        (domain, tuple(sorted(options, key=lambda option: not option.has_data)))
        for domain, options in grouped.items()
        if options
    )
