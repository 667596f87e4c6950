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


class StoreError(IndicatorDataError):
    """The store cannot be read or written; the message says why and what to do."""


class StoreChangedError(StoreError):
    """Somebody else has written a revision since a draft was made."""

    def __init__(self, address: str, expected: int, found: int | None = None) -> None:
        """Say which revision was expected to be the newest."""
        newest = "another revision" if found is None else f"revision {found}"
        super().__init__(
            f"{address}: 数据已被他人更新 found {newest}; expected revision {expected} to be the "
            "newest; nothing was written; read the data again and repeat the command"
        )


class DraftRefusedError(StoreError):
    """A draft would leave the tables with faults; nothing was written."""

    def __init__(self, faults: list[Fault]) -> None:
        """Keep the faults in file and row order."""
        self.faults = sorted(faults)
        lines = "\n".join(f"  {fault}" for fault in self.faults)
        super().__init__(
            f"未写入 nothing was written: the tables would have {len(faults)} fault(s):\n{lines}"
        )
