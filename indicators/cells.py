"""What one cell of a table may hold, with the words for what is wrong with it."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import pandera.pandas as pa

from geodata.codes import DRAWN_LEVELS, is_adcode
from indicators.errors import PeriodError
from indicators.periods import FIRST_YEAR, LAST_YEAR, parse_period
from indicators.records import Domain, Kind

SEPARATOR = " ;; "


@dataclass(frozen=True, slots=True)
class Rule:
    """A test of one cell's text, with the words for its fault."""

    test: Callable[[str], bool]
    expected: str
    remedy: str

    def check(self) -> pa.Check:
        """Return the rule as a pandera check that carries its own words."""
        return pa.Check(
            self.test, element_wise=True, error=f"{self.expected}{SEPARATOR}{self.remedy}"
        )


def _is_number(text: str) -> bool:
    try:
        plain = text.isascii() and text.strip() == text and "_" not in text
        return plain and math.isfinite(float(text))
    except ValueError:
        return False


def _is_year(text: str) -> bool:
    four_digits = len(text) == 4 and text.isascii() and text.isdigit()
    return four_digits and FIRST_YEAR <= int(text) <= LAST_YEAR


def _is_period(text: str) -> bool:
    try:
        parse_period(text)
    except PeriodError:
        return False
    return True


def _is_list(text: str) -> bool:
    return all(part.strip() == part and part for part in text.split(";")) if text else True


def one_of(values: tuple[str, ...]) -> Rule:
    """Return the rule that a cell holds one of some words."""
    listed = " | ".join(values)
    return Rule(lambda text: text in values, f"one of {listed}", "write one of these words")


def optional(rule: Rule) -> Rule:
    """Return a rule that also lets a cell be empty."""
    return Rule(
        lambda text: text == "" or rule.test(text), f"{rule.expected}, or empty", rule.remedy
    )


_LEVELS = tuple(level.value for level in DRAWN_LEVELS)

TEXT = Rule(
    lambda text: text.strip() == text != "", "text", "fill in the cell, without outer spaces"
)
ANY = Rule(lambda text: text.strip() == text, "text or empty", "remove the outer spaces")
IDENTIFIER = Rule(
    lambda text: text.isascii() and text.replace("_", "a").replace("-", "a").isalnum(),
    "an id of letters, digits, - and _",
    "use the id of the catalogue",
)
ADCODE = Rule(is_adcode, "a six-digit division code", "write the code as text, such as 440800")
NUMBER = Rule(_is_number, "a number", "write digits with a point as decimal mark")
WHOLE_NUMBER = Rule(
    lambda text: text.isascii() and text.isdigit() and len(text) <= 6,
    "a whole number",
    "write digits only",
)
YEAR = Rule(_is_year, "a year such as 2020", "write four digits")
PERIOD = Rule(
    _is_period, "a period such as 2020, 2022-09, 2023-Q3 or 2020-01/2020-10", "rewrite the period"
)
DEPARTMENTS = Rule(_is_list, "names separated by ;", "remove empty entries and outer spaces")
BOOLEAN = one_of(("true", "false"))
DOMAIN = one_of(tuple(Domain))
KIND = one_of(tuple(Kind))
LEVELS = Rule(
    lambda text: bool(text) and set(text.split(";")) <= set(_LEVELS),
    f"levels among {' | '.join(_LEVELS)}, separated by ;",
    "name the levels at which the indicator has a meaning",
)
