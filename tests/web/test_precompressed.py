"""Bundles travel as brotli: quickly at first, as small as possible from then on."""

import hashlib
import logging
from pathlib import Path

import brotli
import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from flask_compress import Compress

from dashboard import precompressed
from dashboard.precompressed import BrotliStore

SCRIPT = b"".join(b"window.value_%d = %d;\n" % (n, n * n) for n in range(400))
BR = {"Accept-Encoding": "gzip, deflate, br, zstd"}
FINGERPRINTED = "/_dash-component-suites/plotly/plotly.v7_1_0m1700000000.min.js"
PLAIN = "/_dash-component-suites/plotly/plotly.min.js"


@pytest.fixture
def bare(tmp_path: Path) -> Flask:
    """Return a server that answers like Dash, with Flask-Compress on as in production."""
    assets = tmp_path / "assets"
    assets.mkdir()
    (assets / "site.css").write_bytes(b"body { margin: 0 }\n" * 100)
    (assets / "tiny.css").write_bytes(b"body {}")
    (assets / "photo.png").write_bytes(bytes(5000))
    server = Flask("bare", static_folder=str(assets), static_url_path="/assets")

    def suite(**_: str) -> Response:
        return Response(SCRIPT, mimetype="application/javascript")

    server.add_url_rule("/_dash-component-suites/<path:path>", "suite", suite)
    server.add_url_rule("/page", "page", lambda: "<p>page</p>" * 200)
    Compress(server)
    return server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "precompressed"


def fetch(client: FlaskClient, path: str, headers: dict[str, str]) -> Response:
    # Buffered, because a file sent as it is stays open until its answer is read to the end.
    return client.get(path, headers=headers, buffered=True)


def stored(folder: Path, body: bytes) -> Path:
    return folder / f"{hashlib.sha256(body).hexdigest()}.br"


def test_first_answer_is_quick_and_the_next_is_the_best(bare: Flask, folder: Path) -> None:
    store = precompressed.register(bare, folder)
    client = bare.test_client()
    first = fetch(client, PLAIN, headers=BR)
    assert first.headers["Content-Encoding"] == "br"
    assert first.content_length == len(first.data)
    assert brotli.decompress(first.data) == SCRIPT
    assert first.headers["Vary"] == "Accept-Encoding"
    store.flush()
    best = brotli.compress(SCRIPT, quality=11)
    assert stored(folder, SCRIPT).read_bytes() == best
    assert fetch(client, PLAIN, headers=BR).data == best
    assert [path.suffix for path in folder.iterdir()] == [".br"]


def test_the_quick_answer_is_used_until_then(
    bare: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BrotliStore, "_enqueue", lambda *_: None)
    precompressed.register(bare, folder)
    client = bare.test_client()
    quick = brotli.compress(SCRIPT, quality=precompressed.QUICK_QUALITY)
    assert [fetch(client, PLAIN, headers=BR).data for _ in range(2)] == [quick, quick]


def test_a_stored_file_is_used_after_a_restart(
    bare: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    BrotliStore(folder).store(SCRIPT)
    precompressed.register(bare, folder)
    monkeypatch.setattr(precompressed.brotli, "compress", None)
    response = fetch(bare.test_client(), PLAIN, headers=BR)
    assert response.data == stored(folder, SCRIPT).read_bytes()


@pytest.mark.parametrize("planted", [b"no brotli", brotli.compress(b"alert(1)"), b""])
def test_a_file_that_is_not_what_its_name_says_is_replaced(folder: Path, planted: bytes) -> None:
    folder.mkdir(parents=True)
    stored(folder, SCRIPT).write_bytes(planted)
    store = BrotliStore(folder)
    assert brotli.decompress(store.get(SCRIPT)) == SCRIPT
    store.flush()
    assert brotli.decompress(stored(folder, SCRIPT).read_bytes()) == SCRIPT


def test_an_unusable_folder_is_logged_once_and_memory_serves(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_text("in the way")
    store = BrotliStore(blocked / "folder")
    with caplog.at_level(logging.WARNING):
        for body in (SCRIPT, SCRIPT * 2):
            store.get(body)
        store.flush()
    assert len(caplog.records) == 1
    assert store.get(SCRIPT) == brotli.compress(SCRIPT, quality=11)
    assert blocked.read_text() == "in the way"


def test_without_a_folder_memory_serves() -> None:
    store = BrotliStore(None)
    store.get(SCRIPT)
    store.flush()
    assert store.get(SCRIPT) == brotli.compress(SCRIPT, quality=11)


@pytest.mark.parametrize(
    ("path", "headers", "encoding"),
    [
        (PLAIN, {"Accept-Encoding": "gzip"}, "gzip"),
        (PLAIN, {"Accept-Encoding": "br;q=0, gzip"}, "gzip"),
        (PLAIN, {}, None),
        ("/assets/tiny.css", BR, None),
        ("/assets/photo.png", BR, None),
        ("/page", BR, "zstd"),
    ],
)
def test_other_answers_are_left_alone(
    bare: Flask, folder: Path, path: str, headers: dict[str, str], encoding: str | None
) -> None:
    precompressed.register(bare, folder)
    response = fetch(bare.test_client(), path, headers=headers)
    assert response.status_code == 200
    assert response.headers.get("Content-Encoding") == encoding
    assert not folder.exists()


def test_head_and_ranges_are_left_alone(bare: Flask, folder: Path) -> None:
    store = precompressed.register(bare, folder)
    client = bare.test_client()
    part = fetch(client, "/assets/site.css", headers={**BR, "Range": "bytes=0-9"})
    assert (part.status_code, part.headers["Content-Range"]) == (206, "bytes 0-9/1900")
    assert client.head(PLAIN, headers=BR).status_code == 200
    store.flush()
    assert not folder.exists()


def test_an_asset_is_revalidated_by_its_weak_tag(bare: Flask, folder: Path) -> None:
    precompressed.register(bare, folder)
    client = bare.test_client()
    first = fetch(client, "/assets/site.css", headers=BR)
    assert first.headers["Content-Encoding"] == "br"
    assert first.headers["ETag"].startswith('W/"')
    assert first.headers.get("Cache-Control") != "public, max-age=31536000, immutable"
    again = fetch(
        client, "/assets/site.css", headers={**BR, "If-None-Match": first.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")


def test_only_addresses_that_change_with_their_content_are_immutable(
    bare: Flask, folder: Path, tmp_path: Path
) -> None:
    precompressed.register(bare, folder)
    client = bare.test_client()
    modified = (tmp_path / "assets" / "site.css").stat().st_mtime
    immutable = {
        path: "immutable" in fetch(client, path, headers=BR).headers.get("Cache-Control", "")
        for path in (
            *(FINGERPRINTED, PLAIN, f"/assets/site.css?m={modified}", "/assets/site.css"),
            *("/assets/site.css?m=1", "/assets/site.css?m=x", "/page?m=1"),
        )
    }
    assert list(immutable.values()) == [True, False, True, False, False, False, False]


def test_warm_stores_in_advance(bare: Flask, folder: Path) -> None:
    precompressed.register(bare, folder)
    paths = [PLAIN, "/assets/site.css", "/assets/photo.png", "/assets/none.css"]
    assert precompressed.warm(bare, folder, paths) == 2
    assert stored(folder, SCRIPT).read_bytes() == brotli.compress(SCRIPT, quality=11)
    assert len(list(folder.iterdir())) == 2
