"""Ask for a whole first visit before anyone does, so that its small compressions get made."""

import os
import re
import threading

from flask import Flask

from dashboard.precompressed import ASSETS_PREFIX, SUITES_PREFIX

_LEAST_PRIORITY = 19
_LINK = re.compile(r'(?:src|href)="([^"]+)"')


def warm_first_visit(server: Flask) -> None:
    """Let the server answer itself for every file of a first visit.

    It compresses what it is asked for in a background thread; that thread is started from this
    one and inherits its lowest priority, so a real visitor goes first.
    """
    _yield_to_others()
    client = server.test_client()
    client.get("/_dash-layout")
    for path in first_visit_paths(client.get("/").get_data(as_text=True)):
        client.get(path, headers={"Accept-Encoding": "br"})


def first_visit_paths(page: str) -> list[str]:
    """Return the addresses of the scripts and styles a page fetches."""
    linked = [link.replace("&amp;", "&") for link in _LINK.findall(page)]
    return [link for link in linked if link.startswith((SUITES_PREFIX, ASSETS_PREFIX))]


def _yield_to_others() -> None:
    # On Linux this concerns the one thread; elsewhere it would slow the whole process.
    if hasattr(os, "sched_getaffinity"):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LEAST_PRIORITY)
