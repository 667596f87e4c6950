"""The first view: real numbers, drawn without a word to any other host."""

from collections import Counter
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Route, expect

from dashboard import ids, text
from dashboard.text import t
from geodata.regions import Regions
from indicators.periods import parse_period
from tests.browser.conftest import NewVisitor
from tests.browser.published import Published, indicator_record
from tests.browser.watch import Watch

pytestmark = pytest.mark.browser

GUANGDONG = "440000"
CITIES = 21
MAP_NUMBER = "GS(2024)0650号"


def test_the_first_view_shows_the_newest_complete_map_with_the_cable_cut(
    new_visitor: NewVisitor, watch: Watch, published: Published, regions: Regions
) -> None:
    atlas = new_visitor()
    cut: list[str] = []

    def only_here(route: Route) -> None:
        if urlsplit(route.request.url).hostname == "127.0.0.1":
            route.continue_()
        else:
            cut.append(route.request.url)
            route.abort()

    atlas.page.context.route("**/*", only_here)
    atlas.open()
    assert watch.requests
    assert cut == []

    words = atlas.words
    period = words["period"]
    indicator = indicator_record(words["indicator"])
    name, unit = indicator["indicator_id"], indicator["unit"]
    assert (words["region"], words["level"]) == (GUANGDONG, "prefecture")
    assert period == published.complete_periods(GUANGDONG, name, CITIES)[-1]
    values = published.cities(GUANGDONG, name, period)

    drawn = atlas.regions()
    assert sorted(drawn) == sorted(values)
    assert all(region.area > 100 for region in drawn.values())

    # As many regions have a colour as its class in the legend counts, and as the tables say.
    legend = atlas.legend()
    assert sum(entry.count for entry in legend) == CITIES
    assert len({entry.fill for entry in legend}) == len(legend)
    for entry in legend:
        low, high = entry.interval
        inside = {adcode for adcode, value in values.items() if low < value <= high}
        coloured = {adcode for adcode, region in drawn.items() if region.fill == entry.fill}
        assert coloured == inside, entry
        assert entry.count == len(inside), entry
    assert atlas.fills() == Counter({entry.fill: entry.count for entry in legend if entry.count})

    # The sentence above the map names both ends, the title what, where and when.
    when = text.period("zh", parse_period(period))
    expect(atlas.finding).to_contain_text(when)
    for end in (max(values.values()), min(values.values())):
        expect(atlas.finding).to_contain_text(text.quantity("zh", end, unit))
        named = [regions.get(code).short_zh for code, value in values.items() if value == end]
        assert any(short in atlas.finding.inner_text() for short in named)
    for part in (regions.get(GUANGDONG).name_zh, indicator["name_zh"], when):
        expect(atlas.title).to_contain_text(part)

    expect(atlas.attribution).to_contain_text(MAP_NUMBER)
    expect(atlas.attribution).to_contain_text(t("zh", "map.number_pending"))
    publisher = {published.publisher(code, name, period) for code in values}
    expect(atlas.attribution).to_contain_text(publisher.pop())

    # Ranking and table say the same as the tables the numbers come from.
    written = {code: text.quantity("zh", value, unit) for code, value in values.items()}
    ranking = atlas.ranking()
    assert ranking == {regions.get(code).short_zh: word for code, word in written.items()}
    shown = [float(word.removesuffix(unit)) for word in ranking.values()]
    assert shown == sorted(shown, reverse=indicator["direction"] == "higher")
    expect(atlas.page.locator(f"#{ids.TREND} .scatterlayer .trace").first).to_be_visible()
    atlas.unfold_table()
    expect(atlas.table_rows).to_have_count(CITIES)
    rows = {row[t("zh", "table.code")]: row[t("zh", "table.value")] for row in atlas.table()}
    assert rows == written
    assert cut == []
