"""Rules for every test: browser tests are never skipped, property tests need no luck."""

from pathlib import Path

import pytest
from hypothesis import settings

from dashboard.bundle import DataBundle, load_bundle
from dashboard.settings import Settings

BROWSER_TESTS = Path(__file__).parent / "browser"
NO_SKIP = "a browser test must run or fail; leave it out with -m 'not browser'"

# The same examples on every machine, however slow it is.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def bundle() -> DataBundle:
    """Return the shipped data, loaded once."""
    return load_bundle(Settings())


@pytest.fixture(scope="session")
def postgresql():
    """Start a PostgreSQL server once, when the first test asks for it; without one it fails."""
    from tests.postgresql import running_server

    with running_server() as server:
        yield server


def pytest_itemcollected(item):
    """Mark everything in tests/browser."""
    if BROWSER_TESTS in item.path.parents:
        item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """Turn the skip of a browser test into a failure."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and item.get_closest_marker("browser"):
        report.outcome = "failed"
        report.longrepr = f"{NO_SKIP}\n{report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    """Turn the skip of a whole module of browser tests into a failure."""
    report = yield
    if report.skipped and BROWSER_TESTS in collector.path.parents:
        report.outcome = "failed"
        report.longrepr = f"{NO_SKIP}\n{report.longrepr}"
    return report
