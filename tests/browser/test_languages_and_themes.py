"""Dark and light, Chinese and English: switched in place, kept in the address, complete."""

import re
from collections import Counter

import pytest
from playwright.sync_api import expect

from dashboard import ids, theme
from tests.browser.atlas import Atlas
from tests.browser.published import table

pytestmark = pytest.mark.browser

AIR_QUERY = "?region=440000&level=prefecture&indicator=air_good_days_share&period=2022-09"
# Characters and the punctuation that goes with them; the wide space is seen by nobody.
CHINESE = re.compile(r"[\u3400-\u9fff\uff01-\uffef\u3001-\u303f]")
# What stays Chinese in English: published texts, the review number, the name of the language.
DATA_COLUMNS = (("sources", "publisher"), ("sources", "title"), ("targets", "clause"))
OF_ITSELF = ("中文", "GS(2024)0650号")

_TEXTS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!["SCRIPT", "STYLE", "NOSCRIPT"].includes(parent.tagName)) {
      found.push(walker.currentNode.textContent);
    }
  }
  document.querySelectorAll("body *").forEach((item) =>
    ["aria-label", "title", "placeholder", "alt", "value"].forEach((name) =>
      item.hasAttribute(name) && found.push(item.getAttribute(name))));
  return found;
}"""


def rgb(colour: str) -> str:
    red, green, blue = (int(colour[index : index + 2], 16) for index in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"


def chinese_left(atlas: Atlas, data: list[str]) -> list[str]:
    left = []
    for words in atlas.page.evaluate(_TEXTS):
        rest = words
        for known in data:
            rest = rest.replace(known, "")
        if CHINESE.search(rest):
            left.append(words)
    return left


def check_theme(atlas: Atlas, name: str) -> None:
    colours = theme.palette(name)
    expect(atlas.page.locator("html")).to_have_attribute("data-mantine-color-scheme", name)
    expect(atlas.page.locator("body")).to_have_css("background-color", rgb(colours.paper))
    expect(atlas.finding).to_have_css("color", rgb(colours.ink))
    drawn = atlas.fills()
    assert drawn == +Counter({entry.fill: entry.count for entry in atlas.legend()})
    assert set(drawn) <= {rgb(colour) for colour in colours.ramp}


def test_dark_and_english_are_switched_in_place_and_kept(atlas: Atlas) -> None:
    data = [*OF_ITSELF, *{row[column] for name, column in DATA_COLUMNS for row in table(name)}]
    data = sorted((words for words in data if words), key=len, reverse=True)
    atlas.open(AIR_QUERY)
    check_theme(atlas, "light")
    atlas.press_segment(ids.THEME, "dark")
    atlas.settle(theme="dark")
    assert atlas.address_words["theme"] == "dark"
    check_theme(atlas, "dark")
    atlas.page.go_back()
    atlas.settle(theme="light")
    check_theme(atlas, "light")
    atlas.page.go_forward()
    atlas.settle(theme="dark")

    chinese = atlas.finding.inner_text()
    atlas.click("445100")
    atlas.settle(selected="445100")
    atlas.press_segment(ids.LANGUAGE, "en")
    expect(atlas.finding).not_to_have_text(chinese)
    atlas.settle(lang="en", selected="445100", theme="dark")
    assert atlas.address_words["lang"] == "en"
    assert atlas.page.locator("[lang=en]").count() >= 1
    check_theme(atlas, "dark")

    atlas.unfold_table()
    expect(atlas.table_rows).to_have_count(21)
    atlas.page.mouse.move(*atlas.middle("440100"))
    expect(atlas.page.locator(f"#{ids.MAP} .hoverlayer .hovertext")).to_have_count(1)
    left = {"page": chinese_left(atlas, data)}
    for control in (ids.CONTROL_INDICATOR, ids.CONTROL_REGION, ids.CONTROL_PERIOD):
        atlas.page.locator(f"#{control}").click()
        expect(atlas.page.locator("[role=option]:visible").first).to_be_visible()
        left[control] = chinese_left(atlas, data)
        atlas.page.keyboard.press("Escape")
    for view in ("attainment", "gap", "change"):
        atlas.press_segment(ids.CONTROL_VIEW, view)
        atlas.settle(view=view)
        left[view] = chinese_left(atlas, data)
    left["tab"] = CHINESE.findall(atlas.page.title())

    atlas.page.reload(wait_until="commit")
    atlas.settle(lang="en", theme="dark")
    expect(atlas.page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    left["page loaded anew"] = chinese_left(atlas, data)
    left["tab loaded anew"] = CHINESE.findall(atlas.page.title())
    assert {where: words for where, words in left.items() if words} == {}
    atlas.press_segment(ids.LANGUAGE, "zh")
    atlas.settle(lang="zh")
    assert CHINESE.search(atlas.finding.inner_text())
    assert CHINESE.search(atlas.page.title())
