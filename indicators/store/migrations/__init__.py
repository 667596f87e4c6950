"""The steps by which the database's schema came about, run by Alembic."""
