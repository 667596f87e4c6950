"""Which regions and indicators a template asks for, with what is known of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from geodata.codes import NATION, Level
from indicators.entry.known import Known
from indicators.entry.places import Place, PlaceError, Places
from indicators.entry.plain import folded
from indicators.entry.sudden import usual_range
from indicators.entry.units import SHOWN
from indicators.errors import IndicatorDataError
from indicators.records import Indicator


class TemplateError(IndicatorDataError):
    """A template cannot be made for what was asked for."""


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One value a template asks for."""

    place: Place
    indicator: Indicator
    period: str
    last_value: float | None
    last_period: str
    usual: tuple[float, float] | None

    @property
    def unit(self) -> str:
        """The indicator's unit as people write it."""
        return SHOWN.get(self.indicator.unit, self.indicator.unit)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a template is asked for; no indicators means those of the region's own targets."""

    region: str
    year: int
    indicators: tuple[str, ...] = ()
    level: Level | None = None


def template_rows(wanted: Wanted, known: Known, places: Places) -> tuple[TemplateRow, ...]:
    """Return the rows of a template, region by region.

    Raises:
        TemplateError: where nothing could be asked for.
    """
    try:
        region = places.find(wanted.region).place
    except PlaceError as error:
        raise TemplateError(f"--region {wanted.region!r}: {error}") from error
    indicators = _indicators(wanted.indicators, region, known)
    rows = tuple(
        _row(place, indicator, wanted.year, known, places)
        for place in _places(region, wanted.level, places)
        for indicator in indicators
        if place.adcode == NATION or places.levels(place.adcode) & indicator.levels
    )
    if not rows:
        raise TemplateError(
            f"{region.name_zh} {region.adcode}: 没有可填的行 found no region or indicator at level "
            f"{wanted.level or region.level}; expected at least one row; leave out --level or name "
            "other --indicators"
        )
    return rows


def _places(region: Place, level: Level | None, places: Places) -> Iterator[Place]:
    """Return the region and those directly below it, or all of one level in it."""
    below = places.children(region.adcode)
    if level is None:
        nearest = min((place.level.rank for place in below), default=None)
        yield region
        yield from (place for place in below if place.level.rank == nearest)
    else:
        yield from (place for place in (region, *below) if level in places.levels(place.adcode))


def _indicators(given: Sequence[str], region: Place, known: Known) -> tuple[Indicator, ...]:
    if given:
        return tuple(_named(given, known))
    own = {target.indicator_id for target in known.tables.targets if target.adcode == region.adcode}
    if not own:
        raise TemplateError(
            f"{region.name_zh} {region.adcode}: 没有自己的规划目标 found no targets of its own; "
            "expected a region with a plan, or a list of indicators; name them with --indicators"
        )
    return tuple(item for item in known.tables.indicators if item.indicator_id in own)


def _named(given: Iterable[str], known: Known) -> Iterator[Indicator]:
    for name in dict.fromkeys(given):
        found = known.indicators_by_name.get(folded(name))
        if found is None:
            raise TemplateError(
                f"--indicators: 没有此指标 found {name!r}; expected an id or name of the "
                "catalogue; see indicators.csv"
            )
        yield found


def _row(
    place: Place, indicator: Indicator, year: int, known: Known, places: Places
) -> TemplateRow:
    series = (place.adcode, indicator.indicator_id)
    last = known.latest.get(series)
    return TemplateRow(
        place,
        indicator,
        str(year),
        last.value if last else None,
        str(last.period) if last else "",
        usual_range(series, year, known, places),
    )
