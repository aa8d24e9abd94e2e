"""Which measures have nothing to say this week: rows that may be closed, so that the others are seen."""

from dashboard.readings.measure_views import MeasureView
from dashboard.words.attention_lines import is_unknown, never_had_a_case
from dashboard.words.phrases import variation_of
from data_access.vocabulary import Assurance, TargetState, Variation

_QUIET = (Variation.COMMON_CAUSE, Variation.NOT_JUDGED)
_KEPT_OR_NONE = (TargetState.MET, TargetState.NO_TARGET, TargetState.REFERENCE)


def is_steady(view: MeasureView, partner: str) -> bool:
    """Return whether a measure has nothing to say; `partner` are its partner's words, empty where it is silent.

    No real change, a target met or none, nobody waiting, nothing of it unknown; or never a case at all. A figure that
    says what stands, such as children without a social worker, is steady at 0 alone.
    """
    judgement = view.judgement
    if never_had_a_case(view) and not (partner or view.waiting):
        return True
    if view.definition.headline or partner or view.waiting or is_unknown(view) or view.why_none is not None:
        return False
    if view.definition.adding_up.stands and judgement.latest is not None and judgement.latest.point.value:
        return False
    holds = judgement.target_state in _KEPT_OR_NONE and judgement.assurance is not Assurance.FAIL
    return variation_of(view) in _QUIET and holds and not judgement.is_moved_by_doubt
