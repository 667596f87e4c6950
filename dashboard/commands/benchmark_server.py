"""Bytes and times of callbacks over HTTP, without a browser."""

import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from statistics import median
from typing import Any
from urllib.parse import urlsplit

BROWSER_ENCODINGS = "gzip, deflate, br, zstd"
# What browsers offer a server that has no certificate and is not this computer.
PLAIN_HTTP_ENCODINGS = "gzip, deflate"

_CLIENTS = 4
_ROUNDS = 3
_SECONDS = 0.8


@dataclass(frozen=True, slots=True)
class Sent:
    """One request as a browser sends it."""

    method: str
    path: str
    body: bytes | None = None


class Client:
    """One kept connection to a server."""

    def __init__(self, address: str, encodings: str = BROWSER_ENCODINGS) -> None:
        """Keep the address; the connection opens with the first request."""
        self._connection = HTTPConnection(urlsplit(address).netloc, timeout=120)
        self._headers = {"Accept-Encoding": encodings, "Content-Type": "application/json"}

    def size(self, request: Sent) -> tuple[int, int]:
        """Send a request; return the bytes of its headers and of its body as they travel."""
        self._connection.request(request.method, request.path, request.body, self._headers)
        response = self._connection.getresponse()
        body = response.read()
        if response.status >= 400:
            raise RuntimeError(f"{request.path} answered {response.status}: {body[:200]!r}")
        return sum(len(name) + len(text) + 4 for name, text in response.getheaders()), len(body)

    def milliseconds(self, request: Sent) -> float:
        """Send a request; return how long the answer took."""
        start = time.perf_counter()
        self.size(request)
        return (time.perf_counter() - start) * 1000

    def json(self, path: str) -> Any:
        """Fetch a JSON document."""
        self._connection.request("GET", path)
        return json.loads(self._connection.getresponse().read())

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


class Callbacks:
    """The callbacks of a running page, ready to be called as its browser calls them."""

    def __init__(self, address: str) -> None:
        """Read what the page declares."""
        client = Client(address)
        self._declared = [
            item for item in client.json("/_dash-dependencies") if not item["clientside_function"]
        ]
        client.close()

    def call(self, output: str, value: Any, states: Mapping[str, Any] | None = None) -> Sent:
        """Return the request a browser sends when the first input of a callback changes.

        Args:
            output: one property the callback writes; it names the callback.
            value: what that input is now.
            states: further properties of the page the callback reads.
        """
        declared = next(item for item in self._declared if output in _names(item["output"]))
        outputs = [
            dict(zip(("id", "property"), name.rsplit(".", 1), strict=True))
            for name in _names(declared["output"])
        ]
        trigger = _property(declared["inputs"][0])
        values = {**(states or {}), trigger: value}
        body = {
            "output": declared["output"],
            "outputs": outputs if declared["output"].startswith("..") else outputs[0],
            "inputs": [_filled(item, values) for item in declared["inputs"]],
            "state": [_filled(item, values) for item in declared["state"]],
            "changedPropIds": [trigger],
            "parsedChangedPropsIds": [trigger],
        }
        return Sent("POST", "/_dash-update-component", json.dumps(body).encode())


def median_milliseconds(address: str, requests: Sequence[Sent], repeat: int) -> float:
    """Return the median time of requests in turn, after each was answered once."""
    client = Client(address)
    for request in requests:
        client.size(request)
    times = [client.milliseconds(requests[index % len(requests)]) for index in range(repeat)]
    client.close()
    return median(times)


def requests_per_second(address: str, kinds: Sequence[Sequence[Sent]]) -> list[float]:
    """Return the best rate of each kind of request, the kinds taking turns."""
    rates: list[list[float]] = [[] for _ in kinds]
    for _ in range(_ROUNDS):
        for index, requests in enumerate(kinds):
            rates[index].append(_rate(address, requests))
    return [max(found) for found in rates]


def _rate(address: str, requests: Sequence[Sent]) -> float:
    counts = [0] * _CLIENTS
    stop = time.perf_counter() + _SECONDS

    def work(number: int) -> None:
        client = Client(address)
        while time.perf_counter() < stop:
            client.size(requests[counts[number] % len(requests)])
            counts[number] += 1
        client.close()

    return _together(work, counts)


def _together(work: Callable[[int], None], counts: list[int]) -> float:
    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(counts))]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - start)


def _names(outputs: str) -> list[str]:
    return outputs.strip(".").split("...")


def _property(item: Mapping[str, str]) -> str:
    return f"{item['id']}.{item['property']}"


def _filled(item: Mapping[str, str], values: Mapping[str, Any]) -> dict[str, Any]:
    given = {"id": item["id"], "property": item["property"]}
    name = _property(item)
    return {**given, "value": values[name]} if name in values else given
