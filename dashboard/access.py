"""Who is reading, and what they may see."""

from data_access.scope import Scope


def current_scope() -> Scope:
    """Return what the reader of this page may see: everything, on the reader's own machine."""
    return Scope.everything()
