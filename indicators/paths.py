"""The straight path from a base to the target, and how a value stands beside it."""

from fractions import Fraction

from indicators.cases import Case, Course, as_float, conclude, exact
from indicators.periods import Period, year_period
from indicators.records import Target
from indicators.thresholds import Thresholds
from indicators.verdicts import Attainment, Point, ReasonCode, State


def due_path(target: Target, base: Point | None) -> tuple[tuple[Period, float], ...]:
    """Return both ends of the line of due values as (period, value), or nothing."""
    end = year_period(target.year)
    if base is None or base.period.last_month >= end.last_month:
        return ()
    return ((base.period, base.value), (end, target.value))


def judge_path(case: Case, base: Point, actual: Point, parts: tuple[Point, ...] = ()) -> Attainment:
    """Judge a value short of the target by what was due at its own time."""
    if case.satisfied(base.value):
        # A path from a base past the target would lead backwards, so nothing was ever due.
        course = Course(base)
        state, code = State.FAR_BEHIND, ReasonCode.MOVING_AWAY
        return conclude(case, state, code, actual, course=course, parts=parts)
    due = _due(case, base, actual.period.last_month)
    progress = _progress(exact(base.value), due, exact(actual.value))
    course = Course(base, as_float(due), None if progress is None else as_float(progress))
    state, code = _path_state(case.thresholds, progress)
    return conclude(case, state, code, actual, course=course, parts=parts)


def _due(case: Case, base: Point, month: int) -> Fraction:
    start = base.period.last_month
    elapsed = Fraction(month - start, case.end - start)
    return exact(base.value) + (exact(case.target.value) - exact(base.value)) * elapsed


def _progress(base: Fraction, due: Fraction, actual: Fraction) -> Fraction | None:
    """Return the share of the due change that happened; None for a step back from a flat path."""
    if due != base:
        return (actual - base) / (due - base)
    # Flat only where "more than 92" starts from 92: standing still keeps to the path.
    return Fraction(1) if actual == due else None


def _path_state(thresholds: Thresholds, progress: Fraction | None) -> tuple[State, ReasonCode]:
    if progress is None or progress < 0:
        return State.FAR_BEHIND, ReasonCode.MOVING_AWAY
    if progress >= exact(thresholds.on_course):
        return State.ON_COURSE, ReasonCode.ON_PATH
    if progress >= exact(thresholds.behind):
        return State.BEHIND, ReasonCode.ON_PATH
    return State.FAR_BEHIND, ReasonCode.ON_PATH
