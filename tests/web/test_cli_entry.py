"""The commands ``template`` and ``import``, from a file to a revision and back."""

import getpass
import io
import os
import shutil
from pathlib import Path

import openpyxl
import pytest

from dashboard import cli
from dashboard.boundary_sets import BoundarySet
from dashboard.commands import entry_context
from geodata.boundaries import BoundaryData
from indicators.store.stores import open_store
from indicators.tables import SHIPPED

AIR = "air_good_days_share"
HEAD = "地区,指标,年份,数值"


@pytest.fixture(autouse=True)
def own_environment(monkeypatch, tmp_path):
    """Leave no setting of the machine in force, and work beside a copy of the tables."""
    for name in [name for name in os.environ if name.startswith("QUALITY_ATLAS_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True)
def boundaries_loaded_once(monkeypatch, bundle):
    """Take the boundaries from memory: every command reads them."""
    data = BoundaryData(bundle.boundaries, bundle.lines, bundle.boundary_map_number, "")
    loaded = BoundarySet(data, bundle.geometry_version)
    monkeypatch.setattr(entry_context, "load_boundary_set", lambda _settings: loaded)


@pytest.fixture
def data(tmp_path):
    """Return a copy of the shipped tables."""
    return shutil.copytree(SHIPPED, tmp_path / "data")


@pytest.fixture
def run(capsys, data):
    """Return a function that runs a command on the copy and gives back what it said."""

    def call(command, *arguments):
        code = cli.main([command, *arguments, "--data", str(data)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def write(text, name="a.csv"):
    Path(name).write_text(text + "\n", encoding="utf-8")
    return name


def sound():
    return write(f"{HEAD}\n湛江市,{AIR},2031,95.5")


def revisions(data):
    return open_store(str(data)).revisions()


def test_an_import_is_one_revision_with_author_message_and_file(run, data):
    flags = ("--publisher", "某局", "--author", "张三", "--message", "年度更新")
    code, out, err = run("import", sound(), *flags)
    assert (code, err) == (0, "")
    (revision,) = revisions(data)
    assert (revision.author, revision.message) == ("张三", "年度更新")
    assert revision.file.name == "a.csv"
    assert revision.file.sha256[:12] in out
    assert "新增 new 1" in out
    assert "public" in out
    assert "quality-atlas revert 1" in out.splitlines()[-1]


def test_author_and_message_have_defaults(run, data):
    run("import", sound())
    (revision,) = revisions(data)
    assert revision.author == getpass.getuser()
    assert "a.csv" in revision.message


def test_a_dry_run_says_the_same_and_writes_nothing(run, data):
    code, dry, _ = run("import", sound(), "--dry-run")
    assert code == 0
    assert revisions(data) == ()
    _, real, _ = run("import", sound())
    assert dry.splitlines()[:-1] == real.splitlines()[:-1]


def test_the_same_file_again_changes_nothing(run, data):
    run("import", sound(), "--publisher", "某局")
    code, out, _ = run("import", sound(), "--publisher", "某局")
    assert code == 0
    assert "没有改动" in out
    assert len(revisions(data)) == 1


def test_a_change_shows_old_and_new(run):
    run("import", sound(), "--publisher", "某局", "--title", "某报")
    name = write(f"{HEAD}\n湛江市,{AIR},2031,96")
    _, out, _ = run("import", name, "--publisher", "某局", "--title", "某报")
    assert "改动 changed a.csv!D2" in out
    assert "95.5 → 96" in out


def test_values_of_other_publishers_are_shown(run):
    run("import", sound(), "--publisher", "某局")
    name = write(f"{HEAD}\n湛江市,{AIR},2031,96")
    _, out, _ = run("import", name, "--publisher", "另一局")
    assert "某局: 95.5" in out


def test_one_bad_row_and_nothing_is_written(run, data):
    name = write(f"{HEAD}\n湛江市,{AIR},2031,95.5\n鼓楼区,{AIR},2031,96\n茂名市,{AIR},2031,高")
    for flags in ((), ("--dry-run",)):
        code, out, err = run("import", name, *flags)
        assert (code, out) == (1, "")
        first, second, count = err.splitlines()
        assert first.startswith("a.csv!A3: 发现“鼓楼区”")
        assert second.startswith("a.csv!D4: 发现“高”")
        assert count.startswith("2 处错误")
    assert revisions(data) == ()


def test_a_sudden_change_needs_to_be_accepted(run, data):
    years = "\n".join(f"湛江市,{AIR},{year},{90 + year % 2}" for year in range(2040, 2044))
    run("import", write(f"{HEAD}\n{years}"), "--accept-warnings")
    name = write(f"{HEAD}\n湛江市,{AIR},2044,50", "b.csv")
    code, _, err = run("import", name)
    assert code == 1
    assert "警告 warning: b.csv!D2" in err
    assert "--accept-warnings" in err
    assert run("import", name, "--dry-run")[0] == 1
    assert len(revisions(data)) == 1
    assert run("import", name, "--accept-warnings")[0] == 0
    assert len(revisions(data)) == 2


def test_a_template_is_written_filled_in_and_imported(run, data):
    code, out, err = run("template", "--region", "湛江市", "--year", "2031", "-o", "填报.xlsx")
    assert (code, err) == (0, "")
    assert "行 rows" in out
    made = openpyxl.load_workbook("填报.xlsx")
    made["填报"]["K2"] = 95.5
    made["来源"]["B2"] = "湛江市统计局"
    made.save("填好.xlsx")
    assert run("import", "填好.xlsx")[0] == 0
    (revision,) = revisions(data)
    assert [change.table for change in revision.changes] == ["sources", "observations"]


def test_a_plan_is_imported_from_a_workbook(run, data):
    assert run("template", "--plan", "-o", "plan.xlsx")[0] == 0
    made = openpyxl.load_workbook("plan.xlsx")
    row = {1: "maoming", 2: "茂名市", 3: "试验用规划", 6: 2030, 7: 2035, 8: "试验"}
    for column, value in row.items():
        made["规划"].cell(2, column).value = value
    made.save("plan.xlsx")
    code, out, _ = run("import", "plan.xlsx")
    assert code == 0
    assert "plans: 新增 new 1" in out
    assert cli.main(["check", "--data", str(data)]) == 0


def test_a_plan_is_imported_from_a_folder(run, data, tmp_path):
    folder = tmp_path / "茂名"
    folder.mkdir()
    write(
        "规划编号,地区,规划名称,起始年,结束年,起止年份依据\nmaoming,茂名市,规划,2030,2035,试验",
        str(folder / "plan.csv"),
    )
    assert run("import", str(folder))[0] == 0
    assert revisions(data)[0].file.name == "茂名"


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["-o", "a.xlsx"], "--region"),
        (["-o", "a.csv", "--plan"], ".xlsx"),
        (["-o", "none/a.xlsx", "--plan"], "none"),
        (["-o", "a.xlsx", "--region", "鼓楼区", "--year", "2031"], "320302"),
        (["-o", "a.xlsx", "--region", "440811", "--year", "2031"], "--indicators"),
        (["-o", "a.xlsx", "--region", "440800", "--year", "31"], "'31'"),
    ],
)
def test_a_template_that_cannot_be_made_is_one_clear_message(run, arguments, named):
    code, out, err = run("template", *arguments)
    assert (code, out) == (1, "")
    assert named in err


def test_a_template_never_replaces_a_file(run):
    name = write("filled in", "a.xlsx")
    code, _, err = run("template", "--plan", "-o", name)
    assert code == 1
    assert "a.xlsx" in err


@pytest.mark.parametrize("name", ["none.csv", "."])
def test_a_missing_file_and_a_folder_are_refused(run, name):
    code, out, err = run("import", name)
    assert (code, out) == (1, "")
    assert "未写入" in err


def test_every_kind_of_file_that_is_none_is_refused(run, tmp_path):
    made = io.BytesIO()
    openpyxl.Workbook().save(made)
    contents = {
        "a.pdf": b"%PDF-1.4",
        "a.xls": bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600),
        "b.xlsx": made.getvalue()[:300],
        "c.csv": b"",
        "d.csv": HEAD.encode(),
        "e.csv": b"a\0b,c\n",
        "f.xlsx": made.getvalue(),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
        code, out, err = run("import", name)
        assert (code, out) == (1, ""), name
        assert err.startswith(name), name


def test_a_store_that_is_none_is_one_clear_line(capsys):
    assert cli.main(["import", sound(), "--data", "none"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "none" in line


def plan_folder(tmp_path, *targets):
    folder = tmp_path / "茂名"
    folder.mkdir(exist_ok=True)
    head = "规划编号,地区,规划名称,起始年,结束年,起止年份依据"
    write(f"{head}\nmaoming,茂名市,规划,2030,2035,试验", str(folder / "plan.csv"))
    rows = "\n".join(["指标,目标年,比较,目标值,条款", *targets])
    write(rows, str(folder / "targets.csv"))
    return str(folder)


def test_a_plan_lists_new_rows_changed_cells_and_who_may_see_them(run, tmp_path):
    folder = plan_folder(tmp_path, f"{AIR},2035,≥,95,一")
    _, out, _ = run("import", folder)
    assert "新增 new plan.csv!A2 plans maoming: 规划" in out
    assert "new targets: public 1" in out
    folder = plan_folder(tmp_path, f"{AIR},2035,≥,96,一")
    _, out, _ = run("import", folder, "--dry-run")
    assert f"改动 changed targets.csv!D2 targets maoming {AIR} 2035: value 95 → 96" in out
    assert "1 changed target(s) stay public" in out
    _, out, _ = run("import", folder, "--audience", "internal", "--dry-run")
    assert "audience public → internal" in out
    assert "stay public" not in out


def test_a_long_plan_is_listed_in_part(run, tmp_path):
    rows = [f"{AIR},{year},≥,95,一" for year in range(1950, 2060)]
    folder = plan_folder(tmp_path, *rows)
    code, out, err = run("import", folder, "--dry-run")
    assert (code, err) == (0, "")
    assert "and 11 more" in out


def test_changed_values_that_stay_public_are_counted(run):
    cited = ("--publisher", "某局", "--title", "某报")
    run("import", sound(), *cited)
    name = write(f"{HEAD}\n湛江市,{AIR},2031,96")
    assert "1 changed value(s) stay public" in run("import", name, *cited, "--dry-run")[1]
    _, out, _ = run("import", name, *cited, "--audience", "internal")
    assert "audience public → internal" in out
    assert "stay public" not in out


def test_targets_without_their_plan_are_refused(run, data):
    name = write(f"地区,指标,年份,比较,数值\n湛江市,{AIR},2031,>=,95.5", "targets.csv")
    code, out, err = run("import", name)
    assert (code, out) == (1, "")
    assert "targets are imported together with" in err
    assert revisions(data) == ()


def test_only_addresses_of_pages_are_taken(run):
    code, out, err = run("import", sound(), "--url", "javascript:alert(1)")
    assert (code, out) == (1, "")
    assert "--url" in err
