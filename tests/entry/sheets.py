"""Small files in memory: each test says only what is special about its file."""

import io
import zipfile

import openpyxl

from indicators.entry.files import read_grids
from indicators.entry.findings import Findings
from indicators.entry.grids import EMPTY, Cell, CellKind, Grid
from indicators.entry.sources import Citation
from indicators.entry.uploads import Upload
from indicators.entry.values import Options, propose_values

LONG = ("地区", "指标", "年份", "数值")
AIR = "air_good_days_share"
FIRMS = "qms_certified_firms"
CITED = Citation("测试统计局", "测试公报")


def text(value):
    """Return a cell with text, an empty one for an empty text."""
    return Cell(value, CellKind.TEXT) if value else EMPTY


def number(value, **more):
    """Return a cell with a number."""
    return Cell(str(value), CellKind.NUMBER, **more)


def grid(*rows, name="表", **more):
    """Return a sheet of texts and numbers."""
    return Grid(name, tuple(tuple(map(_cell, row)) for row in rows), **more)


def _cell(value):
    if isinstance(value, Cell):
        return value
    return number(value) if isinstance(value, int | float) else text(value or "")


def book(*rows, sheet="填报", prepare=None):
    """Return the bytes of a workbook with one sheet, after a last touch."""
    made = openpyxl.Workbook()
    page = made.active
    page.title = sheet
    for row in rows:
        page.append(list(row))
    if prepare:
        prepare(page)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def rewritten(content, **parts):
    """Return a workbook with some of its parts exchanged or added; the names come with dots."""
    out = io.BytesIO()
    changes = {name.replace("__", "/"): data for name, data in parts.items()}
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            if item.filename not in changes:
                new.writestr(item, old.read(item.filename))
        for name, data in changes.items():
            new.writestr(name, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def csv(*rows, delimiter=","):
    """Return the bytes of a CSV file."""
    return "".join(delimiter.join(map(str, row)) + "\n" for row in rows).encode()


def read(content, name="填报.xlsx"):
    """Return the sheets of a file and what was found on the way."""
    findings = Findings()
    return read_grids(Upload(name, content), findings), findings


def propose(known, places, content, name="a.csv", **options):
    """Return what a file proposes, by default from a named publisher."""
    findings = Findings()
    grids = content if isinstance(content, tuple) else None
    grids = grids or read_grids(Upload(name, content), findings)
    given = Options(**{"citation": CITED, **options})
    return propose_values(grids, name, known, places, given, findings)
