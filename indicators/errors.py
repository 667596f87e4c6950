"""Errors of the indicators layer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One bad cell: where it is, what was found, what was expected, what to do."""

    file: str
    row: int
    column: str
    found: str
    expected: str
    remedy: str

    def __str__(self) -> str:
        """Render the fault as one line for a terminal or a log."""
        where = f"{self.file}: row {self.row}, column {self.column}" if self.row else self.file
        return f"{where}: found {self.found}; expected {self.expected}; {self.remedy}"


class IndicatorDataError(Exception):
    """Base of every error this layer raises on purpose."""


class TablesInvalidError(IndicatorDataError):
    """The tables contain faults; all of them are listed, none is skipped."""

    def __init__(self, faults: list[Fault]) -> None:
        """Keep the faults in file and row order."""
        self.faults = sorted(faults)
        lines = "\n".join(f"  {fault}" for fault in self.faults)
        super().__init__(f"{len(self.faults)} fault(s) in the data tables:\n{lines}")


class PeriodError(IndicatorDataError, ValueError):
    """A period is not written in one of the four accepted forms."""
