"""The page as a person uses it: what it shows, and the moves of mouse, keys and fingers."""

import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Locator, Page, expect

from dashboard import ids
from dashboard.figures.choropleth import REGIONS

Point = tuple[float, float]

# Counts what changes in the page, so that a wait can tell when nothing does any more.
NOTE_CHANGES = """
  window.pageChanges = 0;
  new MutationObserver((changes) => { window.pageChanges += changes.length; }).observe(
    document, { subtree: true, childList: true, attributes: true, characterData: true });
"""

# Everything asked for has arrived, every geometry of the map has been drawn, and for several
# frames in a row nothing has moved: React and Plotly draw some time after the answer is there.
_SETTLED = """([id, words, token]) => {
  const calm = (quiet) => {
    const before = window.calmFrames || {};
    const same = quiet && before.token === token && before.changes === window.pageChanges;
    const frames = same ? before.frames + 1 : 0;
    window.calmFrames = { token, frames, changes: window.pageChanges };
    return frames >= 4;
  };
  const store = window.store;
  const plot = document.querySelector("#map .js-plotly-plot");
  if (!store || !plot || !plot.data) { return calm(false); }
  const state = store.getState().callbacks;
  const busy = ["requested", "prioritized", "blocked", "executing", "watched", "executed"];
  if (busy.some((name) => state[name].length > 0)) { return calm(false); }
  const wanted = plot.data
    .filter((trace) => trace.type === "choropleth" && trace.visible !== false)
    .reduce((count, trace) => count + trace.locations.length, 0);
  const drawn = plot.querySelectorAll(".choroplethlayer path").length;
  const button = document.getElementById(id);
  const query = new URLSearchParams(button ? button.dataset.query : "");
  const right = words.every(([word, value]) => (query.get(word) || "") === value);
  return calm(right && wanted > 0 && drawn === wanted);
}"""

_REGIONS = """(index) => [...document.querySelectorAll("#map .choroplethlayer .trace")]
  .filter((group) => group.__data__[0].trace.index === index)
  .flatMap((group) => [...group.querySelectorAll("path")])
  .map((path) => {
    const box = path.getBoundingClientRect();
    const fill = getComputedStyle(path).fill;
    return { adcode: path.__data__.loc, fill, area: box.width * box.height };
  })"""

# The point of a region, sampled on a grid, that lies deepest inside it.
_MIDDLE = """([index, adcode]) => {
  const path = [...document.querySelectorAll("#map .choroplethlayer .trace")]
    .filter((group) => group.__data__[0].trace.index === index)
    .flatMap((group) => [...group.querySelectorAll("path")])
    .find((item) => item.__data__.loc === adcode);
  const box = path.getBoundingClientRect();
  const back = path.getScreenCTM().inverse();
  const steps = 24;
  const inside = (i, j) => {
    const x = box.left + (box.width * (i + 0.5)) / steps;
    const y = box.top + (box.height * (j + 0.5)) / steps;
    return path.isPointInFill(new DOMPoint(x, y).matrixTransform(back));
  };
  let best = null;
  for (let i = 0; i < steps; i += 1) {
    for (let j = 0; j < steps; j += 1) {
      let depth = 0;
      while (depth < 6 && [[-1, 0], [1, 0], [0, -1], [0, 1], [0, 0]].every(
        ([a, b]) => inside(i + a * depth, j + b * depth))) { depth += 1; }
      if (depth && (!best || depth > best.depth)) {
        best = { depth, x: box.left + (box.width * (i + 0.5)) / steps,
                 y: box.top + (box.height * (j + 0.5)) / steps };
      }
    }
  }
  return [best.x, best.y];
}"""

# Plotly keeps the elements of what stays when it draws anew; their order says nothing.
_DOWNWARDS = """(items) => items
  .map((item) => ({ words: item.textContent, top: item.getBoundingClientRect().top }))
  .sort((one, other) => one.top - other.top)
  .map((item) => item.words)"""

_NAVIGATE = """(search) => {
  window.history.pushState({}, "", `/${search}`);
  window.dispatchEvent(new PopStateEvent("popstate"));
}"""


@dataclass(frozen=True, slots=True)
class Region:
    """A region as drawn."""

    adcode: str
    fill: str
    area: float


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """An entry of the legend as read."""

    fill: str
    label: str
    count: int

    @property
    def interval(self) -> tuple[float, float]:
        """The values the entry stands for: above the first number, up to the second."""
        numbers = [float(text) for text in re.findall(r"\d+(?:\.\d+)?", self.label)]
        return (float("-inf"), numbers[0]) if len(numbers) == 1 else (numbers[0], numbers[1])


class Atlas:
    """One visitor's page."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self._waits = 0
        self.finding = page.locator(f"#{ids.MAP_FINDING}")
        self.title = page.locator(f"#{ids.MAP_TITLE}")
        self.card = page.locator(f"#{ids.REGION_CARD}")
        self.evidence = page.locator(f"#{ids.EVIDENCE}")
        self.breadcrumb = page.locator(f"#{ids.BREADCRUMB}")
        self.notices = page.locator(f"#{ids.NOTICES}")
        self.attribution = page.locator(f"#{ids.MAP_ATTRIBUTION}")
        self.table_rows = page.locator(f"#{ids.MAP_TABLE} tbody tr")

    # ---- coming and waiting

    def open(self, query: str = "") -> "Atlas":
        """Load the page anew and wait until all of it is there."""
        self.page.goto(f"{self.address}/{query}", wait_until="commit")
        return self.settle()

    def go(self, query: str, **words: str) -> "Atlas":
        """Follow an address inside the page, and wait until it is shown."""
        self.page.evaluate(_NAVIGATE, query)
        return self.settle(**words)

    def settle(self, **words: str) -> "Atlas":
        """Wait until everything asked for is shown, for a view with these words where given."""
        self._waits += 1
        wanted = [ids.SHARE, sorted(words.items()), self._waits]
        self.page.wait_for_function(_SETTLED, arg=wanted)
        return self

    # ---- what it shows

    @property
    def words(self) -> dict[str, str]:
        """The words of the link that the share button copies."""
        return dict(parse_qsl(self.link.lstrip("?")))

    @property
    def link(self) -> str:
        """The query of the link that the share button copies."""
        return self.page.locator(f"#{ids.SHARE}").get_attribute("data-query") or ""

    @property
    def address_words(self) -> dict[str, str]:
        """The words in the browser's address bar."""
        return dict(parse_qsl(urlsplit(self.page.url).query))

    @property
    def controls(self) -> dict[str, str | None]:
        """What each control shows."""
        selects = (ids.CONTROL_REGION, ids.CONTROL_INDICATOR, ids.CONTROL_PERIOD)
        segments = (ids.CONTROL_LEVEL, ids.CONTROL_VIEW, ids.LANGUAGE, ids.THEME)
        shown: dict[str, str | None] = {
            name: self.page.locator(f"#{name}").input_value() for name in selects
        }
        for name in segments:
            shown[name] = self.page.locator(f"#{name} input:checked").get_attribute("value")
        return shown

    def regions(self, trace: int = REGIONS) -> dict[str, Region]:
        """Return the regions of the map by code."""
        drawn = [Region(**item) for item in self.page.evaluate(_REGIONS, trace)]
        return {region.adcode: region for region in drawn}

    def fills(self) -> Counter[str]:
        """Return how many regions have each colour."""
        return Counter(region.fill for region in self.regions().values())

    def legend(self) -> list[LegendEntry]:
        """Return the legend from top to bottom."""
        found = self.page.locator(f"#{ids.MAP_LEGEND} li").evaluate_all(
            """(items) => items.map((item) => ({
              fill: getComputedStyle(item, "::before").backgroundColor,
              label: item.innerText,
              count: getComputedStyle(item, "::after").content }))"""
        )
        entries = []
        for item in found:
            match = re.fullmatch(r'"(\d+)\D*"', item["count"])
            assert match, f"a legend entry without a count: {item!r}"
            entries.append(LegendEntry(item["fill"], item["label"].strip(), int(match[1])))
        return entries

    def ranking(self) -> dict[str, str]:
        """Return the values in the ranking by the name beside the bar."""
        names, values = (
            self.page.locator(f"#{ids.RANKING} {part}").evaluate_all(_DOWNWARDS)
            for part in (".ytick text", ".barlayer .point text")
        )
        assert len(names) == len(values)
        plain = [re.sub(r"^\d+\s*", "", name) for name in names]
        return dict(zip(plain, values, strict=True))

    def table(self) -> list[dict[str, str]]:
        """Return the rows of the open table by column title."""
        heads = self.page.locator(f"#{ids.MAP_TABLE} thead th").all_inner_texts()
        rows: list[list[str]] = self.table_rows.evaluate_all(
            "(rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText))"
        )
        return [dict(zip(heads, row, strict=True)) for row in rows]

    # ---- moves

    def middle(self, adcode: str) -> Point:
        """Return where on the screen a region is clicked."""
        self.page.locator(f"#{ids.MAP}").scroll_into_view_if_needed()
        x, y = self.page.evaluate(_MIDDLE, [REGIONS, adcode])
        return x, y

    def click(self, adcode: str) -> None:
        """Click a region with the mouse."""
        self.page.mouse.click(*self.middle(adcode))

    def double_click(self, adcode: str) -> None:
        """Double-click a region with the mouse."""
        self.page.mouse.dblclick(*self.middle(adcode))

    def search(self, control: str, typed: str) -> Locator:
        """Type into a searchable control and return the options that are left."""
        field = self.page.locator(f"#{control}")
        field.click()
        field.press("ControlOrMeta+a")
        self.page.keyboard.type(typed)
        expect(field).to_have_value(typed)
        return self.page.locator("[role=option]:visible")

    def choose(self, control: str, value: str) -> None:
        """Choose an option of a control from its list."""
        self.page.locator(f"#{control}").click()
        self.page.locator(f'[role=option][value="{value}"]:visible').click()

    def press_segment(self, control: str, value: str) -> None:
        """Click one of the segments of a control."""
        option = self.page.locator(f'#{control} input[value="{value}"]')
        name = option.get_attribute("id")
        self.page.locator(f'label[for="{name}"]').click()

    def unfold_table(self) -> None:
        """Open the table behind the map."""
        self.page.locator(f"#{ids.MAP_TABLE_BOX} > summary").click()

    def after(self, milliseconds: int) -> None:
        """Wait until the page's own clock has gone on."""
        self.page.wait_for_function(
            "(until) => performance.now() > until",
            arg=self.page.evaluate("performance.now()") + milliseconds,
        )
