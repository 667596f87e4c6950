"""Notes everything a browser does and says, and tells what it should not have."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

_HOST = "127.0.0.1"
_LOCAL_SCHEMES = ("data", "blob", "about")
# A browser that goes to another page drops the requests of the one before.
_DROPPED = "net::ERR_ABORTED"
_UPDATE = "/_dash-update-component"
# A machine with other work takes longer than the browser thinks good; see `test_not_there`.
_SLOW = "was preloaded using link preload but not used within a few seconds"


class Watch:
    """Watches pages; what a test expects to go wrong it declares with ``allow``."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        self.responses: list[Response] = []
        self._troubles: list[str] = []
        self._allowed: list[re.Pattern[str]] = []

    def on(self, page: Page) -> None:
        """Watch a page."""
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self._troubles.append(f"page error: {error}"))
        page.on("request", self._asked)
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)

    def allow(self, pattern: str) -> None:
        """Declare that a trouble whose text matches is part of the test."""
        self._allowed.append(re.compile(pattern))

    @property
    def troubles(self) -> list[str]:
        """Console errors and warnings, page errors, failed and foreign requests, HTTP errors."""
        return [trouble for trouble in self._troubles if not self.expects(trouble)]

    def expects(self, trouble: str) -> bool:
        """Tell whether a trouble was declared."""
        return any(pattern.search(trouble) for pattern in self._allowed)

    def asked(self, part: str) -> list[str]:
        """Return the addresses asked for that contain a text."""
        return [address for address in self.requests if part in address]

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning", "assert") and _SLOW not in message.text:
            where = message.location.get("url", "")
            self._troubles.append(f"console {message.type}: {message.text} ({where})")

    def _asked(self, request: Request) -> None:
        self.requests.append(request.url)
        parts = urlsplit(request.url)
        if parts.scheme not in _LOCAL_SCHEMES and parts.hostname != _HOST:
            self._troubles.append(f"foreign request: {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != _DROPPED:
            self._troubles.append(f"failed request: {request.url} ({request.failure})")

    def _answered(self, response: Response) -> None:
        self.responses.append(response)
        if response.status >= 400:
            self._troubles.append(f"HTTP {response.status}: {response.url}")


def updates(responses: list[Response]) -> list[Response]:
    """Return the answers to callbacks among all answers."""
    return [response for response in responses if _UPDATE in response.url]
