"""Referrals that came of housing's NOTIFY notices (plan item 1d)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.extracts import NO_TEAM
from data_access.measures.adding_up import COUNT
from data_access.measures.contract import COUNTED, DATED_AHEAD, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Strand
from data_access.measures.impossible import dated_ahead, not_computable
from data_access.measures.sql import table, word
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="housing_notify_referrals",
    title="Housing notices that became referrals",
    question="Do housing's notices of families who move in lead to referrals of the children who need one?",
    why=(
        "Families placed here by other councils are known to housing first. A notice (NOTIFY) that leads nowhere can "
        "hide a child whom nobody looks after."
    ),
    how=(
        "Housing's NOTIFY notices that became a referral, by the day on which the notice was received, for the team "
        "of that referral. Notices whose referral was received on an earlier day, and dates after the data were "
        "taken, are left out and counted separately."
    ),
    misleads=(
        "A count: it grows with the families who move, too. Most notices need no referral, and more referrals are not "
        "by themselves better help."
    ),
    strand=Strand.SYSTEMS,
    adding_up=COUNT,
    polarity=Polarity.HIGHER,
    unit="referrals",
    period=Period.WEEK,
    chart=Chart.XMR,
    about=About.CHILDREN,
    plan_items=("1d",),
    owner="Housing lead",
    requires=("notifications",),
    fields=("notifications.kind", "notifications.received_at", "notifications.referral_id"),
    optional=("referrals",),
    links=("referrals.received_at",),
    key="notifications",
    details=(
        Detail("referral_id", "Referral", Holds.REFERENCE),
        Detail("referral_received_on", "Referral received", Holds.DATE),
        Detail("decision", "Decision", Holds.CODE, codes="referral_decision"),
    ),
    dimensions=("decision",),
    headline=False,
    only_an_aim=True,
)

_notice, _referral = table("notifications", "notice"), table("referrals", "referral")

_result = sa.case(
    (dated_ahead("notifications", _notice.c.received_on), word(DATED_AHEAD)),
    (dated_ahead("referrals", _referral.c.received_on), word(DATED_AHEAD)),
    (_referral.c.received_on < _notice.c.received_on, not_computable("its referral came before it")),
    else_=word(COUNTED),
)

_cohort: sa.Select[Any] = (
    sa.select(
        _notice.c.notification_id.label("case_id"),
        _notice.c.notification_id.label("key"),
        _notice.c.received_on.label("event_date"),
        sa.func.coalesce(_referral.c.team_id, word(NO_TEAM)).label("team_id"),
        _result.label("result"),
        _notice.c.referral_id,
        _referral.c.received_on.label("referral_received_on"),
        _referral.c.decision,
    )
    .select_from(_notice)
    .outerjoin(_referral, _referral.c.referral_id == _notice.c.referral_id)
    .where(_notice.c.kind == word("notify"), _notice.c.referral_id.is_not(None))
)


def _near(start: date, end: date) -> sa.ColumnElement[bool]:
    return _notice.c.received_on.between(start, end)


TOY = Toy(
    tables={
        "notifications": """
            notification_id | kind   | child_id | received_at      | referral_id
            N1              | notify | C1       | 2010-03-01 09:30 | R1
            N2              | notify | C2       | 2010-03-01 09:30 | R2
            N3              | notify | C3       | 2010-03-01 09:30 |
            N4              | notify | C4       | 2010-03-01 09:30 | R99
            N5              | marf   | C5       | 2010-03-01 09:30 | R5
            N6              | notify | C6       | 2010-03-30       | R1
            N7              | notify | C7       | 2010-03-26 09:30 | R7
            N8              | notify | C8       | 2010-03-01 09:30 | R8
        """,
        "referrals": """
            referral_id | child_id | received_at      | team_id
            R1          | C1       | 2010-03-02 10:00 | T1
            R2          | C2       | 2010-02-26 10:00 | T1
            R5          | C5       | 2010-03-01 10:00 | T1
            R7          | C7       | 2010-03-30 10:00 | T2
            R8          | C8       | 2010-03-01 09:15 | T2
        """,
    },
    expected="""
        case | result         | because
        N1   | counted        | a referral the day after
        N2   | not computable | its referral came days before it
        N3   | left out       | became no referral
        N4   | counted        | its referral is not known
        N5   | left out       | no housing notice
        N6   | not computable | received after the data were taken
        N7   | not computable | its referral came after the data were taken
        N8   | counted        | its referral was written down minutes before, on the same day
    """,
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY)
