"""Referrers told the outcome of their referral (plan item 9a)."""

from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from data_access.measures.adding_up import PROPORTION
from data_access.measures.contract import DATED_AHEAD, MET, NOT_MET, NOT_YET_DUE, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand
from data_access.measures.impossible import Moment, dated_ahead, not_computable, not_negative, precedes
from data_access.measures.sql import AS_AT_ON, table, word, working_day_of
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

WORKING_DAYS: Final = 5
ACKNOWLEDGED_WITHIN: Final = 1
"""Working days from the receipt in which its acknowledgement should be sent."""

DEFINITION = Definition(
    id="referrers_told_the_outcome",
    title="Referrers told the outcome",
    question="Do those who refer a child hear what was decided?",
    why=(
        "The auditor found in 2009 that referrers were not always told. Who hears nothing refers again, or stops "
        "referring, and can't act where the council does not."
    ),
    how=(
        "Referrals whose referrer was told the outcome within 5 working days of the decision, out of the decided "
        "referrals on which a reply is owed, once the referrer was told or 5 working days have passed. A reply is owed "
        "where the record says so; where it doesn't say, to all but families who referred themselves and anonymous "
        "callers. Referrers told before the decision, decisions before the receipt, and dates after the data were "
        "taken are left out and counted separately."
    ),
    misleads=(
        "The 5 working days are ours: the plan says only that the outcome is fed back. Telling the referrer by phone "
        "counts only where somebody records it. Whether the receipt was acknowledged within 1 working day stands in "
        "the case list, and doesn't count here."
    ),
    strand=Strand.ACCOUNTABILITY,
    adding_up=PROPORTION,
    polarity=Polarity.HIGHER,
    unit="%",
    period=Period.WEEK,
    chart=Chart.XMR,
    about=About.CHILDREN,
    plan_items=("9a",),
    owner="Assessment Service management team",
    requires=("referrals",),
    fields=(
        "referrals.received_at",
        "referrals.decided_at",
        "referrals.referrer_told_at",
        "referrals.reply_owed",
        "referrals.source",
    ),
    key=Key.CHILD,
    details=(
        Detail("decision", "Decision", Holds.CODE, codes="referral_decision"),
        Detail("told_on", "Referrer told", Holds.DATE),
        Detail("working_days_taken", "Working days taken, or waited so far", Holds.WORKING_DAYS_TAKEN),
        Detail("acknowledged_on", "Receipt acknowledged", Holds.DATE),
        Detail("acknowledged_in_time", "Acknowledged within 1 working day", Holds.YES_NO),
        Detail("source", "Source", Holds.CODE, codes="source"),
    ),
    dimensions=("source", "decision", "acknowledged_in_time"),
    headline=False,
)

_referral = table("referrals", "referral")
_received, _decided = Moment.of(_referral, "received"), Moment.of(_referral, "decided")
_told = Moment.of(_referral, "referrer_told")
_acknowledged = Moment.of(_referral, "acknowledged")

_is_owed = sa.case(
    (_referral.c.reply_owed.is_not(None), _referral.c.reply_owed),
    else_=sa.func.coalesce(_referral.c.source, word("unknown")).not_in([word("self"), word("anonymous")]),
)


def _working_days(first: sa.ColumnElement[Any], last: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return working_day_of(last) - working_day_of(first)


_result = sa.case(
    (dated_ahead("referrals", _received.on, _decided.on, _told.on), word(DATED_AHEAD)),
    (precedes(_decided, _received), not_computable("decided before it was received")),
    (precedes(_told, _decided), not_computable("told before it was decided")),
    (_working_days(_decided.on, _told.on) <= WORKING_DAYS, word(MET)),
    (_working_days(_decided.on, AS_AT_ON) > WORKING_DAYS, word(NOT_MET)),
    else_=word(NOT_YET_DUE),
)
_acknowledged_in_time = sa.case(
    (precedes(_acknowledged, _received), sa.null()),
    (
        _acknowledged.on.is_not(None),
        _working_days(_received.on, _acknowledged.on) <= ACKNOWLEDGED_WITHIN,
    ),
    (_working_days(_received.on, AS_AT_ON) > ACKNOWLEDGED_WITHIN, sa.false()),
)

_cohort: sa.Select[Any] = sa.select(
    _referral.c.referral_id.label("case_id"),
    _referral.c.child_key.label("key"),
    _decided.on.label("event_date"),
    _referral.c.team_id,
    _result.label("result"),
    _referral.c.decision,
    _told.on.label("told_on"),
    not_negative(_working_days(_decided.on, sa.func.coalesce(_told.on, AS_AT_ON))).label("working_days_taken"),
    _acknowledged.on.label("acknowledged_on"),
    _acknowledged_in_time.label("acknowledged_in_time"),
    _referral.c.source,
).where(_decided.on.is_not(None), _is_owed)


def _near(start: date, end: date) -> sa.ColumnElement[bool]:
    return _decided.on.between(start, end)


TOY = Toy(
    tables={
        "referrals": """
            referral_id | child_id | received_at      | decided_at       | referrer_told_at | reply_owed | source    | acknowledged_at  | team_id
            R1          | C1       | 2010-03-15 10:00 | 2010-03-15 12:00 | 2010-03-22       | yes        | school    | 2010-03-16 17:00 | T1
            R2          | C2       | 2010-03-15 10:00 | 2010-03-15 12:00 | 2010-03-23 08:00 | yes        | school    | 2010-03-17 08:00 | T1
            R3          | C3       | 2010-03-15 10:00 | 2010-03-15 12:00 | 2010-03-15       | yes        | police    |                  | T1
            R4          | C4       | 2010-03-15 10:00 | 2010-03-15 12:00 |                  | yes        | police    |                  | T1
            R5          | C5       | 2010-03-15 10:00 | 2010-03-22 12:00 |                  | yes        | police    |                  | T1
            R6          | C6       | 2010-03-15 10:00 | 2010-03-19 12:00 |                  | yes        | police    |                  | T1
            R7          | C7       | 2010-03-15 10:00 | 2010-03-26 12:00 | 2010-03-28       | yes        | police    |                  | T1
            R8          | C8       | 2010-03-15 10:00 | 2010-03-15 12:00 |                  | no         | school    |                  | T1
            R9          | C9       | 2010-03-15 10:00 | 2010-03-15 12:00 |                  |            | self      |                  | T1
            R10         | C10      | 2010-03-15 10:00 | 2010-03-15 12:00 |                  |            | anonymous |                  | T1
            R11         | C11      | 2010-03-15 10:00 | 2010-03-15 12:00 |                  |            |           |                  | T1
            R12         | C12      | 2010-03-15 10:00 | 2010-03-15 12:00 | 2010-03-17       | yes        | self      |                  | T1
            R13         | C13      | 2010-03-15 10:00 |                  | 2010-03-17       | yes        | school    |                  | T1
            R14         | C14      | 2010-03-15 10:00 | 2010-03-16 12:00 | 2010-03-15       | yes        | school    |                  | T1
            R15         | C15      | 2010-03-15 10:00 | 2010-03-16 12:00 | 2010-03-16 11:59 | yes        | school    |                  | T1
            R16         | C16      | 2010-03-15 10:00 | 2010-03-15 09:59 | 2010-03-16       | yes        | school    |                  | T1
            R17         | C17      | 2010-03-15 10:00 | 2010-03-15 12:00 | 2010-03-30       | yes        | school    |                  | T1
            R18         | C18      | 2010-03-15 10:00 | 2010-03-30       |                  | yes        | school    |                  | T1
            R19         | C19      | 2009-12-18 10:00 | 2009-12-23 12:00 | 2010-01-04       | yes        | school    | 2009-12-18 09:00 | T1
        """,
    },
    expected="""
        case | result         | because
        R1   | met            | told on working day 5
        R2   | not met        | told on working day 6
        R3   | met            | told on the day of the decision, at a time not known
        R4   | not met        | not told, working day 10
        R5   | not yet due    | not told, working day 5 is not over
        R6   | not met        | not told, working day 6
        R7   | met            | known at once
        R8   | left out       | no reply is owed
        R9   | left out       | a family that referred itself
        R10  | left out       | nobody to be told
        R11  | not met        | where nobody says who referred, a reply is owed
        R12  | met            | the record says that a reply is owed to the family itself
        R13  | left out       | not decided
        R14  | not computable | told on the day before the decision
        R15  | not computable | told a minute before the decision
        R16  | not computable | decided a minute before it was received
        R17  | not computable | told after the data were taken
        R18  | not computable | decided after the data were taken
        R19  | met            | Christmas, a weekend and New Year in between: working day 5
    """,
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY)
