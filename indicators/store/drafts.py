"""Hold a draft to the rules of the tables before anything is written."""

from dataclasses import dataclass, replace

from indicators.corrections import corrected
from indicators.errors import DraftRefusedError, Fault
from indicators.references import reference_faults
from indicators.store.base_tables import cell_faults
from indicators.store.changes import Change, Row
from indicators.store.placing import ChangeError, Placed, WorkingTables
from indicators.store.revision_files import ordered
from indicators.store.revisions import Draft
from indicators.store.snapshots import Frames

_READ_AGAIN = "read the data again and repeat the command"


@dataclass(frozen=True, eq=False)
class CheckedDraft:
    """A draft that may be written, and where its changes fall."""

    draft: Draft
    placed: tuple[Placed, ...]


def check_draft(frames: Frames, draft: Draft, known_adcodes: frozenset[str] | None) -> CheckedDraft:
    """Return a draft with its texts trimmed and its columns in order.

    Raises:
        DraftRefusedError: with every fault the tables would have, or what the draft lacks.
    """
    tidy = replace(
        draft,
        author=" ".join(draft.author.split()),
        message=draft.message.strip(),
        changes=tuple(map(_tidy, draft.changes)),
    )
    if faults := [*_own_faults(tidy), *_text_faults(tidy)]:
        raise DraftRefusedError(faults)
    working = WorkingTables(frames)
    try:
        placed = working.apply(tidy.changes)
    except ChangeError as error:
        fault = Fault(f"{error.table}.csv", 0, "", error.found, error.expected, _READ_AGAIN)
        raise DraftRefusedError([fault]) from None
    if faults := frames_faults(working.frames(), known_adcodes):
        raise DraftRefusedError(faults)
    return CheckedDraft(tidy, tuple(placed))


def frames_faults(frames: Frames, known_adcodes: frozenset[str] | None) -> list[Fault]:
    """List every fault of the tables; references are looked at once the cells are right."""
    if faults := cell_faults(frames):
        return faults
    right = corrected(frames)
    return [*right.faults, *reference_faults(right.frames, known_adcodes)]


def _tidy(change: Change) -> Change:
    before, after = ordered(change.table, change.before), ordered(change.table, change.after)
    return Change(change.table, before, after)


def _own_faults(draft: Draft) -> list[Fault]:
    faults = []
    if not draft.changes:
        faults.append(_fault("no change", "at least one", "there is nothing to write"))
    if any(change.before == change.after for change in draft.changes):
        faults.append(_fault("a row that stays as it is", "changes only", "leave the row out"))
    if not draft.author:
        faults.append(_fault("no author", "who makes the change", "name one with --author"))
    return faults


def _text_faults(draft: Draft) -> list[Fault]:
    """Find characters that neither a file nor a database takes."""
    names = [draft.author, draft.message, draft.file.name if draft.file else ""]
    faults = [
        _fault(ascii(text), "text without control characters", "remove them")
        for text in names
        if not _is_storable(text)
    ]
    for change in draft.changes:
        row: Row = change.after or {}
        faults += [
            Fault(f"{change.table}.csv", 0, column, ascii(text), "text", "remove the character")
            for column, text in row.items()
            if not _is_storable(text)
        ]
    return faults


def _is_storable(text: str) -> bool:
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


def _fault(found: str, expected: str, remedy: str) -> Fault:
    return Fault("revision", 0, "", found, expected, remedy)
