"""A file from outside, read once: its bytes, its fingerprint, and what kind of file it is."""

import hashlib
import io
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from indicators.entry.findings import EntryError, EntryFault
from indicators.entry.limits import MEGABYTE, MOST_BYTES
from indicators.entry.words import Words

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_EXPECTED = Words("xlsx 或 csv 文件", "an xlsx or csv file")
_SAVE_AS = Words(
    "在 Excel 或 WPS 中另存为“Excel 工作簿(*.xlsx)”", "save it as an Excel workbook (*.xlsx)"
)


class FileKind(StrEnum):
    """The kinds of file an import reads."""

    WORKBOOK = "workbook"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Upload:
    """The bytes of a file; fingerprint and content always belong together."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Return the fingerprint of the content."""
        return hashlib.sha256(self.content).hexdigest()


def refusal(where: str, found: Words, expected: Words, remedy: Words) -> EntryError:
    """Return the error for a file that is refused as a whole."""
    return EntryError([EntryFault(where, found, expected, remedy)])


def read_upload(path: Path) -> Upload:
    """Read a file once.

    Raises:
        EntryError: where it is missing, a folder, empty, too big, or not to be read.
    """
    name = path.name or str(path)
    if path.is_dir():
        raise refusal(
            name,
            Words("一个文件夹", "a folder"),
            _EXPECTED,
            Words(
                "给出其中的文件；规划文件夹须含 plan.csv",
                "name a file in it; a plan folder holds plan.csv",
            ),
        )
    if not path.is_file():
        raise refusal(
            str(path),
            Words("没有这个文件", "no such file"),
            _EXPECTED,
            Words("检查路径和文件名", "check the path and the name"),
        )
    try:
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise refusal(
            name,
            Words("无法读取", f"it cannot be read ({error.strerror})"),
            _EXPECTED,
            Words(
                "检查文件权限，关闭占用它的程序", "check its permissions and close other programs"
            ),
        ) from error
    return checked(Upload(name, content))


def checked(upload: Upload) -> Upload:
    """Return a file that is neither empty nor too big."""
    if not upload.content:
        raise refusal(
            upload.name,
            Words("空文件", "an empty file"),
            _EXPECTED,
            Words("检查文件是否保存完整", "check that it was saved completely"),
        )
    if len(upload.content) > MOST_BYTES:
        most = MOST_BYTES // MEGABYTE
        raise refusal(
            upload.name,
            Words(f"超过 {most} MB", f"more than {most} MB"),
            Words(f"至多 {most} MB", f"at most {most} MB"),
            Words("拆成几个文件，去掉图片", "split it and remove pictures"),
        )
    return upload


def kind_of(upload: Upload) -> FileKind:
    """Tell what a file is by its content, not by its name.

    Raises:
        EntryError: naming what the file is and how to turn it into one that can be read.
    """
    content = upload.content
    if content.startswith(_OLE):
        raise _ole_refusal(upload)
    if content.startswith(b"PK"):
        return _archive_kind(upload)
    for start, what in _KNOWN_STARTS.items():
        if content.lstrip()[:200].lower().startswith(start):
            raise refusal(upload.name, what, _EXPECTED, _SAVE_AS)
    if upload.name.lower().endswith((".xlsx", ".xlsm", ".xls", ".xlsb", ".docx")):
        raise refusal(
            upload.name,
            Words("内容不是工作簿", "content that is no workbook"),
            _EXPECTED,
            Words("向提供者重新索取文件", "ask for the file again"),
        )
    return FileKind.TEXT


_KNOWN_STARTS = {
    b"%pdf": Words("PDF 文件", "a PDF document"),
    b"<": Words("网页或 XML 文件", "a web page or XML file"),
    b"{\\rtf": Words("RTF 文档", "an RTF document"),
    b"\x89png": Words("图片", "a picture"),
    b"\xff\xd8\xff": Words("图片", "a picture"),
    b"\x1f\x8b": Words("gzip 压缩包", "a gzip archive"),
    b"rar!": Words("RAR 压缩包", "a RAR archive"),
    b"7z\xbc\xaf": Words("7z 压缩包", "a 7z archive"),
}


def _ole_refusal(upload: Upload) -> EntryError:
    if _ENCRYPTED in upload.content:
        return refusal(
            upload.name,
            Words("有密码保护的文件", "a password-protected file"),
            Words("没有密码的工作簿", "a workbook without a password"),
            Words("打开文件，取消密码后另存", "open it, remove the password and save it"),
        )
    found = Words("旧格式文件(.xls、.doc)", "a file of the old format (.xls, .doc)")
    return refusal(upload.name, found, _EXPECTED, _SAVE_AS)


def _archive_kind(upload: Upload) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(upload.content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise refusal(
            upload.name,
            Words("不完整或损坏的文件", "a truncated or damaged file"),
            _EXPECTED,
            Words("重新复制或下载，再试一次", "copy or download it again"),
        ) from error
    if upload.name.lower().endswith(".xlsm") or any(
        name.lower().endswith("vbaproject.bin") for name in names
    ):
        raise refusal(
            upload.name,
            Words("带宏的工作簿", "a workbook with macros"),
            Words("不带宏的工作簿", "a workbook without macros"),
            _SAVE_AS,
        )
    if "xl/workbook.xml" in names:
        return FileKind.WORKBOOK
    raise refusal(upload.name, _archive_name(names), _EXPECTED, _SAVE_AS)


def _archive_name(names: set[str]) -> Words:
    known = {
        "word/document.xml": Words("Word 文档", "a Word document"),
        "ppt/presentation.xml": Words("PowerPoint 文档", "a PowerPoint document"),
        "xl/workbook.bin": Words("二进制工作簿(.xlsb)", "a binary workbook (.xlsb)"),
        "content.xml": Words("OpenDocument 文档", "an OpenDocument file"),
    }
    return next(
        (what for name, what in known.items() if name in names), Words("压缩包", "an archive")
    )
