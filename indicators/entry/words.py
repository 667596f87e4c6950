"""Words for the person who fills in a file: Chinese first, then English."""

from dataclasses import dataclass

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Words:
    """The same thing said in Chinese and in English."""

    zh: str
    en: str

    def __str__(self) -> str:
        """Say it in both languages."""
        return self.zh if self.zh == self.en else f"{self.zh} | {self.en}"


def quoted(text: str) -> Words:
    """Quote what a cell holds, shortened to what fits a line."""
    plain = "".join(sign if sign.isprintable() else "·" for sign in text)
    short = plain if len(plain) <= _LONGEST else plain[:_LONGEST] + "…"
    return Words(f"“{short}”", f'"{short}"')


def same(text: str) -> Words:
    """Return a name, code or number that is the same in both languages."""
    return Words(text, text)
