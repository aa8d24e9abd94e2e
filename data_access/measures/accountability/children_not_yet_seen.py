"""Children not yet seen in an open initial assessment, at the end of the week (plan item 9c)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.measures.adding_up import STOCK
from data_access.measures.assessment_dates import (
    completed_too_early,
    days_taken,
    earliest_of,
    ended_on,
    of_kind,
    open_near,
    possible,
    stood_on,
    terminated_too_early,
)
from data_access.measures.contract import COUNTED, DATED_AHEAD, LEFT_ON, NOT_YET_DUE, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand, WaitingWords
from data_access.measures.impossible import dated_ahead, not_computable
from data_access.measures.joins import Clock, clock_start
from data_access.measures.sql import AS_AT_ON, earlier_of, table, word
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

_STANDARD = "initial_assessments_within_7_working_days"

DEFINITION = Definition(
    id="children_not_yet_seen",
    title="Children not yet seen",
    question="How many children in an open initial assessment has nobody seen yet?",
    why=(
        "Someone was worried enough about each of these children to refer them, and no worker has seen them since. "
        "Nobody can say tonight that they are safe."
    ),
    how=(
        "Initial assessments that are open at the end of the last day of the period and whose child has not been "
        "seen since the referral (or the new information, on a case already open). They stand from the day on which "
        "they were begun until the child is seen, or they are completed or terminated. A child seen before the "
        "referral, rows out of order and dates after the data were taken are counted separately."
    ),
    misleads=(
        "Assessments begun this week are among them, so it is never nought in a busy service: look at how long each "
        "child has waited. Completing an assessment unseen makes it fall, so read it with the children seen."
    ),
    strand=Strand.ACCOUNTABILITY,
    adding_up=STOCK,
    polarity=Polarity.LOWER,
    unit="assessments",
    period=Period.WEEK,
    chart=Chart.LINE,
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
        Detail("working_days_taken", "Working days waited", Holds.WORKING_DAYS_TAKEN),
        Detail("working_days_allowed", "Working days allowed", Holds.WORKING_DAYS_ALLOWED),
        Detail("child_seen_on", "Child seen", Holds.DATE),
        Detail(LEFT_ON, "Seen or ended", Holds.DATE),
    ),
    partner="children_seen_in_initial_assessment",
    blank_while_open=LEFT_ON,
    waiting_words=WaitingWords(
        single="1 child in an open initial assessment has not been seen",
        many="{n} children in open initial assessments have not been seen",
        kind="Not yet seen",
    ),
    headline=False,
    standard=_STANDARD,
)

_assessment = table("assessments", "assessment")
_clock = Clock.of(_assessment, _STANDARD, clock_start(_assessment))
_seen_on = _assessment.c.child_seen_on
_first_possible = earlier_of(_assessment.c.started_on, _clock.start)
_left_on = earliest_of(possible(_seen_on, _first_possible), ended_on(_assessment))

_result = sa.case(
    (
        dated_ahead(
            "assessments",
            _assessment.c.started_on,
            _assessment.c.completed_on,
            _assessment.c.terminated_on,
            _seen_on,
        ),
        word(DATED_AHEAD),
    ),
    (terminated_too_early(_assessment), not_computable("terminated before it was begun")),
    (completed_too_early(_assessment), not_computable("completed before it was begun")),
    (_seen_on < _first_possible, not_computable("seen before its clock started")),
    (_assessment.c.started_on > AS_AT_ON, word(NOT_YET_DUE)),
    else_=word(COUNTED),
)

_cohort: sa.Select[Any] = (
    sa.select(
        _assessment.c.assessment_id.label("case_id"),
        _assessment.c.child_key.label("key"),
        _assessment.c.started_on.label("event_date"),
        _assessment.c.team_id,
        _result.label("result"),
        _clock.start.label("clock_started_on"),
        days_taken(_clock.start, _left_on).label("working_days_taken"),
        _clock.allowed.label("working_days_allowed"),
        _seen_on,
        _left_on.label(LEFT_ON),
    )
    .select_from(_clock.source)
    .where(of_kind(_assessment, "initial"), stood_on(_assessment.c.started_on, _left_on))
)


def _near(start: date, end: date) -> sa.ColumnElement[bool]:  # noqa: ARG001 - what stands on the last day
    return open_near(_assessment, end)


TOY = Toy(
    tables={
        "referrals": """
            referral_id | child_id | received_at | team_id
            R1          | C1       | 2010-02-01  | T1
        """,
        "assessments": """
            assessment_id | child_id | referral_id | kind    | started_on | completed_on | terminated_on | child_seen_on | new_information_on | team_id
            A1            | C1       | R1          | initial | 2010-02-02 |              |               |               |                    | T1
            A2            | C1       | R1          | initial | 2010-02-02 |              |               | 2010-02-02    |                    | T1
            A3            | C1       | R1          | initial | 2010-02-02 |              |               | 2010-02-03    |                    | T1
            A4            | C1       | R1          | initial | 2010-02-02 |              |               | 2010-02-01    |                    | T1
            A5            | C1       | R1          | initial | 2010-02-02 | 2010-02-09   |               |               |                    | T1
            A6            | C1       | R1          | initial | 2010-02-02 |              | 2010-02-09    |               |                    | T1
            A7            | C1       | R1          | initial | 2010-02-02 | 2010-02-02   |               |               |                    | T1
            A8            | C1       | R1          | initial | 2010-02-02 |              |               | 2010-01-31    |                    | T1
            A9            | C1       | R1          | initial | 2010-02-02 | 2010-02-01   |               |               |                    | T1
            A10           | C1       | R1          | initial | 2010-02-02 |              | 2010-02-01    |               |                    | T1
            A11           | C1       | R1          | initial | 2010-02-02 |              |               | 2010-03-30    |                    | T1
            A12           | C1       | R1          | initial | 2010-02-02 | 2010-03-30   |               |               |                    | T1
            A13           | C1       | R1          | initial | 2010-03-30 |              |               |               |                    | T1
            A14           | C9       | R99         | initial | 2010-02-02 |              |               |               |                    | T1
            A15           | C9       | R99         | initial | 2010-02-02 |              |               | 2010-02-01    |                    | T1
            A16           | C1       | R1          | initial | 2010-02-12 |              |               | 2010-02-10    | 2010-02-11         | T1
            A17           | C1       | R1          | core    | 2010-02-02 |              |               |               |                    | T1
            A18           | C1       | R1          | initial | 2010-03-29 |              |               |               |                    | T1
        """,
    },
    expected="""
        case | result         | because
        A1   | counted        | begun on 2 February, and the child not seen since
        A2   | left out       | seen on the day on which it was begun
        A3   | counted        | not seen at the end of 2 February
        A4   | left out       | seen on the day of the referral
        A5   | counted        | completed without the child being seen: it stood until then
        A6   | counted        | stood until it was terminated
        A7   | left out       | ended on the day on which it was begun
        A8   | not computable | seen the day before the referral
        A9   | not computable | completed before it was begun
        A10  | not computable | terminated before it was begun
        A11  | not computable | seen after the data were taken
        A12  | not computable | completed after the data were taken
        A13  | not computable | begun after the data were taken
        A14  | counted        | the referral named is not known, but it is open and the child not seen
        A15  | not computable | seen before it was begun, and no referral is known that could be the reason
        A16  | not computable | seen before the new information, so not about it
        A17  | left out       | a core assessment
        A18  | counted        | begun on the day on which the data were taken
    """,
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY)
