"""A revision as a JSON file: one line per change, the same bytes for the same revision."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from indicators.errors import Fault, TablesInvalidError
from indicators.store.changes import TABLES, Change, Row
from indicators.store.revisions import Revision, SourceFile, revision_name

FORMAT = 1

_FIELDS: dict[str, type | tuple[type, ...]] = {
    "format": int,
    "number": int,
    "time": str,
    "author": str,
    "message": str,
    "file": (dict, type(None)),
    "reverts": (int, type(None)),
    "base": str,
    "changes": list,
}
_REMEDY = "restore the file from a backup or from git; revisions are never edited"


class _DamagedError(ValueError):
    """Something in a revision's file is not as it was written."""

    def __init__(self, found: str, expected: str, index: int = 0) -> None:
        super().__init__(found)
        self.found = found
        self.expected = expected
        self.index = index


def revision_text(revision: Revision) -> str:
    """Return the content of a revision's file."""
    head = {
        "format": FORMAT,
        "number": revision.number,
        "time": time_text(revision.time),
        "author": revision.author,
        "message": revision.message,
        "file": _file_json(revision.file),
        "reverts": revision.reverts,
        "base": revision.base,
    }
    fields = [f"  {_json(name)}: {_json(value)},\n" for name, value in head.items()]
    changes = ",\n".join(f"    {_json(_change_json(change))}" for change in revision.changes)
    return "".join(["{\n", *fields, '  "changes": [\n', changes, "\n  ]\n}\n"])


def parse_revision(content: bytes, number: int) -> Revision:
    """Return the revision a file holds.

    Raises:
        TablesInvalidError: where the file is damaged, of another format or of another number.
    """
    try:
        return _revision(_loaded(content), number)
    except _DamagedError as error:
        name = revision_name(number)
        raise TablesInvalidError(
            [Fault(name, error.index, "", error.found, error.expected, _REMEDY)]
        ) from None


def time_text(time: datetime) -> str:
    """Return a time as it is written into revisions."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def ordered(table: str, row: Row | None) -> Row | None:
    """Return a row with its columns in the order of the table."""
    if row is None or table not in TABLES:
        return row
    known = [column for column in TABLES[table].columns if column in row]
    return {column: row[column] for column in [*known, *sorted(set(row) - set(known))]}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _file_json(file: SourceFile | None) -> dict[str, str] | None:
    return None if file is None else {"name": file.name, "sha256": file.sha256}


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "table": change.table,
        "before": ordered(change.table, change.before),
        "after": ordered(change.table, change.after),
    }


def _loaded(content: bytes) -> dict[str, Any]:
    try:
        loaded = json.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise _DamagedError(f"bytes that are not UTF-8 (at byte {error.start})", "JSON") from None
    except json.JSONDecodeError as error:
        found = f"text that is not JSON or breaks off (line {error.lineno}: {error.msg})"
        raise _DamagedError(found, "a whole revision") from None
    except ValueError:
        raise _DamagedError("a number of thousands of digits", "a whole revision") from None
    except RecursionError:
        raise _DamagedError("lists within lists without end", "a whole revision") from None
    if not isinstance(loaded, dict):
        raise _DamagedError(f"a JSON {type(loaded).__name__}", "a JSON object")
    try:
        json.dumps(loaded, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise _DamagedError("half a character (an escape from \\ud800 on)", "text") from None
    return loaded


def _revision(loaded: dict[str, Any], number: int) -> Revision:
    if loaded.get("format") != FORMAT:
        found = f"format {loaded.get('format')!r}"
        raise _DamagedError(found, f"format {FORMAT}; a newer release may have written it")
    _require_fields(loaded)
    if loaded["number"] != number:
        raise _DamagedError(f"number {loaded['number']}", f"number {number}, as in its name")
    return Revision(
        number=number,
        time=_time(loaded["time"]),
        base=loaded["base"],
        author=loaded["author"],
        message=loaded["message"],
        changes=tuple(_changes(loaded["changes"])),
        file=_file(loaded["file"]),
        reverts=loaded["reverts"],
    )


def _require_fields(loaded: dict[str, Any]) -> None:
    if set(loaded) != set(_FIELDS):
        raise _DamagedError(f"the fields {', '.join(loaded)}", f"the fields {', '.join(_FIELDS)}")
    for name, kind in _FIELDS.items():
        value = loaded[name]
        if not isinstance(value, kind) or isinstance(value, bool):
            raise _DamagedError(f"{name} {value!r}", "what a revision holds there")


def _time(text: str) -> datetime:
    try:
        time = datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")  # noqa: DTZ007 - Z is UTC
    except ValueError:
        raise _DamagedError(f"time {text!r}", "a time such as 2026-11-22T06:00:00Z") from None
    return time.replace(tzinfo=UTC)


def _file(loaded: dict[str, Any] | None) -> SourceFile | None:
    if loaded is None:
        return None
    if set(loaded) != {"name", "sha256"} or not _is_text(loaded.values()):
        raise _DamagedError(f"file {loaded!r}", "name and sha256 of a file")
    return SourceFile(**loaded)


def _changes(loaded: list[Any]) -> Iterable[Change]:
    for index, item in enumerate(loaded, start=1):
        if not isinstance(item, dict) or set(item) != {"table", "before", "after"}:
            raise _DamagedError(f"{item!r}", "table, before and after", index)
        rows = [item["before"], item["after"]]
        if not isinstance(item["table"], str) or not all(map(_is_row, rows)):
            raise _DamagedError(f"{item!r}", "rows of text", index)
        yield Change(item["table"], *rows)


def _is_row(row: object) -> bool:
    return row is None or (isinstance(row, dict) and _is_text(row.values()))


def _is_text(values: Iterable[object]) -> bool:
    return all(isinstance(value, str) for value in values)
