"""The finding of a map in words, and what must be said plainly about it."""

from collections import Counter
from collections.abc import Sequence

from dashboard import text
from dashboard.figures import labels
from dashboard.selection import View
from dashboard.views.area import AreaRow, AreaView
from indicators.attainment import State
from indicators.periods import PeriodKind
from indicators.records import Direction, Kind, Qualifier

_MOST_NAMES = 3


def finding(view: AreaView, lang: str) -> str:
    """State what the map shows in one sentence."""
    speak = {
        View.VALUE: _value_finding,
        View.ATTAINMENT: _attainment_finding,
        View.GAP: _gap_finding,
        View.CHANGE: _change_finding,
    }[view.view]
    return speak(view, lang)


def map_title(view: AreaView, lang: str) -> str:
    """Name region, indicator and period; the view too where it is not the plain value."""
    words = {
        "area": labels.region_name(lang, view.area),
        "level": text.t(lang, f"places.{view.level}"),
        "indicator": labels.indicator_name(lang, view.indicator),
        "period": text.period(lang, view.period),
    }
    if view.view is View.VALUE:
        return text.t(lang, "map.title", **words)
    return text.t(lang, "map.title_view", view=text.t(lang, f"view.{view.view}_long"), **words)


def plain_words(view: AreaView, periods: Sequence[str], lang: str) -> tuple[str, ...]:
    """Say what a reader could misread: gaps in coverage, and periods shorter than a year.

    Args:
        view: the map.
        periods: labels of the periods in which any of its regions has a value.
        lang: language of the sentences.
    """
    total = len(view.rows)
    if view.rows and view.level not in view.indicator.levels:
        level = text.t(lang, f"places.{view.level}")
        return (text.t(lang, "honesty.not_applicable", level=level),)
    words = {"total": total, "count": view.published, "period": text.period(lang, view.period)}
    said = []
    if not periods:
        said.append(text.t(lang, "honesty.nothing_ever", **words))
    elif not view.published:
        listed = text.t(lang, "finding.join").join(periods)
        said.append(text.t(lang, "honesty.nothing", periods=listed, **words))
    elif view.published < total:
        said.append(text.t(lang, "honesty.partial", **words))
    if view.published and view.indicator.kind is Kind.RATE:
        said += _part_of_a_year(view, lang)
    return tuple(said)


def _part_of_a_year(view: AreaView, lang: str) -> list[str]:
    if view.period.kind is PeriodKind.YEAR:
        return []
    month = view.period.kind is PeriodKind.MONTH
    said = [text.t(lang, "honesty.month" if month else "honesty.span")]
    if view.view in (View.ATTAINMENT, View.GAP):
        said.append(text.t(lang, "honesty.target_period"))
    return said


def _words(view: AreaView, lang: str) -> dict[str, object]:
    return {
        "area": labels.region_name(lang, view.area),
        "level": text.t(lang, f"places.{view.level}", count=len(view.rows)),
        "period": text.period(lang, view.period),
        "indicator": labels.indicator_name(lang, view.indicator),
    }


def _names(rows: Sequence[AreaRow], lang: str) -> str:
    names = [labels.region_short(lang, row.region) for row in rows]
    joined = text.t(lang, "finding.join").join(names[:_MOST_NAMES])
    if len(names) <= _MOST_NAMES:
        return joined
    return text.t(lang, "finding.names_more", names=joined, count=len(names))


def _value_finding(view: AreaView, lang: str) -> str:
    valued = [(row.observation.value, row) for row in view.rows if row.observation]
    words = _words(view, lang)
    if not valued:
        return text.t(lang, "finding.none", **words)
    high = max(value for value, _ in valued)
    low = min(value for value, _ in valued)
    top = [row for value, row in valued if value == high]
    bottom = [row for value, row in valued if value == low]
    words |= {
        "count": len(valued),
        "best": _names(top, lang),
        "high": _extreme(top, view, lang),
        "worst": _names(bottom, lang),
        "low": _extreme(bottom, view, lang),
    }
    if len(valued) == 1:
        return text.t(lang, "finding.value_one", **words)
    return text.t(lang, "finding.value_all_equal" if high == low else "finding.value", **words)


def _extreme(rows: Sequence[AreaRow], view: AreaView, lang: str) -> str:
    """Write the value the rows share, as exactly as the best of them states it."""
    stated = [row.observation for row in rows if row.observation]
    exact = [item for item in stated if item.qualifier is Qualifier.EXACT]
    return labels.observed(lang, (exact or stated)[0], view.indicator.unit)


def _attainment_finding(view: AreaView, lang: str) -> str:
    counted = Counter(row.verdict.state for row in view.rows)
    states = text.t(lang, "finding.join").join(
        text.t(lang, "finding.state", state=labels.state_name(lang, state), count=counted[state])
        for state in State
        if counted[state]
    )
    words = _words(view, lang)
    return text.t(lang, "finding.attainment", total=len(view.rows), states=states, **words)


def _gap_finding(view: AreaView, lang: str) -> str:
    judged = [row.verdict for row in view.rows if row.verdict.gap is not None]
    words = _words(view, lang)
    if not judged:
        return text.t(lang, "finding.gap_none", **words)
    past = sum(verdict.state is State.MET for verdict in judged)
    return text.t(
        lang, "finding.gap", count=len(judged), past=past, short=len(judged) - past, **words
    )


def _change_finding(view: AreaView, lang: str) -> str:
    changes = [row.change for row in view.rows if row.change is not None]
    words = _words(view, lang)
    if not changes:
        return text.t(lang, "finding.change_none", **words)
    sign = 1 if view.indicator.direction is Direction.HIGHER else -1
    better = sum(change * sign > 0 for change in changes)
    worse = sum(change * sign < 0 for change in changes)
    even = len(changes) - better - worse
    return text.t(lang, "finding.change", better=better, worse=worse, even=even, **words)
