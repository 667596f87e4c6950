"""The server goes away and comes back while somebody looks at the page."""

import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from dashboard import ids, text
from indicators.periods import parse_period
from tests.browser.conftest import NewVisitor
from tests.browser.site import Site
from tests.browser.watch import Watch
from tests.caches import new_cache

pytestmark = pytest.mark.browser

AIR_QUERY = "?region=440000&level=prefecture&indicator=air_good_days_share&period=2022-09"


@pytest.fixture
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(new_cache(tmp_path_factory)).start()
    yield site
    site.stop()


def test_a_page_outlives_its_server(own_site: Site, new_visitor: NewVisitor, watch: Watch) -> None:
    atlas = new_visitor(own_site.address).open(AIR_QUERY)
    shown = {name: getattr(atlas, name).inner_text() for name in ("finding", "title", "card")}
    fills = atlas.fills()

    # While nobody answers, asking fails, and the browser says so; nothing else may go wrong.
    watch.allow(r"failed request: .*/_dash-update-component")
    watch.allow(r"console error: .*ERR_CONNECTION_REFUSED")
    watch.allow(r"console error: Error: Callback failed: the server did not respond")
    own_site.stop(signal.SIGKILL)
    with atlas.page.expect_event("requestfailed"):
        atlas.choose(ids.CONTROL_PERIOD, "2020-04")
    alarm = atlas.page.locator(f"#{ids.CONNECTION}")
    expect(alarm).to_be_visible()
    atlas.settle()
    assert atlas.fills() == fills
    for name in ("finding", "title", "card"):
        assert getattr(atlas, name).inner_text() == shown[name]

    own_site.start()
    atlas.choose(ids.CONTROL_PERIOD, "2021-12")
    expect(atlas.title).to_contain_text(text.period("zh", parse_period("2021-12")))
    atlas.settle(period="2021-12")
    assert atlas.fills() != fills
    expect(alarm).to_be_hidden()
    assert own_site.complaints == ""
