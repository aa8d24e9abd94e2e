"""Visits written up within 2 working days (priority action)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.measures.adding_up import PROPORTION
from data_access.measures.contract import DATED_AHEAD, MET, NOT_MET, NOT_YET_DUE, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand, WaitingWords
from data_access.measures.impossible import dated_ahead, not_computable, not_negative
from data_access.measures.sql import AS_AT_ON, number, table, word, working_day_of
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="visits_written_up",
    title="Visits written up within 2 working days",
    question="Is what was seen on a visit on the child's file when the next person needs it?",
    why="What a worker saw and heard helps nobody until it is written down. The next crisis may be tonight.",
    how=(
        "Visits made that were written up not more than 2 working days later, the day of the visit being day 0, out of "
        "visits made. A visit not yet written up counts once those 2 days are over. Visits written up before they were "
        "made, or dated after the data were taken, are left out and counted separately."
    ),
    misleads=(
        "Two lines in time count as much as a full account a day late. Visits that nobody entered at all are not in "
        "it: see visits made on time."
    ),
    strand=Strand.ACCOUNTABILITY,
    adding_up=PROPORTION,
    polarity=Polarity.HIGHER,
    unit="%",
    period=Period.WEEK,
    chart=Chart.XMR,
    about=About.CHILDREN,
    plan_items=(),
    owner="Group managers",
    requires=("visits",),
    fields=("visits.made_on", "visits.recorded_on"),
    key=Key.CHILD,
    details=(
        Detail("recorded_on", "Written up", Holds.DATE),
        Detail("working_days_taken", "Working days taken", Holds.WORKING_DAYS_TAKEN),
        Detail("working_days_allowed", "Working days allowed", Holds.WORKING_DAYS_ALLOWED),
        Detail("seen_alone", "Child seen alone", Holds.YES_NO),
        Detail("visited_by", "Visited by", Holds.STAFF),
    ),
    dimensions=("seen_alone",),
    blank_while_open="recorded_on",
    waiting_words=WaitingWords(
        single="1 child was visited over 2 working days ago, and it isn't written up",
        many="{n} children were visited over 2 working days ago, and it isn't written up",
        kind="Not written up after 2 working days",
    ),
    headline=False,
)

_ALLOWED = number(2)

_visit = table("visits", "visit")
_taken = working_day_of(sa.func.coalesce(_visit.c.recorded_on, AS_AT_ON)) - working_day_of(_visit.c.made_on)

_result = sa.case(
    (dated_ahead("visits", _visit.c.made_on, _visit.c.recorded_on), word(DATED_AHEAD)),
    (_visit.c.recorded_on < _visit.c.made_on, not_computable("written up before it was made")),
    (_taken > _ALLOWED, word(NOT_MET)),
    (_visit.c.recorded_on.is_(None), word(NOT_YET_DUE)),
    else_=word(MET),
)

_cohort: sa.Select[Any] = sa.select(
    _visit.c.visit_id.label("case_id"),
    _visit.c.child_key.label("key"),
    _visit.c.made_on.label("event_date"),
    _visit.c.team_id,
    _result.label("result"),
    _visit.c.recorded_on,
    not_negative(_taken).label("working_days_taken"),
    _ALLOWED.label("working_days_allowed"),
    _visit.c.seen_alone,
    _visit.c.staff_id.label("visited_by"),
).where(_visit.c.made_on.is_not(None))


def _near(start: date, end: date) -> sa.ColumnElement[bool]:
    return _visit.c.made_on.between(start, end)


TOY = Toy(
    tables={
        "visits": """
            visit_id | child_id | due_on     | made_on    | recorded_on | team_id
            V1       | C1       | 2010-03-05 | 2010-03-05 | 2010-03-09  | T1
            V2       | C2       | 2010-03-05 | 2010-03-05 | 2010-03-10  | T1
            V3       | C3       |            | 2010-03-06 | 2010-03-09  | T1
            V4       | C4       |            | 2010-03-24 |             | T1
            V5       | C5       |            | 2010-03-25 |             | T1
            V6       | C6       | 2010-03-05 |            |             | T1
            V7       | C7       |            | 2010-03-05 | 2010-03-04  | T1
            V8       | C8       |            | 2010-03-30 |             | T1
            V9       | C9       |            | 2010-03-05 | 2010-03-30  | T1
            V10      | C10      |            | 2010-03-05 | 2010-03-05  | T1
            V11      | C11      |            | 2010-03-05 |             | T1
        """,
    },
    expected="""
        case | result         | because
        V1   | met            | made on a Friday, written up on the Tuesday: day 2
        V2   | not met        | written up on the Wednesday: day 3
        V3   | met            | made on a Saturday, which is day 0 with the Friday before: the Tuesday is day 2
        V4   | not met        | not written up by Monday 29 March: day 3
        V5   | not yet due    | that Monday is day 2
        V6   | left out       | not made
        V7   | not computable | written up before it was made
        V8   | not computable | made after the data were taken
        V9   | not computable | written up after the data were taken
        V10  | met            | written up on the day
        V11  | not met        | never written up
    """,
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY)
