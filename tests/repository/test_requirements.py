"""Locked requirements: complete, hashed, and free of addresses."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = {
    "requirements.txt": (),
    "requirements-dev.txt": ("test",),
    "requirements-boundaries.txt": ("boundaries",),
}
ADDRESS = re.compile(r"https?:|file:/|--index|--extra-index|--find-links|--trusted|@ ", re.I)
LOCAL_PATH = re.compile(r"(^|[\s(=])/\w", re.M)


def normalised(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def name_of(requirement):
    return normalised(re.match(r"[\w.-]+", requirement).group())


def locked(file):
    """Return each locked requirement with its options, one string per requirement."""
    text = (ROOT / file).read_text(encoding="utf-8").replace("\\\n", " ")
    return [
        line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]


def versions(file):
    return {name_of(line): re.search(r"==([^\s;]+)", line).group(1) for line in locked(file)}


@pytest.mark.parametrize("file", FILES)
def test_no_address_and_no_path_of_any_machine(file):
    text = (ROOT / file).read_text(encoding="utf-8")
    assert not ADDRESS.search(text)
    assert not LOCAL_PATH.search(text)


@pytest.mark.parametrize("file", FILES)
def test_every_requirement_is_pinned_and_hashed(file):
    lines = locked(file)
    assert lines
    for line in lines:
        assert re.match(r"[\w.-]+==[\w.+!-]+\s", line), line
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", line), line


@pytest.mark.parametrize(("file", "extras"), FILES.items())
def test_every_direct_dependency_is_locked(file, extras, pyproject):
    project = pyproject["project"]
    direct = list(project["dependencies"])
    for extra in extras:
        direct += project["optional-dependencies"][extra]
    assert {name_of(line) for line in direct} <= set(versions(file))


@pytest.mark.parametrize("file", ["requirements-dev.txt", "requirements-boundaries.txt"])
def test_all_files_agree_on_versions(file):
    run, other = versions("requirements.txt"), versions(file)
    assert {name: other[name] for name in run if name in other} == {
        name: run[name] for name in run if name in other
    }


def test_the_build_tool_is_locked_for_an_offline_install_of_the_project(pyproject):
    needed = {name_of(line) for line in pyproject["build-system"]["requires"]}
    assert needed <= set(versions("requirements.txt"))
    assert needed <= set(versions("requirements-dev.txt"))


def imported(path):
    """Return the top-level packages of other projects that a module imports, lazily or not."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module)
    own = {"geodata", "indicators", "dashboard", "tests"}
    return {name.split(".")[0] for name in found} - own - set(sys.stdlib_module_names)


def test_what_the_code_imports_is_declared_and_nothing_else_is(pyproject):
    project = pyproject["project"]
    run = {name_of(line) for line in project["dependencies"]}
    extras = {
        name_of(line) for lines in project["optional-dependencies"].values() for line in lines
    }
    distributions = packages_distributions()
    used = {
        normalised(distributions[name][0]) if name in distributions else normalised(name)
        for package in ("geodata", "indicators", "dashboard")
        for path in (ROOT / package).rglob("*.py")
        for name in imported(path)
    }
    assert used <= run | extras
    # plotly finds orjson by itself.
    assert run - used == {"orjson"}
