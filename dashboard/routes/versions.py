"""Which version of the data an answer was made from, so that a page shows one version only."""

from flask import Flask, Response, request

from dashboard.live import LiveData

HEADER = "X-Data-Version"

_FROM_DATA = frozenset({"/_dash-layout", "/_dash-update-component"})


def register(server: Flask, live: LiveData) -> None:
    """Name the version in every answer that a page is made of."""

    def name_version(response: Response) -> Response:
        if request.path in _FROM_DATA:
            response.headers[HEADER] = live.current().version
        return response

    server.after_request(name_version)
