"""Options of the searchable controls carry each word once."""

import re

import pytest

from dashboard.layout.options import indicator_option, region_option, searchable_option


def found_by(option):
    """Return what the browser's filter searches in."""
    value = option["value"]
    parts = (option["label"], value, value.replace("_", " "), option.get("keywords", ""))
    return " ".join(parts).lower()


def test_words_that_value_or_label_say_are_left_out():
    option = searchable_option("good_air", "Good air", ("Good air", "good air", "空气", "kongqi"))
    assert option == {"value": "good_air", "label": "Good air", "keywords": "空气 kongqi"}
    assert "keywords" not in searchable_option("a", "Good air", ("good",))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("typed", ["湛江市", "zhanjiang", "zj", "440800", "Zhanjiang"])
def test_a_region_is_found_by_name_pinyin_initials_and_code(bundle, lang, typed):
    assert typed.lower() in found_by(region_option(bundle.regions.get("440800"), lang))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_indicator_is_found_by_either_name_and_its_id(bundle, lang):
    for indicator in bundle.atlas.indicators.values():
        label = indicator.name_zh if lang == "zh" else indicator.name_en
        searched = found_by(indicator_option(indicator, label))
        for typed in (indicator.name_zh, indicator.name_en, indicator.indicator_id):
            assert typed.lower() in searched
        assert re.search(r"\b[a-z0-9.]{3,}\b", searched)
