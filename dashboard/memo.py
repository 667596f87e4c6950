"""Results kept in memory for as long as the data they came from are shown."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])

_forgetting: list[Callable[[], None]] = []


def kept_in_memory(maxsize: int) -> Callable[[Function], Function]:
    """Keep the results of a function of a data bundle, at most so many of them."""

    def keep(function: Function) -> Function:
        kept: Any = lru_cache(maxsize=maxsize)(function)
        _forgetting.append(kept.cache_clear)
        return kept

    return keep


def forget() -> None:
    """Drop all kept results: other data are shown now, and the old may leave memory."""
    for clear in _forgetting:
        clear()
