"""How many examples a property is tried with."""

import os


def examples(*, test: int, soak: int) -> int:
    """Return the number for `make test`, or for `make soak`, which sets the profile of that name."""
    return soak if os.environ.get("HYPOTHESIS_PROFILE") == "soak" else test
