"""What marks generated rows, and the check that none of them is ever taken for a real one."""

from collections.abc import Iterable, Iterator

import pandas as pd

from indicators import schemas
from indicators.errors import Fault
from indicators.reading import HEADER_ROWS

Frames = dict[str, pd.DataFrame]

TRAINING_SOURCE_ID = "training"
STAMP_ZH, STAMP_EN = "演练数据 · 非真实", "Training data · not real"
STAMPS = (STAMP_ZH, STAMP_EN)
# What the names of files with generated values begin with.
FILE_PREFIX = "演练数据-"

_EXPECTED = "published or collected values; generated training data are not real"
_REMEDY = "remove the row; training data cannot be kept"


def carries_stamp(texts: Iterable[str]) -> bool:
    """Tell whether a file name, a heading or any cell says that the data are generated."""
    # Without their spaces: an office program or a copyist may have lost some.
    # The first letters are looked for first: a big file has a million cells, few of them like it.
    likely = (_bare(text) for text in texts if "演" in text or "raining" in text.lower())
    return any(stamp in text for text in likely for stamp in _BARE_STAMPS)


def _bare(text: str) -> str:
    return "".join(text.split()).lower()


_BARE_STAMPS = tuple(map(_bare, (*STAMPS, FILE_PREFIX)))


def reserved_faults(frames: Frames) -> list[Fault]:
    """List the rows of tables that are training data."""
    return [fault for table in schemas.TABLES for fault in _faults(table, frames[table.file])]


def _faults(table: schemas.Table, frame: pd.DataFrame) -> Iterator[Fault]:
    for column in table.columns:
        cells = frame[column]
        # Asked once for a column and not for each cell: hardly ever is there one.
        different = set(cells)
        if TRAINING_SOURCE_ID not in different and not carries_stamp(different):
            continue
        if column.endswith("source_id"):
            reserved = cells == TRAINING_SOURCE_ID
        else:
            reserved = cells.map(lambda cell: carries_stamp([cell])).astype(bool)
        for index, cell in cells[reserved].items():
            row = int(str(index)) + HEADER_ROWS
            yield Fault(table.file, row, column, repr(cell), _EXPECTED, _REMEDY)
