"""What every extract's dates have in common: which come after which, and which tell of things that have happened."""

from typing import Final

IN_ORDER: Final[dict[tuple[str, str], str]] = {
    ("from", "to"): "whose last day lies before the first",
    ("opened", "closed"): "closed before being opened",
    ("started_at", "ended_at"): "over before they began",
    ("received_at", "decided_at"): "decided before being received",
    ("received_at", "closed_on"): "closed before being received",
    ("received_at", "screened_at"): "screened before being received",
    ("started_on", "completed_on"): "completed before being started",
    ("started_on", "terminated_on"): "terminated before being started",
    ("started_on", "closed_on"): "closed before being started",
    ("offered_on", "declined_on"): "declined before being offered",
    ("strategy_discussion_on", "ended_on"): "ended before their strategy discussion",
    ("received_on", "answered_on"): "answered before being received",
    ("held_on", "recorded_on"): "recorded before being held",
    ("decided_at", "referrer_told_at"): "whose referrer was told before the decision",
    ("audited_on", "action_due_on"): "whose action was due before the audit",
    ("audited_on", "action_closed_on"): "whose action was closed before the audit",
}
"""Pairs of columns of which the second never lies before the first, and how rows are called in which it does."""

HAPPENED: Final = (
    "received_at", "decided_at", "started_on", "completed_on", "terminated_on", "closed_on", "held_on", "made_on",
    "recorded_on", "audited_on", "screened_at", "child_seen_on", "referrer_told_at", "strategy_discussion_on",
    "received_on", "action_closed_on",
)  # fmt: skip
"""Columns that tell of what has happened, and so never lie after the day on which an extract was taken."""

ENDS: Final = (
    "closed", "to", "closed_on", "completed_on", "terminated_on", "ended_on", "ended_at", "declined_on",
    "answered_on", "action_closed_on",
)  # fmt: skip
"""Columns that end something which otherwise stands open: a team, a spell, a case, an assessment, a complaint, an
action of an audit.

Where such a cell can't be read the row is refused: left blank, it would make what has ended go on.
"""
