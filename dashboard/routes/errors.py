"""One shape for everything a program asks for and cannot have."""

import json

from flask import Response

from dashboard import text

# What a caller sent comes back shortened: enough to recognise, too little to abuse.
_ECHOED = 60


class RequestError(Exception):
    """A request that names something unknown; carries what was found and what was expected."""

    def __init__(
        self, status: int, code: str, *, found: str, expected: str, word: str = ""
    ) -> None:
        """Keep the parts of the answer; ``code`` names a text of the catalogue, `refusal.…`."""
        super().__init__(code)
        self.status = status
        self.code = code
        self.word = word[:_ECHOED]
        self.found = found[:_ECHOED]
        self.expected = expected


def error_response(error: RequestError, lang: str = "zh") -> Response:
    """Write an error as JSON; no cache may keep it."""
    message = text.t(lang, f"refusal.{error.code}", word=error.word)
    parts = {
        "status": error.status,
        "word": error.word or None,
        "found": error.found,
        "expected": error.expected,
        "message": message,
    }
    response = json_response({"error": parts}, error.status)
    response.headers["Cache-Control"] = "no-store"
    return response


def json_response(content: object, status: int = 200) -> Response:
    """Write compact JSON with Chinese as it is."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Response(body, status, mimetype="application/json")
