"""With the keyboard alone."""

from typing import Any

import pytest
from playwright.sync_api import expect

from dashboard import ids
from tests.browser.atlas import Atlas

pytestmark = pytest.mark.browser

AIR_QUERY = "?region=440000&level=prefecture&indicator=air_good_days_share&period=2022-09"
IN_ORDER = (
    ids.SEARCH,
    ids.LANGUAGE,
    ids.THEME,
    ids.BREADCRUMB,
    ids.SHARE,
    ids.CONTROL_INDICATOR,
    ids.CONTROL_REGION,
    ids.CONTROL_LEVEL,
    ids.CONTROL_VIEW,
    ids.PLAY,
    ids.CONTROL_PERIOD,
    ids.MAP_TABLE_BOX,
)
MOST_STOPS = 40

# What has the focus: the nearest id it lies in, and whether a ring shows it. The input of a
# segment is invisible itself; its ring is drawn around the label beside it.
_FOCUSED = """() => {
  const item = document.activeElement;
  if (!item || item === document.body) { return null; }
  const rings = [item, item.nextElementSibling, item.parentElement].filter(Boolean);
  const ring = rings.some((part) => {
    const style = getComputedStyle(part);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
      && style.outlineColor !== "rgba(0, 0, 0, 0)";
    const box = part.getBoundingClientRect();
    return outlined && box.width > 4 && box.height > 4
      && (part !== item || getComputedStyle(item).opacity !== "0");
  });
  return {
    ids: (function up(node) {
      return node ? [node.id, ...up(node.parentElement)].filter(Boolean) : []; })(item),
    ring, html: item.outerHTML.slice(0, 120),
  };
}"""


def test_the_keyboard_alone_reaches_and_works_every_control(atlas: Atlas) -> None:
    atlas.open(AIR_QUERY)
    page = atlas.page
    before = atlas.words
    page.keyboard.press("Tab")
    skip = page.locator("a[href='#content']")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()

    reached: list[str] = []
    without_ring: list[str] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focused: dict[str, Any] | None = page.evaluate(_FOCUSED)
        if focused is None:
            break
        if not focused["ring"]:
            without_ring.append(focused["html"])
        reached += [name for name in focused["ids"] if name in IN_ORDER and name not in reached]
        if reached[-1:] == [IN_ORDER[-1]]:
            break
    assert tuple(reached) == IN_ORDER
    assert atlas.settle().words == before

    page.keyboard.press("Enter")
    expect(atlas.table_rows).to_have_count(21)
    page.locator(f"#{ids.CONTROL_LEVEL} input:checked").focus()
    page.keyboard.press("ArrowRight")
    atlas.settle(level="county")
    assert len(atlas.regions()) == 124
    page.keyboard.press("ArrowLeft")
    atlas.settle(level="prefecture")
    page.locator(f"#{ids.CONTROL_VIEW} input:checked").focus()
    for view in ("attainment", "gap", "change"):
        page.keyboard.press("ArrowRight")
        atlas.settle(view=view)

    period = page.locator(f"#{ids.CONTROL_PERIOD}")
    shown = period.input_value()
    period.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[role=option]:visible").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(period).not_to_have_value(shown)
    atlas.settle()
    assert atlas.words["period"] != before["period"]

    skip.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    assert without_ring == []
