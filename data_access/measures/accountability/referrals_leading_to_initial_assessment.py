"""Referrals leading to an initial assessment (plan item 9c)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.measures.adding_up import PROPORTION
from data_access.measures.begun_work import BegunWork, led_to
from data_access.measures.contract import Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand, WaitingWords
from data_access.measures.joins import has_earlier_open
from data_access.measures.sql import AS_AT_ON, flagged, table, word, working_day_of
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="referrals_leading_to_initial_assessment",
    title="Referrals leading to an initial assessment",
    question="Of the referrals on cases not already open, how many lead to an initial assessment?",
    why=(
        "Ofsted found in 2009 that one referral in five led to an assessment, well below similar councils: children "
        "in need may be turned away, or work may be recorded as referral that is none."
    ),
    how=(
        "Referrals with an initial assessment begun within 10 working days of receipt and not terminated, out of "
        "referrals received on cases not already open, once decided otherwise or 10 working days on. An assessment "
        "belongs to the referral that it names, else to the child's latest referral before it began. One begun before "
        "the referral, or completed before it began, counts as none: where no other was begun in time, the referral is "
        "left out and counted separately. So are referrals decided before they came, those after an earlier one whose "
        "closing can't be dated, and dates after the data were taken."
    ),
    misleads=(
        "Neither more nor fewer is better in itself; but far below England's 56 to 59% (2006 to 2008) asks for a "
        "reason. Cleansing records changes the referrals that are counted. The local 15% for 2009/10 is a ratio of "
        "two counts and is not judged here."
    ),
    strand=Strand.ACCOUNTABILITY,
    adding_up=PROPORTION,
    polarity=Polarity.HIGHER,
    unit="%",
    period=Period.WEEK,
    chart=Chart.XMR,
    about=About.CHILDREN,
    plan_items=("9c",),
    owner="Group manager, Assessment",
    requires=("referrals", "assessments"),
    fields=(
        "referrals.received_at",
        "referrals.decision",
        "referrals.decided_at",
        "referrals.closed_on",
        "referrals.child_id",
        "assessments.kind",
        "assessments.started_on",
        "assessments.completed_on",
        "assessments.terminated_on",
        "assessments.referral_id",
    ),
    key=Key.CHILD,
    blank_while_open="answered_by",
    waiting_words=WaitingWords(
        single="1 child was to be assessed, and no assessment has begun after 10 working days",
        many="{n} children were to be assessed, and no assessment has begun after 10 working days",
        kind="To be assessed, and not begun after 10 working days",
    ),
    details=(
        Detail("decided_on", "Decided", Holds.DATE),
        Detail("decision", "Decision", Holds.CODE, codes="referral_decision"),
        Detail("first_started_on", "First initial assessment begun", Holds.DATE),
        Detail("working_days_taken", "Working days to it, or waited so far", Holds.WORKING_DAYS_TAKEN),
        Detail("answered_by", "Answered by", Holds.WORDS),
        Detail("source", "Source", Holds.CODE, codes="source"),
        Detail("age_band", "Age", Holds.CODE, codes="age_band"),
    ),
    dimensions=("source", "decision", "age_band"),
)

_referral, _assessment = table("referrals", "referral"), table("assessments", "assessment")
_is_initial = sa.and_(_assessment.c.kind == word("initial"), _assessment.c.terminated_on.is_(None))
_begun = BegunWork(
    "assessments", "assessment", _assessment, _referral, begun="started_on", ended="completed_on", counts=_is_initial
)
_received = working_day_of(_referral.c.received_on)

_result = led_to(_referral, (_begun,))
_to_be_assessed = sa.and_(
    _referral.c.decision.in_(flagged("referral_decision", "leads_to_assessment")),
    # an enquiry follows it, and any assessment later
    _referral.c.decision != word("strategy_discussion"),
)
_answered_by = sa.case(
    (_begun.first_on.is_not(None), word("initial assessment")),
    (_begun.has(), word("other assessment")),
    (_referral.c.decision.is_(None), word("no decision yet")),
    (sa.not_(_to_be_assessed), word("decision")),
    (_referral.c.closed_on.is_not(None), word("closing")),
)

_cohort: sa.Select[Any] = (
    sa.select(
        _referral.c.referral_id.label("case_id"),
        _referral.c.child_key.label("key"),
        _referral.c.received_on.label("event_date"),
        _referral.c.team_id,
        _result.label("result"),
        _referral.c.decided_on,
        _referral.c.decision,
        _begun.first_on.label("first_started_on"),
        (working_day_of(sa.func.coalesce(_begun.first_on, AS_AT_ON)) - _received).label("working_days_taken"),
        _answered_by.label("answered_by"),
        _referral.c.source,
        _referral.c.age_band,
    )
    .select_from(_referral)
    .where(~has_earlier_open(_referral))
)


def _near(start: date, end: date) -> sa.ColumnElement[bool]:
    return _referral.c.received_on.between(start, end)


TOY = Toy(
    tables={
        "referrals": """
            referral_id | child_id | received_at | decided_at | decision           | closed_on  | team_id
            R1          | C1       | 2010-03-01  | 2010-03-01 | initial_assessment |            | T1
            R2          | C2       | 2010-03-01  | 2010-03-01 | initial_assessment |            | T1
            R3          | C3       | 2010-03-01  | 2010-03-01 | initial_assessment |            | T1
            R4          | C4       | 2010-03-24  | 2010-03-24 | no_further_action  |            | T1
            R5          | C5       | 2010-03-24  | 2010-03-24 | initial_assessment |            | T1
            R6          | C5       | 2010-03-25  |            |                    |            | T1
            R7          | C7       | 2010-01-04  | 2010-01-04 | no_further_action  |            | T1
            R8          | C7       | 2010-03-01  |            |                    |            | T1
            R9          | C9       | 2010-01-04  | 2010-01-04 | initial_assessment | 2010-03-01 | T1
            R10         | C9       | 2010-03-01  | 2010-03-02 | initial_assessment |            | T1
            R11         | C11      | 2010-03-15  |            |                    |            | T1
            R12         | C12      | 2010-03-12  |            |                    |            | T1
            R13         | C13      | 2010-03-01  | 2010-03-01 | initial_assessment |            | T1
            R14         | C14      | 2010-03-01  | 2010-03-01 | initial_assessment |            | T1
            R15         | C15      | 2010-03-01  | 2010-02-26 | no_further_action  |            | T1
            R16         | C16      | 2010-01-04  | 2010-01-04 | initial_assessment | 2009-12-01 | T1
            R17         | C16      | 2010-03-01  | 2010-03-01 | initial_assessment |            | T1
            R18         | C18      | 2010-03-26  | 2010-03-26 | initial_assessment |            | T1
            R19         | C19      | 2010-03-26  | 2010-03-30 | no_further_action  |            | T1
            R20         | C20      | 2010-03-30  |            |                    |            | T1
            R21         | C21      | 2010-03-01  | 2010-03-01 | initial_assessment |            | T1
            R22         | C22      | 2010-01-04  | 2009-12-01 | no_further_action  |            | T1
            R23         | C22      | 2010-03-01  | 2010-03-01 | no_further_action  |            | T1
        """,
        "assessments": """
            assessment_id | child_id | referral_id | kind    | started_on | completed_on | terminated_on | team_id
            A1            | C1       | R1          | initial | 2010-03-15 |              |               | T1
            A2            | C2       | R2          | initial | 2010-03-16 |              |               | T1
            A3            | C3       | R3          | initial | 2010-03-02 |              | 2010-03-09    | T1
            A4            | C3       | R3          | core    | 2010-03-03 |              |               | T1
            A7            | C7       |             | initial | 2010-03-03 |              |               | T1
            A10           | C9       |             | initial | 2010-03-05 |              |               | T1
            A13           | C13      | R13         | initial | 2010-02-26 |              |               | T1
            A14           | C14      |             | initial | 2010-03-03 | 2010-03-02   |               | T1
            A17           | C16      | R17         | initial | 2010-03-02 |              |               | T1
            A18           | C18      | R18         | initial | 2010-03-30 |              |               | T1
            A21a          | C21      | R21         | initial | 2010-02-01 |              |               | T1
            A21b          | C21      | R21         | initial | 2010-03-03 |              |               | T1
        """,
    },
    expected="""
        case | result         | because
        R1   | met            | begun on working day 10
        R2   | not met        | begun on working day 11
        R3   | not met        | terminated, and a core assessment is no initial one
        R4   | not met        | decided otherwise
        R5   | not yet due    | working day 3
        R6   | left out       | R5 is open
        R7   | not met        | the assessment of March follows R8
        R8   | met            | R7 was closed by its decision; the assessment that follows is R8's
        R9   | not met        | the assessment of March follows R10
        R10  | met            | R9 was closed that day
        R11  | not yet due    | working day 10 is not over
        R12  | not met        | working day 11
        R13  | not computable | its assessment was begun before it came
        R14  | not computable | its assessment was completed before it was begun
        R15  | not computable | decided before it came
        R16  | not met        | nothing was begun
        R17  | not computable | R16 was closed before it came, and may have been open still
        R18  | not computable | its assessment was begun after the data were taken
        R19  | not computable | decided after the data were taken
        R20  | not computable | received after the data were taken
        R21  | met            | one of its assessments was begun before it came, the other in time
        R22  | not computable | decided before it came
        R23  | not computable | R22 was closed by a decision before it came
    """,
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY, may_wait=sa.and_(_to_be_assessed, _referral.c.closed_on.is_(None)))
