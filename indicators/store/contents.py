"""All that a store holds, on its way from one store to another."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from uuid import uuid4

from indicators.errors import StoreError, TablesInvalidError
from indicators.store.base_tables import are_whole, cell_faults, files_version, parse_files
from indicators.store.base_tables import read_files as read_tables
from indicators.store.drafts import frames_faults
from indicators.store.history import FOLDER, flush_folder, read_revisions, refusal, write_flushed
from indicators.store.revision_files import revision_text
from indicators.store.revisions import Revision, applied
from indicators.store.snapshots import Frames


@dataclass(frozen=True, eq=False)
class Contents:
    """The files of the base and every revision since."""

    files: dict[str, bytes]
    revisions: tuple[Revision, ...]

    @property
    def version(self) -> str:
        """The fingerprint of the base."""
        return files_version(self.files)

    def base(self) -> Frames:
        """Return the tables before any revision.

        Raises:
            TablesInvalidError: where rows cannot be told from the files.
        """
        frames, faults = parse_files(self.files, "the folder")
        if not are_whole(frames):
            raise TablesInvalidError(faults + cell_faults(frames))
        return frames

    def current(self) -> Frames:
        """Return the tables as of the newest revision.

        Raises:
            TablesInvalidError: with every fault a server would not start with.
        """
        frames = applied(self.base(), self.revisions)
        if faults := frames_faults(frames, None):
            raise TablesInvalidError(faults)
        return frames


def read_folder(folder: Path) -> Contents:
    """Return what a folder holds.

    Raises:
        TablesInvalidError: where its history is damaged.
    """
    return Contents(read_tables(folder), read_revisions(folder))


def write_contents(folder: Path, contents: Contents) -> None:
    """Write files and revisions into a new folder."""
    for name, content in contents.files.items():
        write_flushed(folder / name, content)
    if not contents.revisions:
        return
    (folder / FOLDER).mkdir()
    for revision in contents.revisions:
        write_flushed(folder / revision.name, revision_text(revision).encode())
    flush_folder(folder / FOLDER)


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """Offer a folder that takes the place of ``target`` once all is written, or never.

    Raises:
        StoreError: where the target holds something already, or cannot be written to.
    """
    _require_empty(target)
    beside = target.with_name(f".{target.name}-{uuid4().hex}.partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside.mkdir()
        try:
            yield beside
            flush_folder(beside)
            if target.exists():
                target.rmdir()
            beside.rename(target)
        finally:
            rmtree(beside, ignore_errors=True)
        flush_folder(target.parent)
    except OSError as error:
        raise refusal(target, error) from error


def _require_empty(target: Path) -> None:
    if not target.exists():
        return
    if target.is_dir() and not any(target.iterdir()):
        return
    found = "a folder that is not empty" if target.is_dir() else "a file"
    raise StoreError(
        f"{target}: 目标不是空的 found {found}; expected a new or an empty folder; "
        "name another one with --to"
    )
