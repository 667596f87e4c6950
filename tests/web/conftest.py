"""A bare server with the routes, on the shipped data."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard.bundle import DataBundle
from dashboard.live import LiveData
from dashboard.routes import api, geo, health, pages
from dashboard.settings import Settings


@pytest.fixture
def server(bundle: DataBundle, tmp_path: Path) -> Flask:
    """Return a server with every route and nothing of Dash."""
    server = Flask("quality_atlas_test", static_folder=str(tmp_path))
    health.register(server, LiveData.fixed(bundle))
    for module in (api, geo):
        module.register(server, lambda: bundle)
    pages.register(server, Settings(frame_ancestors="https://example.org"))
    return server


@pytest.fixture
def client(server: Flask) -> FlaskClient:
    """Return a client of the bare server."""
    return server.test_client()
