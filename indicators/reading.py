"""Read a CSV file as text cells that still know their row."""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from indicators.errors import Fault

# Row 1 of a file is its header, so the first record of a frame stands in row 2.
HEADER_ROWS = 2

_REMEDY = "compare with the shipped file"


def read_table(path: Path) -> tuple[pd.DataFrame | None, list[Fault]]:
    """Return the records of a file; see ``parse_table``."""
    if not path.is_file():
        remedy = f"put {path.name} into {path.parent}"
        return None, [Fault(path.name, 0, "", "no such file", "the table", remedy)]
    return parse_table(path.name, path.read_bytes())


def parse_table(file: str, content: bytes) -> tuple[pd.DataFrame | None, list[Fault]]:
    """Return a file's records, indexed so that ``index + HEADER_ROWS`` is the spreadsheet row.

    Blank lines are left out and counted; short rows are filled with empty cells. A file that is
    no CSV table comes back as None, with the faults that say why.
    """
    try:
        text = content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except UnicodeDecodeError as error:
        found = f"bytes that are not UTF-8 (at byte {error.start})"
        return None, [Fault(file, 0, "", found, "UTF-8 text", "save it as CSV UTF-8")]
    except csv.Error as error:
        return None, [Fault(file, 0, "", str(error), "a CSV table", _REMEDY)]
    if not rows or not any(rows[0]):
        return None, [Fault(file, 0, "", "no header", "a CSV table", _REMEDY)]
    return _frame(file, _distinct(rows[0]), rows[1:])


def _frame(
    file: str, header: list[str], records: list[list[str]]
) -> tuple[pd.DataFrame | None, list[Fault]]:
    width = len(header)
    kept = {index: record for index, record in enumerate(records) if any(record)}
    faults = [
        Fault(
            file,
            index + HEADER_ROWS,
            "",
            f"{len(record)} cells under {width} columns",
            "a CSV table",
            "quote cells that hold a comma, and remove the surplus ones",
        )
        for index, record in kept.items()
        if len(record) > width
    ]
    if faults:
        return None, faults
    padded = {index: record + [""] * (width - len(record)) for index, record in kept.items()}
    return text_frame(header, padded), []


def text_frame(columns: Sequence[str], rows: Mapping[int, Sequence[str]]) -> pd.DataFrame:
    """Return rows of text as a frame; ``rows`` maps the index of a row to its cells."""
    return pd.DataFrame(
        [list(cells) for cells in rows.values()],
        columns=list(columns),
        index=pd.Index(list(rows), dtype="int64"),
        dtype=str,
    )


def _distinct(header: list[str]) -> list[str]:
    """Number a column name that comes again, so that it is not taken for the first."""
    seen: Counter[str] = Counter()
    names = []
    for name in header:
        names.append(f"{name}.{seen[name]}" if seen[name] else name)
        seen[name] += 1
    return names
