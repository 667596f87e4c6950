"""A plan as a folder of CSV files."""

import hashlib
from pathlib import Path

from indicators.entry.plan_columns import PLAN, sheet_named
from indicators.entry.uploads import Upload, read_upload


def is_plan_folder(path: Path) -> bool:
    """Tell whether a folder holds a plan."""
    return path.is_dir() and any(sheet_named(file.name) is PLAN for file in path.glob("*.csv"))


def read_plan_folder(path: Path) -> tuple[Upload, ...]:
    """Read the files of a plan's tables, in the order of their names; others are not looked at.

    Raises:
        EntryError: where one of them cannot be read.
    """
    files = sorted(file for file in path.glob("*.csv") if sheet_named(file.name))
    return tuple(map(read_upload, files))


def folder_sha256(uploads: tuple[Upload, ...]) -> str:
    """Return one fingerprint of several files and their names."""
    digest = hashlib.sha256()
    for upload in uploads:
        digest.update(f"{upload.sha256}  {upload.name}\n".encode())
    return digest.hexdigest()
