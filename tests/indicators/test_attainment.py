"""Tables of cases for the verdict on a target."""

from dataclasses import dataclass, field, replace

import pytest

from geodata.codes import Level
from indicators.attainment import (
    Attainment,
    Point,
    ReasonCode,
    State,
    attain,
    due_path,
    next_target,
)
from indicators.periods import parse_period
from indicators.records import (
    Comparator,
    DefinitionBreak,
    Direction,
    Domain,
    Indicator,
    Kind,
    Observation,
    Qualifier,
    Quality,
    Target,
)
from indicators.thresholds import Thresholds

_QUALIFIED = ((">=", Qualifier.AT_LEAST), ("~", Qualifier.ABOUT))


def observation(period: str, text: str) -> Observation:
    """Build an observation; the text carries its qualifier, as in ">=3" or "~3"."""
    qualifier = Qualifier.EXACT
    for prefix, candidate in _QUALIFIED:
        if text.startswith(prefix):
            text, qualifier = text.removeprefix(prefix), candidate
    return Observation(
        "450700", "x", parse_period(period), float(text), qualifier, Quality.OFFICIAL, period, ""
    )


def series(text: str) -> list[Observation]:
    """Build a series from text such as "2020:42 2023:>=38"."""
    return [observation(*item.split(":")) for item in text.split()]


def target(
    text: str, kind: Kind = Kind.RATE, upper: float | None = None, plan_id: str = "plan"
) -> Target:
    """Build a target from text such as "2025 >= 35"."""
    year, comparator, value = text.split()
    return Target(
        plan_id,
        "450700",
        "x",
        int(year),
        Comparator(comparator),
        float(value),
        upper,
        "%",
        kind,
        "一",
        (),
        (),
        "",
        "",
    )


def indicator(direction: Direction, kind: Kind = Kind.RATE) -> Indicator:
    """Build an indicator that has a meaning at prefecture and county level."""
    levels = frozenset({Level.PREFECTURE, Level.COUNTY})
    return Indicator("x", "甲", "x", Domain.PRODUCT, "%", direction, kind, True, levels)


@dataclass(frozen=True)
class Case:
    """One row of a table: what is promised, what was published, and the verdict."""

    name: str
    target: str
    series: str
    until: str
    state: State
    code: ReasonCode
    gap: float | None = None
    kind: Kind = Kind.RATE
    direction: Direction | None = None
    first_year: int | None = 2020
    breaks: tuple[str, ...] = ()
    published: int | None = None
    due: float | None = None
    progress: float | None = None
    thresholds: Thresholds = field(default_factory=Thresholds)

    def verdict(self) -> Attainment:
        """Judge the row."""
        lower = self.target.split()[1] in ("<=", "<")
        direction = self.direction or (Direction.LOWER if lower else Direction.HIGHER)
        return attain(
            target(self.target, self.kind),
            series(self.series),
            indicator(direction, self.kind),
            until=parse_period(self.until),
            level=Level.PREFECTURE,
            breaks=[
                DefinitionBreak("x", "", parse_period(first), "", "", "") for first in self.breaks
            ],
            published=self.published,
            first_year=self.first_year,
            thresholds=self.thresholds,
        )


S, R, LOW, HIGH = State, ReasonCode, Direction.LOWER, Direction.HIGHER
STOCK, ADD = Kind.STOCK, Kind.ADDITIONS
MET, NOT_MET, OPEN = S.MET, S.NOT_MET, S.UNDETERMINED
YES, NO = R.SATISFIED, R.NOT_SATISFIED

LEVEL_FIRST = [
    Case("more than, above", "2020 > 92", "2020:95.5", "2020", MET, YES, 3.5),
    Case("more than, equal", "2020 > 92", "2020:92", "2020", NOT_MET, NO, 0.0),
    Case("at least, equal", "2020 >= 92", "2020:92", "2020", MET, YES, 0.0),
    Case("at least, short", "2020 >= 92", "2020:91.9", "2020", NOT_MET, NO, -0.1),
    Case("at most, equal", "2020 <= 35", "2020:35", "2020", MET, YES, 0.0),
    Case("at most, beyond", "2020 <= 35", "2020:35.2", "2020", NOT_MET, NO, -0.2),
    Case("at most, below", "2020 <= 35", "2020:30", "2020", MET, YES, 5.0),
    Case("less than, equal", "2020 < 35", "2020:35", "2020", NOT_MET, NO, 0.0),
    Case("less than, below", "2020 < 35", "2020:34.9", "2020", MET, YES, 0.1),
    Case("about, on the edge", "2020 ~ 56", "2020:55.44", "2020", MET, YES, -0.56),
    Case("about, past the edge", "2020 ~ 56", "2020:55.43", "2020", NOT_MET, NO, -0.57),
    Case("about, good side", "2020 ~ 56", "2020:80", "2020", MET, YES, 24.0),
    Case("about, low", "2020 ~ 50", "2020:50.5", "2020", MET, YES, -0.5, direction=LOW),
    Case("about, too high", "2020 ~ 50", "2020:50.6", "2020", NOT_MET, NO, -0.6, direction=LOW),
    Case("about zero", "2020 ~ 0", "2020:0", "2020", MET, YES, 0.0),
    Case("zero of zero", "2020 <= 0", "2020:0", "2020", MET, YES, 0.0),
    Case("zero short of some", "2020 >= 3", "2020:0", "2020", NOT_MET, NO, -3.0),
    Case("later year ignored", "2020 >= 9", "2020:9 2021:1", "2022", MET, YES, 0.0),
    Case("about counts as equal", "2020 >= 9", "2020:~9", "2020", MET, YES, 0.0),
    Case("until a later month", "2020 >= 9", "2020:8", "2021-03", NOT_MET, NO, -1.0),
    Case("met early", "2025 >= 9", "2020:8 2022:9", "2023", MET, R.SATISFIED_EARLY, 0.0),
    Case("one point, but met", "2025 >= 9", "2022:9", "2023", MET, R.SATISFIED_EARLY, 0.0),
]

COURSE, SLOW, FAR = S.ON_COURSE, S.BEHIND, S.FAR_BEHIND
PATH, AWAY = R.ON_PATH, R.MOVING_AWAY

PATHS = [
    Case("worked example", "2025 <= 35", "2020:42 2023:38", "2023", COURSE, PATH, -3.0, due=37.8,
         progress=4 / 4.2),
    Case("exactly 0.95", "2030 >= 20", "2020:0 2025:9.5", "2025", COURSE, PATH, -10.5, due=10.0,
         progress=0.95),
    Case("under 0.95", "2030 >= 20", "2020:0 2025:9.49", "2025", SLOW, PATH, -10.51, due=10.0,
         progress=0.949),
    Case("exactly 0.60", "2030 >= 0.3", "2020:0.1 2025:0.16", "2025", SLOW, PATH, -0.14, due=0.2,
         progress=0.6),
    Case("under 0.60", "2030 >= 20", "2020:0 2025:5.9", "2025", FAR, PATH, -14.1, due=10.0,
         progress=0.59),
    Case("standing still", "2030 >= 20", "2020:3 2025:3", "2025", FAR, PATH, -17.0, due=11.5,
         progress=0.0),
    Case("moving away", "2030 >= 20", "2020:2 2025:1", "2025", FAR, AWAY, -19.0, due=11.0,
         progress=-1 / 9),
    Case("base was better", "2030 >= 20", "2020:21 2025:19", "2025", FAR, AWAY, -1.0),
    Case("flat path kept", "2030 > 20", "2020:20 2025:20", "2025", COURSE, PATH, 0.0, due=20.0,
         progress=1.0),
    Case("flat path left", "2030 > 20", "2020:20 2025:19", "2025", FAR, AWAY, -1.0, due=20.0),
    Case("base zero", "2024 >= 8", "2020:0 2022:4", "2022", COURSE, PATH, -4.0, due=4.0,
         progress=1.0),
    Case("down to zero", "2024 <= 0", "2020:8 2022:4", "2022", COURSE, PATH, -4.0, due=4.0,
         progress=1.0),
    Case("first year is no base", "2024 >= 8", "2019:3 2020:7 2022:6", "2022", COURSE, PATH, -2.0,
         due=6.0, progress=1.0),
    Case("first year on its path", "2025 >= 9", "2019:3 2020:4", "2021", COURSE, PATH, -5.0,
         due=4.0, progress=1.0),
    Case("last base before the plan", "2024 >= 6", "2017:5 2018:0 2020:5 2022:4", "2022", COURSE,
         PATH, -2.0, due=4.0, progress=1.0),
    Case("base long before the plan", "2024 >= 8", "2018:0 2021:4", "2022", COURSE, PATH, -4.0,
         due=4.0, progress=1.0),
    Case("base in the first year if none before", "2024 >= 8", "2020:0 2021:7 2022:4", "2022",
         COURSE, PATH, -4.0, due=4.0, progress=1.0),
    Case("base on the eve of the plan", "2020 >= 5", "2014-12:4 2015-12:0 2016-01:4 2018-12:3",
         "2019", COURSE, PATH, -2.0, kind=STOCK, first_year=2016, due=3.0, progress=1.0),
    Case("month before the plan is no base of a rate", "2024 >= 8", "2019-12:7 2020:0 2022:4",
         "2022", COURSE, PATH, -4.0, due=4.0, progress=1.0),
    Case("base after the first year", "2024 >= 8", "2021:2 2022:4", "2022", COURSE, PATH, -4.0,
         due=4.0, progress=1.0),
    Case("first year unknown", "2024 >= 8", "2020:0 2021:1 2022:4", "2022", COURSE, PATH, -4.0,
         first_year=None, due=4.0, progress=1.0),
    Case("latest year counts", "2024 >= 8", "2020:0 2021:2 2022:4", "2023-05", COURSE, PATH, -4.0,
         due=4.0, progress=1.0),
    Case("months of a stock", "2024 >= 8", "2020-12:0 2022-12:4", "2023", COURSE, PATH, -4.0,
         kind=STOCK, due=4.0, progress=1.0),
    Case("not reached in June", "2020 >= 8", "2018:0 2019:4", "2020-06", COURSE, PATH, -4.0,
         first_year=2018, due=4.0, progress=1.0),
    Case("own thresholds", "2030 >= 20", "2020:0 2025:9", "2025", COURSE, PATH, -11.0, due=10.0,
         progress=0.9, thresholds=Thresholds(on_course=0.9)),
]  # fmt: skip

OPEN_CASES = [
    Case("one point", "2025 >= 9", "2022:8", "2023", OPEN, R.ONE_POINT, -1.0),
    Case("only the base", "2025 >= 9", "2018:7 2019:8", "2021", OPEN, R.ONE_POINT, -1.0),
    Case("only the first year", "2025 >= 9", "2020:8", "2021", OPEN, R.ONE_POINT, -1.0),
    Case("bound before the plan as base", "2025 >= 9", "2018:1 2019:>=1 2020:2 2022:5", "2022",
         OPEN, R.LOWER_BOUND),
    Case("one moment twice", "2025 >= 9", "2021-12:8 2021:8", "2022", OPEN, R.ONE_POINT, -1.0,
         kind=STOCK),
    Case("bound below", "2020 >= 9", "2020:>=8", "2020", OPEN, R.LOWER_BOUND),
    Case("bound above", "2020 >= 9", "2020:>=10", "2020", MET, YES, 1.0),
    Case("bound at a strict target", "2020 > 9", "2020:>=9", "2020", OPEN, R.LOWER_BOUND),
    Case("bound of a cap", "2020 <= 9", "2020:>=8", "2020", OPEN, R.LOWER_BOUND),
    Case("bound beyond a cap", "2020 <= 9", "2020:>=10", "2020", NOT_MET, NO, -1.0),
    Case("bound about", "2020 ~ 9", "2020:>=9", "2020", MET, YES, 0.0),
    Case("bound about, low", "2020 ~ 9", "2020:>=9", "2020", OPEN, R.LOWER_BOUND, direction=LOW),
    Case("bound on the path", "2025 >= 9", "2020:1 2022:>=5", "2022", OPEN, R.LOWER_BOUND),
    Case("bound as base", "2025 >= 9", "2020:>=1 2022:5", "2022", OPEN, R.LOWER_BOUND),
    Case("bound past a cap, early", "2025 <= 9", "2020:12 2022:>=11", "2022", OPEN,
         R.LOWER_BOUND),
    Case("only months of a rate", "2020 >= 9", "2020-12:10", "2020", OPEN, R.PERIODS_DIFFER),
    Case("only a quarter", "2020 >= 9", "2020-Q4:10", "2020", OPEN, R.PERIODS_DIFFER),
    Case("a span of a year", "2020 >= 9", "2020-01/2020-10:10", "2020", OPEN, R.PERIODS_DIFFER),
    Case("month beside years", "2025 >= 9", "2020:5 2022:6 2022-05:10", "2022", S.FAR_BEHIND,
         PATH, -3.0, due=6.6, progress=0.625, thresholds=Thresholds(behind=0.7)),
    Case("year missing", "2020 >= 9", "2018:3 2019:10", "2020", OPEN, R.TARGET_YEAR_MISSING),
    Case("only later years", "2020 >= 9", "2021:10", "2022", OPEN, R.TARGET_YEAR_MISSING),
    Case("only its months", "2020 >= 9", "2019:8 2020-12:10", "2020", OPEN,
         R.TARGET_YEAR_MISSING),
    Case("nothing yet", "2020 >= 9", "2021:10", "2020", S.NO_ACTUAL, R.NO_OBSERVATION),
]  # fmt: skip

STOCKS = [
    Case("last point in the year", "2020 >= 9", "2020-05:8 2020-11:9 2021-02:3", "2021", MET, YES,
         0.0, kind=STOCK),
    Case("first point after", "2020 >= 9", "2019:1 2021-05:8 2022:20", "2023", NOT_MET, NO, -1.0,
         kind=STOCK),
    Case("settled after", "2020 >= 9", "2021-05:12", "2021", MET, YES, 3.0, kind=STOCK),
    Case("earlier and enough", "2020 >= 9", "2018-05:9", "2020", MET, R.SATISFIED_EARLY, 0.0,
         kind=STOCK),
    Case("earlier, bound, enough", "2020 >= 9", "2018:>=9", "2020", MET, R.SATISFIED_EARLY, 0.0,
         kind=STOCK),
    Case("earlier and short", "2020 >= 9", "2018-05:8", "2020", OPEN, R.TARGET_YEAR_MISSING,
         kind=STOCK),
    Case("earlier cap", "2020 <= 9", "2018-05:8", "2020", OPEN, R.TARGET_YEAR_MISSING, kind=STOCK),
    Case("earlier about", "2020 ~ 9", "2018-05:9", "2020", OPEN, R.TARGET_YEAR_MISSING,
         kind=STOCK),
]  # fmt: skip

MISSING = R.TARGET_YEAR_MISSING
TARGET_YEAR = [
    Case("enough in May", "2020 >= 9", "2020-05:9", "2020", MET, YES, 0.0),
    Case("enough in May, less later", "2020 >= 9", "2020-05:9 2021-05:8", "2021", MET, YES, 0.0),
    Case("cap kept in May", "2020 <= 9", "2020-05:8 2021:10", "2021", MET, YES, 1.0),
    Case("about in May", "2020 ~ 9", "2020-05:9", "2020", MET, YES, 0.0),
    Case("bound enough in May", "2020 >= 9", "2020-05:>=9 2021:8", "2021", MET, YES, 0.0),
    Case("short in May", "2020 >= 9", "2020-05:8", "2020", OPEN, MISSING),
    Case("short in November", "2020 >= 9", "2020-11:8", "2020", OPEN, MISSING),
    Case("short in autumn", "2020 >= 9", "2020-Q3:8", "2020", OPEN, MISSING),
    Case("strict and equal in May", "2020 > 9", "2020-05:9", "2020", OPEN, MISSING),
    Case("cap broken in May", "2020 <= 9", "2020-05:10", "2020", OPEN, MISSING),
    Case("cap broken by a bound in May", "2020 <= 9", "2020-05:>=10", "2020", OPEN, MISSING),
    Case("bound below in May", "2020 >= 9", "2020-05:>=8", "2020", OPEN, MISSING),
    Case("short in December", "2020 >= 9", "2020-12:8", "2020", NOT_MET, NO, -1.0),
    Case("short in the whole year", "2020 >= 9", "2020:8", "2020", NOT_MET, NO, -1.0),
    Case("short to December", "2020 >= 9", "2020-06/2020-12:8", "2020", NOT_MET, NO, -1.0),
    Case("December before later", "2020 >= 9", "2020-12:8 2021-01:9", "2021", NOT_MET, NO, -1.0),
    Case("year before later", "2020 >= 9", "2020:8 2021:9", "2021", NOT_MET, NO, -1.0),
    Case("year before its months", "2020 >= 9", "2020-05:9 2020:8", "2020", NOT_MET, NO, -1.0),
    Case("year's end before May", "2020 >= 9", "2020-05:9 2020-12:8", "2020", NOT_MET, NO, -1.0),
    Case("bound at the year's end", "2020 >= 9", "2020-12:>=8 2021:9", "2021", OPEN,
         R.LOWER_BOUND),
    Case("last of the year counts", "2020 >= 9", "2020-05:9 2020-09:8", "2020", OPEN, MISSING),
    Case("short in May, then enough", "2020 >= 9", "2020-05:8 2021-03:9 2022:1", "2022", MET, YES,
         0.0),
    Case("short in May, then short", "2020 >= 9", "2020-05:7 2021-03:8 2022:9", "2022", NOT_MET,
         NO, -1.0),
    Case("short in May, later unseen", "2020 >= 9", "2020-05:8 2021-03:9", "2021-02", OPEN,
         MISSING),
    Case("bound in May, then enough", "2020 >= 9", "2020-05:>=8 2021:9", "2021", MET, YES, 0.0),
    Case("short in May, then a bound", "2020 >= 9", "2020-05:7 2021:>=8", "2021", OPEN,
         R.LOWER_BOUND),
    Case("enough before, short in May", "2020 >= 9", "2018:9 2020-05:8", "2020", OPEN, MISSING),
    Case("still in the year", "2020 >= 9", "2019-11:7 2020-05:8", "2020-11", COURSE, PATH, -1.0,
         due=7 + 12 / 13, progress=13 / 12),
    Case("short in May, then redefined", "2020 >= 9", "2020-05:8 2021:9", "2021", OPEN,
         R.DEFINITION_CHANGED, breaks=("2021",), published=2019),
    Case("short in May, then beyond two breaks", "2020 >= 9", "2020-05:8 2020-12:9 2021:9", "2021",
         OPEN, R.DEFINITION_CHANGED, breaks=("2020-11", "2021"), published=2019),
    Case("short in May, redefined before", "2020 >= 9", "2017:9 2020-05:8", "2020", OPEN, MISSING,
         breaks=("2018",), published=2019),
]  # fmt: skip

ADDITIONS = [
    Case("years add up", "2022 >= 30", "2020:10 2021:10 2022:10", "2022", MET, YES, 0.0),
    Case("whole and short", "2022 >= 30", "2020:10 2021:10 2022:9", "2022", NOT_MET, NO, -1.0),
    Case("whole cap kept", "2022 <= 30", "2020:10 2021:10 2022:9", "2022", MET, YES, 1.0),
    Case("cap broken early", "2022 <= 30", "2020:20 2021:11", "2021", NOT_MET, NO, -1.0),
    Case("cap still open", "2022 <= 30", "2020:20 2021:1", "2021", OPEN, R.PARTIAL_SPAN),
    Case("tenths add up", "2022 >= 0.3", "2020:0.1 2021:0.1 2022:0.1", "2022", MET, YES, 0.0),
    Case("part is enough", "2022 >= 30", "2021-05:31", "2022", MET, YES, 1.0),
    Case("part, early", "2022 >= 30", "2021-05:31", "2021", MET, R.SATISFIED_EARLY, 1.0),
    Case("gap in the middle", "2022 >= 30", "2020:10 2022:10", "2022", OPEN, R.PARTIAL_SPAN),
    Case("end missing", "2022 >= 30", "2020:10 2021:10", "2022", OPEN, R.PARTIAL_SPAN),
    Case("before the plan", "2022 >= 30", "2019:40", "2022", OPEN, R.PARTIAL_SPAN),
    Case("reaching out of the plan", "2022 >= 30", "2019-06/2020-06:40", "2022", OPEN,
         R.PARTIAL_SPAN),
    Case("overlaps count once", "2021 >= 30", "2020:10 2020-05:9 2020-Q4:9 2021:10", "2021",
         NOT_MET, NO, -10.0),
    Case("one span", "2021 >= 30", "2020-01/2021-12:30", "2021", MET, YES, 0.0),
    Case("path from nothing", "2023 >= 40", "2020:10 2021:10", "2021", COURSE, PATH, -20.0,
         due=20.0, progress=1.0),
    Case("path, slow", "2023 >= 40", "2020:7 2021:7", "2022-03", SLOW, PATH, -26.0, due=20.0,
         progress=0.7),
    Case("zero so far", "2023 >= 40", "2020:0", "2020", FAR, PATH, -40.0, due=10.0, progress=0.0),
    Case("bound on the path", "2023 >= 40", "2020:>=7 2021:7", "2021", OPEN, R.LOWER_BOUND),
    Case("bound at the end", "2020 >= 40", "2020:>=7", "2020", OPEN, R.LOWER_BOUND),
    Case("about at the end", "2021 >= 40", "2020:~7 2021:7", "2021", NOT_MET, NO, -26.0),
    Case("start unknown", "2021 >= 30", "2020:31 2021:8", "2021", OPEN, R.PARTIAL_SPAN,
         first_year=None),
    Case("start unknown, enough", "2021 >= 30", "2021:30", "2021", MET, YES, 0.0,
         first_year=None),
    Case("only a correction", "2021 >= 30", "2021:-1", "2021", OPEN, R.PARTIAL_SPAN),
    Case("nothing added", "2021 >= 30", "2020:0 2021:-1", "2021", NOT_MET, NO, -31.0),
]  # fmt: skip

REDEFINED = R.DEFINITION_CHANGED
BREAKS = [
    Case("all after the break", "2025 >= 50", "2023:53 2024:54", "2024", OPEN, REDEFINED,
         breaks=("2023",), published=2021),
    Case("all before the break", "2025 >= 50", "2020:62", "2024", OPEN, REDEFINED,
         breaks=("2023",), published=2023),
    Case("year unknown, target's year", "2025 >= 50", "2020:62", "2024", OPEN, REDEFINED,
         breaks=("2023",)),
    Case("same side counts", "2025 >= 60", "2020:50 2022:54 2024:90", "2024", COURSE, PATH, -6.0,
         breaks=("2023",), published=2021, due=54.0, progress=1.0),
    Case("target year redefined", "2025 >= 60", "2022:54 2025:70", "2025", OPEN, REDEFINED,
         breaks=("2023",), published=2021),
    Case("break after the target", "2020 >= 60", "2020:62 2023:50", "2024", MET, YES, 2.0,
         breaks=("2023",), published=2016),
    Case("between two breaks", "2022 >= 60", "2019:99 2022:61 2024:10", "2024", MET, YES, 1.0,
         breaks=("2020", "2023"), published=2021),
    Case("first month after", "2025 >= 60", "2022:50 2023-01:70", "2023-01", OPEN, R.ONE_POINT,
         -10.0, kind=STOCK, breaks=("2023",), published=2021),
    Case("break within a year", "2025 >= 60", "2022:70 2023:61", "2023", MET, R.SATISFIED_EARLY,
         1.0, breaks=("2023-06",), published=2024),
]  # fmt: skip


def _identified(cases: list[Case]) -> list[object]:
    return [pytest.param(case, id=case.name) for case in cases]


def _check(case: Case) -> None:
    verdict = case.verdict()
    found = (verdict.state, verdict.reason.code, verdict.gap, verdict.due)
    assert found == (case.state, case.code, case.gap, case.due)
    assert verdict.progress == (
        None if case.progress is None else pytest.approx(case.progress, rel=1e-12)
    )


@pytest.mark.parametrize("case", _identified(LEVEL_FIRST))
def test_level_decides_first(case: Case) -> None:
    _check(case)


@pytest.mark.parametrize("case", _identified(PATHS))
def test_path_before_the_target_year(case: Case) -> None:
    _check(case)


@pytest.mark.parametrize("case", _identified(OPEN_CASES))
def test_doubt_is_a_state(case: Case) -> None:
    _check(case)


@pytest.mark.parametrize("case", _identified(STOCKS))
def test_stock_may_be_settled_at_another_moment(case: Case) -> None:
    _check(case)


@pytest.mark.parametrize("case", _identified(TARGET_YEAR))
def test_only_the_end_of_the_target_year_proves_a_failure(case: Case) -> None:
    _check(replace(case, kind=STOCK))


@pytest.mark.parametrize("case", _identified(ADDITIONS))
def test_additions_count_over_the_plan(case: Case) -> None:
    _check(replace(case, kind=ADD))


@pytest.mark.parametrize("case", _identified(BREAKS))
def test_break_parts_the_series(case: Case) -> None:
    _check(case)


def _judge(
    promise: Target | None,
    text: str,
    until: str,
    *,
    level: Level = Level.PREFECTURE,
    inherited: bool = False,
) -> Attainment:
    return attain(
        promise,
        series(text),
        indicator(HIGH),
        until=parse_period(until),
        level=level,
        first_year=2020,
        inherited=inherited,
    )


def test_a_range_is_met_at_its_lower_end() -> None:
    promise = target("2020 >= 3", STOCK, upper=5)
    verdict = _judge(promise, "2020:3", "2020")
    assert (verdict.state, verdict.gap) == (MET, 0.0)
    assert ("target_upper", 5) in verdict.reason.numbers


def test_no_target_keeps_the_latest_value() -> None:
    verdict = _judge(None, "2019:1 2020:2 2021:3", "2020")
    assert (verdict.state, verdict.reason.numbers) == (S.NO_TARGET, ())
    assert verdict.actual == Point(parse_period("2020"), 2.0, Qualifier.EXACT, "2020")
    assert _judge(None, "", "2020").actual is None


def test_a_level_without_meaning_comes_before_everything() -> None:
    verdict = _judge(None, "2020:1", "2020", level=Level.PROVINCE)
    assert verdict.state is S.NOT_APPLICABLE
    assert verdict.reason.numbers == (("level", "province"),)


def test_no_actual_names_the_period_asked_for() -> None:
    verdict = _judge(target("2020 >= 3"), "", "2020-06")
    assert verdict.state is S.NO_ACTUAL
    assert dict(verdict.reason.numbers)["until"] == "2020-06"


@pytest.mark.parametrize("inherited", [True, False])
def test_inherited_is_passed_on_and_changes_nothing_else(inherited: bool) -> None:
    verdict = _judge(target("2020 >= 3"), "2020:3", "2020", inherited=inherited)
    assert (verdict.inherited, verdict.state) == (inherited, MET)


def test_the_reason_carries_the_arithmetic() -> None:
    verdict = _judge(target("2025 >= 10"), "2020:0 2022:3", "2022")
    assert verdict.reason.numbers == (
        ("year", 2025),
        ("comparator", ">="),
        ("target", 10.0),
        ("actual", 3.0),
        ("qualifier", "="),
        ("period", "2022"),
        ("gap", -7.0),
        ("base", 0.0),
        ("base_period", "2020"),
        ("due", 4.0),
        ("progress", 0.75),
    )


def test_what_came_too_early_to_decide_is_still_shown() -> None:
    verdict = _judge(target("2020 >= 9", STOCK), "2019:7 2020-05:8", "2020")
    assert verdict.actual == Point(parse_period("2020-05"), 8.0, Qualifier.EXACT, "2020-05")
    assert (verdict.gap, verdict.base) == (None, None)


def test_a_sum_shows_its_parts() -> None:
    verdict = _judge(target("2022 >= 30", ADD), "2020:10 2022:21", "2022")
    assert verdict.actual == Point(
        parse_period("2020-01/2022-12"), 31.0, Qualifier.AT_LEAST, "2022"
    )
    assert [part.value for part in verdict.parts] == [10.0, 21.0]
    assert ("parts", 2) in verdict.reason.numbers


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("2021:10 2022:10", Qualifier.EXACT),
        ("2021:10 2022:~10", Qualifier.ABOUT),
        ("2021:>=10 2022:~10", Qualifier.AT_LEAST),
        ("2020:10 2022:10", Qualifier.AT_LEAST),
    ],
)
def test_a_sum_is_as_sure_as_its_least_sure_part(text: str, qualifier: Qualifier) -> None:
    actual = _judge(target("2022 >= 5", ADD), text, "2022").actual
    assert actual is not None
    assert actual.qualifier is qualifier


def test_a_partial_span_says_how_much_is_known() -> None:
    numbers = dict(_judge(target("2022 >= 30", ADD), "2021:10", "2022").reason.numbers)
    assert (numbers["covered"], numbers["months"], numbers["first_year"]) == (12, 36, 2020)


@pytest.mark.parametrize("value", ["nan", "inf", "-inf"])
def test_numbers_must_be_finite(value: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        _judge(target("2020 >= 3"), f"2020:{value}", "2020")
    with pytest.raises(ValueError, match="finite"):
        _judge(target(f"2020 >= {value}"), "2020:3", "2020")


@pytest.mark.parametrize(
    ("until", "year"),
    [("2016", 2020), ("2020", 2020), ("2020-06", 2020), ("2021-01", 2025), ("2030", 2025)],
)
def test_the_next_target_counts(until: str, year: int) -> None:
    targets = [target("2025 >= 3"), target("2020 >= 2")]
    chosen = next_target(targets, parse_period(until))
    assert chosen is not None
    assert chosen.year == year


def test_no_targets_no_next_target() -> None:
    assert next_target([], parse_period("2020")) is None


def test_next_target_does_not_depend_on_order() -> None:
    targets = [target("2020 >= 3", plan_id="b"), target("2020 >= 2", plan_id="a")]
    until = parse_period("2020")
    assert next_target(targets, until) == next_target(targets[::-1], until) == targets[1]


def test_the_due_line_runs_from_base_to_target() -> None:
    base = Point(parse_period("2020"), 42.0, Qualifier.EXACT, "s")
    line = ((parse_period("2020"), 42.0), (parse_period("2025"), 35.0))
    assert due_path(target("2025 <= 35"), base) == line
    assert due_path(target("2025 <= 35"), None) == ()
    assert due_path(target("2020 <= 35"), base) == ()


@pytest.mark.parametrize(
    "bad",
    [
        {"on_course": 1.1},
        {"on_course": 0.5},
        {"behind": 0.0},
        {"behind": 0.95},
        {"behind": float("nan")},
        {"about_tolerance": -0.1},
        {"about_tolerance": float("nan")},
        {"about_tolerance": float("inf")},
    ],
)
def test_impossible_thresholds_are_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must"):
        Thresholds(**bad)
