"""What a worksheet's XML says about its cells beyond their values."""

import re
from dataclasses import dataclass, field
from typing import IO, Any

from defusedxml.ElementTree import iterparse

from indicators.entry.grids import Merged
from indicators.entry.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})", re.ASCII)


class SheetTooLargeError(Exception):
    """A sheet has more rows or columns than are taken in."""


@dataclass(slots=True)
class Structure:
    """Rows and columns that hold something, and what is hidden, merged or calculated."""

    rows: int = 0
    columns: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Merged] = field(default_factory=list)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    uncalculated: set[tuple[int, int]] = field(default_factory=set)


def read_structure(stream: IO[bytes]) -> Structure:
    """Walk through a worksheet part without keeping it.

    Raises:
        SheetTooLargeError: as soon as there are too many rows or columns with content.
    """
    structure = Structure()
    row = 0
    for _, element in iterparse(stream, forbid_dtd=True):
        tag = element.tag
        if tag.endswith("}row"):
            row = int(element.get("r", row + 1))
            _add_row(structure, element, row)
            element.clear()
        elif tag.endswith("}mergeCell"):
            _add_merged(structure, element.get("ref", ""))
        elif tag.endswith("}col") and _is_true(element.get("hidden")):
            first, last = int(element.get("min", "1")), int(element.get("max", "1"))
            structure.hidden_columns |= set(range(first - 1, min(last, MOST_COLUMNS)))
    return structure


def _add_row(structure: Structure, element: Any, row: int) -> None:
    filled = False
    column = 0
    for cell in element:
        column = _column(cell.get("r"), column)
        filled |= _add_cell(structure, cell, row, column)
    if not filled:
        return
    structure.rows = max(structure.rows, row)
    if _is_true(element.get("hidden")):
        structure.hidden_rows.add(row - 1)
    if row < 1:
        raise ValueError(f"row {row}")
    too_many_cells = structure.rows * structure.columns > MOST_CELLS
    if too_many_cells or structure.rows > MOST_ROWS + 1 or structure.columns > MOST_COLUMNS:
        raise SheetTooLargeError


def _column(reference: str | None, before: int) -> int:
    match = _REFERENCE.fullmatch(reference or "")
    return _letters_number(match[1]) if match else before + 1


def _letters_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _add_cell(structure: Structure, cell: Any, row: int, column: int) -> bool:
    parts = {part.tag.rpartition("}")[2]: part for part in cell}
    value = parts.get("v")
    has_value = "is" in parts or (value is not None and value.text is not None)
    if "f" in parts:
        structure.formulas.add((row - 1, column - 1))
        if not has_value and cell.get("t") != "str":
            structure.uncalculated.add((row - 1, column - 1))
    if not (has_value or "f" in parts):
        return False
    structure.columns = max(structure.columns, column)
    return True


def _add_merged(structure: Structure, reference: str) -> None:
    rows = [int(match[2]) for match in _REFERENCE.finditer(reference)]
    if rows:
        structure.merged.append(Merged(reference, min(rows) - 1, max(rows) - 1))


def _is_true(text: str | None) -> bool:
    return text in ("1", "true")
