"""What holds for each page: no barrier that axe finds, and a printout that is whole."""

from collections.abc import Sequence

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from dashboard import ids
from tests.browser.atlas import Atlas

pytestmark = pytest.mark.browser

AIR = "region=440000&level=prefecture&indicator=air_good_days_share&period=2022-09"
PAGES = {
    "map": f"/?{AIR}",
    "map of verdicts": f"/?{AIR}&view=attainment&selected=440800&lang=en",
    "targets": "/targets?region=440800&state=met,undetermined",
    "targets by department": "/targets?region=450700&group=department&lang=en",
    "compare": f"/compare?{AIR}",
    "observations": "/data",
    "corrections": "/data?table=corrections",
    "coverage": "/data?table=coverage&lang=en",
    "method": "/data?table=method",
}
SEVERE = ("serious", "critical")
# The sheet between its margins, in the pixels of a style sheet.
PAPER = {"width": 703, "height": 1032}
# Nothing on its way, no colour between two others, and each chart that is shown has been drawn.
_CALM = """() => {
  const state = window.store && window.store.getState().callbacks;
  if (!state || !document.querySelector("#content h1")) { return false; }
  const busy = ["requested", "prioritized", "blocked", "executing", "watched", "executed"];
  if (busy.some((name) => state[name].length > 0)) { return false; }
  if (document.querySelector("[data-dash-is-loading=true]")) { return false; }
  if (document.getAnimations().some((move) => move.playState === "running")) { return false; }
  return [...document.querySelectorAll(".dash-graph")].every((graph) => !graph.offsetParent
    || graph.querySelector(".main-svg")
    && (!graph.closest(".map-box, .small-map") || graph.querySelector(".choroplethlayer path")));
}"""
_BEYOND = """(width) => [...document.querySelectorAll("#content *")]
  .filter((item) => item.getBoundingClientRect().right > width + 1
    && getComputedStyle(item).display !== "none"
    && !item.closest(".visually-hidden, .main-svg .hoverlayer, .geo, clipPath, defs"))
  .map((item) => `${item.tagName} ${item.className.baseVal ?? item.className}`)"""


def come(atlas: Atlas, address: str) -> Page:
    atlas.page.goto(atlas.address + address, wait_until="commit")
    atlas.page.wait_for_function(_CALM)
    return atlas.page


def severe_violations(page: Page, rules: Sequence[str] = ()) -> dict[str, list[str]]:
    options = {"runOnly": list(rules)} if rules else None
    found = Axe().run(page, options=options).response["violations"]
    return {
        item["id"]: [node["target"][0] for node in item["nodes"]]
        for item in found
        if item["impact"] in SEVERE
    }


@pytest.mark.parametrize("name", PAGES)
def test_no_barrier_in_either_theme_and_all_of_it_on_paper(atlas: Atlas, name: str) -> None:
    page = come(atlas, PAGES[name])
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "light")
    assert severe_violations(page) == {}
    atlas.press_segment(ids.THEME, "dark")
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    page.wait_for_function(_CALM)
    # The other theme has other colours and nothing else.
    assert severe_violations(page, ["color-contrast"]) == {}

    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    assert page.evaluate(_BEYOND, PAPER["width"]) == []
    for part in (".site-header", ".controls", ".period-bar", "#share", "input", "select"):
        assert page.locator(f"{part}:visible").count() == 0, part
    assert len(page.locator("#content").inner_text()) > 100
    if page.locator("#map").count():
        assert page.locator("#map .choroplethlayer path").count() > 20
        expect(page.locator("#map-attribution")).to_be_visible()


def test_the_screen_is_as_before_after_printing(atlas: Atlas) -> None:
    page = come(atlas, PAGES["compare"])
    measure = """() => [...document.querySelectorAll(".js-plotly-plot .main-svg:first-child")]
      .map((svg) => [svg.clientWidth, svg.clientHeight])"""
    before = page.evaluate(measure)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(measure) != before
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.wait_for_function(
        f"(before) => JSON.stringify(({measure})()) === before", arg=str_of(before)
    )


def str_of(sizes: list[list[int]]) -> str:
    """Write sizes as the browser does."""
    return str(sizes).replace(" ", "")
