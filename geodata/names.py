"""Names for the build: English names, search pinyin and short names of divisions."""

import csv
import re
from collections import Counter
from pathlib import Path

import pandas as pd

from geodata.codes import Level
from geodata.errors import BuildError

NAMES_EN_PATH = Path(__file__).parent / "data" / "names_en.csv"
READINGS_PATH = Path(__file__).parent / "data" / "readings.csv"

_PEOPLES = (
    "满族|蒙古族|蒙古|回族|达斡尔族|朝鲜族|畲族|土家族|苗族|侗族|瑶族|壮族|仫佬族|毛南族|黎族|"
    "羌族|彝族|藏族|仡佬族|布依族|水族|哈尼族|傣族|纳西族|拉祜族|佤族|布朗族|白族|独龙族|怒族|"
    "普米族|傈僳族|裕固族|哈萨克族|哈萨克|保安族|东乡族|撒拉族|土族|景颇族|柯尔克孜|塔吉克|锡伯|"
    "鄂温克族|各族"
)
_AUTONOMOUS = re.compile(rf"(?:{_PEOPLES})*(自治州|自治县|自治旗)$")
_PEOPLES_DISTRICT = re.compile(rf"(?:{_PEOPLES})区$")
_TYPES = (
    ("特别行政区", ""),
    ("行政委员会", "Administrative Committee"),
    ("自治州", "Autonomous Prefecture"),
    ("自治县", "Autonomous County"),
    ("自治旗", "Autonomous Banner"),
    ("联合旗", "United Banner"),
    ("左翼中旗", "Left Middle Banner"),
    ("左翼后旗", "Left Rear Banner"),
    ("右翼前旗", "Right Front Banner"),
    ("右翼中旗", "Right Middle Banner"),
    ("右翼后旗", "Right Rear Banner"),
    ("左旗", "Left Banner"),
    ("右旗", "Right Banner"),
    ("前旗", "Front Banner"),
    ("中旗", "Middle Banner"),
    ("后旗", "Rear Banner"),
    ("矿区", "Mining District"),
    ("新区", "New Area"),
    ("特区", "Special District"),
    ("地区", "Prefecture"),
    ("盟", "League"),
    ("市", ""),
    ("县", "County"),
    ("区", "District"),
    ("旗", "Banner"),
)
# 清新区 is the district of 清新, not a new area called 清.
_SHORTEST_STEM = {"矿区": 2, "新区": 2}
# Stems that say only where in a city a district lies: the type word stays with them.
_VAGUE_STEMS = frozenset(["城中", "城东", "城西", "城南", "城北", "市中", "市南", "市北"])


def read_english_names() -> dict[tuple[str, str], str]:
    """Read the hand-checked English names, keyed by code and level."""
    with NAMES_EN_PATH.open(encoding="utf-8", newline="") as file:
        return {(row["adcode"], row["level"]): row["name_en"] for row in csv.DictReader(file)}


def split_type(name_zh: str) -> tuple[str, str]:
    """Split a name into its own part and the English word for its type."""
    match = _AUTONOMOUS.search(name_zh)
    if match:
        # A region named after its people alone (东乡族自治县) keeps the people as its name.
        stem = name_zh[: match.start()] or name_zh[: match.start(1)].removesuffix("族")
        return stem, dict(_TYPES)[match.group(1)]
    match = _PEOPLES_DISTRICT.search(name_zh)
    if match and match.start() > 1:
        return name_zh[: match.start()], "District"
    for word, english in _TYPES:
        stem = name_zh.removesuffix(word)
        if stem and stem != name_zh and len(stem) >= _SHORTEST_STEM.get(word, 1):
            return stem, english
    return name_zh, ""


class Romaniser:
    """Pinyin of place names, with the readings that only place names have."""

    def __init__(self) -> None:
        """Load pypinyin, which only the build needs."""
        try:
            import pypinyin
        except ImportError as error:
            message = (
                "Package pypinyin was not found, expected for romanising names; "
                "install the build extra: pip install 'quality-atlas[boundaries]'"
            )
            raise BuildError(message) from error
        self._pinyin = pypinyin
        with READINGS_PATH.open(encoding="utf-8", newline="") as file:
            rows = {row["text"]: row["reading"].split() for row in csv.DictReader(file)}
        pypinyin.load_single_dict({ord(k): v[0] for k, v in rows.items() if len(k) == 1})
        pypinyin.load_phrases_dict({k: [[s] for s in v] for k, v in rows.items() if len(k) > 1})

    def syllables(self, text: str, *, typed: bool = True) -> list[str]:
        """Return toneless syllables; typed ones write ü as v, as keyboards do."""
        return self._pinyin.lazy_pinyin(text, v_to_u=not typed)

    def english(self, text: str) -> str:
        """Write a name as one capitalised word, with an apostrophe where syllables would merge."""
        first, *rest = self.syllables(text, typed=False)
        joined = first + "".join(f"'{s}" if s[0] in "aeo" else s for s in rest)
        return joined[:1].upper() + joined[1:]


def english_name(name_zh: str, romaniser: Romaniser) -> str:
    """Build the English name of a division from its Chinese name."""
    stem, kind = split_type(name_zh)
    return f"{romaniser.english(stem)} {kind}".strip()


def short_names(counties: pd.DataFrame) -> list[str]:
    """Shorten county names, in full again where two of a prefecture would share one."""
    short = [_short_name(name) for name in counties["name_zh"]]
    shared = Counter(zip(counties["parent"], short, strict=True))
    full = zip(counties["name_zh"], counties["parent"], short, strict=True)
    return [_typed_short(name) if shared[parent, s] > 1 else s for name, parent, s in full]


def _short_name(name_zh: str) -> str:
    if len(name_zh) <= 2 or name_zh.endswith(("左旗", "右旗", "前旗", "中旗", "后旗", "矿区")):
        return name_zh
    if name_zh == "喀喇沁左翼蒙古族自治县":
        return "喀左"
    stem, _ = split_type(name_zh)
    return name_zh if len(stem) < 2 or stem in _VAGUE_STEMS else stem


def _typed_short(name_zh: str) -> str:
    match = _AUTONOMOUS.search(name_zh)
    return name_zh[: match.start()] + match.group(1)[-1] if match else name_zh


# Where the type word is the wrong cut, or would leave a prefecture with a province's name.
_SHORT_NAMES = {
    "653000": "克孜勒苏",
    "632500": "海南州",
    "429021": "神农架",
    "629700": "山丹马场",
    "629800": "莲花山",
    "629900": "太子山",
}


def add_names(table: pd.DataFrame) -> pd.DataFrame:
    """Fill short_zh of counties, name_en, pinyin and initials."""
    romaniser, checked = Romaniser(), read_english_names()
    table = table.copy()
    counties = table["level"] == Level.COUNTY
    table.loc[counties, "short_zh"] = short_names(table[counties])
    table["short_zh"] = table["adcode"].map(_SHORT_NAMES).fillna(table["short_zh"])
    keys = zip(table["adcode"], table["level"], table["name_zh"], strict=True)
    table["name_en"] = [
        checked.get((code, level)) or english_name(name, romaniser) for code, level, name in keys
    ]
    syllables = [romaniser.syllables(short) for short in table["short_zh"]]
    table["pinyin"] = ["".join(own) for own in syllables]
    table["initials"] = ["".join(s[0] for s in own) for own in syllables]
    return table
