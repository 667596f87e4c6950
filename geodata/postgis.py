"""Boundaries in PostGIS: the same frames, coordinate for coordinate, as in the files."""

from typing import Any

import geopandas as gpd
import shapely
from sqlalchemy import Connection, text

from geodata.boundaries import (
    COLUMNS,
    CRS,
    LINE_COLUMNS,
    BoundaryData,
    check_boundaries,
    check_lines,
)
from geodata.errors import BoundariesMissingError

_REMEDY = "copy the boundaries anew: `quality-atlas copy --to postgresql://…`"
_POLYGONS, _LINES = "boundaries", "boundary_lines"


def write_boundaries(connection: Connection, stored: BoundaryData) -> None:
    """Fill the empty tables of a database."""
    _write(connection, _POLYGONS, COLUMNS, stored.boundaries)
    _write(connection, _LINES, LINE_COLUMNS, stored.lines)
    connection.execute(
        text("insert into boundary_provenance (map_number, document) values (:number, :document)"),
        {"number": stored.map_number, "document": stored.document},
    )


def read_boundaries(connection: Connection, where: str) -> BoundaryData:
    """Read polygons and lines in the order they were written in, and check them.

    Args:
        connection: an open transaction.
        where: the database's address for messages.

    Raises:
        BoundariesMissingError: where the tables are empty.
        BoundariesInvalidError: where they break one of their promises.
    """
    boundaries = _read(connection, _POLYGONS, COLUMNS)
    lines = _read(connection, _LINES, LINE_COLUMNS)
    provenance = connection.execute(
        text("select map_number, document from boundary_provenance")
    ).first()
    if boundaries.empty or provenance is None:
        raise BoundariesMissingError(f"{where}: found no boundaries, expected them; {_REMEDY}")
    check_boundaries(boundaries, where, _REMEDY)
    check_lines(lines, where, _REMEDY)
    return BoundaryData(boundaries, lines, provenance.map_number, provenance.document)


def _write(
    connection: Connection, table: str, columns: tuple[str, ...], frame: gpd.GeoDataFrame
) -> None:
    names = ", ".join(columns)
    places = ", ".join(_place(column) for column in columns)
    statement = text(
        f"insert into {table} (position, {names}) values (:position, {places})"  # noqa: S608
    )
    data = frame[list(columns)].drop(columns="geometry").to_dict("records")
    shapes = shapely.to_wkb(frame.geometry.to_numpy())
    rows: list[dict[str, Any]] = [
        {"position": position, **cells, "geometry": bytes(shape)}
        for position, (cells, shape) in enumerate(zip(data, shapes, strict=True))
    ]
    if rows:
        connection.execute(statement, rows)


def _place(column: str) -> str:
    return "ST_GeomFromWKB(:geometry, 4326)" if column == "geometry" else f":{column}"


def _read(connection: Connection, table: str, columns: tuple[str, ...]) -> gpd.GeoDataFrame:
    data = [column for column in columns if column != "geometry"]
    rows = connection.execute(
        text(
            f"select {', '.join(data)}, ST_AsBinary(geometry) as geometry "  # noqa: S608
            f"from {table} order by position"
        )
    ).all()
    shapes = shapely.from_wkb([bytes(row.geometry) for row in rows])
    cells = {name: [getattr(row, name) for row in rows] for name in data}
    return gpd.GeoDataFrame(cells, geometry=shapes, crs=CRS)
