"""Initial assessments completed per referral received, in the form of National Indicator 68 (plan item 9c)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.measures.adding_up import RATIO
from data_access.measures.assessment_dates import completed_too_early, not_terminated, of_kind, terminated_too_early
from data_access.measures.contract import COUNTED, DATED_AHEAD, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand
from data_access.measures.impossible import dated_ahead, not_computable
from data_access.measures.sql import number, table, word
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="initial_assessments_per_referral",
    title="Initial assessments per referral",
    question="How many initial assessments are completed for every hundred referrals received (NI 68)?",
    why=(
        "Ofsted found too few referrals leading to an assessment. This is the form in which England's figures are "
        "published, so that it can be set beside theirs."
    ),
    how=(
        "Initial assessments completed in the period (authorised by a manager, not terminated), out of referrals "
        "received in it: two counts, each with its own date and team. Assessments completed before they were begun, "
        "and rows dated after the data were taken, are left out and counted separately."
    ),
    misleads=(
        "The two counts are about different children: assessments of last month's referrals count this month, so that "
        "the figure can pass 100%. The plan prints a target of 15% for 2009/10. It is shown as printed, as a line to "
        "look at, since it is questioned: England's figure was 56% in 2006/07 and 59% in 2007/08, so that a figure "
        "above 15% can still be far below England's."
    ),
    strand=Strand.ACCOUNTABILITY,
    adding_up=RATIO,
    polarity=Polarity.HIGHER,
    unit="%",
    period=Period.MONTH,
    chart=Chart.XMR,
    about=About.CHILDREN,
    plan_items=("9c",),
    owner="Group manager, Assessment",
    requires=("referrals", "assessments"),
    fields=(
        "referrals.received_at",
        "assessments.kind",
        "assessments.started_on",
        "assessments.completed_on",
        "assessments.terminated_on",
    ),
    key=Key.CHILD,
    details=(Detail("counts_as", "Counts as", Holds.WORDS),),
    partner="referrals_leading_to_initial_assessment",
    headline=False,
)

_assessment, _referral = table("assessments", "assessment"), table("referrals", "referral")

_assessments: sa.Select[Any] = sa.select(
    _assessment.c.assessment_id.label("case_id"),
    _assessment.c.child_key.label("key"),
    _assessment.c.completed_on.label("event_date"),
    _assessment.c.team_id,
    sa.case(
        (dated_ahead("assessments", _assessment.c.completed_on, _assessment.c.terminated_on), word(DATED_AHEAD)),
        (terminated_too_early(_assessment), not_computable("terminated before it was begun")),
        (completed_too_early(_assessment), not_computable("completed before it was begun")),
        else_=word(COUNTED),
    ).label("result"),
    number(1).label("numerator"),
    number(0).label("denominator"),
    word("initial assessment completed").label("counts_as"),
).where(
    of_kind(_assessment, "initial"),
    _assessment.c.completed_on.is_not(None),
    not_terminated(_assessment),
)

_referrals: sa.Select[Any] = sa.select(
    _referral.c.referral_id.label("case_id"),
    _referral.c.child_key.label("key"),
    _referral.c.received_on.label("event_date"),
    _referral.c.team_id,
    sa.case((dated_ahead("referrals", _referral.c.received_on), word(DATED_AHEAD)), else_=word(COUNTED)).label(
        "result"
    ),
    number(0).label("numerator"),
    number(1).label("denominator"),
    word("referral received").label("counts_as"),
)


def _completed_near(start: date, end: date) -> sa.ColumnElement[bool]:
    return _assessment.c.completed_on.between(start, end)


def _received_near(start: date, end: date) -> sa.ColumnElement[bool]:
    return _referral.c.received_on.between(start, end)


TOY = Toy(
    tables={
        "referrals": """
            referral_id | child_id | received_at | team_id
            R1          | C1       | 2010-02-26  | T1
            R2          | C2       | 2010-03-01  | T2
            R3          | C3       | 2010-03-30  | T1
        """,
        "assessments": """
            assessment_id | child_id | referral_id | kind    | started_on | completed_on | terminated_on | team_id
            A1            | C1       | R1          | initial | 2010-03-01 | 2010-03-09   |               | T2
            A2            | C9       |             | initial | 2010-03-01 | 2010-03-09   |               | T1
            A3            | C2       | R2          | core    | 2010-03-02 | 2010-03-09   |               | T1
            A4            | C2       | R2          | initial | 2010-03-02 |              |               | T1
            A5            | C2       | R2          | initial | 2010-03-02 | 2010-03-09   | 2010-03-09    | T1
            A6            | C2       | R2          | initial | 2010-03-09 | 2010-03-02   |               | T1
            A7            | C2       | R2          | initial | 2010-03-02 | 2010-03-30   |               | T1
            A8            | C2       | R2          | initial | 2010-03-02 | 2010-03-09   | 2010-03-01    | T1
        """,
    },
    expected="""
        case | result         | because
        R1   | 0 of 1         | a referral of February
        R2   | 0 of 1         | a referral of March
        R3   | not computable | received after the data were taken
        A1   | 1 of 0         | counts in March with the team that completed it
        A2   | 1 of 0         | needs no referral
        A3   | left out       | a core assessment
        A4   | left out       | not completed
        A5   | left out       | terminated
        A6   | not computable | completed before it was begun
        A7   | not computable | completed after the data were taken
        A8   | not computable | terminated before it was begun
    """,
)

MEASURE = Measure(DEFINITION, _assessments, _completed_near, TOY, also=((_referrals, _received_near),))
