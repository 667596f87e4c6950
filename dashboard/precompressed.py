"""Script bundles and assets as small as brotli can make them, without making anyone wait.

Brotli at its best saves a quarter of plotly's bytes against gzip and takes twenty seconds, so
a first visitor gets a quick compression while a thread in the background makes the small one,
which then lies on disk under the hash of its content and never goes stale.
"""

import gzip
import hashlib
import logging
import queue
import tempfile
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import brotli
from cachetools import LRUCache
from dash.fingerprint import check_fingerprint
from flask import Flask, Response, request

_log = logging.getLogger(__name__)

SUITES_PREFIX = "/_dash-component-suites/"
ASSETS_PREFIX = "/assets/"
BEST_QUALITY = 11
QUICK_QUALITY = 5
# All scripts and styles of the application come to about a tenth of this.
KEPT_BYTES = 32 * 1024 * 1024

_LEAST_BYTES = 500
_IMMUTABLE = "public, max-age=31536000, immutable"
_COMPRESSIBLE = frozenset(
    {
        "application/javascript",
        "application/json",
        "application/manifest+json",
        "application/x-javascript",
        "font/otf",
        "font/ttf",
        "image/svg+xml",
    }
)


@dataclass(frozen=True, slots=True)
class _Kept:
    data: bytes
    best: bool


class BrotliStore:
    """Compressed bodies by the hash of their content, in memory and in a folder."""

    def __init__(self, folder: Path | None) -> None:
        """Keep the folder; without one, or with one that cannot be used, memory alone serves."""
        self._folder = folder
        self._lock = threading.Lock()
        self._kept: LRUCache[str, _Kept] = LRUCache(
            KEPT_BYTES, getsizeof=lambda kept: len(kept.data)
        )
        self._queue: queue.Queue[bytes] = queue.Queue()
        self._queued: set[str] = set()
        self._thread: threading.Thread | None = None

    def get(self, body: bytes) -> bytes:
        """Return a body compressed: the best there is now, the best possible soon."""
        digest = _digest(body)
        with self._lock:
            kept = self._kept.get(digest)
        if kept is not None:
            return kept.data
        if (stored := self._read(digest)) is not None:
            return self._keep(digest, stored, best=True)
        quick = self._keep(digest, brotli.compress(body, quality=QUICK_QUALITY), best=False)
        self._enqueue(digest, body)
        return quick

    def gzipped(self, body: bytes) -> bytes:
        """Return a body for browsers that take gzip only, as over plain http; made once."""
        digest = f"{_digest(body)}.gz"
        with self._lock:
            kept = self._kept.get(digest)
        if kept is not None:
            return kept.data
        return self._keep(digest, gzip.compress(body, mtime=0), best=True)

    def store(self, body: bytes) -> bytes:
        """Compress a body as well as possible, now; what is already stored is only read."""
        digest = _digest(body)
        stored = self._read(digest)
        if stored is None:
            stored = brotli.compress(body, quality=BEST_QUALITY)
            self._write(digest, stored)
        return self._keep(digest, stored, best=True)

    def flush(self) -> None:
        """Wait until everything handed to the background is done."""
        self._queue.join()

    def _keep(self, digest: str, data: bytes, *, best: bool) -> bytes:
        with self._lock:
            known = self._kept.get(digest)
            # A quick result that comes late must not displace a better one.
            if (known is None or best) and len(data) <= self._kept.maxsize:
                self._kept[digest] = _Kept(data, best)
        return data

    def _enqueue(self, digest: str, body: bytes) -> None:
        with self._lock:
            if digest not in self._queued:
                self._queued.add(digest)
                self._queue.put(body)
            # Started on first need and again after a fork, which leaves threads behind.
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="brotli", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        while True:
            body = self._queue.get()
            try:
                self.store(body)
            finally:
                with self._lock:
                    self._queued.discard(_digest(body))
                self._queue.task_done()

    def _read(self, digest: str) -> bytes | None:
        """Read a stored body; one that is damaged, or not what its name says, does not count."""
        if self._folder is None:
            return None
        try:
            data = (self._folder / f"{digest}.br").read_bytes()
            # The folder may be one that others can write to, and this goes out as script.
            return data if _digest(brotli.decompress(data)) == digest else None
        except (FileNotFoundError, brotli.error):
            return None
        except OSError as error:
            self._give_up(error)
            return None

    def _write(self, digest: str, data: bytes) -> None:
        if self._folder is None:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            _write_atomically(self._folder / f"{digest}.br", data)
        except OSError as error:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        _log.warning("compressed files are kept in memory only; %s: %s", self._folder, error)
        self._folder = None


def register(server: Flask, folder: Path | None) -> BrotliStore:
    """Send scripts and assets compressed as well as possible, and mark what never changes.

    Register after Flask-Compress: hooks run last to first, and it leaves alone what is
    already compressed.
    """
    store = BrotliStore(folder)

    def compress(response: Response) -> Response:
        if response.status_code == 200 and request.path.startswith((SUITES_PREFIX, ASSETS_PREFIX)):
            if _never_changes(response):
                response.headers["Cache-Control"] = _IMMUTABLE
            if _wanted(response):
                _encode(response, store)
        return response

    server.after_request(compress)
    return store


def warm(server: Flask, folder: Path | None, paths: Iterable[str]) -> int:
    """Compress what lies at some addresses before anyone asks; return how many there were.

    The server answers for itself here, so it must be complete: Flask accepts no further
    routes after its first request.
    """
    store = BrotliStore(folder)
    client = server.test_client()
    count = 0
    for path in paths:
        with client.get(path, headers={"Accept-Encoding": "identity"}) as response:
            if response.status_code == 200 and _compressible(response.mimetype):
                store.store(response.get_data())
                count += 1
    return count


def _wanted(response: Response) -> bool:
    return (
        request.method == "GET"
        and "Range" not in request.headers
        and "Content-Encoding" not in response.headers
        and _compressible(response.mimetype)
        and (response.content_length is None or response.content_length >= _LEAST_BYTES)
    )


def _compressible(mimetype: str | None) -> bool:
    return mimetype is not None and (mimetype.startswith("text/") or mimetype in _COMPRESSIBLE)


def _encode(response: Response, store: BrotliStore) -> None:
    response.vary.add("Accept-Encoding")
    accepted = request.accept_encodings
    encoding = next((name for name in ("br", "gzip") if accepted.quality(name) > 0), None)
    if encoding is None:
        return
    # Flask hands files through unread; here the bytes are needed.
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) < _LEAST_BYTES:
        return
    response.set_data(store.get(body) if encoding == "br" else store.gzipped(body))
    response.headers["Content-Encoding"] = encoding
    # Flask's words for a file: parts of this one are not to be had, and nobody saves it.
    for name in ("Accept-Ranges", "Content-Disposition"):
        response.headers.pop(name, None)
    # Weak: the bytes differ from the file's, and change when the better ones are ready. Some of
    # Dash's scripts come without a tag, and would travel again with every visit.
    tag, _ = response.get_etag()
    response.set_etag(tag or _digest(body)[:20], weak=True)
    response.make_conditional(request)


def _never_changes(response: Response) -> bool:
    """Tell whether the address changes whenever the content does."""
    if request.path.startswith(SUITES_PREFIX):
        return check_fingerprint(request.path)[1]
    # Dash writes the file's time behind assets; one of another time is another file's address.
    modified = response.last_modified
    asked = request.args.get("m", "").partition(".")[0]
    return modified is not None and asked == str(int(modified.timestamp()))


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _write_atomically(path: Path, data: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        part = Path(file.name)
        try:
            file.write(data)
            file.close()
            part.replace(path)
        except OSError:
            part.unlink(missing_ok=True)
            raise
