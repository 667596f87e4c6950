"""Cells as people type them: full-width signs, stray blanks, several kinds of dash."""

import re

_BRACKETED = re.compile(r"[(（\[【](.*?)[)）\]】]")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BLANKS = dict.fromkeys(map(ord, "\u3000\u00a0\u2002\u2003\u2007\u2009\u202f\t\r\n"), " ")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
_SIGNS = {ord("−"): "-", ord("﹣"): "-", ord("﹪"): "%", ord("≧"): "≥"}
_TIDY = {**_BLANKS, **_INVISIBLE}
_PLAIN = {**_FULL_WIDTH, **_BLANKS, **_INVISIBLE, **_SIGNS}


def plain(text: str) -> str:
    """Return a text with half-width signs and ordinary blanks, without outer ones.

    Unicode's own folding (NFKC) is not used: it would turn 95² into 952.
    """
    return text.translate(_PLAIN).strip()


def tidy(text: str) -> str:
    """Return a text as written, without invisible signs and with single ordinary blanks."""
    return " ".join(text.translate(_TIDY).split())


def bracketed(text: str) -> list[str]:
    """Return what stands in brackets of any kind."""
    return _BRACKETED.findall(text)


def without_brackets(text: str) -> str:
    """Return a text without its brackets and what stands in them."""
    return _BRACKETED.sub(" ", text)


def folded(text: str) -> str:
    """Return a text for comparing names and headers: plain, lower case, without blanks."""
    return "".join(plain(text).casefold().replace("_", "").split())
