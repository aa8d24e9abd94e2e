"""The steps that bring a database to the schema of this program (Alembic)."""
