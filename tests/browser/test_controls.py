"""The controls: found by typing, answered with numbers only, played, hovered, tabulated."""

import json
import re
from collections import Counter
from urllib.parse import urldefrag
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from dashboard import ids, text
from dashboard.layout.controls import PLAY_MILLISECONDS
from dashboard.text import t
from geodata.regions import Regions
from indicators.periods import parse_period
from tests.browser.atlas import Atlas
from tests.browser.published import Published, table
from tests.browser.watch import Watch, updates

pytestmark = pytest.mark.browser

GUANGDONG, ZHANJIANG, CHAOZHOU = "440000", "440800", "445100"
AIR, PM25 = "air_good_days_share", "pm25_mean"
FIRST, SECOND = "2022-09", "2020-04"
AIR_QUERY = f"?region={GUANGDONG}&level=prefecture&indicator={AIR}&period={FIRST}"
CITIES, COUNTIES = 21, 124
VIEWS = ("value", "attainment", "gap", "change")
# Map, panels and controls each answer to a new address; nothing else has to.
MOST_UPDATES = 3


def name_of(indicator: str) -> str:
    return next(row["name_zh"] for row in table("indicators") if row["indicator_id"] == indicator)


@pytest.mark.parametrize(
    ("start", "typed", "found"), [(PM25, "youliang", AIR), (PM25, "ylts", AIR), (AIR, "pm25", PM25)]
)
def test_an_indicator_is_found_by_typing(
    atlas: Atlas, published: Published, start: str, typed: str, found: str
) -> None:
    atlas.open(AIR_QUERY.replace(AIR, start))
    before = atlas.finding.inner_text()
    options = atlas.search(ids.CONTROL_INDICATOR, typed)
    expect(options.first).to_have_attribute("value", found)
    atlas.page.keyboard.press("Enter")
    atlas.settle(indicator=found)
    expect(atlas.page.locator(f"#{ids.CONTROL_INDICATOR}")).to_have_value(name_of(found))
    expect(atlas.title).to_contain_text(name_of(found))
    expect(atlas.finding).not_to_have_text(before)
    unit = next(row["unit"] for row in table("indicators") if row["indicator_id"] == found)
    values = published.cities(GUANGDONG, found, FIRST)
    expect(atlas.finding).to_contain_text(text.quantity("zh", max(values.values()), unit))
    assert set(atlas.ranking().values()) == {
        text.quantity("zh", value, unit) for value in values.values()
    }
    assert Counter({entry.fill: entry.count for entry in atlas.legend()}) == atlas.fills()


def test_what_matches_nothing_says_so_and_changes_nothing(atlas: Atlas) -> None:
    atlas.open(AIR_QUERY)
    before = atlas.link
    options = atlas.search(ids.CONTROL_INDICATOR, "zzzz")
    expect(options).to_have_count(0)
    expect(atlas.page.get_by_text(t("zh", "control.nothing_found"))).to_be_visible()
    atlas.page.keyboard.press("Enter")
    atlas.page.keyboard.press("Escape")
    atlas.page.keyboard.press("Tab")
    expect(atlas.page.locator(f"#{ids.CONTROL_INDICATOR}")).to_have_value(name_of(AIR))
    assert atlas.link == before


def test_a_region_is_found_by_typing_and_levels_switch(atlas: Atlas, regions: Regions) -> None:
    atlas.open(AIR_QUERY)
    atlas.press_segment(ids.CONTROL_LEVEL, "county")
    atlas.settle(level="county")
    assert atlas.address_words["level"] == "county"
    assert len(atlas.regions()) == COUNTIES
    expect(atlas.title).to_contain_text(t("zh", "places.county"))

    options = atlas.search(ids.CONTROL_REGION, "zhanjiang")
    expect(options.first).to_have_attribute("value", ZHANJIANG)
    atlas.page.keyboard.press("Enter")
    atlas.settle(region=ZHANJIANG)
    assert atlas.address_words["region"] == ZHANJIANG
    expected = {region.adcode for region in regions.children(ZHANJIANG, "county")}
    assert set(atlas.regions()) == expected
    expect(atlas.title).to_contain_text(regions.get(ZHANJIANG).name_zh)
    expect(atlas.card.locator("h2")).to_have_text(regions.get(ZHANJIANG).name_zh)
    # No county has published it, and the page says so rather than showing an empty map.
    expect(atlas.page.locator(f"#{ids.MAP_HONESTY} p").first).to_be_visible()


def test_each_view_has_its_own_words_figure_and_legend(atlas: Atlas, published: Published) -> None:
    query = f"?region={GUANGDONG}&level=prefecture&indicator={AIR}&period=2022"
    atlas.open(query)
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
    values = published.cities(GUANGDONG, AIR, "2022")
    assert str(len(values)) in seen["value"][0]


def test_a_change_of_period_sends_numbers_only(
    atlas: Atlas, watch: Watch, published: Published
) -> None:
    atlas.open(AIR_QUERY)
    asked, answered = len(watch.requests), len(watch.responses)
    atlas.choose(ids.CONTROL_PERIOD, SECOND)
    expect(atlas.title).to_contain_text(text.period("zh", parse_period(SECOND)))
    atlas.settle(period=SECOND)
    values = published.cities(GUANGDONG, AIR, SECOND)
    assert set(atlas.ranking().values()) == {
        text.quantity("zh", value, "%") for value in values.values()
    }
    legend = {entry.fill: entry for entry in atlas.legend()}
    for adcode, region in atlas.regions().items():
        low, high = legend[region.fill].interval
        assert low < values[adcode] <= high

    new = watch.requests[asked:]
    assert [address for address in new if "/_dash-update-component" not in address] == []
    assert 1 <= len(new) <= MOST_UPDATES
    answers = updates(watch.responses[answered:])
    assert len(answers) == len(new)
    for answer in answers:
        assert "coordinates" not in answer.text()
        assert "geojson" not in answer.text()


def geometry_served(atlas: Atlas) -> int:
    """Return how often the server has sent geometry, by its own count."""
    with urlopen(f"{atlas.address}/metrics", timeout=30) as response:
        told = response.read().decode()
    counts = re.findall(
        r'^quality_atlas_requests_total\{endpoint="geo\.geometry".* (\S+)$', told, re.M
    )
    return round(sum(float(count) for count in counts))


def test_geometry_is_fetched_once_and_kept(atlas: Atlas, watch: Watch) -> None:
    served = geometry_served(atlas)
    atlas.open(AIR_QUERY)
    for period in (SECOND, FIRST, "2021-12"):
        atlas.choose(ids.CONTROL_PERIOD, period)
        atlas.settle(period=period)
    atlas.press_segment(ids.CONTROL_VIEW, "change")
    atlas.settle(view="change")
    atlas.double_click(ZHANJIANG)
    atlas.settle(region=ZHANJIANG)
    atlas.page.go_back()
    atlas.settle(region=GUANGDONG)
    files = {urldefrag(address).url for address in watch.asked("/geo/")}
    assert {address.rsplit("/", 1)[1] for address in files} == {
        f"{GUANGDONG}-prefecture.json",
        f"{GUANGDONG}-neighbours.json",
        f"{ZHANJIANG}-county.json",
        f"{ZHANJIANG}-neighbours.json",
    }
    # The browser may ask its own store again; the server is asked for each file once.
    assert geometry_served(atlas) - served == len(files)
    for response in watch.responses:
        if "/geo/" in response.url:
            assert "immutable" in response.headers["cache-control"]
            assert response.headers["content-encoding"] in ("br", "gzip", "zstd")


def test_playing_runs_through_the_periods_until_stopped(atlas: Atlas) -> None:
    atlas.open(AIR_QUERY)
    play = atlas.page.locator(f"#{ids.PLAY}")
    shown = [atlas.title.inner_text()]
    play.click()
    for _ in range(2):
        expect(atlas.title).not_to_have_text(shown[-1])
        shown.append(atlas.title.inner_text())
    assert len(set(shown)) == 3
    play.click()
    atlas.settle()
    stopped = atlas.address_words
    assert stopped["period"] > FIRST
    # The months are played forward in time, none left out.
    atlas.after(round(1.5 * PLAY_MILLISECONDS))
    assert atlas.address_words == stopped
    expect(atlas.title).to_contain_text(text.period("zh", parse_period(stopped["period"])))


def test_the_play_button_says_whether_it_plays(atlas: Atlas) -> None:
    atlas.open(AIR_QUERY)
    play = atlas.page.locator(f"#{ids.PLAY}")
    expect(play).to_have_accessible_name(t("zh", "control.play"))
    expect(play).to_have_attribute("aria-pressed", "false")
    play.click()
    # Either the name or the state has to tell a listener that it is playing.
    atlas.page.wait_for_function(
        """([id, name]) => {
          const button = document.getElementById(id);
          return button.ariaPressed === "true" || button.ariaLabel !== name;
        }""",
        arg=[ids.PLAY, t("zh", "control.play")],
        timeout=5_000,
    )


def test_the_table_behind_the_map_follows(
    atlas: Atlas, watch: Watch, published: Published, regions: Regions
) -> None:
    atlas.open(AIR_QUERY)
    expect(atlas.table_rows).to_have_count(0)
    atlas.unfold_table()
    expect(atlas.table_rows).to_have_count(CITIES)
    code, name, value = (t("zh", f"table.{head}") for head in ("code", "region", "value"))
    source = t("zh", "table.source")
    for period in (FIRST, SECOND):
        if period != FIRST:
            atlas.choose(ids.CONTROL_PERIOD, period)
            atlas.settle(period=period)
        values = published.cities(GUANGDONG, AIR, period)
        rows = {row[code]: row for row in atlas.table()}
        assert {adcode: row[value] for adcode, row in rows.items()} == {
            adcode: text.quantity("zh", number, "%") for adcode, number in values.items()
        }
        assert all(row[name] == regions.get(adcode).name_zh for adcode, row in rows.items())
        assert all(
            row[source] == published.publisher(adcode, AIR, period) for adcode, row in rows.items()
        )
    # A folded table is not asked for.
    atlas.unfold_table()
    before = len(watch.requests)
    atlas.choose(ids.CONTROL_PERIOD, FIRST)
    atlas.settle(period=FIRST)
    assert len(watch.requests) - before <= MOST_UPDATES


def test_hovering_a_city_tells_value_rank_target_and_source(
    atlas: Atlas, published: Published, regions: Regions
) -> None:
    atlas.open(AIR_QUERY)
    values = published.cities(GUANGDONG, AIR, FIRST)
    rank = sorted(values.values(), reverse=True).index(values[CHAOZHOU]) + 1
    target = next(
        row for row in table("targets") if (row["adcode"], row["indicator_id"]) == (GUANGDONG, AIR)
    )
    box = atlas.page.locator(f"#{ids.MAP} .hoverlayer .hovertext")
    expect(box).to_have_count(0)
    atlas.page.mouse.move(*atlas.middle(CHAOZHOU))
    expect(box).to_have_count(1)
    told = box.text_content() or ""
    publisher = published.publisher(CHAOZHOU, AIR, FIRST)
    for part in (
        regions.get(CHAOZHOU).name_zh,
        text.quantity("zh", values[CHAOZHOU], "%"),
        t("zh", "hover.rank", rank=rank, count=CITIES),
        f"{target['comparator']} {target['value']}%",
        target["year"],
        t("zh", "hover.source", publisher=publisher),
    ):
        assert part in told, (part, told)


def test_small_cities_can_be_hit(atlas: Atlas, regions: Regions) -> None:
    """Every city of the map answers to the mouse at its own middle."""
    atlas.open(AIR_QUERY)
    name = atlas.page.locator(f"#{ids.MAP} .hoverlayer .hovertext")
    for adcode in atlas.regions():
        atlas.page.mouse.move(*atlas.middle(adcode))
        expect(name).to_contain_text(regions.get(adcode).name_zh)


def test_the_figure_carries_no_geometry(atlas: Atlas) -> None:
    atlas.open(AIR_QUERY)
    given = atlas.page.evaluate(
        "JSON.stringify(document.querySelector('#map .js-plotly-plot').data.map((t) => t.geojson))"
    )
    assert all(isinstance(item, str) for item in json.loads(given) if item)
