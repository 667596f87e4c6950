"""The tables indexed for questions: the value here, the target that holds, the verdict."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from geodata.codes import Level
from indicators.attainment import Attainment, attain, next_target
from indicators.choice import Choice, choose_all
from indicators.periods import Period, PeriodKind, parse_period
from indicators.records import (
    DefinitionBreak,
    Indicator,
    Milestone,
    Observation,
    Plan,
    Source,
    Target,
    Task,
)
from indicators.tables import Tables
from indicators.thresholds import Thresholds

# From a region's code to the codes above it, the nearest first.
Lineage = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class HeldTarget:
    """A target a region is held against; inherited if a region above it made the promise."""

    target: Target
    inherited: bool


class Atlas:
    """Read-only answers over one version of the tables."""

    def __init__(
        self, tables: Tables, lineage: Lineage, thresholds: Thresholds | None = None
    ) -> None:
        """Index the tables; ``lineage`` names the regions above a region, nearest first."""
        self.tables = tables
        self.indicators: Mapping[str, Indicator] = {
            indicator.indicator_id: indicator for indicator in tables.indicators
        }
        self.sources: Mapping[str, Source] = {source.source_id: source for source in tables.sources}
        self.plans: Mapping[str, Plan] = {plan.plan_id: plan for plan in tables.plans}
        self.plan_by_region: Mapping[str, Plan] = {plan.adcode: plan for plan in tables.plans}
        self._lineage = lineage
        self.thresholds = thresholds or Thresholds()
        self._choices = choose_all(tables.observations)
        self._series = _group_series(self._choices.values())
        self._periods = _group_periods(self._choices)
        self._targets = _group_targets(tables.targets)
        self._departments = {
            (department.plan_id, department.name_zh): department.name_en
            for department in tables.departments
        }

    def choice(self, adcode: str, indicator_id: str, period: str) -> Choice | None:
        """Return the chosen value and its rivals, or None where nothing was published."""
        return self._choices.get((adcode, indicator_id, period))

    def series(self, adcode: str, indicator_id: str) -> tuple[Observation, ...]:
        """Return the chosen values of a region and indicator in order of time."""
        return self._series.get((adcode, indicator_id), ())

    def observations(self, indicator_id: str | None = None) -> Iterator[Observation]:
        """Walk all published values, those passed over too, of one indicator or of all."""
        for observation in self.tables.observations:
            if indicator_id in (None, observation.indicator_id):
                yield observation

    def periods(self, indicator_id: str, adcodes: Iterable[str]) -> dict[str, int]:
        """Count, for each period that has any value among the regions, how many have one."""
        counts: dict[str, int] = defaultdict(int)
        for adcode in adcodes:
            for period in self._periods.get((adcode, indicator_id), ()):
                counts[period] += 1
        return dict(sorted(counts.items(), key=lambda item: parse_period(item[0]).sort_key))

    def previous(self, adcode: str, indicator_id: str, period: Period) -> Observation | None:
        """Return the value a change is measured from.

        Years compare with the latest earlier year; months, quarters and spans with the same
        months of the latest earlier year, because seasons differ. A break in definition between
        the two leaves nothing to compare with.
        """
        earlier = [
            observation
            for observation in self.series(adcode, indicator_id)
            if _is_predecessor(observation.period, period)
        ]
        if not earlier:
            return None
        latest = max(earlier, key=lambda observation: observation.period.last_month)
        broken = any(
            latest.period.last_month < change.first_period.first_month <= period.last_month
            for change in self.breaks(adcode, indicator_id)
        )
        return None if broken else latest

    def breaks(self, adcode: str, indicator_id: str) -> tuple[DefinitionBreak, ...]:
        """Return the definition breaks that concern a region's series."""
        return tuple(
            change
            for change in self.tables.breaks
            if change.indicator_id == indicator_id and change.adcode in ("", adcode)
        )

    def own_targets(self, adcode: str, indicator_id: str) -> tuple[Target, ...]:
        """Return the targets a region's own plan sets, by year."""
        return self._targets.get((adcode, indicator_id), ())

    def held_targets(self, adcode: str, indicator_id: str) -> tuple[HeldTarget, ...]:
        """Return the targets a region is held against: its own, else the nearest above it.

        Counts (so many firms, so many items) are a promise of the whole region above and are
        not handed down; shares, means and per-head figures are.
        """
        if own := self.own_targets(adcode, indicator_id):
            return tuple(HeldTarget(target, inherited=False) for target in own)
        if not self.indicators[indicator_id].intensive:
            return ()
        for above in self._lineage(adcode):
            if targets := self.own_targets(above, indicator_id):
                return tuple(HeldTarget(target, inherited=True) for target in targets)
        return ()

    def held_target(self, adcode: str, indicator_id: str, until: Period) -> HeldTarget | None:
        """Return the one target that counts at a period: the next one due, else the last."""
        held = self.held_targets(adcode, indicator_id)
        target = next_target([item.target for item in held], until)
        return HeldTarget(target, held[0].inherited) if target else None

    def plan_above(self, adcode: str) -> Plan | None:
        """Return the plan of a region, or the nearest above it."""
        for code in (adcode, *self._lineage(adcode)):
            if plan := self.plan_by_region.get(code):
                return plan
        return None

    def verdict(
        self,
        adcode: str,
        level: Level,
        indicator_id: str,
        until: Period,
        target: Target | None = None,
    ) -> Attainment:
        """Judge a region's values up to a period, by default against the target that counts."""
        held = self.held_target(adcode, indicator_id, until)
        if target is None and held is not None:
            target = held.target
        # The nation has no level of its own in the catalogue; it is judged like a province.
        if level is Level.NATION:
            level = Level.PROVINCE
        plan = self.plans[target.plan_id] if target else None
        return attain(
            target,
            self.series(adcode, indicator_id),
            self.indicators[indicator_id],
            until=until,
            level=level,
            breaks=self.breaks(adcode, indicator_id),
            published=plan.published if plan else None,
            first_year=plan.first_year if plan else None,
            inherited=target is not None and target.adcode != adcode,
            thresholds=self.thresholds,
        )

    def targets_of_region(self, adcode: str) -> tuple[HeldTarget, ...]:
        """Return every target a region is held against, in the order of the catalogue."""
        return tuple(
            held
            for indicator_id in self.indicators
            for held in self.held_targets(adcode, indicator_id)
        )

    def milestones(self, plan_id: str) -> tuple[Milestone, ...]:
        """Return a plan's promises without a number."""
        return tuple(item for item in self.tables.milestones if item.plan_id == plan_id)

    def tasks(self, plan_id: str) -> tuple[Task, ...]:
        """Return the lines of a plan's task table."""
        return tuple(item for item in self.tables.tasks if item.plan_id == plan_id)

    def department_name_en(self, plan_id: str, name_zh: str) -> str:
        """Return a department's English name."""
        return self._departments.get((plan_id, name_zh), name_zh)

    def note(self, text: str) -> tuple[str, str]:
        """Return a note in Chinese and English; the original twice where no translation is kept."""
        return self.tables.note_translations.get(text, (text, text))


def _is_predecessor(candidate: Period, period: Period) -> bool:
    if candidate.kind is not period.kind or candidate.last_month >= period.last_month:
        return False
    if period.kind is PeriodKind.YEAR:
        return True
    same_length = (
        candidate.last_month - candidate.first_month == period.last_month - period.first_month
    )
    return same_length and candidate.month == period.month


def _group_periods(keys: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str], list[str]]:
    groups: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for adcode, indicator_id, period in keys:
        groups[adcode, indicator_id].append(period)
    return dict(groups)


def _group_series(choices: Iterable[Choice]) -> dict[tuple[str, str], tuple[Observation, ...]]:
    groups: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for choice in choices:
        chosen = choice.chosen
        groups[chosen.adcode, chosen.indicator_id].append(chosen)
    return {
        key: tuple(sorted(group, key=lambda observation: observation.period.sort_key))
        for key, group in groups.items()
    }


def _group_targets(targets: Iterable[Target]) -> dict[tuple[str, str], tuple[Target, ...]]:
    groups: dict[tuple[str, str], list[Target]] = defaultdict(list)
    for target in targets:
        groups[target.adcode, target.indicator_id].append(target)
    return {
        key: tuple(sorted(group, key=lambda target: target.year)) for key, group in groups.items()
    }
