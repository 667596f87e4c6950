"""The data a running server shows: looked at again and again, replaced only by data in order."""

import logging
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import g, has_request_context

from dashboard.boundary_sets import load_boundary_set
from dashboard.bundle import DataBundle, load_bundle
from dashboard.memo import forget
from dashboard.settings import Settings
from geodata.errors import GeoDataError
from indicators.errors import IndicatorDataError, TablesInvalidError
from indicators.store.stores import open_store

LOG = logging.getLogger(__name__)

_PINNED = "quality_atlas_bundle"
# Data that were refused are tried again after so many looks.
_LOOKS_BETWEEN_TRIES = 30


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why newer data are not shown; the words are for the log, they may quote cells."""

    since: datetime
    faults: int
    words: str
    token: str = ""


class LiveData:
    """One data bundle at a time; requests under way keep the one they began with."""

    def __init__(
        self,
        bundle: DataBundle,
        load: Callable[[], DataBundle],
        token: Callable[[], str],
        seen: str,
    ) -> None:
        """Keep what is shown now and the ways to something newer.

        Args:
            bundle: what is shown first.
            load: loads the newest data, or raises an error of the data layers.
            token: returns a text that changes when the data do.
            seen: the token of what is shown first.
        """
        self._bundle = bundle
        self._load = load
        self._token = token
        self._seen = seen
        self._refused: Refusal | None = None
        self._outage: Refusal | None = None
        self._looks = 0
        self.on_change: list[Callable[[], None]] = [forget]

    @classmethod
    def fixed(cls, bundle: DataBundle) -> "LiveData":
        """Return data that stay as they are."""
        return cls(bundle, lambda: bundle, lambda: "", "")

    @property
    def refusal(self) -> Refusal | None:
        """Why newer data are not shown now, None where there are none."""
        return self._refused or self._outage

    def current(self) -> DataBundle:
        """Return the data to show; all of one request sees the same."""
        if not has_request_context():
            return self._bundle
        if _PINNED not in g:
            setattr(g, _PINNED, self._bundle)
        pinned: DataBundle = getattr(g, _PINNED)
        return pinned

    def look(self) -> None:
        """Replace the data if there are newer ones in order; else keep them and say why."""
        token = ""
        try:
            token = self._token()
            newer = self._load() if self._is_worth_loading(token) else None
        except TablesInvalidError as error:
            self._outage = None
            self._refused = self._told(error, self._refused, len(error.faults), token)
        except (IndicatorDataError, GeoDataError, OSError) as error:
            self._outage = self._told(error, self._outage)
        except Exception as error:
            LOG.debug("unexpected", exc_info=error)
            self._outage = self._told(error, self._outage)
        else:
            self._outage = None
            if newer is not None:
                self._seen, self._refused = token, None
                self._show(newer)

    def _is_worth_loading(self, token: str) -> bool:
        if token == self._seen:
            self._refused = None
            return False
        self._looks += 1
        is_refused = self._refused is not None and self._refused.token == token
        # What was wrong may have been mended where no token shows it, as in a database by hand.
        return not is_refused or self._looks % _LOOKS_BETWEEN_TRIES == 0

    def _show(self, newer: DataBundle) -> None:
        if newer.version == self._bundle.version:
            return
        before, self._bundle = self._bundle.version, newer
        LOG.warning("data version %s replaces %s", newer.version, before)
        for react in self.on_change:
            try:
                react()
            except Exception:  # A cache that cannot be emptied is no reason to show old data.
                LOG.exception("could not drop what was kept of version %s", before)

    def _told(
        self, error: Exception, before: Refusal | None, faults: int = 0, token: str = ""
    ) -> Refusal:
        """Return the refusal, logged if it is another than before."""
        words = f"{type(error).__name__}: {error}"
        if before is not None and (before.words, before.token) == (words, token):
            return before
        LOG.error("newer data refused, the old ones stay: %s", words)
        return Refusal(datetime.now(UTC).replace(microsecond=0), faults, words, token)


class Watcher:
    """Looks for newer data from a thread of its own, in every process that answers requests."""

    def __init__(self, live: LiveData, changes: Callable[[], Iterator[None]]) -> None:
        """Keep the data and what tells when to look."""
        self._live = live
        self._changes = changes
        self._process = 0
        self._lock = threading.Lock()

    def start(self) -> None:
        """Look at once and go on looking, once in each process: threads do not follow a fork.

        A process born later holds the data its parent began with; nobody gets to see those.
        """
        if self._process == os.getpid():
            return
        with self._lock:
            if self._process != os.getpid():
                self._live.look()
                threading.Thread(target=self._run, name="watching-data", daemon=True).start()
                self._process = os.getpid()

    def _run(self) -> None:
        for _ in self._changes():
            self._live.look()


def live_data(settings: Settings, *, training: bool = False) -> tuple[LiveData, Watcher]:
    """Load the data, and return them with what looks for newer ones.

    Raises:
        GeoDataError, StoreError, TablesInvalidError: where the data cannot be used.
    """
    store = open_store(settings.data)
    geometry = load_boundary_set(settings)

    def load() -> DataBundle:
        return load_bundle(settings, training=training, geometry=geometry)

    # The token first: what changes while the tables are read is then seen as a change.
    seen = store.newest()
    live = LiveData(load(), load, store.newest, seen)
    return live, Watcher(live, lambda: store.changes(float(settings.reload_seconds)))
