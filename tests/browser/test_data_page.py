"""The data page as a person uses it: tabs, search, a chosen row, back and forth, keyboard."""

import re

from playwright.sync_api import Page, expect

ROW = ".data-grid .ag-center-cols-container .ag-row"


def open_data(atlas, query: str = "") -> Page:
    """Load the page and wait for its table."""
    page = atlas.page
    page.goto(f"{atlas.address}/data{query}", wait_until="commit")
    expect(page.locator("#control-table a[aria-current='page']")).to_be_visible()
    return page


def counted(page: Page) -> int:
    """Return how many rows the grid says it has."""
    said = page.locator(".ag-paging-row-summary-panel-number").last.inner_text()
    return int(said.replace(",", ""))


def test_the_grid_is_loaded_with_this_page_only(atlas, watch):
    atlas.open()
    assert watch.asked("dash_ag_grid") == []
    atlas.page.locator(".site-nav a[href^='/data']").click()
    expect(atlas.page.locator(ROW).first).to_be_visible()
    assert watch.asked("dash_ag_grid")


def test_back_and_forth_between_map_and_data(atlas):
    atlas.open("?region=440800")
    page = atlas.page
    page.locator(".site-nav a[href^='/data']").click()
    expect(page.locator(ROW).first).to_be_visible()
    page.go_back()
    atlas.settle()
    page.go_forward()
    expect(page.locator(ROW).first).to_be_visible()
    # Inside one document too: a link without a load of its own, and back.
    page.locator("a.brand").click()
    atlas.settle()
    page.go_back()
    expect(page.locator(ROW).first).to_be_visible()


def test_a_search_by_pinyin_narrows_the_table_and_stands_in_the_address(atlas):
    page = open_data(atlas)
    expect(page.locator(ROW).first).to_be_visible()
    everything = counted(page)
    page.locator("#control-find").fill("zhanjiang")
    expect(page).to_have_url(re.compile("find=zhanjiang"))
    expect(page.locator(ROW).first).to_be_visible()
    assert 0 < counted(page) < everything
    page.reload()
    expect(page.locator("#control-find")).to_have_value("zhanjiang")
    expect(page.locator(ROW).first).to_be_visible()
    assert 0 < counted(page) < everything


def test_tabs_follow_the_address_both_ways(atlas):
    page = open_data(atlas, "?find=zhanjiang")
    expect(page.locator(ROW).first).to_be_visible()
    page.locator("#control-table a", has_text="覆盖情况").click()
    expect(page.locator("table.cover")).to_be_visible()
    page.locator("#control-cover label", has_text="地级").click()
    expect(page).to_have_url(re.compile("cover=prefecture"))
    page.locator("#control-table a", has_text="方法").click()
    expect(page.locator("#method-choice tbody tr")).to_have_count(6)
    page.go_back()
    expect(page.locator("table.cover")).to_be_visible()
    page.go_back()
    page.go_back()
    expect(page.locator("#control-find")).to_have_value("zhanjiang")


def test_a_row_is_chosen_by_keyboard_and_told_in_full(atlas):
    page = open_data(atlas, "?table=targets")
    first = page.locator(".data-grid .ag-row[row-index='0'] .ag-cell").first
    expect(first).to_be_visible()
    first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(page.locator("#data-detail h2")).to_be_visible()
    expect(page.locator("#data-detail")).to_contain_text("判断依据")


def test_rivals_are_in_the_table(atlas):
    page = open_data(atlas, "?find=%E6%9C%AA%E9%87%87%E7%94%A8")
    expect(page.locator(ROW).first).to_be_visible()
    assert counted(page) == 12


def test_nothing_reaches_beyond_a_phone(new_visitor):
    atlas = new_visitor(viewport={"width": 390, "height": 844})
    for tab in ("observations", "coverage", "method"):
        page = open_data(atlas, f"?table={tab}")
        expect(page.locator(f"{ROW}, table.cover, .method").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
