"""Every text exists in both languages, with the same placeholders, and every text is used."""

import ast
import csv
import re
import string
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from dashboard.selection import View
from dashboard.text import LANGUAGES
from geodata.codes import Level
from indicators.records import Domain, Quality
from indicators.verdicts import ReasonCode, State

ROOT = Path(__file__).parents[2]
LOCALE = ROOT / "dashboard" / "locale"
ID = re.compile(r"[a-z]+(\.[a-z0-9_]+)+")
# Dash names a property of a component the same way; these are no ids of texts.
PROPERTY = re.compile(r".+\.(figure|children|data)")
FAMILIES = {
    "domain": Domain,
    "level": Level,
    "lang": LANGUAGES,
    "quality": Quality,
    "reason": ReasonCode,
    "state": State,
    "view": View,
}
# A notice says what took the place of a bad word as `{word}.{used}`, for these words.
NAMED_BY_NOTICES = {
    f"{family}.{member}" for family in ("level", "view", "lang") for member in FAMILIES[family]
}


def po(lang):
    with (LOCALE / lang / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, abort_invalid=True)


def forms(lang):
    """Return every text in its forms: one, or one for each of singular and plural."""
    return {
        (entry.id if isinstance(entry.id, str) else entry.id[0]): (
            (entry.string,) if isinstance(entry.id, str) else entry.string
        )
        for entry in po(lang)
        if entry.id
    }


def texts(lang):
    return {name: found[-1] for name, found in forms(lang).items()}


def placeholders(message):
    return {name for _, name, _, _ in string.Formatter().parse(message) if name is not None}


def units():
    found = set()
    for name in ("indicators", "targets"):
        path = ROOT / "indicators" / "data" / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            found |= {row["unit"] for row in csv.DictReader(file)}
    return sorted(found)


class Uses(ast.NodeVisitor):
    """Collects the ids a module names in full, and those it builds, as patterns."""

    def __init__(self, families):
        self.families = families
        self.literal = set()
        self.built = set()

    def visit_Constant(self, node):
        if isinstance(node.value, str) and ID.fullmatch(node.value):
            self.literal.add(node.value)

    def visit_JoinedStr(self, node):
        pieces = [
            re.escape(piece.value) if isinstance(piece, ast.Constant) else r"[^.\s]+"
            for piece in node.values
        ]
        first = node.values[0] if node.values else None
        if isinstance(first, ast.Constant) and first.value.split(".")[0] in self.families:
            pattern = "".join(pieces)
            if "\\." in pattern and not re.search(r"\\ |/|<|:", pattern):
                self.built.add(pattern)
        for piece in node.values:
            if isinstance(piece, ast.FormattedValue):
                self.visit(piece.value)


@pytest.fixture(scope="module")
def catalogue():
    return texts("zh")


@pytest.fixture(scope="module")
def uses(catalogue):
    found = Uses({message.split(".")[0] for message in catalogue})
    for path in sorted((ROOT / "dashboard").rglob("*.py")):
        found.visit(ast.parse(path.read_text(encoding="utf-8")))
    return found


def test_both_languages_have_the_same_ids_in_the_same_order():
    zh, en = (list(texts(lang)) for lang in ("zh", "en"))
    assert zh == en


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_id_is_there_twice(lang):
    path = LOCALE / lang / "LC_MESSAGES" / "messages.po"
    ids = re.findall(r'^msgid "(.+)"$', path.read_text(encoding="utf-8"), re.M)
    assert [name for name, count in Counter(ids).items() if count > 1] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_is_empty_or_left_for_later(lang):
    # A unit may be: an index has none, and English counts without 个 or 家.
    assert [
        entry.id
        for entry in po(lang)
        if entry.id and (entry.fuzzy or not (entry.string or entry.id.startswith("unit.")))
    ] == []


def test_both_languages_have_the_same_placeholders():
    en = texts("en")
    differing = {
        name: (placeholders(message), placeholders(en.get(name, "")))
        for name, message in texts("zh").items()
        if placeholders(message) != placeholders(en.get(name, ""))
    }
    assert differing == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_and_more_differ_in_words_and_not_in_placeholders(lang):
    several = {name: found for name, found in forms(lang).items() if len(found) > 1}
    assert [
        name
        for name, (one, more) in several.items()
        if placeholders(one) != placeholders(more) or one == more
    ] == []


def test_english_texts_hold_no_chinese():
    names_itself = {"lang.zh"}
    assert [
        name
        for name, message in texts("en").items()
        if re.search(r"[\u3400-\u9fff]", message) and name not in names_itself
    ] == []


def test_every_id_in_the_code_has_a_text(uses, catalogue):
    named = {
        name
        for name in uses.literal
        if name.split(".")[0] in uses.families and not PROPERTY.fullmatch(name)
    }
    assert sorted(named - set(catalogue)) == []


def test_every_id_the_code_builds_has_a_text(uses, catalogue):
    assert [
        pattern
        for pattern in sorted(uses.built)
        if not any(re.fullmatch(pattern, name) for name in catalogue)
    ] == []


def test_every_text_is_used(uses, catalogue):
    assert [
        name
        for name in catalogue
        if name not in uses.literal | NAMED_BY_NOTICES
        and not any(re.fullmatch(pattern, name) for pattern in uses.built)
    ] == []


@pytest.mark.parametrize(
    "name", [f"{family}.{member}" for family, members in FAMILIES.items() for member in members]
)
def test_every_word_of_the_data_has_a_text(name, catalogue):
    assert name in catalogue


def test_every_family_of_built_ids_has_a_text_for_each_member(uses, catalogue):
    """`view.{…}_long` and the like: the pattern holds for every member of its family."""
    missing = []
    for pattern in uses.built:
        family = pattern.split("\\.")[0]
        for member in FAMILIES.get(family, ()):
            name = pattern.replace("\\.", ".").replace(r"[^.\s]+", str(member))
            if name not in catalogue:
                missing.append(name)
    assert missing == []


def test_every_refusal_has_a_text(catalogue):
    calls = [
        node
        for path in (ROOT / "dashboard" / "routes").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "RequestError"
    ]
    codes = {call.args[1].value for call in calls if isinstance(call.args[1], ast.Constant)}
    assert len(codes) > 5
    assert sorted(code for code in codes if f"refusal.{code}" not in catalogue) == []


@pytest.mark.parametrize("unit", units())
def test_every_unit_has_a_text(unit, catalogue):
    assert f"unit.{unit}" in catalogue
