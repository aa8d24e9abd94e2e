"""Inspection evidence in words: how findings stand, and each of their measures. Data in, text out."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from dashboard.analysis.wording import ASSURANCE_WORDS, VARIATION_WORDS, day
from dashboard.readings.inspection_evidence import Evidence, Stands, is_not_good
from dashboard.readings.measure_views import MeasureView
from dashboard.words.loads import counted
from dashboard.words.phrases import variation_of
from data_access.queries.findings import Finding
from data_access.vocabulary import Assurance

KINDS: Final[Mapping[str, str]] = {
    "priority_action": "Priority action",
    "to_improve": "To improve",
    "recommendation": "Recommendations",
    "strength": "Strengths",
}
"""The kinds of finding, in the order in which they are told."""
STANDS: Final[Mapping[Stands, str]] = {
    Stands.GOOD: "No concern now",
    Stands.NOT_GOOD: "Still not good",
    Stands.NOT_TOLD: "Not to be told",
    Stands.OUT_OF_SCOPE: "Out of scope",
}
"""How a finding stands, in the order in which it is counted."""
HOW_IT_STANDS: Final = (
    "No concern now: no measure of the finding shows a concern, misses its target or has cases that wait past their "
    "limit, and nothing else is said to be still not good. Not to be told: a measure of it has no figure. Out of "
    "scope: no measure can show it, and the finding says why."
)


def summary_words(every: Sequence[Evidence]) -> str:
    """Return how many findings there are by source, how many are still not good, and how many no measure shows."""
    sources = "; ".join(
        f"{source}: {counted(len(list(group)), 'finding')}"
        for source, group in groupby(every, key=lambda each: each.finding.source)
    )
    still = sum(each.is_open for each in every if each.finding.kind != "strength")
    out = sum(not each.views for each in every)
    return (
        f"{sources}. Of what was to improve, {counted(still, 'finding has', 'findings have')} something still not "
        f"good; {out} can't be shown by any measure, and say why."
    )


def source_words(finding: Finding) -> str:
    """Return whose finding it is, and of which day: "Ofsted, 17 December 2009"."""
    return f"{finding.source}, {day_words(finding.reported_on)}"


def day_words(on: date) -> str:
    """Return a day with its year: "17 December 2009"."""
    return f"{day(on)} {on.year}"


def verdict_words(view: MeasureView, areas: Sequence[tuple[str, str]]) -> str:
    """Return what a measure of a finding comes to, with published figures of other areas (area and year, figure)."""
    verdict = [VARIATION_WORDS[variation_of(view)]]
    if view.judgement.assurance is not Assurance.NONE:
        verdict.append(ASSURANCE_WORDS[view.judgement.assurance])
    verdict += [f"{area} {value}" for area, value in areas]
    if is_not_good(view):
        verdict.append(STANDS[Stands.NOT_GOOD])
    return " · ".join(verdict)


def audited_words(view: MeasureView) -> str:
    """Return how many audits were asked in twelve months, and what they said; empty for what no audit asks."""
    asked, met = (int(view.headline.get(f"12m_{name}") or 0) for name in ("denominator", "numerator"))
    if view.definition.requires != ("audits",) or not view.definition.adding_up.is_share or not asked:
        return ""
    return (
        f"Audits: {counted(asked, 'file was', 'files were')} read for this in twelve months, {met} as it should be."
    )
