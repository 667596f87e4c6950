"""The downloads: complete, typed by the schemas, harmless to open, the same bytes each time."""

import io
import json
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dashboard.app import create_app
from dashboard.routes.datapackage import field_of
from dashboard.routes.downloads import build_xlsx, build_zip
from dashboard.settings import Settings
from indicators import schemas
from indicators.cells import Rule
from indicators.records import Source
from indicators.tables import load_tables
from tests import builders

XLSX, ZIP = "/download/quality-atlas.xlsx", "/download/quality-atlas.zip"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def client(bundle, tmp_path_factory):
    cache = tmp_path_factory.mktemp("cache")
    return create_app(Settings(cache=str(cache)), bundle).server.test_client()


@pytest.fixture(scope="module")
def package(bundle):
    return zipfile.ZipFile(io.BytesIO(build_zip(bundle)))


@pytest.fixture(scope="module")
def descriptor(package):
    return json.loads(package.read("datapackage.json"))


def part(book, path):
    """Return a part of a workbook, which the code under test has made."""
    return ElementTree.fromstring(book.read(path))  # noqa: S314


def sheet_cells(book, name):
    """Return the cells of a sheet: reference → (type, text)."""
    relations = part(book, "xl/workbook.xml")
    names = [sheet.get("name") for sheet in relations.iter(f"{MAIN}sheet")]
    number = names.index(name) + 1
    strings = [
        "".join(piece.text or "" for piece in item.iter(f"{MAIN}t"))
        for item in part(book, "xl/sharedStrings.xml")
    ]
    page = part(book, f"xl/worksheets/sheet{number}.xml")
    cells = {}
    for cell in page.iter(f"{MAIN}c"):
        value = cell.findtext(f"{MAIN}v")
        kind = cell.get("t", "n")
        cells[cell.get("r")] = (kind, strings[int(value)] if kind == "s" else value)
    return page, cells


# ---------------------------------------------------------------- addresses


@pytest.mark.parametrize("address", [XLSX, ZIP])
def test_a_download_is_a_file_that_a_cache_can_ask_about(client, address):
    first = client.get(address)
    assert first.status_code == 200
    assert first.headers["Content-Disposition"] == (
        f'attachment; filename="{address.rsplit("/", 1)[1]}"'
    )
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert client.get(address).data == first.data
    assert client.post(address).status_code == 405


def test_a_file_is_made_once_for_each_version(bundle, tmp_path, monkeypatch):
    made = []
    monkeypatch.setattr("dashboard.routes.downloads.sheets", lambda bundle: made.append(1) or ())
    client = create_app(Settings(cache=str(tmp_path)), bundle).server.test_client()
    assert client.get(ZIP).data == client.get(ZIP).data
    assert made == [1]


@pytest.mark.parametrize("build", [build_xlsx, build_zip])
def test_the_same_data_make_the_same_bytes(bundle, build, monkeypatch):
    first = build(bundle)
    # Zip files and workbooks carry times; two seconds is the step of those in a zip.
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    assert build(bundle) == first


# ---------------------------------------------------------------- the archive


def test_its_tables_can_be_put_to_use_again(bundle, package, tmp_path):
    package.extractall(tmp_path)
    read, shipped = load_tables(tmp_path), bundle.atlas.tables
    for table in schemas.TABLES:
        name = table.file.removesuffix(".csv")
        assert getattr(read, name) == getattr(shipped, name), name


def test_it_describes_every_file_and_nothing_else(package, descriptor):
    described = {resource["path"] for resource in descriptor["resources"]}
    assert set(package.namelist()) == described | {"datapackage.json", "readme.txt"}


def test_its_fields_are_the_columns_of_files_and_schemas(package, descriptor):
    tables = {table.file: list(table.columns) for table in schemas.TABLES}
    for resource in descriptor["resources"]:
        fields = [field["name"] for field in resource["schema"]["fields"]]
        head = package.read(resource["path"]).decode("utf-8-sig").splitlines()[0]
        assert head.split(",") == fields
        assert tables.get(resource["path"], fields) == fields


def test_every_rule_of_every_table_has_a_type():
    for table in schemas.TABLES:
        for name, rule in table.columns.items():
            assert field_of(name, rule)["type"]


def test_types_and_limits_come_from_the_rules():
    columns = schemas.OBSERVATIONS.columns
    adcode = {"required": True, "pattern": "[0-9]{6}"}
    assert field_of("adcode", columns["adcode"])["constraints"] == adcode
    assert field_of("value", columns["value"])["type"] == "number"
    assert field_of("qualifier", columns["qualifier"])["constraints"]["enum"] == ["=", ">=", "~"]
    assert "constraints" not in field_of("minimum", schemas.INDICATORS.columns["minimum"])


def test_a_rule_without_a_type_is_not_passed_over():
    with pytest.raises(KeyError, match="a colour"):
        field_of("hue", Rule(lambda text: True, "a colour", "name one"))


def test_references_lead_to_a_described_field(descriptor):
    fields = {
        resource["name"]: {field["name"] for field in resource["schema"]["fields"]}
        for resource in descriptor["resources"]
    }
    for resource in descriptor["resources"]:
        for key in resource["schema"].get("foreignKeys", []):
            reference = key["reference"]
            assert reference["fields"] in fields[reference["resource"]]
        assert set(resource["schema"].get("primaryKey", [])) <= fields[resource["name"]]


def test_it_names_version_licence_and_sources(bundle, descriptor):
    assert descriptor["version"] == bundle.version
    assert descriptor["licenses"][0]["path"] == "readme.txt"
    assert len(descriptor["sources"]) == len(bundle.atlas.tables.sources)


def test_the_readme_speaks_both_languages_and_counts_right(bundle, package):
    readme = package.read("readme.txt").decode("utf-8-sig")
    count = len(bundle.atlas.tables.targets)
    assert f"targets（{count} 行）" in readme
    assert f"targets ({count} rows)" in readme
    assert readme.count(bundle.version) == 2


# ---------------------------------------------------------------- the workbook


@pytest.fixture(scope="module")
def book(bundle):
    return zipfile.ZipFile(io.BytesIO(build_xlsx(bundle)))


def test_codes_are_text_and_values_numbers(book):
    page, cells = sheet_cells(book, "observations")
    assert cells["A1"] == ("s", "adcode")
    assert cells["A2"][0] == "s"
    assert re.fullmatch(r"\d{6}", cells["A2"][1])
    assert cells["D2"][0] == "n"
    pane = page.find(f".//{MAIN}pane")
    assert pane.get("state") == "frozen"
    assert pane.get("ySplit") == "1"
    assert page.find(f"{MAIN}cols") is not None


def test_every_record_is_a_row(bundle, book):
    for name in ("observations", "targets", "sources", "tasks"):
        page, _ = sheet_cells(book, name)
        rows = list(page.iter(f"{MAIN}row"))
        assert len(rows) == len(getattr(bundle.atlas.tables, name)) + 1


HOSTILE = ("=1+1", "=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-1", "https://example.org", "007")


def test_nothing_typed_into_a_table_runs_in_a_spreadsheet():
    bundle = builders.small_bundle(
        observations=[builders.observation("110100", "2020", 90, note=text) for text in HOSTILE]
    )
    sources = bundle.atlas.tables.sources
    assert isinstance(sources[0], Source)
    book = zipfile.ZipFile(io.BytesIO(build_xlsx(bundle)))
    page, cells = sheet_cells(book, "observations")
    assert list(page.iter(f"{MAIN}f")) == []
    assert list(page.iter(f"{MAIN}hyperlink")) == []
    notes = [cells[f"H{row}"] for row in range(2, 2 + len(HOSTILE))]
    assert notes == [("s", text) for text in HOSTILE]
    archive = zipfile.ZipFile(io.BytesIO(build_zip(bundle)))
    lines = archive.read("observations.csv").decode("utf-8-sig").splitlines()[1:]
    for line, text in zip(lines, HOSTILE, strict=True):
        dangerous = text.startswith(("=", "@", "+", "-"))
        assert line.endswith(f"'{text},public" if dangerous else f"{text},public")


def test_the_readme_page_names_every_sheet(book):
    _, cells = sheet_cells(book, "readme")
    said = "\n".join(text for _, text in cells.values())
    for table in schemas.TABLES:
        assert Path(table.file).stem in said
