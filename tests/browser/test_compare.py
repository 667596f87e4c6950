"""The comparison page as a person uses it: one request a click, maps that all appear."""

import pytest
from playwright.sync_api import Page, expect

from dashboard import ids
from tests.browser.conftest import NewVisitor
from tests.browser.site import Site
from tests.browser.watch import Watch, updates

pytestmark = pytest.mark.browser

AIR = "?indicator=air_good_days_share&region=440000&level=prefecture&period=2022-09"
PHONE = {"width": 390, "height": 844}
# Everything asked for has arrived, and every small map that is shown has its 21 regions.
_DRAWN = """() => {
  const state = window.store && window.store.getState().callbacks;
  if (!state) { return false; }
  const busy = ["requested", "prioritized", "blocked", "executing", "watched", "executed"];
  if (busy.some((name) => state[name].length > 0)) { return false; }
  const maps = [...document.querySelectorAll(".small-maps figure:not([hidden])")];
  return maps.length > 0
    && maps.every((map) => map.querySelectorAll(".choroplethlayer path").length >= 21);
}"""


def come(new_visitor: NewVisitor, site: Site, query: str = AIR, **options: object) -> Page:
    page = new_visitor(**options).page
    page.goto(f"{site.address}/compare{query}", wait_until="commit")
    page.wait_for_function(_DRAWN)
    return page


def test_all_maps_come_from_one_request_for_each_geometry(
    new_visitor: NewVisitor, site: Site, watch: Watch
) -> None:
    page = come(new_visitor, site)
    expect(page.locator(".small-maps figure:not([hidden])")).to_have_count(6)
    assert len(watch.asked("-prefecture.json")) == 1
    assert len(watch.asked("-neighbours.json")) == 1


def test_sorting_keeps_the_keyboard_where_it_is_and_costs_one_request(
    new_visitor: NewVisitor, site: Site, watch: Watch
) -> None:
    page = come(new_visitor, site)
    button = page.locator("#compare-sort-region")
    button.focus()
    answered = len(updates(watch.responses))
    page.keyboard.press("Enter")
    head = page.locator("#compare-ranking-table th[aria-sort=ascending]")
    expect(head).to_contain_text("地区")
    expect(button).to_be_focused()
    page.wait_for_function(_DRAWN)
    assert len(updates(watch.responses)) == answered + 1
    assert "sort=region" in page.url
    names = page.locator("#compare-ranking-table tbody th").all_inner_texts()
    assert names[0] == "潮州市"


def test_a_region_picked_in_the_ranking_is_marked_and_can_be_let_go(
    new_visitor: NewVisitor, site: Site
) -> None:
    page = come(new_visitor, site)
    pick = page.locator("#compare-pick-445100")
    pick.click()
    expect(pick).to_have_attribute("aria-pressed", "true")
    expect(page.locator(f"#{ids.COMPARE_STRIP} .annotation-text", has_text="潮州")).to_be_visible()
    assert "selected=445100" in page.url
    pick.click()
    expect(pick).to_have_attribute("aria-pressed", "false")
    assert "selected" not in page.url


def test_a_region_is_added_by_typing_its_pinyin(new_visitor: NewVisitor, site: Site) -> None:
    page = come(new_visitor, site)
    page.locator(f"#{ids.CONTROL_REGIONS}").click()
    page.keyboard.type("nanning")
    page.keyboard.press("Enter")
    expect(page.locator(f"#{ids.COMPARE_TREND} .annotation-text", has_text="南宁")).to_be_visible()
    page.wait_for_function(_DRAWN)
    assert "450100" in page.url


def test_another_indicator_and_the_way_to_the_map_and_back(
    new_visitor: NewVisitor, site: Site
) -> None:
    page = come(new_visitor, site)
    page.locator(f"#{ids.COMPARE_INDICATOR}").click()
    page.keyboard.type("pm25")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("细颗粒物")
    page.wait_for_function(_DRAWN)
    page.locator(".site-nav a").first.click()
    page.wait_for_selector("#map .choroplethlayer path", state="attached")
    page.go_back()
    expect(page.locator("h1")).to_contain_text("份规划")
    page.wait_for_function(_DRAWN)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_phone_shows_all_of_it_without_sideways_scrolling(
    new_visitor: NewVisitor, site: Site, lang: str, theme: str
) -> None:
    page = come(new_visitor, site, f"{AIR}&lang={lang}&theme={theme}", viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    outside = page.locator(".compare-plans .badge").evaluate_all(
        "(items) => items.filter((item) => item.getBoundingClientRect().right > 390).length"
    )
    assert outside == 0
