"""The verdict on what is counted over a plan's span: sums of disjoint periods inside it."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from indicators.cases import Case, as_float, conclude, exact, leave_open, settle
from indicators.paths import judge_path
from indicators.periods import Period, PeriodKind
from indicators.records import Qualifier, strictest
from indicators.verdicts import Attainment, Numbers, Point, ReasonCode, State

_Score = tuple[Fraction, Fraction]


def judge_additions(case: Case, points: Sequence[Point]) -> Attainment:
    """Judge by the sum of disjoint periods inside the plan's span, a lower bound until whole.

    Args:
        case: What is judged.
        points: Values of one definition, at least one, sorted by the end of their period.
    """
    # Where the first year is unknown, only the target year is sure to lie inside.
    start = (case.target.year if case.first_year is None else case.first_year) * 12
    inside = [
        p for p in points if start <= p.period.first_month and p.period.last_month <= case.end
    ]
    if not inside:
        extra = _span_numbers(case, ())
        return leave_open(case, ReasonCode.PARTIAL_SPAN, points[-1], extra=extra)
    largest = _best_chain(inside, _by_value)
    certain = _settle_early(case, largest) if largest else None
    return certain or _judge_cover(case, _best_chain(inside, _by_months), start)


def _settle_early(case: Case, chain: tuple[Point, ...]) -> Attainment | None:
    """Conclude from a sum that can only grow; None where its growth may still decide."""
    total = _total(chain)
    verdict = case.verdict(replace(total, qualifier=Qualifier.AT_LEAST))
    if verdict is None:
        return None
    if not verdict:
        state, code = State.NOT_MET, ReasonCode.NOT_SATISFIED
    elif case.reached:
        state, code = State.MET, ReasonCode.SATISFIED
    else:
        state, code = State.MET, ReasonCode.SATISFIED_EARLY
    return conclude(case, state, code, total, parts=_parts(chain))


def _judge_cover(case: Case, chain: tuple[Point, ...], start: int) -> Attainment:
    """Judge by the sum that covers the most months of the span."""
    total, parts = _total(chain), _parts(chain)
    last = chain[-1].period.last_month
    unbroken = case.first_year is not None and _months(chain) == last - start + 1
    if unbroken and last == case.end:
        return settle(case, total, parts)
    if not unbroken or case.reached or not case.upward:
        extra = _span_numbers(case, chain)
        return leave_open(case, ReasonCode.PARTIAL_SPAN, total, extra=extra, parts=parts)
    if total.qualifier is Qualifier.AT_LEAST:
        return leave_open(case, ReasonCode.LOWER_BOUND, total, parts=parts)
    eve = Period(PeriodKind.MONTH, start - 1, start - 1)
    return judge_path(case, Point(eve, 0.0, Qualifier.EXACT, ""), total, parts)


def _by_value(point: Point) -> _Score:
    return exact(point.value), Fraction(_months((point,)))


def _by_months(point: Point) -> _Score:
    return Fraction(_months((point,))), exact(point.value)


def _best_chain(points: Sequence[Point], score: Callable[[Point], _Score]) -> tuple[Point, ...]:
    """Return the disjoint periods with the greatest score in sum (points sorted by end)."""
    ends = [point.period.last_month for point in points]
    best: list[tuple[_Score, tuple[Point, ...]]] = [((Fraction(0), Fraction(0)), ())]
    for point in points:
        (first, second), chain = best[bisect_left(ends, point.period.first_month)]
        gain = score(point)
        extended = ((first + gain[0], second + gain[1]), (*chain, point))
        best.append(max(best[-1], extended, key=lambda entry: entry[0]))
    return best[-1][1]


def _months(chain: Sequence[Point]) -> int:
    return sum(point.period.last_month - point.period.first_month + 1 for point in chain)


def _parts(chain: tuple[Point, ...]) -> tuple[Point, ...]:
    return chain if len(chain) > 1 else ()


def _total(chain: tuple[Point, ...]) -> Point:
    if len(chain) == 1:
        return chain[0]
    first, last = chain[0].period.first_month, chain[-1].period.last_month
    value = sum((exact(point.value) for point in chain), Fraction(0))
    period = Period(PeriodKind.SPAN, first, last)
    qualifier, source_id = _sum_qualifier(chain, period), chain[-1].source_id
    # A sum tells of its parts, so one internal part makes it internal.
    audience = strictest(point.audience for point in chain)
    return Point(period, as_float(value), qualifier, source_id, audience)


def _sum_qualifier(chain: tuple[Point, ...], period: Period) -> Qualifier:
    """Tell how sure a sum is: as its least sure part, and a bound where months are missing."""
    qualifiers = {point.qualifier for point in chain}
    whole = _months(chain) == period.last_month - period.first_month + 1
    if Qualifier.AT_LEAST in qualifiers or not whole:
        return Qualifier.AT_LEAST
    return Qualifier.ABOUT if Qualifier.ABOUT in qualifiers else Qualifier.EXACT


def _span_numbers(case: Case, chain: Sequence[Point]) -> Numbers:
    numbers: Numbers = (("covered", _months(chain)),)
    if case.first_year is None:
        return numbers
    months = max(0, case.end - case.first_year * 12 + 1)
    return (*numbers, ("months", months), ("first_year", case.first_year))
