"""The import contracts hold, and they break where they should."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("geodata", "indicators", "dashboard")
PLANTED = {
    "a lower layer imports a higher one": ("geodata/codes.py", "import indicators.records"),
    "dash below the dashboard": ("geodata/classify.py", "import dash"),
    "plotly in the indicators": ("indicators/atlas.py", "import plotly"),
    "geometry in the indicators": ("indicators/tables.py", "import geodata.boundaries"),
    "dash in a figure": ("dashboard/figures/labels.py", "import dash"),
    "flask in a view": ("dashboard/views/area.py", "import flask"),
}


def lint_imports(folder):
    # The copy comes before the installed project, which lies in the real folder.
    program = (
        "import sys; sys.path.insert(0, ''); from importlinter.cli import lint_imports_command"
    )
    return subprocess.run(
        [sys.executable, "-c", f"{program}; lint_imports_command(['--no-cache'])"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package,
            tmp_path / package,
            ignore=lambda folder, names: [
                name for name in names if not name.endswith(".py") and "." in name
            ],
        )
    return tmp_path


def test_all_contracts_are_kept(copy, pyproject):
    done = lint_imports(copy)
    number = len(pyproject["tool"]["importlinter"]["contracts"])
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Contracts: {number} kept, 0 broken." in done.stdout


@pytest.mark.parametrize(("file", "line"), PLANTED.values(), ids=PLANTED)
def test_a_planted_import_breaks_a_contract(copy, file, line):
    path = copy / file
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    done = lint_imports(copy)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "BROKEN" in done.stdout


def test_the_indicators_contract_names_every_module_of_geodata_but_codes(pyproject):
    contracts = pyproject["tool"]["importlinter"]["contracts"]
    forbidden = next(
        set(contract["forbidden_modules"])
        for contract in contracts
        if contract.get("source_modules") == ["indicators"]
    )
    modules = {f"geodata.{path.stem}" for path in (ROOT / "geodata").glob("*.py")}
    assert modules - {"geodata.__init__", "geodata.codes"} <= forbidden
