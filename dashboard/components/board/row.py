"""A row of the board as HTML: a measure's title, sentence, figure, picture, judgement and target, with links."""

import re
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Final

from dashboard.analysis.judgement import JudgedPoint
from dashboard.analysis.sentences import alternative_text, assurance_words, target_tag
from dashboard.analysis.wording import figure, goal
from dashboard.charts.sparkline import as_image, sparkline
from dashboard.charts.theme import Look
from dashboard.components.layout.doubt_link import doubt_html
from dashboard.components.layout.icons import assurance_icon, variation_icon
from dashboard.components.layout.links import html_link
from dashboard.readings.measure_views import MeasureView
from dashboard.words.phrases import (
    NOTHING,
    change_of,
    counts_of,
    is_step,
    left_out_of,
    period_of_latest,
    short_period,
    target_of,
    value_of,
    variation_of,
    year_to_date,
)
from data_access.vocabulary import Period, TargetState

_TAGS: Final = {TargetState.MET: "✓", TargetState.MISSED: "✕", TargetState.DUE: "◷"}
_NO_JUDGEMENT: Final = '<span aria-hidden="true">–</span><b>no judgement</b>'
_NUMBER_AND_UNIT: Final = re.compile(r"^([\d.,]+)( \D+)$")
_POINTS_OF_A_YEAR: Final = 2


@dataclass(frozen=True)
class Place:
    """Where a row stands: the team and week (a Monday) that its links keep, and the reader's look."""

    team: str | None
    week: date | None
    look: Look


def row_html(view: MeasureView, place: Place, *, told: str, lists_cases: bool) -> str:
    """Return a row, large for a headline measure. Every cell says in words what it is, for those who hear it.

    `told` is its sentence; `lists_cases`: whether the reader may list cases of the measure.
    """
    definition, size = view.definition, "" if view.definition.headline else " compact"
    title = html_link("measure", definition.title, measure=definition.id, team=place.team, week=place.week)
    beneath = (_left_out(view, place, lists_cases), doubt_html(view, team=place.team, week=place.week))
    notes = "".join(f"<span>{note}</span>" for note in beneath if note)
    return (
        f'<div class="row row_{definition.id}{size}"><p class="title">{title}</p><p class="told">{escape(told)}</p>'
        f'<div class="cells">{_cells(view, place.look)}</div>{_notes(notes)}</div>'
    )


def _notes(notes: str) -> str:
    return f'<p class="notes">{notes}</p>' if notes else ""


def _cells(view: MeasureView, look: Look) -> str:
    judgement = view.judgement
    counts, year, assurance = counts_of(view), year_to_date(view), _assurance(view, look)
    value = _NUMBER_AND_UNIT.sub(r"\1<small>\2</small>", escape(value_of(judgement)))
    cells = (
        ("value", "Latest", value),
        ("period", "Period", f"{f'{escape(counts)}<br>' if counts else ''}{escape(period_of_latest(judgement))}"),
        (_named("year", year), "Year to date", escape(year)),
        ("spark", "", _picture(view, look)),
        ("change", "Change", _change(view, look)),
        ("target", "Target", _target(view)),
        (_named("assurance", assurance), "Can it be met?", assurance or _NO_JUDGEMENT),
    )
    return "".join(
        f'<div class="{name}">{f"<b>{label}: </b>" if label else ""}{content}</div>' for name, label, content in cells
    )


def _named(name: str, told: str) -> str:
    """Return the class of a cell; a cell that says nothing is left out where there is little room."""
    return f"{name} nothing" if told in ("", NOTHING) else name


def _left_out(view: MeasureView, place: Place, lists_cases: bool) -> str:
    """Return how many cases could not be worked out, as a link to them where they may be listed."""
    left_out = left_out_of(view)
    if not left_out:
        return ""
    told = f"{left_out:,} could not be worked out"
    if not lists_cases:
        return told
    measure = view.definition.id
    return html_link("cases", told, measure=measure, team=place.team, week=place.week, show="not_computable")


def _picture(view: MeasureView, look: Look) -> str:
    """Return the picture of the last periods; of yearly points, too few for a line, the last figures themselves."""
    judgement = view.judgement
    if judgement.subject.period is Period.YEAR:
        known = [each for each in judgement.points if each.point.value is not None][-_POINTS_OF_A_YEAR:]
        return "".join(f"<span>{_year(each, view)}</span>" for each in known)
    alternative = alternative_text(judgement) if view.why_none is None else f"{view.sentence}."
    return f'<img src="{as_image(sparkline(judgement, look))}" alt="{escape(alternative)}">'


def _year(each: JudgedPoint, view: MeasureView) -> str:
    subject, point = view.judgement.subject, each.point
    so_far = " so far" if point.partial else ""
    return escape(f"{short_period(point.start, subject.period)} {figure(point.value or 0.0, subject)}{so_far}")


def _change(view: MeasureView, look: Look) -> str:
    words = escape(change_of(view))
    return words if is_step(view) else f'<img src="{variation_icon(variation_of(view), look)}" alt="">{words}'


def _target(view: MeasureView) -> str:
    judgement, state = view.judgement, view.judgement.target_state
    if state is TargetState.REFERENCE and judgement.target is not None:
        return f"reference {escape(goal(judgement.target, judgement.subject))}"
    tag, aim = target_tag(judgement), escape(target_of(judgement))
    if tag is None:
        return aim
    sign = f'<span aria-hidden="true">{_TAGS[state]}</span> ' if state in _TAGS else ""
    return f'{aim} <span class="tag tag-{state}">{sign}{escape(tag)}</span>'


def _assurance(view: MeasureView, look: Look) -> str:
    icon = assurance_icon(view.judgement.assurance, look)
    if icon is None:
        return ""
    return f'<img src="{icon}" alt="">{assurance_words(view.judgement)}'
