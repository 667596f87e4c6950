"""Files that say of themselves that they are training data are read no further."""

from collections.abc import Iterable

from indicators.entry.findings import Findings
from indicators.entry.grids import Grid
from indicators.entry.words import Words, quoted
from indicators.reserved import TRAINING_SOURCE_ID, carries_stamp

_EXPECTED = Words("实际公布或收集的数值", "values that were published or collected")
_REMEDY = Words(
    "演练数据由程序生成，不能导入；请换用真实数据的文件",
    "training data are generated and cannot be imported; use a file of real data",
)


def refuse_training(grids: Iterable[Grid], file_name: str, findings: Findings) -> None:
    """Refuse a file whose name or any cell carries the stamp or the source of generated values.

    Raises:
        EntryError: naming the file and the first such cell of each sheet.
    """
    if carries_stamp([file_name]):
        findings.refuse(file_name, quoted(file_name), _EXPECTED, _REMEDY)
    for grid in grids:
        if place := _first_stamp(grid):
            text = grid.cell(*place).text
            findings.refuse(grid.where(*place), quoted(text), _EXPECTED, _REMEDY)
    findings.stop_if_refused()


def _first_stamp(grid: Grid) -> tuple[int, int] | None:
    places = (
        (row, column)
        for row, cells in enumerate(grid.rows)
        for column, cell in enumerate(cells)
        if cell.text == TRAINING_SOURCE_ID or carries_stamp([cell.text])
    )
    return next(places, None)
