"""Boundaries in PostGIS, with where they come from."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TABLES = (
    """
    create table boundaries (
        position integer primary key,
        adcode text not null,
        level text not null,
        name_zh text not null,
        short_zh text not null,
        name_en text not null,
        parent text not null,
        longitude double precision not null,
        latitude double precision not null,
        pinyin text not null,
        initials text not null,
        geometry geometry(Geometry, 4326) not null,
        unique (adcode, level)
    )
    """,
    """
    create table boundary_lines (
        position integer primary key,
        line text not null,
        name_zh text not null,
        name_en text not null,
        geometry geometry(Geometry, 4326) not null
    )
    """,
    """
    create table boundary_provenance (
        map_number text not null,
        document text not null
    )
    """,
)


def upgrade() -> None:
    """Make the tables; the extension may be there already, installed by an administrator."""
    op.execute("create extension if not exists postgis")
    for statement in _TABLES:
        op.execute(statement)
    op.execute("create index boundaries_geometry on boundaries using gist (geometry)")


def downgrade() -> None:
    """Remove the tables; the extension may serve others."""
    for name in ("boundary_provenance", "boundary_lines", "boundaries"):
        op.drop_table(name)
