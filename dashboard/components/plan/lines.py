"""The lines of the plan, strand by strand: what is to be done, by whom, until when, and whether measures moved."""

from collections.abc import Sequence
from html import escape
from typing import Final

from dashboard.analysis.wording import short_day
from dashboard.components.board.board import strand_heading
from dashboard.components.layout.links import html_link
from dashboard.components.plan.shown import PAGE
from dashboard.readings.action_plan import Due, PlanLine
from dashboard.words.action_plan import STATUS_WORDS, lead_words, moved_together, short_due
from data_access.measures.definition import Strand

_TAGS: Final = {Due.OVERDUE: "missed", Due.SOON: "due", Due.DONE: "met"}


HEAD_HTML: Final = (
    '<div class="plan-line plan-head" aria-hidden="true"><p>Line</p><p>What is to be done, and who leads it</p>'
    "<p>Deadline</p><p>Latest report</p><p>Its measures since it began</p></div>"
)


def lines_html(strand: Strand, lines: Sequence[PlanLine]) -> str:
    """Return the lines of a strand under its name."""
    return f"{strand_heading(strand)}{''.join(_line_html(line) for line in lines)}"


def due_tag(line: PlanLine, words: str) -> str:
    """Return words about a line's deadline as a tag of its colour."""
    kind = f" tag-{_TAGS[line.due]}" if line.due in _TAGS else ""
    return f'<span class="tag{kind}">{escape(words)}</span>'


def _line_html(line: PlanLine) -> str:
    action = line.action
    moved = moved_together(line)
    latest = action.updates[0] if action.updates else None
    told = "" if latest is None else f"{short_day(latest.dated_on)} {latest.dated_on.year}: {latest.words}"
    # a status that the deadline's tag says already is not said again
    status = "" if line.due in (Due.DONE, Due.STOPPED) else STATUS_WORDS[action.status]
    lead = f"<b>{escape(lead_words(action))}</b>" if line.lacks_lead else escape(lead_words(action))
    return (
        f'<div class="plan-line"><p class="number">{escape(action.action_id)}</p>'
        f'<p class="title">{html_link(PAGE, action.title, line=action.action_id)}<small>{lead}</small></p>'
        f'<p class="due">{due_tag(line, short_due(line))}<small>{status}</small></p>'
        f'<p class="latest"><b class="unseen">Latest report: </b>{escape(told) or "–"}</p>'
        f'<p class="moved"><b class="unseen">Its measures since it began: </b>{escape(moved) or "no measure"}</p>'
        "</div>"
    )
