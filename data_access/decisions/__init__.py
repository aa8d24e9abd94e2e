"""What people decide: append-only revisions beside the case tables, which no load, rebuild or upgrade changes."""

from data_access.decisions.deciding import decide, decide_all
from data_access.decisions.decision import Decision
from data_access.decisions.kinds import KINDS, kind_named
from data_access.decisions.revisions import Revision, history
from data_access.decisions.standing import Origin, Standing
from data_access.decisions.what_stands import standing

__all__ = [
    "KINDS",
    "Decision",
    "Origin",
    "Revision",
    "Standing",
    "decide",
    "decide_all",
    "history",
    "kind_named",
    "standing",
]
