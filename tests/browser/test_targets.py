"""The targets page: filters by click and key, a target opened by its address, both themes."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from dashboard import ids
from tests.browser.atlas import Atlas
from tests.browser.conftest import NewVisitor
from tests.browser.watch import Watch

pytestmark = pytest.mark.browser

GUANGDONG, ZHANJIANG = "440000", "440800"
AIR = "air_good_days_share"
PHONE = {"width": 390, "height": 844}


def arrive(atlas: Atlas, query: str = "") -> Page:
    page = atlas.page
    page.goto(f"{atlas.address}/targets{query}")
    expect(page.locator(".targets-page h1")).to_be_visible()
    expect(page.locator(f"#{ids.CONTROL_Q}")).to_be_visible()
    return page


def rows(page: Page) -> Locator:
    return page.locator(".target-row")


def detail(page: Page, indicator: str) -> Locator:
    name = page.locator(f'.row-toggle[data-indicator="{indicator}"]').get_attribute("aria-controls")
    return page.locator(f"#{name}")


def test_a_part_of_the_strip_filters_and_back_undoes_it(atlas: Atlas, watch: Watch) -> None:
    page = arrive(atlas, f"?region={GUANGDONG}")
    everything = rows(page).count()
    part = page.locator(".strip-part.badge-met")
    count = int(part.locator(".strip-count").inner_text())
    part.click()
    expect(rows(page)).to_have_count(count)
    expect(page).to_have_url(re.compile("state=met"))
    assert page.locator(".target-row .badge-met").count() == count
    page.go_back()
    expect(rows(page)).to_have_count(everything)
    assert watch.troubles == []


def test_a_link_leads_to_its_target_opened_and_in_view(atlas: Atlas) -> None:
    page = arrive(atlas, f"?region={GUANGDONG}&indicator={AIR}")
    expect(detail(page, AIR)).to_be_visible()
    expect(page.locator(f'.row-toggle[data-indicator="{AIR}"]')).to_be_in_viewport()
    expect(page.locator('.row-toggle[aria-expanded="true"]')).to_have_count(1)


def test_a_row_opens_by_key_and_the_address_follows(atlas: Atlas) -> None:
    page = arrive(atlas, f"?region={GUANGDONG}")
    button = page.locator(f'.row-toggle[data-indicator="{AIR}"]')
    button.focus()
    page.keyboard.press("Enter")
    expect(detail(page, AIR)).to_be_visible()
    expect(page).to_have_url(re.compile(f"indicator={AIR}"))
    expect(page.locator(f"#{ids.SHARE}")).to_have_attribute("data-query", re.compile(AIR))
    page.keyboard.press("Enter")
    expect(detail(page, AIR)).to_be_hidden()
    expect(page).not_to_have_url(re.compile(AIR))


@pytest.mark.parametrize("typed", ["空气", "kongqi", "hjkq", "good air", "air good"])
def test_search_by_chinese_pinyin_initials_and_english(atlas: Atlas, typed: str) -> None:
    page = arrive(atlas, f"?region={GUANGDONG}")
    page.locator(f"#{ids.CONTROL_Q}").fill(typed)
    expect(rows(page)).to_have_count(1)
    expect(page.locator(f'.row-toggle[data-indicator="{AIR}"]')).to_be_visible()


def test_another_plan_starts_without_the_filters_of_the_last(atlas: Atlas) -> None:
    page = arrive(atlas, f"?region={ZHANJIANG}&department=市教育局&group=department")
    page.locator(f"#{ids.TARGETS_REGION}").click()
    page.locator(f'[role=option][value="{GUANGDONG}"]:visible').click()
    expect(page.locator("h1")).to_contain_text("广东省")
    expect(page.locator(f"#{ids.TARGETS_NOTICES} p")).to_have_count(0)
    expect(page).to_have_url(re.compile(f"region={GUANGDONG}.*group=department"))
    assert "department=%" not in page.url


def test_a_department_leads_to_its_targets(atlas: Atlas) -> None:
    page = arrive(atlas, f"?region={ZHANJIANG}")
    page.locator(".departments-table a").first.click()
    expect(page).to_have_url(re.compile("group=department&department="))
    expect(page.locator(".group-row")).to_have_count(1)
    expect(page.locator("details.fold[open] .tasks-table")).to_be_visible()


def test_the_pages_lead_to_each_other_without_a_complaint(atlas: Atlas, watch: Watch) -> None:
    atlas.open()
    atlas.page.locator(".site-nav a", has_text="目标完成").click()
    expect(atlas.page.locator(".targets-page h1")).to_be_visible()
    expect(atlas.page.locator(f"#{ids.TARGETS_NOTICES} p")).to_have_count(0)
    assert atlas.page.evaluate("window.scrollY") == 0
    atlas.page.locator(".site-nav a", has_text="一张图").click()
    atlas.settle()
    assert watch.troubles == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_phone_needs_no_sideways_scroll(new_visitor: NewVisitor, lang: str) -> None:
    atlas = new_visitor(viewport=PHONE)
    page = arrive_on_phone(atlas, f"?region={ZHANJIANG}&lang={lang}")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.locator(".targets-page .drawer-button").click()
    expect(page.locator(f"#{ids.CONTROL_Q}")).to_be_visible()


def arrive_on_phone(atlas: Atlas, query: str) -> Page:
    page = atlas.page
    page.goto(f"{atlas.address}/targets{query}")
    expect(page.locator(".targets-page h1")).to_be_visible()
    return page
