"""Administrative division codes (GB/T 2260) and levels; standard library only."""

import re
from enum import StrEnum

NATION = "100000"

_ADCODE = re.compile(r"[1-9]\d{5}", re.ASCII)


class Level(StrEnum):
    """Level of an administrative division, from the nation down."""

    NATION = "nation"
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"

    @property
    def rank(self) -> int:
        """Depth below the nation: 0 for the nation, 3 for a county."""
        return _RANKS[self]


_RANKS = {Level.NATION: 0, Level.PROVINCE: 1, Level.PREFECTURE: 2, Level.COUNTY: 3}

DRAWN_LEVELS = (Level.PROVINCE, Level.PREFECTURE, Level.COUNTY)


def is_adcode(text: object) -> bool:
    """Tell whether a value is a six-digit division code kept as text."""
    return isinstance(text, str) and _ADCODE.fullmatch(text) is not None
