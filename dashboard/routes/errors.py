"""One shape for everything a program asks for and cannot have."""

import json
from collections.abc import Mapping

from flask import Response

from dashboard import text

# What a caller sent comes back shortened: enough to recognise, too little to abuse.
_ECHOED = 60

MESSAGES: Mapping[str, tuple[str, str]] = {
    "unknown_word": ("这个地址没有筛选词 {word}", "This address has no filter word {word}"),
    "repeated_word": ("筛选词 {word} 只能出现一次", "The filter word {word} may come only once"),
    "unknown_value": (
        "筛选词 {word} 的值不可用",
        "The value of the filter word {word} is unusable",
    ),
    "unknown_table": ("没有这张表", "There is no such table"),
    "unknown_address": ("没有这个地址", "There is no such address"),
    "method": ("这个地址只能读取", "This address can only be read"),
    "old_geometry": ("这不是现行的边界版本", "This is not the current version of the boundaries"),
    "unknown_region": ("没有这个区划代码", "There is no region with this code"),
    "no_children": ("这个地区没有这一级的下级地区", "This region has no regions of that level"),
    "public_export": ("演练数据不得对外导出", "Training data are not exported to the public"),
    "failed": ("服务器内部错误", "Internal server error"),
    "refused": ("请求无法处理", "The request cannot be handled"),
}


class RequestError(Exception):
    """A request that names something unknown; carries what was found and what was expected."""

    def __init__(
        self, status: int, code: str, *, found: str, expected: str, word: str = ""
    ) -> None:
        """Keep the parts of the answer; ``code`` is one of MESSAGES."""
        super().__init__(code)
        self.status = status
        self.code = code
        self.word = word[:_ECHOED]
        self.found = found[:_ECHOED]
        self.expected = expected


def error_response(error: RequestError, lang: str = "zh") -> Response:
    """Write an error as JSON; no cache may keep it."""
    message = text.pick(lang, *MESSAGES[error.code]).format(word=error.word)
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
