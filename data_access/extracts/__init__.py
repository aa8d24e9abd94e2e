"""What a council hands over: every extract with its columns and their meaning.

This is the one place where extracts are described. The database tables, the loader's checks, the templates and
the format page for councils (`format.md`) are all made from it.
"""

from data_access.extracts.contract import NO_TEAM, Column, Extract, Kind
from data_access.extracts.registry import EXTRACTS, extract_named

__all__ = ["EXTRACTS", "NO_TEAM", "Column", "Extract", "Kind", "extract_named"]
