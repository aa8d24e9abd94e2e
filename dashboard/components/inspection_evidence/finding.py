"""A finding as HTML: what was found, how each of its measures stands, and the way to cases and a sample of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from dashboard.analysis.wording import short_day
from dashboard.components.layout.filters import Choice
from dashboard.components.layout.links import html_link
from dashboard.readings.action_plan import PlanLine
from dashboard.readings.inspection_evidence import Evidence, is_not_good
from dashboard.readings.measure_views import MeasureView
from dashboard.words.action_plan import short_due
from dashboard.words.inspection_evidence import verdict_words
from data_access.queries.findings import Finding

_SAMPLE: Final = 5


@dataclass(frozen=True)
class ShownMeasure:
    """A measure of a finding, published figures of other areas (area and year, figure), and whether its cases may be
    listed to the reader.
    """

    view: MeasureView
    areas: Sequence[tuple[str, str]]
    lists_cases: bool


def finding_html(
    evidence: Evidence, measures: Sequence[ShownMeasure], actions: Sequence[PlanLine], choice: Choice
) -> str:
    """Return a finding with its measures and the actions of the plan for them; without any measure, the reason."""
    finding = evidence.finding
    part = "" if finding.part is None else f" {finding.part}."
    body = "".join(_measure(shown, choice) for shown in measures)
    told = f"<ul>{body}</ul>" if body else ""
    if actions:
        named = ", ".join(_action(line) for line in actions)
        told += f'<p class="actions"><b>Actions of the plan.</b> {named}</p>'
    if finding.out_of_scope is not None:
        told += f'<p class="quiet"><b>Out of scope.</b> {escape(finding.out_of_scope)}</p>'
    if finding.still_not_good is not None:
        told += f'<p class="still"><b>Still not good.</b> {escape(finding.still_not_good)}</p>'
    told += "".join(
        f'<p class="quiet"><b>{escape(other.source)} says otherwise</b> ({escape(other.reference)}). '
        f"{escape(other.words)}</p>"
        for other in evidence.against
    )
    return (
        f'<section class="finding"><h4>{escape(finding.words)}</h4>'
        f'<p class="quiet">{escape(finding.reference)}.{escape(part)}</p>{told}</section>'
    )


def disagreement_html(pair: tuple[Finding, Finding]) -> str:
    """Return two findings that disagree, side by side."""
    sides = "".join(
        f"<div><p><b>{escape(side.source)}, {short_day(side.reported_on)} {side.reported_on.year}</b> "
        f"({escape(side.reference)})</p><p>{escape(side.words)}</p></div>"
        for side in pair
    )
    return f'<div class="disagreement">{sides}</div>'


def _action(line: PlanLine) -> str:
    action, due = line.action, short_due(line)
    link = html_link(
        "action_plan", action.action_id, f"Line {action.action_id}: {action.title}", line=action.action_id
    )
    return f"{link} ({escape(due[:1].lower())}{escape(due[1:])})"


def _measure(shown: ShownMeasure, choice: Choice) -> str:
    view = shown.view
    name = view.definition.id
    at = {"measure": name, "team": choice.team, "week": choice.week}
    links = ""
    if shown.lists_cases:
        title = view.definition.title
        cases = html_link("cases", "Cases", f"Cases of {title}", **at)
        sample = html_link(
            "cases", f"Sample of {_SAMPLE}", f"Sample of {_SAMPLE} cases of {title}", sample=_SAMPLE, **at
        )
        links = f' <span class="ways">{cases} {sample}</span>'
    still = ' class="still"' if is_not_good(view) else ""
    return (
        f"<li{still}>{html_link('measure', f'{view.sentence}.', **at)} "
        f'<span class="quiet">{escape(verdict_words(view, shown.areas))}</span>{links}</li>'
    )
