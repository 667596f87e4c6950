"""What every answer has in common: security headers, and a decent page when something fails."""

import logging
import secrets
from collections.abc import Callable, Mapping

from dash.exceptions import DependencyException
from flask import Flask, Response, request
from markupsafe import escape
from werkzeug.exceptions import HTTPException, NotFound

from dashboard import icon, text
from dashboard.layout.pages import PAGES
from dashboard.routes.errors import RequestError, error_response
from dashboard.settings import Settings

_log = logging.getLogger(__name__)

_PROGRAM_PREFIXES = ("/api/", "/geo/")
_CATCH_ALL = "/<path:path>"
_EMBED_PREFIX = "/embed/"
_SCRIPTS_AND_STYLES = ("text/javascript", "application/javascript", "text/css")
_CODES = {404: "unknown_address", 405: "method", 500: "failed"}
_PAGE = """<!doctype html>
<html lang="{html_lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
{icon}
<title>{marks}{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 16px/1.6 "Source Han Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif;
  max-width: 40em; margin: 20vh auto 0; padding: 0 24px; }}
</style>
</head>
<body>
<main>
{banners}<h1>{title}</h1>
<p>{body}</p>
<p><a href="/?lang={lang}">{back}</a></p>
</main>
</body>
</html>
"""


_BANNER = '<p class="stamp-{name}"><strong>{words}</strong></p>\n'

# From a language to the sentences every page must show, by name.
Banners = Callable[[str], Mapping[str, str]]


def register(server: Flask, settings: Settings, banners: Banners = lambda _: {}) -> None:
    """Add the error handler and the security headers.

    Args:
        server: the application.
        settings: default language, and who may embed.
        banners: what every page says of the data behind it.
    """

    def failed(error: HTTPException) -> Response | HTTPException:
        # A response raised as an exception is already what its author wants to send.
        if error.response is not None:
            return error
        return _error_answer(error, settings.language, banners)

    def no_such_library(_: DependencyException) -> Response:
        return _error_answer(NotFound(), settings.language, banners)

    def secured(response: Response) -> Response:
        return _secured(response, settings.frame_ancestors)

    def refuse_unknown_page() -> None:
        # Dash answers any path with the application; only its own pages exist.
        if request.endpoint == _CATCH_ALL and request.path not in PAGES:
            raise NotFound

    server.before_request(refuse_unknown_page)
    server.register_error_handler(HTTPException, failed)
    # Dash raises this at an invented script address; a scanner must not fill the log with it.
    server.register_error_handler(DependencyException, no_such_library)
    server.after_request(secured)


def _error_answer(error: HTTPException, default_lang: str, banners: Banners) -> Response:
    status = error.code or 500
    lang = text.language(request.args.get("lang", ""), default_lang)
    number = _incident() if status >= 500 else ""
    if request.path.startswith(_PROGRAM_PREFIXES):
        answer = _for_program(status, number, lang)
    else:
        page = _page(status, number, lang, banners(lang))
        answer = Response(page, status, mimetype="text/html")
        answer.headers["Cache-Control"] = "no-store"
    # Headers of the error itself stay, such as the methods that a 405 allows.
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            answer.headers.add(name, value)
    return answer


def _incident() -> str:
    """Return a number that a visitor can pass on and an administrator finds in the log."""
    number = secrets.token_hex(4)
    _log.error("incident %s: %s %s failed", number, request.method, request.path[:200])
    return number


def _for_program(status: int, number: str, lang: str) -> Response:
    code = _CODES.get(status, "refused")
    expected = {404: "an address of the API", 405: "GET or HEAD"}.get(status, "")
    if number:
        expected = f"give the number {number} to the administrator"
    found = request.method if status == 405 else request.path
    return error_response(RequestError(status, code, found=found, expected=expected), lang)


def _words(status: int) -> tuple[str, str]:
    """Return the messages of an error page: its title, and what can be done."""
    if status == 403:
        return "error.refused", "error.refused_body"
    if status == 404:
        return "error.not_found", "error.not_found_body"
    return "error.title", "error.retry" if status >= 500 else "error.not_found_body"


def _page(status: int, number: str, lang: str, banners: Mapping[str, str]) -> str:
    title, body = (text.t(lang, key) for key in _words(status))
    return _PAGE.format(
        html_lang=text.html_language(lang),
        lang=lang,
        icon=icon.link(),
        marks="".join(f"{escape(words)} " for words in banners.values()),
        banners="".join(
            _BANNER.format(name=name, words=escape(words)) for name, words in banners.items()
        ),
        title=escape(title),
        body=escape(f"{body} {number}".strip()),
        back=escape(text.t(lang, "error.back")),
    )


def _secured(response: Response, frame_ancestors: str) -> Response:
    embedded = request.path.startswith(_EMBED_PREFIX)
    ancestors = frame_ancestors if embedded else "'self'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    # What is no document leads nowhere and cannot be framed; a first visit has a dozen of these.
    if response.mimetype in _SCRIPTS_AND_STYLES:
        return response
    response.headers["Referrer-Policy"] = "same-origin"
    # A route that states a policy of its own keeps it.
    response.headers.setdefault("Content-Security-Policy", f"frame-ancestors {ancestors}")
    return response
