"""The empty workbook in which a new plan is entered."""

from pathlib import Path
from typing import Any

from indicators.entry.book_style import (
    FREE_ROWS,
    Formats,
    add_formats,
    add_list,
    new_book,
    set_up_print,
    write_guide,
)
from indicators.entry.choices import AUDIENCES
from indicators.entry.plan_cells import BOOLEANS, COMPARATORS, DIRECTIONS, DOMAINS, KINDS
from indicators.entry.plan_columns import PLAN_SHEETS, PlanSheet
from indicators.periods import FIRST_YEAR, LAST_YEAR

_LISTS = {
    "comparator": list(COMPARATORS.values()),
    "domain": list(DOMAINS.values()),
    "kind": list(KINDS.values()),
    "direction": list(DIRECTIONS.values()),
    "intensive": list(BOOLEANS.values()),
    "audience": list(AUDIENCES.values()),
}
_YEARS = frozenset(["published", "first_year", "last_year", "year"])
_NUMBERS = frozenset(["value", "value_upper", "minimum", "maximum", "number"])
_WIDE = frozenset(
    [
        "name_zh",
        "name_en",
        "title_zh",
        "title_en",
        "summary_zh",
        "summary_en",
        "departments_lead",
        "departments_participating",
        "period_basis_zh",
        "period_basis_en",
    ]
)

_GUIDE = (
    "规划填写说明",
    "1. “规划”表填一行：规划编号（字母和数字）、地区、名称、起止年份。其他表的规划编号可空。",
    "2. “目标”表每行一个有数字的目标；指标写目录中的编号或名称，目录里没有的在“指标”表中新增。",
    "3. “里程碑”表写没有数字的目标，“任务”表写任务和责任部门。",
    "4. 凡写到的部门都要在“部门”表中出现一次。英文各列可空，以中文代替。",
    "5. 填好后运行：quality-atlas import 文件名 --dry-run 先看结果，再去掉 --dry-run 导入。",
    "",
    "Guide",
    "1. The sheet 规划 takes one row: id, region, name and years; the id may stay empty elsewhere.",
    "2. 目标 takes one row per numeric target; indicators missing from the catalogue go to 指标.",
    "3. 里程碑 takes promises without a number, 任务 the tasks with their departments.",
    "4. Every department named goes once into 部门. English columns may stay empty.",
    "5. Then run: quality-atlas import FILE --dry-run, and again without --dry-run.",
    "",
    "各列 Columns",
)


def write_plan_book(target: Path | Any) -> None:
    """Write the workbook to a path or a binary stream."""
    book = new_book(target)
    formats = add_formats(book)
    for sheet in PLAN_SHEETS:
        _write_sheet(book, formats, sheet)
    columns = tuple(
        f"{sheet.title}.{column.label} {column.name}：{column.hint}"
        for sheet in PLAN_SHEETS
        for column in sheet.columns
        if column.hint
    )
    write_guide(book, formats, _GUIDE + columns)
    book.close()


def _write_sheet(book: Any, formats: Formats, sheet: PlanSheet) -> None:
    page = book.add_worksheet(sheet.title)
    page.set_row(0, 32)
    for index, column in enumerate(sheet.columns):
        page.write_string(0, index, column.header, formats.head)
        width = 28 if column.name in _WIDE else 13
        is_number = column.name in _YEARS | _NUMBERS
        page.set_column(index, index, width, formats.value if is_number else formats.free)
        _validate(page, index, column.name)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, FREE_ROWS, len(sheet.columns) - 1)
    set_up_print(page, sheet.title)


def _validate(page: Any, index: int, name: str) -> None:
    if name in _LISTS:
        add_list(page, (1, FREE_ROWS), index, _LISTS[name])
    elif name in _YEARS:
        rule = {
            "validate": "integer",
            "criteria": "between",
            "minimum": FIRST_YEAR,
            "maximum": LAST_YEAR,
            "error_title": "年份不对",
            "error_message": f"请填写 {FIRST_YEAR} 到 {LAST_YEAR} 之间的四位年份。",
        }
        page.data_validation(1, index, FREE_ROWS, index, rule)
    elif name in _NUMBERS:
        rule = {
            "validate": "decimal",
            "criteria": "between",
            "minimum": -1e15,
            "maximum": 1e15,
            "error_title": "数值不对",
            "error_message": "请只填写数字；单位和比较符各有一列。",
        }
        page.data_validation(1, index, FREE_ROWS, index, rule)
