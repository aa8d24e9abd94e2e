"""The sentence of a judgement as it may leave the service: with no number that its row does not show."""

from dataclasses import replace

from dashboard.analysis.judgement import Judgement
from data_access.vocabulary import TargetState


def public_sentence(judgement: Judgement) -> str | None:
    """Return the sentence without numbers of other periods and without how many wait; None where that leaves nothing.

    The year so far, the means before and since a change and the pace are worked out from periods that may be hidden;
    a range tells how many cases could not be worked out. That children wait is said, never how many.
    """
    if judgement.latest is None or judgement.target_state is TargetState.UNCERTAIN:
        return None
    if judgement.latest.point.value_range is not None:
        return None
    plain = replace(
        judgement,
        segments=tuple(replace(segment, begun_by=None) for segment in judgement.segments),
        target=None if judgement.year is not None else judgement.target,
        pace=None,
        year=None,
        year_end=None,
        waiting=0,
    )
    return f"{plain.sentence}; some still waiting" if judgement.waiting else plain.sentence
