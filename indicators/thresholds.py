"""Configuration of the verdict: where one state ends and the next begins."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Shares of the due progress that part the states, and the slack of an "about" target."""

    on_course: float = 0.95
    behind: float = 0.60
    about_tolerance: float = 0.01

    def __post_init__(self) -> None:
        """Refuse thresholds that leave no room for one of the states."""
        if not 0 < self.behind < self.on_course <= 1:
            raise ValueError(
                "thresholds must satisfy 0 < behind < on_course <= 1; "
                f"found behind={self.behind}, on_course={self.on_course}"
            )
        if not (math.isfinite(self.about_tolerance) and self.about_tolerance >= 0):
            raise ValueError(
                f"about_tolerance must be a number of 0 or more; found {self.about_tolerance}"
            )


DEFAULT_THRESHOLDS = Thresholds()
