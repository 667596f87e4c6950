"""Names that regions no longer bear, with the year in which the State Council changed them."""

import csv
from dataclasses import dataclass
from pathlib import Path

FORMER_NAMES = Path(__file__).parent.parent / "data" / "former_names.csv"


@dataclass(frozen=True, slots=True)
class FormerName:
    """A former name; of a merged region ``adcodes`` are the regions it has gone into."""

    name: str
    change: str
    adcodes: tuple[str, ...]
    year: int

    @property
    def short(self) -> str:
        """Return the name without the word for its type."""
        return self.name.removesuffix("地区").removesuffix("市").removesuffix("区")

    @property
    def is_merged(self) -> bool:
        """Tell whether the region is gone, not only its name."""
        return self.change == "merged"


def read_former_names(path: Path = FORMER_NAMES) -> tuple[FormerName, ...]:
    """Read the shipped list."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            FormerName(
                row["former_name"],
                row["change"],
                tuple(row["adcodes"].split(";")),
                int(row["approved"]),
            )
            for row in csv.DictReader(file)
        )
