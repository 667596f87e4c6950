"""Units as people write them, converted where only one meaning is possible."""

from dataclasses import dataclass
from decimal import Decimal

from indicators.entry.plain import folded
from indicators.entry.words import Words
from indicators.errors import IndicatorDataError

_MULTIPLES = {
    "万亿": Decimal(10) ** 12,
    "亿": Decimal(10) ** 8,
    "千万": Decimal(10) ** 7,
    "百万": Decimal(10) ** 6,
    "万": Decimal(10) ** 4,
    "千": Decimal(10) ** 3,
    "百": Decimal(10) ** 2,
}
# Words for counting are one unit: 12 家, 12 个 and 12 items are all twelve.
_COUNT = "个"
_SAME = {
    **dict.fromkeys(["%", "百分比", "百分数", "percent", "pct"], "%"),
    **dict.fromkeys(["分", "points", "point", "分值"], "points"),
    **dict.fromkeys(["指数", "index"], "index"),
    **dict.fromkeys(["μg/m³", "μg/m3", "ug/m3", "微克/立方米", "微克每立方米"], "μg/m³"),
    **dict.fromkeys(["家", "项", "件", "次", "种", "户", "条", "个"], _COUNT),
}
# Per hundred, per thousand: no multiple of points.
_PROPORTIONS = frozenset(["百分", "千分", "万分"])
SHOWN = {"points": "分", "index": "指数"}


# Units that a multiple may stand before; 百强 and 千里 are none.
_BASES = frozenset(["", "元", "美元", "人", "人次", "吨", "亩", "公顷", "公里", "千瓦时", "立方米"])


class UnitError(IndicatorDataError, ValueError):
    """A unit does not belong to the indicator, or could mean several things."""

    def __init__(self, unit: str, remedy: Words | None = None) -> None:
        """Keep the words for the fault."""
        shown = SHOWN.get(unit, unit)
        self.expected = Words(f"单位“{shown}”", f"the unit {unit}")
        self.remedy = remedy or Words(
            "换算后再填，或改正单位", "convert the value or correct the unit"
        )
        super().__init__(f"expected {self.expected.en}; {self.remedy.en}")


@dataclass(frozen=True, slots=True)
class _Parts:
    multiple: Decimal
    base: str


def conversion(unit: str, column: str, suffix: str) -> Decimal:
    """Return the factor from a written value to the indicator's unit.

    Args:
        unit: the indicator's unit.
        column: what the file's unit column says, empty where it says nothing.
        suffix: what stands behind the digits, such as 万 or 亿元.

    Raises:
        UnitError: where the written unit is another one, or two units are written.
    """
    if _PROPORTIONS & {folded(column), folded(suffix)}:
        raise UnitError(unit)
    own = _parts(unit)
    given = _parts(column) if column else own
    if not suffix:
        return _factor(unit, own, given, bare_multiple=bool(column))
    behind = _parts(suffix)
    if not column or given == own:
        return _factor(unit, own, behind, bare_multiple=True)
    if behind == given:
        return _factor(unit, own, given, bare_multiple=True)
    raise UnitError(
        unit,
        Words(
            "单位只写一处：单位列或数字后面",
            "write the unit once: in its column or behind the digits",
        ),
    )


def is_unit(text: str) -> bool:
    """Tell whether a text is a unit that people write: 万个, %, 亿元."""
    unit = folded(text).replace("µ", "μ")
    parts = _parts(unit)
    return bool(unit) and (unit in _SAME or parts.base in (_BASES | set(_SAME)))


def _factor(unit: str, own: _Parts, given: _Parts, *, bare_multiple: bool) -> Decimal:
    if given.base == own.base:
        return given.multiple / own.multiple
    # 万 alone counts single items; beside a unit such as 亿元 it could mean two things.
    if bare_multiple and not given.base and own.multiple == 1 and own.base == _COUNT:
        return given.multiple
    raise UnitError(unit)


def _parts(text: str) -> _Parts:
    unit = folded(text).replace("µ", "μ")
    if unit in _SAME:
        return _Parts(Decimal(1), _SAME[unit])
    for word, multiple in _MULTIPLES.items():
        if unit.startswith(word):
            base = unit.removeprefix(word)
            return _Parts(multiple, _SAME.get(base, base))
    return _Parts(Decimal(1), unit)
