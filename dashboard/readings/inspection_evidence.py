"""Inspection evidence: each finding with its measures and actions now, what is still not good, and who disagrees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dashboard.readings.measure_views import MeasureView, measure_views
from dashboard.readings.reading import Reading
from data_access.decisions.reads.action_plan import PlannedAction, action_plan
from data_access.queries.findings import Finding, findings
from data_access.vocabulary import Assurance, TargetState


class Stands(StrEnum):
    """How a finding stands now."""

    GOOD = "good"
    """Every measure of it has a figure, none is not good, and nothing else is said not to be."""
    NOT_GOOD = "not_good"
    NOT_TOLD = "not_told"
    """Nothing is not good, and a measure has no figure."""
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class Evidence:
    """A finding with the views of its measures, the findings of other sources that say otherwise, and the actions of
    the plan that should show in one of those measures.
    """

    finding: Finding
    views: tuple[MeasureView, ...]
    against: tuple[Finding, ...]
    actions: tuple[PlannedAction, ...]

    @property
    def not_good(self) -> tuple[MeasureView, ...]:
        """Return the measures that are not good now: see `is_not_good`."""
        return tuple(view for view in self.views if is_not_good(view))

    @property
    def is_open(self) -> bool:
        """Return whether something is still not good, by a measure or in the words of the finding."""
        return bool(self.not_good or self.finding.still_not_good)

    @property
    def stands(self) -> Stands:
        """Return how the finding stands now."""
        if self.is_open:
            return Stands.NOT_GOOD
        if not self.views:
            return Stands.OUT_OF_SCOPE
        has_figures = all(view.why_none is None and view.judgement.latest is not None for view in self.views)
        return Stands.GOOD if has_figures else Stands.NOT_TOLD


def is_not_good(view: MeasureView) -> bool:
    """Return whether a measure is not good now: a concern, a target missed or out of reach, or cases that wait."""
    judgement = view.judgement
    return (
        judgement.is_concern
        or judgement.target_state is TargetState.MISSED
        or judgement.assurance is Assurance.FAIL
        or judgement.waiting > 0
    )


def inspection_evidence(
    reading: Reading, *, team: str | None = None, up_to: date | None = None
) -> tuple[Evidence, ...]:
    """Return every finding with its measures, of a team or the whole, up to a day (None: to the latest).

    Raise QueryProblem for a team that there is not, or that the reader may not see.
    """
    listed = findings(reading.scope, reading.connection)
    named = list(dict.fromkeys(name for finding in listed for name in finding.measures))
    views = {view.definition.id: view for view in measure_views(reading, named, team=team, up_to=up_to)}
    return _together(listed, views, action_plan(reading.scope, reading.connection))


def _together(
    listed: Sequence[Finding], views: Mapping[str, MeasureView], actions: Sequence[PlannedAction]
) -> tuple[Evidence, ...]:
    by_reference = {finding.reference: finding for finding in listed}
    against: dict[str, dict[str, Finding]] = {finding.reference: {} for finding in listed}
    for finding in listed:
        other = by_reference.get(finding.disagrees_with or "")
        if other is not None and other is not finding:
            against[finding.reference][other.reference] = other
            against[other.reference][finding.reference] = finding
    return tuple(
        Evidence(
            finding,
            tuple(views[name] for name in finding.measures),
            tuple(against[finding.reference].values()),
            tuple(action for action in actions if not set(finding.measures).isdisjoint(action.measures)),
        )
        for finding in listed
    )
