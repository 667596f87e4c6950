"""What the controls of the comparison page offer."""

from dataclasses import dataclass

from dashboard.bundle import DataBundle
from dashboard.memo import kept_in_memory
from geodata.codes import Level
from geodata.regions import Region
from indicators.records import Domain, Indicator


@dataclass(frozen=True, slots=True)
class IndicatorUse:
    """An indicator and how many plans promise something for it."""

    indicator: Indicator
    plans: int


@dataclass(frozen=True, slots=True)
class RegionOptions:
    """Regions whose trend can be drawn; ``others`` are chosen ones without any value."""

    plans: tuple[Region, ...]
    provinces: tuple[Region, ...]
    prefectures: tuple[Region, ...]
    counties: tuple[Region, ...]
    others: tuple[Region, ...]


@kept_in_memory(4)
def indicator_uses(bundle: DataBundle) -> tuple[tuple[Domain, tuple[IndicatorUse, ...]], ...]:
    """Return the indicators by domain, those that most plans promise first."""
    atlas = bundle.atlas
    grouped: dict[Domain, list[IndicatorUse]] = {domain: [] for domain in Domain}
    for indicator in atlas.indicators.values():
        plans = sum(
            bool(atlas.own_targets(code, indicator.indicator_id)) for code in atlas.plan_by_region
        )
        grouped[indicator.domain].append(IndicatorUse(indicator, plans))
    return tuple(
        (domain, tuple(sorted(uses, key=lambda use: -use.plans)))
        for domain, uses in grouped.items()
        if uses
    )


def region_choices(bundle: DataBundle, indicator_id: str, chosen: tuple[str, ...]) -> RegionOptions:
    """Return the regions with values of an indicator, each at its highest level, once."""
    plan_codes = tuple(bundle.atlas.plan_by_region)
    published = [
        bundle.regions.get(code)
        for code in sorted(_published(bundle, indicator_id))
        if code not in plan_codes
    ]
    by_level = {
        level: tuple(region for region in published if region.level is level) for level in Level
    }
    counties = tuple(
        region
        for region in by_level[Level.COUNTY]
        if any(area.adcode in plan_codes for area in bundle.regions.ancestors(region.adcode))
    )
    nation_and_provinces = by_level[Level.NATION] + by_level[Level.PROVINCE]
    offered = {
        *plan_codes,
        *(
            region.adcode
            for region in (*nation_and_provinces, *by_level[Level.PREFECTURE], *counties)
        ),
    }
    return RegionOptions(
        plans=tuple(bundle.regions.get(code) for code in plan_codes),
        provinces=nation_and_provinces,
        prefectures=by_level[Level.PREFECTURE],
        counties=counties,
        others=tuple(bundle.regions.get(code) for code in chosen if code not in offered),
    )


@kept_in_memory(256)
def _published(bundle: DataBundle, indicator_id: str) -> frozenset[str]:
    return frozenset(
        item.adcode
        for item in bundle.atlas.tables.observations
        if item.indicator_id == indicator_id and item.adcode in bundle.regions
    )
