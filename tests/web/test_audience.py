"""No internal row leaves a public site; an internal site shows them, and says what they are."""

import csv
import io
import json
import logging
import shutil
import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from dashboard.app import create_app
from dashboard.bundle import DataBundle, load_bundle
from dashboard.settings import Settings
from indicators.tables import SHIPPED
from tests.crawl import Found, crawl

AIR = "air_good_days_share"
# What internal rows hold: numbers and words that stand nowhere in the shipped data.
NUMBERS = (71.3917, 71.9317, 72.4816, 83.6173, 64.2859)
WORDS = (
    "密件备注",
    "hushnote",
    "密源单位",
    "密源标题",
    "密件部门",
    "密件口径",
    "密件更正",
    "密件规划",
)
VIEWS = [
    f"?region=440000&level=prefecture&indicator={AIR}&period=2022-09",
    f"?region=440000&level=prefecture&indicator={AIR}&period=2022-09&view=attainment",
    f"?region=440000&level=prefecture&indicator={AIR}&period=2019&view=gap",
    f"?region=440000&level=county&indicator={AIR}&period=2023&view=change",
    f"?region=440000&level=prefecture&indicator={AIR}&period=2022-09&selected=440100",
    f"?region=450300&indicator={AIR}&period=2019",
]
SECRET_SOURCE = {"source_id": "hush1", "publisher": "密源单位", "title": "密源标题", "url": ""}
SECRET_OBSERVATIONS = (
    {"adcode": "440000", "period": "2019", "value": "71.9317", "note": "密件备注"},
    {"adcode": "440100", "period": "2022-09", "value": "72.4816"},
)
SECRET_TARGETS = (
    {"plan_id": "guangdong", "adcode": "440000", "value": "83.6173"},
    {"plan_id": "hidden", "adcode": "450300", "value": "64.2859"},
)


def add(folder: Path, name: str, **cells: str) -> None:
    """Append a row to a table; columns that are not named stay empty."""
    path = folder / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, header, restval="", lineterminator="\n").writerow(cells)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Return the shipped tables with secrets in internal rows."""
    folder = shutil.copytree(SHIPPED, tmp_path_factory.mktemp("planted") / "data")
    usual = {"indicator_id": AIR, "source_id": "hush1", "audience": "internal"}
    add(folder, "sources", **SECRET_SOURCE)
    add(folder, "note_translations", note="密件备注", note_zh="密件备注", note_en="hushnote")
    for row in SECRET_OBSERVATIONS:
        add(folder, "observations", **usual, qualifier="=", quality="official", **row)
    add(
        folder,
        "corrections",
        table="observations",
        adcode="440000",
        indicator_id=AIR,
        period="2019",
        source_id="hush1",
        column="value",
        expected_wrong="71.9317",
        right="71.3917",
        reason_zh="密件更正",
        reason_en="密件更正",
        evidence_source_id="hush1",
    )
    add(
        folder,
        "plans",
        plan_id="hidden",
        adcode="450300",
        name_zh="密件规划",
        name_en="密件规划",
        first_year="2016",
        last_year="2025",
        period_basis_zh="甲",
        period_basis_en="a",
    )
    add(folder, "departments", plan_id="guangdong", name_zh="密件部门", name_en="密件部门")
    for row in SECRET_TARGETS:
        lead = "密件部门" if row["plan_id"] == "guangdong" else ""
        add(
            folder,
            "targets",
            indicator_id=AIR,
            year="2025",
            comparator=">=",
            unit="%",
            kind="rate",
            clause="一",
            departments_lead=lead,
            scope_zh="密件口径",
            scope_en="密件口径",
            audience="internal",
            **row,
        )
    return folder


@dataclass(frozen=True)
class Site:
    bundle: DataBundle
    found: Found
    cache: Path


class _Kept(logging.Handler):
    """Keeps every log record of a crawl as text."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


def visit(folder: Path, cache: Path, audience: str) -> Site:
    settings = Settings(data=str(folder), cache=str(cache), audience=audience)
    log, root = _Kept(), logging.getLogger()
    level = root.level
    root.addHandler(log)
    root.setLevel(logging.DEBUG)
    try:
        bundle = load_bundle(settings)
        found = crawl(create_app(settings, bundle), VIEWS, cache)
    finally:
        root.removeHandler(log)
        root.setLevel(level)
    return Site(bundle, found | {"log": "\n".join(log.lines).encode()}, cache)


@pytest.fixture(scope="module")
def cache(tmp_path_factory) -> Path:
    """Return one cache folder that both sites are given."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def public(folder, cache) -> Site:
    return visit(folder, cache, "public")


@pytest.fixture(scope="module")
def internal(folder, cache, public) -> Site:
    return visit(folder, cache, "internal")


def spellings(secret: float | str) -> list[bytes]:
    """Return how a secret may be written into bytes."""
    if isinstance(secret, float):
        return [str(secret).encode(), struct.pack(">d", secret), struct.pack("<d", secret)]
    escaped = json.dumps(secret)[1:-1]
    return [secret.encode(), escaped.encode(), quote(secret).encode(), secret.encode("gb18030")]


def places(found: Found, secret: float | str) -> list[str]:
    """Return where a secret can be read."""
    needles = spellings(secret)
    return [name for name, content in found.items() if any(part in content for part in needles)]


# ---------------------------------------------------------------- the gate


@pytest.mark.parametrize("secret", [*NUMBERS, *WORDS])
def test_no_secret_is_in_anything_a_public_site_gives_out(public, secret):
    assert places(public.found, secret) == []


@pytest.mark.parametrize("secret", [*NUMBERS, *WORDS])
def test_the_same_search_finds_every_secret_on_an_internal_site(internal, secret):
    assert places(internal.found, secret)


def test_the_search_covers_every_kind_of_output(internal):
    kinds = {
        "layout": "layout /",
        "callback": "callback ",
        "json": "/api/v1/observations.json",
        "csv": "/api/v1/targets.csv",
        "sheet": "/download/quality-atlas.xlsx xl/sharedStrings.xml",
        "archive": "/download/quality-atlas.zip ",
        "cache": "cache ",
    }
    read = {place for secret in (*NUMBERS, *WORDS) for place in places(internal.found, secret)}
    missing = {
        kind for kind, start in kinds.items() if not any(place.startswith(start) for place in read)
    }
    assert missing == set()
    assert {"/metrics", "/healthz", "/readyz", "/no-such-page", "log"} <= set(internal.found)


def test_no_page_of_the_crawl_failed(public, internal):
    for site in (public, internal):
        failed = [name for name, content in site.found.items() if content.startswith(b"500")]
        assert failed == []
        assert not any(b"incident" in line for line in site.found["log"].splitlines())


def test_a_public_site_looks_as_if_internal_rows_were_not_there(public, bundle):
    assert public.bundle.version == bundle.version
    assert public.bundle.atlas.tables == bundle.atlas.tables


def test_results_of_an_internal_site_are_kept_apart(internal):
    kept = {path.parent.name for path in internal.cache.rglob("*") if path.is_file()}
    assert {"results", "results-internal"} <= kept


def test_the_results_of_the_public_site_stay_free_of_secrets(internal):
    files = (path for path in (internal.cache / "results").rglob("*") if path.is_file())
    kept = {path.name: path.read_bytes() for path in files}
    assert kept
    assert [secret for secret in (*NUMBERS, *WORDS) if places(kept, secret)] == []


def test_the_versions_of_both_sites_differ(public, internal):
    assert public.bundle.version != internal.bundle.version


# ---------------------------------------------------------------- what an internal site says

MARKS = {"zh": "内部资料 · 不得外传", "en": "Internal · do not pass on"}
SHORT = {"zh": "〔内部〕", "en": "[internal]"}


def text_at(site: Site, name: str) -> str:
    content = site.found[name].decode()
    return json.dumps(json.loads(content), ensure_ascii=False) if "layout" in name else content


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", ["/", "/targets", "/compare", "/data", "/nowhere"])
def test_every_page_of_an_internal_site_says_so(internal, public, path, lang):
    tab = "&table=observations" if path == "/data" else ""
    name = f"layout {path}{VIEWS[0]}&lang={lang}{tab}"
    assert MARKS[lang] in text_at(internal, name)
    assert MARKS[lang] not in text_at(public, name)


def test_an_error_page_says_so_too(internal, public):
    assert MARKS["zh"] in internal.found["/no-such-page"].decode()
    assert MARKS["zh"] not in public.found["/no-such-page"].decode()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("path", "number"),
    [
        (f"/{VIEWS[4]}", "72.4816%"),
        (f"/targets{VIEWS[0]}", "83.6173%"),
        (f"/compare{VIEWS[0]}", "83.6173%"),
    ],
    ids=["map", "targets", "compare"],
)
def test_an_internal_value_is_marked_where_it_stands(internal, path, number, lang):
    said = text_at(internal, f"layout {path}&lang={lang}")
    space = "" if lang == "zh" else " "
    assert f"{number}{space}{SHORT[lang]}" in said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_grids_mark_internal_rows(internal, lang):
    for tab in ("observations", "targets"):
        said = text_at(internal, f"layout /data{VIEWS[0]}&lang={lang}&table={tab}")
        assert said.count(f'"audience": "{MARKS[lang]}"') == 2


def callback_answer(site: Site, output: str, asked: str) -> str:
    (name,) = (
        name
        for name in site.found
        if name.startswith("callback ") and output in name and name.endswith(f" {asked}")
    )
    return json.dumps(json.loads(site.found[name]), ensure_ascii=False)


def test_the_table_behind_the_map_marks_internal_values(internal):
    said = callback_answer(internal, "map-table.children", f"{VIEWS[0]}&lang=zh")
    assert f"72.4816%{SHORT['zh']}" in said


@pytest.mark.parametrize("path", ["/", "/compare"])
def test_figures_say_it_in_the_image(internal, path):
    said = text_at(internal, f"layout {path}{VIEWS[0]}&lang=zh")
    notes = said.count(f'"text": "{MARKS["zh"]}"')
    assert notes >= 4


def rows_of(site: Site, table: str) -> list[dict[str, str]]:
    body = site.found[f"/api/v1/{table}.csv"].split(b"\xef\xbb\xbf", 1)[1].decode()
    return list(csv.DictReader(io.StringIO(body)))


@pytest.mark.parametrize(("table", "count"), [("observations", 2), ("targets", 2)])
def test_rows_of_the_api_name_their_audience(internal, public, table, count):
    audiences = [row["audience"] for row in rows_of(internal, table)]
    assert audiences.count("internal") == count
    assert {row["audience"] for row in rows_of(public, table)} == {"public"}


def test_a_verdict_on_an_internal_target_is_internal(internal):
    verdicts = [row for row in rows_of(internal, "attainment") if row["target"] == "83.6173"]
    assert [row["audience"] for row in verdicts] == ["internal"]


def test_every_row_of_a_file_carries_the_mark(internal, public):
    for table in ("observations", "sources", "attainment"):
        assert all(MARKS["zh"] in row["stamp"] for row in rows_of(internal, table))
        assert "stamp" not in rows_of(public, table)[0]


def test_json_carries_the_mark_at_its_head(internal, public):
    name = "/api/v1/sources.json"
    assert f'{{"stamp":"{MARKS["zh"]} / {MARKS["en"]}","data":' in internal.found[name].decode()
    assert '"stamp"' not in public.found[name].decode()


@pytest.mark.parametrize(
    "path", ["/api/v1/sources.csv", "/download/quality-atlas.xlsx", "/download/quality-atlas.zip"]
)
def test_the_name_of_a_file_begins_with_the_mark(internal, public, path):
    name = f"filename*=UTF-8''{quote('内部资料-' + path.rsplit('/', 1)[1])}".encode()
    assert name in internal.found[path]
    assert name not in public.found[path]


def test_the_workbook_says_it_on_every_sheet(internal):
    start = "/download/quality-atlas.xlsx xl/worksheets/"
    sheets = {name: text for name, text in internal.found.items() if name.startswith(start)}
    unmarked = [name for name, text in sheets.items() if MARKS["zh"] not in text.decode()]
    # The first sheet is the readme, which says it in its first line.
    assert unmarked == [f"{start}sheet1.xml"]


def test_the_archive_says_it_first_and_stays_usable(internal, tmp_path):
    start = "/download/quality-atlas.zip "
    assert internal.found[f"{start}readme.txt"].decode("utf-8-sig").startswith(MARKS["zh"])
    assert json.loads(internal.found[f"{start}datapackage.json"])["stamp"].startswith(MARKS["zh"])
    for name, content in internal.found.items():
        if name.startswith(start):
            (tmp_path / name.removeprefix(start)).write_bytes(content)
    again = load_bundle(Settings(data=str(tmp_path), audience="internal")).atlas.tables
    assert again.observations == internal.bundle.atlas.tables.observations


def test_a_public_archive_of_the_same_tables_is_that_of_the_shipped_ones(public, bundle):
    archive = zipfile.ZipFile(
        io.BytesIO(public.found["/download/quality-atlas.zip"].split(b"\n\n", 1)[-1])
    )
    lines = archive.read("observations.csv").decode("utf-8-sig").splitlines()
    assert len(lines) == len(bundle.atlas.tables.observations) + 1
