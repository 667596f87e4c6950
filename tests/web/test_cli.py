"""The command line: what it says, and how it ends."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from dashboard import cli
from dashboard.commands import serve
from dashboard.commands.common import one_line
from dashboard.commands.warming import first_visit_paths
from dashboard.live import LiveData, Watcher
from dashboard.settings import ROOT
from indicators.tables import SHIPPED
from tests.caches import new_cache


@pytest.fixture(autouse=True)
def own_environment(monkeypatch, tmp_path):
    """Leave no setting of the machine in force, and nothing in its cache folder."""
    for name in [name for name in os.environ if name.startswith("QUALITY_ATLAS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("QUALITY_ATLAS_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def damaged(tmp_path):
    """Return a folder of tables with two bad cells and a missing table."""
    folder = tmp_path / "tables"
    shutil.copytree(SHIPPED, folder)
    observations = folder / "observations.csv"
    header, first, second, *rest = observations.read_text(encoding="utf-8").splitlines()
    bad = [first.replace(first.split(",")[0], "44", 1), second.replace(",official,", ",rumour,")]
    observations.write_text("\n".join([header, *bad, *rest]) + "\n", encoding="utf-8")
    (folder / "plans.csv").unlink()
    return folder


@pytest.fixture
def busy_port():
    """Return a port somebody else listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield taken.getsockname()[1]


@pytest.mark.parametrize("arguments", [[], *([name] for name in cli.COMMANDS)])
def test_every_command_has_help(arguments, capsys):
    assert cli.main([*arguments, "--help"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith(" ".join(["usage: quality-atlas", *arguments]))
    assert said.err == ""


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ([], "COMMAND"),
        (["paint"], "'paint'"),
        (["check", "--colour"], "--colour"),
        (["benchmark", "--repeat", "0"], "'0' is not a whole number from 1 on"),
        (["serve", "--port"], "--port"),
    ],
)
def test_a_wrong_call_ends_with_one(arguments, named, capsys):
    assert cli.main(arguments) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert named in said.err
    assert "--help" in said.err


def test_check_counts_what_is_right(capsys):
    assert cli.main(["check"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    (line,) = said.out.splitlines()
    assert "11 tables" in line
    assert "observations" in line


def test_check_names_every_fault_and_counts_them(damaged, capsys):
    assert cli.main(["check", "--data", str(damaged)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    *faults, count = said.err.splitlines()
    assert len(faults) == 3
    assert count.startswith("3 ")
    assert "plans.csv: found no such file" in said.err
    assert "observations.csv: row 2, column adcode: found '44'" in said.err
    assert "observations.csv: row 3, column quality: found 'rumour'" in said.err
    assert all("; expected " in fault for fault in faults)


def test_check_goes_on_without_boundaries(damaged, tmp_path, capsys):
    nowhere = str(tmp_path / "none.parquet")
    assert cli.main(["check", "--data", str(damaged), "--boundaries", nowhere]) == 1
    said = capsys.readouterr().err
    assert "python -m geodata.build" in said
    assert "'rumour'" in said
    assert said.splitlines()[-1].startswith("4 ")


@pytest.mark.parametrize("command", ["check", "serve", "benchmark"])
def test_a_missing_data_folder_is_one_clear_line(command, tmp_path, capsys):
    assert cli.main([command, "--data", str(tmp_path / "none")]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "found no such folder" in line
    assert "--data" in line


def test_serve_refuses_damaged_tables(damaged, capsys):
    assert cli.main(["serve", "--data", str(damaged)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "'rumour'" in said.err
    assert "plans.csv" in said.err
    assert "Traceback" not in said.err


def test_serve_refuses_to_start_without_boundaries(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("QUALITY_ATLAS_BOUNDARIES", str(tmp_path / "none.parquet"))
    assert cli.main(["serve"]) == 1
    assert "python -m geodata.build" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "environment", "named"),
    [
        (["--port", "99999"], {}, "--port is '99999'; expected a number from 1 to 65535"),
        (["--workers", "many"], {}, "--workers is 'many'"),
        ([], {"QUALITY_ATLAS_LANGUAGE": "fr"}, "QUALITY_ATLAS_LANGUAGE is 'fr'"),
        ([], {"QUALITY_ATLAS_COLOUR": "red"}, "unknown setting QUALITY_ATLAS_COLOUR"),
    ],
)
def test_serve_refuses_bad_settings(arguments, environment, named, monkeypatch, capsys):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert cli.main(["serve", *arguments]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert named in line


def test_a_flag_wins_over_the_environment(monkeypatch, capsys):
    monkeypatch.setenv("QUALITY_ATLAS_PORT", "8070")
    assert cli.main(["serve", "--port", "x"]) == 1
    assert "--port is 'x'" in capsys.readouterr().err


def loaded_already(bundle):
    """Return what stands for loading: the data are not what these tests are about."""
    live = LiveData.fixed(bundle)
    return lambda settings, training: (live, Watcher(live, lambda: iter(())))


def test_serve_refuses_an_unusable_cache(monkeypatch, tmp_path, bundle, capsys):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("QUALITY_ATLAS_CACHE", str(tmp_path / "file" / "cache"))
    monkeypatch.setattr(serve, "live_data", loaded_already(bundle))
    assert cli.main(["serve"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "QUALITY_ATLAS_CACHE: cannot use" in line


def test_serve_refuses_a_busy_port(busy_port, monkeypatch, bundle, capsys):
    monkeypatch.setattr(serve, "live_data", loaded_already(bundle))
    assert cli.main(["serve", "--port", str(busy_port)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert f"127.0.0.1:{busy_port}: found the port in use" in line


@pytest.mark.parametrize("host", ["not a host", "203.0.113.9"])
def test_serve_refuses_a_foreign_host(host, monkeypatch, bundle, capsys):
    monkeypatch.setattr(serve, "live_data", loaded_already(bundle))
    assert cli.main(["serve", "--host", host]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert host in line
    assert "--host" in line


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_serve_announces_answers_and_ends_in_order(stop, monkeypatch, tmp_path_factory):
    monkeypatch.setenv("QUALITY_ATLAS_CACHE", str(new_cache(tmp_path_factory)))
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    command = [sys.executable, "-m", "dashboard.cli", "serve", "--port", str(port)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            line = process.stdout.readline()
            assert line == f"质量图谱 Quality Atlas: http://127.0.0.1:{port}\n", (
                process.stderr.read()
            )
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=60) as answer:
                assert json.load(answer)["status"] == "ok"
            process.send_signal(stop)
            rest, errors = process.communicate(timeout=60)
            assert (process.returncode, rest, errors) == (0, "", "")
        finally:
            process.kill()


def test_benchmark_refuses_an_area_without_counties(monkeypatch, capsys):
    assert cli.main(["benchmark", "--area", "999999"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "--area is '999999'" in line


def test_a_first_visit_is_read_from_the_page():
    page = (
        '<link rel="icon" href="data:,"><link href="/assets/20-layout.css?m=1.0">'
        '<script src="/_dash-component-suites/dash/deps/react.js"></script>'
    )
    assert first_visit_paths(page) == [
        "/assets/20-layout.css?m=1.0",
        "/_dash-component-suites/dash/deps/react.js",
    ]


def test_a_message_with_line_breaks_stays_one_line():
    assert one_line("found 'a\n b'\texpected c") == "found 'a b' expected c"
