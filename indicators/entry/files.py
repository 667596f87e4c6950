"""Files of any accepted kind as sheets."""

from indicators.entry.findings import Findings
from indicators.entry.grids import Grid
from indicators.entry.text_files import read_text
from indicators.entry.uploads import FileKind, Upload, kind_of
from indicators.entry.workbooks import read_workbook


def read_grids(upload: Upload, findings: Findings) -> tuple[Grid, ...]:
    """Return the sheets of a workbook, or a CSV file as its only sheet.

    Raises:
        EntryError: where it is no file an import reads.
    """
    if kind_of(upload) is FileKind.WORKBOOK:
        return read_workbook(upload, findings)
    return (read_text(upload, findings),)
