"""Selecting, going down and up, going back, sharing; each visitor for themselves."""

import json
import re
from urllib.parse import urldefrag
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from dashboard import ids, text
from dashboard.text import t
from geodata.regions import Regions
from tests.browser.atlas import Atlas
from tests.browser.conftest import NewVisitor
from tests.browser.published import Published
from tests.browser.watch import Watch

pytestmark = pytest.mark.browser

GUANGDONG, ZHANJIANG, CHAOZHOU, SHENZHEN = "440000", "440800", "445100", "440300"
AIR, MONTH, EARLIER = "air_good_days_share", "2022-09", "2020-04"
AIR_QUERY = f"?region={GUANGDONG}&level=prefecture&indicator={AIR}&period={MONTH}"
# Two clicks further apart than this are not a double click.
DOUBLE_CLICK_MS = 400


def test_clicks_select_and_clear_and_back_undoes_them(
    atlas: Atlas, published: Published, regions: Regions
) -> None:
    atlas.open(AIR_QUERY)
    heading = atlas.card.locator("h2")
    whole = regions.get(GUANGDONG).name_zh
    expect(heading).to_have_text(whole)

    atlas.click(CHAOZHOU)
    expect(heading).to_have_text(regions.get(CHAOZHOU).name_zh)
    number = text.number(published.value(CHAOZHOU, AIR, MONTH))
    expect(atlas.card).to_contain_text(number)
    expect(atlas.evidence).to_contain_text(published.publisher(CHAOZHOU, AIR, MONTH))
    expect(atlas.evidence).to_contain_text(f"{number}%")
    atlas.settle(selected=CHAOZHOU)
    assert atlas.address_words["selected"] == CHAOZHOU

    # Another region takes its place, from the map or the ranking; the same one clears it.
    best = next(iter(atlas.ranking()))
    bar = atlas.page.locator(f"#{ids.RANKING} .barlayer .point path").first
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    assert box
    atlas.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(heading).to_contain_text(best)
    atlas.settle()
    assert regions.get(atlas.words["selected"]).short_zh == best
    atlas.click(SHENZHEN)
    expect(heading).to_have_text(regions.get(SHENZHEN).name_zh)
    expect(atlas.card).to_contain_text(text.number(published.value(SHENZHEN, AIR, MONTH)))
    atlas.settle(selected=SHENZHEN).after(DOUBLE_CLICK_MS)
    atlas.click(SHENZHEN)
    expect(heading).to_have_text(whole)
    atlas.settle(selected="")
    assert "selected" not in atlas.address_words

    # Every step back and forward shows what was there.
    atlas.choose(ids.CONTROL_PERIOD, EARLIER)
    atlas.settle(period=EARLIER)
    atlas.page.go_back()
    atlas.settle(period=MONTH, selected="")
    atlas.page.go_back()
    atlas.settle(period=MONTH, selected=SHENZHEN)
    expect(heading).to_have_text(regions.get(SHENZHEN).name_zh)
    atlas.page.go_forward()
    atlas.settle(selected="")
    atlas.page.go_forward()
    atlas.settle(period=EARLIER, selected="")
    expect(heading).to_have_text(whole)
    assert atlas.ranking() == {
        regions.get(code).short_zh: text.quantity("zh", value, "%")
        for code, value in published.cities(GUANGDONG, AIR, EARLIER).items()
    }


def geometry_served(atlas: Atlas) -> int:
    """Return how often the server has sent geometry, by its own count."""
    with urlopen(f"{atlas.address}/metrics", timeout=60) as response:
        told = response.read().decode()
    counts = re.findall(
        r'^quality_atlas_requests_total\{endpoint="geo\.geo.*} (\S+)$', told, re.MULTILINE
    )
    return round(sum(float(count) for count in counts))


def test_down_by_double_click_up_by_breadcrumb_and_through_history(
    new_visitor: NewVisitor, watch: Watch, regions: Regions
) -> None:
    atlas = new_visitor()
    served = geometry_served(atlas)
    atlas.open(AIR_QUERY)
    cities = set(atlas.regions())
    counties = {region.adcode for region in regions.children(ZHANJIANG, "county")}
    assert len(counties) == 9
    at_province = atlas.finding.inner_text()

    atlas.double_click(ZHANJIANG)
    atlas.settle(region=ZHANJIANG, level="county")
    assert set(atlas.regions()) == counties
    expect(atlas.title).to_contain_text(regions.get(ZHANJIANG).name_zh)
    in_the_city = atlas.finding.inner_text()
    assert in_the_city != at_province

    province = regions.get(GUANGDONG).name_zh
    here = atlas.breadcrumb.locator("[aria-current=page]")
    expect(here).to_have_text(regions.get(ZHANJIANG).name_zh)
    atlas.breadcrumb.get_by_role("link", name=province).click()
    atlas.settle(region=GUANGDONG)
    assert set(atlas.regions()) == cities
    expect(atlas.title).to_contain_text(province)

    atlas.page.go_back()
    atlas.settle(region=ZHANJIANG)
    assert set(atlas.regions()) == counties
    expect(atlas.finding).to_have_text(in_the_city)
    atlas.page.go_forward()
    atlas.settle(region=GUANGDONG)
    assert set(atlas.regions()) == cities
    atlas.page.go_back()
    atlas.settle(region=ZHANJIANG)

    atlas.page.reload(wait_until="commit")
    atlas.settle(region=ZHANJIANG)
    assert set(atlas.regions()) == counties
    expect(atlas.finding).to_have_text(in_the_city)

    # Through all this the server was asked for each geometry once; the rest came from the
    # browser's own store.
    files = {urldefrag(address).url for address in watch.asked("/geo/")}
    assert {address.rsplit("/", 1)[1] for address in files} == {
        f"{GUANGDONG}-prefecture.json",
        f"{GUANGDONG}-neighbours.json",
        f"{ZHANJIANG}-county.json",
        f"{ZHANJIANG}-neighbours.json",
    }
    assert geometry_served(atlas) - served == len(files)
    for response in watch.responses:
        if "/geo/" in response.url:
            assert "immutable" in response.headers["cache-control"]
            assert response.headers["content-encoding"] in ("br", "gzip", "zstd")
    given = atlas.page.evaluate(
        "JSON.stringify(document.querySelector('#map .js-plotly-plot').data.map((t) => t.geojson))"
    )
    assert all(isinstance(item, str) for item in json.loads(given) if item)


def test_a_copied_link_opens_the_same_view_and_then_each_goes_their_way(
    new_visitor: NewVisitor, published: Published, regions: Regions
) -> None:
    one = new_visitor(permissions=["clipboard-read", "clipboard-write"]).open(AIR_QUERY)
    one.choose(ids.CONTROL_PERIOD, "2021-12")
    one.settle(period="2021-12")
    one.press_segment(ids.CONTROL_VIEW, "change")
    one.settle(view="change")
    one.click(CHAOZHOU)
    one.settle(selected=CHAOZHOU)
    link = one.link
    assert one.address_words == one.words
    one.page.locator(f"#{ids.SHARE}").click()
    expect(one.page.locator(f"#{ids.STATUS}")).to_have_text(t("zh", "share.copied"))
    assert one.page.evaluate("navigator.clipboard.readText()") == f"{one.address}/{link}"

    two = new_visitor().open(link)
    assert two.link == link
    assert two.controls == one.controls
    for part in ("finding", "title", "card", "evidence", "attribution", "breadcrumb"):
        assert getattr(two, part).inner_text() == getattr(one, part).inner_text(), part
    assert two.legend() == one.legend()
    assert two.fills() == one.fills()
    assert two.notices.inner_text() == ""

    # Both go on at the same time, and neither sees what the other does.
    one.press_segment(ids.CONTROL_VIEW, "value")
    two.choose(ids.CONTROL_PERIOD, EARLIER)
    one.settle(view="value")
    two.settle(period=EARLIER)
    two.click(SHENZHEN)
    one.choose(ids.CONTROL_PERIOD, MONTH)
    two.settle(selected=SHENZHEN)
    one.settle(period=MONTH)
    assert (one.words["view"], one.words["selected"]) == ("value", CHAOZHOU)
    assert (two.words["view"], two.words["selected"]) == ("change", SHENZHEN)
    for visitor, adcode, period in ((one, CHAOZHOU, MONTH), (two, SHENZHEN, EARLIER)):
        expect(visitor.card.locator("h2")).to_have_text(regions.get(adcode).name_zh)
        value = text.number(published.value(adcode, AIR, period))
        expect(visitor.card).to_contain_text(value)
    assert one.fills() != two.fills()
