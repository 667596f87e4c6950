"""Phone, desk and projector; the maps that hold much; what every map must show."""

import pytest
from playwright.sync_api import expect

from dashboard import ids
from dashboard.figures.choropleth import INSET, REGIONS
from dashboard.text import t
from geodata.regions import Regions
from tests.browser.atlas import Atlas
from tests.browser.conftest import NewVisitor

pytestmark = pytest.mark.browser

GUANGDONG, CHAOZHOU = "440000", "445100"
AIR_QUERY = f"?region={GUANGDONG}&level=prefecture&indicator=air_good_days_share&period=2022-09"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
PROJECTOR = {"width": 1920, "height": 1080}
MAP_NUMBER = "GS(2024)0650号"
NATION, HAINAN, SANSHA = "100000", "460000", "4603"
LABELLED = {
    "Guangdong, value": {"region": GUANGDONG, "view": "value"},
    "Guangdong, attainment": {"region": GUANGDONG, "view": "attainment"},
    "Zhanjiang": {"region": "440800", "view": "value"},
    "Yichun": {"region": "360900", "view": "value"},
    "Alxa": {"region": "152900", "view": "value"},
    "the nation by province": {"region": "100000", "level": "province", "view": "value"},
}

_CLIPPED = """() => [...document.querySelectorAll("h1, h2, h3, p, .badge, .legend li")]
  .filter((item) => item.checkVisibility() && item.clientWidth > 0)
  .filter((item) => !item.closest(".visually-hidden"))
  .filter((item) => item.scrollWidth > item.clientWidth)
  .map((item) => `${item.tagName} ${item.innerText.slice(0, 40)}`)"""

# Names and numbers of the map that cover one another by more than a hair.
_OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll("#map .scatterlayer text")]
    .map((item) => ({ name: item.textContent, box: item.getBoundingClientRect() }))
    .filter((item) => item.box.width > 0 && item.box.height > 0);
  const shared = (a, b) => [
    Math.min(a.right, b.right) - Math.max(a.left, b.left),
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top),
  ];
  const found = [];
  boxes.forEach((one, i) => boxes.slice(i + 1).forEach((other) => {
    const [across, down] = shared(one.box, other.box);
    if (across > 2 && down > 2) {
      found.push(`${one.name} / ${other.name} (${across.toFixed(0)} x ${down.toFixed(0)} px)`);
    }
  }));
  return { labels: boxes.length, found };
}"""

_INSET = """([trace, adcode]) => {
  const frame = [...document.querySelectorAll("#map .shapelayer path")]
    .map((item) => item.getBoundingClientRect()).at(-1);
  const within = (box) => box.width > 0 && box.height > 0
    && box.left < frame.right && box.right > frame.left
    && box.top < frame.bottom && box.bottom > frame.top;
  const groups = [...document.querySelectorAll("#map .choroplethlayer .trace")]
    .filter((group) => group.__data__[0].trace.index === trace);
  const islands = groups.flatMap((group) => [...group.querySelectorAll("path")]);
  const geo = groups[0].closest(".geo");
  const lines = [...geo.querySelectorAll(".scatterlayer path")];
  const map = document.querySelector("#map").getBoundingClientRect();
  return {
    drawn: islands.length,
    framed: frame.right <= map.right + 1 && frame.bottom <= map.bottom + 1 && frame.width > 60,
    island: islands.some((path) =>
      path.__data__.loc === adcode && within(path.getBoundingClientRect())),
    strokes: lines.reduce((n, line) => n + (line.getAttribute("d").match(/M/g) || []).length, 0),
    visible: lines.some((line) => within(line.getBoundingClientRect())
      && getComputedStyle(line).stroke !== "none"),
  };
}"""


def test_a_phone_shows_all_of_it_without_sideways_scrolling(
    new_visitor: NewVisitor, regions: Regions
) -> None:
    atlas = new_visitor(viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2)
    atlas.open(AIR_QUERY)
    assert atlas.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert atlas.page.evaluate("window.innerWidth") == PHONE["width"]
    assert atlas.page.evaluate(_CLIPPED) == []
    box = atlas.page.locator(f"#{ids.MAP_BOX}").bounding_box()
    assert box
    assert box["width"] > 0.85 * PHONE["width"]
    assert box["height"] > 150

    atlas.page.touchscreen.tap(*atlas.middle(CHAOZHOU))
    expect(atlas.card.locator("h2")).to_have_text(regions.get(CHAOZHOU).name_zh)
    atlas.settle(selected=CHAOZHOU)
    assert atlas.address_words["selected"] == CHAOZHOU
    assert atlas.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert atlas.page.evaluate(_CLIPPED) == []


@pytest.mark.parametrize(
    ("screen", "least"), [(DESK, 700), (PROJECTOR, 1000)], ids=["1440", "1920"]
)
def test_a_wide_screen_is_used_and_names_do_not_cover_one_another(
    new_visitor: NewVisitor, screen: dict[str, int], least: int
) -> None:
    atlas = new_visitor(viewport=screen).open(AIR_QUERY)
    assert atlas.page.evaluate("document.documentElement.scrollWidth") == screen["width"]
    assert atlas.page.evaluate(_CLIPPED) == []
    box = atlas.page.locator("section", has=atlas.page.locator(f"#{ids.MAP}")).bounding_box()
    assert box
    assert box["width"] > least
    overlapping = {}
    for name, words in LABELLED.items():
        atlas.go("?" + "&".join(f"{word}={value}" for word, value in words.items()), **words)
        told = atlas.page.evaluate(_OVERLAPS)
        assert told["labels"] >= 2, name
        if told["found"]:
            overlapping[name] = told["found"]
        check_attribution(atlas)
    assert overlapping == {}


def test_the_nation_has_every_region_the_inset_and_its_attribution(
    atlas: Atlas, regions: Regions
) -> None:
    atlas.open("?region=100000&level=county")
    for region, level, count in (
        (NATION, "county", 2891),
        (NATION, "province", 34),
        (HAINAN, "prefecture", None),
    ):
        words = {"region": region, "level": level}
        atlas.go(f"?region={region}&level={level}", **words)
        expected = {child.adcode for child in regions.children(region, level)}
        assert len(expected) == (count or len(expected))
        assert set(atlas.regions(REGIONS)) == expected
        # Sansha at the level shown: a county or the city itself, or Hainan as a whole.
        island = next(code for code in expected if code.startswith(SANSHA) or code == HAINAN)
        told = atlas.page.evaluate(_INSET, [INSET, island])
        assert told["drawn"] == len(expected)
        assert told["framed"]
        assert told["island"]
        # The dashed line has nine strokes or ten, one of them east of Taiwan.
        assert told["strokes"] >= 9
        assert told["visible"]
        check_attribution(atlas)


def check_attribution(atlas: Atlas) -> None:
    expect(atlas.attribution).to_contain_text(MAP_NUMBER)
    expect(atlas.attribution).to_contain_text(t("zh", "map.number_pending"))
    assert atlas.attribution.is_visible()
