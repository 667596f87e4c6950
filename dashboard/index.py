"""The document every visit starts with: named for the page asked for, with only its scripts."""

import json
import re
from collections.abc import Callable
from typing import Any

from dash import Dash
from flask import has_request_context, request
from markupsafe import escape

from dashboard import text
from dashboard.layout.shell import page_title
from dashboard.precompressed import SUITES_PREFIX

# Files of one page, by a part of their address. A page that another leads to without a new
# document fetches its files then; the others are opened as documents of their own.
_ONLY_AT = {
    "/dash_ag_grid/": "/data",
    "/assets/12-data": "/data",
    "/assets/30-targets": "/targets",
    "/assets/31-compare": "/compare",
    "/assets/32-data": "/data",
}
_LATER = ("/targets", "/compare")
# Scripts no page needs: Dash keeps its old table in every page.
_NOWHERE = ("/dash_table/",)
# Scripts that a page asks for once it draws its first chart, and the pages that draw.
_CHART_SCRIPTS = (
    f"{SUITES_PREFIX}dash/dcc/async-graph.js",
    f"{SUITES_PREFIX}plotly/package_data/plotly.min.js",
)
_CHART_PAGES = ("/", "/compare")
_PRELOAD = '<link rel="preload" as="script" href="{}">'
_TAG = re.compile(r'<(?:script src|link rel="stylesheet" href)="([^"]+)">(?:</script>)?\s*')
# Said where a script does not arrive; no script is there yet that could say it.
_MISSING = """ onerror="document.getElementById('not-started')?.removeAttribute('hidden')">"""
# Where the page is built, and what stands there until then.
_ENTRY = (
    '<div id="not-started" class="starting" role="alert" hidden><p>{failed}</p>'
    '<p><a href="">{reload}</a></p></div>'
    '<div id="react-entry-point"><p class="starting" role="status">{starting}</p></div>'
)
_PARTS = '<script type="application/json" id="page-parts">{}</script>'


class AtlasDash(Dash):
    """A Dash whose first document knows which page and which language it is asked for."""

    default_lang = "zh"
    # From the path and the language of a page to what its tab is called.
    name_page: Callable[[str, str], str] = staticmethod(page_title)

    def interpolate_index(self, *texts: Any, **parts: Any) -> str:
        """Write the document in the language asked for, without the scripts of other pages."""
        path = request.path if has_request_context() else "/"
        asked = request.args.get("lang", "") if has_request_context() else ""
        lang = text.language(asked, self.default_lang)
        files = {name: str(parts.get(name, "")) for name in ("css", "scripts")}
        parts |= {name: files_for(path, tags) for name, tags in files.items()}
        parts["css"] += preloads(path)
        parts["config"] = _PARTS.format(_later("".join(files.values()))) + str(parts["config"])
        parts["app_entry"] = _ENTRY.format(
            starting=text.t(lang, "app.starting"),
            failed=text.t(lang, "error.not_started"),
            reload=text.t(lang, "chart.reload"),
        )
        parts["title"] = str(escape(self.name_page(path, lang)))
        written: Any = super()
        document = str(written.interpolate_index(*texts, **parts))
        return document.replace("__LANG__", text.html_language(lang), 1)


def preloads(path: str) -> str:
    """Name the scripts that draw, so that they arrive while the page is still being built."""
    return "".join(map(_PRELOAD.format, _CHART_SCRIPTS)) if path in _CHART_PAGES else ""


def files_for(path: str, tags: str) -> str:
    """Drop the tags of scripts and styles that belong to another path; the rest tell a failure."""

    def keep(match: re.Match[str]) -> str:
        if _page_of(match[1]) not in ("", path):
            return ""
        return match[0].replace(">", _MISSING, 1)

    return _TAG.sub(keep, tags)


def _later(tags: str) -> str:
    """Write which files the other pages need, as JSON for the script that fetches them."""
    addresses = _TAG.findall(tags)
    needed = {page: [file for file in addresses if _page_of(file) == page] for page in _LATER}
    return json.dumps(needed).replace("<", "\\u003c")


def _page_of(address: str) -> str:
    """Return the path of the only page that needs a file, nothing for a file of all pages."""
    if any(part in address for part in _NOWHERE):
        return "nowhere"
    return next((page for part, page in _ONLY_AT.items() if part in address), "")
