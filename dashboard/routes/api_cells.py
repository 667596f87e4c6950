"""How API cells are written, in JSON and in a CSV that opens right in Excel."""

import csv
import io
from collections.abc import Iterable, Sequence

from indicators.records import Comparator, Qualifier

Cell = str | int | float | bool | None
Row = dict[str, Cell]

_BOM = "\ufeff"
# A spreadsheet takes text that begins so for a formula; full-width signs too, in Chinese Excel.
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
# These open no formula, and a program must find them as the tables write them.
_SIGNS = frozenset([*Comparator, *Qualifier])


def plain(cell: Cell) -> Cell:
    """Return a cell as JSON holds it: no empty text, no 92.0 for 92, no enumerations."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return str(cell) if isinstance(cell, str) else cell


def csv_text(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """Write plain rows as CSV with byte order mark, header and CRLF."""
    out = io.StringIO()
    out.write(_BOM)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_written(row[column]) for column in columns] for row in rows)
    return out.getvalue()


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return _guarded(cell) if isinstance(cell, str) else repr(cell)


def _guarded(cell: str) -> str:
    """Keep a spreadsheet from running text: a formula typed into a note stays a note."""
    harmless = len(cell) == 1 or cell in _SIGNS or not cell.startswith(_FORMULA_STARTS)
    return cell if harmless else f"'{cell}"
