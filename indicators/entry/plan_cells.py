"""Cells of a plan's tables, turned into what the tables hold."""

from collections.abc import Callable

from indicators.entry.choices import audience_of
from indicators.entry.grids import Cell, CellKind
from indicators.entry.numbers import Number, NumberError, read_number, written
from indicators.entry.period_cells import PeriodCellError, read_period
from indicators.entry.plain import folded, plain, tidy
from indicators.entry.words import Words
from indicators.errors import IndicatorDataError
from indicators.periods import PeriodKind

COMPARATORS = {">=": "≥", ">": ">", "<=": "≤", "<": "<", "~": "~"}
DOMAINS = {
    "product": "产品质量",
    "engineering": "工程质量",
    "service": "服务质量",
    "environment": "环境质量",
    "foundation": "质量基础设施",
    "brand": "品牌",
    "innovation": "创新",
    "governance": "质量治理",
}
KINDS = {"rate": "比率", "stock": "存量", "additions": "新增"}
DIRECTIONS = {"higher": "越高越好", "lower": "越低越好"}
BOOLEANS = {"true": "是", "false": "否"}
LEVELS = {"province": "省", "prefecture": "市", "county": "县"}

_COMPARATOR_WORDS = {
    "≥": ">=", "不低于": ">=", "不少于": ">=", "至少": ">=", "以上": ">=", "达到": ">=",
    "大于": ">", "超过": ">", "高于": ">",
    "≤": "<=", "不高于": "<=", "不超过": "<=", "至多": "<=", "以内": "<=",
    "小于": "<", "低于": "<",
    "≈": "~", "约": "~", "左右": "~", "基本保持": "~",
}  # fmt: skip
_SEPARATORS = str.maketrans(dict.fromkeys("、，,；\n", ";"))

_NO_RESULT = {
    CellKind.UNCALCULATED: Words(
        "用 Excel 或 WPS 打开并保存一次，或直接填写内容",
        "open and save the file in Excel or WPS once, or type the content itself",
    ),
    CellKind.ERROR: Words(
        "改正公式，或直接填写内容", "mend the formula or type the content itself"
    ),
}


class PlanCellError(IndicatorDataError, ValueError):
    """A cell of a plan does not hold what its column is for."""

    def __init__(self, expected: Words, remedy: Words) -> None:
        """Keep the words for the fault."""
        super().__init__(f"expected {expected.en}; {remedy.en}")
        self.expected, self.remedy = expected, remedy


def read_cell(column: str, cell: Cell) -> str:
    """Return what a table holds for a cell; empty stays empty.

    Raises:
        PlanCellError: where the cell holds something else than its column is for.
    """
    text = tidy(cell.text)
    if not text:
        return ""
    _refuse_no_result(cell)
    return _READERS.get(column, _text)(cell)


def _refuse_no_result(cell: Cell) -> None:
    if cell.is_broken:
        kind = cell.kind if cell.kind in _NO_RESULT else CellKind.ERROR
        raise PlanCellError(
            Words("内容或公式的结果", "content or the result of a formula"), _NO_RESULT[kind]
        )


def _text(cell: Cell) -> str:
    """Return a text as written: brackets and commas keep their width."""
    if cell.kind is CellKind.DATE:
        raise PlanCellError(
            Words("文字", "text"),
            Words(
                "Excel 把它变成了日期：把单元格格式改为“文本”再填写",
                "Excel has made a date of it: format the cell as text and type it again",
            ),
        )
    return tidy(cell.text)


def _number(cell: Cell) -> str:
    try:
        number = read_number(cell)
    except NumberError as error:
        raise PlanCellError(error.expected, error.remedy) from error
    return "" if number is None else _bare(number)


def _bare(number: Number) -> str:
    if number.qualifier or number.unit:
        raise PlanCellError(
            Words("只有数字", "digits only"),
            Words(
                "比较符写进“比较”列，单位写进“单位”列",
                "write comparator and unit into their own columns",
            ),
        )
    return written(number.value)


def _whole_number(cell: Cell) -> str:
    text = _number(cell)
    if cell.percent or "%" in plain(cell.text) or (text and not text.isdigit()):
        raise PlanCellError(Words("整数", "a whole number"), Words("只写数字", "write digits only"))
    return text


def _year(cell: Cell) -> str:
    try:
        period = read_period(cell)
    except PeriodCellError as error:
        raise PlanCellError(Words("年份，如 2030", "a year such as 2030"), error.remedy) from error
    if period.kind is not PeriodKind.YEAR:
        raise PlanCellError(
            Words("年份，如 2030", "a year such as 2030"), Words("只写年份", "write the year only")
        )
    return str(period)


def _names(cell: Cell) -> str:
    parts = map(tidy, cell.text.translate(_SEPARATORS).split(";"))
    return ";".join(filter(None, parts))


def _one_of(words: dict[str, str], also: dict[str, str] | None = None) -> Callable[[Cell], str]:
    meanings = {folded(key): key for key in words}
    meanings |= {folded(zh): key for key, zh in words.items()}
    meanings |= {folded(word): key for word, key in (also or {}).items()}

    def read(cell: Cell) -> str:
        found = meanings.get(folded(cell.text))
        if found is None:
            listed = "、".join(words.values())
            raise PlanCellError(
                Words(f"{listed}之一", f"one of {', '.join(words)}"),
                Words("从下拉列表选择", "choose from the list"),
            )
        return found

    return read


_level = _one_of(
    LEVELS,
    {
        "省级": "province",
        "地级": "prefecture",
        "市级": "prefecture",
        "地市": "prefecture",
        "县级": "county",
        "区县": "county",
    },
)


def _levels(cell: Cell) -> str:
    named = [_level(Cell(part, cell.kind)) for part in _names(cell).split(";")]
    return ";".join(level for level in LEVELS if level in named)


def _audience(cell: Cell) -> str:
    found = audience_of(cell.text)
    if found is None:
        raise PlanCellError(
            Words("公开或内部", "public or internal"),
            Words("从下拉列表选择", "choose from the list"),
        )
    return found


def _identifier(cell: Cell) -> str:
    return plain(cell.text).removesuffix(".0")


_READERS: dict[str, Callable[[Cell], str]] = {
    "plan_id": _identifier,
    "milestone_id": _identifier,
    "task_id": _identifier,
    "adcode": _identifier,
    "indicator_id": _identifier,
    "unit": _identifier,
    "published": _year,
    "first_year": _year,
    "last_year": _year,
    "year": _year,
    "number": _whole_number,
    "value": _number,
    "value_upper": _number,
    "minimum": _number,
    "maximum": _number,
    "comparator": _one_of(COMPARATORS, _COMPARATOR_WORDS),
    "domain": _one_of(DOMAINS, {zh.removesuffix("质量"): key for key, zh in DOMAINS.items()}),
    "kind": _one_of(KINDS),
    "direction": _one_of(DIRECTIONS, {"高": "higher", "低": "lower"}),
    "intensive": _one_of(BOOLEANS, {"yes": "true", "no": "false"}),
    "levels": _levels,
    "departments_lead": _names,
    "departments_participating": _names,
    "audience": _audience,
}
