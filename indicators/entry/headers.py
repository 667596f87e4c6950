"""Which column of a table is which, by its header in Chinese or English."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from indicators.entry.findings import Findings
from indicators.entry.grids import Cell, CellKind, Grid
from indicators.entry.period_cells import is_period
from indicators.entry.plain import bracketed, folded, plain, without_brackets
from indicators.entry.table_units import table_unit
from indicators.entry.words import Words, quoted

# Titles may stand above a header, but not much else.
_SEARCHED_ROWS = 30


class Role(StrEnum):
    """What a column of a table of values says."""

    REGION = "region"
    REGION_NAME = "region_name"
    PARENT = "parent"
    INDICATOR = "indicator"
    INDICATOR_NAME = "indicator_name"
    UNIT = "unit"
    PERIOD = "period"
    MONTH = "month"
    QUARTER = "quarter"
    VALUE = "value"
    QUALIFIER = "qualifier"
    QUALITY = "quality"
    NOTE = "note"
    AUDIENCE = "audience"
    SOURCE = "source"
    PUBLISHER = "publisher"
    TITLE = "title"
    URL = "url"
    REFERENCE = "reference"


_WORDS = {
    Role.REGION: "地区 区域 行政区 行政区划 区划代码 行政区划代码 地区代码 行政区代码 代码 "
    "城市 市县 区县 县区 县市区 市县区 地市 adcode region regioncode code area",
    Role.REGION_NAME: "地区名称 行政区名称 行政区划名称 区域名称 名称 regionname areaname name",
    Role.PARENT: "上级 上级地区 上级行政区 上级名称 所属地区 所属地市 所属市 所属省 省 省份 "
    "parent parentname province",
    Role.INDICATOR: "指标 指标代码 指标编号 indicator indicatorid indicatorcode",
    Role.INDICATOR_NAME: "指标名称 项目 指标名 indicatorname",
    Role.UNIT: "单位 计量单位 unit",
    Role.PERIOD: "年份 年度 年 时间 时期 期间 报告期 日期 period year time date",
    Role.MONTH: "月份 月 month",
    Role.QUARTER: "季度 季 quarter",
    Role.VALUE: "数值 值 数据 实际值 本期值 本期数值 完成值 value actual actualvalue",
    Role.QUALIFIER: "限定 限定词 限定符 qualifier",
    Role.QUALITY: "质量 可信度 数据质量 来源质量 quality",
    Role.NOTE: "备注 说明 注 附注 note notes remark remarks",
    Role.AUDIENCE: "公开范围 范围 可见范围 audience",
    Role.SOURCE: "来源键 来源编号 来源代码 来源键名 source sourcekey sourceid",
    Role.PUBLISHER: "来源 数据来源 发布单位 发布机构 发布者 publisher",
    Role.TITLE: "标题 来源标题 文件名称 公报名称 title sourcetitle",
    Role.URL: "网址 链接 地址 来源网址 url link address",
    Role.REFERENCE: "最近一期数值 最近一期时期 最近值 最近时期 通常下限 通常上限 "
    "lastvalue lastperiod usuallow usualhigh 序号 no number #",
}
_ROLES = {word: role for role, words in _WORDS.items() for word in words.split()}
_CODES = frozenset(["adcode", "regioncode", "code"])


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a table's header stands, its columns by role, and its columns that are periods."""

    header_row: int
    columns: dict[Role, int]
    periods: tuple[int, ...]
    unit: str

    @property
    def is_wide(self) -> bool:
        """Tell whether the periods stand side by side."""
        return bool(self.periods)


def role_of(header: str) -> Role | None:
    """Return what a header says; a second language or a unit may stand behind it."""
    if role := _ROLES.get(folded(header)):
        return role
    bare = without_brackets(header)
    words = [role for piece in bare.split() if (role := _ROLES.get(folded(piece)))]
    if not words and (role := _ROLES.get(folded(bare))):
        return role
    return words[0] if words and len(set(words)) == 1 else None


def find_layout(grid: Grid, findings: Findings) -> Layout | None:
    """Find the header of a sheet; None where none of its first rows is one."""
    for row in range(min(len(grid.rows), _SEARCHED_ROWS)):
        cells = grid.rows[row]
        roles = [role_of(cell.text) if cell.kind is CellKind.TEXT else None for cell in cells]
        periods = tuple(
            column for column, cell in enumerate(cells) if roles[column] is None and is_period(cell)
        )
        if _is_header(roles, periods):
            return _layout(grid, row, roles, periods, findings)
    return None


def _is_header(roles: Sequence[Role | None], periods: tuple[int, ...]) -> bool:
    has_region = Role.REGION in roles or Role.REGION_NAME in roles
    return has_region and (Role.VALUE in roles or bool(periods))


def _layout(
    grid: Grid,
    row: int,
    roles: list[Role | None],
    periods: tuple[int, ...],
    findings: Findings,
) -> Layout:
    roles = _codes_and_names(grid, row, roles)
    columns: dict[Role, int] = {}
    ignored: list[str] = []
    for column, role in enumerate(roles):
        cell = grid.cell(row, column)
        if role is None:
            if cell.kind is CellKind.DATE:
                _refuse_date(grid, row, column, findings)
            elif column not in periods and _holds_anything(grid, row, column):
                ignored.append(f"{grid.where(row, column)} “{plain(cell.text)}”")
        elif role in columns and role is not Role.REFERENCE:
            _refuse_second(grid, row, (columns[role], column), findings)
        else:
            columns[role] = column
    if ignored:
        listed = "、".join(ignored)
        findings.notice(f"未使用的列：{listed}", f"columns not used: {listed}")
    if periods:
        _refuse_beside_years(grid, row, columns, findings)
    columns.pop(Role.REFERENCE, None)
    behind = _unit_behind(grid, row, columns)
    return Layout(row, columns, periods, table_unit(grid, row, behind, findings))


def _unit_behind(grid: Grid, row: int, columns: dict[Role, int]) -> tuple[str, str] | None:
    """Return the unit in brackets behind the header of the values, after its address."""
    column = columns.get(Role.VALUE)
    inside = bracketed(grid.cell(row, column).text) if column is not None else []
    if column is None or not inside:
        return None
    text = plain(inside[0]).removeprefix("单位").lstrip(":").strip()
    return None if not text or folded(text) in _ROLES else (grid.where(row, column), text)


def _codes_and_names(grid: Grid, row: int, roles: Sequence[Role | None]) -> list[Role | None]:
    """Take one column of codes beside one of regions as the usual pair of code and name."""
    regions = [column for column, role in enumerate(roles) if role is Role.REGION]
    names = [column for column in regions if not _is_code(grid.cell(row, column).text)]
    if len(regions) != 2 or len(names) != 1 or Role.REGION_NAME in roles:
        return list(roles)
    return [Role.REGION_NAME if column in names else role for column, role in enumerate(roles)]


def _is_code(header: str) -> bool:
    words = {folded(word) for word in [header, *without_brackets(header).split()]}
    return bool(words & _CODES) or any("代码" in word for word in words)


def _refuse_beside_years(
    grid: Grid, row: int, columns: dict[Role, int], findings: Findings
) -> None:
    for role in (Role.VALUE, Role.PERIOD):
        if role in columns:
            where = grid.where(row, columns[role])
            name = plain(grid.cell(row, columns[role]).text)
            findings.refuse(
                where,
                Words(f"既有“{name}”列又有年份列", f"both a column {name} and columns of years"),
                Words("其中一种", "one of the two"),
                Words("删去多余的列", "remove the surplus columns"),
            )


def _holds_anything(grid: Grid, row: int, column: int) -> bool:
    return any(
        grid.cell(index, column).kind is not CellKind.EMPTY for index in range(row, len(grid.rows))
    )


def _refuse_date(grid: Grid, row: int, column: int, findings: Findings) -> None:
    cell: Cell = grid.cell(row, column)
    findings.refuse(
        grid.where(row, column),
        quoted(cell.text),
        Words("列名或年份", "a column name or a year"),
        Words(
            "Excel 把它变成了日期：把单元格格式改为“文本”，再写 2024",
            "Excel has made a date of it: format the cell as text and write 2024",
        ),
    )


def _refuse_second(grid: Grid, row: int, columns: tuple[int, int], findings: Findings) -> None:
    first, second = columns
    findings.refuse(
        grid.where(row, second),
        quoted(grid.cell(row, second).text),
        Words(
            f"每种列只有一个（{grid.where(row, first)} 已是）",
            f"each kind of column once ({grid.where(row, first)} is one already)",
        ),
        Words("删去或改名其中一列", "remove or rename one of the two"),
    )
