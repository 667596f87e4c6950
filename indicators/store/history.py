"""The revision files of a folder: each written once, in one step, and never again."""

import errno
import os
import re
import uuid
from contextlib import suppress
from pathlib import Path

from indicators.errors import Fault, StoreChangedError, StoreError, TablesInvalidError
from indicators.store.revision_files import parse_revision, revision_text
from indicators.store.revisions import Revision, revision_name

FOLDER = "history"

_NAME = re.compile(r"((?!0{6})\d{6})\.json", re.ASCII)
_TEMPORARY = re.compile(r"\.(\d{6})-[0-9a-f]{32}\.tmp", re.ASCII)
_WHY = {
    errno.ENOSPC: ("磁盘已满 the disk is full", "free some space"),
    errno.EDQUOT: ("磁盘配额已满 the disk quota is used up", "free some space"),
    errno.EROFS: ("只读文件系统 a read-only file system", "name another folder with --data"),
    errno.EACCES: ("没有写权限 no permission to write", "make the folder writable"),
    errno.EPERM: (
        "不允许的操作 an operation the file system refuses",
        "use a folder on a local disk that you may write to",
    ),
}
_WHY[errno.EOPNOTSUPP] = _WHY[errno.EPERM]


def revision_paths(folder: Path) -> dict[int, Path]:
    """Return the revision files by number; anything else in their folder is passed over."""
    history = folder / FOLDER
    if not history.is_dir():
        return {}
    named = ((_NAME.fullmatch(path.name), path) for path in history.iterdir())
    return dict(sorted((int(match[1]), path) for match, path in named if match))


def read_revisions(folder: Path) -> tuple[Revision, ...]:
    """Return all revisions, oldest first.

    Raises:
        TablesInvalidError: where a number is missing or a file is damaged.
    """
    paths = revision_paths(folder)
    faults: list[Fault] = [
        Fault(
            revision_name(number),
            0,
            "",
            "no such file",
            f"every revision from 1 to {max(paths)}",
            "restore the file from a backup or from git; later revisions build on it",
        )
        for number in range(1, max(paths, default=0) + 1)
        if number not in paths
    ]
    revisions = []
    for number, path in paths.items():
        try:
            revisions.append(parse_revision(path.read_bytes(), number))
        except TablesInvalidError as error:
            faults += error.faults
    if faults:
        raise TablesInvalidError(faults)
    return tuple(revisions)


def write_revision(folder: Path, revision: Revision) -> None:
    """Write a revision's file whole or not at all.

    Raises:
        StoreChangedError: where somebody else has taken the number.
        StoreError: where the folder cannot be written to.
    """
    history = folder / FOLDER
    path = folder / revision_name(revision.number)
    try:
        if not history.is_dir():
            history.mkdir(exist_ok=True)
            flush_folder(folder)
        _write_once(path, revision_text(revision).encode())
    except (FileExistsError, FileNotFoundError):
        # A winner removes the temporary files of those who came too late.
        raise StoreChangedError(str(folder), revision.number - 1) from None
    except OSError as error:
        raise refusal(path, error) from error
    # From here on the revision is there; tidying up must not make it look refused.
    with suppress(OSError):
        flush_folder(history)
    with suppress(OSError):
        _remove_leftovers(history, revision.number)


def _write_once(path: Path, content: bytes) -> None:
    """Give a whole file its name, unless the name is taken."""
    temporary = path.with_name(f".{path.stem}-{uuid.uuid4().hex}.tmp")
    try:
        write_flushed(temporary, content)
        os.link(temporary, path)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def write_flushed(path: Path, content: bytes) -> None:
    """Write a new file so that it outlasts a loss of power."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Make new names in a folder last; Windows has no way to, and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_leftovers(history: Path, number: int) -> None:
    """Remove what killed processes left; nobody can still win with a number that is taken."""
    for path in history.iterdir():
        match = _TEMPORARY.fullmatch(path.name)
        if match and int(match[1]) <= number:
            path.unlink(missing_ok=True)


def refusal(path: Path, error: OSError) -> StoreError:
    """Return an error of the file system as one that says what to do."""
    found, remedy = _WHY.get(error.errno or 0, (error.strerror or str(error), "see the system log"))
    return StoreError(
        f"{path}: found {found}; expected to write there; 未写入 nothing was written; "
        f"{remedy} and repeat the command"
    )
