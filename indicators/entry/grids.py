"""A sheet as cells that know what they hold and where they stand, whatever file it came from."""

from dataclasses import dataclass
from enum import StrEnum

_SPREADSHEET_ERRORS = frozenset(
    ["#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"]
)


class CellKind(StrEnum):
    """What a cell holds."""

    EMPTY = "empty"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    ERROR = "error"
    UNCALCULATED = "uncalculated"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; ``text`` is what stands in it, ``percent`` says that it is shown with a % sign."""

    text: str = ""
    kind: CellKind = CellKind.EMPTY
    percent: bool = False
    formula: bool = False

    @property
    def is_broken(self) -> bool:
        """Tell whether a formula's error, or a formula without a result, stands in it."""
        broken = self.kind in (CellKind.ERROR, CellKind.UNCALCULATED)
        return broken or self.text.strip().upper() in _SPREADSHEET_ERRORS


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged range, counted from row and column 0."""

    name: str
    first_row: int
    last_row: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet; rows and columns are counted from 0, addresses are those a spreadsheet shows.

    ``is_text`` says that it was a text file, where an unquoted comma shifts the cells behind it.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[Merged, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_text: bool = False

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell, an empty one beyond the end of its row."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else EMPTY

    def where(self, row: int, column: int) -> str:
        """Return the address of a cell, such as ``填报!G12``."""
        return f"{self.name}!{column_letters(column)}{row + 1}"


def column_letters(column: int) -> str:
    """Return the letters of a column counted from 0."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
