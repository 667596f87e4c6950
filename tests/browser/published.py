"""The published numbers, read from the tables with nothing of the application."""

import csv
from collections import defaultdict
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "indicators" / "data"


def table(name: str) -> list[dict[str, str]]:
    """Return the rows of a table."""
    with (DATA / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


class Published:
    """Observations by region, indicator and period; places with rival values are left out."""

    def __init__(self) -> None:
        places: defaultdict[tuple[str, str, str], list[dict[str, str]]] = defaultdict(list)
        for row in table("observations"):
            places[row["adcode"], row["indicator_id"], row["period"]].append(row)
        self._rows = {place: rows[0] for place, rows in places.items() if len(rows) == 1}
        self._publishers = {row["source_id"]: row["publisher"] for row in table("sources")}

    def value(self, adcode: str, indicator: str, period: str) -> float:
        """Return a value."""
        return float(self._rows[adcode, indicator, period]["value"])

    def publisher(self, adcode: str, indicator: str, period: str) -> str:
        """Return who published a value."""
        return self._publishers[self._rows[adcode, indicator, period]["source_id"]]

    def cities(self, province: str, indicator: str, period: str) -> dict[str, float]:
        """Return the values of a province's prefectures by code."""
        return {
            adcode: float(row["value"])
            for (adcode, found, when), row in sorted(self._rows.items())
            if (found, when) == (indicator, period)
            and adcode[:2] == province[:2]
            and adcode[4:] == "00"
            and adcode != province
        }

    def complete_periods(self, province: str, indicator: str, count: int) -> list[str]:
        """Return the months in which all prefectures of a province have a value."""
        months = {when for _, found, when in self._rows if found == indicator and len(when) == 7}
        return [
            month
            for month in sorted(months)
            if len(self.cities(province, indicator, month)) == count
        ]


def indicator_record(indicator: str) -> dict[str, str]:
    """Return an indicator's row."""
    return next(row for row in table("indicators") if row["indicator_id"] == indicator)
