"""Natural breaks: exact, repeatable, and blind to missing values."""

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.classify import class_counts, class_of, natural_breaks

NAN = math.nan
NUMBERS = st.floats(-1e6, 1e6).map(lambda number: round(number, 2))
VALUES = st.lists(st.one_of(NUMBERS, st.none(), st.just(NAN)), max_size=40)
SIZES = st.integers(1, 7)


def deviation(values, breaks):
    classes = [class_of(value, breaks) for value in values]
    members = [
        [v for v, c in zip(values, classes, strict=True) if c == own] for own in set(classes)
    ]
    return sum(np.var(own) * len(own) for own in members)


@pytest.mark.parametrize(
    ("values", "k", "expected"),
    [
        ([], 5, ()),
        ([None, NAN], 5, ()),
        ([3.0], 5, (3.0,)),
        ([3.0, 3.0, 3.0], 5, (3.0,)),
        ([1, 2, 2, 3], 5, (1.0, 2.0, 3.0)),
        ([1, 2, 3, 10, 11, 12], 2, (3.0, 12.0)),
        ([1, 2, 3, 10, 11, 12, 50], 3, (3.0, 12.0, 50.0)),
        ([0.1, 0.2, NAN, 9.7, None, 9.8], 2, (0.2, 9.8)),
        ([1e9, 1e9 + 1, 1e9 + 2, 1e9 + 50, 1e9 + 51], 2, (1e9 + 2, 1e9 + 51)),
        ([4, 1, 3, 2], 1, (4.0,)),
        ([1.0, 2.0, math.inf], 5, (1.0, 2.0)),
    ],
)
def test_breaks(values, k, expected):
    assert natural_breaks(values, k) == expected


@pytest.mark.parametrize("k", [2, 3, 4])
def test_breaks_are_the_best_of_all(k):
    values = np.random.default_rng(7).gamma(2, 10, 14).round(1)
    distinct = sorted(set(values.tolist()))
    every_split = ([*inner, distinct[-1]] for inner in combinations(distinct[:-1], k - 1))
    best = min(deviation(values, split) for split in every_split)
    assert deviation(values, natural_breaks(values, k)) == pytest.approx(best)


def test_repeated_values_weigh():
    assert natural_breaks([1, 4, 6, 9], 2) == (4.0, 9.0)
    assert natural_breaks([1] * 50 + [4, 6, 9], 2) == (1.0, 9.0)


def test_missing_values_change_nothing():
    values = [5.0, 1.0, 9.0, 7.5, 3.2, 8.8, 2.1]
    assert natural_breaks([NAN, *values, None], 3) == natural_breaks(values, 3)


def test_many_values_keep_their_ends_and_repeat():
    values = np.random.default_rng(1).lognormal(size=3000)
    breaks = natural_breaks(values)
    assert len(breaks) == 5
    assert breaks == natural_breaks(values[::-1])
    assert breaks[-1] == values.max()
    assert set(breaks) <= set(values.tolist())


def test_thinning_many_values_costs_little_accuracy():
    values = np.random.default_rng(2).lognormal(size=3000)
    coarse = deviation(values, natural_breaks(values))
    # One value more or less per class bound is all that cells of five values can shift.
    every = np.quantile(values, np.linspace(0, 1, 500), method="nearest")
    assert coarse <= deviation(values, natural_breaks(every)) * 1.02


@pytest.mark.parametrize("k", [0, -1])
def test_no_classes_are_refused(k):
    with pytest.raises(ValueError, match="expected at least 1"):
        natural_breaks([1.0, 2.0], k)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, 0), (10, 0), (10.1, 1), (20, 1), (30, 2), (99, 2), (-5, 0), (None, None), (NAN, None)],
)
def test_class_of(value, expected):
    assert class_of(value, (10.0, 20.0, 30.0)) == expected


def test_no_breaks_no_class():
    assert class_of(1.0, ()) is None
    assert class_counts([1.0], ()) == ()


def test_class_counts():
    assert class_counts([1, 10, 11, NAN, None, 99], (10.0, 20.0)) == (2, 2)


@given(VALUES, SIZES)
def test_every_number_gets_a_class_and_counts_add_up(values, k):
    breaks = natural_breaks(values, k)
    numbers = [value for value in values if value is not None and not math.isnan(value)]
    assert len(breaks) <= k
    assert list(breaks) == sorted(set(breaks))
    assert set(breaks) <= set(numbers)
    assert all(class_of(value, breaks) is not None for value in numbers)
    assert sum(class_counts(values, breaks)) == len(numbers)
    assert all(class_counts(values, breaks))


@given(VALUES, SIZES)
def test_order_is_preserved(values, k):
    breaks = natural_breaks(values, k)
    numbers = sorted(value for value in values if value is not None and not math.isnan(value))
    classes = [class_of(value, breaks) for value in numbers]
    assert classes == sorted(classes)
