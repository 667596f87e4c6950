"""Build the application from settings and data."""

import logging
import secrets
from collections.abc import Callable
from urllib.parse import urlsplit

from dash import Dash, set_props
from flask import has_request_context, request
from flask_compress import Compress

from dashboard import answers, icon, ids, precompressed, theme
from dashboard.bundle import DataBundle, load_bundle
from dashboard.caching import build_cache, cache_folder
from dashboard.callbacks import compare_page, data_page, map_page, navigation, search, targets_page
from dashboard.index import AtlasDash
from dashboard.layout.pages import build_page
from dashboard.layout.shell import page_title, shell
from dashboard.live import LiveData
from dashboard.rendering import Renderer
from dashboard.routes import api, downloads, geo, health, pages, versions
from dashboard.settings import ROOT, Settings
from dashboard.stamps import banner_texts, titled
from dashboard.text import t

LOG = logging.getLogger(__name__)

_COMPRESSION = {
    "COMPRESS_MIMETYPES": [
        "text/html",
        "text/css",
        "text/csv",
        "text/plain",
        "text/javascript",
        "application/javascript",
        "application/json",
        "image/svg+xml",
    ],
    # Brotli before zstd: answers are small and text, where it makes them smaller still.
    "COMPRESS_ALGORITHM": ["br", "zstd", "gzip"],
    "COMPRESS_BR_LEVEL": 5,
}

ASSETS = ROOT / "assets"

_INDEX = """<!DOCTYPE html>
<html lang="__LANG__">
<head>
{%metas%}
<title>{%title%}</title>
__ICON__
{%css%}
<style>__TOKENS__</style>
</head>
<body>
<svg width="0" height="0" aria-hidden="true" focusable="false" style="position:absolute">
<defs><pattern id="stripes" width="6" height="6" patternUnits="userSpaceOnUse"
 patternTransform="rotate(45)">
<rect width="6" height="6" class="stripe-ground"/><rect width="2.5" height="6" class="stripe-line"/>
</pattern></defs></svg>
<noscript><p class="notices">__NOSCRIPT__</p></noscript>
{%app_entry%}
{%config%}{%scripts%}{%renderer%}
</body>
</html>"""


def create_app(
    settings: Settings, bundle: DataBundle | None = None, live: LiveData | None = None
) -> Dash:
    """Return an application of its own; two of them share nothing but the cache folder.

    Args:
        settings: how it is set up.
        bundle: data that stay as they are; by default those the settings name.
        live: data that may be replaced while the application runs.

    Raises:
        GeoDataError, IndicatorDataError: where the data cannot be used; nothing is served then.
    """
    live = live or LiveData.fixed(bundle or load_bundle(settings))
    current = live.current

    app = AtlasDash(
        "quality_atlas",
        assets_folder=str(ASSETS),
        title=t(settings.language, "app.title"),
        # None keeps the title still while a callback runs, as documented.
        update_title=None,  # type: ignore[arg-type]
        serve_locally=True,
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
        index_string=_index(settings.language),
        on_error=_report_failure(settings.language),
        # Each page brings its own controls, so that most ids are absent at any one time.
        suppress_callback_exceptions=True,
    )
    app.default_lang = settings.language
    renderer = Renderer(
        current, build_cache(app.server, settings), settings.language, settings.contact
    )
    app.name_page = lambda path, lang: titled(current(), lang, page_title(path, lang))
    app.layout = lambda: _layout(renderer)
    map_page.register(app, renderer)
    targets_page.register(app, renderer)
    compare_page.register(app, renderer)
    data_page.register(app, renderer)
    navigation.register(app, renderer)
    search.register(app, renderer)
    _register_routes(app, settings, renderer, live)
    live.on_change.append(renderer.drop)
    return app


def _index(lang: str) -> str:
    filled = _INDEX.replace("__TOKENS__", theme.css_tokens()).replace("__ICON__", icon.link())
    return filled.replace("__NOSCRIPT__", t(lang, "error.no_script"))


def _register_routes(app: Dash, settings: Settings, renderer: Renderer, live: LiveData) -> None:
    server = app.server
    health.register(server, live)
    api.register(server, renderer.current)
    downloads.register(server, renderer)
    geo.register(server, renderer.current)
    pages.register(server, settings, lambda lang: banner_texts(renderer.current(), lang))
    icon.register(server)
    answers.register(server, renderer)
    versions.register(server, live)
    server.config.update(_COMPRESSION)
    Compress(server)
    folder = cache_folder(settings)
    precompressed.register(server, folder / "precompressed" if folder else None)


def _layout(renderer: Renderer) -> object:
    """Render the first view for the address the browser shows, which it names as referrer.

    A browser that names none gets the default view; its address is applied right after.
    """
    # Dash also asks for the layout once at start, when nobody is looking.
    referrer = urlsplit((request.referrer or "") if has_request_context() else "")
    page = build_page(renderer, referrer.path or "/", referrer.query)
    return shell(page, renderer.parse(referrer.query).selection)


def _report_failure(default_lang: str) -> Callable[[Exception], None]:
    """Return the handler of failed callbacks: logged in full, told to the reader in a sentence."""

    def report(error: Exception) -> None:
        number = secrets.token_hex(4)
        LOG.error("callback failure %s", number, exc_info=error)
        words = f"{t(default_lang, 'error.title')} {t(default_lang, 'error.retry')} {number}"
        set_props(ids.FAILURE, {"children": words, "hidden": False})

    return report
