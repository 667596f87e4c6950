"""One plan's targets: each with its verdict, counted, filtered, sorted and grouped."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pypinyin import lazy_pinyin

from dashboard.bundle import DataBundle
from dashboard.views.focus import TargetRow
from dashboard.views.search import indicator_keywords
from dashboard.views.targets_query import (
    UNNAMED,
    Group,
    Sort,
    TargetsQuery,
    plan_departments,
    plan_targets,
    years_on_offer,
)
from geodata.regions import Region
from indicators.atlas import HeldTarget
from indicators.attainment import Attainment, State
from indicators.periods import year_period
from indicators.records import Domain, Milestone, Observation, Plan, Task

# What needs attention first; what cannot be judged last.
URGENCY = (
    State.NOT_MET,
    State.FAR_BEHIND,
    State.BEHIND,
    State.ON_COURSE,
    State.MET,
    State.UNDETERMINED,
    State.NO_ACTUAL,
    State.NOT_APPLICABLE,
    State.NO_TARGET,
)

Counts = tuple[tuple[State, int], ...]


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target with its verdict and the published values the verdict rests on.

    ``number`` is its place in the plan, from 1; ``evidence`` runs from the base to the actual.
    """

    number: int
    row: TargetRow
    evidence: tuple[Observation, ...]

    @property
    def state(self) -> State:
        """The verdict."""
        return self.row.verdict.state

    @property
    def departments(self) -> tuple[str, ...]:
        """Who answers for it; the word for "not named" where the plan names nobody."""
        return self.row.target.departments or (UNNAMED,)


@dataclass(frozen=True, slots=True)
class TargetGroup:
    """Targets listed under one heading: a domain, a department, or nothing."""

    key: str
    lines: tuple[TargetLine, ...]


@dataclass(frozen=True, slots=True)
class DepartmentLine:
    """What one department answers for; verdicts of all its targets."""

    name: str
    lead: int
    participating: int
    counts: Counts
    tasks_lead: int
    tasks_participating: int


@dataclass(frozen=True, slots=True)
class TargetsView:
    """The whole page: all lines, and those shown in their groups."""

    query: TargetsQuery
    plan: Plan
    region: Region
    plan_regions: tuple[Region, ...]
    years: tuple[str, ...]
    lines: tuple[TargetLine, ...]
    groups: tuple[TargetGroup, ...]
    shown: int
    departments: tuple[DepartmentLine, ...]
    milestones: tuple[Milestone, ...]
    tasks: tuple[Task, ...]
    milestones_all: int
    tasks_all: int

    @property
    def counts(self) -> Counts:
        """Number of targets by verdict, in the order of display."""
        return count_states(self.lines)

    @property
    def with_actual(self) -> int:
        """Number of targets with a published actual value."""
        return sum(line.row.verdict.actual is not None for line in self.lines)

    @property
    def looks_back(self) -> bool:
        """Whether verdicts are those of an earlier year."""
        return self.query.period != self.years[0]


def count_states(lines: tuple[TargetLine, ...]) -> Counts:
    """Count verdicts in the order of display, those that occur."""
    counted = Counter(line.state for line in lines)
    return tuple((state, counted[state]) for state in State if counted[state])


def targets_view(bundle: DataBundle, query: TargetsQuery) -> TargetsView:
    """Compute the page of a query."""
    atlas = bundle.atlas
    plan = atlas.plan_by_region[query.region]
    region = bundle.regions.get(plan.adcode)
    lines = _lines(bundle, plan, region, query)
    shown = sorted((line for line in lines if _matches(bundle, line, query)), key=_order(query))
    milestones, tasks = atlas.milestones(plan.plan_id), atlas.tasks(plan.plan_id)
    return TargetsView(
        query=query,
        plan=plan,
        region=region,
        plan_regions=tuple(bundle.regions.get(item.adcode) for item in atlas.plans.values()),
        years=years_on_offer(bundle, plan),
        lines=lines,
        groups=_groups(tuple(shown), query, plan_departments(bundle, plan)),
        shown=len(shown),
        departments=_department_lines(bundle, plan, lines),
        milestones=tuple(item for item in milestones if _answers(item, query)),
        tasks=tuple(item for item in tasks if _answers(item, query)),
        milestones_all=len(milestones),
        tasks_all=len(tasks),
    )


def _lines(
    bundle: DataBundle, plan: Plan, region: Region, query: TargetsQuery
) -> tuple[TargetLine, ...]:
    atlas = bundle.atlas
    until = year_period(int(query.period))
    lines = []
    for number, target in enumerate(plan_targets(bundle, plan), start=1):
        indicator = atlas.indicators[target.indicator_id]
        verdict = atlas.verdict(plan.adcode, region.level, target.indicator_id, until, target)
        row = TargetRow(indicator, HeldTarget(target, inherited=False), verdict)
        lines.append(TargetLine(number, row, _evidence(bundle, plan, verdict)))
    return tuple(lines)


def _evidence(bundle: DataBundle, plan: Plan, verdict: Attainment) -> tuple[Observation, ...]:
    """Return the published values behind a verdict; the parts of a sum instead of the sum."""
    if verdict.target is None or verdict.actual is None:
        return ()
    points = [verdict.base, *(verdict.parts or (verdict.actual,))]
    found = []
    for point in points:
        if point is None:
            continue
        choice = bundle.atlas.choice(plan.adcode, verdict.target.indicator_id, str(point.period))
        if choice and choice.chosen not in found:
            found.append(choice.chosen)
    return tuple(found)


def _matches(bundle: DataBundle, line: TargetLine, query: TargetsQuery) -> bool:
    target = line.row.target
    return (
        (not query.state or line.state in query.state)
        and (not query.year or str(target.year) in query.year)
        and (not query.domain or line.row.indicator.domain in query.domain)
        and (not query.department or bool(set(line.departments) & set(query.department)))
        and (not query.q or _found(bundle, line, query.q))
    )


def _found(bundle: DataBundle, line: TargetLine, asked: str) -> bool:
    """Tell whether every word typed occurs in the indicator's or a department's names."""
    target = line.row.target
    names = [indicator_keywords(line.row.indicator)]
    for name in target.departments:
        spelt = "".join(lazy_pinyin(name))
        names.append(f"{name} {spelt} {bundle.atlas.department_name_en(target.plan_id, name)}")
    haystack = " ".join(names).casefold()
    return all(word in haystack for word in asked.casefold().split())


def _answers(item: Milestone | Task, query: TargetsQuery) -> bool:
    """Tell whether a promise concerns the departments and domains chosen."""
    names = item.departments_lead + item.departments_participating or (UNNAMED,)
    fits = not query.department or bool(set(names) & set(query.department))
    if isinstance(item, Milestone) and query.domain:
        return fits and item.domain in query.domain
    return fits


def _order(query: TargetsQuery) -> Callable[[TargetLine], Any]:
    """Return the sorting of lines; equal ones keep the plan's order."""

    def relative_gap(line: TargetLine) -> float:
        gap = line.row.verdict.gap
        # Gaps of different units compare as shares of their targets; the blank come last.
        return float("inf") if gap is None else gap / (abs(line.row.target.value) or 1.0)

    def name(line: TargetLine) -> Any:
        indicator = line.row.indicator
        return lazy_pinyin(indicator.name_zh) if query.lang == "zh" else indicator.name_en.lower()

    keys: dict[Sort, Callable[[TargetLine], Any]] = {
        Sort.PLAN: lambda line: line.number,
        Sort.VERDICT: lambda line: URGENCY.index(line.state),
        Sort.GAP: relative_gap,
        Sort.YEAR: lambda line: line.row.target.year,
        Sort.NAME: name,
    }
    return keys[query.sort]


def _groups(
    lines: tuple[TargetLine, ...], query: TargetsQuery, departments: tuple[str, ...]
) -> tuple[TargetGroup, ...]:
    if query.group is Group.NONE:
        return (TargetGroup("", lines),) if lines else ()
    if query.group is Group.DOMAIN:
        named = [
            (domain.value, [line for line in lines if line.row.indicator.domain is domain])
            for domain in Domain
        ]
    else:
        # Under a filter only the departments asked for are headings, not their partners.
        heads = [name for name in (*departments, UNNAMED) if _chosen(name, query)]
        named = [(name, [line for line in lines if name in line.departments]) for name in heads]
    return tuple(TargetGroup(key, tuple(found)) for key, found in named if found)


def _chosen(name: str, query: TargetsQuery) -> bool:
    return not query.department or name in query.department


def _department_lines(
    bundle: DataBundle, plan: Plan, lines: tuple[TargetLine, ...]
) -> tuple[DepartmentLine, ...]:
    tasks = bundle.atlas.tasks(plan.plan_id)
    found = []
    for name in plan_departments(bundle, plan):
        own = tuple(line for line in lines if name in line.departments)
        lead = sum(name in line.row.target.departments_lead for line in own)
        tasks_lead = sum(name in task.departments_lead for task in tasks)
        joined = sum(name in task.departments_participating for task in tasks)
        found.append(
            DepartmentLine(name, lead, len(own) - lead, count_states(own), tasks_lead, joined)
        )
    return tuple(sorted(found, key=lambda item: -(item.lead + item.participating)))
