"""Bad addresses: a working page that says plainly what it used instead."""

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from dashboard import ids
from dashboard.text import t
from tests.browser.atlas import Atlas
from tests.browser.watch import Watch

pytestmark = pytest.mark.browser

CITIES = 21
SCRIPT = "<script>window.hacked=1</script><img src=x onerror=window.hacked=1>"
BAD = {
    "region": "999999",
    "level": "village",
    "indicator": "no_such_thing",
    "period": "the day before",
    "view": "sideways",
    "selected": "123456",
    "lang": "fr",
    "theme": "pink",
}
LONGEST = 2_000


def query(**words: str) -> str:
    return "?" + "&".join(f"{word}={quote(value)}" for word, value in words.items())


def test_every_word_wrong_at_once(atlas: Atlas) -> None:
    atlas.open(query(**BAD))
    assert len(atlas.regions()) == CITIES
    expect(atlas.notices.locator("p")).to_have_count(len(BAD))
    for value in BAD.values():
        expect(atlas.notices).to_contain_text(value)
    assert not set(BAD.values()) & set(atlas.words.values())
    expect(atlas.finding).not_to_be_empty()
    # The next step starts from what is shown, and the notices have done their work.
    atlas.press_segment(ids.CONTROL_VIEW, "attainment")
    atlas.settle(view="attainment")
    assert atlas.address_words == atlas.words
    expect(atlas.notices.locator("p")).to_have_count(0)


def test_each_word_wrong_by_itself(atlas: Atlas) -> None:
    atlas.open()
    good = atlas.words
    for word, value in BAD.items():
        atlas.go(query(**{**good, word: value}))
        expect(atlas.notices.locator("p")).to_have_count(1)
        expect(atlas.notices).to_contain_text(value)
        # What is wrong falls back to the first view here, and nothing else changes.
        assert atlas.words == good
        assert len(atlas.regions()) == CITIES


def test_the_nearest_is_used_and_named(atlas: Atlas) -> None:
    atlas.open(query(region="440899", period="2022-10", indicator="air_good_day_share"))
    assert atlas.words["region"] == "440800"
    assert atlas.words["indicator"] == "air_good_days_share"
    expect(atlas.notices).to_contain_text("湛江市")
    expect(atlas.notices.locator("p")).to_have_count(3)
    assert atlas.notices.is_visible()


@pytest.mark.parametrize("word", ["region", "indicator"])
def test_markup_is_text(atlas: Atlas, word: str) -> None:
    atlas.open(query(**{word: SCRIPT}))
    expect(atlas.notices).to_contain_text(SCRIPT[:40])
    expect(atlas.notices.locator("img, script")).to_have_count(0)
    assert atlas.page.evaluate("window.hacked") is None
    assert len(atlas.regions()) == CITIES


def test_overlong_words(atlas: Atlas) -> None:
    atlas.open(query(region="9" * LONGEST, nonsense="x" * 500))
    expect(atlas.notices.locator("p")).to_have_count(1)
    assert len(atlas.notices.inner_text()) < 200
    assert len(atlas.regions()) == CITIES


def test_an_address_longer_than_the_server_reads_is_refused_plainly(
    atlas: Atlas, watch: Watch
) -> None:
    watch.allow("HTTP 4(00|14)")
    watch.allow("status of 4(00|14)")
    response = atlas.page.goto(f"{atlas.address}/?region={'9' * 20_000}")
    assert response
    assert response.status in (200, 400, 414)


def test_an_unknown_page_has_a_way_back(atlas: Atlas, watch: Watch) -> None:
    watch.allow(r"HTTP 404: http://127\.0\.0\.1:\d+/nowhere")
    watch.allow(r"console error: .*404.*/nowhere")
    response = atlas.page.goto(f"{atlas.address}/nowhere?lang=zh")
    assert response
    assert response.status == 404
    expect(atlas.page.get_by_role("heading")).to_have_text(t("zh", "error.not_found"))
    atlas.page.get_by_role("link", name=t("zh", "error.back")).click()
    atlas.settle()
    assert len(atlas.regions()) == CITIES
