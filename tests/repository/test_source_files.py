"""Rules for every file of the source."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("geodata", "indicators", "dashboard")
MOST_LINES = 300
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
ASSETS = sorted(path for path in (ROOT / "assets").rglob("*") if path.suffix in {".js", ".css"})
# Names of XML vocabularies look like addresses and are never fetched.
VOCABULARY = re.compile(r"https?://www\.w3\.org/\S*", re.I)
ADDRESS = re.compile(r"https?://|[\"'(=\s]//[\w-]+\.\w", re.I)


def named(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", [*MODULES, *TESTS], ids=named)
def test_a_module_says_what_it_is(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_is_short_enough_to_read(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("folder", PACKAGES)
def test_an_init_file_is_a_docstring(folder):
    for path in (ROOT / folder).rglob("__init__.py"):
        (only,) = ast.parse(path.read_text(encoding="utf-8")).body
        assert isinstance(only, ast.Expr), named(path)


@pytest.mark.parametrize("path", ASSETS, ids=named)
def test_an_asset_loads_nothing_from_elsewhere(path):
    text = VOCABULARY.sub("", path.read_text(encoding="utf-8"))
    assert not ADDRESS.search(text)
    assert "@import" not in text


def test_there_are_assets():
    assert ASSETS


def test_the_version_has_one_home(pyproject):
    version = pyproject["project"]["version"]
    for path in MODULES:
        assert f'"{version}"' not in path.read_text(encoding="utf-8"), named(path)


def test_the_changelog_opens_with_what_is_unreleased():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.M)
    assert headings[:4] == ["Changelog", "Unreleased", "App", "Data"]
