"""Numbers as people write them in a cell, read exactly or refused."""

import re
from dataclasses import dataclass
from decimal import Decimal

from indicators.entry.grids import Cell, CellKind
from indicators.entry.plain import plain
from indicators.entry.words import Words
from indicators.errors import IndicatorDataError
from indicators.records import Qualifier

# Signs that publishers put where they have no value.
NO_VALUE = frozenset(
    ["", "-", "--", "–", "—", "——", "…", "……", "...", "/", "无", "暂无", "无数据", "未公布", "n/a"]
)

_PREFIXES = {
    "≥": Qualifier.AT_LEAST,
    ">=": Qualifier.AT_LEAST,
    "不低于": Qualifier.AT_LEAST,
    "不少于": Qualifier.AT_LEAST,
    "至少": Qualifier.AT_LEAST,
    "大约": Qualifier.ABOUT,
    "约": Qualifier.ABOUT,
    "≈": Qualifier.ABOUT,
    "~": Qualifier.ABOUT,
    "=": Qualifier.EXACT,
}
_SUFFIXES = {
    "以上": Qualifier.AT_LEAST,
    "及以上": Qualifier.AT_LEAST,
    "左右": Qualifier.ABOUT,
}
_DIGITS = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:\.\d+)?", re.ASCII)
_EXPONENT = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d+", re.ASCII)

_A_NUMBER = Words("数字", "a number")
_DIGITS_ONLY = Words(
    "只写数字，说明写进“备注”列；没有数值就留空",
    "write digits only and remarks into the note column; leave it empty where there is no value",
)


class NumberError(IndicatorDataError, ValueError):
    """A cell holds no number that can be read without guessing."""

    def __init__(self, expected: Words, remedy: Words) -> None:
        """Keep the words for the fault."""
        super().__init__(f"expected {expected.en}; {remedy.en}")
        self.expected, self.remedy = expected, remedy


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written: its digits, how exactly it is meant, and what follows it.

    ``qualifier`` is None where the cell says nothing about it; ``unit`` is the text behind the
    digits, such as 万 or 亿元; ``percent`` says that a percent sign belongs to the number.
    """

    value: Decimal
    qualifier: Qualifier | None = None
    percent: bool = False
    unit: str = ""


def read_number(cell: Cell) -> Number | None:
    """Read a cell; None where it says that there is no value.

    Raises:
        NumberError: where it holds anything but one number.
    """
    if cell.kind in _REFUSED:
        raise NumberError(*_REFUSED[cell.kind])
    if cell.kind is CellKind.NUMBER:
        value = Decimal(cell.text)
        if not value.is_finite():
            raise NumberError(_A_NUMBER, _DIGITS_ONLY)
        share = exact_product(value, Decimal(100))
        return Number(share, percent=True) if cell.percent else Number(value)
    text = plain(cell.text)
    return None if text.casefold() in NO_VALUE else _read_text(text)


def exact_product(value: Decimal, factor: Decimal) -> Decimal:
    """Multiply by a power of ten, exactly: 0.9550 becomes 95.50, and 1.2 becomes 12000."""
    return value.scaleb(factor.adjusted()) if factor != 1 else value


def written(value: Decimal) -> str:
    """Write a number as a table cell holds it: no exponent, no plus sign."""
    if not value:
        return "0"
    return format(value, "f")


_REFUSED: dict[CellKind, tuple[Words, Words]] = {
    CellKind.DATE: (
        _A_NUMBER,
        Words("把单元格格式改为“常规”并重新填写", "format the cell as General and type it again"),
    ),
    CellKind.BOOLEAN: (_A_NUMBER, _DIGITS_ONLY),
    CellKind.ERROR: (
        _A_NUMBER,
        Words("改正公式，或直接填写数字", "mend the formula or type the number itself"),
    ),
    CellKind.UNCALCULATED: (
        Words("有计算结果的公式", "a formula with a stored result"),
        Words(
            "用 Excel 或 WPS 打开并保存一次，或直接填写数字",
            "open and save the file in Excel or WPS once, or type the number itself",
        ),
    ),
}


def _read_text(text: str) -> Number:
    qualifier, bare = _without_qualifier(text)
    if _EXPONENT.fullmatch(bare):
        remedy = Words(
            "科学计数法可能丢失了末几位；请写出全部数字",
            "scientific notation may have lost digits; write all of them",
        )
        raise NumberError(Words("写全的数字", "a number written out"), remedy)
    match = _DIGITS.match(bare)
    if match is None:
        raise NumberError(_A_NUMBER, _DIGITS_ONLY)
    value = Decimal(match[0].replace(",", "").replace(" ", ""))
    rest = bare[match.end() :].strip()
    if rest == "%":
        return Number(value, qualifier, percent=True)
    if any(sign.isdigit() or sign in ",.%‰~-+、;:" for sign in rest) or "百分点" in rest:
        raise NumberError(
            Words("一个数字", "a single number"),
            Words(
                "千位分隔写作 1,234.5，小数点用“.”；区间、增减幅度写进备注",
                "write thousands as 1,234.5 and a point as decimal mark; "
                "ranges and changes belong into the note",
            ),
        )
    return Number(value, qualifier, unit=rest)


def _without_qualifier(text: str) -> tuple[Qualifier | None, str]:
    prefix = next((word for word in _PREFIXES if text.startswith(word)), "")
    bare = text.removeprefix(prefix).strip()
    suffix = next((word for word in ("及以上", "以上", "左右") if bare.endswith(word)), "")
    if prefix and suffix:
        raise NumberError(
            Words("一个限定词", "one qualifier"),
            Words("保留前面或后面的一个", "keep one of the two"),
        )
    qualifier = _PREFIXES.get(prefix) or _SUFFIXES.get(suffix)
    return qualifier, bare.removesuffix(suffix).strip()
