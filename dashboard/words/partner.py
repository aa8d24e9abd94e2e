"""The partner of a measure: what shows the harm of meeting it badly."""

from collections.abc import Mapping

from dashboard.readings.measure_views import MeasureView
from dashboard.words.cases import waiting_told
from dashboard.words.phrases import told_of, value_of
from data_access.vocabulary import TargetState, Variation


def partner_of(view: MeasureView, every: Mapping[str, MeasureView]) -> MeasureView | None:
    """Return the partner of a measure where it shows a concern, or someone waits there; None where not.

    `every` are the measures by id; a partner that is not among them says nothing.
    """
    partner = None if view.definition.partner is None else every.get(view.definition.partner)
    return partner if partner is not None and (partner.judgement.is_concern or partner.waiting) else None


def partner_words(view: MeasureView, every: Mapping[str, MeasureView]) -> str:
    """Return what `partner_of` shows, in words; empty where it is silent."""
    partner = partner_of(view, every)
    if partner is None:
        return ""
    if partner.judgement.is_concern:
        return f"Its partner: {partner.definition.title} {value_of(partner.judgement)}, a concern."
    return f"Its partner: {waiting_told(partner.definition, partner.waiting_children, partner.waiting_longest)}."


def looks_good(view: MeasureView) -> bool:
    """Return whether a figure is good news at first sight: better than it was, or its target met."""
    improving = view.judgement.variation is Variation.IMPROVEMENT and not view.judgement.is_concern
    return improving or view.judgement.target_state is TargetState.MET


def told_with_partner(view: MeasureView, every: Mapping[str, MeasureView]) -> str:
    """Return the sentence without title and value, with what its partner shows where the figure looks good."""
    partner = partner_words(view, every) if looks_good(view) else ""
    return f"{told_of(view)} {partner}" if partner else told_of(view)
