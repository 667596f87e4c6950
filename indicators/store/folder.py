"""The store in a folder: CSV files that stay as they are, and a history of changes beside them."""

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from indicators import schemas
from indicators.errors import Fault, StoreChangedError, TablesInvalidError
from indicators.store.base_tables import (
    are_whole,
    cell_faults,
    files_version,
    parse_files,
    read_files,
)
from indicators.store.drafts import check_draft
from indicators.store.history import read_revisions, revision_paths, write_revision
from indicators.store.revision_files import revision_text
from indicators.store.revisions import Draft, Revision, applied, revision_from
from indicators.store.snapshots import Frames, Snapshot, next_version, require_revision


@dataclass(frozen=True)
class FolderStore:
    """The tables of one folder."""

    folder: Path

    @property
    def address(self) -> str:
        """The folder's path, for messages."""
        return str(self.folder)

    def read(self, revision: int | None = None) -> Snapshot:
        """Return the tables as of a revision, by default the newest.

        Raises:
            StoreError: where there is no such revision.
        """
        try:
            revisions = self.revisions()
        except TablesInvalidError as error:
            return Snapshot({}, "", 0, tuple(error.faults))
        newest = len(revisions) if revision is None else revision
        require_revision(self.address, newest, len(revisions))
        return self._snapshot(revisions[:newest])

    def revisions(self) -> tuple[Revision, ...]:
        """Return all revisions, oldest first.

        Raises:
            TablesInvalidError: where the history is damaged.
        """
        return read_revisions(self.folder)

    def append(
        self, draft: Draft, expected: int, known_adcodes: frozenset[str] | None = None
    ) -> Revision:
        """Write a draft as the revision after ``expected``, or nothing at all.

        Raises:
            DraftRefusedError: where the tables would have faults.
            StoreChangedError: where ``expected`` is not the newest revision.
            StoreError: where the folder cannot be written to.
            TablesInvalidError: where the folder cannot be read.
        """
        revisions = self.revisions()
        if len(revisions) != expected:
            raise StoreChangedError(self.address, expected, len(revisions))
        frames, version = self._changeable(revisions)
        checked = check_draft(frames, draft, known_adcodes)
        time = datetime.now(UTC).replace(microsecond=0)
        revision = revision_from(checked.draft, expected + 1, time, version)
        write_revision(self.folder, revision)
        return revision

    def newest(self) -> str:
        """Return a token that changes whenever a file does."""
        paths = [self.folder / table.file for table in schemas.TABLES]
        digest = hashlib.sha256()
        for path in [*paths, *revision_paths(self.folder).values()]:
            digest.update(f"{path.name} {_stamp(path)}\n".encode())
        return digest.hexdigest()[:12]

    def changes(self, seconds: float) -> Iterator[None]:
        """Yield every so many seconds: a folder, on whatever disk, reports nothing by itself."""
        while True:
            time.sleep(seconds)
            yield

    def _snapshot(self, revisions: Sequence[Revision]) -> Snapshot:
        files = read_files(self.folder)
        frames, faults = parse_files(files, self.address)
        if are_whole(frames):
            frames, misfits = _changed(frames, revisions)
            faults += misfits
        faults += cell_faults(frames)
        version = _version(files_version(files), revisions)
        return Snapshot(frames, version, len(revisions), tuple(faults))

    def _changeable(self, revisions: Sequence[Revision]) -> tuple[Frames, str]:
        """Return the tables and their version; bad cells are left for a draft to mend."""
        files = read_files(self.folder)
        frames, faults = parse_files(files, self.address)
        if not are_whole(frames):
            raise TablesInvalidError(faults + cell_faults(frames))
        return applied(frames, revisions), _version(files_version(files), revisions)


def _changed(frames: Frames, revisions: Sequence[Revision]) -> tuple[Frames, list[Fault]]:
    try:
        return applied(frames, revisions), []
    except TablesInvalidError as error:
        return frames, error.faults


def _version(version: str, revisions: Sequence[Revision]) -> str:
    for revision in revisions:
        version = next_version(version, revision_text(revision))
    return version


def _stamp(path: Path) -> str:
    try:
        status = path.stat()
    except FileNotFoundError:
        return "missing"
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ino}"
