"""The README says what is so: commands, settings, counts, addresses."""

import re
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest

from dashboard.routes.api_rows import TABLES
from dashboard.selection import QUERY_WORDS, View
from dashboard.settings import PREFIX, Settings
from geodata.codes import DRAWN_LEVELS

ROOT = Path(__file__).parents[2]
# A default that differs from machine to machine is told in words, in italics.
IN_WORDS = re.compile(r"\*[^*`]+\*")
PATHS = {"data", "boundaries", "cache"}
ROW = re.compile(rf"^\| `{PREFIX}(\w+)` \| (.+?) \| (.+?) \|$", re.M)


@pytest.fixture(scope="module", params=["中文", "English"])
def part(request, readme):
    """Return one language's half of the README."""
    chinese, english = readme.split("\n## English\n")
    return {"中文": chinese.split("\n## 中文\n")[1], "English": english}[request.param]


def test_it_opens_with_the_two_commands(readme):
    first = readme.index("```sh")
    assert readme[:first].count("\n") <= 2
    commands = [line.split("#")[0].strip() for line in readme[first:].splitlines()[1:3]]
    assert commands == ["make serve", "make test"]


def test_settings_are_those_of_the_code_in_the_same_order(part):
    assert [name for name, _, _ in ROW.findall(part)] == [
        item.name.upper() for item in fields(Settings)
    ]


def test_settings_have_the_defaults_of_the_code(part):
    defaults = {item.name: item.default for item in fields(Settings)}
    for name, default, meaning in ROW.findall(part):
        if name.lower() in PATHS:
            assert IN_WORDS.fullmatch(default), name
        else:
            assert default == f"`{defaults[name.lower()]}`", name
        assert meaning.strip()


def test_counts_are_those_of_the_data(part, bundle):
    tables = bundle.atlas.tables
    facts = {
        "plans": len(tables.plans),
        "targets": len(tables.targets),
        "milestones": len(tables.milestones),
        "tasks": len(tables.tasks),
        "indicators": len(tables.indicators),
        "observations": len(tables.observations),
        "sources": len(tables.sources),
        **{level: len(bundle.regions.all(level)) for level in DRAWN_LEVELS},
    }
    shipped = "\n".join(line for line in part.splitlines() if line.startswith("|"))
    for name, count in facts.items():
        assert re.search(rf"(?<![\d,]){count:,}(?![\d,])", shipped), name


def test_addresses_are_those_of_the_api(part):
    listed = re.search(r"`/api/v1/\{([\w,]+)\}`", part).group(1)
    assert listed.split(",") == list(TABLES)


def test_query_words_and_views_are_named(part):
    for word in (*QUERY_WORDS, *View):
        assert f"`{word}`" in part


def test_every_make_target_it_names_exists(readme):
    named = set(re.findall(r"\bmake ([a-z-]+)", readme))
    known = subprocess.run(
        ["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert named
    for target in named:
        assert f"make {target} " in known


def test_every_file_it_links_to_exists(readme):
    for target in re.findall(r"\]\(([^)#]+)\)", readme):
        assert (ROOT / target).exists(), target


def test_it_names_no_other_host(readme):
    assert set(re.findall(r"https?://([\w.]+)", readme)) == {"127.0.0.1"}
