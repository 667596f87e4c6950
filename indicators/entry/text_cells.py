"""Cells whose text is stored as it stands: no errors of formulas, and addresses of pages only."""

from indicators.entry.findings import Findings
from indicators.entry.grids import Cell
from indicators.entry.plain import tidy
from indicators.entry.words import Words, quoted


def refuse_broken(cell: Cell, where: str, findings: Findings) -> None:
    """Refuse a text cell in which a formula went wrong or has no stored result."""
    if cell.is_broken:
        findings.refuse(
            where,
            quoted(cell.text),
            Words("文字", "text"),
            Words("改正公式，或直接填写文字", "mend the formula or type the text itself"),
        )


def is_web_address(text: str) -> bool:
    """Tell whether a text is the address of a page: http or https with a host, without blanks."""
    scheme, _, rest = tidy(text).partition("://")
    host = rest.split("/")[0]
    return scheme.lower() in ("http", "https") and bool(host) and " " not in rest


def refuse_other_address(text: str, where: str, findings: Findings) -> None:
    """Refuse an address that is not one of a page; an empty one is none."""
    if tidy(text) and not is_web_address(text):
        findings.refuse(
            where,
            quoted(text),
            Words("以 http:// 或 https:// 开头的网址", "an address with http:// or https://"),
            Words("写全网址，或留空", "write it in full or leave it empty"),
        )
