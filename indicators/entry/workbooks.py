"""Workbooks as grids, with what Excel knows about each cell."""

import io
import re
import warnings
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl

from indicators.entry.archives import DAMAGE, check_archive, damaged
from indicators.entry.findings import Findings
from indicators.entry.grids import EMPTY, Cell, CellKind, Grid
from indicators.entry.sheet_structure import SheetTooLargeError, Structure, read_structure
from indicators.entry.text_files import too_large
from indicators.entry.uploads import Upload

# Text in quotes and escaped signs of a number format are shown as they are.
_LITERAL = re.compile(r'"[^"]*"|\\.')


def read_workbook(upload: Upload, findings: Findings) -> tuple[Grid, ...]:
    """Read every visible sheet that holds something.

    Raises:
        EntryError: where the file is unsafe, damaged or too large.
    """
    check_archive(upload)
    try:
        return _grids(upload, findings)
    except SheetTooLargeError as error:
        raise too_large(upload.name) from error
    except DAMAGE as error:
        raise damaged(upload, error) from error


def _grids(upload: Upload, findings: Findings) -> tuple[Grid, ...]:
    grids = []
    with warnings.catch_warnings():
        # openpyxl warns of decorations it does not read.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(
            io.BytesIO(upload.content), read_only=True, data_only=True, keep_links=False
        )
        with zipfile.ZipFile(io.BytesIO(upload.content)) as archive:
            for sheet in book.worksheets:
                if sheet.sheet_state != "visible":
                    findings.notice(
                        f"隐藏的工作表“{sheet.title}”未读取",
                        f'the hidden sheet "{sheet.title}" was not read',
                    )
                    continue
                with archive.open(sheet._worksheet_path) as stream:
                    structure = read_structure(stream)
                if structure.rows:
                    grids.append(_grid(sheet, structure))
        book.close()
    return tuple(grids)


def _grid(sheet: Any, structure: Structure) -> Grid:
    rows = sheet.iter_rows(max_row=structure.rows, max_col=structure.columns)
    return Grid(
        name=sheet.title,
        rows=tuple(
            tuple(_cell(cell, (row, column), structure) for column, cell in enumerate(cells))
            for row, cells in enumerate(rows)
        ),
        merged=tuple(structure.merged),
        hidden_rows=frozenset(structure.hidden_rows),
        hidden_columns=frozenset(structure.hidden_columns),
    )


def _cell(cell: Any, place: tuple[int, int], structure: Structure) -> Cell:
    if place in structure.uncalculated:
        return Cell("=…", CellKind.UNCALCULATED, formula=True)
    kind, text = _content(cell.value, cell)
    if kind is CellKind.EMPTY:
        return EMPTY
    percent = kind is CellKind.NUMBER and "%" in _LITERAL.sub("", cell.number_format or "")
    return Cell(text, kind, percent, formula=place in structure.formulas)


def _content(value: Any, cell: Any) -> tuple[CellKind, str]:
    if isinstance(value, bool):
        return CellKind.BOOLEAN, str(value).upper()
    if isinstance(value, int | float):
        # Excel keeps and shows fifteen digits; a calculated 0.30000000000000004 is 0.3.
        return CellKind.NUMBER, str(value) if isinstance(value, int) else f"{value:.15g}"
    if isinstance(value, datetime | date | time | timedelta):
        return CellKind.DATE, str(value)
    text = "" if value is None else str(value)
    if not text.strip():
        return CellKind.EMPTY, ""
    return CellKind.ERROR if cell.data_type == "e" else CellKind.TEXT, text
