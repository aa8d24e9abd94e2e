"""What to do, from the pair of variation and assurance, in plain words.

Nothing here excuses a child from being acted on today: wherever late cases are still open, they come first.
"""

from typing import TYPE_CHECKING

from data_access.vocabulary import Assurance, TargetState, Variation

if TYPE_CHECKING:
    from dashboard.analysis.judgement import Judgement

ACT_TODAY = "Act on each of these children today."

_STEADIER = "Make the {period}s more alike, or move the average."
_LOOK = "Look at the cases one by one"
_ASK = "Look at each team, and ask its manager what lies behind its figure"
"""What to do in place of looking at cases that the reader may not list."""
_PAIRS = {
    (Variation.CONCERN, Assurance.FAIL): "Escalate, and agree an action plan.",
    (Variation.CONCERN, Assurance.HIT_OR_MISS): f"Find the cause. {_STEADIER}",
    (Variation.CONCERN, Assurance.PASS): "Find the cause before it costs the target.",
    (Variation.CONCERN, Assurance.NONE): "Find the cause.",
    (Variation.COMMON_CAUSE, Assurance.FAIL): (
        "To move the figure, change the process: single good or bad {period}s say nothing."
    ),
    (Variation.COMMON_CAUSE, Assurance.HIT_OR_MISS): _STEADIER,
    (Variation.COMMON_CAUSE, Assurance.PASS): "Keep it so.",
    (Variation.COMMON_CAUSE, Assurance.NONE): "To move the figure, change the process.",
    (Variation.IMPROVEMENT, Assurance.FAIL): "Keep going, and set the next milestone.",
    (Variation.IMPROVEMENT, Assurance.HIT_OR_MISS): f"Keep going. {_STEADIER}",
    (Variation.IMPROVEMENT, Assurance.PASS): (
        "Learn from it, and consider new limits from the date of the change (a rebase)."
    ),
    (Variation.IMPROVEMENT, Assurance.NONE): "Learn from it, and keep going.",
    (Variation.NEITHER, Assurance.NONE): "Find out what changed, and whether it is wanted.",
    (Variation.TOO_FEW, Assurance.NONE): "{look}: there are too few {period}s for limits.",
    (Variation.NOT_JUDGED, Assurance.NONE): "{look}.",
}


def advice(judgement: "Judgement") -> str:
    """What to do, in a few sentences. Begins with the waiting children wherever there are any."""
    variation = Variation.CONCERN if judgement.is_concern else judgement.variation
    if judgement.latest is None:
        told = "Find out why there is no settled figure."
    else:
        look = _LOOK if judgement.lists_cases else _ASK
        told = _PAIRS[variation, judgement.assurance].format(period=judgement.subject.period, look=look)
    if judgement.is_moved_by_doubt:
        told = f"Correct the rows in doubt, so that the figure is sure. {told}"
    latest = judgement.latest
    if judgement.target_state is TargetState.UNCERTAIN and latest is not None and latest.point.is_incomplete:
        told = f"Record what is missing, so that the figure can be worked out. {told}"
    return f"{ACT_TODAY} {told}" if judgement.waiting else told
