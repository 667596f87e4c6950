"""The tables as JSON and CSV under /api/v1."""

import hashlib
from collections.abc import Callable

from flask import Flask, Response, request

from dashboard.bundle import DataBundle
from dashboard.routes.api_cells import Row, csv_text, plain
from dashboard.routes.api_query import read_filters
from dashboard.routes.api_rows import TABLES, Table
from dashboard.routes.errors import RequestError, error_response, json_response
from dashboard.stamps import COLUMN, attachment, export_refused, file_stamp
from dashboard.text import language

EXTENSIONS = ("json", "csv")


def register(server: Flask, current: Callable[[], DataBundle]) -> None:
    """Add the addresses of the API; ``current`` is asked anew for each request."""

    def table(file: str) -> Response:
        try:
            return _table_response(file, current())
        except RequestError as error:
            return error_response(error, language(request.args.get("lang", ""), "zh"))

    def unknown(rest: str = "") -> Response:
        expected = "/api/v1/ and one of " + _files()
        error = RequestError(404, "unknown_address", found=rest, expected=expected)
        return error_response(error, language(request.args.get("lang", ""), "zh"))

    server.add_url_rule("/api/v1/<file>", "api.table", table, methods=["GET"])
    # Without these the pages would answer an address of no table with HTML and 200.
    server.add_url_rule("/api/", "api.root", unknown, methods=["GET"])
    server.add_url_rule("/api/<path:rest>", "api.unknown", unknown, methods=["GET"])


def _table_response(file: str, bundle: DataBundle) -> Response:
    name, _, extension = file.partition(".")
    table = TABLES.get(name)
    if table is None or extension not in EXTENSIONS:
        raise RequestError(404, "unknown_table", found=file, expected="one of " + _files())
    filters = read_filters(request.args, table.words, bundle, years_only=table.years_only)
    rows = [
        {column: plain(cell) for column, cell in row.items()} for row in table.rows(bundle, filters)
    ]
    if extension == "json":
        response = json_response(_json_content(bundle, rows))
    else:
        response = _csv_response(bundle, name, table, rows)
    return _revalidated(response, f"{bundle.version} {request.full_path}")


def _json_content(bundle: DataBundle, rows: list[Row]) -> dict[str, object]:
    content: dict[str, object] = {"data": rows, "data_version": bundle.version}
    # Only where there is something to say; a program finds it by its name.
    return {COLUMN: said, **content} if (said := file_stamp(bundle)) else content


def _csv_response(bundle: DataBundle, name: str, table: Table, rows: list[Row]) -> Response:
    if export_refused(bundle):
        expected = f"{name}.json, or a site for internal use"
        raise RequestError(403, "public_export", found=f"{name}.csv", expected=expected)
    columns = table.columns
    if said := file_stamp(bundle):
        columns, rows = (*columns, COLUMN), [{**row, COLUMN: said} for row in rows]
    response = Response(csv_text(columns, rows), mimetype="text/csv")
    response.headers["Content-Disposition"] = attachment(bundle, f"{name}.csv")
    return response


def _revalidated(response: Response, asked: str) -> Response:
    """Let a cache keep the answer as long as it asks each time whether it still holds."""
    # The body is part of the tag: thresholds and wording change answers without new data.
    digest = hashlib.sha256(asked.encode() + response.get_data()).hexdigest()[:32]
    # Weak, because compression on the way out changes the bytes and not the meaning.
    response.set_etag(digest, weak=True)
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    response.make_conditional(request)
    return response


def _files() -> str:
    return ", ".join(f"{name}.{extension}" for name in TABLES for extension in EXTENSIONS)
