"""Which of several published values of one region, indicator and period counts."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.records import Observation, Qualifier, Quality

_QUALITY_RANK = {quality: rank for rank, quality in enumerate(Quality)}
_QUALIFIER_RANK = {Qualifier.EXACT: 0, Qualifier.ABOUT: 1, Qualifier.AT_LEAST: 2}

# A doubt about the value itself outweighs a wrong moment, which outweighs mere rounding.
_NOTE_FAULTS = (
    (re.compile(r"\blikelier\b|更可信|更可能", re.IGNORECASE), 3),
    (re.compile(r"\bmid-(?:\d{4}|year)\b|\bstate at\b|年中", re.IGNORECASE), 2),
    (re.compile(r"\bnot (?:the )?year[ -]end\b|非年末|非年底", re.IGNORECASE), 2),
    (re.compile(r"\bnot the annual\b|非全年|非年度", re.IGNORECASE), 2),
    (re.compile(r"\brounded\b|四舍五入|取整", re.IGNORECASE), 1),
)

_RULES = ("quality", "qualifier", "note", "precision")
_LAST_RULE = "source_id"

_Rank = tuple[int, int, int, int, str, float, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """The observation that counts, those passed over (next best first), and what decided.

    ``rule`` is ``only`` where there was nothing to decide, otherwise the first step that
    parted the chosen observation from the next best: ``quality``, ``qualifier``, ``note``,
    ``precision`` or ``source_id``.
    """

    chosen: Observation
    rivals: tuple[Observation, ...]
    rule: str


def choose(rivals: Sequence[Observation]) -> Choice:
    """Choose among observations of one region, indicator and period.

    In this order, the first difference decides:

    1. quality: official, press, paper, uncertain;
    2. qualifier: an exact value, then an approximate one, then a lower bound;
    3. the note: a value whose note calls another likelier yields to one taken at another
       moment than the period's end, that to a rounded one, and that to one without a fault;
    4. precision: more decimals;
    5. source_id, in place of the date of publication, which the tables do not hold. It has no
       meaning of its own; it keeps the outcome independent of the order of rows.
    """
    if len({_key(observation) for observation in rivals}) != 1:
        raise ValueError("choose needs observations of exactly one region, indicator and period")
    ranked = sorted(rivals, key=_rank)
    return Choice(ranked[0], tuple(ranked[1:]), _rule(ranked))


def choose_all(observations: Iterable[Observation]) -> dict[tuple[str, str, str], Choice]:
    """Choose for every region, indicator and period (as text) that occurs."""
    groups: defaultdict[tuple[str, str, str], list[Observation]] = defaultdict(list)
    for observation in observations:
        groups[_key(observation)].append(observation)
    return {key: choose(group) for key, group in groups.items()}


def _key(observation: Observation) -> tuple[str, str, str]:
    return observation.adcode, observation.indicator_id, str(observation.period)


def _rank(observation: Observation) -> _Rank:
    # Value and note come last so that even two rows of one source have a fixed order.
    return (
        _QUALITY_RANK[observation.quality],
        _QUALIFIER_RANK[observation.qualifier],
        _note_fault(observation),
        -_decimals(observation.value),
        observation.source_id,
        observation.value,
        observation.note,
    )


def _rule(ranked: Sequence[Observation]) -> str:
    if len(ranked) == 1:
        return "only"
    best, next_best = _rank(ranked[0]), _rank(ranked[1])
    steps = zip(_RULES, best, next_best, strict=False)
    return next((rule for rule, left, right in steps if left != right), _LAST_RULE)


def _note_fault(observation: Observation) -> int:
    # "788 is likelier" beside 788 speaks for the value, not against it.
    note = observation.note.replace(f"{observation.value:.12g} is likelier", "")
    return max((weight for pattern, weight in _NOTE_FAULTS if pattern.search(note)), default=0)


def _decimals(value: float) -> int:
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
