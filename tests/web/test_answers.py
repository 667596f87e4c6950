"""Answers of callbacks are kept as bytes: the same request is computed once per data version."""

import gzip
import json
from dataclasses import replace

import brotli
import pytest
from dash import Input, Output

from dashboard import answers
from dashboard.app import create_app
from dashboard.settings import Settings

ENCODINGS = {"br": brotli.decompress, "gzip": gzip.decompress}


class Asked:
    """An application with one callback that counts how often it runs."""

    def __init__(self, tmp_path, bundle):
        self.runs = 0
        self.bundle = bundle
        self.app = create_app(Settings(cache=str(tmp_path)), bundle)
        self.app.callback(Output("told", "data"), Input("asked", "data"))(self._told)

    def _told(self, asked):
        self.runs += 1
        if asked == "failure":
            raise ValueError(asked)
        return f"{asked} {self.runs}"

    def ask(self, value, encoding="br"):
        return self.app.server.test_client().post(
            answers.ENDPOINT,
            json={
                "output": "told.data",
                "outputs": {"id": "told", "property": "data"},
                "inputs": [{"id": "asked", "property": "data", "value": value}],
                "changedPropIds": ["asked.data"],
            },
            headers={"Accept-Encoding": encoding},
        )


@pytest.fixture
def asked(tmp_path, bundle):
    return Asked(tmp_path, bundle)


def told(response):
    unpack = ENCODINGS.get(response.headers.get("Content-Encoding"), bytes)
    return json.loads(unpack(response.data))["response"]["told"]["data"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_same_request_is_computed_once_and_another_anew(asked, encoding):
    first, again = asked.ask("a", encoding), asked.ask("a", encoding)
    assert told(first) == told(again) == "a 1"
    assert first.headers["Content-Encoding"] == again.headers["Content-Encoding"] == encoding
    assert first.mimetype == again.mimetype == "application/json"
    assert "Accept-Encoding" in again.headers["Vary"]
    assert told(asked.ask("b", encoding)) == "b 2"


def test_a_browser_that_takes_nothing_packed_gets_plain_bytes(asked):
    response = asked.ask("a", "identity")
    assert "Content-Encoding" not in response.headers
    assert told(response) == "a 1"


def test_other_data_have_other_answers(asked, tmp_path, bundle):
    asked.ask("a")
    other = Asked(tmp_path, replace(bundle, geometry_version="another"))
    other.runs = 7
    assert told(other.ask("a")) == "a 8"
    assert told(asked.ask("a")) == "a 1"


def test_a_failure_is_not_kept(asked, caplog):
    for _ in range(2):
        asked.ask("failure")
    assert asked.runs == 2
    assert "callback failure" in caplog.text


def test_a_long_request_is_answered_and_not_kept(asked):
    long = "a" * 40_000
    assert told(asked.ask(long)) == f"{long} 1"
    assert told(asked.ask(long)) == f"{long} 2"
