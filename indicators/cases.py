"""One target under judgement: comparing values with it, and writing the verdict down.

Published numbers are decimals, so the arithmetic runs on exact fractions: a progress of 19/20
is on course, and 95.5 is 3.4 above 92.1, with no tolerance for the noise of floats.
"""

import sys
from dataclasses import dataclass
from fractions import Fraction

from indicators.periods import Period, year_period
from indicators.records import Comparator, Direction, Qualifier, Target
from indicators.thresholds import Thresholds
from indicators.verdicts import Attainment, Numbers, Point, Reason, ReasonCode, State

AT_LEAST_SENSE = frozenset({Comparator.AT_LEAST, Comparator.MORE_THAN})
_STRICT = frozenset({Comparator.MORE_THAN, Comparator.LESS_THAN})
_LARGEST = sys.float_info.max


@dataclass(frozen=True, slots=True)
class Case:
    """What stays the same while one target is judged."""

    target: Target
    direction: Direction
    thresholds: Thresholds
    until: Period
    first_year: int | None
    inherited: bool

    @property
    def end(self) -> int:
        """Last month of the target year."""
        return year_period(self.target.year).last_month

    @property
    def reached(self) -> bool:
        """Whether the target year is over at the chosen period."""
        return self.until.last_month >= self.end

    @property
    def upward(self) -> bool:
        """Whether more is better; the comparator says so itself unless it is "about"."""
        if self.target.comparator is Comparator.ABOUT:
            return self.direction is Direction.HIGHER
        return self.target.comparator in AT_LEAST_SENSE

    def gap(self, value: float) -> Fraction:
        """Return how far a value lies past (+) or short of (-) the target in the good sense."""
        difference = exact(value) - exact(self.target.value)
        return difference if self.upward else -difference

    def satisfied(self, value: float) -> bool:
        """Tell whether an exact value satisfies the target."""
        gap = self.gap(value)
        if self.target.comparator in _STRICT:
            return gap > 0
        if self.target.comparator is Comparator.ABOUT:
            slack = exact(self.thresholds.about_tolerance) * abs(exact(self.target.value))
            return gap >= -slack
        return gap >= 0

    def verdict(self, point: Point) -> bool | None:
        """Tell whether a value satisfies the target; None where a lower bound leaves it open."""
        satisfied = self.satisfied(point.value)
        # The true value is the bound or more: good news stays good only where more is better.
        certain = point.qualifier is not Qualifier.AT_LEAST or satisfied is self.upward
        return satisfied if certain else None


@dataclass(frozen=True, slots=True)
class Course:
    """The path a value was held against, as far as there was one."""

    base: Point | None = None
    due: float | None = None
    progress: float | None = None

    @property
    def numbers(self) -> Numbers:
        """The numbers a sentence about the path needs."""
        if self.base is None:
            return ()
        numbers: Numbers = (("base", self.base.value), ("base_period", str(self.base.period)))
        if self.due is not None:
            numbers = (*numbers, ("due", self.due))
        return numbers if self.progress is None else (*numbers, ("progress", self.progress))


_NO_COURSE = Course()


def settle(case: Case, point: Point, parts: tuple[Point, ...] = ()) -> Attainment:
    """Conclude by the value that decides once the target year is reached."""
    verdict = case.verdict(point)
    if verdict is None:
        return leave_open(case, ReasonCode.LOWER_BOUND, point, parts=parts)
    if verdict:
        return conclude(case, State.MET, ReasonCode.SATISFIED, point, parts=parts)
    return conclude(case, State.NOT_MET, ReasonCode.NOT_SATISFIED, point, parts=parts)


def leave_open(
    case: Case,
    code: ReasonCode,
    actual: Point,
    *,
    base: Point | None = None,
    extra: Numbers = (),
    parts: tuple[Point, ...] = (),
) -> Attainment:
    """Conclude that a value may not be held against the target, so that it has no gap."""
    numbers = (*_value_numbers(case, actual, None, Course(base), parts), *extra)
    return Attainment(
        state=State.UNDETERMINED,
        target=case.target,
        actual=actual,
        base=base,
        due=None,
        progress=None,
        gap=None,
        inherited=case.inherited,
        reason=Reason(code, numbers),
        parts=parts,
    )


def conclude(
    case: Case,
    state: State,
    code: ReasonCode,
    actual: Point,
    *,
    course: Course = _NO_COURSE,
    parts: tuple[Point, ...] = (),
) -> Attainment:
    """Conclude from a value held against the target."""
    gap = as_float(case.gap(actual.value))
    return Attainment(
        state=state,
        target=case.target,
        actual=actual,
        base=course.base,
        due=course.due,
        progress=course.progress,
        gap=gap,
        inherited=case.inherited,
        reason=Reason(code, _value_numbers(case, actual, gap, course, parts)),
        parts=parts,
    )


def target_numbers(target: Target) -> Numbers:
    """Return the numbers a sentence about the target needs."""
    numbers: Numbers = (
        ("year", target.year),
        ("comparator", target.comparator.value),
        ("target", target.value),
    )
    if target.value_upper is None:
        return numbers
    return (*numbers, ("target_upper", target.value_upper))


def _value_numbers(
    case: Case, actual: Point, gap: float | None, course: Course, parts: tuple[Point, ...]
) -> Numbers:
    return (
        *target_numbers(case.target),
        ("actual", actual.value),
        ("qualifier", actual.qualifier.value),
        ("period", str(actual.period)),
        *(() if gap is None else (("gap", gap),)),
        *course.numbers,
        *((("parts", len(parts)),) if parts else ()),
    )


def exact(value: float) -> Fraction:
    """Return the decimal a float was published as."""
    return Fraction(repr(value))


def as_float(number: Fraction) -> float:
    """Return the nearest float, or the largest there is."""
    try:
        return float(number)
    except OverflowError:
        return _LARGEST if number > 0 else -_LARGEST
