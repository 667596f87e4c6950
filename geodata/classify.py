"""Classes of values by natural breaks (Fisher-Jenks), with missing values kept out.

Written out here because mapclassify's needs numba to be fast: without it, 600 values take 0.7 s
and raise a warning, against some milliseconds for the same optimum in numpy.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Time and memory grow by the square of the distinct values; beyond this they are thinned.
_MOST_VALUES = 600


def natural_breaks(values: Iterable[float | None], k: int = 5) -> tuple[float, ...]:
    """Return the upper bounds of at most k classes; each bound is one of the values."""
    if k < 1:
        raise ValueError(f"Found k = {k}, expected at least 1; ask for one class or more")
    numbers = np.array([float(v) for v in values if v is not None and _is_number(v)])
    distinct, weights = np.unique(numbers, return_counts=True)
    if len(distinct) <= k:
        return tuple(distinct.tolist())
    upper, bounds = _thinned(distinct, weights.astype(float))
    last_of_class = _best_split(*bounds, k)
    return tuple(upper[last_of_class].tolist())


def _thinned(distinct: Floats, weights: Floats) -> tuple[Floats, tuple[Floats, Floats]]:
    """Gather neighbouring values of a long list into cells of a mean and a weight."""
    if len(distinct) <= _MOST_VALUES:
        return distinct, (distinct, weights)
    first = np.linspace(0, len(distinct), _MOST_VALUES, endpoint=False).astype(int)
    cell_weights = np.add.reduceat(weights, first)
    means = np.add.reduceat(distinct * weights, first) / cell_weights
    return distinct[np.append(first[1:], len(distinct)) - 1], (means, cell_weights)


def _best_split(values: Floats, weights: Floats, k: int) -> list[int]:
    """Find the last index of each of k classes with the least squared deviation in all."""
    cost = _class_costs(values, weights)
    best, starts = cost[0], []
    for _ in range(k - 1):
        # totals[i, j]: the classes so far end before i, one more runs from i to j.
        totals = np.append(np.inf, best[:-1])[:, None] + cost
        starts.append(totals.argmin(axis=0))
        best = totals.min(axis=0)
    ends = [len(values) - 1]
    for start in reversed(starts):
        ends.append(int(start[ends[-1]]) - 1)
    return ends[::-1]


def _class_costs(values: Floats, weights: Floats) -> Floats:
    """Return the squared deviation of a class from index i to j; infinite where i > j."""
    scale = np.abs(values).max() or 1.0
    # Centred first: differences of large sums would otherwise lose the small deviations.
    centred = values / scale
    centred = centred - np.average(centred, weights=weights)
    sums = [np.append(0, np.cumsum(weights * centred**power)) for power in range(3)]
    weight, first, second = (total[None, 1:] - total[:-1, None] for total in sums)
    with np.errstate(divide="ignore", invalid="ignore"):
        cost = np.maximum(second - first**2 / weight, 0)
    cost[np.tril_indices(len(values), -1)] = np.inf
    return cost


def class_of(value: float | None, breaks: Sequence[float]) -> int | None:
    """Return the class of a value: None when missing, the last class above the last bound."""
    if not breaks or value is None or math.isnan(value):
        return None
    return min(bisect_left(breaks, value), len(breaks) - 1)


def class_counts(values: Iterable[float | None], breaks: Sequence[float]) -> tuple[int, ...]:
    """Count the values in each class; missing ones are in none."""
    counts = [0] * len(breaks)
    for value in values:
        index = class_of(value, breaks)
        if index is not None:
            counts[index] += 1
    return tuple(counts)


def _is_number(value: float | None) -> bool:
    return value is not None and math.isfinite(value)
