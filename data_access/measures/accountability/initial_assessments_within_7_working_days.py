"""Initial assessments within 7 working days, as NI 59 counts them (plan items 9c and 13)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.measures.adding_up import PROPORTION
from data_access.measures.assessment_dates import completed_too_early, not_terminated, of_kind, terminated_too_early
from data_access.measures.contract import DATED_AHEAD, MET, NOT_MET, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand
from data_access.measures.impossible import dated_ahead, not_computable, not_negative
from data_access.measures.joins import clock_start, clock_start_is_ahead, working_days_allowed
from data_access.measures.sql import table, word, working_day_of
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

ID = "initial_assessments_within_7_working_days"

DEFINITION = Definition(
    id=ID,
    title="Initial assessments in time (NI 59)",
    question="Are initial assessments completed in the time that guidance sets?",
    why="An assessment that drags on leaves a child without a plan.",
    how=(
        "Initial assessments that a manager authorised within the standard's working days from the referral (or from "
        "the new information, on a case already open), out of all initial assessments authorised. The standard is "
        "the one in force at that start: 7 working days to 31 March 2010, 10 from 1 April 2010. An assessment "
        "completed before it or its clock began, one in time that was begun before its clock, and dates after the "
        "data were taken are left out and counted separately."
    ),
    misleads=(
        "Only completed assessments count, as in the national indicator, so late work shows only when it ends: read "
        "it with the assessments that are open past their standard. One line never runs across the change of "
        "standard."
    ),
    strand=Strand.ACCOUNTABILITY,
    adding_up=PROPORTION,
    polarity=Polarity.HIGHER,
    unit="%",
    period=Period.WEEK,
    chart=Chart.P_PRIME,
    about=About.CHILDREN,
    plan_items=("9c", "13"),
    owner="Group manager, Assessment",
    requires=("assessments", "referrals"),
    fields=(
        "assessments.kind",
        "assessments.completed_on",
        "assessments.terminated_on",
        "assessments.new_information_on",
        "assessments.started_on",
        "assessments.referral_id",
        "referrals.received_at",
    ),
    key=Key.CHILD,
    standard=ID,
    details=(
        Detail("clock_started_on", "Clock started", Holds.DATE),
        Detail("clock_started_by", "Clock started by", Holds.WORDS),
        Detail("started_on", "Begun", Holds.DATE),
        Detail("working_days_taken", "Working days taken", Holds.WORKING_DAYS_TAKEN),
        Detail("working_days_allowed", "Working days allowed", Holds.WORKING_DAYS_ALLOWED),
        Detail("child_seen_on", "Child seen", Holds.DATE),
    ),
    dimensions=("clock_started_by", "working_days_allowed"),
)

_assessment = table("assessments", "assessment")
_start = clock_start(_assessment)
_taken = working_day_of(_assessment.c.completed_on) - working_day_of(_start)
_allowed = working_days_allowed(ID, _start)

_dated_ahead = sa.or_(
    dated_ahead("assessments", _assessment.c.completed_on),
    dated_ahead("assessments", _assessment.c.terminated_on),
    clock_start_is_ahead(_assessment, _start),
)

_result = sa.case(
    (_dated_ahead, word(DATED_AHEAD)),
    (terminated_too_early(_assessment), not_computable("terminated before it was begun")),
    (completed_too_early(_assessment), not_computable("completed before it was begun")),
    (_assessment.c.completed_on < _start, not_computable("completed before its clock started")),
    (_taken > _allowed, word(NOT_MET)),
    (_assessment.c.started_on < _start, not_computable("begun before its clock started")),
    (_taken <= _allowed, word(MET)),
    (_start.is_(None), not_computable("no referral found")),
    else_=not_computable("no standard in force"),
)

_cohort: sa.Select[Any] = sa.select(
    _assessment.c.assessment_id.label("case_id"),
    _assessment.c.child_key.label("key"),
    _assessment.c.completed_on.label("event_date"),
    _assessment.c.team_id,
    _result.label("result"),
    _start.label("clock_started_on"),
    sa.case((_assessment.c.new_information_on.is_not(None), word("new information")), else_=word("referral")).label(
        "clock_started_by"
    ),
    _assessment.c.started_on,
    not_negative(_taken).label("working_days_taken"),
    _allowed.label("working_days_allowed"),
    _assessment.c.child_seen_on,
).where(
    of_kind(_assessment, "initial"),
    _assessment.c.completed_on.is_not(None),
    not_terminated(_assessment),
)


def _near(start: date, end: date) -> sa.ColumnElement[bool]:
    return _assessment.c.completed_on.between(start, end)


TOY = Toy(
    tables={
        "standards": """
            standard_id | measure                                   | from       | to         | working_days | source
            S1          | initial_assessments_within_7_working_days | 2000-04-01 | 2010-03-31 | 7            | Guidance
            S2          | initial_assessments_within_7_working_days | 2010-04-01 |            | 10           | Guidance
        """,
        "referrals": """
            referral_id | child_id | received_at | team_id
            R1          | C1       | 2009-12-21  | T1
            R2          | C2       | 2010-01-04  | T1
            R3          | C2       | 2010-02-01  | T1
            R6          | C6       | 2010-03-31  | T1
            R7          | C7       | 2010-04-01  | T1
            R8          | C8       | 1999-01-04  | T1
            R12         | C12      | 2010-02-01  | T1
            R19         | C19      | 2010-05-02  | T1
        """,
        "assessments": """
            assessment_id | child_id | referral_id | kind    | started_on | completed_on | terminated_on | new_information_on | team_id
            A1            | C1       | R1          | initial | 2009-12-22 | 2010-01-04   |               |                    | T1
            A2            | C1       | R1          | initial | 2009-12-22 | 2010-01-05   |               |                    | T1
            A3            | C2       |             | initial | 2010-02-02 | 2010-02-10   |               |                    | T1
            A4            | C2       | R2          | initial | 2010-02-02 | 2010-02-10   |               |                    | T1
            A5            | C2       | R2          | initial | 2010-02-02 | 2010-02-10   |               | 2010-02-02         | T1
            A6            | C6       | R6          | initial | 2010-04-01 | 2010-04-16   |               |                    | T1
            A7            | C7       | R7          | initial | 2010-04-01 | 2010-04-19   |               |                    | T1
            A8            | C8       | R8          | initial | 1999-01-05 | 1999-01-06   |               |                    | T1
            A9            | C9       | R99         | initial | 2010-02-02 | 2010-02-10   |               |                    | T1
            A10           | C1       | R1          | initial | 2009-12-22 | 2009-12-23   | 2009-12-23    |                    | T1
            A11           | C1       | R1          | core    | 2009-12-22 | 2009-12-23   |               |                    | T1
            A12           | C12      | R12         | initial | 2010-02-02 | 2009-02-05   |               |                    | T1
            A13           | C12      | R12         | initial | 2010-01-25 | 2010-01-29   |               |                    | T1
            A14           | C12      | R12         | initial | 2010-01-29 | 2010-02-05   |               |                    | T1
            A15           | C12      | R12         | initial | 2010-01-29 | 2010-03-05   |               |                    | T1
            A16           | C12      | R12         | initial | 2010-02-04 | 2010-02-03   |               |                    | T1
            A17           | C12      | R12         | initial | 2010-02-02 | 2010-03-05   | 2010-02-01    |                    | T1
            A18           | C12      | R12         | initial | 2010-04-27 | 2010-05-02   |               |                    | T1
            A19           | C19      | R19         | initial | 2010-04-27 | 2010-04-28   |               |                    | T1
            A20           | C12      | R12         | initial | 2010-02-02 | 2010-02-03   |               | 2010-02-08         | T1
            A21           | C12      | R12         | initial | 2010-02-02 | 2010-02-10   |               | 2010-02-08         | T1
            A22           | C12      | R12         | initial | 2010-02-02 | 2010-03-05   | 2010-05-02    |                    | T1
        """,
    },
    expected="""
        case | result         | because
        A1   | met            | 7 working days, Christmas, 28 December and New Year's Day left out
        A2   | not met        | 8 working days
        A3   | met            | names no referral, so the child's latest counts: 7 working days
        A4   | not met        | names the older referral
        A5   | met            | new information on an open case starts the clock
        A6   | not met        | referred on the last day of the 7-day standard: 10 days, 2 of them bank holidays
        A7   | met            | referred on the first day of the 10-day standard
        A8   | not computable | no standard in force
        A9   | not computable | the referral named is not known
        A10  | left out       | terminated
        A11  | left out       | a core assessment
        A12  | not computable | completed a year before it was begun
        A13  | not computable | begun and completed before its referral came
        A14  | not computable | begun before its referral came, and in time by that referral
        A15  | not met        | begun before its referral came, and late even by that referral
        A16  | not computable | completed the day before it was begun, and after the referral
        A17  | not computable | terminated before it was begun
        A18  | not computable | completed after the data were taken
        A19  | not computable | its referral is dated after the data were taken
        A20  | not computable | completed before the new information that starts its clock
        A21  | not computable | begun before the new information that starts its clock
        A22  | not computable | terminated after the data were taken
    """,
    covers_to="2010-04-30",
    as_at="2010-05-01 07:00",
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY)
