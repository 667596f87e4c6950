"""The workbook a statistician fills in with values."""

from collections.abc import Sequence
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
from indicators.entry.choices import AUDIENCES, QUALITIES
from indicators.entry.limits import MOST_ROWS
from indicators.entry.template_rows import TemplateRow
from indicators.records import Indicator

DATA, SOURCES = "填报", "来源"
_SOURCE_ROWS = 20
# Header and width; the value stands in the first column that is to be filled in.
_COLUMNS = (
    ("区划代码\nadcode", 10),
    ("地区名称\nregion_name", 14),
    ("指标编号\nindicator_id", 22),
    ("指标名称\nindicator_name", 30),
    ("单位\nunit", 8),
    ("时期\nperiod", 10),
    ("最近一期数值\nlast_value", 12),
    ("最近一期时期\nlast_period", 12),
    ("通常下限\nusual_low", 10),
    ("通常上限\nusual_high", 10),
    ("数值\nvalue", 12),
    ("限定词\nqualifier", 9),
    ("质量\nquality", 10),
    ("来源编号\nsource", 9),
    ("备注\nnote", 28),
    ("公开范围\naudience", 10),
)
_VALUE = next(index for index, (head, _) in enumerate(_COLUMNS) if head.endswith("\nvalue"))
_QUALIFIER, _QUALITY, _SOURCE, _AUDIENCE = _VALUE + 1, _VALUE + 2, _VALUE + 3, _VALUE + 5
# Excel refuses a validation without bounds.
_BEYOND = 1e15

_GUIDE = (
    "填写说明",
    "1. 在“填报”表的黄色“数值”列填写数字；灰色各列请勿改动，没有数值就留空。",
    "2. 单位见“单位”列：百分数填 95.5 或 95.5%，不要填 0.955。",
    "3. 限定词：= 准确值（可不填），≥ 不低于，约 大约。质量：官方、媒体、论文、不确定。",
    "4. 在“来源”表第一行填写发布单位、标题和网址；“来源编号”留空即用第一行。",
    "5. 数值变成橙色，表示超出通常范围，请核对后再提交。“最近一期数值”仅供参考。",
    "6. 公开范围：公开（默认）或内部。内部数值不会出现在公开网站上。",
    "7. 需要别的时期或地区时，在表下方空行补写一行：代码或名称、指标、时期、数值。",
    "8. 填好后运行：quality-atlas import 文件名 --dry-run 先看结果，再去掉 --dry-run 导入。",
    "",
    "Guide",
    "1. Type numbers into the yellow value column; leave the grey columns alone and unknown "
    "values empty.",
    "2. Units stand in the unit column: write 95.5 or 95.5%, not 0.955.",
    "3. Qualifier: = exact (or empty), ≥ at least, 约 about. Quality: 官方 official, 媒体 press, "
    "论文 paper, 不确定 uncertain.",
    "4. Name publisher, title and address in the first row of the sheet 来源; an empty source "
    "means that row.",
    "5. Orange marks a value outside the usual range: check it. The last value is for reference.",
    "6. Audience: 公开 public (default) or 内部 internal.",
    "7. Then run: quality-atlas import FILE --dry-run, and again without --dry-run.",
)


def write_template(target: Path | Any, rows: Sequence[TemplateRow], title: str) -> None:
    """Write the workbook to a path or a binary stream."""
    book = new_book(target)
    formats = add_formats(book)
    _write_data(book, formats, rows, title)
    _write_sources(book, formats)
    write_guide(book, formats, _GUIDE)
    book.close()


def _write_data(book: Any, formats: Formats, rows: Sequence[TemplateRow], title: str) -> None:
    page = book.add_worksheet(DATA)
    for column, (head, width) in enumerate(_COLUMNS):
        page.set_column(column, column, width, formats.free if column != _VALUE else formats.value)
        page.write_string(0, column, head, formats.head)
    page.set_row(0, 32)
    for number, row in enumerate(rows, start=1):
        _write_row(page, formats, number, row)
    last = min(len(rows) + FREE_ROWS, MOST_ROWS)
    add_list(page, (1, last), _QUALIFIER, ["=", "≥", "约"])
    add_list(page, (1, last), _QUALITY, list(QUALITIES.values()))
    add_list(page, (1, last), _SOURCE, f"={SOURCES}!$A$2:$A${_SOURCE_ROWS + 1}")
    add_list(page, (1, last), _AUDIENCE, list(AUDIENCES.values()))
    _mark_unusual(page, formats, len(rows))
    page.freeze_panes(1, 4)
    page.autofilter(0, 0, len(rows), len(_COLUMNS) - 1)
    # Without a password: it guards against slips, not against intent.
    page.protect("", {"autofilter": True, "sort": True, "format_columns": True})
    set_up_print(page, title)


def _write_row(page: Any, formats: Formats, number: int, row: TemplateRow) -> None:
    given = (
        row.place.adcode,
        row.place.name_zh,
        row.indicator.indicator_id,
        row.indicator.name_zh,
        row.unit,
        row.period,
    )
    for column, text in enumerate(given):
        page.write_string(number, column, text, formats.locked)
    low, high = row.usual or (None, None)
    for column, value in ((6, row.last_value), (8, _rounded(low)), (9, _rounded(high))):
        if value is None:
            page.write_blank(number, column, None, formats.locked_number)
        else:
            page.write_number(number, column, value, formats.locked_number)
    page.write_string(number, 7, row.last_period, formats.locked)
    page.write_blank(number, _VALUE, None, formats.value)
    for column in range(_VALUE + 1, len(_COLUMNS)):
        page.write_blank(number, column, None, formats.free)
    _bound_value(page, number, row.indicator)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _bound_value(page: Any, number: int, indicator: Indicator) -> None:
    low, high = indicator.minimum, indicator.maximum
    if low is not None and high is not None:
        wanted = f"{low:g} 到 {high:g} 之间的数字"
    elif low is not None:
        wanted = f"不小于 {low:g} 的数字"
    else:
        wanted = "数字" if high is None else f"不大于 {high:g} 的数字"
    page.data_validation(
        number,
        _VALUE,
        number,
        _VALUE,
        {
            "validate": "decimal",
            "criteria": "between",
            "minimum": -_BEYOND if low is None else low,
            "maximum": _BEYOND if high is None else high,
            "error_title": "数值不对",
            "error_message": f"请填写{wanted}；没有数值请留空，“以上”“约”请用限定词列。",
        },
    )


def _mark_unusual(page: Any, formats: Formats, rows: int) -> None:
    page.conditional_format(
        1,
        _VALUE,
        rows,
        _VALUE,
        {
            "type": "formula",
            "criteria": "=AND(ISNUMBER($K2),ISNUMBER($I2),OR($K2<$I2,$K2>$J2))",
            "format": formats.unusual,
        },
    )


def _write_sources(book: Any, formats: Formats) -> None:
    page = book.add_worksheet(SOURCES)
    columns = (
        ("来源编号\nsource", 10),
        ("发布单位\npublisher", 30),
        ("标题\ntitle", 50),
        ("网址\nurl", 40),
    )
    for column, (head, width) in enumerate(columns):
        page.set_column(column, column, width)
        page.write_string(0, column, head, formats.head)
    page.set_row(0, 32)
    for row in range(1, _SOURCE_ROWS + 1):
        page.write_string(row, 0, str(row), formats.locked)
        for column in range(1, len(columns)):
            page.write_blank(row, column, None, formats.value if row == 1 else formats.free)
    page.freeze_panes(1, 1)
    set_up_print(page, "来源 Sources")
