"""Words that figures, panels and tables share, so that they always agree."""

from collections.abc import Sequence

from dashboard import text
from dashboard.theme import SYMBOLS
from geodata.regions import Region
from indicators.atlas import Atlas
from indicators.attainment import Attainment, State
from indicators.periods import parse_period, year_period
from indicators.records import Audience, Indicator, Observation, Target
from indicators.verdicts import Point

_BLOCKS = "▁▂▃▄▅▆▇█"
SPARK_POINTS = 8


def region_name(lang: str, region: Region) -> str:
    """Return a region's full name."""
    return text.pick(lang, region.name_zh, region.name_en)


def region_short(lang: str, region: Region) -> str:
    """Return a region's name as it stands on the map."""
    return text.pick(lang, region.short_zh, region.name_en)


def indicator_name(lang: str, indicator: Indicator) -> str:
    """Return an indicator's name."""
    return text.pick(lang, indicator.name_zh, indicator.name_en)


def observed(lang: str, observation: Observation, unit: str) -> str:
    """Write a published value with its unit; one that is not for the public says so."""
    value = text.quantity(lang, observation.value, unit, observation.qualifier)
    return value + internal_mark(lang, observation.audience)


def measured(lang: str, point: Point, unit: str) -> str:
    """Write a value a verdict rests on, as ``observed`` does."""
    value = text.quantity(lang, point.value, unit, point.qualifier)
    return value + internal_mark(lang, point.audience)


def promised(lang: str, target: Target) -> str:
    """Write a target's comparator, value and unit; one that is not for the public says so."""
    promise = text.promise(lang, target.comparator, target.value, target.value_upper, target.unit)
    return promise + internal_mark(lang, target.audience)


def corrected(lang: str, observation: Observation, unit: str, atlas: Atlas) -> str:
    """Say what was published in place of a corrected value, and why it is not shown."""
    reasons = [
        text.t(
            lang,
            "correction.because",
            reason=text.pick(lang, item.reason_zh, item.reason_en),
            publisher=atlas.sources[item.evidence_source_id].publisher,
        )
        for item in observation.corrections
    ]
    published = observed(lang, observation.published, unit)
    return text.t(
        lang,
        "correction.published",
        published=published,
        reasons=text.t(lang, "data.join").join(reasons),
    )


def internal_mark(lang: str, audience: Audience) -> str:
    """Return the mark behind what is not for the public, nothing behind the rest."""
    return text.t(lang, "stamp.mark") if audience is Audience.INTERNAL else ""


def state_name(lang: str, state: State) -> str:
    """Return a verdict in words."""
    return text.t(lang, f"state.{state}")


def state_badge(lang: str, state: State) -> str:
    """Return a verdict with its symbol."""
    return f"{SYMBOLS[state]} {state_name(lang, state)}"


def gap(lang: str, value: float, unit: str) -> str:
    """Write how far a value lies past or short of its target."""
    code = "gap.past" if value > 0 else "gap.short" if value < 0 else "gap.even"
    amount = text.number(abs(value)) + (
        text.t(lang, "unit.percentage_points") if unit == "%" else text.unit(lang, unit)
    )
    return text.t(lang, code, amount=amount)


def spark(values: Sequence[float]) -> str:
    """Draw the latest values as block characters; nothing for fewer than two."""
    latest = values[-SPARK_POINTS:]
    if len(latest) < 2:
        return ""
    low, high = min(latest), max(latest)
    if low == high:
        return _BLOCKS[3] * len(latest)
    top = len(_BLOCKS) - 1
    return "".join(_BLOCKS[round((value - low) / (high - low) * top)] for value in latest)


def reason(lang: str, verdict: Attainment, unit: str) -> str:
    """Write a verdict's arithmetic as a sentence."""
    named = dict(verdict.reason.numbers)
    words: dict[str, object] = {
        name: _spoken(lang, name, value, unit) for name, value in named.items()
    }
    if verdict.target is not None:
        words["target"] = promised(lang, verdict.target)
        words["year"] = text.period(lang, year_period(verdict.target.year))
    if verdict.actual is not None:
        actual = verdict.actual
        words["actual"] = measured(lang, actual, unit)
    if verdict.gap is not None:
        words["gap"] = gap(lang, verdict.gap, unit)
    return text.t(lang, f"reason.{verdict.reason.code}", **words)


def _spoken(lang: str, name: str, value: float | int | str, unit: str) -> str:
    if isinstance(value, str):
        return _spoken_word(lang, name, value)
    if name.endswith("year"):
        return text.period(lang, year_period(int(value)))
    if name == "progress":
        return f"{text.number(round(float(value) * 100, 1))}%"
    return text.quantity(lang, round(float(value), 4), unit)


def _spoken_word(lang: str, name: str, value: str) -> str:
    if name == "level":
        return text.t(lang, f"places.{value}")
    if name in ("period", "base_period", "until", "first_period"):
        return text.period(lang, parse_period(value))
    return value
