"""Tiny hand-built records, tables, frames and bundles; every test says only what it is about."""

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
from shapely import LineString, box

from dashboard.bundle import DataBundle
from dashboard.selection import Selection, View
from geodata.boundaries import COLUMNS
from geodata.codes import Level
from geodata.regions import Regions
from indicators import schemas
from indicators.atlas import Atlas
from indicators.periods import parse_period
from indicators.records import (
    Comparator,
    DefinitionBreak,
    Direction,
    Domain,
    Indicator,
    Kind,
    Observation,
    Plan,
    Qualifier,
    Quality,
    Source,
    Target,
)
from indicators.schemas import Table
from indicators.tables import Tables

ALL_LEVELS = frozenset({Level.PROVINCE, Level.PREFECTURE, Level.COUNTY})

# ---------------------------------------------------------------- a tiny country

# Province 110000 has four prefectures; 110400 has no counties and stands for itself among them.
PROVINCE, EAST = "110000", "120000"
PREFECTURES = ("110100", "110200", "110300", "110400")
_COUNTRY = (
    (PROVINCE, "province", "甲省", "甲", "Jia", "100000", "jia", "j", box(100, 30, 108, 34)),
    (EAST, "province", "乙省", "乙", "Yi", "100000", "yi", "y", box(108, 30, 112, 34)),
    ("110100", "prefecture", "子市", "子", "Zi", PROVINCE, "zi", "z", box(100, 30, 102, 34)),
    ("110200", "prefecture", "丑市", "丑", "Chou", PROVINCE, "chou", "c", box(102, 30, 104, 34)),
    ("110300", "prefecture", "寅市", "寅", "Yin", PROVINCE, "yin", "y", box(104, 30, 106, 34)),
    ("110400", "prefecture", "卯市", "卯", "Mao", PROVINCE, "mao", "m", box(106, 30, 108, 34)),
    ("120100", "prefecture", "辰市", "辰", "Chen", EAST, "chen", "c", box(108, 30, 112, 34)),
    ("110101", "county", "东区", "东区", "Dong", "110100", "dong", "d", box(101, 30, 102, 34)),
    ("110102", "county", "西区", "西区", "Xi", "110100", "xi", "x", box(100, 30, 101, 34)),
    ("110201", "county", "南县", "南县", "Nan", "110200", "nan", "n", box(102, 30, 104, 34)),
    ("110301", "county", "北县", "北县", "Bei", "110300", "bei", "b", box(104, 30, 106, 34)),
    ("110400", "county", "卯市", "卯", "Mao", "110400", "mao", "m", box(106, 30, 108, 34)),
    ("120101", "county", "龙县", "龙县", "Long", "120100", "long", "l", box(108, 30, 112, 34)),
)


@cache
def boundaries() -> gpd.GeoDataFrame:
    """Return the shapes of the tiny country."""
    names = ("adcode", "level", "name_zh", "short_zh", "name_en", "parent", "pinyin", "initials")
    columns: dict[str, list[Any]] = {
        name: [row[index] for row in _COUNTRY] for index, name in enumerate(names)
    }
    shapes = [row[-1] for row in _COUNTRY]
    columns |= {
        "longitude": [shape.centroid.x for shape in shapes],
        "latitude": [shape.centroid.y for shape in shapes],
    }
    return gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4326")[list(COLUMNS)]


@cache
def _lines() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=[LineString([(110, 5), (112, 8)])], crs="EPSG:4326")


@cache
def regions() -> Regions:
    """Return the regions of the tiny country."""
    return Regions.from_frame(boundaries())


def lineage(adcode: str) -> tuple[str, ...]:
    """Name the regions above a region of the tiny country, the nearest first."""
    return tuple(region.adcode for region in reversed(regions().ancestors(adcode)))


# ---------------------------------------------------------------- records


def indicator(
    indicator_id: str = "share",
    *,
    unit: str = "%",
    direction: Direction = Direction.HIGHER,
    kind: Kind = Kind.RATE,
    intensive: bool = True,
    domain: Domain = Domain.PRODUCT,
    levels: frozenset[Level] = ALL_LEVELS,
) -> Indicator:
    """Build an indicator, by default a share of which more is better."""
    return Indicator(
        indicator_id=indicator_id,
        name_zh=f"{indicator_id}指标",
        name_en=f"{indicator_id} indicator",
        domain=domain,
        unit=unit,
        direction=direction,
        kind=kind,
        intensive=intensive,
        levels=levels,
    )


def bounded_indicator(minimum: float, maximum: float) -> Indicator:
    """Build a share whose values are bound."""
    return replace(indicator(), minimum=minimum, maximum=maximum)


def observation(
    adcode: str,
    period: str,
    value: float | str,
    *,
    indicator_id: str = "share",
    quality: Quality = Quality.OFFICIAL,
    source_id: str = "s1",
    note: str = "",
) -> Observation:
    """Build an observation; a text value carries its qualifier, as in ">=3" or "~3"."""
    qualifier = Qualifier.EXACT
    text = str(value)
    for candidate in (Qualifier.AT_LEAST, Qualifier.ABOUT):
        if text.startswith(candidate.value):
            text, qualifier = text.removeprefix(candidate.value), candidate
    return Observation(
        adcode=adcode,
        indicator_id=indicator_id,
        period=parse_period(period),
        value=float(text),
        qualifier=qualifier,
        quality=quality,
        source_id=source_id,
        note=note,
    )


def series(adcode: str, text: str, **more: Any) -> tuple[Observation, ...]:
    """Build observations of one region from text such as "2019:90 2020:>=93.1"."""
    return tuple(observation(adcode, *item.split(":"), **more) for item in text.split())


def published(texts: Mapping[str, str], **more: Any) -> tuple[Observation, ...]:
    """Build observations of several regions, each from a text as ``series`` takes it."""
    return tuple(item for adcode, text in texts.items() for item in series(adcode, text, **more))


def target(
    adcode: str,
    text: str,
    *,
    upper: float | None = None,
    indicator_id: str = "share",
    unit: str = "%",
    kind: Kind = Kind.RATE,
) -> Target:
    """Build a target of a region's own plan from text such as "2020 >= 92"."""
    year, comparator, value = text.split()
    return Target(
        plan_id=f"plan{adcode}",
        adcode=adcode,
        indicator_id=indicator_id,
        year=int(year),
        comparator=Comparator(comparator),
        value=float(value),
        value_upper=upper,
        unit=unit,
        kind=kind,
        clause="一",
        departments_lead=(),
        departments_participating=(),
        scope_zh="",
        scope_en="",
    )


def plan(adcode: str, *, published: int | None = 2016, first_year: int = 2016) -> Plan:
    """Build the plan of a region."""
    return Plan(
        plan_id=f"plan{adcode}",
        adcode=adcode,
        name_zh="质量规划",
        name_en="Quality plan",
        published=published,
        first_year=first_year,
        last_year=2020,
        period_basis_zh="文中写明",
        period_basis_en="stated",
        map_number="",
    )


def definition_break(
    first_period: str, *, adcode: str = "", indicator_id: str = "share"
) -> DefinitionBreak:
    """Build a change of definition."""
    return DefinitionBreak(
        indicator_id, adcode, parse_period(first_period), "口径改变", "New definition", "s1"
    )


def tables(
    *,
    observations: Iterable[Observation] = (),
    targets: Iterable[Target] = (),
    indicators: Iterable[Indicator] | None = None,
    breaks: Iterable[DefinitionBreak] = (),
    version: str = "handmade",
) -> Tables:
    """Build tables with a plan for every region that has a target, and two sources."""
    held = tuple(targets)
    return Tables(
        indicators=(indicator(),) if indicators is None else tuple(indicators),
        sources=(
            Source("s1", "统计局", "公报", "https://example.org/s1"),
            Source("s2", "日报", "报道", ""),
        ),
        plans=tuple(plan(adcode) for adcode in dict.fromkeys(item.adcode for item in held)),
        targets=held,
        milestones=(),
        tasks=(),
        observations=tuple(observations),
        departments=(),
        breaks=tuple(breaks),
        note_translations={},
        version=version,
    )


def atlas(**given: Any) -> Atlas:
    """Build an atlas of the tiny country; takes what ``tables`` takes."""
    return Atlas(tables(**given), lineage)


def small_bundle(**given: Any) -> DataBundle:
    """Build a bundle of the tiny country; takes what ``tables`` takes."""
    return DataBundle(
        boundaries=boundaries(),
        lines=_lines(),
        regions=regions(),
        atlas=atlas(**given),
        geometry_version="geometry",
        boundary_map_number="GS(2024)0650号",
    )


def selection(**changes: Any) -> Selection:
    """Build a selection, by default the prefectures of the tiny province in 2020."""
    start = Selection(
        region=PROVINCE,
        level=Level.PREFECTURE,
        indicator="share",
        period="2020",
        view=View.VALUE,
        selected="",
        lang="zh",
        theme="light",
    )
    return start.with_(**changes)


# ---------------------------------------------------------------- tables as text

_DEPARTMENTS = {"departments_lead": "市监局", "departments_participating": ""}
_VALID: dict[str, dict[str, str]] = {
    "indicators.csv": {
        "indicator_id": "share",
        "name_zh": "合格率",
        "name_en": "Pass rate",
        "domain": "product",
        "unit": "%",
        "direction": "higher",
        "kind": "rate",
        "intensive": "true",
        "levels": "province;prefecture",
        "minimum": "0",
        "maximum": "100",
    },
    "sources.csv": {"source_id": "s1", "publisher": "统计局", "title": "公报", "url": ""},
    "plans.csv": {
        "plan_id": "jia",
        "adcode": PROVINCE,
        "name_zh": "规划",
        "name_en": "Plan",
        "published": "",
        "first_year": "2016",
        "last_year": "2020",
        "period_basis_zh": "文中写明",
        "period_basis_en": "stated",
        "map_number": "",
    },
    "targets.csv": {
        "plan_id": "jia",
        "adcode": PROVINCE,
        "indicator_id": "share",
        "year": "2020",
        "comparator": ">=",
        "value": "92",
        "value_upper": "95",
        "unit": "%",
        "kind": "rate",
        "clause": "一、2",
        **_DEPARTMENTS,
        "scope_zh": "",
        "scope_en": "",
        "audience": "public",
    },
    "milestones.csv": {
        "plan_id": "jia",
        "adcode": PROVINCE,
        "milestone_id": "jia-m01",
        "year": "",
        "domain": "brand",
        "title_zh": "领先",
        "title_en": "Lead",
        "clause": "一",
        **_DEPARTMENTS,
    },
    "tasks.csv": {
        "plan_id": "jia",
        "task_id": "jia-t01",
        "number": "1",
        "title_zh": "任务",
        "title_en": "Task",
        "summary_zh": "做",
        "summary_en": "Do",
        "clause": "附件",
        **_DEPARTMENTS,
    },
    "observations.csv": {
        "adcode": "110100",
        "indicator_id": "share",
        "period": "2020-01/2020-10",
        "value": "93.10",
        "qualifier": ">=",
        "quality": "press",
        "source_id": "s1",
        "note": "快报",
        "audience": "public",
    },
    "departments.csv": {"plan_id": "jia", "name_zh": "市监局", "name_en": "Regulator"},
    "breaks.csv": {
        "indicator_id": "share",
        "adcode": "",
        "first_period": "2023",
        "note_zh": "口径改变",
        "note_en": "New definition",
        "source_id": "s1",
    },
    "note_translations.csv": {"note": "快报", "note_zh": "快报", "note_en": "Flash"},
    "corrections.csv": {
        "table": "observations",
        "adcode": "110100",
        "indicator_id": "share",
        "period": "2020-01/2020-10",
        "source_id": "s1",
        "column": "value",
        "expected_wrong": "93.10",
        "right": "91.30",
        "reason_zh": "数字颠倒",
        "reason_en": "Digits transposed",
        "evidence_source_id": "s1",
    },
}


def table_row(table: Table, /, **cells: str) -> dict[str, str]:
    """Return a valid row of a table as text, with some cells replaced."""
    return _VALID[table.file] | cells


def table_frame(table: Table, *rows: Mapping[str, str]) -> pd.DataFrame:
    """Return a frame of text with the given rows, by default one valid row."""
    return pd.DataFrame(list(rows) or [table_row(table)], columns=list(table.columns), dtype=str)


def table_frames(**changed: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return all tables, one valid row each but no correction; a keyword replaces a file."""
    frames = {table.file: table_frame(table) for table in schemas.TABLES}
    # A correction changes what the other tables say; a test that wants one names it.
    frames[schemas.CORRECTIONS.file] = table_frame(schemas.CORRECTIONS).iloc[:0]
    return frames | {f"{name}.csv": frame for name, frame in changed.items()}


def write_tables(folder: Path, **rows: list[dict[str, str]]) -> Path:
    """Write all tables, one valid row each but no correction; a keyword gives a file's rows."""
    for table in schemas.TABLES:
        name = table.file.removesuffix(".csv")
        # A correction changes what the other tables say; a test that wants one names it.
        usual = [] if table is schemas.CORRECTIONS else [table_row(table)]
        lines = rows.get(name, usual)
        with (folder / table.file).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(table.columns))
            writer.writeheader()
            writer.writerows(lines)
    return folder


def rewrite(path: Path, change: Callable[[bytes], bytes]) -> None:
    """Damage a file in place."""
    path.write_bytes(change(path.read_bytes()))


# ---------------------------------------------------------------- what the browser does


def apply_patch(figure: dict[str, Any], patch: Any) -> dict[str, Any]:
    """Return a figure as the browser holds it after a patch of assignments."""
    result = json.loads(json.dumps(figure))
    for step in json.loads(json.dumps(patch.to_plotly_json()))["operations"]:
        if step["operation"] != "Assign":
            raise ValueError(f"found {step['operation']}; only assignments are expected")
        *way, last = step["location"]
        place = result
        for key in way:
            place = place[key]
        place[last] = step["params"]["value"]
    return result


def as_json(figure: dict[str, Any]) -> dict[str, Any]:
    """Return a figure as it arrives in the browser."""
    return json.loads(json.dumps(figure))


# ---------------------------------------------------------------- colours


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, as WCAG 2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
