"""Referral decisions recorded clearly (Ofsted's area for priority action)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.measures.adding_up import PROPORTION
from data_access.measures.contract import DATED_AHEAD, MET, NOT_MET, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand
from data_access.measures.impossible import Moment, dated_ahead, not_computable, precedes
from data_access.measures.sql import flagged, table, word
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="decisions_recorded_clearly",
    title="Referral decisions recorded clearly",
    question="Does the record of each decision say which manager took it, what was decided, and why?",
    why=(
        "Ofsted found in 2009 that the recording of decisions was sometimes unclear. Whoever opens the case next must "
        "be able to see who decided what, and for which reason."
    ),
    how=(
        "Referrals whose decision names a decision-maker of a manager's grade, an outcome and a reason, out of all "
        "referrals decided, by the day of the decision. Decisions before the receipt, and those dated after the data "
        "were taken, are left out and counted separately."
    ),
    misleads=(
        "It says that a reason is given, not that it is a good one: audits of cases do. Where several things are "
        "missing, the case list names the first of decision-maker, grade, outcome and reason."
    ),
    strand=Strand.ACCOUNTABILITY,
    adding_up=PROPORTION,
    polarity=Polarity.HIGHER,
    unit="%",
    period=Period.WEEK,
    chart=Chart.XMR,
    about=About.CHILDREN,
    plan_items=(),
    owner="Assessment Service management team",
    requires=("referrals",),
    fields=(
        "referrals.received_at",
        "referrals.decided_at",
        "referrals.decision",
        "referrals.decided_by_role",
        "referrals.reason",
    ),
    key=Key.CHILD,
    details=(
        Detail("missing", "Missing", Holds.WORDS),
        Detail("decision", "Decision", Holds.CODE, codes="referral_decision"),
        Detail("decided_by_role", "Decided by", Holds.CODE, codes="role"),
        Detail("reason", "Reason", Holds.WORDS),
        Detail("source", "Source", Holds.CODE, codes="source"),
    ),
    dimensions=("missing", "decision", "decided_by_role", "source"),
    headline=False,
)

_referral = table("referrals", "referral")
_received, _decided = Moment.of(_referral, "received"), Moment.of(_referral, "decided")
_by_a_manager = _referral.c.decided_by_role.in_(flagged("role", "manager_grade"))
_missing = sa.case(
    (_referral.c.decided_by_role.is_(None), word("who decided")),
    (sa.not_(_by_a_manager), word("a manager's grade")),
    (_referral.c.decision.is_(None), word("the outcome")),
    (_referral.c.reason.is_(None), word("the reason")),
)

_result = sa.case(
    (dated_ahead("referrals", _received.on, _decided.on), word(DATED_AHEAD)),
    (precedes(_decided, _received), not_computable("decided before it was received")),
    (_missing.is_(None), word(MET)),
    else_=word(NOT_MET),
)

_cohort: sa.Select[Any] = sa.select(
    _referral.c.referral_id.label("case_id"),
    _referral.c.child_key.label("key"),
    _decided.on.label("event_date"),
    _referral.c.team_id,
    _result.label("result"),
    _missing.label("missing"),
    _referral.c.decision,
    _referral.c.decided_by_role,
    _referral.c.reason,
    _referral.c.source,
).where(_decided.on.is_not(None))


def _near(start: date, end: date) -> sa.ColumnElement[bool]:
    return _decided.on.between(start, end)


TOY = Toy(
    tables={
        "referrals": """
            referral_id | child_id | received_at      | decided_at       | decision           | decided_by_role   | reason            | team_id
            R1          | C1       | 2010-03-15 10:00 | 2010-03-16 10:00 | no_further_action  | team_manager      | threshold_not_met | T1
            R2          | C2       | 2010-03-15 10:00 | 2010-03-16 10:00 | no_further_action  | team_manager      |                   | T1
            R3          | C3       | 2010-03-15 10:00 | 2010-03-16 10:00 |                    | team_manager      | threshold_not_met | T1
            R4          | C4       | 2010-03-15 10:00 | 2010-03-16 10:00 | no_further_action  |                   | threshold_not_met | T1
            R5          | C5       | 2010-03-15 10:00 | 2010-03-16 10:00 | no_further_action  | social_worker     | threshold_not_met | T1
            R6          | C6       | 2010-03-15 10:00 |                  | no_further_action  | team_manager      | threshold_not_met | T1
            R7          | C7       | 2010-03-15       | 2010-03-22       | initial_assessment | practice_manager  | threshold_met     | T1
            R8          | C8       | 2010-03-15 10:00 | 2010-03-15 09:59 | initial_assessment | practice_manager  | threshold_met     | T1
            R9          | C9       | 2010-03-15       | 2010-03-14 23:00 | initial_assessment | practice_manager  |                   | T1
            R10         | C10      | 2010-03-15 10:00 | 2010-03-30       | initial_assessment | practice_manager  | threshold_met     | T1
            R11         | C11      | 2010-03-15 10:00 | 2010-03-16 10:00 |                    |                   |                   | T1
            R12         | C12      | 2010-03-30       | 2010-03-16 10:00 | initial_assessment | practice_manager  | threshold_met     | T1
        """,
    },
    expected="""
        case | result         | because
        R1   | met            | a manager's grade, an outcome and a reason
        R2   | not met        | no reason
        R3   | not met        | no outcome
        R4   | not met        | nothing says who decided
        R5   | not met        | decided by a social worker
        R6   | left out       | nothing says when it was decided, so it counts as undecided
        R7   | met            | late, and clear
        R8   | not computable | decided a minute before it was received
        R9   | not computable | decided on the day before
        R10  | not computable | decided after the data were taken
        R11  | not met        | nothing but the day is recorded
        R12  | not computable | received after the data were taken
    """,
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY)
