"""The rows of each API table, as the columns name them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from dashboard import text
from dashboard.bundle import DataBundle
from dashboard.routes.api_attainment import attainment_rows
from dashboard.routes.api_cells import Row
from dashboard.routes.api_query import Filters
from geodata.codes import Level


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns in order, the filter words it takes, and where its rows are from."""

    columns: tuple[str, ...]
    words: frozenset[str]
    rows: Callable[[DataBundle, Filters], Iterable[Row]]
    years_only: bool = False


def region_rows(bundle: DataBundle, filters: Filters) -> Iterator[Row]:
    """Return every region once per level at which it stands; 东莞 is a city and a county."""
    wanted = _Places(bundle, filters)
    for level in [filters.level] if filters.level else Level:
        for region in bundle.regions.all(level):
            if wanted.inside(region.adcode):
                yield {
                    "adcode": region.adcode,
                    "name_zh": region.name_zh,
                    "name_en": region.name_en,
                    "level": region.level,
                    "parent": region.parent,
                    "short_zh": region.short_zh,
                    "longitude": region.longitude,
                    "latitude": region.latitude,
                }


def indicator_rows(bundle: DataBundle, filters: Filters) -> Iterator[Row]:
    """Return the catalogue of indicators."""
    for indicator in bundle.atlas.indicators.values():
        if filters.indicator not in (None, indicator.indicator_id):
            continue
        if filters.level and filters.level not in indicator.levels:
            continue
        levels = sorted(indicator.levels, key=lambda level: level.rank)
        yield {
            "indicator_id": indicator.indicator_id,
            "name_zh": indicator.name_zh,
            "name_en": indicator.name_en,
            "domain": indicator.domain,
            "unit": indicator.unit,
            "direction": indicator.direction,
            "kind": indicator.kind,
            "intensive": indicator.intensive,
            "levels": ";".join(levels),
            "minimum": indicator.minimum,
            "maximum": indicator.maximum,
        }


def plan_rows(bundle: DataBundle, filters: Filters) -> Iterator[Row]:
    """Return the published plans."""
    wanted = _Places(bundle, filters)
    for plan in bundle.atlas.plans.values():
        if filters.plan in (None, plan.plan_id) and wanted.match(plan.adcode):
            yield {
                "plan_id": plan.plan_id,
                "adcode": plan.adcode,
                "name_zh": plan.name_zh,
                "name_en": plan.name_en,
                "published": plan.published,
                "first_year": plan.first_year,
                "last_year": plan.last_year,
                "map_number": plan.map_number,
            }


def target_rows(bundle: DataBundle, filters: Filters) -> Iterator[Row]:
    """Return what the plans promise in numbers."""
    wanted = _Places(bundle, filters)
    for target in bundle.atlas.tables.targets:
        if filters.indicator not in (None, target.indicator_id):
            continue
        if filters.plan not in (None, target.plan_id) or not wanted.match(target.adcode):
            continue
        if filters.period and filters.period.year != target.year:
            continue
        yield {
            "adcode": target.adcode,
            "indicator_id": target.indicator_id,
            "year": target.year,
            "comparator": target.comparator,
            "value": target.value,
            "value_upper": target.value_upper,
            "unit": target.unit,
            "plan_id": target.plan_id,
            "clause": target.clause,
            "departments": ";".join(target.departments),
            "kind": target.kind,
            "scope": text.pick(filters.lang, target.scope_zh, target.scope_en),
            "audience": target.audience,
        }


def observation_rows(bundle: DataBundle, filters: Filters) -> Iterator[Row]:
    """Return every published value, those passed over too, and which one counts."""
    wanted = _Places(bundle, filters)
    atlas = bundle.atlas
    for observation in atlas.observations(filters.indicator):
        if filters.period not in (None, observation.period):
            continue
        if not wanted.match(observation.adcode):
            continue
        period = str(observation.period)
        choice = atlas.choice(observation.adcode, observation.indicator_id, period)
        yield {
            "adcode": observation.adcode,
            "indicator_id": observation.indicator_id,
            "period": period,
            "value": observation.value,
            "qualifier": observation.qualifier,
            "quality": observation.quality,
            "source_id": observation.source_id,
            "note": text.pick(filters.lang, *atlas.note(observation.note)),
            # By identity: two publications may state the same value, and only one counts.
            "chosen": choice is not None and choice.chosen is observation,
            "audience": observation.audience,
            "published": observation.published.value if observation.corrections else None,
        }


def source_rows(bundle: DataBundle, _filters: Filters) -> Iterator[Row]:
    """Return the publications that state values."""
    for source in bundle.atlas.sources.values():
        yield {
            "source_id": source.source_id,
            "publisher": source.publisher,
            "title": source.title,
            "url": source.url,
        }


def correction_rows(bundle: DataBundle, filters: Filters) -> Iterator[Row]:
    """Return the publishers' errors that were put right."""
    wanted = _Places(bundle, filters)
    for item in bundle.atlas.tables.corrections:
        if filters.indicator not in (None, item.indicator_id):
            continue
        if filters.period in (None, item.period) and wanted.match(item.adcode):
            yield {
                "table": item.table,
                "adcode": item.adcode,
                "indicator_id": item.indicator_id,
                "period": str(item.period),
                "source_id": item.source_id,
                "column": item.column,
                "expected_wrong": item.expected_wrong,
                "right": item.right,
                "reason": text.pick(filters.lang, item.reason_zh, item.reason_en),
                "evidence_source_id": item.evidence_source_id,
            }


class _Places:
    """The regions a request speaks of: an area with everything below it, and one level."""

    def __init__(self, bundle: DataBundle, filters: Filters) -> None:
        regions = bundle.regions
        self._codes: frozenset[str] | None = None
        self._level_codes: frozenset[str] | None = None
        if filters.region:
            below = (
                child.adcode for level in Level for child in regions.children(filters.region, level)
            )
            self._codes = frozenset([filters.region, *below])
        if filters.level:
            self._level_codes = frozenset(region.adcode for region in regions.all(filters.level))

    def inside(self, adcode: str) -> bool:
        """Tell whether a region lies in the area."""
        return self._codes is None or adcode in self._codes

    def match(self, adcode: str) -> bool:
        """Tell whether a region lies in the area and stands at the level."""
        at_level = self._level_codes is None or adcode in self._level_codes
        return at_level and self.inside(adcode)


TABLES: Mapping[str, Table] = {
    "regions": Table(
        ("adcode", "name_zh", "name_en", "level", "parent", "short_zh", "longitude", "latitude"),
        frozenset({"region", "level"}),
        region_rows,
    ),
    "indicators": Table(
        (
            *("indicator_id", "name_zh", "name_en", "domain", "unit", "direction", "kind"),
            *("intensive", "levels", "minimum", "maximum"),
        ),
        frozenset({"indicator", "level"}),
        indicator_rows,
    ),
    "plans": Table(
        (
            *("plan_id", "adcode", "name_zh", "name_en", "published", "first_year", "last_year"),
            "map_number",
        ),
        frozenset({"region", "level", "plan"}),
        plan_rows,
    ),
    "targets": Table(
        (
            *("adcode", "indicator_id", "year", "comparator", "value", "value_upper", "unit"),
            *("plan_id", "clause", "departments", "kind", "scope", "audience"),
        ),
        frozenset({"region", "level", "indicator", "period", "plan"}),
        target_rows,
        years_only=True,
    ),
    "observations": Table(
        (
            *("adcode", "indicator_id", "period", "value", "qualifier", "quality", "source_id"),
            *("note", "chosen", "audience", "published"),
        ),
        frozenset({"region", "level", "indicator", "period"}),
        observation_rows,
    ),
    "sources": Table(("source_id", "publisher", "title", "url"), frozenset(), source_rows),
    "corrections": Table(
        (
            *("table", "adcode", "indicator_id", "period", "source_id", "column"),
            *("expected_wrong", "right", "reason", "evidence_source_id"),
        ),
        frozenset({"region", "level", "indicator", "period"}),
        correction_rows,
    ),
    "attainment": Table(
        (
            *("adcode", "indicator_id", "year", "state", "actual", "period", "target", "gap"),
            *("progress", "reason", "inherited", "plan_id", "comparator", "target_upper"),
            *("unit", "qualifier", "until", "audience"),
        ),
        frozenset({"region", "level", "indicator", "period", "plan"}),
        attainment_rows,
    ),
}
