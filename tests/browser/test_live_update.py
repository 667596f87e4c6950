"""Data that change under an open page: it shows the old ones or the new ones, never both."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from dashboard import ids
from indicators.store.revisions import Change, Draft
from indicators.store.stores import open_store
from indicators.tables import SHIPPED
from tests.browser.conftest import NewVisitor
from tests.browser.site import Site
from tests.browser.watch import Watch
from tests.caches import new_cache

pytestmark = pytest.mark.browser

AIR_QUERY = "?region=440000&level=prefecture&indicator=air_good_days_share&period=2022-09"
CHAOZHOU, LOWEST = "445100", "1.5"
# The server has noticed; the predicate itself may not wait for an answer.
_NOTICED = """(old) => {
  fetch("/healthz").then((answer) => answer.json()).then((told) => { window.told = told; });
  return Boolean(window.told) && !old.includes(window.told.data_version);
}"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    ignored = shutil.ignore_patterns("history")
    return Path(shutil.copytree(SHIPPED, tmp_path / "data", ignore=ignored))


@pytest.fixture
def own_site(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Iterator[Site]:
    site = Site(new_cache(tmp_path_factory), flags=("--data", str(folder))).start()
    yield site
    site.stop()


def correct(folder: Path) -> None:
    """Give one city another value, as an import would."""
    store = open_store(str(folder))
    frame = store.read().frames["observations.csv"]
    mine = (frame["adcode"] == CHAOZHOU) & (frame["period"] == "2022-09")
    row = frame[mine & (frame["indicator_id"] == "air_good_days_share")].iloc[0].to_dict()
    change = Change("observations", row, {**row, "value": LOWEST})
    store.append(Draft("tester", "another value", (change,)), 0)


def test_an_open_page_goes_over_to_a_revision_whole(
    own_site: Site, folder: Path, new_visitor: NewVisitor, watch: Watch
) -> None:
    atlas = new_visitor(own_site.address).open(AIR_QUERY)
    page = atlas.page
    version = page.locator(".site-footer span").last
    old, rows = version.inner_text(), atlas.ranking()
    correct(folder)
    page.wait_for_function(_NOTICED, arg=old, polling=200)
    # Nobody has touched the page: all of it still is what it was.
    assert version.inner_text() == old
    assert atlas.ranking() == rows

    atlas.click(CHAOZHOU)
    expect(version).not_to_have_text(old)
    atlas.settle(selected=CHAOZHOU)
    expect(atlas.card).to_contain_text(LOWEST)
    expect(atlas.finding).to_contain_text(LOWEST)
    expect(page.locator(f"#{ids.MAP_LEGEND}")).to_contain_text(LOWEST.split(".")[0])
    assert [name for name in atlas.ranking() if name not in rows] == []
    assert [value for value in atlas.ranking().values() if LOWEST in value]
