"""Who reads and acts, where nobody has signed in: the account of the machine, with every role."""

from data_access.account import this_account
from data_access.actor import Actor


def current_actor() -> Actor:
    """Return who reads this page, on the reader's own machine; the record names the app and the account."""
    return Actor.of_this_machine(f"the app ({this_account()})")


def command_line_actor() -> Actor:
    """Return who runs a command."""
    return Actor.of_this_machine(this_account())
