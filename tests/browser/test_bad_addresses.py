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
    "indicator": SCRIPT,
    "period": "the day before",
    "view": "sideways",
    "selected": "123456",
    "lang": "fr",
    "theme": "pink",
}
# A notice quotes the beginning of what was found.
QUOTED = 40
LONG, TOO_LONG = 2_000, 20_000


def query(**words: str) -> str:
    return "?" + "&".join(f"{word}={quote(value)}" for word, value in words.items())


def test_wrong_words_are_replaced_and_named_and_markup_is_text(atlas: Atlas) -> None:
    notices = atlas.notices.locator("p")
    atlas.open(query(**BAD))
    assert len(atlas.regions()) == CITIES
    expect(notices).to_have_count(len(BAD))
    for value in BAD.values():
        expect(atlas.notices).to_contain_text(value[:QUOTED])
    assert not set(BAD.values()) & set(atlas.words.values())
    expect(atlas.finding).not_to_be_empty()
    good = atlas.words

    # The next step starts from what is shown, and the notices have done their work.
    atlas.press_segment(ids.CONTROL_VIEW, "attainment")
    atlas.settle(view="attainment")
    assert atlas.address_words == atlas.words
    expect(notices).to_have_count(0)

    # What is wrong by itself falls back to the first view here, and nothing else changes.
    for word, value in BAD.items():
        atlas.go(query(**{**good, word: value}), view=good["view"])
        expect(notices).to_have_count(1)
        expect(atlas.notices).to_contain_text(value[:QUOTED])
        assert atlas.settle().words == good
        assert len(atlas.regions()) == CITIES

    # The nearest one is taken, and named.
    atlas.go(query(region="440899", indicator="air_good_day_share"), region="440800")
    assert atlas.words["indicator"] == "air_good_days_share"
    expect(notices).to_have_count(2)
    expect(atlas.notices).to_contain_text("湛江市")

    atlas.go(query(region="9" * LONG, nonsense="x" * 500), region=good["region"])
    expect(notices).to_have_count(1)
    assert len(atlas.notices.inner_text()) < 200

    assert atlas.page.locator("main img, main script").count() == 0
    assert atlas.page.evaluate("window.hacked") is None


def test_an_overlong_address_loads_too(atlas: Atlas) -> None:
    atlas.open(query(region="9" * LONG, nonsense="x" * 500))
    expect(atlas.notices.locator("p")).to_have_count(1)
    assert len(atlas.notices.inner_text()) < 200
    assert len(atlas.regions()) == CITIES


def test_what_is_no_page_is_refused_and_an_unknown_one_has_a_way_back(
    atlas: Atlas, watch: Watch
) -> None:
    # Longer than the server reads: its own plain refusal, and a line in its log.
    watch.allow(r"HTTP 4(00|14): .*9999")
    watch.allow(r"console error: .* status of 4(00|14)")
    watch.allow("Request Line is too large")
    response = atlas.page.goto(f"{atlas.address}/?region={'9' * TOO_LONG}")
    assert response
    assert response.status in (200, 400, 414)

    watch.allow(r"HTTP 404: http://127\.0\.0\.1:\d+/nowhere")
    watch.allow(r"console error: .*404.*/nowhere")
    response = atlas.page.goto(f"{atlas.address}/nowhere?lang=zh")
    assert response
    assert response.status == 404
    expect(atlas.page.get_by_role("heading")).to_have_text(t("zh", "error.not_found"))
    atlas.page.get_by_role("link", name=t("zh", "error.back")).click()
    atlas.settle()
    assert len(atlas.regions()) == CITIES
