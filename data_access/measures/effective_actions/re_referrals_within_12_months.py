"""Re-referrals within 12 months (plan items 13 and 15)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.measures.adding_up import PROPORTION
from data_access.measures.contract import DATED_AHEAD, MET, NOT_MET, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand
from data_access.measures.impossible import dated_ahead, not_computable
from data_access.measures.sql import COVERS_FROM, calendar, came_before, table, word
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="re_referrals_within_12_months",
    title="Re-referrals within 12 months",
    question="How many children come back within a year of an earlier referral?",
    why="A child who comes back may not have had the help that was needed the first time.",
    how=(
        "Referrals of a child who had an earlier referral since the same date a year before, out of all referrals. "
        "Of two referrals on one day only the second counts. Children who were found to be one are counted as one. "
        "Referrals dated after the data were taken are left out and counted separately."
    ),
    misleads=(
        "More re-referrals do not by themselves mean that need was missed: a low threshold or a new partner can "
        "raise them. For the first 12 months of data they can't be worked out."
    ),
    strand=Strand.EFFECTIVE_ACTIONS,
    adding_up=PROPORTION,
    polarity=Polarity.LOWER,
    unit="%",
    period=Period.WEEK,
    chart=Chart.XMR,
    about=About.CHILDREN,
    plan_items=("13", "15"),
    owner="S&R senior management team",
    requires=("referrals",),
    fields=("referrals.received_at", "referrals.child_id"),
    key=Key.CHILD,
    details=(
        Detail("decision", "Decision", Holds.CODE, codes="referral_decision"),
        Detail("source", "Source", Holds.CODE, codes="source"),
        Detail("age_band", "Age", Holds.CODE, codes="age_band"),
        Detail("earlier_referral_id", "Earlier referral", Holds.REFERENCE, of_team="earlier_team_id"),
        Detail("earlier_received_on", "Earlier referral received", Holds.DATE),
        Detail("earlier_team_id", "Earlier team", Holds.TEAM, of_team="earlier_team_id"),
        Detail(
            "earlier_decision",
            "Earlier referral ended in",
            Holds.CODE,
            codes="referral_decision",
            of_team="earlier_team_id",
        ),
    ),
    dimensions=("source", "age_band", "earlier_decision"),
)

_referral, _earlier = table("referrals", "referral"), table("referrals", "earlier")
_before = table("referrals", "before")
_received_day = calendar("received_day")

_earlier_id = (
    sa.select(_before.c.referral_id)
    .where(
        _before.c.child_key == _referral.c.child_key,
        _before.c.received_on >= _received_day.c.year_before,
        came_before(_before, _referral),
    )
    .order_by(_before.c.received_at.desc(), _before.c.referral_id.desc())
    .limit(1)
    .scalar_subquery()
)

_result = sa.case(
    (dated_ahead("referrals", _referral.c.received_on), word(DATED_AHEAD)),
    (_received_day.c.year_before < COVERS_FROM, not_computable("earlier referrals not loaded")),
    (_earlier.c.referral_id.is_not(None), word(MET)),
    else_=word(NOT_MET),
)

_cohort: sa.Select[Any] = (
    sa.select(
        _referral.c.referral_id.label("case_id"),
        _referral.c.child_key.label("key"),
        _referral.c.received_on.label("event_date"),
        _referral.c.team_id,
        _result.label("result"),
        _referral.c.decision,
        _referral.c.source,
        _referral.c.age_band,
        _earlier.c.referral_id.label("earlier_referral_id"),
        _earlier.c.received_on.label("earlier_received_on"),
        _earlier.c.team_id.label("earlier_team_id"),
        _earlier.c.decision.label("earlier_decision"),
    )
    .select_from(_referral)
    .join(_received_day, _received_day.c.day == _referral.c.received_on)
    .outerjoin(_earlier, _earlier.c.referral_id == _earlier_id)
)


def _near(start: date, end: date) -> sa.ColumnElement[bool]:
    return _referral.c.received_on.between(start, end)


TOY = Toy(
    tables={
        "child_merges": """
            child_id | merged_into | on
            C5b      | C5a         | 2010-01-01
            C5a      | C5          | 2010-01-02
        """,
        "referrals": """
            referral_id | child_id | received_at      | team_id
            R1          | C1       | 2009-03-01       | T1
            R2          | C1       | 2010-03-01       | T1
            R3          | C2       | 2009-02-28       | T1
            R4          | C2       | 2010-03-01       | T1
            R5          | C3       | 2010-03-01 09:00 | T1
            R6          | C3       | 2010-03-01 10:00 | T1
            R7          | C4       | 2010-03-01       | T1
            R8          | C4       | 2010-03-01       | T1
            R9          | C5b      | 2009-06-01       | T2
            R10         | C5       | 2010-03-01       | T1
            R11         | C6       | 2008-12-31       | T1
            R12         | C6       | 2008-06-01       | T1
            R13         | C1       | 2010-03-30       | T1
        """,
    },
    expected="""
        case | result         | because
        R1   | not met        | the child's first
        R2   | met            | the same date a year before is inside
        R3   | not met        | the child's first
        R4   | not met        | a year and a day before
        R5   | not met        | the first of two on one day
        R6   | met            | the second of two on one day
        R7   | not met        | no times: the smaller reference comes first
        R8   | met            | no times: the larger reference comes second
        R9   | not met        | the child's first
        R10  | met            | the other reference was merged, by way of a third, into this child
        R11  | not computable | less than a year after the data begin
        R12  | not computable | less than a year after the data begin
        R13  | not computable | received after the data were taken
    """,
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY)
