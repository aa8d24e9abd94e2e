"""Field names in words: `decided_by_role` is spoken as "decided by role"."""

import re
from typing import Final

_ENDING: Final = re.compile(r"_(at|on|id)$")


def spoken(field: str) -> str:
    """Return a column's heading as words: "child seen" for `child_seen_on`, "referral" for `referral_id`."""
    return _ENDING.sub("", field).replace("_", " ")
