"""Selecting, going down and up, going back, sharing; each visitor for themselves."""

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
AIR, MONTH = "air_good_days_share", "2022-09"
AIR_QUERY = f"?region={GUANGDONG}&level=prefecture&indicator={AIR}&period={MONTH}"
# Two clicks further apart than this are not a double click.
DOUBLE_CLICK_MS = 400
UPDATE = "/_dash-update-component"
# Map, panels and controls each answer to a new address.
MOST_UPDATES = 3


def test_a_click_selects_and_another_clears(
    atlas: Atlas, published: Published, regions: Regions
) -> None:
    atlas.open(AIR_QUERY)
    whole = regions.get(GUANGDONG).name_zh
    expect(atlas.card.locator("h2")).to_have_text(whole)

    atlas.click(CHAOZHOU)
    expect(atlas.card.locator("h2")).to_have_text(regions.get(CHAOZHOU).name_zh)
    number = text.number(published.value(CHAOZHOU, AIR, MONTH))
    expect(atlas.card).to_contain_text(number)
    expect(atlas.evidence).to_contain_text(published.publisher(CHAOZHOU, AIR, MONTH))
    expect(atlas.evidence).to_contain_text(f"{number}%")
    atlas.settle(selected=CHAOZHOU)
    assert atlas.address_words["selected"] == CHAOZHOU

    # Another region takes its place; a click on the same one clears it.
    atlas.click(SHENZHEN)
    expect(atlas.card.locator("h2")).to_have_text(regions.get(SHENZHEN).name_zh)
    expect(atlas.card).to_contain_text(text.number(published.value(SHENZHEN, AIR, MONTH)))
    atlas.settle(selected=SHENZHEN).after(DOUBLE_CLICK_MS)
    atlas.click(SHENZHEN)
    expect(atlas.card.locator("h2")).to_have_text(whole)
    atlas.settle(selected="")
    assert "selected" not in atlas.address_words


def test_a_bar_of_the_ranking_selects_too(atlas: Atlas, regions: Regions) -> None:
    atlas.open(AIR_QUERY)
    bar = atlas.page.locator(f"#{ids.RANKING} .barlayer .point path").first
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    assert box
    best = next(iter(atlas.ranking()))
    atlas.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(atlas.card.locator("h2")).to_contain_text(best)
    atlas.settle()
    assert regions.get(atlas.words["selected"]).short_zh == best


def test_down_by_double_click_up_by_breadcrumb_and_through_history(
    atlas: Atlas, regions: Regions
) -> None:
    atlas.open(AIR_QUERY)
    cities = set(atlas.regions())
    counties = {region.adcode for region in regions.children(ZHANJIANG, "county")}
    at_province = atlas.finding.inner_text()

    atlas.double_click(ZHANJIANG)
    atlas.settle(region=ZHANJIANG, level="county")
    assert set(atlas.regions()) == counties
    assert len(counties) == 9
    expect(atlas.title).to_contain_text(regions.get(ZHANJIANG).name_zh)
    in_the_city = atlas.finding.inner_text()
    assert in_the_city != at_province

    province = regions.get(GUANGDONG).name_zh
    expect(atlas.breadcrumb.locator("[aria-current=page]")).to_have_text(
        regions.get(ZHANJIANG).name_zh
    )
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


def test_back_returns_to_the_period_and_selection_before(
    atlas: Atlas, published: Published, regions: Regions
) -> None:
    atlas.open(AIR_QUERY)
    first = atlas.title.inner_text()
    atlas.choose(ids.CONTROL_PERIOD, "2020-04")
    atlas.settle(period="2020-04")
    second = atlas.title.inner_text()
    assert second != first
    atlas.click(CHAOZHOU)
    atlas.settle(selected=CHAOZHOU)

    atlas.page.go_back()
    atlas.settle(period="2020-04", selected="")
    expect(atlas.card.locator("h2")).to_have_text(regions.get(GUANGDONG).name_zh)
    atlas.page.go_back()
    atlas.settle(period=MONTH)
    expect(atlas.title).to_have_text(first)
    atlas.page.go_forward()
    atlas.settle(period="2020-04")
    expect(atlas.title).to_have_text(second)
    values = published.cities(GUANGDONG, AIR, "2020-04")
    assert atlas.ranking()[regions.get(CHAOZHOU).short_zh] == text.quantity(
        "zh", values[CHAOZHOU], "%"
    )


def test_one_step_is_one_entry_in_the_history(atlas: Atlas, watch: Watch) -> None:
    atlas.open(AIR_QUERY)
    entries = atlas.page.evaluate("history.length")
    options = atlas.search(ids.CONTROL_REGION, "zhanjiang")
    expect(options.first).to_have_attribute("value", ZHANJIANG)
    asked = len(watch.asked(UPDATE))
    atlas.page.keyboard.press("Enter")
    atlas.settle(region=ZHANJIANG)
    # The level comes down with the region; it is no step of its own.
    assert atlas.words["level"] == "county"
    assert atlas.page.evaluate("history.length") == entries + 1
    assert len(watch.asked(UPDATE)) - asked <= MOST_UPDATES


def test_a_copied_link_opens_the_same_view_for_somebody_else(
    atlas: Atlas, new_visitor: NewVisitor
) -> None:
    atlas.open(AIR_QUERY)
    atlas.choose(ids.CONTROL_PERIOD, "2021-12")
    atlas.press_segment(ids.CONTROL_VIEW, "change")
    atlas.settle(period="2021-12", view="change")
    atlas.click(CHAOZHOU)
    atlas.settle(selected=CHAOZHOU)
    link = atlas.link
    assert atlas.address_words == atlas.words

    atlas.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    atlas.page.locator(f"#{ids.SHARE}").click()
    expect(atlas.page.locator(f"#{ids.STATUS}")).to_have_text(t("zh", "share.copied"))
    copied = atlas.page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{atlas.address}/{link}"

    other = new_visitor().open(link)
    assert other.link == link
    assert other.controls == atlas.controls
    for part in ("finding", "title", "card", "evidence", "attribution"):
        assert getattr(other, part).inner_text() == getattr(atlas, part).inner_text()
    assert other.legend() == atlas.legend()
    assert other.fills() == atlas.fills()
    assert other.notices.inner_text() == ""


def test_two_visitors_do_not_disturb_each_other(
    new_visitor: NewVisitor, published: Published, regions: Regions
) -> None:
    one, two = new_visitor().open(AIR_QUERY), new_visitor().open(AIR_QUERY)
    one.click(CHAOZHOU)
    two.choose(ids.CONTROL_PERIOD, "2020-04")
    one.settle(selected=CHAOZHOU)
    two.settle(period="2020-04")
    two.click(SHENZHEN)
    one.press_segment(ids.CONTROL_VIEW, "attainment")
    two.settle(selected=SHENZHEN)
    one.settle(view="attainment")

    assert (one.words["period"], one.words["selected"]) == (MONTH, CHAOZHOU)
    assert (two.words["view"], two.words["selected"]) == ("value", SHENZHEN)
    for visitor, adcode, period in ((one, CHAOZHOU, MONTH), (two, SHENZHEN, "2020-04")):
        expect(visitor.card.locator("h2")).to_have_text(regions.get(adcode).name_zh)
        value = text.number(published.value(adcode, AIR, period))
        expect(visitor.card).to_contain_text(value)
    assert one.fills() != two.fills()
