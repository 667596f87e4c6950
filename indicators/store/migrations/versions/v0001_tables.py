"""The tables, the files they were copied from, and the history."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_NUMBERS = ("minimum", "maximum", "value", "value_upper")
_WHOLE_NUMBERS = ("first_year", "last_year", "number", "published", "year")
_DEPARTMENTS = "departments_lead departments_participating"
_TABLES = {
    "indicators": (
        "indicator_id name_zh name_en domain unit direction kind intensive levels minimum maximum"
    ),
    "sources": "source_id publisher title url",
    "plans": (
        "plan_id adcode name_zh name_en published first_year last_year period_basis_zh "
        "period_basis_en map_number"
    ),
    "targets": (
        "plan_id adcode indicator_id year comparator value value_upper unit kind clause "
        f"{_DEPARTMENTS} scope_zh scope_en audience"
    ),
    "milestones": (
        f"plan_id adcode milestone_id year domain title_zh title_en clause {_DEPARTMENTS}"
    ),
    "tasks": (
        f"plan_id task_id number title_zh title_en summary_zh summary_en clause {_DEPARTMENTS}"
    ),
    "observations": ("adcode indicator_id period value qualifier quality source_id note audience"),
    "departments": "plan_id name_zh name_en",
    "breaks": "indicator_id adcode first_period note_zh note_en source_id",
    "note_translations": "note note_zh note_en",
    "corrections": (
        "table adcode indicator_id period source_id column expected_wrong right reason_zh "
        "reason_en evidence_source_id"
    ),
}


def upgrade() -> None:
    """Make the tables."""
    for name, columns in _TABLES.items():
        op.create_table(
            name,
            sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
            *(_column(column) for column in columns.split()),
            sa.Column("written", JSONB),
        )
    op.create_table("base", sa.Column("version", sa.Text, nullable=False))
    op.create_table(
        "base_file",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "revision",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("time", sa.DateTime(timezone=True), nullable=False),
        sa.Column("base", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("file_name", sa.Text),
        sa.Column("file_sha256", sa.Text),
        sa.Column("reverts", sa.Integer),
    )
    op.create_table(
        "change",
        sa.Column("revision", sa.Integer, sa.ForeignKey("revision.number"), primary_key=True),
        sa.Column("index", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("table_name", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("before", JSONB),
        sa.Column("after", JSONB),
    )


def downgrade() -> None:
    """Remove the tables with all they hold."""
    for name in ("change", "revision", "base_file", "base", *reversed(_TABLES)):
        op.drop_table(name)


def _column(name: str) -> "sa.Column[Any]":
    # An empty cell of text is an empty text; an empty number is no number.
    if name in _NUMBERS:
        return sa.Column(name, sa.Numeric)
    if name in _WHOLE_NUMBERS:
        return sa.Column(name, sa.Integer)
    return sa.Column(name, sa.Text, nullable=False)
