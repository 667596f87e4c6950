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


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why newer data are not shown."""

    since: datetime
    faults: int


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
        self.on_change: list[Callable[[], None]] = [forget]
        self.refusal: Refusal | None = None

    @classmethod
    def fixed(cls, bundle: DataBundle) -> "LiveData":
        """Return data that stay as they are."""
        return cls(bundle, lambda: bundle, lambda: "", "")

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
        try:
            token = self._token()
            if token == self._seen:
                return
            newer = self._load()
        except TablesInvalidError as error:
            self._refuse(error, len(error.faults))
            # The same faults need no second look; whatever mends them changes the token.
            self._seen = token
        except (IndicatorDataError, GeoDataError, OSError) as error:
            # The server or the disk may be back at the next look, with the same token.
            self._refuse(error, 0)
        else:
            self._seen, self.refusal = token, None
            self._show(newer)

    def _show(self, newer: DataBundle) -> None:
        if newer.version == self._bundle.version:
            return
        before, self._bundle = self._bundle.version, newer
        for react in self.on_change:
            react()
        LOG.warning("data version %s replaces %s", newer.version, before)

    def _refuse(self, error: Exception, faults: int) -> None:
        if self.refusal is None or self.refusal.faults != faults:
            LOG.error("newer data refused, the old ones stay: %s", error)
            self.refusal = Refusal(datetime.now(UTC).replace(microsecond=0), faults)


class Watcher:
    """Looks for newer data from a thread of its own, in every process that answers requests."""

    def __init__(self, live: LiveData, changes: Callable[[], Iterator[None]]) -> None:
        """Keep the data and what tells when to look."""
        self._live = live
        self._changes = changes
        self._process = 0
        self._lock = threading.Lock()

    def start(self) -> None:
        """Start looking, once in each process: threads do not follow a fork."""
        if self._process == os.getpid():
            return
        with self._lock:
            if self._process != os.getpid():
                self._process = os.getpid()
                threading.Thread(target=self._run, name="watching-data", daemon=True).start()

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
