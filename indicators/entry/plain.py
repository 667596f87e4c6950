"""Cells as people type them: full-width signs, stray blanks, several kinds of dash."""

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BLANKS = dict.fromkeys(map(ord, "\u3000\u00a0\u2002\u2003\u2007\u2009\u202f\t\r\n"), " ")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
_SIGNS = {ord("−"): "-", ord("﹣"): "-", ord("﹪"): "%", ord("≧"): "≥"}
_PLAIN = {**_FULL_WIDTH, **_BLANKS, **_INVISIBLE, **_SIGNS}


def plain(text: str) -> str:
    """Return a text with half-width signs and ordinary blanks, without outer ones.

    Unicode's own folding (NFKC) is not used: it would turn 95² into 952.
    """
    return text.translate(_PLAIN).strip()


def folded(text: str) -> str:
    """Return a text for comparing names and headers: plain, lower case, without blanks."""
    return "".join(plain(text).casefold().replace("_", "").split())
