"""The page every visit starts with; scripts that one page needs are left out on the others."""

import re
from typing import Any

from dash import Dash
from flask import has_request_context, request

# Parts of the address of a script, and the only path whose page needs it.
_ONLY_AT = {"/dash_ag_grid/": "/data"}
# Scripts no page needs: Dash keeps its old table in every page.
_NOWHERE = ("/dash_table/",)
_SCRIPT = re.compile(r'<script src="([^"]+)"></script>\s*')


class AtlasDash(Dash):
    """A Dash whose first page names only the scripts that the page asked for needs."""

    def interpolate_index(self, *texts: Any, **parts: Any) -> str:
        """Write the page, without the scripts of the others."""
        path = request.path if has_request_context() else ""
        parts["scripts"] = scripts_for(path, str(parts.get("scripts", "")))
        written: Any = super()
        return str(written.interpolate_index(*texts, **parts))


def scripts_for(path: str, scripts: str) -> str:
    """Drop the script tags that belong to another path."""

    def keep(match: re.Match[str]) -> str:
        if any(part in match[1] for part in _NOWHERE):
            return ""
        elsewhere = any(part in match[1] and path != only for part, only in _ONLY_AT.items())
        return "" if elsewhere else match[0]

    return _SCRIPT.sub(keep, scripts)
