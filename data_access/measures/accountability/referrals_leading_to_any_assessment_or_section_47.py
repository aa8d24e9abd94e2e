"""Referrals leading to any assessment or a section 47 enquiry (plan item 9c)."""

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
    id="referrals_leading_to_any_assessment_or_section_47",
    title="Referrals leading to any assessment or enquiry",
    question="Of the referrals on cases not already open, how many lead to an assessment or a section 47 enquiry?",
    why=(
        "Few referrals may lead to an initial assessment because children go straight to a core assessment or an "
        "enquiry, which is right where one is at risk. This says how many are looked into at all."
    ),
    how=(
        "Referrals with an assessment of any kind begun, or a strategy discussion held, within 10 working days of "
        "receipt, out of referrals received on cases not already open, once decided otherwise or 10 working days on. "
        "Every section 47 enquiry begins with a strategy discussion. Terminated assessments don't count. Each belongs "
        "to the referral that it names, else to the child's latest referral before it began. One begun before the "
        "referral, or completed before it began, counts as none: where nothing else was begun in time, the referral is "
        "left out and counted separately. So are referrals decided before they came, those after an earlier one whose "
        "closing can't be dated, and dates after the data were taken."
    ),
    misleads=(
        "Neither more nor fewer is better in itself. Read it with the referrals that led to an initial assessment: "
        "what lies between both went straight to more."
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
    requires=("referrals", "assessments", "section_47_enquiries"),
    fields=(
        "referrals.received_at",
        "referrals.decision",
        "referrals.decided_at",
        "referrals.closed_on",
        "referrals.child_id",
        "assessments.started_on",
        "assessments.completed_on",
        "assessments.terminated_on",
        "assessments.referral_id",
        "section_47_enquiries.strategy_discussion_on",
        "section_47_enquiries.ended_on",
        "section_47_enquiries.referral_id",
    ),
    key=Key.CHILD,
    details=(
        Detail("decided_on", "Decided", Holds.DATE),
        Detail("decision", "Decision", Holds.CODE, codes="referral_decision"),
        Detail("first_assessment_on", "First assessment begun", Holds.DATE),
        Detail("first_discussion_on", "First strategy discussion", Holds.DATE),
        Detail("working_days_taken", "Working days to the first of them, or waited so far", Holds.WORKING_DAYS_TAKEN),
        Detail("answered_by", "Answered by", Holds.WORDS),
        Detail("source", "Source", Holds.CODE, codes="source"),
        Detail("age_band", "Age", Holds.CODE, codes="age_band"),
    ),
    dimensions=("source", "decision", "answered_by", "age_band"),
    blank_while_open="answered_by",
    waiting_words=WaitingWords(
        single="1 child was to be assessed or enquired about, and nothing has begun after 10 working days",
        many="{n} children were to be assessed or enquired about, and nothing has begun after 10 working days",
        kind="To be assessed or enquired about, and not begun after 10 working days",
    ),
    headline=False,
)

_referral = table("referrals", "referral")
_assessment, _enquiry = table("assessments", "assessment"), table("section_47_enquiries", "enquiry")
_assessed = BegunWork(
    "assessments",
    "assessment",
    _assessment,
    _referral,
    begun="started_on",
    ended="completed_on",
    counts=_assessment.c.terminated_on.is_(None),
)
_enquired = BegunWork(
    "section_47_enquiries",
    "enquiry",
    _enquiry,
    _referral,
    begun="strategy_discussion_on",
    ended="ended_on",
    counts=sa.true(),
)
_received = working_day_of(_referral.c.received_on)
_first_on = sa.case(
    (_enquired.first_on.is_(None), _assessed.first_on),
    (_assessed.first_on <= _enquired.first_on, _assessed.first_on),
    else_=_enquired.first_on,
)
_to_be_looked_into = _referral.c.decision.in_(flagged("referral_decision", "leads_to_assessment"))
_answered_by = sa.case(
    (_assessed.first_on.is_not(None), word("assessment")),
    (_enquired.first_on.is_not(None), word("enquiry")),
    (_assessed.has(), word("assessment that doesn't count")),
    (_enquired.has(), word("enquiry that doesn't count")),
    (_referral.c.decision.is_(None), word("no decision yet")),
    (sa.not_(_to_be_looked_into), word("decision")),
    (_referral.c.closed_on.is_not(None), word("closing")),
)

_cohort: sa.Select[Any] = (
    sa.select(
        _referral.c.referral_id.label("case_id"),
        _referral.c.child_key.label("key"),
        _referral.c.received_on.label("event_date"),
        _referral.c.team_id,
        led_to(_referral, (_assessed, _enquired)).label("result"),
        _referral.c.decided_on,
        _referral.c.decision,
        _assessed.first_on.label("first_assessment_on"),
        _enquired.first_on.label("first_discussion_on"),
        (working_day_of(sa.func.coalesce(_first_on, AS_AT_ON)) - _received).label("working_days_taken"),
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
            referral_id | child_id | received_at | decided_at | decision            | closed_on  | team_id
            R1          | C1       | 2010-03-01  | 2010-03-01 | core_assessment     |            | T1
            R2          | C2       | 2010-03-01  | 2010-03-01 | core_assessment     |            | T1
            R3          | C3       | 2010-03-01  | 2010-03-01 | initial_assessment  |            | T1
            R4          | C4       | 2010-03-01  | 2010-03-01 | strategy_discussion |            | T1
            R5          | C5       | 2010-03-01  | 2010-03-01 | strategy_discussion |            | T1
            R6          | C6       | 2010-01-04  | 2010-01-04 | no_further_action   |            | T1
            R7          | C6       | 2010-03-01  |            |                     |            | T1
            R8          | C8       | 2010-03-01  | 2010-03-01 | strategy_discussion |            | T1
            R9          | C9       | 2010-03-24  | 2010-03-24 | no_further_action   |            | T1
            R10         | C10      | 2010-03-15  | 2010-03-15 | strategy_discussion |            | T1
            R11         | C11      | 2010-03-12  | 2010-03-12 | strategy_discussion |            | T1
            R12         | C12      | 2010-03-24  | 2010-03-24 | strategy_discussion |            | T1
            R13         | C12      | 2010-03-25  |            |                     |            | T1
            R14         | C14      | 2010-03-01  | 2010-03-01 | strategy_discussion |            | T1
            R15         | C15      | 2010-03-01  | 2010-03-01 | strategy_discussion |            | T1
            R16         | C16      | 2010-03-01  | 2010-03-01 | strategy_discussion |            | T1
            R17         | C17      | 2010-03-26  | 2010-03-26 | strategy_discussion |            | T1
            R18         | C18      | 2010-03-26  | 2010-03-26 | initial_assessment  |            | T1
            R19         | C19      | 2010-03-01  | 2010-02-26 | no_further_action   |            | T1
            R20         | C20      | 2010-01-04  | 2010-01-04 | initial_assessment  | 2009-12-01 | T1
            R21         | C20      | 2010-03-01  | 2010-03-01 | strategy_discussion |            | T1
            R22         | C22      | 2010-03-30  |            |                     |            | T1
            R23         | C23      | 2010-03-01  | 2010-03-01 | single_assessment   | 2010-03-10 | T1
        """,
        "assessments": """
            assessment_id | child_id | referral_id | kind    | started_on | completed_on | terminated_on | team_id
            A1            | C1       | R1          | core    | 2010-03-15 |              |               | T1
            A2            | C2       | R2          | single  | 2010-03-16 |              |               | T1
            A3            | C3       | R3          | initial | 2010-03-02 |              | 2010-03-09    | T1
            A8            | C8       | R8          | core    | 2010-03-20 |              |               | T1
            A16           | C16      | R16         | core    | 2010-02-20 |              |               | T1
            A18           | C18      | R18         | initial | 2010-03-30 |              |               | T1
        """,
        "section_47_enquiries": """
            enquiry_id | child_id | referral_id | strategy_discussion_on | ended_on   | team_id
            E4         | C4       | R4          | 2010-03-15             |            | T1
            E5         | C5       | R5          | 2010-03-16             |            | T1
            E6         | C6       |             | 2010-03-03             |            | T1
            E8         | C8       | R8          | 2010-03-03             | 2010-03-12 | T1
            E14        | C14      | R14         | 2010-02-26             |            | T1
            E15        | C15      | R15         | 2010-03-03             | 2010-03-02 | T1
            E16        | C16      | R16         | 2010-03-02             |            | T1
            E17        | C17      | R17         | 2010-03-30             |            | T1
            E20        | C20      | R21         | 2010-03-02             |            | T1
        """,
    },
    expected="""
        case | result         | because
        R1   | met            | a core assessment begun on working day 10
        R2   | not met        | begun on working day 11
        R3   | not met        | terminated
        R4   | met            | a strategy discussion on working day 10
        R5   | not met        | a strategy discussion on working day 11
        R6   | not met        | the enquiry of March follows R7
        R7   | met            | the enquiry that follows is its own
        R8   | met            | an enquiry in time, an assessment later
        R9   | not met        | decided otherwise
        R10  | not yet due    | working day 10 is not over
        R11  | not met        | working day 11
        R12  | not yet due    | working day 3
        R13  | left out       | R12 is open
        R14  | not computable | its strategy discussion was held before it came
        R15  | not computable | its enquiry ended before it began
        R16  | met            | its assessment was begun before it came, but its enquiry in time
        R17  | not computable | its strategy discussion is dated after the data were taken
        R18  | not computable | its assessment was begun after the data were taken
        R19  | not computable | decided before it came
        R20  | not met        | nothing was begun
        R21  | not computable | R20 was closed before it came, and may have been open still
        R22  | not computable | received after the data were taken
        R23  | not met        | closed with nothing begun
    """,
)

MEASURE = Measure(
    DEFINITION, _cohort, _near, TOY, may_wait=sa.and_(_to_be_looked_into, _referral.c.closed_on.is_(None))
)
