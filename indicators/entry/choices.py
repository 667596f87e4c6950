"""Words for qualifier, quality and audience, in Chinese and English."""

from indicators.entry.plain import folded
from indicators.records import Qualifier, Quality

QUALIFIERS = {"=": "等于", ">=": "不低于", "~": "约"}
QUALITIES = {"official": "官方", "press": "媒体", "paper": "论文", "uncertain": "不确定"}
AUDIENCES = {"public": "公开", "internal": "内部"}

_QUALIFIER_WORDS = {
    **dict.fromkeys(("=", "等于", "准确", "exact"), Qualifier.EXACT),
    **dict.fromkeys((">=", "≥", "不低于", "不少于", "至少", "以上"), Qualifier.AT_LEAST),
    **dict.fromkeys(("~", "≈", "约", "大约", "左右", "about"), Qualifier.ABOUT),
}
_QUALITY_WORDS = {
    **{value.value: value for value in Quality},
    **{QUALITIES[value]: value for value in Quality},
}
_AUDIENCE_WORDS = {word: value for value, zh in AUDIENCES.items() for word in (value, zh)}


def qualifier_of(text: str) -> Qualifier | None:
    """Return the qualifier a text means, None where it means none."""
    return _QUALIFIER_WORDS.get(folded(text))


def quality_of(text: str) -> Quality | None:
    """Return the quality a text means, None where it means none."""
    return _QUALITY_WORDS.get(folded(text))


def audience_of(text: str) -> str | None:
    """Return the audience a text means, None where it means none."""
    return _AUDIENCE_WORDS.get(folded(text))
