"""The records the tables hold; immutable, and free of any library."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from geodata.codes import Level
from indicators.periods import Period


class Domain(StrEnum):
    """The eight fields a quality plan covers, in the order they are shown."""

    PRODUCT = "product"
    ENGINEERING = "engineering"
    SERVICE = "service"
    ENVIRONMENT = "environment"
    FOUNDATION = "foundation"
    BRAND = "brand"
    INNOVATION = "innovation"
    GOVERNANCE = "governance"


class Direction(StrEnum):
    """Which way is better; there is no default."""

    HIGHER = "higher"
    LOWER = "lower"


class Kind(StrEnum):
    """What a number counts: a share over its period, a count at a moment, a count over a span."""

    RATE = "rate"
    STOCK = "stock"
    ADDITIONS = "additions"


class Comparator(StrEnum):
    """How a plan words its promise."""

    AT_LEAST = ">="
    MORE_THAN = ">"
    AT_MOST = "<="
    LESS_THAN = "<"
    ABOUT = "~"


class Qualifier(StrEnum):
    """How exactly a publisher states a value."""

    EXACT = "="
    AT_LEAST = ">="
    ABOUT = "~"


class Quality(StrEnum):
    """How far a source can be trusted, best first."""

    OFFICIAL = "official"
    PRESS = "press"
    PAPER = "paper"
    UNCERTAIN = "uncertain"


class Audience(StrEnum):
    """Who may see a row; an instance of the site runs for one of them."""

    PUBLIC = "public"
    INTERNAL = "internal"


def strictest(audiences: Iterable[Audience]) -> Audience:
    """Return who may see what is made of several parts: the public only if all are public."""
    return Audience.INTERNAL if Audience.INTERNAL in set(audiences) else Audience.PUBLIC


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured.

    ``intensive`` marks shares, means and per-head figures: they compare between regions of
    different size, so a region may be held against a target of the region above it.
    ``levels`` are the levels at which the indicator has a meaning; ``minimum`` and ``maximum``
    bound what a value can be, None where nothing bounds it.
    """

    indicator_id: str
    name_zh: str
    name_en: str
    domain: Domain
    unit: str
    direction: Direction
    kind: Kind
    intensive: bool
    levels: frozenset[Level]
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A publication that states values."""

    source_id: str
    publisher: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A publisher's error put right: what was published, what is right, and why.

    ``table`` to ``source_id`` say which row it concerns; ``evidence_source_id`` names the
    publication that shows the right value.
    """

    table: str
    adcode: str
    indicator_id: str
    period: Period
    source_id: str
    column: str
    expected_wrong: str
    right: str
    reason_zh: str
    reason_en: str
    evidence_source_id: str


@dataclass(frozen=True, slots=True)
class Observation:
    """A published actual value; ``corrections`` tell what differs from what was published."""

    adcode: str
    indicator_id: str
    period: Period
    value: float
    qualifier: Qualifier
    quality: Quality
    source_id: str
    note: str
    audience: Audience = Audience.PUBLIC
    corrections: tuple[Correction, ...] = ()

    @property
    def published(self) -> "Observation":
        """The observation as it was published, before any correction."""
        wrong = {item.column: item.expected_wrong for item in self.corrections}
        return replace(
            self,
            value=float(wrong.get("value", self.value)),
            qualifier=Qualifier(wrong.get("qualifier", self.qualifier)),
            corrections=(),
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """A published quality plan of one region.

    ``published`` is the year the document appeared, None where its text does not say.
    ``first_year`` starts the path to its targets; ``period_basis_*`` says where that year is from.
    """

    plan_id: str
    adcode: str
    name_zh: str
    name_en: str
    published: int | None
    first_year: int
    last_year: int
    period_basis_zh: str
    period_basis_en: str
    map_number: str


@dataclass(frozen=True, slots=True)
class Target:
    """A promised number with its due year; ``value_upper`` is the far end of a range."""

    plan_id: str
    adcode: str
    indicator_id: str
    year: int
    comparator: Comparator
    value: float
    value_upper: float | None
    unit: str
    kind: Kind
    clause: str
    departments_lead: tuple[str, ...]
    departments_participating: tuple[str, ...]
    scope_zh: str
    scope_en: str
    audience: Audience = Audience.PUBLIC

    @property
    def departments(self) -> tuple[str, ...]:
        """All departments the plan names, the leading ones first."""
        return self.departments_lead + self.departments_participating


@dataclass(frozen=True, slots=True)
class Milestone:
    """A promise without a number."""

    plan_id: str
    adcode: str
    milestone_id: str
    year: int | None
    domain: Domain
    title_zh: str
    title_en: str
    clause: str
    departments_lead: tuple[str, ...]
    departments_participating: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """A line of a plan's task table."""

    plan_id: str
    task_id: str
    number: int
    title_zh: str
    title_en: str
    summary_zh: str
    summary_en: str
    clause: str
    departments_lead: tuple[str, ...]
    departments_participating: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Department:
    """A department as a plan names it, with its English name."""

    plan_id: str
    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True)
class DefinitionBreak:
    """A change of definition: values from ``first_period`` on do not compare with earlier ones.

    ``adcode`` is empty where the break holds for every region.
    """

    indicator_id: str
    adcode: str
    first_period: Period
    note_zh: str
    note_en: str
    source_id: str
