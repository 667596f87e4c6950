"""Which source a row of a file comes from."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from indicators.entry.findings import Findings
from indicators.entry.grids import CellKind, Grid
from indicators.entry.headers import Role, role_of
from indicators.entry.plain import folded, plain, tidy
from indicators.entry.text_cells import refuse_broken, refuse_other_address
from indicators.entry.words import Words, quoted
from indicators.records import Source

UNNAMED = "未注明发布单位"
_SEARCHED_ROWS = 10


@dataclass(frozen=True, slots=True)
class Citation:
    """Who published something, under which title, and where."""

    publisher: str = ""
    title: str = ""
    url: str = ""

    def __bool__(self) -> bool:
        """Tell whether anything is said."""
        return bool(self.publisher or self.title or self.url)


class Sources:
    """The sources of one file, found among the known ones or made new."""

    def __init__(self, known: Mapping[str, Source], file_name: str, given: Citation) -> None:
        """Start from the known sources and from what the caller says about the whole file."""
        self._known = known
        self._exact = {
            (source.publisher, source.title, source.url): source for source in known.values()
        }
        self._alike = {_likeness(*parts): source for parts, source in self._exact.items()}
        self._file_name = file_name
        self._given = given
        self._listed: dict[str, Citation] = {}
        self.new: dict[str, Source] = {}

    def read_list(self, grid: Grid, findings: Findings) -> bool:
        """Take a sheet as the list of sources, if it is one."""
        for row in range(min(len(grid.rows), _SEARCHED_ROWS)):
            roles = {
                role_of(cell.text): column
                for column, cell in enumerate(grid.rows[row])
                if cell.kind is CellKind.TEXT
            }
            is_list = {Role.SOURCE, Role.PUBLISHER} <= set(roles)
            if is_list and not {Role.VALUE, Role.REGION, Role.REGION_NAME} & set(roles):
                self._read_rows(grid, row + 1, roles, findings)
                return True
        return False

    def source_of(self, key: str, cited: Citation, where: str, findings: Findings) -> Source | None:
        """Return the source of a row; None, with a fault, where its key leads nowhere."""
        if key:
            citation = self._listed.get(key)
            if citation is None and key in self._known:
                return self._known[key]
            if not citation:
                findings.refuse(
                    where,
                    quoted(key),
                    Words("“来源”表中填好的一行", "a filled-in row of the sheet of sources"),
                    Words("在“来源”表填写发布单位和标题", "fill in its publisher and title"),
                )
                return None
            return self._source(citation)
        first = next(filter(None, self._listed.values()), Citation())
        citation = cited or self._given or first
        if not citation:
            findings.notice(
                f"没有写来源：以文件本身为来源（{UNNAMED}，{self._file_name}），质量为不确定",
                f"no source given: the file {self._file_name} is the source, its quality uncertain",
            )
        return self._source(citation)

    @staticmethod
    def is_named(source: Source) -> bool:
        """Tell whether somebody is named who published it."""
        return source.publisher != UNNAMED

    def _source(self, citation: Citation) -> Source:
        publisher = citation.publisher or UNNAMED
        title = citation.title or self._file_name
        parts = (publisher, title, citation.url)
        found = self._exact.get(parts) or self._alike.get(_likeness(*parts))
        if found:
            return found
        source = Source(_source_id(*parts), *parts)
        self._exact[parts] = self._alike[_likeness(*parts)] = source
        self.new[source.source_id] = source
        return source

    def _read_rows(
        self, grid: Grid, first: int, roles: Mapping[Role | None, int], findings: Findings
    ) -> None:
        def text(row: int, role: Role) -> str:
            if role not in roles:
                return ""
            cell, where = grid.cell(row, roles[role]), grid.where(row, roles[role])
            refuse_broken(cell, where, findings)
            if role is Role.URL and not cell.is_broken:
                refuse_other_address(cell.text, where, findings)
            return tidy(cell.text)

        for row in range(first, len(grid.rows)):
            if key := plain(text(row, Role.SOURCE)):
                self._listed[key] = Citation(
                    text(row, Role.PUBLISHER), text(row, Role.TITLE), text(row, Role.URL)
                )


def _likeness(publisher: str, title: str, url: str) -> tuple[str, str, str]:
    """Return what sources are compared by: signs and blanks make no other source."""
    return folded(publisher), folded(title), plain(url)


def _source_id(publisher: str, title: str, url: str) -> str:
    """Return ten hexadecimal digits, as all sources have; the blank never occurs in a part."""
    return hashlib.sha256("\x1f".join((publisher, title, url)).encode()).hexdigest()[:10]
