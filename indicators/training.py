"""Training data: an atlas in which every value is generated and says so."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from indicators.atlas import Atlas, Lineage
from indicators.choice import Choice
from indicators.periods import year_period
from indicators.records import Audience, Observation, Qualifier, Quality, Source
from indicators.reserved import STAMP_EN, STAMP_ZH, TRAINING_SOURCE_ID
from indicators.tables import Tables
from indicators.thresholds import Thresholds
from indicators.training_values import Place, Values, generate

SOURCE = Source(TRAINING_SOURCE_ID, "演练数据", "非真实数据", "")
# Series looked at lately stay made: enough for a map of every county and the panels beside it.
_KEPT_SERIES = 20_000


class TrainingAtlas(Atlas):
    """An atlas of generated values only; no published value is left in it.

    The table of observations lists the series that targets are judged by. Those of the other
    regions are made when they are asked for: all of them together would be millions of records.
    """

    def __init__(
        self,
        tables: Tables,
        lineage: Lineage,
        thresholds: Thresholds,
        places: Sequence[Place],
        audience: Audience = Audience.PUBLIC,
    ) -> None:
        """Generate values for the plans and targets of some tables.

        Args:
            tables: the real ones; their observations and sources are left behind.
            lineage: names the regions above a region, nearest first.
            thresholds: as of any atlas.
            places: every region.
            audience: who may see what is generated; it is shaped by their targets.
        """
        self._audience = audience
        version = _version(tables)
        used = {item.indicator_id for item in tables.targets}
        used |= {item.indicator_id for item in tables.observations}
        self._values: Values = generate(
            [item for item in tables.indicators if item.indicator_id in used],
            tables.plans,
            tables.targets,
            places,
            version,
        )
        promised = dict.fromkeys((item.adcode, item.indicator_id) for item in tables.targets)
        listed = tuple(item for key in promised for item in self._make(*key))
        self._made = lru_cache(maxsize=_KEPT_SERIES)(self._make)
        super().__init__(_without_reality(tables, listed, version), lineage, thresholds)

    def choice(self, adcode: str, indicator_id: str, period: str) -> Choice | None:
        """Return the generated value; it has no rivals."""
        if listed := super().choice(adcode, indicator_id, period):
            return listed
        series = self.series(adcode, indicator_id)
        found = next((item for item in series if str(item.period) == period), None)
        return Choice(found, (), "only") if found else None

    def series(self, adcode: str, indicator_id: str) -> tuple[Observation, ...]:
        """Return the generated values of a region and indicator in order of time."""
        return super().series(adcode, indicator_id) or self._made(adcode, indicator_id)

    def observations(self, indicator_id: str | None = None) -> Iterator[Observation]:
        """Walk all values of an indicator, or those that are listed."""
        if indicator_id is None:
            yield from self.tables.observations
            return
        for adcode in self._values.regions:
            yield from self.series(adcode, indicator_id)

    def periods(self, indicator_id: str, adcodes: Iterable[str]) -> dict[str, int]:
        """Count the regions with a value for each year, without making their records."""
        row = self._values.indicators.get(indicator_id)
        known = self._values.regions
        columns = [known[adcode] for adcode in adcodes if adcode in known]
        if row is None or not columns:
            return {}
        counts = np.isfinite(self._values.numbers[row, columns, :]).sum(axis=0)
        years = zip(self._values.years, counts, strict=True)
        return {str(year): int(count) for year, count in years if count}

    def _make(self, adcode: str, indicator_id: str) -> tuple[Observation, ...]:
        values = self._values
        row, column = values.indicators.get(indicator_id), values.regions.get(adcode)
        if row is None or column is None:
            return ()
        return tuple(
            Observation(
                adcode=adcode,
                indicator_id=indicator_id,
                period=year_period(year),
                value=number,
                qualifier=Qualifier.EXACT,
                quality=Quality.UNCERTAIN,
                source_id=TRAINING_SOURCE_ID,
                note=STAMP_ZH,
                audience=self._audience,
            )
            for year, number in zip(values.years, values.numbers[row, column].tolist(), strict=True)
            # Not a number is the only one unlike itself.
            if number == number
        )


def _version(tables: Tables) -> str:
    return hashlib.sha256(f"training {tables.version}".encode()).hexdigest()[:12]


def _without_reality(tables: Tables, listed: tuple[Observation, ...], version: str) -> Tables:
    """Return the tables with generated values in place of everything published."""
    return replace(
        tables,
        observations=listed,
        sources=(SOURCE,),
        breaks=(),
        corrections=(),
        note_translations={STAMP_ZH: (STAMP_ZH, STAMP_EN)},
        version=version,
    )
