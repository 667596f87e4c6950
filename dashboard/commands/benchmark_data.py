"""Made-up values for measuring: published ones are too sparse at county level."""

import random
from dataclasses import dataclass, replace

from dashboard.bundle import DataBundle
from dashboard.selection import Selection, View
from dashboard.settings import Settings
from geodata.codes import NATION, Level
from indicators.atlas import Atlas
from indicators.periods import parse_period
from indicators.records import Observation, Qualifier, Quality, Source
from indicators.thresholds import Thresholds

INDICATOR = "air_good_days_share"
YEARS = ("2020", "2021", "2022", "2023", "2024")
SEED = 20240601
# The two years every measurement goes back and forth between.
PERIODS = YEARS[-2:]

_SOURCE = Source("generated", "generated for measuring", "generated for measuring", "")


@dataclass(frozen=True, slots=True)
class MeasuredArea:
    """An area whose counties are measured."""

    adcode: str
    name: str
    regions: int

    def selection(self, period: str) -> Selection:
        """Return the view of one year."""
        return Selection(
            region=self.adcode,
            level=Level.COUNTY,
            indicator=INDICATOR,
            period=period,
            view=View.VALUE,
            selected="",
            lang="zh",
            theme="light",
        )


def measured_area(bundle: DataBundle, adcode: str) -> MeasuredArea:
    """Describe an area."""
    region = bundle.regions.get(adcode)
    counties = bundle.regions.children(adcode, Level.COUNTY)
    return MeasuredArea(adcode, f"{region.name_zh} {region.name_en}", len(counties))


def generated_bundle(bundle: DataBundle, settings: Settings) -> DataBundle:
    """Return the bundle with generated values in every county, in memory only.

    They replace all values of one indicator; everything else stays as it is.
    """
    tables = bundle.atlas.tables
    kept = [item for item in tables.observations if item.indicator_id != INDICATOR]
    generated = replace(
        tables,
        sources=(*tables.sources, _SOURCE),
        observations=(*kept, *_observations(bundle)),
        version=f"{tables.version}-generated-{SEED}",
    )

    def lineage(adcode: str) -> tuple[str, ...]:
        return tuple(region.adcode for region in reversed(bundle.regions.ancestors(adcode)))

    thresholds = Thresholds(on_course=float(settings.on_course), behind=float(settings.behind))
    return replace(bundle, atlas=Atlas(generated, lineage, thresholds))


def _observations(bundle: DataBundle) -> list[Observation]:
    chance = random.Random(SEED)  # noqa: S311 - nothing depends on these numbers being secret
    return [
        Observation(
            adcode=region.adcode,
            indicator_id=INDICATOR,
            period=parse_period(year),
            value=round(chance.uniform(70, 100), 1),
            qualifier=Qualifier.EXACT,
            quality=Quality.OFFICIAL,
            source_id=_SOURCE.source_id,
            note="",
        )
        for region in bundle.regions.children(NATION, Level.COUNTY)
        for year in YEARS
    ]
