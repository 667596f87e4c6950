"""The words that mark internal and generated data, for every mixture of both."""

from dataclasses import replace

import pytest

from dashboard import stamps
from dashboard.text import LANGUAGES
from indicators.records import Audience
from tests.builders import small_bundle

PLAIN = small_bundle()
INTERNAL = replace(PLAIN, audience=Audience.INTERNAL)
TRAINING = replace(PLAIN, training=True)
BOTH = replace(INTERNAL, training=True)
FIGURE = {"data": [], "layout": {"annotations": [{"text": "own"}], "height": 100}}


def test_public_and_real_data_need_no_word():
    assert stamps.stamp_names(PLAIN) == ()
    assert stamps.file_stamp(PLAIN) == ""
    assert stamps.titled(PLAIN, "zh", "质量图谱") == "质量图谱"
    assert stamps.file_name(PLAIN, "a.csv") == "a.csv"
    assert stamps.attachment(PLAIN, "a.csv") == 'attachment; filename="a.csv"'
    assert stamps.marked(FIGURE, PLAIN, "zh", "light") is FIGURE


@pytest.mark.parametrize(
    ("bundle", "names"),
    [(INTERNAL, ("internal",)), (TRAINING, ("training",)), (BOTH, ("training", "internal"))],
)
def test_each_mark_is_said_once_and_generated_first(bundle, names):
    assert stamps.stamp_names(bundle) == names
    for lang in LANGUAGES:
        assert tuple(stamps.banner_texts(bundle, lang)) == names
        assert stamps.titled(bundle, lang, "T") == f"{stamps.stamp(bundle, lang)} T"


def test_files_say_it_in_every_language():
    said = stamps.file_stamp(BOTH)

    for lang in LANGUAGES:
        assert stamps.stamp(BOTH, lang) in said


def test_file_names_begin_with_it():
    assert stamps.file_name(BOTH, "a.csv") == "演练数据-内部资料-a.csv"
    assert stamps.attachment(TRAINING, "a.csv") == (
        'attachment; filename="training-a.csv"; '
        "filename*=UTF-8''%E6%BC%94%E7%BB%83%E6%95%B0%E6%8D%AE-a.csv"
    )


@pytest.mark.parametrize(
    ("bundle", "refused"), [(PLAIN, False), (INTERNAL, False), (TRAINING, True), (BOTH, False)]
)
def test_only_the_public_is_refused_generated_files(bundle, refused):
    assert stamps.export_refused(bundle) is refused


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_figure_keeps_its_own_notes_and_gains_the_marks(theme):
    marked = stamps.marked(FIGURE, BOTH, "en", theme)
    notes = [note["text"] for note in marked["layout"]["annotations"]]

    assert notes == ["own", "Training data · not real", "Internal · do not pass on"]
    assert marked["layout"]["height"] == 100
    assert len(FIGURE["layout"]["annotations"]) == 1


def test_marked_data_have_versions_of_their_own():
    assert len({bundle.version for bundle in (PLAIN, INTERNAL, TRAINING, BOTH)}) == 4
