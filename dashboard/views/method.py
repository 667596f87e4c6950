"""The method page: every rule with an example found in the data as they are."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dashboard import selection as selections
from dashboard.bundle import DataBundle
from dashboard.views.area import AreaView, area_view
from geodata.codes import Level
from geodata.regions import Region
from indicators.attainment import Attainment, ReasonCode, State
from indicators.choice import Choice
from indicators.periods import year_period
from indicators.records import DefinitionBreak, Indicator, Kind, Target
from indicators.thresholds import Thresholds


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with the region and indicator it is about."""

    region: Region
    indicator: Indicator
    year: int
    verdict: Attainment


@dataclass(frozen=True, slots=True)
class StateExample:
    """A state, how many promised targets stand in it, and one of them."""

    state: State
    count: int
    example: Judged | None


@dataclass(frozen=True, slots=True)
class PathExample:
    """The straight path of a verdict, step by step; months counted from the base."""

    judged: Judged
    base: float
    due: float
    actual: float
    target: float
    elapsed: int
    total: int
    progress: float


@dataclass(frozen=True, slots=True)
class KindExample:
    """A kind of indicator, how many are of it, and a verdict that turned on it."""

    kind: Kind
    count: int
    example: Judged | None


@dataclass(frozen=True, slots=True)
class MethodView:
    """Everything the method page says in numbers."""

    counts: dict[str, int]
    newest: int
    thresholds: Thresholds
    states: tuple[StateExample, ...]
    path: PathExample | None
    kinds: tuple[KindExample, ...]
    conflicts: tuple[Choice, ...]
    breaks: tuple[DefinitionBreak, ...]
    inherited: Judged | None
    map_number: str
    classes: AreaView


def method_view(bundle: DataBundle, lang: str, theme: str) -> MethodView:
    """Look the examples up."""
    newest = selections.newest_year(bundle)
    promised = tuple(_promised(bundle, newest))
    every = tuple(_every(bundle, newest))
    first = selections.parse("", bundle).selection.with_(lang=lang, theme=theme)
    return MethodView(
        counts=_counts(bundle),
        newest=newest,
        thresholds=bundle.atlas.thresholds,
        states=_states((*promised, *_blanks(bundle, newest)), every, len(promised)),
        path=_path(every),
        kinds=_kinds(bundle, every),
        conflicts=_conflicts(bundle),
        breaks=bundle.atlas.tables.breaks,
        inherited=_first(every, _shows_inheritance),
        map_number=bundle.boundary_map_number,
        classes=area_view(bundle, first),
    )


def _counts(bundle: DataBundle) -> dict[str, int]:
    tables = bundle.atlas.tables
    return {
        "observations": len(tables.observations),
        "sources": len(tables.sources),
        "targets": len(tables.targets),
        "plans": len(tables.plans),
        "milestones": len(tables.milestones),
        "indicators": len(tables.indicators),
        "covered": len({item.indicator_id for item in tables.observations}),
        "unanswered": sum(
            not bundle.atlas.series(target.adcode, target.indicator_id) for target in tables.targets
        ),
    }


def _promised(bundle: DataBundle, year: int) -> Iterator[Judged]:
    """Judge every target of every plan for the region that promised it."""
    for target in bundle.atlas.tables.targets:
        yield _judged(bundle, target.adcode, target, year)


def _every(bundle: DataBundle, newest: int) -> Iterator[Judged]:
    """Judge whatever has both a value and a target, the newest year first."""
    atlas = bundle.atlas
    pairs = dict.fromkeys((item.adcode, item.indicator_id) for item in atlas.tables.observations)
    held = [
        (adcode, item.target)
        for adcode, indicator_id in pairs
        for item in atlas.held_targets(adcode, indicator_id)
    ]
    # A region's own promises make the plainer examples.
    held.sort(key=lambda pair: pair[0] != pair[1].adcode)
    earliest = min((item.period.year for item in atlas.tables.observations), default=newest)
    for year in range(newest, earliest - 1, -1):
        for adcode, target in held:
            yield _judged(bundle, adcode, target, year)


def _judged(bundle: DataBundle, adcode: str, target: Target, year: int) -> Judged:
    atlas = bundle.atlas
    region = bundle.regions.get(adcode)
    verdict = atlas.verdict(adcode, region.level, target.indicator_id, year_period(year), target)
    return Judged(region, atlas.indicators[target.indicator_id], year, verdict)


def _first(judged: tuple[Judged, ...], wanted: Callable[[Judged], bool]) -> Judged | None:
    return next(filter(wanted, judged), None)


def _blanks(bundle: DataBundle, newest: int) -> Iterator[Judged]:
    """Find the two blanks no target of a plan can have: no target, and not applicable."""
    atlas, until = bundle.atlas, year_period(newest)
    for item in atlas.tables.observations:
        region, indicator = bundle.regions.get(item.adcode), atlas.indicators[item.indicator_id]
        applies = region.level in indicator.levels
        if applies and not atlas.held_targets(item.adcode, item.indicator_id):
            verdict = atlas.verdict(item.adcode, region.level, item.indicator_id, until)
            yield Judged(region, indicator, newest, verdict)
            break
    for target in atlas.tables.targets:
        indicator = atlas.indicators[target.indicator_id]
        below = bundle.regions.children(target.adcode, Level.COUNTY)
        if Level.COUNTY not in indicator.levels and below:
            verdict = atlas.verdict(below[0].adcode, Level.COUNTY, indicator.indicator_id, until)
            yield Judged(below[0], indicator, newest, verdict)
            break


def _states(
    judged: tuple[Judged, ...], every: tuple[Judged, ...], promised: int
) -> tuple[StateExample, ...]:
    counted = Counter(item.verdict.state for item in judged[:promised])

    def example(state: State) -> Judged | None:
        def stands(item: Judged) -> bool:
            return item.verdict.state is state

        return _first(judged, stands) or _first(every, stands)

    return tuple(StateExample(state, counted[state], example(state)) for state in State)


def _path(every: tuple[Judged, ...]) -> PathExample | None:
    """Return a verdict on the way, short of what was due where there is one."""
    on_path = [item for item in every if item.verdict.reason.code is ReasonCode.ON_PATH]
    yearly = [item for item in on_path if 0 < (item.verdict.progress or 0) < 1]
    chosen = next(iter([*yearly, *on_path]), None)
    if chosen is None:
        return None
    verdict = chosen.verdict
    if not (verdict.base and verdict.actual and verdict.target) or verdict.due is None:
        return None
    start = verdict.base.period.last_month
    return PathExample(
        judged=chosen,
        base=verdict.base.value,
        due=verdict.due,
        actual=verdict.actual.value,
        target=verdict.target.value,
        elapsed=verdict.actual.period.last_month - start,
        total=year_period(verdict.target.year).last_month - start,
        progress=verdict.progress or 0.0,
    )


def _kinds(bundle: DataBundle, every: tuple[Judged, ...]) -> tuple[KindExample, ...]:
    counted = Counter(indicator.kind for indicator in bundle.atlas.indicators.values())
    telling: dict[Kind, Callable[[Judged], bool]] = {
        Kind.RATE: _refuses_months,
        Kind.STOCK: _settled_later,
        Kind.ADDITIONS: _adds_up,
    }
    return tuple(KindExample(kind, counted[kind], _first(every, telling[kind])) for kind in Kind)


def _refuses_months(item: Judged) -> bool:
    return item.verdict.reason.code is ReasonCode.PERIODS_DIFFER


def _settled_later(item: Judged) -> bool:
    verdict = item.verdict
    if verdict.target is None or verdict.actual is None or verdict.target.kind is not Kind.STOCK:
        return False
    settled = verdict.state in (State.MET, State.NOT_MET)
    return settled and verdict.actual.period.year > verdict.target.year


def _adds_up(item: Judged) -> bool:
    target, actual = item.verdict.target, item.verdict.actual
    return target is not None and target.kind is Kind.ADDITIONS and actual is not None


def _shows_inheritance(item: Judged) -> bool:
    return item.verdict.inherited and item.verdict.state in (State.MET, State.NOT_MET)


def _conflicts(bundle: DataBundle) -> tuple[Choice, ...]:
    """Return the choices with rivals, each once, in the order of the tables."""
    atlas = bundle.atlas
    keys = dict.fromkeys(
        (item.adcode, item.indicator_id, str(item.period)) for item in atlas.tables.observations
    )
    choices = (atlas.choice(*key) for key in keys)
    return tuple(choice for choice in choices if choice is not None and choice.rivals)
