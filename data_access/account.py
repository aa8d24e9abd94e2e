"""Who acts, where nobody has signed in: the account of the machine."""

import getpass


def this_account() -> str:
    """Return the account of the machine under which the program runs."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "an account without a name"
