"""Files that are none an import reads, each refused with its own words."""

import io
import os
import random
import zipfile

import pytest

from indicators.entry import uploads
from indicators.entry.findings import EntryError
from indicators.entry.uploads import FileKind, Upload, checked, kind_of, read_upload
from tests.entry.sheets import book, rewritten

OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(1000)


def archive(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


def refusal_of(name, content):
    with pytest.raises(EntryError) as refused:
        kind_of(Upload(name, content))
    (fault,) = refused.value.faults
    assert fault.where == name
    assert fault.remedy.zh
    return fault.found.zh


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.xls", OLE, "旧格式"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("a.pdf", b"%PDF-1.7 ...", "PDF"),
        ("a.xlsx", b"%PDF-1.7 ...", "PDF"),
        ("a.docx", archive("word/document.xml"), "Word"),
        ("a.pptx", archive("ppt/presentation.xml"), "PowerPoint"),
        ("a.xlsb", archive("xl/workbook.bin"), "xlsb"),
        ("a.ods", archive("content.xml"), "OpenDocument"),
        ("a.zip", archive("a.csv"), "压缩包"),
        ("a.xlsm", archive("xl/workbook.xml"), "宏"),
        ("a.xlsx", archive("xl/workbook.xml", "xl/vbaProject.bin"), "宏"),
        ("a.xls", b"<html><table></table></html>", "网页"),
        ("a.xls", b'<?xml version="1.0"?><Workbook/>', "网页"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "图片"),
        ("a.gz", b"\x1f\x8b\x08\x00", "gzip"),
        ("a.xlsx", random.Random(1).randbytes(64), "内容不是"),
        ("a.xlsx", b"PK\x03\x04" + bytes(100), "损坏"),
        ("a.xlsx", b"PK", "损坏"),
    ],
)
def test_each_wrong_kind_of_file_has_its_own_words(name, content, found):
    assert found in refusal_of(name, content)


def test_a_workbook_that_was_cut_off_is_truncated():
    whole = book(["地区", "数值"])
    for size in (len(whole) // 3, len(whole) // 2, len(whole) - 30):
        assert "不完整" in refusal_of("a.xlsx", whole[:size])


def test_a_macro_hidden_in_an_ordinary_workbook_is_found():
    content = rewritten(book(["地区"]), **{"xl__vbaProject.bin": b"x"})
    assert "宏" in refusal_of("a.xlsx", content)


def test_the_content_decides_and_not_the_name():
    assert kind_of(Upload("a.csv", book(["地区"]))) is FileKind.WORKBOOK
    assert kind_of(Upload("a.txt", "地区,数值\n".encode())) is FileKind.TEXT


def read_refused(path):
    with pytest.raises(EntryError) as refused:
        read_upload(path)
    (fault,) = refused.value.faults
    return fault.found.zh


def test_an_empty_file_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.touch()
    assert read_refused(path) == "空文件"


def test_a_missing_file_is_refused(tmp_path):
    assert read_refused(tmp_path / "a.csv") == "没有这个文件"


def test_a_folder_is_refused(tmp_path):
    assert read_refused(tmp_path) == "一个文件夹"


def test_a_file_that_cannot_be_read_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_text("x")

    def refuse(*_args, **_more):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "open", refuse)
    assert read_refused(path) == "无法读取"


def test_a_pipe_is_no_file(tmp_path):
    os.mkfifo(tmp_path / "a.csv")
    assert read_refused(tmp_path / "a.csv") == "没有这个文件"


def test_a_file_that_is_too_big_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_BYTES", 10)
    path = tmp_path / "a.csv"
    path.write_bytes(b"x" * 11)
    assert "超过" in read_refused(path)


def test_fingerprint_and_content_are_of_the_same_bytes(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"first")
    upload = read_upload(path)
    before = upload.sha256
    path.write_bytes(b"second, while the import is running")
    assert upload.content == b"first"
    assert upload.sha256 == before


def test_a_sound_file_passes():
    upload = Upload("a.csv", b"x")
    assert checked(upload) is upload
