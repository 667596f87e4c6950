"""The trend of several regions: yearly values as runs between breaks, with their targets."""

from dataclasses import dataclass

from dashboard.bundle import DataBundle
from dashboard.selection import Selection
from geodata.regions import Region
from indicators.periods import PeriodKind
from indicators.records import DefinitionBreak, Indicator, Observation, Target

# More monthly dots than this per region hide the yearly line they belong to.
FEW = 12


@dataclass(frozen=True, slots=True)
class TrendLine:
    """One region: runs of yearly values that compare, a few shorter periods, own targets.

    ``index`` gives the line its colour and dash; None marks a faint line for orientation.
    """

    region: Region
    index: int | None
    runs: tuple[tuple[Observation, ...], ...]
    shorter: tuple[Observation, ...]
    hidden: int
    targets: tuple[Target, ...]

    @property
    def latest(self) -> Observation | None:
        """The newest yearly value, or the newest other one where no year was published."""
        if self.runs:
            return self.runs[-1][-1]
        return self.shorter[-1] if self.shorter else None


@dataclass(frozen=True, slots=True)
class CompareTrendView:
    """The lines of the chosen regions, and faintly those of the areas around them."""

    indicator: Indicator
    lines: tuple[TrendLine, ...]
    empty: tuple[Region, ...]
    breaks: tuple[DefinitionBreak, ...]

    @property
    def chosen(self) -> tuple[TrendLine, ...]:
        """The lines of regions somebody chose."""
        return tuple(line for line in self.lines if line.index is not None)


def compare_trend_view(
    bundle: DataBundle, selection: Selection, regions: tuple[str, ...]
) -> CompareTrendView:
    """Compute the trend of the chosen regions, their provinces and the nation."""
    indicator = bundle.atlas.indicators[selection.indicator]
    chosen = [
        _line(bundle, code, indicator.indicator_id, index) for index, code in enumerate(regions)
    ]
    around = [
        _line(bundle, code, indicator.indicator_id, None) for code in _around(bundle, regions)
    ]
    return CompareTrendView(
        indicator=indicator,
        lines=(
            *(line for line in around if line.runs),
            *(line for line in chosen if line.latest or line.targets),
        ),
        empty=tuple(line.region for line in chosen if not line.latest),
        breaks=_breaks(bundle, indicator, regions),
    )


def _around(bundle: DataBundle, regions: tuple[str, ...]) -> tuple[str, ...]:
    above = [area.adcode for code in regions for area in bundle.regions.ancestors(code)]
    return tuple(code for code in dict.fromkeys(above) if code not in regions)


def _line(bundle: DataBundle, code: str, indicator_id: str, index: int | None) -> TrendLine:
    atlas = bundle.atlas
    series = atlas.series(code, indicator_id)
    yearly = [item for item in series if item.period.kind is PeriodKind.YEAR]
    shorter = tuple(item for item in series if item.period.kind is not PeriodKind.YEAR)
    shown = shorter if index is not None and len(shorter) <= FEW else ()
    return TrendLine(
        region=bundle.regions.get(code),
        index=index,
        runs=_runs(yearly, atlas.breaks(code, indicator_id)),
        shorter=shown,
        hidden=len(shorter) - len(shown) if index is not None else 0,
        targets=atlas.own_targets(code, indicator_id),
    )


def _runs(
    yearly: list[Observation], breaks: tuple[DefinitionBreak, ...]
) -> tuple[tuple[Observation, ...], ...]:
    """Split the values where their definition changed; nothing is drawn across a break."""
    runs: dict[int, list[Observation]] = {}
    for item in yearly:
        passed = sum(change.first_period.first_month <= item.period.last_month for change in breaks)
        runs.setdefault(passed, []).append(item)
    return tuple(tuple(run) for run in runs.values())


def _breaks(
    bundle: DataBundle, indicator: Indicator, regions: tuple[str, ...]
) -> tuple[DefinitionBreak, ...]:
    codes = (*regions, *_around(bundle, regions))
    found = [
        change for code in codes for change in bundle.atlas.breaks(code, indicator.indicator_id)
    ]
    return tuple(dict.fromkeys(found))
