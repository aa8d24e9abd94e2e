"""The partner of a measure: what shows the harm of meeting it badly."""

from collections.abc import Mapping

from dashboard.components.layout.phrases import value_of
from dashboard.readings.measure_views import MeasureView
from dashboard.words.cases import waiting_told
from data_access.vocabulary import TargetState, Variation


def partner_words(view: MeasureView, every: Mapping[str, MeasureView]) -> str:
    """Return what the partner of a measure shows where that is a concern or someone waits; empty where not.

    `every` are the measures by id; a partner that is not among them says nothing.
    """
    partner = None if view.definition.partner is None else every.get(view.definition.partner)
    if partner is None:
        return ""
    title = partner.definition.title
    if partner.judgement.is_concern:
        return f"Its partner: {title} {value_of(partner.judgement)}, a concern."
    if partner.waiting:
        who = waiting_told(partner.definition, partner.waiting_children, partner.waiting_longest)
        return f"Its partner: {who}."
    return ""


def looks_good(view: MeasureView) -> bool:
    """Return whether a figure is good news at first sight: better than it was, or its target met."""
    improving = view.judgement.variation is Variation.IMPROVEMENT and not view.judgement.is_concern
    return improving or view.judgement.target_state is TargetState.MET
