"""Training data on a site: every screen and file says so, and the public is handed no file."""

import csv
import io
import json
import shutil
from urllib.parse import quote

import pytest

from dashboard.app import create_app
from dashboard.bundle import load_bundle
from dashboard.cli import main
from dashboard.commands import serve
from dashboard.commands.common import CommandError
from dashboard.settings import Settings, SettingsError
from indicators.errors import IndicatorDataError, TablesInvalidError
from indicators.reserved import carries_stamp
from indicators.store.changes import Change
from indicators.store.revisions import Draft
from indicators.store.stores import open_store
from indicators.tables import SHIPPED, load_tables
from tests.crawl import DOWNLOADS, crawl

AIR = "air_good_days_share"
VIEWS = [
    f"?region=440000&level=prefecture&indicator={AIR}&period=2020",
    f"?region=440000&level=county&indicator={AIR}&period=2022&selected=440103",
]
STAMP = {"zh": "演练数据 · 非真实", "en": "Training data · not real"}
PAGES = ("/", "/targets", "/compare", "/data", "/nowhere")
CSV = "/api/v1/observations.csv"
# What the files of an internal site that shows training data are called.
PREFIX = "演练数据-内部资料-"


def visit(cache, audience):
    settings = Settings(cache=str(cache), audience=audience)
    bundle = load_bundle(settings, training=True)
    return bundle, crawl(create_app(settings, bundle), VIEWS, cache)


@pytest.fixture(scope="module")
def public(tmp_path_factory):
    return visit(tmp_path_factory.mktemp("public"), "public")


@pytest.fixture(scope="module")
def internal(tmp_path_factory):
    return visit(tmp_path_factory.mktemp("internal"), "internal")


@pytest.fixture(scope="module", params=["public", "internal"])
def found(request):
    return request.getfixturevalue(request.param)[1]


def text_at(found, name):
    return json.dumps(json.loads(found[name]), ensure_ascii=False)


def layout(found, path, lang, view=VIEWS[0]):
    tab = "&table=observations" if path == "/data" else ""
    return text_at(found, f"layout {path}{view}&lang={lang}{tab}")


# ---------------------------------------------------------------- screens


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_the_banner_and_a_title_that_begins_with_it(found, path, lang):
    said = layout(found, path, lang)

    assert f'"children": "{STAMP[lang]}"' in said
    assert "stamp-banner stamp-training" in said
    assert "site-training" in said
    assert f'"title": "{STAMP[lang]} ' in said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_title_of_the_first_document_begins_with_it(found, lang):
    document = found[f"/{VIEWS[0]}&lang={lang}"].decode()

    assert f"<title>{STAMP[lang]} " in document


def test_an_error_page_says_it_in_title_and_text(found):
    page = found["/no-such-page"].decode()

    assert f"<title>{STAMP['zh']} " in page
    assert f"<strong>{STAMP['zh']}</strong>" in page


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("path", "figures"), [("/", 4), ("/compare", 3)])
def test_every_figure_carries_it_into_its_image(found, path, figures, lang):
    said = layout(found, path, lang)

    assert said.count(f'"text": "{STAMP[lang]}", "x": 0.5, "y": 0.5') >= figures


def test_every_figure_of_every_answer_carries_it(found):
    def figures(node):
        if isinstance(node, dict):
            if isinstance(node.get("data"), list) and isinstance(node.get("layout"), dict):
                yield node
            for item in node.values():
                yield from figures(item)
        elif isinstance(node, list):
            for item in node:
                yield from figures(item)

    answers = [name for name in found if name.startswith(("layout ", "callback "))]
    drawn = [
        figure
        for name in answers
        if found[name].startswith((b"{", b"["))
        for figure in figures(json.loads(found[name]))
        if figure["data"]
    ]
    assert len(drawn) > 20
    for figure in drawn:
        notes = [note["text"] for note in figure["layout"].get("annotations", [])]
        assert carries_stamp(notes)


def test_every_value_names_its_source_as_generated(found):
    said = layout(found, "/", "zh", VIEWS[1])

    assert "非真实数据" in said
    assert STAMP["zh"] in said


def test_no_publisher_is_left_on_any_screen(found, bundle):
    publishers = {source.publisher for source in bundle.atlas.tables.sources}
    titles = {source.title for source in bundle.atlas.tables.sources if len(source.title) > 8}
    said = "".join(layout(found, path, "zh") for path in PAGES)

    assert [name for name in publishers | titles if f'"{name}"' in said] == []


# ---------------------------------------------------------------- the public gets no file


@pytest.mark.parametrize("path", DOWNLOADS)
def test_the_public_is_refused_a_download_with_a_page_that_says_why(public, path):
    answer = public[1][path].decode()

    assert answer.startswith("403")
    assert "演练数据不是真实数据，公开站点不对外提供下载" in answer


@pytest.mark.parametrize("path", DOWNLOADS)
def test_the_refusal_speaks_the_language_asked_for(public, path, tmp_path):
    settings = Settings(cache=str(tmp_path))
    client = create_app(settings, public[0]).server.test_client()

    answer = client.get(f"{path}?lang=en")

    assert answer.status_code == 403
    assert "public export is refused" in answer.get_data(as_text=True)


def test_the_public_is_refused_csv_too(public):
    answer = public[1][CSV].decode()

    assert answer.startswith("403")
    assert "observations.json, or a site for internal use" in answer


def test_json_is_answered_with_the_stamp_at_its_head(found):
    body = found["/api/v1/observations.json"].decode()

    assert '{"stamp":"演练数据 · 非真实' in body


# ---------------------------------------------------------------- files of an internal site


def test_every_row_of_a_csv_carries_the_stamp(internal):
    body = internal[1][CSV].split(b"\xef\xbb\xbf", 1)[1].decode()
    rows = list(csv.DictReader(io.StringIO(body)))

    assert rows
    assert all(carries_stamp([row["stamp"]]) for row in rows)
    assert {row["source_id"] for row in rows} == {"training"}


@pytest.mark.parametrize("path", [CSV, *DOWNLOADS])
def test_the_name_of_every_file_begins_with_it(internal, path):
    begins = f"filename*=UTF-8''{quote('演练数据-')}".encode()

    assert internal[1][path].startswith(b"200")
    assert begins in internal[1][path]


def test_every_table_of_the_archive_carries_it_in_name_and_rows(internal):
    start = "/download/quality-atlas.zip "
    files = {
        name.removeprefix(start): content
        for name, content in internal[1].items()
        if name.startswith(start)
    }
    tables = {name: text.decode("utf-8-sig") for name, text in files.items() if ".csv" in name}

    assert len(tables) > 10
    for name, text in tables.items():
        assert name.startswith("演练数据-")
        rows = list(csv.DictReader(io.StringIO(text)))
        assert all(carries_stamp([row["stamp"]]) for row in rows)
    assert carries_stamp([files["readme.txt"].decode("utf-8-sig").splitlines()[0]])
    assert carries_stamp([json.loads(files["datapackage.json"])["stamp"]])


def test_every_sheet_of_the_workbook_carries_it(internal):
    start = "/download/quality-atlas.xlsx xl/worksheets/"
    sheets = [text for name, text in internal[1].items() if name.startswith(start)]
    unmarked = [text for text in sheets if STAMP["zh"] not in text.decode()]

    # The readme says it in its first line.
    assert len(unmarked) == 1


@pytest.mark.parametrize("keep_names", [True, False])
def test_an_archive_of_generated_tables_cannot_be_loaded(internal, tmp_path, keep_names):
    start = "/download/quality-atlas.zip "
    for name, content in internal[1].items():
        if name.startswith(start):
            file = name.removeprefix(start)
            bare = file if keep_names else file.removeprefix(PREFIX)
            (tmp_path / bare).write_bytes(content)

    with pytest.raises(TablesInvalidError):
        load_tables(tmp_path)


def test_not_even_without_the_columns_that_give_it_away(internal, tmp_path):
    for path in SHIPPED.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    name = f"/download/quality-atlas.zip {PREFIX}observations.csv"
    rows = csv.DictReader(io.StringIO(internal[1][name].decode("utf-8-sig")))
    columns = [column for column in rows.fieldnames if column != "stamp"]
    with (tmp_path / "observations.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    with (tmp_path / "sources.csv").open("a", encoding="utf-8") as file:
        file.write("training,演练,非真实数据,\n")

    with pytest.raises(TablesInvalidError, match="generated training data are not real"):
        load_tables(tmp_path)


@pytest.fixture
def store(tmp_path):
    """Return a folder of real tables."""
    return shutil.copytree(SHIPPED, tmp_path / "store")


def generated_file(found, kind):
    """Return a file of generated values as it is downloaded."""
    if kind == "xlsx":
        return found[DOWNLOADS[0]].split(b"\r\n\r\n", 1)[1]
    return found[CSV].split(b"\r\n\r\n", 1)[1]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("name", ["values", "演练数据-values"])
def test_a_file_of_generated_values_cannot_be_imported(
    internal, store, tmp_path, capsys, kind, name
):
    path = tmp_path / f"{name}.{kind}"
    path.write_bytes(generated_file(internal[1], kind))

    assert main(["import", str(path), "--data", str(store), "--accept-warnings"]) == 1
    said = capsys.readouterr().err
    assert "演练数据由程序生成，不能导入" in said
    assert "training data are generated and cannot be imported" in said
    assert not (store / "history").exists()


def test_not_even_after_the_stamp_was_removed(internal, store, tmp_path, capsys):
    text = generated_file(internal[1], "csv").decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text))
    kept = [index for index, name in enumerate(header) if name not in ("stamp", "note")]
    path = tmp_path / "values.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([row[index] for index in kept] for row in (header, *rows))

    assert main(["import", str(path), "--data", str(store), "--accept-warnings"]) == 1
    assert "training data are generated" in capsys.readouterr().err
    assert not (store / "history").exists()


def test_a_draft_with_a_generated_row_is_refused_by_the_store(store):
    row = {"source_id": "training", "publisher": "甲", "title": "乙", "url": ""}
    draft = Draft("someone", "an attempt", (Change("sources", None, row),))

    with pytest.raises(IndicatorDataError, match="training data cannot be kept"):
        open_store(str(store)).append(draft, 0)
    assert not (store / "history").exists()


# ---------------------------------------------------------------- versions and operations


def test_results_are_never_those_of_the_real_data(public, internal, bundle):
    versions = {public[0].version, internal[0].version, bundle.version}

    assert len(versions) == 3


def test_operations_are_told(found):
    ready = json.loads(found["/readyz"].split(b"\r\n\r\n", 1)[-1])

    assert ready["training"] is True


def test_the_shipped_tables_stay_as_they_are(bundle, public):
    assert load_tables(SHIPPED).version == bundle.atlas.tables.version


# ---------------------------------------------------------------- how it is started


def test_there_is_no_variable_for_it():
    with pytest.raises(SettingsError, match="unknown setting QUALITY_ATLAS_TRAINING"):
        Settings.from_env({"QUALITY_ATLAS_TRAINING": "1"})


@pytest.mark.parametrize(("flags", "training"), [([], False), (["--training"], True)])
def test_serve_shows_it_only_when_asked_to(monkeypatch, capsys, flags, training):
    asked = []

    def load(settings, *, training):
        asked.append(training)
        raise CommandError("enough")

    monkeypatch.setattr(serve, "live_data", load)

    assert main(["serve", *flags]) == 1
    assert asked == [training]
    assert "enough" in capsys.readouterr().err


def test_serve_takes_an_audience(monkeypatch):
    asked = []

    def load(settings, *, training):
        asked.append(settings.audience)
        raise CommandError("enough")

    monkeypatch.setattr(serve, "live_data", load)

    main(["serve", "--audience", "internal"])
    assert asked == ["internal"]


def test_an_unknown_audience_is_refused(capsys):
    assert main(["serve", "--audience", "friends"]) == 1
    assert "--audience is 'friends'; expected public or internal" in capsys.readouterr().err


def test_the_line_that_says_it_is_ready_says_what_it_serves():
    assert serve.ready_line(Settings(), training=True).startswith("【演练数据 · 非真实")
    assert serve.ready_line(Settings(), training=False).startswith("质量图谱")
