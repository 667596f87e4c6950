"""The datapackage.json of the download (Frictionless Data Package), made from the cells."""

from collections.abc import Mapping
from typing import Any

from dashboard.bundle import DataBundle
from dashboard.routes.download_tables import Sheet
from dashboard.stamps import COLUMN, file_stamp
from indicators import cells
from indicators.cells import Rule

Descriptor = dict[str, Any]

# The field that names a row of another table, and that table.
_REFERS_TO = {
    "indicator_id": "indicators",
    "source_id": "sources",
    "plan_id": "plans",
    "adcode": "regions",
}
_OPTIONAL = ", or empty"
_ONE_OF = "one of "
# What a rule expects, as the schemas word it, in the types of Table Schema.
_TYPES: Mapping[str, Descriptor] = {
    cells.TEXT.expected: {"type": "string"},
    cells.ANY.expected: {"type": "string"},
    cells.IDENTIFIER.expected: {"type": "string"},
    cells.ADCODE.expected: {"type": "string", "constraints": {"pattern": "[0-9]{6}"}},
    cells.NUMBER.expected: {"type": "number"},
    cells.WHOLE_NUMBER.expected: {"type": "integer"},
    cells.YEAR.expected: {"type": "year"},
    cells.PERIOD.expected: {"type": "string"},
    cells.DEPARTMENTS.expected: {"type": "string"},
    cells.LEVELS.expected: {"type": "string"},
    cells.BOOLEAN.expected: {
        "type": "boolean",
        "trueValues": ["true"],
        "falseValues": ["false"],
    },
}
# Tables without a schema of their own take the type of what they hold.
_DERIVED_TYPES = {bool: "boolean", int: "number", float: "number", str: "string"}


def descriptor(bundle: DataBundle, sheets: tuple[Sheet, ...]) -> Descriptor:
    """Return the package: every file with its fields, the licence, the sources, the version."""
    said = file_stamp(bundle)
    return {
        **({COLUMN: said} if said else {}),
        "profile": "tabular-data-package",
        "name": "quality-atlas",
        "title": "质量图谱 Quality Atlas",
        "description": (
            "各地质量规划的目标与公布的实际值 "
            "Targets of regional quality plans and published actual values"
        ),
        "version": bundle.version,
        "licenses": [
            {
                "title": (
                    "已公布的事实，引用时请注明各条所列来源 "
                    "Published facts; name the source listed with each when you use them"
                ),
                "path": "readme.txt",
            }
        ],
        "sources": [
            _source(f"{s.publisher}：{s.title}", s.url) for s in bundle.atlas.tables.sources
        ],
        "resources": [_resource(sheet) for sheet in sheets],
    }


def field_of(name: str, rule: Rule) -> Descriptor:
    """Return a column's type and limits from the rule that checks it.

    Raises:
        KeyError: for a rule this module does not know, so that none is ever left undescribed.
    """
    expected = rule.expected.removesuffix(_OPTIONAL)
    if expected in _TYPES:
        known = _TYPES[expected]
    elif expected.startswith(_ONE_OF):
        options = expected.removeprefix(_ONE_OF).split(" | ")
        known = {"type": "string", "constraints": {"enum": options}}
    else:
        raise KeyError(f"no type for a column that expects {rule.expected!r}")
    constraints = {"required": True} if not rule.test("") else {}
    constraints |= known.get("constraints", {})
    field = {"name": name, **known, "description": rule.expected}
    return {**field, "constraints": constraints} if constraints else field


def _source(title: str, url: str) -> Descriptor:
    return {"title": title, "path": url} if url else {"title": title}


def _resource(sheet: Sheet) -> Descriptor:
    return {
        "profile": "tabular-data-resource",
        "name": sheet.name,
        "path": sheet.file,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
        "schema": _schema(sheet),
    }


def _schema(sheet: Sheet) -> Descriptor:
    if sheet.table is None:
        fields = [{"name": name, "type": _type_of(sheet, name)} for name in sheet.columns]
        return {"fields": fields, "missingValues": [""]}
    rules = sheet.table.columns
    schema: Descriptor = {
        "fields": [field_of(name, rule) for name, rule in rules.items()],
        "missingValues": [""],
    }
    # A key with an empty part, such as a break for every region, is none to Table Schema.
    if not any(rules[name].test("") for name in sheet.table.key):
        schema["primaryKey"] = list(sheet.table.key)
    if keys := [_reference(name) for name in rules if _refers(sheet.name, name)]:
        schema["foreignKeys"] = keys
    return schema


def _refers(table: str, column: str) -> bool:
    return column in _REFERS_TO and _REFERS_TO[column] != table


def _reference(column: str) -> Descriptor:
    return {"fields": column, "reference": {"resource": _REFERS_TO[column], "fields": column}}


def _type_of(sheet: Sheet, column: str) -> str:
    kinds = {type(row[column]) for row in sheet.rows} - {type(None)}
    types = {_DERIVED_TYPES[kind] for kind in kinds}
    return types.pop() if len(types) == 1 else "string"
