"""Single assessments within 45 working days: the national standard since 15 April 2013."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.measures.adding_up import PROPORTION
from data_access.measures.assessment_dates import (
    completed_too_early,
    days_taken,
    earliest_of,
    falls_due,
    of_kind,
    settled_near,
    settled_on,
    terminated_too_early,
)
from data_access.measures.contract import DATED_AHEAD, MET, NOT_MET, NOT_YET_DUE, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand, WaitingWords
from data_access.measures.impossible import dated_ahead, not_computable
from data_access.measures.joins import Clock
from data_access.measures.sql import AS_AT_ON, table, word
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

ID = "assessments_within_45_working_days"

DEFINITION = Definition(
    id=ID,
    title="Assessments within 45 working days",
    question=(
        "Are single assessments, which took the place of initial and core ones on 15 April 2013, completed in time?"
    ),
    why="An assessment that drags on leaves a child without a plan.",
    how=(
        "Single assessments that a manager authorised within 45 working days of being begun, out of all that were "
        "completed or stood open past them. They count on the day of completion or, where that came first, on the "
        "first day past the standard. One terminated within the standard is left out. The standard holds for "
        "assessments begun from 15 April 2013 on (Working Together 2013): nothing is counted before it, and initial "
        "and core assessments never are. Rows out of order, dates after the data were taken and single assessments "
        "begun before the standard are left out and counted separately."
    ),
    misleads=(
        "Councils without single assessments have no figure here. England's published figure counts only completed "
        "assessments, so one that is never finished lowers this one and not England's. The clock starts on the day "
        "given as the start, as in the census: where that is later than the referral, the child has waited longer."
    ),
    strand=Strand.ACCOUNTABILITY,
    adding_up=PROPORTION,
    polarity=Polarity.HIGHER,
    unit="%",
    period=Period.WEEK,
    chart=Chart.P_PRIME,
    about=About.CHILDREN,
    plan_items=(),
    owner="Group manager, Assessment",
    requires=("assessments",),
    # not the kind, which Annex A and the census leave unsaid where it is single
    fields=("assessments.started_on", "assessments.completed_on"),
    native_fields=("assessments.terminated_on",),
    key=Key.CHILD,
    details=(
        Detail("started_on", "Begun", Holds.DATE),
        Detail("completed_on", "Completed", Holds.DATE),
        Detail("ended_on", "Completed or terminated", Holds.DATE),
        Detail("working_days_taken", "Working days taken", Holds.WORKING_DAYS_TAKEN),
        Detail("working_days_allowed", "Working days allowed", Holds.WORKING_DAYS_ALLOWED),
    ),
    blank_while_open="ended_on",
    waiting_words=WaitingWords(
        single="1 child waits for an assessment past the standard",
        many="{n} children wait for an assessment past the standard",
        kind="Overdue now",
    ),
    headline=False,
    standard=ID,
)

_assessment = table("assessments", "assessment")
_clock = Clock.of(_assessment, ID, _assessment.c.started_on)
_settled_on = settled_on(_assessment, _clock.overdue_on)
_ended_on = earliest_of(_assessment.c.completed_on, _assessment.c.terminated_on)

_result = sa.case(
    (
        dated_ahead("assessments", _assessment.c.started_on, _assessment.c.completed_on, _assessment.c.terminated_on),
        word(DATED_AHEAD),
    ),
    (terminated_too_early(_assessment), not_computable("terminated before it was begun")),
    (completed_too_early(_assessment), not_computable("completed before it was begun")),
    (_clock.overdue_on.is_(None), not_computable("no standard in force")),
    (_settled_on < _clock.overdue_on, word(MET)),
    (_clock.overdue_on > AS_AT_ON, word(NOT_YET_DUE)),
    else_=word(NOT_MET),
)

_cohort: sa.Select[Any] = (
    sa.select(
        _assessment.c.assessment_id.label("case_id"),
        _assessment.c.child_key.label("key"),
        _settled_on.label("event_date"),
        _assessment.c.team_id,
        _result.label("result"),
        _assessment.c.started_on,
        _assessment.c.completed_on,
        _ended_on.label("ended_on"),
        days_taken(_assessment.c.started_on, _ended_on).label("working_days_taken"),
        _clock.allowed.label("working_days_allowed"),
    )
    .select_from(_clock.source)
    .where(of_kind(_assessment, "single"), falls_due(_assessment, _clock.overdue_on))
)


def _near(start: date, end: date) -> sa.ColumnElement[bool]:
    return settled_near(_assessment, start, end)


TOY = Toy(
    tables={
        "standards": """
            standard_id | measure                            | from       | to | working_days | source
            S1          | assessments_within_45_working_days | 2013-04-15 |    | 45           | Guidance
        """,
        "assessments": """
            assessment_id | child_id | kind    | started_on | completed_on | terminated_on | team_id
            A1            | C1       | single  | 2013-04-15 | 2013-06-19   |               | T1
            A2            | C2       | single  | 2013-04-15 | 2013-06-20   |               | T1
            A3            | C3       | single  | 2013-04-12 | 2013-04-22   |               | T1
            A4            | C4       | single  | 2013-04-24 |              |               | T1
            A5            | C5       | single  | 2013-04-25 |              |               | T1
            A6            | C6       | single  | 2013-04-25 | 2013-05-02   |               | T1
            A7            | C7       | single  | 2013-04-15 |              | 2013-06-19    | T1
            A8            | C8       | single  | 2013-04-15 |              | 2013-06-20    | T1
            A9            | C9       | single  | 2013-04-15 | 2013-05-02   | 2013-05-02    | T1
            A10           | C10      | single  | 2013-04-15 | 2013-04-14   |               | T1
            A11           | C11      | single  | 2013-04-15 | 2013-05-02   | 2013-04-14    | T1
            A12           | C12      | single  | 2013-04-15 | 2013-07-02   |               | T1
            A13           | C13      | initial | 2013-04-15 | 2013-05-02   |               | T1
            A14           | C14      | core    | 2013-04-15 | 2013-05-02   |               | T1
        """,
    },
    expected="""
        case | result         | because
        A1   | met            | completed on day 45, two bank holidays in May left out
        A2   | not met        | completed on day 46
        A3   | not computable | begun on the last working day before the standard
        A4   | not met        | past the standard from 1 July, the day on which the data were taken
        A5   | not yet due    | past the standard from the next day only
        A6   | met            | completed within the standard
        A7   | left out       | terminated on day 45
        A8   | not met        | open past the standard before it was terminated
        A9   | left out       | terminated within the standard, whatever its day of completion says
        A10  | not computable | completed the day before it was begun
        A11  | not computable | terminated the day before it was begun
        A12  | not computable | completed after the data were taken
        A13  | left out       | an initial assessment
        A14  | left out       | a core assessment
    """,
    as_at="2013-07-01 07:00",
    covers_from="2012-01-01",
    covers_to="2013-06-30",
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY)
