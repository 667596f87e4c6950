"""A publisher's error put right: the right value counts, and what was published stays in view."""

import csv
import io
import json
import shutil
import zipfile

import pytest

from dashboard.app import create_app
from dashboard.bundle import load_bundle
from dashboard.layout.data_grid import detail
from dashboard.routes.downloads import build_xlsx, build_zip
from dashboard.settings import Settings
from dashboard.views.data_query import Tab
from dashboard.views.data_tables import table_view
from indicators.tables import SHIPPED, load_tables

AIR = "air_good_days_share"
VIEW = f"?region=440000&level=prefecture&indicator={AIR}&period=2022-09"
REASONS = {"zh": "数字颠倒", "en": "Digits transposed"}
WORDS = {
    "zh": "公布为 {wrong}%，已更正：数字颠倒（依据：{publisher}）",
    "en": "published as {wrong}%, corrected: Digits transposed (shown by: {publisher})",
}


@pytest.fixture(scope="module")
def row():
    """Return a published value, which the correction calls wrong."""
    with (SHIPPED / "observations.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return next(r for r in rows if (r["adcode"], r["period"]) == ("440100", "2022-09"))


@pytest.fixture(scope="module")
def corrected(row, tmp_path_factory):
    """Return a bundle of the shipped tables with one correction."""
    folder = shutil.copytree(SHIPPED, tmp_path_factory.mktemp("corrected") / "data")
    key = [row[name] for name in ("adcode", "indicator_id", "period", "source_id")]
    said = [REASONS["zh"], REASONS["en"], row["source_id"]]
    with (folder / "corrections.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(
            ["observations", *key, "value", row["value"], "61.25", *said]
        )
    return load_bundle(Settings(data=str(folder)))


@pytest.fixture(scope="module")
def client(corrected):
    return create_app(Settings(cache="off"), corrected).server.test_client()


def layout(client, path):
    answer = client.get("/_dash-layout", headers={"Referer": f"http://localhost{path}"})
    return json.dumps(answer.get_json(), ensure_ascii=False)


@pytest.fixture
def words(row, corrected):
    publisher = corrected.atlas.sources[row["source_id"]].publisher

    def say(lang):
        return WORDS[lang].format(wrong=row["value"], publisher=publisher)

    return say


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_evidence_tells_what_was_published_and_why_it_is_not_shown(client, words, lang):
    said = layout(client, f"/{VIEW}&selected=440100&lang={lang}")

    assert "61.25" in said
    assert words(lang) in said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_grid_of_observations_tells_it_too(client, words, lang):
    said = layout(client, f"/data?table=observations&lang={lang}")

    assert said.count(f'"correction": "{words(lang)}"') == 1
    assert '"field": "correction"' in said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_grid_of_corrections_lists_it(client, corrected, row, lang):
    said = layout(client, f"/data?table=corrections&lang={lang}")

    assert '"type": "AgGrid"' in said
    (listed,) = table_view(corrected, Tab.CORRECTIONS, lang).rows
    assert (listed["expected_wrong"], listed["right"]) == (row["value"], "61.25")
    assert listed["reason"] == REASONS[lang]
    assert REASONS[lang] in str(detail([listed], Tab.CORRECTIONS, lang))


@pytest.mark.parametrize(
    ("lang", "sentence"), [("zh", "目前没有更正"), ("en", "No corrections so far")]
)
def test_without_corrections_the_page_says_so(bundle, lang, sentence):
    plain = create_app(Settings(cache="off"), bundle).server.test_client()
    said = layout(plain, f"/data?table=corrections&lang={lang}")

    assert sentence in said
    assert '"type": "AgGrid"' not in said
    observations = layout(plain, f"/data?table=observations&lang={lang}")
    assert '"field": "correction"' not in observations


def test_the_api_gives_the_right_value_and_the_published_one(client, row):
    address = f"/api/v1/observations.json?region=440100&indicator={AIR}&period=2022-09"
    found = [item for item in client.get(address).get_json()["data"] if item["published"]]

    assert [(item["value"], item["published"]) for item in found] == [(61.25, float(row["value"]))]


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 1), ("?region=440000", 1), ("?region=450000", 0), (f"?indicator={AIR}", 1),
     ("?indicator=forest_cover", 0), ("?period=2022-09", 1), ("?period=2022", 0)],
)  # fmt: skip
def test_the_api_lists_corrections_by_region_indicator_and_period(client, query, count):
    rows = client.get(f"/api/v1/corrections.json{query}").get_json()["data"]

    assert len(rows) == count
    assert all(item["right"] == "61.25" for item in rows)


def test_a_download_holds_published_values_beside_their_corrections(corrected, tmp_path):
    zipfile.ZipFile(io.BytesIO(build_zip(corrected))).extractall(tmp_path)
    read, tables = load_tables(tmp_path), corrected.atlas.tables

    assert read.observations == tables.observations
    assert read.corrections == tables.corrections


def test_the_workbook_has_a_sheet_of_corrections(corrected):
    book = zipfile.ZipFile(io.BytesIO(build_xlsx(corrected)))

    assert 'name="corrections"' in book.read("xl/workbook.xml").decode()
    assert REASONS["zh"] in book.read("xl/sharedStrings.xml").decode()


def test_a_correction_changes_the_version(bundle, corrected):
    assert corrected.version != bundle.version
