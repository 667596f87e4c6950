"""CSV files as grids: encodings, delimiters, and what is no table of text at all."""

import csv
import io

from indicators.entry.findings import Findings
from indicators.entry.grids import EMPTY, Cell, CellKind, Grid
from indicators.entry.limits import MOST_COLUMNS, MOST_ROWS
from indicators.entry.uploads import Upload, refusal
from indicators.entry.words import Words

_EXPECTED = Words("CSV 表格", "a CSV table")
_SAVE = Words("另存为“CSV UTF-8(逗号分隔)”", "save it as CSV UTF-8")
_DELIMITERS = (",", ";", "\t")
_CONTROLS = frozenset(map(chr, range(32))) - set("\t\r\n")


def read_text(upload: Upload, findings: Findings) -> Grid:
    """Read a CSV file.

    Raises:
        EntryError: where it is no table of text.
    """
    text, encoding = _decoded(upload)
    if encoding != "UTF-8":
        findings.notice(f"{upload.name}：按 {encoding} 读取", f"{upload.name}: read as {encoding}")
    delimiter = _delimiter(text)
    rows: list[tuple[Cell, ...]] = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            rows.append(tuple(map(_cell, record)))
            if len(rows) > MOST_ROWS + 1 or len(record) > MOST_COLUMNS:
                raise too_large(upload.name)
    except csv.Error as error:
        found = Words(
            f"第 {len(rows) + 1} 行起无法读取（引号未闭合？）",
            f"a row that cannot be read, from row {len(rows) + 1} on ({error})",
        )
        remedy = Words(
            "检查引号是否成对，文件是否完整", "close the quotes; check that it is complete"
        )
        raise refusal(upload.name, found, _EXPECTED, remedy) from error
    return Grid(upload.name, tuple(rows), is_text=True)


def too_large(where: str) -> Exception:
    """Return the error for a table with more rows or columns than are taken in."""
    return refusal(
        where,
        Words(
            f"超过 {MOST_ROWS:,} 行或 {MOST_COLUMNS} 列",
            f"more than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns",
        ),
        Words("较小的表", "a smaller table"),
        Words("拆成几个文件，分次导入", "split it and import the parts one after another"),
    )


def _decoded(upload: Upload) -> tuple[str, str]:
    content = upload.content
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refusal(upload.name, Words("UTF-16 文本", "UTF-16 text"), _EXPECTED, _SAVE)
    for codec, name in (("utf-8-sig", "UTF-8"), ("gb18030", "GB18030")):
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if control := next((sign for sign in text if sign in _CONTROLS), None):
            break
        return text, name
    else:
        found = Words("既非 UTF-8 也非 GB18030 的字节", "bytes that are neither UTF-8 nor GB18030")
        raise refusal(upload.name, found, _EXPECTED, _SAVE)
    line = text.count("\n", 0, text.index(control)) + 1
    what = "NUL" if control == "\0" else f"0x{ord(control):02X}"
    raise refusal(
        upload.name,
        Words(f"第 {line} 行有控制字符 {what}", f"the control character {what} in line {line}"),
        _EXPECTED,
        _SAVE,
    )


def _delimiter(text: str) -> str:
    """Return the delimiter that parts the first ten lines most often; a comma where none does."""
    head = text.splitlines()[:10]
    unquoted = "\n".join("".join(line.split('"')[::2]) for line in head)
    return max(_DELIMITERS, key=unquoted.count)


def _cell(text: str) -> Cell:
    return Cell(text, CellKind.TEXT) if text.strip() else EMPTY
