"""The document every visit starts with: named for the page asked for, with only its scripts."""

import re
from typing import Any

from dash import Dash
from flask import has_request_context, request
from markupsafe import escape

from dashboard import text
from dashboard.layout.shell import page_title

# Parts of the address of a script, and the only path whose page needs it.
_ONLY_AT = {"/dash_ag_grid/": "/data"}
# Scripts no page needs: Dash keeps its old table in every page.
_NOWHERE = ("/dash_table/",)
_SCRIPT = re.compile(r'<script src="([^"]+)"></script>\s*')


class AtlasDash(Dash):
    """A Dash whose first document knows which page and which language it is asked for."""

    default_lang = "zh"

    def interpolate_index(self, *texts: Any, **parts: Any) -> str:
        """Write the document in the language asked for, without the scripts of other pages."""
        path = request.path if has_request_context() else "/"
        asked = request.args.get("lang", "") if has_request_context() else ""
        lang = text.language(asked, self.default_lang)
        parts["scripts"] = scripts_for(path, str(parts.get("scripts", "")))
        parts["title"] = str(escape(page_title(path, lang)))
        written: Any = super()
        document = str(written.interpolate_index(*texts, **parts))
        return document.replace("__LANG__", text.html_language(lang), 1)


def scripts_for(path: str, scripts: str) -> str:
    """Drop the script tags that belong to another path."""

    def keep(match: re.Match[str]) -> str:
        if any(part in match[1] for part in _NOWHERE):
            return ""
        elsewhere = any(part in match[1] and path != only for part, only in _ONLY_AT.items())
        return "" if elsewhere else match[0]

    return _SCRIPT.sub(keep, scripts)
