"""The verdict on one target: a pure function of the target and the published values."""

import math
from collections.abc import Sequence

from geodata.codes import Level
from indicators.additions import judge_additions
from indicators.cases import AT_LEAST_SENSE, Case, conclude, leave_open, settle, target_numbers
from indicators.paths import due_path, judge_path
from indicators.periods import Period, PeriodKind, year_period
from indicators.records import DefinitionBreak, Indicator, Kind, Observation, Qualifier, Target
from indicators.thresholds import DEFAULT_THRESHOLDS, Thresholds
from indicators.verdicts import Attainment, Numbers, Point, Reason, ReasonCode, State

__all__ = [
    "Attainment",
    "Numbers",
    "Point",
    "Reason",
    "ReasonCode",
    "State",
    "attain",
    "due_path",
    "next_target",
]


def attain(
    target: Target | None,
    series: Sequence[Observation],
    indicator: Indicator,
    *,
    until: Period,
    level: Level,
    breaks: Sequence[DefinitionBreak] = (),
    published: int | None = None,
    first_year: int | None = None,
    inherited: bool = False,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Attainment:
    """Judge a target by the chosen observations of one region and indicator up to a period.

    Args:
        target: The promise; None where the region has none.
        series: One observation per period, in any order; those ending after ``until`` are
            ignored.
        indicator: What is measured.
        until: The chosen period.
        level: Level of the region judged.
        breaks: Changes of definition that concern this region and indicator.
        published: Year the plan was published, which fixes the definition the target means.
        first_year: First year of the plan; the path begins at the end of the year before.
        inherited: Whether the target is that of the region above.
        thresholds: Where one state ends and the next begins.
    """
    if level not in indicator.levels:
        reason = Reason(ReasonCode.LEVEL_NOT_APPLICABLE, (("level", level.value),))
        return _blank(State.NOT_APPLICABLE, target, None, inherited, reason)
    points = _points(series, until)
    if target is None:
        reason = Reason(ReasonCode.NO_TARGET, ())
        return _blank(State.NO_TARGET, None, points[-1] if points else None, inherited, reason)
    _require_finite(target.value)
    if not points:
        numbers = (*target_numbers(target), ("until", str(until)))
        reason = Reason(ReasonCode.NO_OBSERVATION, numbers)
        return _blank(State.NO_ACTUAL, target, None, inherited, reason)
    same, other = _by_definition(points, breaks, target.year if published is None else published)
    case = Case(target, indicator.direction, thresholds, until, first_year, inherited)
    return _judge(case, same, other)


def next_target(targets: Sequence[Target], until: Period) -> Target | None:
    """Return the target that counts at a period: the next one due, else the last one past."""
    ordered = sorted(targets, key=lambda target: (target.year, target.plan_id, target.clause))
    ahead = [target for target in ordered if target.year >= until.year]
    if ahead:
        return ahead[0]
    return ordered[-1] if ordered else None


def _judge(case: Case, same: Sequence[Point], other: Sequence[Point]) -> Attainment:
    """Judge by the values of the target's own definition; the others only explain."""
    if not same:
        return leave_open(case, ReasonCode.DEFINITION_CHANGED, other[-1])
    if case.target.kind is Kind.ADDITIONS:
        return judge_additions(case, same)
    comparable = _comparable(case, same)
    if not comparable:
        return leave_open(case, ReasonCode.PERIODS_DIFFER, same[-1])
    if not case.reached:
        return _judge_on_the_way(case, comparable)
    deciding = _deciding_point(case, comparable)
    if deciding is not None:
        return settle(case, deciding)
    redefined = any(_in_time(case, point) for point in _comparable(case, other))
    return _judge_undecided(case, comparable[-1], redefined=redefined)


def _comparable(case: Case, points: Sequence[Point]) -> list[Point]:
    """Keep what may stand beside the target: whole years of a rate, any moment of a stock."""
    if case.target.kind is Kind.RATE:
        points = [point for point in points if point.period.kind is PeriodKind.YEAR]
    return list({point.period.last_month: point for point in points}.values())


def _in_time(case: Case, point: Point) -> bool:
    """Tell whether a value's time lets it decide: the target year, for a stock also later."""
    if case.target.kind is Kind.RATE:
        return point.period.year == case.target.year
    return point.period.year >= case.target.year


def _deciding_point(case: Case, points: Sequence[Point]) -> Point | None:
    """Return the value that decides a target whose year is over, if there is one.

    The last value of the target year does where it stands at the year's end or satisfies
    already; short of the target in May, there were months left. Then the next value does.
    """
    candidates = [point for point in points if _in_time(case, point)]
    inside = [point for point in candidates if point.period.last_month <= case.end]
    if inside and (inside[-1].period.last_month == case.end or case.verdict(inside[-1])):
        return inside[-1]
    return candidates[len(inside)] if len(candidates) > len(inside) else None


def _judge_undecided(case: Case, latest: Point, *, redefined: bool) -> Attainment:
    promised = case.target.kind is Kind.STOCK and case.target.comparator in AT_LEAST_SENSE
    if promised and case.verdict(latest):
        return conclude(case, State.MET, ReasonCode.SATISFIED_EARLY, latest)
    code = ReasonCode.DEFINITION_CHANGED if redefined else ReasonCode.TARGET_YEAR_MISSING
    return leave_open(case, code, latest)


def _judge_on_the_way(case: Case, points: Sequence[Point]) -> Attainment:
    latest = points[-1]
    if case.verdict(latest):
        return conclude(case, State.MET, ReasonCode.SATISFIED_EARLY, latest)
    if latest.qualifier is Qualifier.AT_LEAST:
        return leave_open(case, ReasonCode.LOWER_BOUND, latest)
    base = _base(case, points)
    if base == latest:
        return conclude(case, State.UNDETERMINED, ReasonCode.ONE_POINT, latest)
    if base.qualifier is Qualifier.AT_LEAST:
        return leave_open(case, ReasonCode.LOWER_BOUND, latest, base=base)
    return judge_path(case, base, latest)


def _base(case: Case, points: Sequence[Point]) -> Point:
    """Return where the path begins: the last value before the plan, else the earliest."""
    if case.first_year is None:
        return points[0]
    before = [point for point in points if point.period.year < case.first_year]
    return before[-1] if before else points[0]


def _points(series: Sequence[Observation], until: Period) -> list[Point]:
    visible = [item for item in series if item.period.last_month <= until.last_month]
    for item in visible:
        _require_finite(item.value)
    points = [
        Point(item.period, item.value, item.qualifier, item.source_id, item.audience)
        for item in visible
    ]
    # The fields after the period only matter where one period came twice.
    return sorted(points, key=lambda p: (p.period.sort_key, p.source_id, p.value, p.qualifier))


def _by_definition(
    points: Sequence[Point], breaks: Sequence[DefinitionBreak], year: int
) -> tuple[list[Point], list[Point]]:
    """Part the values that share a year's definition from the others."""
    definition = _segment(year_period(year), breaks)
    same = [point for point in points if _segment(point.period, breaks) == definition]
    other = [point for point in points if _segment(point.period, breaks) != definition]
    return same, other


def _segment(period: Period, breaks: Sequence[DefinitionBreak]) -> int:
    """Count the breaks up to a period's end, which tells its definition."""
    return sum(item.first_period.first_month <= period.last_month for item in breaks)


def _require_finite(value: float) -> None:
    if not math.isfinite(value):
        raise ValueError(f"a verdict needs finite numbers; found {value}")


def _blank(
    state: State, target: Target | None, actual: Point | None, inherited: bool, reason: Reason
) -> Attainment:
    return Attainment(state, target, actual, None, None, None, None, inherited, reason)
