"""The CSV files of a folder, before any revision."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from indicators import schemas
from indicators.errors import Fault
from indicators.reading import parse_table
from indicators.store.snapshots import Frames


def read_files(folder: Path) -> dict[str, bytes]:
    """Return the content of each table's file that is there."""
    paths = {table.file: folder / table.file for table in schemas.TABLES}
    return {file: path.read_bytes() for file, path in paths.items() if path.is_file()}


def parse_files(files: Mapping[str, bytes], folder: str) -> tuple[Frames, list[Fault]]:
    """Return what can be read of the files as tables, and why the rest cannot."""
    frames: Frames = {}
    faults: list[Fault] = []
    for table in schemas.TABLES:
        if table.file not in files:
            remedy = f"put {table.file} into {folder}"
            faults.append(Fault(table.file, 0, "", "no such file", "the table", remedy))
            continue
        frame, unreadable = parse_table(table.file, files[table.file])
        faults += unreadable
        if frame is not None:
            frames[table.file] = frame[list(table.columns)] if _fits(table, frame) else frame
    return frames, faults


def are_whole(frames: Frames) -> bool:
    """Tell whether every table is there with exactly its columns, so that rows can change."""
    return all(
        table.file in frames and _fits(table, frames[table.file]) for table in schemas.TABLES
    )


def cell_faults(frames: Frames) -> list[Fault]:
    """List every fault within the tables that are there."""
    return [
        fault
        for table in schemas.TABLES
        if table.file in frames
        for fault in schemas.table_faults(table, frames[table.file])
    ]


def _fits(table: schemas.Table, frame: pd.DataFrame) -> bool:
    return sorted(frame.columns) == sorted(table.columns)


def files_version(files: Mapping[str, bytes]) -> str:
    """Return the fingerprint of the files."""
    digest = hashlib.sha256()
    for table in schemas.TABLES:
        digest.update(table.file.encode())
        digest.update(files.get(table.file, b""))
    return digest.hexdigest()[:12]
