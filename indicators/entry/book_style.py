"""The look of the workbooks that people fill in."""

from dataclasses import dataclass
from typing import Any

import xlsxwriter

FONT = "微软雅黑"
_HEAD = {"bold": True, "bg_color": "#1F5A8C", "font_color": "#FFFFFF", "border": 1}
_CELL = {"border": 1, "border_color": "#C9D3DC", "valign": "vcenter"}
# Nobody prints or fills in more than this at once.
FREE_ROWS = 200
A4 = 9


@dataclass(frozen=True, slots=True)
class Formats:
    """The formats of one workbook."""

    head: Any
    locked: Any
    locked_number: Any
    value: Any
    free: Any
    text: Any
    unusual: Any


def new_book(path: Any) -> Any:
    """Start a workbook in which text stays text."""
    return xlsxwriter.Workbook(
        path,
        {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {"font_name": FONT, "font_size": 10},
        },
    )


def add_formats(book: Any) -> Formats:
    """Add the formats: grey is given, yellow is to be filled in, white may be."""

    def add(**properties: Any) -> Any:
        return book.add_format({"font_name": FONT, "font_size": 10, **properties})

    return Formats(
        head=add(**_HEAD, text_wrap=True, align="center", valign="vcenter", locked=True),
        locked=add(**_CELL, bg_color="#EEF1F4", font_color="#44505C", num_format="@", locked=True),
        locked_number=add(**_CELL, bg_color="#EEF1F4", font_color="#44505C", locked=True),
        value=add(**_CELL, bg_color="#FFF8D6", locked=False),
        free=add(**_CELL, num_format="@", locked=False),
        text=add(text_wrap=True, valign="top"),
        unusual=add(bg_color="#F8CBAD", font_color="#9C2A00", bold=True),
    )


def set_up_print(page: Any, title: str) -> None:
    """Print on A4, as wide as the page, with the header on each page."""
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    page.set_header(f"&C&12{title.replace('&', '&&')}")
    page.set_footer("&C第 &P 页，共 &N 页")


def write_guide(book: Any, formats: Formats, lines: tuple[str, ...]) -> None:
    """Add the sheet that explains the others."""
    page = book.add_worksheet("说明")
    page.set_column(0, 0, 110)
    for row, line in enumerate(lines):
        page.write_string(row, 0, line, formats.text)
    set_up_print(page, "说明 Guide")


def add_list(page: Any, rows: tuple[int, int], column: int, source: list[str] | str) -> None:
    """Let cells be chosen from a list."""
    page.data_validation(
        rows[0],
        column,
        rows[1],
        column,
        {
            "validate": "list",
            "source": source,
            "error_title": "请从列表选择",
            "error_message": "请从下拉列表中选择，或留空。Choose from the list or leave it empty.",
        },
    )
