"""Cache folders of their own for servers under test; only compressed scripts are shared."""

import os
from pathlib import Path

import pytest

PRECOMPRESSED = "precompressed"


def new_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty cache folder that shares the compressed scripts of the whole test run.

    They are named by their content and checked when read; each server would otherwise take half
    a minute of the machine to make the same ones.
    """
    base = tmp_path_factory.getbasetemp()
    # Every process of a run that is spread over several has a folder beside the others.
    run = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    shared = run / PRECOMPRESSED
    shared.mkdir(exist_ok=True)
    cache = tmp_path_factory.mktemp("cache")
    (cache / PRECOMPRESSED).symlink_to(shared)
    return cache
