"""The tables of the database, by subject. Whichever of them is imported first, METADATA knows them all."""

from data_access.database.schema import case_tables, decisions, figures, loads, published, quality, signed_weeks

__all__ = ["case_tables", "decisions", "figures", "loads", "published", "quality", "signed_weeks"]
