"""Is it safe to unpack a workbook? Decided before anything is parsed."""

import io
import zipfile
import zlib
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from indicators.entry.limits import (
    MEGABYTE,
    MOST_PARTS,
    MOST_RATIO,
    MOST_UNPACKED,
    RATIO_FROM,
)
from indicators.entry.uploads import Upload, refusal
from indicators.entry.words import Words

# What damaged archives and XML make the libraries raise.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
    RuntimeError,
    OSError,
)
_ORDINARY = Words("普通的工作簿", "an ordinary workbook")


def check_archive(upload: Upload) -> None:
    """Refuse a workbook that unpacks to too much, or whose XML declares entities.

    The sizes an archive declares bound what is unpacked: zipfile stops reading a part at its
    declared size and then finds the checksum wrong.

    Raises:
        EntryError: saying what is wrong with the file.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(upload.content)) as archive:
            _check_sizes(upload.name, archive.infolist())
            for part in archive.infolist():
                if part.filename.lower().endswith((".xml", ".rels")):
                    _check_prolog(archive, part)
    except DAMAGE as error:
        raise damaged(upload, error) from error


def damaged(upload: Upload, error: Exception) -> Exception:
    """Return the error for a workbook whose inside cannot be read, or must not be."""
    if isinstance(error, DefusedXmlException):
        return refusal(
            upload.name,
            Words("XML 实体声明", "declarations of XML entities"),
            _ORDINARY,
            Words("不要打开此文件，向提供者核实", "do not open it; ask whoever sent it"),
        )
    return refusal(
        upload.name,
        Words("损坏或不完整的工作簿", "a damaged or truncated workbook"),
        _ORDINARY,
        Words(
            "用 Excel 或 WPS 打开并另存，或重新索取", "open and save it again, or ask for it again"
        ),
    )


def _check_sizes(name: str, parts: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    too_dense = unpacked > RATIO_FROM and unpacked / packed > MOST_RATIO
    if unpacked > MOST_UNPACKED or too_dense or len(parts) > MOST_PARTS:
        size = f"{unpacked // MEGABYTE} MB"
        most = f"{MOST_UNPACKED // MEGABYTE} MB"
        raise refusal(
            name,
            Words(
                f"解压后 {size}（{unpacked // packed} 倍），{len(parts)} 个部件",
                f"{size} when unpacked ({unpacked // packed} times), {len(parts)} parts",
            ),
            Words(
                f"至多 {most}、{MOST_RATIO} 倍、{MOST_PARTS} 个部件",
                f"at most {most}, {MOST_RATIO} times, {MOST_PARTS} parts",
            ),
            Words("只保留数据，另存为新的工作簿", "keep the data only and save a new workbook"),
        )


def _check_prolog(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Read a part up to its root; entities cannot be declared after it."""
    with archive.open(part) as stream:
        next(iterparse(stream, events=("start",), forbid_dtd=True))
