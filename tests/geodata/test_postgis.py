"""Boundaries in PostGIS are the boundaries of the files, coordinate for coordinate."""

import json

import pytest
from sqlalchemy import text

from geodata.boundaries import BoundaryData
from geodata.codes import Level
from geodata.errors import BoundariesInvalidError, BoundariesMissingError
from geodata.geojson import area_collection, feature_collection, lines_collection
from geodata.postgis import read_boundaries, write_boundaries
from geodata.regions import Regions
from indicators.store.postgres_connection import database_at
from indicators.store.postgres_setup import migrate


@pytest.fixture(scope="module")
def migrated(postgresql):
    """Return the name of a database with empty tables, which others are made from."""
    name = postgresql.new_database()
    database = database_at(postgresql.address(name))
    with database.writing() as connection:
        migrate(database, connection)
    return name


@pytest.fixture
def database(postgresql, migrated):
    name = postgresql.new_database(template=migrated)
    yield database_at(postgresql.address(name))
    postgresql.drop(name)


def stored(database, boundaries, lines, document="{}"):
    """Write boundaries and read them again."""
    with database.writing() as connection:
        write_boundaries(connection, BoundaryData(boundaries, lines, "GS(2024)0650号", document))
    with database.reading() as connection:
        return read_boundaries(connection, database.address)


def test_the_shipped_boundaries_come_back_byte_for_byte(database, shipped, lines, provenance):
    document = json.dumps(provenance, ensure_ascii=False)
    again = stored(database, shipped, lines, document)

    assert json.dumps(feature_collection(again.boundaries)) == json.dumps(
        feature_collection(shipped)
    )
    assert json.dumps(lines_collection(again.lines)) == json.dumps(lines_collection(lines))
    assert list(again.boundaries.geometry.to_wkb()) == list(shipped.geometry.to_wkb())
    assert list(again.lines.geometry.to_wkb()) == list(lines.geometry.to_wkb())
    assert again.boundaries.drop(columns="geometry").equals(shipped.drop(columns="geometry"))
    assert list(again.boundaries.dtypes) == list(shipped.dtypes)
    assert again.boundaries.crs == shipped.crs
    assert (again.map_number, again.document) == ("GS(2024)0650号", document)


def test_the_order_of_rows_is_kept(database, tiny, lines):
    turned = tiny.iloc[::-1].reset_index(drop=True)

    assert list(stored(database, turned, lines).boundaries["name_zh"]) == list(turned["name_zh"])


def test_polygons_stay_polygons(database, tiny, lines):
    again = stored(database, tiny, lines).boundaries

    assert list(again.geom_type) == list(tiny.geom_type)
    expected = area_collection(tiny, Regions.from_frame(tiny), "110000", Level.PREFECTURE)
    assert expected == area_collection(again, Regions.from_frame(again), "110000", Level.PREFECTURE)


def test_postgis_itself_can_be_asked(database, tiny, lines):
    stored(database, tiny, lines)
    with database.reading() as connection:
        found = connection.execute(
            text(
                "select name_zh from boundaries where level = 'county' "
                "and ST_Contains(geometry, ST_SetSRID(ST_Point(0.5, 0.5), 4326))"
            )
        ).scalars()
        assert list(found) == ["子县"]


def test_empty_tables_say_what_to_do(database):
    with database.reading() as connection, pytest.raises(BoundariesMissingError) as caught:
        read_boundaries(connection, database.address)

    assert "quality-atlas copy" in str(caught.value)
    assert database.address in str(caught.value)


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        ("update boundaries set adcode = '44' where position = 3", "row 3, column adcode"),
        ("update boundaries set level = 'town' where position = 0", "column level"),
        (
            "update boundaries set geometry = ST_SetSRID(ST_Point(1, 1), 4326) where position = 2",
            "found Point",
        ),
        ("update boundary_lines set geometry = ST_SetSRID(ST_Point(1, 1), 4326)", "found Point"),
    ],
)
def test_damage_is_named(database, tiny, lines, damage, found):
    stored(database, tiny, lines)
    with database.writing() as connection:
        connection.execute(text(damage))
    with database.reading() as connection, pytest.raises(BoundariesInvalidError) as caught:
        read_boundaries(connection, database.address)

    assert found in str(caught.value)
    assert "quality-atlas copy" in str(caught.value)
