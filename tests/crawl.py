"""Everything a server gives out: pages, callbacks, tables, files, operations, and its cache."""

import io
import itertools
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

from dash import Dash
from flask.testing import FlaskClient

from dashboard.routes.api import EXTENSIONS
from dashboard.routes.api_rows import TABLES
from dashboard.views.data_query import Tab

Found = dict[str, bytes]

DOWNLOADS = ("/download/quality-atlas.xlsx", "/download/quality-atlas.zip")
OPERATIONS = (
    "/healthz",
    "/readyz",
    "/metrics",
    "/no-such-page",
    "/api/v1/none.json",
    "/geo/x.json",
)
# Written from what the browser itself holds, so that they can tell nothing it has not been told.
_ECHOES = ("data-detail.children",)


def crawl(app: Dash, views: list[str], cache: Path) -> Found:
    """Ask a site for everything; ``views`` are queries of the map page, without the language."""
    client = app.server.test_client()
    found: Found = {}
    for view, lang in itertools.product(views, ("zh", "en")):
        query = f"{view}&lang={lang}"
        # The tabs of the data page are the same whatever the map shows.
        for path in _pages(query) + (_tabs(query) if view == views[0] else []):
            found |= _get(client, path)
            page = client.get("/_dash-layout", headers={"Referer": f"http://localhost{path}"})
            found[f"layout {path}"] = page.data
        found |= _callbacks(client, query, views[0])
    for table, extension in itertools.product(TABLES, EXTENSIONS):
        found |= _get(client, f"/api/v1/{table}.{extension}")
        found |= _get(client, f"/api/v1/{table}.{extension}?lang=en")
    for path in (*DOWNLOADS, *OPERATIONS):
        found |= _get(client, path)
    files = (path for path in sorted(cache.rglob("*")) if path.is_file())
    return found | {f"cache {path.name}": path.read_bytes() for path in files}


def _pages(query: str) -> list[str]:
    return [f"/{query}", f"/targets{query}", f"/compare{query}", f"/nowhere{query}"]


def _tabs(query: str) -> list[str]:
    return [f"/data{query}&table={tab}" for tab in Tab]


def _callbacks(client: FlaskClient, query: str, drawn: str) -> Found:
    found: Found = {}
    for callback in client.get("/_dash-dependencies").get_json():
        output = callback["output"]
        if callback["clientside_function"] or output in _ECHOES:
            continue
        for asked in _asked(output, query):
            answer = client.post(
                "/_dash-update-component", json=_payload(callback, asked, query, drawn)
            )
            found[f"callback {output[:60]} {asked}"] = answer.data
    return found


def _asked(output: str, query: str) -> list[str]:
    """Return what a callback is asked: a page, a search, or a view."""
    if output == "page.children":
        return [f"{path}{query}" for path in ("/", "/targets", "/compare", "/data")]
    return ["密件", "secret"] if output.startswith("search.") else [query]


def _payload(callback: dict[str, Any], asked: str, query: str, drawn: str) -> dict[str, Any]:
    names = callback["output"].strip(".").split("...")
    outputs = [dict(zip(("id", "property"), name.rsplit(".", 1), strict=True)) for name in names]
    states = {"map-drawn": drawn, "canonical": query}
    return {
        "output": callback["output"],
        "outputs": outputs if callback["output"].startswith("..") else outputs[0],
        "inputs": [{**item, "value": asked} for item in callback["inputs"]],
        "changedPropIds": [f"{item['id']}.{item['property']}" for item in callback["inputs"]],
        "state": [{**item, "value": states.get(item["id"])} for item in callback["state"]],
    }


def _get(client: FlaskClient, path: str) -> Found:
    answer = client.get(quote(path, safe="/?&=%-."))
    # The headers end with an empty line of their own.
    head = f"{answer.status_code} {answer.headers}".encode()
    return {path: head + answer.data} | _unpacked(path, answer.data)


def _unpacked(path: str, content: bytes) -> Found:
    if not content.startswith(b"PK"):
        return {}
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {f"{path} {name}": archive.read(name) for name in archive.namelist()}
