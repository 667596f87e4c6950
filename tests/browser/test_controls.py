"""The controls: found by typing, answered with numbers only, played, hovered, tabulated."""

from collections import Counter

import pytest
from playwright.sync_api import expect

from dashboard import ids, text
from dashboard.layout.controls import PLAY_MILLISECONDS
from dashboard.text import t
from geodata.regions import Regions
from indicators.periods import parse_period
from tests.browser.atlas import Atlas
from tests.browser.published import Published, indicator_record, table
from tests.browser.watch import Watch, updates

pytestmark = pytest.mark.browser

GUANGDONG, ZHANJIANG, YICHUN = "440000", "440800", "360900"
AIR, PM25 = "air_good_days_share", "pm25_mean"
FIRST, SECOND, FULL_YEAR = "2022-09", "2020-04", "2022"
AIR_QUERY = f"?region={GUANGDONG}&level=prefecture&indicator={AIR}&period={FIRST}"
CITIES, COUNTIES = 21, 124
VIEWS = ("value", "attainment", "gap", "change")
TYPED = (("pm25", PM25), ("youliang", AIR))
INITIALS = "ylts"
UPDATE = "/_dash-update-component"
# Map, panels and controls each answer to a new address; nothing else has to.
MOST_UPDATES = 3


def test_indicators_and_regions_are_found_by_typing(
    atlas: Atlas, watch: Watch, published: Published, regions: Regions
) -> None:
    atlas.open(AIR_QUERY)
    page = atlas.page
    field = page.locator(f"#{ids.CONTROL_INDICATOR}")
    for typed, found in TYPED:
        before = atlas.finding.inner_text()
        options = atlas.search(ids.CONTROL_INDICATOR, typed)
        expect(options.first).to_have_attribute("value", found)
        page.keyboard.press("Enter")
        atlas.settle(indicator=found)
        page.keyboard.press("Tab")
        indicator = indicator_record(found)
        assert atlas.address_words["indicator"] == found
        expect(field).to_have_value(indicator["name_zh"])
        expect(atlas.title).to_contain_text(indicator["name_zh"])
        expect(atlas.finding).not_to_have_text(before)
        values = published.cities(GUANGDONG, found, FIRST)
        written = {text.quantity("zh", value, indicator["unit"]) for value in values.values()}
        assert set(atlas.ranking().values()) == written
        counted = Counter({entry.fill: entry.count for entry in atlas.legend()})
        assert +counted == atlas.fills()

    # Initials find it too. What matches nothing says so, and leaving the field changes nothing.
    link, name = atlas.link, field.input_value()
    options = atlas.search(ids.CONTROL_INDICATOR, INITIALS)
    expect(options.first).to_have_attribute("value", AIR)
    field.fill("zzzz")
    expect(options).to_have_count(0)
    expect(page.get_by_text(t("zh", "control.nothing_found"))).to_be_visible()
    for key in ("Enter", "Escape", "Tab"):
        page.keyboard.press(key)
    expect(field).to_have_value(name)
    assert atlas.settle().link == link

    # A region brings its level with it; that is no step of its own.
    entries = page.evaluate("history.length")
    options = atlas.search(ids.CONTROL_REGION, "zhanjiang")
    expect(options.first).to_have_attribute("value", ZHANJIANG)
    asked = len(watch.asked(UPDATE))
    page.keyboard.press("Enter")
    atlas.settle(region=ZHANJIANG, level="county")
    assert atlas.address_words["region"] == ZHANJIANG
    expected = {region.adcode for region in regions.children(ZHANJIANG, "county")}
    assert set(atlas.regions()) == expected
    expect(atlas.title).to_contain_text(regions.get(ZHANJIANG).name_zh)
    expect(atlas.card.locator("h2")).to_have_text(regions.get(ZHANJIANG).name_zh)
    # No county has published it, and the page says so rather than showing an empty map.
    expect(page.locator(f"#{ids.MAP_HONESTY} p").first).to_be_visible()
    assert page.evaluate("history.length") == entries + 1
    assert len(watch.asked(UPDATE)) - asked <= MOST_UPDATES

    # Whoever stays in the field can go on typing.
    options = atlas.search(ids.CONTROL_REGION, "yichun")
    expect(options.first).to_have_attribute("value", YICHUN)


def test_views_and_levels_have_their_own_words_figure_and_legend(
    atlas: Atlas, published: Published
) -> None:
    atlas.open(AIR_QUERY.replace(FIRST, FULL_YEAR))
    seen: dict[str, tuple[str, str]] = {}
    for view in (*VIEWS[1:], VIEWS[0]):
        atlas.press_segment(ids.CONTROL_VIEW, view)
        atlas.settle(view=view)
        assert atlas.address_words["view"] == view
        if view != "value":
            expect(atlas.title).to_contain_text(t("zh", f"view.{view}_long"))
        counted: Counter[str] = Counter()
        for entry in atlas.legend():
            counted[entry.fill] += entry.count
        # What is striped is filled with a pattern; the legend shows its ground colour.
        drawn = atlas.fills()
        striped = sum(count for fill, count in drawn.items() if "url" in fill)
        plain = Counter({fill: count for fill, count in drawn.items() if "url" not in fill})
        assert counted.total() == CITIES
        assert plain <= counted
        assert (counted - plain).total() == striped
        seen[view] = (atlas.finding.inner_text(), atlas.title.inner_text())
    assert len({finding for finding, _ in seen.values()}) == len(VIEWS)
    assert len({title for _, title in seen.values()}) == len(VIEWS)
    values = published.cities(GUANGDONG, AIR, FULL_YEAR)
    assert 0 < len(values) < CITIES
    assert str(len(values)) in seen["value"][0]
    assert str(len(values)) in atlas.page.locator(f"#{ids.MAP_HONESTY}").inner_text()

    atlas.press_segment(ids.CONTROL_LEVEL, "county")
    atlas.settle(level="county")
    assert atlas.address_words["level"] == "county"
    assert len(atlas.regions()) == COUNTIES
    expect(atlas.title).to_contain_text(t("zh", "places.county"))


def test_a_change_of_period_sends_numbers_only_and_the_open_table_follows(
    atlas: Atlas, watch: Watch, published: Published, regions: Regions
) -> None:
    atlas.open(AIR_QUERY)
    asked, answered = len(watch.requests), len(watch.responses)
    atlas.choose(ids.CONTROL_PERIOD, SECOND)
    expect(atlas.title).to_contain_text(text.period("zh", parse_period(SECOND)))
    atlas.settle(period=SECOND)
    values = published.cities(GUANGDONG, AIR, SECOND)
    legend = {entry.fill: entry for entry in atlas.legend()}
    for adcode, region in atlas.regions().items():
        low, high = legend[region.fill].interval
        assert low < values[adcode] <= high

    new = watch.requests[asked:]
    assert [address for address in new if UPDATE not in address] == []
    assert 1 <= len(new) <= MOST_UPDATES
    answers = updates(watch.responses[answered:])
    assert len(answers) == len(new)
    for answer in answers:
        assert "coordinates" not in answer.text()
        assert "geojson" not in answer.text()

    # The table behind the map is asked for once it is open, and follows from then on.
    expect(atlas.table_rows).to_have_count(0)
    atlas.unfold_table()
    expect(atlas.table_rows).to_have_count(CITIES)
    code, name, value = (t("zh", f"table.{head}") for head in ("code", "region", "value"))
    source = t("zh", "table.source")
    for period in (SECOND, FIRST):
        if period != SECOND:
            atlas.choose(ids.CONTROL_PERIOD, period)
            atlas.settle(period=period)
        values = published.cities(GUANGDONG, AIR, period)
        rows = {row[code]: row for row in atlas.table()}
        assert {adcode: row[value] for adcode, row in rows.items()} == {
            adcode: text.quantity("zh", number, "%") for adcode, number in values.items()
        }
        for adcode, row in rows.items():
            assert row[name] == regions.get(adcode).name_zh
            assert row[source] == published.publisher(adcode, AIR, period)
    atlas.unfold_table()
    # The map's request is foreseen by now; one that Dash did not take up would make a fourth.
    before = len(watch.requests)
    atlas.choose(ids.CONTROL_PERIOD, SECOND)
    atlas.settle(period=SECOND)
    assert len(watch.requests) - before == MOST_UPDATES


def test_playing_runs_through_the_periods_until_stopped(atlas: Atlas, published: Published) -> None:
    first = published.complete_periods(GUANGDONG, AIR, CITIES)[0]
    atlas.open(AIR_QUERY.replace(FIRST, first))
    play = atlas.page.locator(f"#{ids.PLAY}")
    expect(play).to_have_accessible_name(t("zh", "control.play"))
    titles, periods = [atlas.title.inner_text()], [first]
    play.click()
    for _ in range(2):
        expect(atlas.title).not_to_have_text(titles[-1])
        titles.append(atlas.title.inner_text())
        periods.append(atlas.address_words["period"])
    assert len(set(titles)) == 3
    assert periods == sorted(periods)
    # A listener has to hear that it plays now.
    expect(play).to_have_accessible_name(t("zh", "control.pause"))
    play.click()
    expect(play).to_have_accessible_name(t("zh", "control.play"))
    atlas.settle()
    stopped = atlas.address_words
    atlas.after(round(1.25 * PLAY_MILLISECONDS))
    assert atlas.settle().address_words == stopped
    expect(atlas.title).to_contain_text(text.period("zh", parse_period(stopped["period"])))


def test_hovering_tells_value_rank_target_and_source_of_every_city(
    atlas: Atlas, published: Published, regions: Regions
) -> None:
    atlas.open(AIR_QUERY)
    values = published.cities(GUANGDONG, AIR, FIRST)
    target = next(
        row for row in table("targets") if (row["adcode"], row["indicator_id"]) == (GUANGDONG, AIR)
    )
    box = atlas.page.locator(f"#{ids.MAP} .hoverlayer .hovertext")
    expect(box).to_have_count(0)
    best_first = sorted(values.values(), reverse=True)
    # Small cities can be hit like large ones.
    for adcode, value in values.items():
        atlas.page.mouse.move(*atlas.middle(adcode))
        expect(box).to_contain_text(regions.get(adcode).name_zh)
        told = box.text_content() or ""
        publisher = published.publisher(adcode, AIR, FIRST)
        for part in (
            text.quantity("zh", value, "%"),
            t("zh", "hover.rank", rank=best_first.index(value) + 1, count=CITIES),
            f"{target['comparator']} {target['value']}%",
            target["year"],
            t("zh", "hover.source", publisher=publisher),
        ):
            assert part in told, (part, told)
