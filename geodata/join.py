"""Join values to boundaries and say what found no partner."""

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from geodata.codes import is_adcode
from geodata.errors import ValuesInvalidError


@dataclass(frozen=True, slots=True)
class JoinResult:
    """Boundaries with a column ``value``, and the codes on either side without a partner."""

    frame: gpd.GeoDataFrame
    regions_without_value: tuple[str, ...]
    values_without_region: tuple[str, ...]


def join(boundaries: gpd.GeoDataFrame, values: pd.Series) -> JoinResult:
    """Join values indexed by code to boundaries of one level; every region stays."""
    _check_codes(values)
    _check_one_level(boundaries)
    named = values.rename("value").rename_axis("adcode")
    # boundaries.merge(values), not the reverse: only this order stays a GeoDataFrame.
    frame = boundaries.drop(columns="value", errors="ignore").merge(
        named, left_on="adcode", right_index=True, how="left"
    )
    unmatched = named.index.difference(pd.Index(boundaries["adcode"]))
    empty = frame.loc[frame["value"].isna(), "adcode"]
    return JoinResult(frame, tuple(empty), tuple(unmatched))


def _check_codes(values: pd.Series) -> None:
    for position, code in enumerate(values.index):
        if not is_adcode(code):
            message = (
                f"Values: row {position}, index: found {code!r} ({type(code).__name__}), expected "
                "a six-digit code; codes are text: read them with dtype=str"
            )
            raise ValuesInvalidError(message)
    if not values.index.is_unique:
        code = values.index[values.index.duplicated()][0]
        message = (
            f"Values: found code {code} more than once, expected each once; "
            "choose one value per region before joining"
        )
        raise ValuesInvalidError(message)


def _check_one_level(boundaries: gpd.GeoDataFrame) -> None:
    repeated = boundaries["adcode"].duplicated()
    if repeated.any():
        code = boundaries.loc[repeated, "adcode"].iloc[0]
        message = (
            f"Boundaries: found region {code} more than once, expected each once; "
            "select one level before joining"
        )
        raise ValuesInvalidError(message)
