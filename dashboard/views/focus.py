"""The side panels' content: the targets, the trend and the evidence of one region."""

from dataclasses import dataclass

from dashboard.bundle import DataBundle
from dashboard.selection import Selection
from geodata.codes import Level
from geodata.regions import Region
from indicators.atlas import HeldTarget
from indicators.attainment import Attainment, due_path
from indicators.choice import Choice
from indicators.periods import Period, parse_period
from indicators.records import DefinitionBreak, Indicator, Observation, Plan, Target


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target a region is held against, with its verdict."""

    indicator: Indicator
    held: HeldTarget
    verdict: Attainment

    @property
    def target(self) -> Target:
        """The promise itself."""
        return self.held.target


@dataclass(frozen=True, slots=True)
class TrendView:
    """The published values of a region, its targets, and the line of due values."""

    region: Region
    indicator: Indicator
    period: Period
    observations: tuple[Observation, ...]
    targets: tuple[HeldTarget, ...]
    due: tuple[tuple[Period, float], ...]
    breaks: tuple[DefinitionBreak, ...]


@dataclass(frozen=True, slots=True)
class FocusView:
    """Everything the side panels say about the region in focus."""

    region: Region
    indicator: Indicator
    period: Period
    choice: Choice | None
    nearest: Observation | None
    verdict: Attainment
    held: HeldTarget | None
    plan: Plan | None
    targets: tuple[TargetRow, ...]
    trend: TrendView


def focus_region(bundle: DataBundle, selection: Selection) -> Region:
    """Return the region in focus at the level it is shown."""
    if selection.selected:
        return bundle.regions.get(selection.selected, selection.level)
    return bundle.regions.get(selection.region)


def focus_view(bundle: DataBundle, selection: Selection) -> FocusView:
    """Compute the side panels of a selection."""
    atlas = bundle.atlas
    region = focus_region(bundle, selection)
    indicator = atlas.indicators[selection.indicator]
    period = parse_period(selection.period)
    level = region.level
    choice = atlas.choice(region.adcode, indicator.indicator_id, selection.period)
    verdict = atlas.verdict(region.adcode, level, indicator.indicator_id, period)
    return FocusView(
        region=region,
        indicator=indicator,
        period=period,
        choice=choice,
        nearest=None if choice else _nearest(bundle, region.adcode, indicator, period),
        verdict=verdict,
        held=atlas.held_target(region.adcode, indicator.indicator_id, period),
        plan=atlas.plan_above(region.adcode),
        targets=_target_rows(bundle, region.adcode, level, indicator, period),
        trend=_trend(bundle, region, indicator, period, verdict),
    )


def _nearest(
    bundle: DataBundle, adcode: str, indicator: Indicator, period: Period
) -> Observation | None:
    series = bundle.atlas.series(adcode, indicator.indicator_id)
    if not series:
        return None
    return min(series, key=lambda item: abs(item.period.last_month - period.last_month))


def _target_rows(
    bundle: DataBundle, adcode: str, level: Level, indicator: Indicator, period: Period
) -> tuple[TargetRow, ...]:
    """List the targets of the indicator's domain, the indicator itself first."""
    rows = []
    for held in bundle.atlas.targets_of_region(adcode):
        own = bundle.atlas.indicators[held.target.indicator_id]
        if own.domain is not indicator.domain:
            continue
        verdict = bundle.atlas.verdict(adcode, level, own.indicator_id, period, held.target)
        rows.append(TargetRow(own, held, verdict))
    return tuple(sorted(rows, key=lambda row: row.indicator is not indicator))


def _trend(
    bundle: DataBundle, region: Region, indicator: Indicator, period: Period, verdict: Attainment
) -> TrendView:
    atlas = bundle.atlas
    held = atlas.held_targets(region.adcode, indicator.indicator_id)
    return TrendView(
        region=region,
        indicator=indicator,
        period=period,
        observations=atlas.series(region.adcode, indicator.indicator_id),
        targets=held,
        due=_due(verdict),
        breaks=atlas.breaks(region.adcode, indicator.indicator_id),
    )


def _due(verdict: Attainment) -> tuple[tuple[Period, float], ...]:
    return due_path(verdict.target, verdict.base) if verdict.target else ()
