"""Coverage operations: borders stay shared, gaps close, nothing tears."""

import numpy as np
import pytest
import shapely

from geodata.errors import BuildError
from geodata.shapes import dissolved, rounded, snapped


def array(*shapes):
    return np.array(shapes, dtype=object)


def test_snapping_keeps_a_shared_border_shared():
    left = shapely.Polygon([(0, 0), (1.00004, 0), (1.00006, 1), (0, 1)])
    right = shapely.Polygon([(1.00004, 0), (2, 0), (2, 1), (1.00006, 1)])
    result = snapped(array(left, right), 4)
    assert shapely.coverage_is_valid(result)
    assert shapely.get_coordinates(result).max() == 2


def test_snapping_leaves_what_it_would_break_unrounded_on_both_sides():
    sliver = shapely.Polygon([(0, 0), (1, 0), (1, 0.00001)])
    above = shapely.Polygon([(0, 0), (1, 0.00001), (1, 1), (0, 1)])
    result = snapped(array(sliver, above), 4)
    assert shapely.is_valid(result).all()
    assert shapely.coverage_is_valid(result)
    assert result[0].area == pytest.approx(sliver.area)


def test_snapping_gives_up_loudly():
    broken = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    with pytest.raises(BuildError, match="after 10 rounds"):
        snapped(array(broken), 4)


def test_rounding_keeps_number_and_order_of_shapes():
    two = shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(3, 3, 3.00001, 3.00001)])
    result = rounded(array(two, shapely.box(5, 5, 6, 6)), 2)
    assert shapely.get_num_geometries(result).tolist() == [2, 1]
    assert result[1].bounds == (5, 5, 6, 6)


def test_dissolving_closes_slivers_but_keeps_lagoons_and_enclaves():
    sliver = shapely.box(0.5, 0.5, 0.501, 0.501)
    lagoon = shapely.box(1.5, 0.4, 1.6, 0.5)
    enclave = shapely.box(2.5, 0.5, 2.501, 0.501)
    land = shapely.box(0, 0, 3, 1) - sliver - lagoon - enclave
    united = dissolved(array(land, enclave), ["a", "b"])
    assert [len(shapely.get_rings(united[name])) for name in "ab"] == [3, 1]
    assert united["a"].area == pytest.approx(3 - lagoon.area - enclave.area)
