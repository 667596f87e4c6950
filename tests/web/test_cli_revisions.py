"""The commands that look at the history, undo a part of it, and copy all of it."""

import getpass
import os
from dataclasses import replace

import pytest

from dashboard import cli
from dashboard.boundary_sets import load_boundary_set
from dashboard.bundle import load_bundle
from dashboard.commands import revising
from dashboard.settings import Settings
from geodata.boundaries import COLUMNS, load_boundaries
from indicators.schemas import SOURCES
from indicators.store.revisions import Change, SourceFile
from indicators.store.stores import open_store
from tests.builders import PROVINCE, table_row
from tests.postgresql import PASSWORD, QUOTED
from tests.stores import cell, change, draft, rows, write_folder

FIRST = rows()[0]
CHANGED = FIRST | {"value": "94.00", "note": ""}
ADDED = cell(2021, "95.50")


@pytest.fixture(autouse=True)
def own_environment(monkeypatch, tmp_path):
    """Leave no setting of the machine in force, and know of the tables' two regions only."""
    for name in [name for name in os.environ if name.startswith("QUALITY_ATLAS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("QUALITY_ATLAS_BOUNDARIES", str(tmp_path / "small.parquet"))


@pytest.fixture(scope="session")
def small():
    """Return the boundaries of the two regions of the tables."""
    frame = load_boundaries()
    # The tables of the tests have codes of their own.
    two = frame[frame["adcode"].isin([PROVINCE, "120000"])].head(2).reset_index(drop=True)
    return two.assign(adcode=[PROVINCE, "110100"])[list(COLUMNS)]


@pytest.fixture
def folder(tmp_path, small):
    small.to_parquet(tmp_path / "small.parquet")
    return write_folder(tmp_path / "tables")


@pytest.fixture
def revised(folder):
    """Return a folder with three revisions."""
    store = open_store(str(folder))
    store.append(draft(change(FIRST, CHANGED), message="更正\n第二行"), 0)
    store.append(draft(change(None, ADDED), author="王"), 1)
    store.append(draft(change(ADDED, None)), 2)
    return folder


@pytest.fixture
def database(postgresql):
    """Return the address of an empty database."""
    name = postgresql.new_database()
    yield postgresql.address(name)
    postgresql.drop(name)


@pytest.fixture
def run(capsys):
    """Run a command; return its exit code, its output and its complaints as lines."""

    def run(*arguments):
        code = cli.main(list(map(str, arguments)))
        said = capsys.readouterr()
        for text in (said.out, said.err):
            assert PASSWORD not in text
            assert QUOTED not in text
        return code, said.out.splitlines(), said.err.splitlines()

    return run


# ---------------------------------------------------------------- log and diff


def test_log_lists_the_newest_revision_first(run, revised):
    code, (third, second, first), _ = run("log", "--data", revised)

    assert code == 0
    assert first.startswith("#1 · 20")
    assert "Z · 李 · 新增 new 0, 改动 changed 1, 删除 removed 0 · 更正 第二行" in first
    assert "王 · 新增 new 1, 改动 changed 0, 删除 removed 0" in second
    assert "新增 new 0, 改动 changed 0, 删除 removed 1" in third


def test_log_names_the_file_a_revision_came_from(run, folder):
    file = SourceFile("填报.xlsx", "abcdef0123456789")
    open_store(str(folder)).append(replace(draft(), file=file), 0)
    _, (line,), _ = run("log", "--data", folder)

    assert "文件 file 填报.xlsx (abcdef012345)" in line


def test_log_without_a_revision_says_so(run, folder):
    code, (line,), _ = run("log", "--data", folder)

    assert (code, line) == (0, f"尚无修订 no revision yet: {folder}")


def test_log_of_a_damaged_history_names_the_file(run, revised):
    (revised / "history" / "000002.json").write_bytes(b"{")
    code, out, err = run("log", "--data", revised)

    assert (code, out) == (1, [])
    assert "history/000002.json" in "".join(err)


def test_diff_shows_each_cell_before_and_after(run, revised):
    code, (_, line), _ = run("diff", "1", "--data", revised)

    assert code == 0
    key = "~ observations 110100 share 2001 s1 93.10"
    assert line == f"{key}: value 93.10 → 94.00, note {FIRST['note']} → (空 empty)"


def test_diff_shows_new_and_removed_rows_with_their_cells(run, revised):
    _, (_, added), _ = run("diff", "2", "--data", revised)
    _, (_, removed), _ = run("diff", "#3", "--data", revised)

    assert added.startswith("+ observations 110100 share 2021 s1 95.50: adcode 110100, ")
    assert "quality press" in added
    assert removed == "-" + added[1:]


@pytest.mark.parametrize("command", ["diff", "revert"])
@pytest.mark.parametrize("number", ["0", "4", "-1", "eins", "1.0", "９", "9" * 400])
def test_a_revision_that_is_not_there(run, revised, command, number):
    code, out, err = run(command, "--data", revised, "--", number)

    assert (code, out) == (1, [])
    assert "expected a number from 1 to 3" in err[0]
    assert "quality-atlas log" in err[0]


def test_a_revision_of_a_store_that_has_none(run, folder):
    code, _, (line,) = run("diff", "1", "--data", folder)

    assert code == 1
    assert "there is none yet" in line


# ---------------------------------------------------------------- revert


def test_revert_is_a_revision_of_its_own(run, revised):
    code, (line,), _ = run("revert", "1", "--data", revised, "--author", "赵", "--message", "有误")
    store = open_store(str(revised))

    assert code == 0
    assert line.startswith("#4")
    assert "撤销 reverts #1 · 有误" in line
    last = store.revisions()[-1]
    assert (last.author, last.reverts, last.changes) == ("赵", 1, (change(CHANGED, FIRST),))
    assert store.read().frames["observations.csv"].to_dict("records")[0] == FIRST


def test_a_revert_can_be_reverted(run, revised):
    assert run("revert", "1", "--data", revised)[0] == 0
    assert run("revert", "4", "--data", revised)[0] == 0

    assert open_store(str(revised)).read().frames["observations.csv"]["value"][0] == "94.00"


def test_the_author_is_whoever_is_logged_in(run, revised):
    run("revert", "1", "--data", revised)

    last = open_store(str(revised)).revisions()[-1]
    assert last.author == getpass.getuser()
    assert last.message == "撤销修订 1 Revert revision 1"


def test_without_a_login_name_an_author_is_asked_for(run, revised, monkeypatch):
    def nobody():
        raise KeyError(1000)

    monkeypatch.setattr(revising.getpass, "getuser", nobody)
    code, _, (line,) = run("revert", "1", "--data", revised)

    assert code == 1
    assert "--author" in line
    assert len(open_store(str(revised)).revisions()) == 3


def test_revert_is_refused_with_the_rows_that_were_changed_since(run, revised):
    code, out, err = run("revert", "2", "--data", revised)

    assert (code, out) == (1, [])
    assert "修订 2 不能撤销" in err[0]
    assert err[1] == "  observations 110100 share 2021 s1 95.50: 后被修订 3 改动 changed by 3"
    assert len(open_store(str(revised)).revisions()) == 3


def test_revert_is_refused_where_other_rows_need_what_it_removes(run, folder):
    store = open_store(str(folder))
    source = Change("sources", None, table_row(SOURCES, source_id="s2"))
    store.append(draft(source), 0)
    store.append(draft(change(None, cell(2021, "1", source_id="s2"))), 1)
    code, _, err = run("revert", "1", "--data", folder)

    assert code == 1
    assert "an id of sources.csv" in "".join(err)
    assert len(store.revisions()) == 2


# ---------------------------------------------------------------- copy


def files(folder):
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def test_copy_takes_tables_and_history_into_a_folder(run, revised, tmp_path):
    code, (line,), _ = run("copy", "--from", revised, "--to", tmp_path / "copy")

    assert code == 0
    assert "11 tables" in line
    assert "3 revisions" in line
    assert files(tmp_path / "copy") == files(revised)


def test_copy_to_a_database_and_back_gives_the_same_bytes(run, revised, tmp_path, database):
    assert run("copy", "--from", revised, "--to", database)[0] == 0
    code, (line,), _ = run("copy", "--from", database, "--to", tmp_path / "back")
    back = files(tmp_path / "back")

    assert code == 0
    assert "2 regions" in line
    assert {name: back[name] for name in files(revised)} == files(revised)
    assert set(back) - set(files(revised)) == {
        "boundaries/boundaries.parquet",
        "boundaries/lines.parquet",
    }


def test_the_target_may_be_the_folder_one_is_in(run, revised, tmp_path, monkeypatch):
    (tmp_path / "copy").mkdir()
    monkeypatch.chdir(tmp_path / "copy")
    assert run("copy", "--from", revised, "--to", ".")[0] == 0

    assert files(tmp_path / "copy") == files(revised)


def test_the_setting_names_what_is_copied(run, revised, tmp_path, monkeypatch):
    monkeypatch.setenv("QUALITY_ATLAS_DATA", str(revised))
    assert run("copy", "--to", tmp_path / "copy")[0] == 0

    assert files(tmp_path / "copy") == files(revised)


def test_a_database_is_filled_only_once(run, revised, database):
    assert run("copy", "--from", revised, "--to", database)[0] == 0
    code, _, (line,) = run("copy", "--from", revised, "--to", database)

    assert code == 1
    assert "expected an empty one" in line


def test_a_copy_that_fails_at_the_end_leaves_the_database_empty(
    run, revised, database, monkeypatch
):
    def fail(*arguments):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("geodata.postgis.write_boundaries", fail)
    assert run("copy", "--from", revised, "--to", database)[0] == 1
    monkeypatch.undo()
    code, _, (line,) = run("log", "--data", database)

    assert code == 1
    assert "no tables" in line


def test_faulty_tables_are_not_copied(run, revised, tmp_path, database):
    (revised / "plans.csv").unlink()
    for target in (tmp_path / "copy", database):
        code, out, err = run("copy", "--from", revised, "--to", target)
        assert (code, out) == (1, [])
        assert "plans.csv: found no such file" in "".join(err)
    assert not (tmp_path / "copy").exists()


def test_migrate_makes_the_tables_and_copies_nothing(run, database):
    code, (line,), _ = run("copy", "--migrate", "--to", database)

    assert code == 0
    assert "schema up to date" in line
    assert "empty tables" in run("log", "--data", database)[2][0]


def test_a_folder_has_no_schema_to_migrate(run, tmp_path):
    code, _, (line,) = run("copy", "--migrate", "--to", tmp_path)

    assert code == 1
    assert "postgresql://" in line


# ---------------------------------------------------------------- the site on a database


def test_commands_work_alike_on_a_database(run, revised, database):
    run("copy", "--from", revised, "--to", database)
    commands = [("log",), ("diff", "1"), ("revert", "1"), ("check",), ("log",)]
    on_folder = [run(*command, "--data", revised) for command in commands]
    on_database = [run(*command, "--data", database) for command in commands]

    def without_times(results):
        return [
            (code, [line.partition("Z · ")[2] or line for line in out], err)
            for code, out, err in results
        ]

    assert without_times(on_folder) == without_times(on_database)


def test_a_bundle_from_a_database_is_the_bundle_from_files(run, revised, database, tmp_path):
    run("copy", "--from", revised, "--to", database)
    boundaries = str(tmp_path / "small.parquet")
    from_files = load_bundle(Settings(data=str(revised), boundaries=boundaries))
    from_database = load_bundle(Settings(data=database))

    assert from_files.atlas.tables == from_database.atlas.tables
    assert from_files.boundaries.equals(from_database.boundaries)
    assert from_files.lines.equals(from_database.lines)
    assert from_files.regions.get(PROVINCE) == from_database.regions.get(PROVINCE)


def test_the_fingerprint_of_boundaries_follows_the_database(run, revised, database, postgresql):
    run("copy", "--from", revised, "--to", database)
    settings = Settings(data=database)
    before = load_boundary_set(settings).version
    assert load_boundary_set(settings).version == before

    with postgresql.connect(database.rpartition("/")[2]) as connection:
        connection.execute("update boundaries set name_en = 'Elsewhere' where position = 0")
    assert load_boundary_set(settings).version != before


@pytest.mark.parametrize("command", ["serve", "check", "benchmark", "log"])
def test_a_database_that_does_not_answer_is_one_clear_line(run, postgresql, command):
    code, _, (line,) = run(command, "--data", postgresql.address("nowhere"))

    assert code == 1
    assert "no such database" in line
