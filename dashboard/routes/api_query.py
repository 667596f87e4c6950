"""The filters of an API request; a wrong one is refused, never mended."""

from collections.abc import Collection, Container
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from dashboard.bundle import DataBundle
from dashboard.routes.errors import RequestError
from dashboard.text import LANGUAGES
from geodata.codes import Level
from indicators.errors import PeriodError
from indicators.periods import Period, PeriodKind, parse_period

WORDS = ("region", "level", "indicator", "period", "plan", "lang")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a request asks for; None leaves a filter out."""

    region: str | None = None
    level: Level | None = None
    indicator: str | None = None
    period: Period | None = None
    plan: str | None = None
    lang: str = "zh"


def read_filters(
    query: MultiDict[str, str],
    allowed: Collection[str],
    bundle: DataBundle,
    *,
    years_only: bool = False,
) -> Filters:
    """Read the filters of a table.

    Args:
        query: the words of the request.
        allowed: the words the table takes besides ``lang``.
        bundle: what the values must name.
        years_only: whether ``period`` must be a whole year.

    Raises:
        RequestError: at the first word that is unknown, repeated or has no usable value.
    """
    words = tuple(word for word in WORDS if word in allowed or word == "lang")
    given = {word: _single(word, values, words) for word, values in query.lists()}
    region = _member(given, "region", bundle.regions, "an adcode of /api/v1/regions.json")
    level = _member(given, "level", tuple(Level), "one of " + ", ".join(Level))
    indicator = _member(
        given, "indicator", bundle.atlas.indicators, "an indicator_id of /api/v1/indicators.json"
    )
    plan = _member(given, "plan", bundle.atlas.plans, "a plan_id of /api/v1/plans.json")
    lang = _member(given, "lang", LANGUAGES, "one of " + ", ".join(LANGUAGES))
    return Filters(
        region=region,
        level=Level(level) if level else None,
        indicator=indicator,
        period=_period(given, years_only),
        plan=plan,
        lang=lang or "zh",
    )


def _single(word: str, values: list[str], words: tuple[str, ...]) -> str:
    if word not in words:
        expected = "one of " + ", ".join(words)
        raise RequestError(400, "unknown_word", word=word, found=word, expected=expected)
    if len(values) > 1:
        found = ", ".join(values)
        raise RequestError(400, "repeated_word", word=word, found=found, expected="one value")
    return values[0]


def _member(
    given: dict[str, str], word: str, known: Container[object], expected: str
) -> str | None:
    if word not in given:
        return None
    if given[word] not in known:
        raise RequestError(400, "unknown_value", word=word, found=given[word], expected=expected)
    return given[word]


def _period(given: dict[str, str], years_only: bool) -> Period | None:
    if "period" not in given:
        return None
    expected = "a year such as 2020"
    if not years_only:
        expected += ", or 2022-09, 2023-Q3, 2020-01/2020-10"
    try:
        period = parse_period(given["period"])
    except PeriodError:
        period = None
    if period is None or (years_only and period.kind is not PeriodKind.YEAR):
        found = given["period"]
        raise RequestError(400, "unknown_value", word="period", found=found, expected=expected)
    return period
