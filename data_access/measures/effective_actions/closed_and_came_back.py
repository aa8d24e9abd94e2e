"""Children closed without assessment who came back (partner of quick decisions)."""

from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from data_access.measures.adding_up import PROPORTION
from data_access.measures.contract import DATED_AHEAD, MET, NOT_MET, NOT_YET_DUE, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand
from data_access.measures.impossible import Moment, dated_ahead, not_computable, precedes
from data_access.measures.sql import AS_AT_ON, came_before, day_number_of, flagged, table, word
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DAYS: Final = 90

DEFINITION = Definition(
    id="closed_and_came_back",
    title="Closed without assessment, and came back",
    question="How many children whose referral was closed without an assessment are referred again within 90 days?",
    why=(
        "Decisions can be made quickly by turning children away. A child turned away who comes back soon may have "
        "needed help the first time."
    ),
    how=(
        "Referrals closed by their decision (no further action, a CAF, advice) whose child is referred again within "
        "90 days of the decision, weekends included, out of all referrals so closed, once the child came back or 90 "
        "days have passed. Children who were found to be one are counted as one. Decisions before the receipt and "
        "dates after the data were taken are left out and counted separately; so is a referral whose only later one "
        "is dated after the data were taken."
    ),
    misleads=(
        "A child can come back for another reason, and one who never comes back may have needed help all the same. "
        "The figure of the last 90 days holds only children who are back already: it is not settled yet."
    ),
    strand=Strand.EFFECTIVE_ACTIONS,
    adding_up=PROPORTION,
    polarity=Polarity.LOWER,
    unit="%",
    period=Period.WEEK,
    chart=Chart.P_PRIME,
    about=About.CHILDREN,
    plan_items=(),
    owner="Assessment Service management team",
    requires=("referrals",),
    fields=(
        "referrals.received_at",
        "referrals.decided_at",
        "referrals.decision",
        "referrals.child_id",
    ),
    key=Key.CHILD,
    details=(
        Detail("decision", "Decision", Holds.CODE, codes="referral_decision"),
        Detail("decided_by_role", "Decided by", Holds.CODE, codes="role"),
        Detail("later_referral_id", "Later referral", Holds.REFERENCE, of_team="later_team_id"),
        Detail("later_received_on", "Later referral received", Holds.DATE),
        Detail("days_until", "Days until then", Holds.NUMBER),
        Detail("later_team_id", "Later team", Holds.TEAM, of_team="later_team_id"),
        Detail("source", "Source", Holds.CODE, codes="source"),
        Detail("age_band", "Age", Holds.CODE, codes="age_band"),
    ),
    dimensions=("decision", "decided_by_role", "source", "age_band"),
    partner="decisions_within_24_hours",
    headline=False,
)

_referral, _later = table("referrals", "referral"), table("referrals", "later")
_again, _ahead = table("referrals", "again"), table("referrals", "ahead")
_received, _decided = Moment.of(_referral, "received"), Moment.of(_referral, "decided")


def _comes_back(other: sa.FromClause) -> sa.ColumnElement[bool]:
    """Return whether another referral of the child came after this one, and not before it was decided."""
    return sa.and_(
        other.c.child_key == _referral.c.child_key,
        came_before(_referral, other),
        sa.not_(precedes(Moment.of(other, "received"), _decided)),
    )


def _days_since(day: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return day_number_of(day) - day_number_of(_decided.on)


_later_id = (
    sa.select(_again.c.referral_id)
    .where(
        _comes_back(_again),
        _days_since(_again.c.received_on) <= DAYS,
        sa.not_(dated_ahead("referrals", _again.c.received_on)),
    )
    .order_by(_again.c.received_at, _again.c.referral_id)
    .limit(1)
    .correlate_except(_again)
    .scalar_subquery()
)
_another_is_ahead = (
    sa.exists().where(_comes_back(_ahead), dated_ahead("referrals", _ahead.c.received_on)).correlate_except(_ahead)
)

_result = sa.case(
    (dated_ahead("referrals", _received.on, _decided.on), word(DATED_AHEAD)),
    (precedes(_decided, _received), not_computable("decided before it was received")),
    (_later.c.referral_id.is_not(None), word(MET)),
    (_another_is_ahead, word(DATED_AHEAD)),
    (_days_since(AS_AT_ON) > DAYS, word(NOT_MET)),
    else_=word(NOT_YET_DUE),
)

_cohort: sa.Select[Any] = (
    sa.select(
        _referral.c.referral_id.label("case_id"),
        _referral.c.child_key.label("key"),
        _decided.on.label("event_date"),
        _referral.c.team_id,
        _result.label("result"),
        _referral.c.decision,
        _referral.c.decided_by_role,
        _later.c.referral_id.label("later_referral_id"),
        _later.c.received_on.label("later_received_on"),
        _days_since(_later.c.received_on).label("days_until"),
        _later.c.team_id.label("later_team_id"),
        _referral.c.source,
        _referral.c.age_band,
    )
    .select_from(_referral)
    .outerjoin(_later, _later.c.referral_id == _later_id)
    .where(
        _decided.on.is_not(None),
        _referral.c.decision.in_(flagged("referral_decision", "closes_case")),
    )
)


def _near(start: date, end: date) -> sa.ColumnElement[bool]:
    return _decided.on.between(start, end)


TOY = Toy(
    tables={
        "child_merges": """
            child_id | merged_into | on
            C7b      | C7          | 2010-01-01
        """,
        "referrals": """
            referral_id | child_id | received_at      | decided_at       | decision           | team_id
            R1          | C1       | 2009-12-01       | 2009-12-01       | no_further_action  | T1
            R2          | C1       | 2010-03-01       |                  |                    | T2
            R3          | C3       | 2009-12-01       | 2009-12-01       | advice             | T1
            R4          | C3       | 2010-03-02       |                  |                    | T1
            R5          | C5       | 2009-12-28       | 2009-12-28       | caf                | T1
            R6          | C6       | 2009-12-29       | 2009-12-29       | caf                | T1
            R7          | C7b      | 2010-02-01       | 2010-02-01       | advice             | T1
            R8          | C7       | 2010-03-01       | 2010-03-02       | initial_assessment | T1
            R9          | C7       | 2010-03-10       |                  |                    | T1
            R10         | C10      | 2010-01-04 09:00 | 2010-01-04 15:00 | no_further_action  | T1
            R11         | C10      | 2010-01-04 14:59 | 2010-01-05 09:00 | core_assessment    | T1
            R12         | C12      | 2009-10-05 09:00 | 2009-10-05 15:00 | no_further_action  | T1
            R13         | C12      | 2009-10-05 15:00 |                  |                    | T1
            R14         | C14      | 2009-10-05       | 2009-10-05       | no_further_action  | T1
            R15         | C14      | 2009-10-05       | 2009-10-06       | no_further_action  | T1
            R16         | C16      | 2010-02-01       |                  | no_further_action  | T1
            R17         | C17      | 2010-02-01       | 2010-01-31       | no_further_action  | T1
            R18         | C17      | 2010-02-02       |                  |                    | T1
            R19         | C19      | 2010-02-01       | 2010-03-30       | no_further_action  | T1
            R20         | C20      | 2009-10-05       | 2009-10-05       | no_further_action  | T1
            R21         | C20      | 2010-03-31       |                  |                    | T1
        """,
    },
    expected="""
        case | result         | because
        R1   | met            | came back on day 90, to another team
        R2   | left out       | not decided
        R3   | not met        | came back on day 91
        R4   | left out       | not decided
        R5   | not met        | day 91
        R6   | not yet due    | day 90 is not over
        R7   | met            | came back under the reference that this one was merged into, known at once
        R8   | left out       | not closed by its decision
        R9   | left out       | not decided
        R10  | not yet due    | the other came before it was decided
        R11  | left out       | not closed by its decision
        R12  | met            | came back at the very minute of the decision
        R13  | left out       | not decided
        R14  | met            | came back on the same day, with the greater reference
        R15  | not met        | the other is the earlier one
        R16  | left out       | nothing says when it was decided
        R17  | not computable | decided before it came
        R18  | left out       | not decided
        R19  | not computable | decided after the data were taken
        R20  | not computable | the only later one is dated after the data were taken
        R21  | left out       | not decided
    """,
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY)
