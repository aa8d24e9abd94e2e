"""Children seen in their initial assessment (plan item 9c)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.measures.adding_up import PROPORTION
from data_access.measures.assessment_dates import (
    completed_too_early,
    completion,
    days_taken,
    earliest_of,
    falls_due,
    late_from,
    of_kind,
    settled_near,
    settled_on,
    terminated_too_early,
)
from data_access.measures.contract import DATED_AHEAD, MET, NOT_MET, NOT_YET_DUE, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand, WaitingWords
from data_access.measures.impossible import dated_ahead, not_computable
from data_access.measures.joins import Clock, clock_start, clock_start_is_ahead
from data_access.measures.sql import AS_AT_ON, earlier_of, table, word
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

_STANDARD = "initial_assessments_within_7_working_days"

DEFINITION = Definition(
    id="children_seen_in_initial_assessment",
    title="Children seen in their initial assessment",
    question="Is the child seen before the initial assessment is completed, and within the time that guidance sets?",
    why="Nobody can say that a child is safe without having seen the child. Working Together asks for it each time.",
    how=(
        "Initial assessments whose child was seen by the day on which they were completed, and within the working "
        "days that the standard in force allows from the referral (or from the new information, on a case already "
        "open), out of all that were completed or stood open past them. They count on the day of completion or, where "
        "that came first, on the first day past the standard; those begun past it on the day on which they were "
        "begun. One terminated within the standard is left out. Assessments without a known referral, a child seen "
        "before the referral, rows out of order and dates after the data were taken are left out and counted "
        "separately."
    ),
    misleads=(
        "A visit that nobody wrote down counts as none. Being seen is not being heard: look at who saw the child, and "
        "whether alone. Children seen late count as not seen here, so read it with those not seen at all so far."
    ),
    strand=Strand.ACCOUNTABILITY,
    adding_up=PROPORTION,
    polarity=Polarity.HIGHER,
    unit="%",
    period=Period.WEEK,
    chart=Chart.P_PRIME,
    about=About.CHILDREN,
    plan_items=("9c",),
    owner="Group manager, Assessment",
    requires=("assessments", "referrals"),
    fields=(
        "assessments.kind",
        "assessments.started_on",
        "assessments.completed_on",
        "assessments.terminated_on",
        "assessments.child_seen_on",
        "assessments.new_information_on",
        "assessments.referral_id",
        "referrals.received_at",
    ),
    key=Key.CHILD,
    details=(
        Detail("clock_started_on", "Clock started", Holds.DATE),
        Detail("started_on", "Begun", Holds.DATE),
        Detail("completed_on", "Completed", Holds.DATE),
        Detail("child_seen_on", "Child seen", Holds.DATE),
        Detail("seen_by", "Seen by", Holds.CODE, codes="seen_by"),
        Detail("seen_alone", "Seen alone", Holds.YES_NO),
        Detail("seen_or_ended_on", "Seen, or assessment ended", Holds.DATE),
        Detail("working_days_taken", "Working days to that, or waited so far", Holds.WORKING_DAYS_TAKEN),
        Detail("working_days_allowed", "Working days allowed", Holds.WORKING_DAYS_ALLOWED),
    ),
    dimensions=("seen_by", "seen_alone"),
    partner="children_not_yet_seen",
    blank_while_open="seen_or_ended_on",
    waiting_words=WaitingWords(
        single="1 child has not been seen in an initial assessment that is past the standard",
        many="{n} children have not been seen in initial assessments that are past the standard",
        kind="Not seen, past the standard",
    ),
    headline=False,
    standard=_STANDARD,
)

_assessment = table("assessments", "assessment")
_clock = Clock.of(_assessment, _STANDARD, clock_start(_assessment))
_start = _clock.start
_late_from = late_from(_assessment, _clock.overdue_on)
_completed_on = completion(_assessment)
_settled_on = settled_on(_assessment, _late_from)
_seen_on = _assessment.c.child_seen_on
_seen_or_ended_on = sa.func.coalesce(_seen_on, earliest_of(_assessment.c.completed_on, _assessment.c.terminated_on))
_seen_in_time = sa.and_(_seen_on < _clock.overdue_on, sa.func.coalesce(_seen_on <= _completed_on, sa.true()))

_result = sa.case(
    (
        sa.or_(
            dated_ahead(
                "assessments",
                _assessment.c.started_on,
                _assessment.c.completed_on,
                _assessment.c.terminated_on,
                _seen_on,
            ),
            clock_start_is_ahead(_assessment, _start),
        ),
        word(DATED_AHEAD),
    ),
    (terminated_too_early(_assessment), not_computable("terminated before it was begun")),
    (completed_too_early(_assessment), not_computable("completed before it was begun")),
    (_assessment.c.completed_on < _start, not_computable("completed before its clock started")),
    (_start.is_(None), not_computable("no referral found")),
    (_clock.overdue_on.is_(None), not_computable("no standard in force")),
    (sa.and_(_settled_on == _late_from, _late_from > AS_AT_ON), word(NOT_YET_DUE)),
    (sa.func.coalesce(sa.not_(_seen_in_time), sa.true()), word(NOT_MET)),
    (_seen_on < earlier_of(_assessment.c.started_on, _start), not_computable("seen before its clock started")),
    (_assessment.c.started_on < _start, not_computable("begun before its clock started")),
    else_=word(MET),
)

_cohort: sa.Select[Any] = (
    sa.select(
        _assessment.c.assessment_id.label("case_id"),
        _assessment.c.child_key.label("key"),
        _settled_on.label("event_date"),
        _assessment.c.team_id,
        _result.label("result"),
        _start.label("clock_started_on"),
        _assessment.c.started_on,
        _assessment.c.completed_on,
        _seen_on,
        _assessment.c.seen_by,
        _assessment.c.seen_alone,
        _seen_or_ended_on.label("seen_or_ended_on"),
        days_taken(_start, _seen_or_ended_on).label("working_days_taken"),
        _clock.allowed.label("working_days_allowed"),
    )
    .select_from(_clock.source)
    .where(of_kind(_assessment, "initial"), falls_due(_assessment, _late_from))
)


def _near(start: date, end: date) -> sa.ColumnElement[bool]:
    return settled_near(_assessment, start, end)


TOY = Toy(
    tables={
        "standards": """
            standard_id | measure                                   | from       | to | working_days | source
            S1          | initial_assessments_within_7_working_days | 2000-04-01 |    | 7            | Guidance
        """,
        "referrals": """
            referral_id | child_id | received_at | team_id
            R1          | C1       | 2010-02-01  | T1
            R2          | C2       | 2010-03-17  | T1
            R3          | C3       | 2010-03-18  | T1
            R4          | C4       | 1999-02-01  | T1
            R5          | C5       | 2010-03-30  | T1
        """,
        "assessments": """
            assessment_id | child_id | referral_id | kind    | started_on | completed_on | terminated_on | child_seen_on | new_information_on | team_id
            A1            | C1       | R1          | initial | 2010-02-02 | 2010-02-08   |               | 2010-02-08    |                    | T1
            A2            | C1       | R1          | initial | 2010-02-02 | 2010-02-08   |               | 2010-02-09    |                    | T1
            A3            | C1       | R1          | initial | 2010-02-02 | 2010-02-08   |               |               |                    | T1
            A4            | C1       | R1          | initial | 2010-02-02 | 2010-02-15   |               | 2010-02-10    |                    | T1
            A5            | C1       | R1          | initial | 2010-02-02 | 2010-02-15   |               | 2010-02-11    |                    | T1
            A6            | C1       | R1          | initial | 2010-02-02 |              |               |               |                    | T1
            A7            | C1       | R1          | initial | 2010-02-02 |              |               | 2010-02-01    |                    | T1
            A8            | C1       | R1          | initial | 2010-02-02 |              | 2010-02-10    |               |                    | T1
            A9            | C1       | R1          | initial | 2010-02-02 |              | 2010-02-11    |               |                    | T1
            A10           | C1       | R1          | initial | 2010-02-02 | 2010-02-08   | 2010-02-08    | 2010-02-04    |                    | T1
            A11           | C1       | R1          | initial | 2010-02-16 | 2010-02-19   |               | 2010-02-17    |                    | T1
            A12           | C1       | R1          | initial | 2010-02-16 | 2010-02-19   |               | 2010-02-09    |                    | T1
            A13           | C2       | R2          | initial | 2010-03-18 |              |               |               |                    | T1
            A14           | C3       | R3          | initial | 2010-03-18 |              |               | 2010-03-19    |                    | T1
            A15           | C3       | R3          | initial | 2010-03-18 | 2010-03-22   |               | 2010-03-19    |                    | T1
            A16           | C1       | R1          | initial | 2010-02-15 | 2010-02-22   |               | 2010-02-22    | 2010-02-12         | T1
            A17           | C1       |             | initial | 2010-02-02 | 2010-02-08   |               | 2010-02-03    |                    | T1
            A18           | C9       | R99         | initial | 2010-02-02 | 2010-02-08   |               | 2010-02-03    |                    | T1
            A19           | C4       | R4          | initial | 1999-02-02 | 1999-02-08   |               | 1999-02-03    |                    | T1
            A20           | C1       | R1          | initial | 2010-02-02 | 2010-02-08   |               | 2010-01-31    |                    | T1
            A21           | C1       | R1          | initial | 2010-01-29 | 2010-02-08   |               | 2010-02-03    |                    | T1
            A22           | C1       | R1          | initial | 2010-01-29 | 2010-02-08   |               |               |                    | T1
            A23           | C1       | R1          | initial | 2010-02-02 | 2010-02-01   |               | 2010-02-01    |                    | T1
            A24           | C1       | R1          | initial | 2010-01-25 | 2010-01-29   |               | 2010-01-26    |                    | T1
            A25           | C1       | R1          | initial | 2010-02-02 | 2010-02-08   | 2010-02-01    | 2010-02-03    |                    | T1
            A26           | C1       | R1          | initial | 2010-02-02 | 2010-02-08   |               | 2010-03-30    |                    | T1
            A27           | C5       | R5          | initial | 2010-03-25 |              |               |               |                    | T1
            A28           | C1       | R1          | core    | 2010-02-02 | 2010-02-08   |               | 2010-02-08    |                    | T1
        """,
    },
    expected="""
        case | result         | because
        A1   | met            | seen on the day of completion
        A2   | not met        | seen within the standard, but after it was completed
        A3   | not met        | completed without the child being seen
        A4   | met            | seen on 10 February, the seventh day, though completed late
        A5   | not met        | seen on the eighth day; it counts on that day, from which it stood past the standard
        A6   | not met        | open past the standard, and not seen: this child waits
        A7   | met            | seen on the day of the referral, before the assessment was begun
        A8   | left out       | terminated within the standard
        A9   | not met        | open past the standard before it was terminated
        A10  | left out       | terminated within the standard, whatever its day of completion says
        A11  | not met        | begun past the standard: it counts on the day on which it was begun
        A12  | met            | begun past the standard, but the child was seen within it
        A13  | not met        | past the standard from 29 March, the day on which the data were taken
        A14  | not yet due    | seen, but neither completed nor past the standard
        A15  | met            | completed within the standard
        A16  | met            | new information on an open case starts the clock: seen on the sixth day
        A17  | met            | names no referral, so the child's latest counts
        A18  | not computable | the referral named is not known
        A19  | not computable | no standard in force
        A20  | not computable | seen the day before the referral
        A21  | not computable | begun before its referral came, and seen in time by that referral
        A22  | not met        | begun before its referral came, and not seen whatever the day
        A23  | not computable | completed before it was begun
        A24  | not computable | completed before its referral came
        A25  | not computable | terminated before it was begun
        A26  | not computable | seen after the data were taken
        A27  | not computable | its referral is dated after the data were taken
        A28  | left out       | a core assessment
    """,
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY)
