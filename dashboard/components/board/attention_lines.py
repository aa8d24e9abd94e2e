"""What needs attention, in lines: children who wait first, each with whom to ask and where to look."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dashboard.components.board.partner import partner_words
from dashboard.components.layout.phrases import told, value_of
from dashboard.readings.measure_views import MeasureView
from dashboard.words.cases import waiting_told
from data_access.measures.definition import Key
from data_access.vocabulary import Assurance, TargetState

_NAMED: Final = 3
"""How many measures are named of those that there is no line for."""


@dataclass(frozen=True)
class Line:
    """One line: the words that stand out, the rest, and what to ask.

    The words that stand out lead to the cases that wait where it `tells_who_waits`, else to the page of the measure.
    """

    view: MeasureView
    subject: str
    words: str
    question: str
    tells_who_waits: bool = False


def attention_lines(views: Sequence[MeasureView], every: Mapping[str, MeasureView] | None = None) -> list[Line]:
    """Return everything that needs attention, the most pressing first; `every` are all measures by id, for partners.

    Children who wait come first, those of the headline measures before others; then concerns, those that cannot meet
    their target before the others; then what cannot meet its target, unless its waiting children stand there already;
    then what cannot be told.
    """
    lines = [
        *(_waiting(view) for view in sorted(_told_once(views), key=_pressing)),
        *_concerns(views),
        *(_failing(view) for view in views if not view.judgement.is_concern and not view.waiting and _fails(view)),
        *(_unknown(view) for view in views if is_unknown(view)),
    ]
    return [_with_partner(line, every or {}) for line in lines]


def _told_once(views: Iterable[MeasureView]) -> list[MeasureView]:
    """Return the measures whose cases wait, without those whose every case waits for the same in another of them.

    A referral without a decision waits past 24 hours and past a working day; it is told once, where most are told.
    """
    waits = [view for view in views if view.waiting]
    told: dict[str, MeasureView] = {}
    for view in sorted(waits, key=lambda view: -view.waiting):
        if not any(_tells_of(other, view) for other in told.values()):
            told[view.definition.id] = view
    return [view for view in waits if view.definition.id in told]


def _tells_of(other: MeasureView, view: MeasureView) -> bool:
    """Return whether all cases that wait in a measure wait for the same in another.

    Spells of two stocks end by themselves, each for its own reason: they never wait for the same.
    """
    same = other.definition.blank_while_open == view.definition.blank_while_open
    stands = other.definition.adding_up.stands or view.definition.adding_up.stands
    return same and not stands and bool(view.waiting_cases) and {*view.waiting_cases} <= {*other.waiting_cases}


def _pressing(view: MeasureView) -> tuple[bool, bool]:
    return not view.definition.headline, view.definition.key != Key.CHILD


def _waiting(view: MeasureView) -> Line:
    who, _, longest = waiting_told(view.definition, view.waiting_children, view.waiting_longest).partition(";")
    question = "who acts on it today?" if view.waiting == 1 else "who acts on them today?"
    return Line(view, who, f";{longest}." if longest else ".", question, tells_who_waits=True)


def _concerns(views: Sequence[MeasureView]) -> Iterator[Line]:
    concerning = [view for view in views if view.judgement.is_concern]
    for view in sorted(concerning, key=lambda view: view.judgement.assurance is not Assurance.FAIL):
        yield _line(view, "what has changed?")


def _failing(view: MeasureView) -> Line:
    return _line(view, "what will change?")


def _fails(view: MeasureView) -> bool:
    """Return whether a target cannot be met; one still due whose day the pace will reach needs nobody's attention."""
    judgement = view.judgement
    if judgement.assurance is not Assurance.FAIL:
        return False
    if judgement.target_state is TargetState.DUE:
        return not judgement.is_on_pace
    return judgement.target_state is TargetState.MISSED


def is_unknown(view: MeasureView) -> bool:
    """Return whether nothing is known of what could be; what a format can't tell, nobody can go and find."""
    last = view.judgement.last
    unknown = view.judgement.latest is None or (last is not None and last.value is None)
    return view.lacking is None and (unknown or bool(view.gaps))


def _unknown(view: MeasureView) -> Line:
    if view.why_none is not None:
        why = view.why_none
        return Line(view, view.definition.title, f": {why[:1].lower()}{why[1:]}.", "who sends it?")
    return _line(view, "what is missing?")


def _line(view: MeasureView, question: str) -> Line:
    value = value_of(view.judgement)
    subject = view.definition.title if view.judgement.latest is None else f"{view.definition.title} {value}"
    words = told(view.judgement)
    return Line(view, subject, f": {words[:1].lower()}{words[1:]}" if words else ".", question)


def _with_partner(line: Line, every: Mapping[str, MeasureView]) -> Line:
    partner = partner_words(line.view, every)
    return replace(line, words=f"{line.words} {partner}") if partner else line


def left_out_words(lines: Sequence[Line]) -> str:
    """Return how many lines are left out and of which measures: "7 more: CAFs started, Complaints and 5 others"."""
    titles = list(dict.fromkeys(line.view.definition.title for line in lines))
    named = titles if len(titles) <= _NAMED + 1 else titles[:_NAMED]
    others = len(titles) - len(named)
    if others:
        return f"{len(lines)} more: {', '.join(named)} and {others} others"
    return f"{len(lines)} more: {' and '.join([', '.join(named[:-1]), named[-1]] if len(named) > 1 else named)}"
