"""What the tables already hold, indexed for the questions an import asks."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from indicators import schemas
from indicators.choice import Choice, choose_all
from indicators.entry.plain import folded, without_brackets
from indicators.periods import PeriodKind
from indicators.records import Indicator, Observation, Source
from indicators.store.changes import Row
from indicators.store.snapshots import Frames
from indicators.tables import Tables

# Region, indicator, period and source make an observation what it is.
Identity = tuple[str, str, str, str]
Series = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Known:
    """One state of the tables: their cells as text, and the same as records."""

    frames: Frames
    tables: Tables

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """Return the indicators by id."""
        return {item.indicator_id: item for item in self.tables.indicators}

    @cached_property
    def indicators_by_name(self) -> Mapping[str, Indicator]:
        """Return the indicators by everything people call them."""
        return {
            folded(name): item
            for item in self.tables.indicators
            for name in (item.name_en, item.name_zh, item.indicator_id)
        }

    def indicator_titled(self, title: str) -> Indicator | None:
        """Return the indicator that a title names, whatever stands in brackets beside its name."""
        named = self.indicators_by_name
        return named.get(folded(title)) or named.get(folded(without_brackets(title)))

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Return the sources by id."""
        return {source.source_id: source for source in self.tables.sources}

    @cached_property
    def rows(self) -> Mapping[Identity, list[Row]]:
        """Return the rows of observations, as they stand in the table, by what they are."""
        rows: defaultdict[Identity, list[Row]] = defaultdict(list)
        frame = self.frames[schemas.OBSERVATIONS.file]
        for row in frame.to_dict("records"):
            rows[row["adcode"], row["indicator_id"], row["period"], row["source_id"]].append(row)
        return dict(rows)

    @cached_property
    def choices(self) -> Mapping[tuple[str, str, str], Choice]:
        """Return which published value counts, by region, indicator and period."""
        return choose_all(self.tables.observations)

    @cached_property
    def yearly(self) -> Mapping[Series, Mapping[int, float]]:
        """Return the values that count, by region and indicator, then by year."""
        series: defaultdict[Series, dict[int, float]] = defaultdict(dict)
        for choice in self.choices.values():
            chosen = choice.chosen
            if chosen.period.kind is PeriodKind.YEAR:
                key = (chosen.adcode, chosen.indicator_id)
                series[key][chosen.period.year] = chosen.value
        return dict(series)

    @cached_property
    def latest(self) -> Mapping[Series, Observation]:
        """Return the last value that counts, by region and indicator."""
        latest: dict[Series, Observation] = {}
        for choice in self.choices.values():
            chosen = choice.chosen
            series = (chosen.adcode, chosen.indicator_id)
            before = latest.get(series)
            if before is None or before.period.sort_key < chosen.period.sort_key:
                latest[series] = chosen
        return latest

    def rivals(self, adcode: str, indicator_id: str, period: str) -> tuple[Observation, ...]:
        """Return every published value of a region, indicator and period, the chosen one first."""
        choice = self.choices.get((adcode, indicator_id, period))
        return (choice.chosen, *choice.rivals) if choice else ()
