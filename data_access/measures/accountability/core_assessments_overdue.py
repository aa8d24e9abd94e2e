"""Core assessments overdue at the end of the week (plan item 13)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.measures.adding_up import STOCK
from data_access.measures.assessment_dates import (
    completed_too_early,
    days_taken,
    ended_on,
    ends_ahead,
    of_kind,
    open_near,
    stood_on,
    terminated_too_early,
)
from data_access.measures.contract import COUNTED, DATED_AHEAD, LEFT_ON, NOT_YET_DUE, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand, WaitingWords
from data_access.measures.impossible import dated_ahead, not_computable
from data_access.measures.joins import Clock
from data_access.measures.sql import AS_AT_ON, table, word
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

_STANDARD = "core_assessments_within_35_working_days"

DEFINITION = Definition(
    id="core_assessments_overdue",
    title="Core assessments overdue",
    question="How many children wait for a core assessment that should be complete by now?",
    why=(
        "An assessment that is never finished makes no figure late. These children are still waiting: each of them "
        "needs someone to act."
    ),
    how=(
        "Core assessments that are open past the working days that the standard allows (as for those completed in "
        "time), at the end of the last day of the period. An assessment is open until it is completed or terminated. "
        "Rows out of order or dated after the data were taken are counted separately."
    ),
    misleads=(
        "Not a flow: one child who waits ten weeks stands in ten of them, so that neighbouring weeks are alike and no "
        "chance lines are drawn. Closing old records makes it fall without any child being helped."
    ),
    strand=Strand.ACCOUNTABILITY,
    adding_up=STOCK,
    polarity=Polarity.LOWER,
    unit="assessments",
    period=Period.WEEK,
    chart=Chart.LINE,
    about=About.CHILDREN,
    plan_items=("13",),
    owner="Group manager, Assessment",
    requires=("assessments",),
    fields=(
        "assessments.kind",
        "assessments.started_on",
        "assessments.completed_on",
        "assessments.terminated_on",
    ),
    key=Key.CHILD,
    details=(
        Detail("started_on", "Begun", Holds.DATE),
        Detail("working_days_taken", "Working days taken", Holds.WORKING_DAYS_TAKEN),
        Detail("working_days_allowed", "Working days allowed", Holds.WORKING_DAYS_ALLOWED),
        Detail("child_seen_on", "Child seen", Holds.DATE),
        Detail("child_was_seen", "Child was seen", Holds.YES_NO),
        Detail(LEFT_ON, "Ended", Holds.DATE),
    ),
    dimensions=("child_was_seen",),
    partner=_STANDARD,
    blank_while_open=LEFT_ON,
    waiting_words=WaitingWords(
        single="1 child waits for a core assessment past the standard",
        many="{n} children wait for a core assessment past the standard",
        kind="Overdue now",
    ),
    headline=False,
    standard=_STANDARD,
)

_assessment = table("assessments", "assessment")
_clock = Clock.of(_assessment, _STANDARD, _assessment.c.started_on)
_entered_on = sa.func.coalesce(_clock.overdue_on, _assessment.c.started_on)
_left_on = ended_on(_assessment)

_result = sa.case(
    (sa.or_(dated_ahead("assessments", _assessment.c.started_on), ends_ahead(_assessment)), word(DATED_AHEAD)),
    (terminated_too_early(_assessment), not_computable("terminated before it was begun")),
    (completed_too_early(_assessment), not_computable("completed before it was begun")),
    (_clock.overdue_on.is_(None), not_computable("no standard in force")),
    (_entered_on > AS_AT_ON, word(NOT_YET_DUE)),
    else_=word(COUNTED),
)

_cohort: sa.Select[Any] = (
    sa.select(
        _assessment.c.assessment_id.label("case_id"),
        _assessment.c.child_key.label("key"),
        _entered_on.label("event_date"),
        _assessment.c.team_id,
        _result.label("result"),
        _assessment.c.started_on,
        days_taken(_assessment.c.started_on, _left_on).label("working_days_taken"),
        _clock.allowed.label("working_days_allowed"),
        _assessment.c.child_seen_on,
        _assessment.c.child_seen_on.is_not(None).label("child_was_seen"),
        _left_on.label(LEFT_ON),
    )
    .select_from(_clock.source)
    .where(of_kind(_assessment, "core"), stood_on(_entered_on, _left_on))
)


def _near(start: date, end: date) -> sa.ColumnElement[bool]:  # noqa: ARG001 - what stands on the last day
    return open_near(_assessment, end)


TOY = Toy(
    tables={
        "standards": """
            standard_id | measure                                 | from       | to         | working_days | source
            S1          | core_assessments_within_35_working_days | 2000-04-01 | 2013-04-14 | 35           | Guidance
        """,
        "assessments": """
            assessment_id | child_id | kind    | started_on | completed_on | terminated_on | child_seen_on | team_id
            A1            | C1       | core    | 2010-01-04 |              |               | 2010-01-06    | T1
            A2            | C2       | core    | 2010-01-04 | 2010-02-22   |               |               | T1
            A3            | C3       | core    | 2010-01-04 | 2010-02-23   |               |               | T1
            A4            | C4       | core    | 2010-01-04 | 2010-02-24   |               |               | T1
            A5            | C5       | core    | 2010-01-04 |              | 2010-03-05    |               | T1
            A6            | C6       | core    | 2010-02-05 |              |               |               | T1
            A7            | C7       | core    | 2010-02-08 |              |               |               | T1
            A8            | C8       | core    | 2010-01-04 | 2009-02-22   |               |               | T1
            A9            | C9       | core    | 2010-01-04 | 2010-01-11   | 2010-01-03    |               | T1
            A10           | C10      | core    | 2010-01-04 | 2010-03-30   |               |               | T1
            A11           | C11      | core    | 2000-03-31 |              |               |               | T1
            A12           | C12      | initial | 2010-01-04 |              |               |               | T1
            A13           | C13      | core    | 2010-01-04 |              | 2010-01-03    |               | T1
        """,
    },
    expected="""
        case | result         | because
        A1   | counted        | open, past Monday 22 February, day 35
        A2   | left out       | completed on day 35
        A3   | left out       | completed on day 36: late, but never open at the end of a day past the standard
        A4   | counted        | open at the end of day 36
        A5   | counted        | open until it was terminated
        A6   | counted        | overdue from Monday 29 March, the day on which the data were taken
        A7   | not yet due    | overdue from the next day only
        A8   | not computable | completed before it was begun, so that nobody knows whether it is open
        A9   | left out       | terminated before it was begun, but completed within the standard
        A10  | not computable | completed after the data were taken
        A11  | not computable | no standard in force
        A12  | left out       | an initial assessment
        A13  | not computable | terminated before it was begun
    """,
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY)
