"""The pages that are compared, and a server for each."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pandas as pd
import plotly.express as px
from dash import Dash, Input, Output, dcc, html
from flask import Flask
from plotly.graph_objects import Figure

from dashboard.app import ASSETS
from dashboard.bundle import DataBundle
from dashboard.commands.benchmark_data import INDICATOR, PERIODS, MeasuredArea
from dashboard.commands.serve import listening_socket
from dashboard.commands.server import AtlasServer
from dashboard.settings import Settings
from geodata.codes import Level
from geodata.geojson import area_collection

_HOST = "127.0.0.1"
_ONLY_OFFLINE_MAPS = r"^(?!00-offline\.js$)"
# The measure the map of this project has on a screen 1440 pixels wide.
_SIZE = {"width": "900px", "height": "560px"}

EMPTY_OUTPUT = "nothing"


def ordinary_app(bundle: DataBundle, area: MeasuredArea) -> Dash:
    """Return the page most Dash tutorials arrive at: each change sends a whole figure."""
    frame = _frame(bundle, area)
    geojson = area_collection(bundle.boundaries, bundle.regions, area.adcode, Level.COUNTY)

    def drawn(period: str) -> Figure:
        figure = px.choropleth(
            frame[frame["period"] == period],
            geojson=geojson,
            locations="adcode",
            color="value",
            hover_name="name",
            range_color=(70, 100),
        )
        figure.update_geos(fitbounds="locations", visible=False)
        return figure.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0})

    app = Dash(
        "ordinary",
        assets_folder=str(ASSETS),
        assets_ignore=_ONLY_OFFLINE_MAPS,
        compress=True,
        serve_locally=True,
    )
    choice = dcc.Dropdown(list(PERIODS), PERIODS[0], id="period")
    graph = dcc.Graph(id="map", figure=drawn(PERIODS[0]), style=_SIZE)
    app.layout = html.Div([choice, graph])
    app.callback(Output("map", "figure"), Input("period", "value"))(drawn)
    return app


def add_empty_callback(app: Dash) -> None:
    """Add a callback that does nothing: what Dash and the server cost by themselves."""

    def nothing(value: str) -> str:
        return value

    output, trigger = Output(EMPTY_OUTPUT, "data"), Input("trigger", "data")
    app.callback(output, trigger, prevent_initial_call=True)(nothing)


@contextmanager
def running(server: Flask, settings: Settings) -> Iterator[str]:
    """Serve an application from a process of its own; give its address."""
    with listening_socket(_HOST, 0) as listener:
        port = listener.getsockname()[1]
        process = os.fork()
        if process == 0:
            _serve_and_exit(AtlasServer(server, settings, listener))
    try:
        yield f"http://{_HOST}:{port}"
    finally:
        os.kill(process, signal.SIGTERM)
        os.waitpid(process, 0)


def _serve_and_exit(server: AtlasServer) -> None:
    """Serve and leave at once: nothing the parent opened is closed or written twice."""
    code = 1
    try:
        code = server.serve()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    finally:
        os._exit(code)


def _frame(bundle: DataBundle, area: MeasuredArea) -> pd.DataFrame:
    rows = []
    for region in bundle.regions.children(area.adcode, Level.COUNTY):
        for period in PERIODS:
            choice = bundle.atlas.choice(region.adcode, INDICATOR, period)
            value = choice.chosen.value if choice else None
            rows.append((region.adcode, region.name_zh, period, value))
    return pd.DataFrame(rows, columns=["adcode", "name", "period", "value"])
