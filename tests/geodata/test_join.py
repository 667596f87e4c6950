"""Joining values to boundaries: nothing vanishes silently."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from geodata.errors import ValuesInvalidError
from geodata.join import join


@pytest.fixture
def counties(tiny):
    return tiny[tiny["level"] == "county"]


def test_join_keeps_type_crs_and_every_region(counties):
    result = join(counties, pd.Series({"110101": 1.5, "120101": 0.0}))
    assert isinstance(result.frame, gpd.GeoDataFrame)
    assert result.frame.crs == counties.crs
    assert result.frame.geometry.name == "geometry"
    assert list(result.frame["adcode"]) == list(counties["adcode"])


def test_zero_is_a_value(counties):
    result = join(counties, pd.Series({"120101": 0.0}))
    assert result.frame.set_index("adcode")["value"]["120101"] == 0
    assert "120101" not in result.regions_without_value


def test_join_names_what_has_no_partner(counties):
    values = pd.Series({"110101": 1.0, "110102": np.nan, "130000": 9.0})
    result = join(counties, values)
    assert result.regions_without_value == ("110102", "119900", "120101")
    assert result.values_without_region == ("130000",)


def test_no_values_at_all(counties):
    result = join(counties, pd.Series([], index=pd.Index([], dtype=str), dtype=float))
    assert len(result.regions_without_value) == len(result.frame) == 4


def test_join_twice_replaces_the_values(counties):
    once = join(counties, pd.Series({"110101": 1.0})).frame
    again = join(once, pd.Series({"110101": 2.0})).frame
    assert again.set_index("adcode")["value"]["110101"] == 2


def test_join_leaves_its_inputs_alone(counties):
    values = pd.Series({"110101": 1.0}, name="rate")
    join(counties, values)
    assert "value" not in counties.columns
    assert values.name == "rate"


def test_duplicate_codes_are_refused(counties):
    with pytest.raises(ValuesInvalidError, match="110101 more than once"):
        join(counties, pd.Series([1.0, 2.0], index=["110101", "110101"]))


def test_codes_that_are_numbers_are_refused(counties):
    with pytest.raises(ValuesInvalidError, match="codes are text") as caught:
        join(counties, pd.Series({110101: 1.0}))
    assert "110101 (int)" in str(caught.value)


def test_boundaries_of_several_levels_are_refused(tiny):
    with pytest.raises(ValuesInvalidError, match="119900 more than once"):
        join(tiny, pd.Series({"110101": 1.0}))
