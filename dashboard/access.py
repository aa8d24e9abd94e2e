"""Who is reading, and what they may see."""

from data_access.account import this_account
from data_access.scope import Scope


def current_scope() -> Scope:
    """Return what the reader of this page may see: everything, on the reader's own machine."""
    return Scope.everything()


def may_load() -> bool:
    """Return whether the reader may load files: yes, on the reader's own machine."""
    return True


def acting_name() -> str:
    """Return under which name the record keeps what a reader does here: the app, and the account that runs it."""
    return f"the app ({this_account()})"
