"""The order of a measurement: build the pages, serve them, ask them over HTTP and in a browser."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask

from dashboard import ids, precompressed
from dashboard.app import create_app
from dashboard.bundle import DataBundle
from dashboard.caching import cache_folder
from dashboard.commands import benchmark_browser as in_browser
from dashboard.commands.benchmark_data import PERIODS, MeasuredArea, generated_bundle
from dashboard.commands.benchmark_pages import (
    EMPTY_OUTPUT,
    add_empty_callback,
    ordinary_app,
    running,
)
from dashboard.commands.benchmark_report import Row, Section
from dashboard.commands.benchmark_server import (
    PLAIN_HTTP_ENCODINGS,
    Callbacks,
    Client,
    Sent,
    median_milliseconds,
    requests_per_second,
)
from dashboard.commands.warming import first_visit_paths
from dashboard.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# What the project promises; the first holds for a map of up to this many regions.
GOAL_REGIONS = 124
GOAL_CHANGE_BYTES = 3_000
GOAL_OF_FLOOR = 2.0
GOAL_SERVER_MILLISECONDS = 10.0
GOAL_FIRST_VISIT_BYTES = 1_600_000

# Answers over HTTP take milliseconds where a repaint takes a second.
_MORE_OFTEN = 6
# One output of each callback of the map page that a new address triggers, the map's first.
_ANSWERS = (f"{ids.MAP}.figure", f"{ids.REGION_CARD}.children", f"{ids.CONTROL_PERIOD}.value")
_PRECOMPRESSED = "precompressed"


@dataclass(frozen=True, slots=True)
class _Addresses:
    """Where the pages are served: ours with generated and with real values, and the ordinary."""

    ours: str
    real: str
    ordinary: dict[str, str]


def measure(
    bundle: DataBundle, settings: Settings, areas: list[MeasuredArea], repeat: int
) -> list[Section]:
    """Return a section for each area, and one for the site."""
    with ExitStack() as stack:
        quiet = replace(settings, cache=stack.enter_context(_own_cache(settings)), workers="1")
        addresses = _served(stack, bundle, quiet, areas)
        # The browser comes last: a server forked after it would hold its pipes open.
        try:
            started, missing = stack.enter_context(in_browser.browser()), ""
        except in_browser.BrowserMissingError as error:
            started, missing = None, str(error)
        sections = [_area(started, missing, addresses, area, repeat) for area in areas]
        return [*sections, _site(started, missing, addresses, areas[0])]


@contextmanager
def _own_cache(settings: Settings) -> Iterator[str]:
    """Give a cache of its own, gone afterwards; only compressed scripts are shared and stay."""
    with tempfile.TemporaryDirectory(prefix="quality-atlas-benchmark-") as folder:
        kept = cache_folder(settings)
        if kept is not None:
            # Without them the same compressions are made again, which takes half a minute.
            with suppress(OSError):
                (kept / _PRECOMPRESSED).mkdir(parents=True, exist_ok=True)
                (Path(folder) / _PRECOMPRESSED).symlink_to((kept / _PRECOMPRESSED).resolve())
        yield folder


def _served(
    stack: ExitStack, bundle: DataBundle, settings: Settings, areas: list[MeasuredArea]
) -> _Addresses:
    generated = generated_bundle(bundle, settings)
    ours = create_app(settings, generated)
    add_empty_callback(ours)
    real = create_app(settings, bundle).server
    _precompress(real, settings)
    ordinary = {area.adcode: ordinary_app(generated, area).server for area in areas}

    def serve(server: Flask) -> str:
        return stack.enter_context(running(server, settings))

    pages = {adcode: serve(server) for adcode, server in ordinary.items()}
    return _Addresses(ours=serve(ours.server), real=serve(real), ordinary=pages)


def _precompress(server: Flask, settings: Settings) -> None:
    folder = cache_folder(settings)
    page = server.test_client().get("/").get_data(as_text=True)
    store = folder / _PRECOMPRESSED if folder else None
    precompressed.warm(server, store, first_visit_paths(page))


def _area(
    browser: "Browser | None",
    missing: str,
    addresses: _Addresses,
    area: MeasuredArea,
    repeat: int,
) -> Section:
    usual = addresses.ordinary[area.adcode]
    rows = _over_http(addresses.ours, usual, area, repeat)
    painted = Row("change_milliseconds", goal_of_floor=GOAL_OF_FLOOR, note=missing)
    if browser is not None:
        times = in_browser.change_times(browser, area, addresses.ours, usual, repeat)
        painted = replace(painted, ours=times.ours, ordinary=times.ordinary, floor=times.floor)
    return Section(f"{area.name}: {area.regions:,} counties", (*rows, painted))


def _over_http(ours: str, usual: str, area: MeasuredArea, repeat: int) -> tuple[Row, ...]:
    callbacks = Callbacks(ours)
    changes = _changes(callbacks, _ANSWERS[0], area)
    every = [_changes(callbacks, output, area)[0] for output in _ANSWERS]
    theirs = Callbacks(usual)
    figures = [theirs.call("map.figure", period) for period in PERIODS]
    goal = GOAL_CHANGE_BYTES if area.regions <= GOAL_REGIONS else None
    figure_bytes = _body_bytes(usual, figures[:1])
    return (
        Row("change_bytes", _body_bytes(ours, changes[:1]), figure_bytes, goal=goal),
        Row("whole_change_bytes", _body_bytes(ours, every), figure_bytes),
        Row(
            "server_milliseconds",
            median_milliseconds(ours, changes, _MORE_OFTEN * repeat),
            # Nothing is kept there, and each answer takes seconds: two tell enough.
            median_milliseconds(usual, figures[:1], len(figures)),
            median_milliseconds(ours, [_nothing(callbacks)], _MORE_OFTEN * repeat),
            goal=GOAL_SERVER_MILLISECONDS,
        ),
    )


def _site(
    browser: "Browser | None", missing: str, addresses: _Addresses, area: MeasuredArea
) -> Section:
    callbacks = Callbacks(addresses.ours)
    kinds = (_changes(callbacks, _ANSWERS[0], area), [_nothing(callbacks)])
    rates = requests_per_second(addresses.ours, kinds)
    visit = Row("first_visit_bytes", goal=GOAL_FIRST_VISIT_BYTES, note=missing)
    plain = Row("first_visit_bytes_plain_http", note=missing)
    if browser is not None:
        seen = in_browser.first_visit(browser, addresses.real)
        visit = replace(visit, ours=seen.total)
        plain = replace(plain, ours=_first_visit_bytes(addresses.real, seen.requests))
    rate = Row("requests_per_second", rates[0], floor=rates[1], note="floor: an empty callback")
    return Section(f"The site, {area.regions:,} counties", (rate, visit, plain))


def _changes(callbacks: Callbacks, output: str, area: MeasuredArea) -> list[Sent]:
    """Return the calls that go from each year to the other."""
    sent = []
    for before, after in (PERIODS, PERIODS[::-1]):
        old, new = area.selection(before), area.selection(after)
        states = {f"{ids.MAP_DRAWN}.data": old.query(), f"{ids.CANONICAL}.data": old.query()}
        sent.append(callbacks.call(output, new.query(), states))
    return sent


def _nothing(callbacks: Callbacks) -> Sent:
    return callbacks.call(f"{EMPTY_OUTPUT}.data", "x")


def _body_bytes(address: str, requests: list[Sent]) -> int:
    client = Client(address)
    total = sum(client.size(request)[1] for request in requests)
    client.close()
    return total


def _first_visit_bytes(address: str, requests: tuple[Sent, ...]) -> int:
    client = Client(address, PLAIN_HTTP_ENCODINGS)
    total = sum(sum(client.size(request)) for request in requests)
    client.close()
    return total
