"""How many examples a property is tried with."""

import os


def is_soak() -> bool:
    """Return whether the run is `make soak`, which sets the profile of that name."""
    return os.environ.get("HYPOTHESIS_PROFILE") == "soak"


def examples(*, test: int, soak: int) -> int:
    """Return the number for `make test`, or for `make soak`."""
    return soak if is_soak() else test
