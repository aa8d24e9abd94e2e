"""What needs attention, in lines: children who wait first, each with whom to ask and where to look."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dashboard.readings.measure_views import MeasureView
from dashboard.words.cases import waiting_told
from dashboard.words.partner import partner_of, partner_words
from dashboard.words.phrases import told, value_of
from data_access.measures.definition import Key
from data_access.vocabulary import Assurance, Gap, TargetState

NOTHING_STANDS_OUT: Final = "Nothing stands out: nobody waits past a limit, and no measure shows a concern."
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

    @property
    def rest(self) -> str:
        """Return what follows the words that stand out, with whom to ask what."""
        return f"{self.words} {self.asked}"

    @property
    def asked(self) -> str:
        """Return whom to ask what: "Ask Group managers: what has changed?"."""
        return f"Ask {self.view.definition.owner}: {self.question}"


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
    told = {view.definition.id for view in views}
    return [_with_partner(line, every or {}, told) for line in lines]


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

    Partners wait for the same, told in two ways. Otherwise the same is blank in both; of what stands that is the day
    on which it ended, whatever it is, and says nothing.
    """
    mine, others = view.definition, other.definition
    stands = mine.adding_up.stands or others.adding_up.stands
    same = mine.blank_while_open == others.blank_while_open and not stands
    partners = mine.partner == others.id or others.partner == mine.id
    return (same or partners) and bool(view.waiting_cases) and {*view.waiting_cases} <= {*other.waiting_cases}


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
    """Return whether nothing is known of what could be.

    What a format can't tell, nobody can go and find, nor cases of what never had one, nor what may not leave.
    """
    last = view.judgement.last
    if never_had_a_case(view) or (last is not None and last.gap is Gap.HIDDEN):
        return False
    unknown = view.judgement.latest is None or (last is not None and last.value is None)
    return view.lacking is None and (unknown or bool(view.gaps))


def never_had_a_case(view: MeasureView) -> bool:
    """Return whether no case has ever come to a measure, such as one whose standard isn't in force yet."""
    last = view.judgement.last
    return view.judgement.latest is None and last is not None and last.gap is Gap.NO_CASES


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


def _with_partner(line: Line, every: Mapping[str, MeasureView], told: Container[str]) -> Line:
    """Return a line with what its partner shows, unless that is who waits there, which has a line of its own."""
    partner = partner_of(line.view, every)
    if partner is None or (partner.definition.id in told and not partner.judgement.is_concern):
        return line
    return replace(line, words=f"{line.words} {partner_words(line.view, every)}")


def left_out_words(lines: Sequence[Line]) -> str:
    """Return how many lines are left out and of which measures: "7 more: CAFs started, Complaints and 5 others"."""
    titles = list(dict.fromkeys(line.view.definition.title for line in lines))
    named = titles if len(titles) <= _NAMED + 1 else titles[:_NAMED]
    others = len(titles) - len(named)
    if others:
        return f"{len(lines)} more: {', '.join(named)} and {others} others"
    return f"{len(lines)} more: {' and '.join([', '.join(named[:-1]), named[-1]] if len(named) > 1 else named)}"
