"""Loading boundary files: each broken promise is named with place and remedy."""

import geopandas as gpd
import pytest
from shapely import Polygon

from geodata.boundaries import load_boundaries, load_lines
from geodata.errors import BoundariesInvalidError, BoundariesMissingError


@pytest.fixture
def write(tmp_path):
    def write_frame(frame):
        path = tmp_path / "boundaries.parquet"
        frame.to_parquet(path)
        return path

    return write_frame


def message_of(path, load=load_boundaries):
    with pytest.raises(BoundariesInvalidError) as caught:
        load(path)
    message = str(caught.value)
    assert str(path) in message
    assert "python -m geodata.build" in message
    return message


def test_a_good_file_loads(tiny, write):
    frame = load_boundaries(write(tiny))
    assert isinstance(frame, gpd.GeoDataFrame)
    assert frame.crs == "EPSG:4326"
    assert len(frame) == len(tiny)


def test_a_path_may_be_text(tiny, write):
    assert len(load_boundaries(str(write(tiny)))) == len(tiny)


@pytest.mark.parametrize("load", [load_boundaries, load_lines])
def test_missing_file_names_the_path_and_the_command(tmp_path, load):
    path = tmp_path / "nowhere.parquet"
    with pytest.raises(BoundariesMissingError, match=r"python -m geodata\.build") as caught:
        load(path)
    assert str(path) in str(caught.value)


def test_a_file_that_is_no_parquet(tmp_path):
    path = tmp_path / "boundaries.parquet"
    path.write_text("adcode,level\n", encoding="utf-8")
    assert "expected GeoParquet" in message_of(path)


def test_a_parquet_without_geometry(tiny, tmp_path):
    path = tmp_path / "boundaries.parquet"
    tiny.drop(columns="geometry").to_parquet(path)
    assert "expected GeoParquet" in message_of(path)


def test_missing_columns_are_all_named(tiny, write):
    message = message_of(write(tiny.drop(columns=["name_en", "pinyin"])))
    assert "name_en, pinyin" in message


def test_wrong_crs(tiny, write):
    assert "EPSG:4326" in message_of(write(tiny.to_crs("EPSG:3857")))


def test_no_crs(tiny, write):
    assert "CRS None" in message_of(write(tiny.set_crs(None, allow_override=True)))


def test_duplicate_key_names_row_and_key(tiny, write):
    tiny.loc[6, "adcode"] = "110101"
    message = message_of(write(tiny))
    assert "row 6" in message
    assert "110101 county a second time" in message


def test_one_code_at_two_levels_is_no_duplicate(tiny, write):
    assert (load_boundaries(write(tiny))["adcode"] == "119900").sum() == 2


def test_invalid_geometry_names_row_and_reason(tiny, write):
    tiny.loc[3, "geometry"] = Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    message = message_of(write(tiny))
    assert "row 3, column geometry" in message
    assert "Self-intersection" in message


def test_missing_geometry(tiny, write):
    tiny.loc[3, "geometry"] = None
    assert "found nothing" in message_of(write(tiny))


def test_codes_that_are_numbers(tiny, write):
    tiny["adcode"] = tiny["adcode"].astype(int)
    message = message_of(write(tiny))
    assert "row 0, column adcode: found 110000" in message
    assert "kept as text" in message


def test_unknown_level(tiny, write):
    tiny.loc[2, "level"] = "city"
    assert "row 2, column level: found 'city'" in message_of(write(tiny))


def test_lines_refuse_polygons(tiny, tmp_path):
    path = tmp_path / "lines.parquet"
    frame = tiny.assign(line="nine_dash")
    frame.to_parquet(path)
    assert "LineString" in message_of(path, load_lines)
