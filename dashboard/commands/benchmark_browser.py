"""What a change costs in a browser: from the reader's act until the new colours are painted."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dashboard.commands.benchmark_data import PERIODS, MeasuredArea
from dashboard.commands.benchmark_server import Sent

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Response, ViewportSize

INSTALL = "not measured: install playwright"

_CHROMIUM = Path("/usr/bin/chromium")
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--disable-sync",
    "--no-first-run",
]
_SCREEN: "ViewportSize" = {"width": 1440, "height": 900}
_PATIENCE = 120_000
# Which trace of each page holds the values of the regions.
_OURS, _ORDINARY = 1, 0

# `timed` counts from the act until the frame after the redraw has been handed to the screen. Each
# act comes after a rest, as a reader's does: a shared processor gives less to who was just busy.
_INSTRUMENTS = """
(() => {
  let open = 0;
  const fetched = window.fetch;
  window.fetch = (...given) => {
    open += 1;
    return fetched(...given).finally(() => { open -= 1; });
  };
  const graph = () => document.querySelector("#map .js-plotly-plot");
  const frame = () => new Promise((done) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = done;
    channel.port2.postMessage(0);
  }));
  const measuring = {
    shapes: () => (graph() ? graph().querySelectorAll(".choroplethlayer path").length : 0),
    values: (trace) => Array.from(graph().data[trace].z),
    restyle: (trace, z) => window.Plotly.restyle(graph(), { z: [z] }, [trace]),
    choose: (id, value) => window.dash_clientside.set_props(id, { value }),
    async settled() {
      let quiet = 0;
      while (quiet < 5) {
        await frame();
        quiet = open === 0 ? quiet + 1 : 0;
      }
      await new Promise((done) => requestIdleCallback(done));
    },
    rest: () => new Promise((done) => setTimeout(done, 300)),
    timed: (trace, act) => measuring.rest().then(() => new Promise((resolve) => {
      const map = graph();
      const before = map.data[trace].z;
      const start = performance.now();
      const drawn = async () => {
        if (map.data[trace].z === before) {
          return;
        }
        map.removeListener("plotly_afterplot", drawn);
        await frame();
        resolve(performance.now() - start);
      };
      map.on("plotly_afterplot", drawn);
      act();
    })),
  };
  window.measuring = measuring;
})();
"""
_CHANGE = "([trace, id, value]) => measuring.timed(trace, () => measuring.choose(id, value))"
_RESTYLE = "([trace, z]) => measuring.timed(trace, () => measuring.restyle(trace, z))"


class BrowserMissingError(Exception):
    """There is no browser to measure with; the message says what to do."""


@dataclass(frozen=True, slots=True)
class ChangeTimes:
    """Milliseconds of one change: done our way, the ordinary way, and by Plotly alone."""

    ours: float
    ordinary: float
    floor: float


@dataclass(frozen=True, slots=True)
class FirstVisit:
    """What a browser that was never here before receives."""

    total: int
    requests: tuple[Sent, ...]


@contextmanager
def browser() -> Iterator["Browser"]:
    """Start a browser.

    Raises:
        BrowserMissingError: where there is none.
    """
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        raise BrowserMissingError(INSTALL) from error
    found = str(_CHROMIUM) if _CHROMIUM.is_file() else None
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=found, args=_FLAGS)
        except Error as error:
            reason = str(error).strip().splitlines()[0]
            raise BrowserMissingError(f"not measured: install chromium ({reason})") from error
        yield started
        started.close()


def change_times(
    browser: "Browser", area: MeasuredArea, ours: str, ordinary: str, repeat: int
) -> ChangeTimes:
    """Measure the three ways in turn, so that a slow moment of the machine hits all of them."""
    page = _opened(browser, ours + "/" + area.selection(PERIODS[0]).query(), area.regions)
    other = _opened(browser, ordinary + "/", area.regions)
    # Each way once without counting: compiled scripts, warm caches. It also gives the values.
    shown = {PERIODS[0]: page.evaluate("measuring.values(1)")}
    _change(page, _OURS, "control-period", PERIODS[1])
    shown[PERIODS[1]] = page.evaluate("measuring.values(1)")
    _change(other, _ORDINARY, "period", PERIODS[1])
    times: list[tuple[float, float, float]] = []
    for turn in range(repeat):
        before, after = PERIODS[(turn + 1) % 2], PERIODS[turn % 2]
        mine = _change(page, _OURS, "control-period", after)
        # Back to the old values and forth again: the same redraw with nothing around it.
        page.evaluate(_RESTYLE, [_OURS, shown[before]])
        floor = page.evaluate(_RESTYLE, [_OURS, shown[after]])
        times.append((mine, _change(other, _ORDINARY, "period", after), floor))
    page.close()
    other.close()
    mine, usual, floor = (median(column) for column in zip(*times, strict=True))
    return ChangeTimes(mine, usual, floor)


def first_visit(browser: "Browser", address: str) -> FirstVisit:
    """Open the front page in a browser without any memory and count what it receives."""
    context = browser.new_context(viewport=_SCREEN)
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.add_init_script(_INSTRUMENTS)
    page.goto(address + "/", timeout=_PATIENCE)
    page.wait_for_function("measuring.shapes() > 0", timeout=_PATIENCE)
    page.evaluate("measuring.settled()")
    total = 0
    for answer in answers:
        sizes = answer.request.sizes()
        total += sizes["responseHeadersSize"] + sizes["responseBodySize"]
    context.close()
    return FirstVisit(total, tuple(_sent(answer) for answer in answers))


def _sent(answer: "Response") -> Sent:
    request = answer.request
    parts = urlsplit(request.url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return Sent(request.method, path, request.post_data_buffer)


def _opened(browser: "Browser", address: str, regions: int) -> "Page":
    page = browser.new_page(viewport=_SCREEN)
    page.add_init_script(_INSTRUMENTS)
    page.goto(address, timeout=_PATIENCE)
    page.wait_for_function(f"measuring.shapes() >= {regions}", timeout=_PATIENCE)
    page.evaluate("measuring.settled()")
    return page


def _change(page: "Page", trace: int, control: str, value: str) -> float:
    page.bring_to_front()
    taken = float(page.evaluate(_CHANGE, [trace, control, value]))
    page.evaluate("measuring.settled()")
    return taken
