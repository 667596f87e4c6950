"""One server, one browser, and for each test visitors whose every step is watched."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, expect, sync_playwright

from geodata.boundaries import load_boundaries
from geodata.regions import Regions
from tests.browser.atlas import NOTE_CHANGES, Atlas
from tests.browser.published import Published
from tests.browser.site import Site
from tests.browser.watch import Watch
from tests.caches import new_cache

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--disable-sync",
]
# Conditions are met in far less; a machine with other work on it gets the time it needs.
PATIENCE_MS = 60_000
DESK = {"width": 1440, "height": 900}

NewVisitor = Callable[..., Atlas]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Return the running server; it may not have complained about anything in the end."""
    site = Site(new_cache(tmp_path_factory)).start()
    yield site
    site.stop()
    assert site.complaints == ""


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Return what drives Debian's browser; a machine without it has not run these tests."""
    if not CHROMIUM.exists():
        pytest.fail(f"{CHROMIUM} is missing; `make programs` installs it", pytrace=False)
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Return a browser that knows nobody."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def profile(
    playwright: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    """Return the browser of somebody who comes often: it keeps its scripts, compiled as well.

    The site itself keeps nothing there, and a page opens in half the time.
    """
    profile = playwright.chromium.launch_persistent_context(
        tmp_path_factory.mktemp("profile"),
        executable_path=CHROMIUM,
        args=ARGUMENTS,
        viewport=DESK,
        locale="zh-CN",
    )
    profile.set_default_timeout(PATIENCE_MS)
    profile.add_init_script(NOTE_CHANGES)
    yield profile
    assert (profile.cookies(), profile.storage_state()["origins"]) == ([], [])
    profile.close()


@pytest.fixture(scope="session")
def published() -> Published:
    """Return the numbers of the tables."""
    return Published()


@pytest.fixture(scope="session")
def regions() -> Regions:
    """Return the names of all regions."""
    return Regions.from_frame(load_boundaries())


@pytest.fixture
def watch(site: Site) -> Iterator[Watch]:
    """Watch everything; what went wrong without having been declared fails the test."""
    said_before = len(site.lines)
    watch = Watch()
    yield watch
    # A callback that fails says so in the server's log only: the page just does not change.
    said = site.lines[said_before:]
    site.expected.update(line for line in said if watch.expects(line))
    assert watch.troubles + [line for line in said if line not in site.expected] == []


@pytest.fixture
def new_visitor(browser: Browser, site: Site, watch: Watch) -> Iterator[NewVisitor]:
    """Return a function that lets a visitor come for the first time, with an empty profile."""
    contexts: list[BrowserContext] = []

    def come(address: str = site.address, **options: object) -> Atlas:
        context = browser.new_context(**{"viewport": DESK, "locale": "zh-CN", **options})
        context.set_default_timeout(PATIENCE_MS)
        context.add_init_script(NOTE_CHANGES)
        contexts.append(context)
        page = context.new_page()
        watch.on(page)
        return Atlas(page, address)

    yield come
    for context in contexts:
        context.close()


@pytest.fixture
def atlas(profile: BrowserContext, site: Site, watch: Watch) -> Iterator[Atlas]:
    """Return one visitor at a desk, in a window of their own."""
    page = profile.new_page()
    watch.on(page)
    yield Atlas(page, site.address)
    page.close()
