"""Child protection reviews held by the day on which they were due (the auditor looked at them)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.extracts import NO_TEAM
from data_access.measures.adding_up import PROPORTION
from data_access.measures.contract import DATED_AHEAD, MET, NOT_MET, NOT_YET_DUE, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand, WaitingWords
from data_access.measures.impossible import dated_ahead, not_computable, not_negative
from data_access.measures.sql import AS_AT_ON, table, word, working_day_of
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="child_protection_reviews_on_time",
    title="Child protection reviews on time",
    question="Are the plans of protected children reviewed by the day on which they should be?",
    why="A plan that nobody reviews drifts while the child may still be at risk. The auditor had found every review on time.",
    how=(
        "Review conferences held by the day on which they were due, out of those due, by that day, once they are held "
        "or the day is over. The team is that of the child's latest child protection plan begun by then. Reviews held "
        "without a day on which they were due, and dates after the data were taken, are left out and counted "
        "separately."
    ),
    misleads=(
        "The day due is the one that the case system gives: within three months of the first conference, then every "
        "six months. A review that is no longer needed counts as late until it is taken off the list. On time says "
        "nothing of how good a review was."
    ),
    strand=Strand.ACCOUNTABILITY,
    adding_up=PROPORTION,
    polarity=Polarity.HIGHER,
    unit="%",
    period=Period.MONTH,
    chart=Chart.P_PRIME,
    about=About.CHILDREN,
    plan_items=(),
    owner="Group manager, Quality & Audit",
    requires=("conferences",),
    fields=("conferences.kind", "conferences.due_on", "conferences.held_on"),
    optional=("plans",),
    key=Key.CHILD,
    details=(
        Detail("due_on", "Review due", Holds.DATE),
        Detail("held_on", "Review held", Holds.DATE),
        Detail("working_days_late", "Working days late, or so far", Holds.WORKING_DAYS_TAKEN),
        Detail("outcome", "Outcome", Holds.CODE, codes="conference_outcome"),
    ),
    dimensions=("outcome",),
    blank_while_open="held_on",
    waiting_words=WaitingWords(
        single="1 child's protection plan is past the day on which it should have been reviewed",
        many="{n} children's protection plans are past the day on which they should have been reviewed",
        kind="Waiting for an overdue review",
    ),
    headline=False,
)

_review, _plan = table("conferences", "review"), table("plans", "plan")
_dated = sa.func.coalesce(_review.c.due_on, _review.c.held_on)

_team = (
    sa.select(_plan.c.team_id)
    .where(_plan.c.child_key == _review.c.child_key, _plan.c.kind == word("cp"), _plan.c.from_date <= _dated)
    .order_by(_plan.c.from_date.desc(), _plan.c.plan_id.desc())
    .limit(1)
    .scalar_subquery()
)
_late = working_day_of(sa.func.coalesce(_review.c.held_on, AS_AT_ON)) - working_day_of(_review.c.due_on)

_result = sa.case(
    (dated_ahead("conferences", _review.c.held_on), word(DATED_AHEAD)),
    (_review.c.due_on.is_(None), not_computable("no day on which it was due")),
    (_review.c.held_on <= _review.c.due_on, word(MET)),
    (sa.or_(_review.c.held_on.is_not(None), _review.c.due_on < AS_AT_ON), word(NOT_MET)),
    else_=word(NOT_YET_DUE),
)

_cohort: sa.Select[Any] = sa.select(
    _review.c.conference_id.label("case_id"),
    _review.c.child_key.label("key"),
    _dated.label("event_date"),
    sa.func.coalesce(_team, word(NO_TEAM)).label("team_id"),
    _result.label("result"),
    _review.c.due_on,
    _review.c.held_on,
    not_negative(_late).label("working_days_late"),
    _review.c.outcome,
).where(_review.c.kind == word("review"), _dated.is_not(None))


def _near(start: date, end: date) -> sa.ColumnElement[bool]:
    return sa.or_(
        _review.c.due_on.between(start, end),
        sa.and_(_review.c.due_on.is_(None), _review.c.held_on.between(start, end)),
    )


TOY = Toy(
    tables={
        "conferences": """
            conference_id | child_id | kind    | due_on     | held_on    | outcome
            V1            | C1       | review  | 2010-03-01 | 2010-03-01 | plan_continues
            V2            | C2       | review  | 2010-03-01 | 2010-03-02 | plan_continues
            V3            | C3       | review  | 2010-03-28 |            |
            V4            | C4       | review  | 2010-03-29 |            |
            V5            | C5       | review  | 2010-04-12 | 2010-03-24 | plan_ends
            V6            | C6       | review  |            | 2010-03-03 | plan_continues
            V7            | C7       | review  | 2010-03-01 | 2010-03-30 | plan_continues
            V8            | C8       | initial | 2010-03-01 | 2010-03-01 | plan
        """,
        "plans": """
            plan_id | child_id | kind | from       | to         | team_id
            P1a     | C1       | cp   | 2009-12-01 |            | T1
            P1b     | C1       | cin  | 2010-02-01 |            | T2
        """,
    },
    expected="""
        case | result         | because
        V1   | met            | held on the very day
        V2   | not met        | held a day late
        V3   | not met        | due on Sunday, and not held
        V4   | not yet due    | the day is not over
        V5   | met            | held before the day on which it is due
        V6   | not computable | nobody says when it was due
        V7   | not computable | held after the data were taken
        V8   | left out       | an initial conference
    """,
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY)
