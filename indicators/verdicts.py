"""The words of a verdict: its state, its reason, and the values it rests on."""

from dataclasses import dataclass
from enum import StrEnum

from indicators.periods import Period
from indicators.records import Audience, Qualifier, Target

Numbers = tuple[tuple[str, float | int | str], ...]


class State(StrEnum):
    """How a target stands, in the order of display."""

    MET = "met"
    ON_COURSE = "on_course"
    BEHIND = "behind"
    FAR_BEHIND = "far_behind"
    NOT_MET = "not_met"
    UNDETERMINED = "undetermined"
    NO_ACTUAL = "no_actual"
    NO_TARGET = "no_target"
    NOT_APPLICABLE = "not_applicable"


class ReasonCode(StrEnum):
    """Why a verdict is what it is; the text catalogue has one sentence for each."""

    SATISFIED = "satisfied"
    SATISFIED_EARLY = "satisfied_early"
    NOT_SATISFIED = "not_satisfied"
    ON_PATH = "on_path"
    MOVING_AWAY = "moving_away"
    ONE_POINT = "one_point"
    LOWER_BOUND = "lower_bound"
    PERIODS_DIFFER = "periods_differ"
    PARTIAL_SPAN = "partial_span"
    TARGET_YEAR_MISSING = "target_year_missing"
    DEFINITION_CHANGED = "definition_changed"
    NO_OBSERVATION = "no_observation"
    NO_TARGET = "no_target"
    LEVEL_NOT_APPLICABLE = "level_not_applicable"


@dataclass(frozen=True, slots=True)
class Point:
    """A value at a period, as the verdict uses it."""

    period: Period
    value: float
    qualifier: Qualifier
    source_id: str
    audience: Audience = Audience.PUBLIC


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason free of language: a code and the named numbers its sentence needs."""

    code: ReasonCode
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class Attainment:
    """The verdict on one target, with its arithmetic.

    ``gap`` is how far the actual lies past (+) or short of (-) the target in the good sense.
    ``actual`` is the value judged; where nothing could be judged, the latest one published.
    ``parts`` are the values added up into ``actual``, empty where it is a single value.
    """

    state: State
    target: Target | None
    actual: Point | None
    base: Point | None
    due: float | None
    progress: float | None
    gap: float | None
    inherited: bool
    reason: Reason
    parts: tuple[Point, ...] = ()
