"""All tables in one file: /download/quality-atlas.xlsx and /download/quality-atlas.zip."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping

from flask import Flask, Response, request
from werkzeug.exceptions import Forbidden

from dashboard.bundle import DataBundle
from dashboard.rendering import Renderer
from dashboard.routes.api_cells import csv_text
from dashboard.routes.datapackage import descriptor
from dashboard.routes.download_tables import DERIVED, Sheet, as_json, sheets, stamped
from dashboard.routes.workbook import workbook
from dashboard.stamps import attachment, export_refused, file_stamp
from dashboard.text import LANGUAGES, number, t

Build = Callable[[DataBundle], bytes]

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The earliest moment a zip can hold: the same data make the same bytes.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_UNIX, _READABLE = 3, 0o644 << 16


def register(server: Flask, renderer: Renderer) -> None:
    """Add both addresses; each file is made once for each version of the data."""

    def xlsx() -> Response:
        return _answer(renderer, "quality-atlas.xlsx", XLSX_TYPE, build_xlsx)

    def archive() -> Response:
        return _answer(renderer, "quality-atlas.zip", "application/zip", build_zip)

    for name, view in (("xlsx", xlsx), ("zip", archive)):
        address = f"/download/quality-atlas.{name}"
        server.add_url_rule(address, f"download.{name}", view, methods=["GET"])


def build_xlsx(bundle: DataBundle) -> bytes:
    """Make the workbook."""
    tables = tuple(stamped(bundle, sheet) for sheet in sheets(bundle))
    return workbook(bundle, tables, readme(bundle, tables))


def build_zip(bundle: DataBundle) -> bytes:
    """Make the archive: a CSV file for each table, their description, and a readme.

    The tables of an internal site stay as they are edited, so that they can be put to use again;
    generated ones must never be, and each of their rows says so.
    """
    tables = tuple(
        stamped(bundle, sheet) if bundle.training or sheet.table is None else sheet
        for sheet in sheets(bundle)
    )
    files = {
        "readme.txt": ("\ufeff" + readme(bundle, tables).replace("\n", "\r\n")).encode(),
        "datapackage.json": as_json(descriptor(bundle, tables)),
        **{s.file: csv_text(s.columns, s.rows).encode() for s in tables},
    }
    return _zipped(files)


def readme(bundle: DataBundle, tables: tuple[Sheet, ...]) -> str:
    """Say in both languages what the files are, where they are from and how to use them."""
    head = [said, ""] if (said := file_stamp(bundle)) else []
    lines = [line for lang in LANGUAGES for line in _readme(bundle, tables, lang)]
    return "\n".join([*head, *lines])


def _readme(bundle: DataBundle, tables: tuple[Sheet, ...], lang: str) -> list[str]:
    listed = [
        t(
            lang,
            "data.readme_table",
            name=sheet.name,
            count=number(len(sheet.rows)),
            about=t(lang, f"data.table_{sheet.name}"),
        )
        for sheet in tables
    ]
    return [
        t(lang, "data.readme_title"),
        t(lang, "data.readme_version", version=bundle.version),
        "",
        *listed,
        "",
        t(lang, "data.readme_codes"),
        t(lang, "data.readme_reuse", derived=t(lang, "finding.join").join(DERIVED)),
        t(lang, "data.readme_licence"),
        "",
    ]


def _zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX
            entry.external_attr = _READABLE
            archive.writestr(entry, content)
    return out.getvalue()


def _answer(renderer: Renderer, name: str, mimetype: str, build: Build) -> Response:
    bundle = renderer.current()
    if export_refused(bundle):
        raise Forbidden
    body = renderer.kept("download", name, build)
    response = Response(body, mimetype=mimetype)
    response.headers["Content-Disposition"] = attachment(bundle, name)
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    response.set_etag(hashlib.sha256(body).hexdigest()[:32])
    response.make_conditional(request)
    return response
