"""The workbook with all tables: codes as text, no formula, the same bytes each time."""

import io
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from dashboard.bundle import DataBundle
from dashboard.routes.api_cells import Cell
from dashboard.routes.download_tables import Sheet
from dashboard.stamps import stamp, titled
from dashboard.text import t

_FIRST, _MOST = 8, 60
# A fixed moment: the same data make the same bytes, which caches and readers compare.
_MOMENT = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
# Excel shows no more than this in a cell.
_CELL_LIMIT = 32_767


def workbook(bundle: DataBundle, sheets: tuple[Sheet, ...], readme: str) -> bytes:
    """Write every table to a sheet of its own, behind one that explains them."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        # Text that looks like a formula, an address or a number stays what it is.
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, options)
    title = titled(bundle, "zh", t("zh", "app.title"))
    book.set_properties({"title": title, "created": _MOMENT})
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E3EEF8"})
    _write_readme(book, readme)
    for sheet in sheets:
        _write_sheet(book, bundle, sheet, head)
    book.close()
    return out.getvalue()


def _write_readme(book: Any, readme: str) -> None:
    page = book.add_worksheet("readme")
    page.set_column(0, 0, 110)
    for row, line in enumerate(readme.splitlines()):
        page.write_string(row, 0, line)


def _write_sheet(book: Any, bundle: DataBundle, sheet: Sheet, head: Any) -> None:
    page = book.add_worksheet(sheet.name)
    named = _named_columns(bundle, sheet)
    columns = (*sheet.columns, *named)
    widths = [len(column) for column in columns]
    for index, column in enumerate(columns):
        page.write_string(0, index, column, head)
    for number, row in enumerate(sheet.rows, start=1):
        names = [lookup.get(row[of], "") for of, lookup in named.values()]
        cells = [row[column] for column in sheet.columns] + names
        for index, cell in enumerate(cells):
            _write(page, number, index, cell)
            widths[index] = max(widths[index], _width(cell))
    for index, width in enumerate(widths):
        page.set_column(index, index, min(max(width + 2, _FIRST), _MOST))
    if said := stamp(bundle, "zh"):
        page.set_header(f"&C{said}")
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(len(sheet.rows), 1), len(columns) - 1)


def _named_columns(bundle: DataBundle, sheet: Sheet) -> dict[str, tuple[str, dict[Cell, str]]]:
    """Return the columns that name what a sheet gives by code, each with its names by code."""
    named: dict[str, tuple[str, dict[Cell, str]]] = {}
    if "adcode" in sheet.columns and "name_zh" not in sheet.columns:
        codes = {row["adcode"] for row in sheet.rows if row["adcode"]}
        names: dict[Cell, str] = {code: bundle.regions.get(str(code)).name_zh for code in codes}
        named["(region)"] = ("adcode", names)
    if "indicator_id" in sheet.columns and sheet.name != "indicators":
        indicators = bundle.atlas.indicators.values()
        named["(indicator)"] = ("indicator_id", {i.indicator_id: i.name_zh for i in indicators})
    return named


def _write(page: Any, row: int, column: int, cell: Cell) -> None:
    if isinstance(cell, bool):
        page.write_boolean(row, column, cell)
    elif isinstance(cell, int | float):
        page.write_number(row, column, cell)
    elif cell is not None:
        page.write_string(row, column, cell[:_CELL_LIMIT])


def _width(cell: Cell) -> int:
    """Return the width of a cell in Latin letters; a Chinese character takes two."""
    written = "" if cell is None else str(cell)
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in written[:_MOST])
