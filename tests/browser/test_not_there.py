"""What a reader sees while a part of the page is on its way, and when it does not come."""

import pytest
from playwright.sync_api import Locator, Route, expect

from dashboard import ids
from dashboard.text import t
from tests.browser.atlas import Atlas
from tests.browser.conftest import NewVisitor
from tests.browser.watch import Watch

pytestmark = pytest.mark.browser

CITIES = "?region=440000&level=prefecture&indicator=air_good_days_share&period=2022-09"
ELSEWHERE = "?region=152900&level=county&indicator=forest_cover"
DROPPED = r"failed request: |console error: Failed to load resource: net::ERR_FAILED"


def _drop(route: Route) -> None:
    route.abort()


@pytest.fixture
def map_frame(atlas: Atlas) -> Locator:
    return atlas.page.locator(f"#{ids.MAP_BOX}")


def test_a_map_whose_geometry_does_not_come_says_so_and_comes_with_the_next_try(
    atlas: Atlas, map_frame: Locator, watch: Watch
) -> None:
    watch.allow(DROPPED)
    watch.allow(r"page error: .*Unexpected error while fetching")
    atlas.page.route("**/geo/**", _drop)
    atlas.page.goto(f"{atlas.address}/{CITIES}", wait_until="commit")
    failed = map_frame.get_by_text(t("zh", "chart.failed"))
    expect(failed).to_be_visible()
    # Only the map lacks something.
    expect(atlas.page.locator(f"#{ids.TREND} .main-svg").first).to_be_visible()
    expect(atlas.page.locator(f"#{ids.TREND}-box .frame-note")).to_be_hidden()

    atlas.page.unroute("**/geo/**")
    map_frame.get_by_role("button", name=t("zh", "chart.reload")).click()
    atlas.settle()
    expect(failed).to_be_hidden()
    assert atlas.regions()


def test_the_map_of_another_region_covers_the_old_one_until_it_is_there(
    atlas: Atlas, map_frame: Locator
) -> None:
    held: list[Route] = []
    atlas.open(CITIES)
    note = map_frame.locator(".frame-note")
    expect(note).to_be_hidden()

    atlas.page.route("**/geo/*/152900-*", lambda route: held.append(route))
    atlas.page.evaluate(
        "(search) => window.dash_clientside.set_props('url', { search })", ELSEWHERE
    )
    expect(atlas.title).to_contain_text("阿拉善盟")
    expect(note).to_be_visible()
    assert note.evaluate("(it) => getComputedStyle(it, '::before').content") == (
        f'"{t("zh", "chart.waiting")}"'
    )
    for route in held:
        route.continue_()
    atlas.page.unroute("**/geo/*/152900-*")
    atlas.settle(region="152900")
    expect(note).to_be_hidden()


@pytest.mark.parametrize("path", ["", "compare"])
def test_charts_whose_script_does_not_come_say_so(atlas: Atlas, watch: Watch, path: str) -> None:
    watch.allow(DROPPED)
    watch.allow(r"console error: Event")
    atlas.page.route("**/plotly.min.js*", _drop)
    atlas.page.goto(f"{atlas.address}/{path}", wait_until="commit")
    frames = atlas.page.locator("[data-frame]:visible")
    expect(frames.get_by_text(t("zh", "chart.failed")).first).to_be_visible()
    expect(frames.get_by_text(t("zh", "chart.failed"))).to_have_count(frames.count())


@pytest.mark.parametrize("part", ["_dash-layout", "dash_mantine_components"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_that_does_not_start_says_so(
    new_visitor: NewVisitor, watch: Watch, part: str, lang: str
) -> None:
    watch.allow(DROPPED)
    watch.allow(r"dash_mantine_components was not found")
    page = new_visitor().page
    page.route(f"**/*{part}*", _drop)
    page.goto(f"{new_visitor().address}/?lang={lang}", wait_until="commit")
    expect(page.get_by_text(t(lang, "error.not_started"))).to_be_visible()
    page.unroute(f"**/*{part}*")
    page.get_by_role("link", name=t(lang, "chart.reload")).click()
    expect(page.locator(f"#{ids.MAP_FINDING}")).to_be_visible()


def test_scripts_fetched_ahead_are_fetched_once(atlas: Atlas, watch: Watch) -> None:
    atlas.open(CITIES)
    assert len(watch.asked("/plotly.min.js")) == 1
    assert len(watch.asked("/async-graph.js")) == 1
