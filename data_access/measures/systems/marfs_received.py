"""Multi-agency referral forms received (plan item 1b)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.extracts import NO_TEAM
from data_access.measures.adding_up import COUNT
from data_access.measures.contract import COUNTED, DATED_AHEAD, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Strand
from data_access.measures.impossible import dated_ahead
from data_access.measures.sql import table, word
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="marfs_received",
    title="Multi-agency referral forms (MARFs) received",
    question="Do partners use the multi-agency referral form?",
    why="On the form partners say what worries them and what they have tried, so that nobody has to ask again.",
    how=(
        "Multi-agency referral forms by the day on which they were received, for no team, whether or not they became "
        "referrals. Forms received after the day on which the data were taken are left out and counted separately."
    ),
    misleads=(
        "More forms can mean that partners use them, or that they refer what they could help with themselves: read it "
        "with the CAFs started. The plan compares with December 2009, a short month."
    ),
    strand=Strand.SYSTEMS,
    adding_up=COUNT,
    polarity=Polarity.NEITHER,
    unit="forms",
    period=Period.WEEK,
    chart=Chart.XMR,
    about=About.CHILDREN,
    plan_items=("1b",),
    owner="Health provider lead",
    requires=("notifications",),
    fields=("notifications.kind", "notifications.received_at"),
    key="notifications",
    details=(
        Detail("screened_on", "Screened", Holds.DATE),
        Detail("outcome", "Outcome", Holds.CODE, codes="notification_outcome"),
        Detail("became_referral", "Became a referral", Holds.YES_NO),
        Detail("child_known", "Child named", Holds.YES_NO),
    ),
    dimensions=("outcome", "became_referral", "child_known"),
    headline=False,
)

_form = table("notifications", "form")

_cohort: sa.Select[Any] = sa.select(
    _form.c.notification_id.label("case_id"),
    _form.c.notification_id.label("key"),
    _form.c.received_on.label("event_date"),
    word(NO_TEAM).label("team_id"),
    sa.case(
        (dated_ahead("notifications", _form.c.received_on), word(DATED_AHEAD)),
        else_=word(COUNTED),
    ).label("result"),
    _form.c.screened_on,
    _form.c.outcome,
    _form.c.referral_id.is_not(None).label("became_referral"),
    _form.c.child_key.is_not(None).label("child_known"),
).where(_form.c.kind == word("marf"))


def _near(start: date, end: date) -> sa.ColumnElement[bool]:
    return _form.c.received_on.between(start, end)


TOY = Toy(
    tables={
        "notifications": """
            notification_id | kind   | child_id | received_at      | screened_at | outcome   | referral_id
            N1              | marf   | C1       | 2010-03-01 09:00 | 2010-03-01  | passed_on | R1
            N2              | marf   |          | 2010-03-01       |             |           |
            N3              | merlin | C3       | 2010-03-01 09:00 | 2010-03-01  | held_back |
            N4              | notify | C4       | 2010-03-01 09:00 | 2010-03-01  | passed_on | R4
            N5              | marf   | C5       | 2010-03-29 06:00 |             |           |
            N6              | marf   | C6       | 2010-03-30 09:00 |             |           |
        """,
    },
    expected="""
        case | result         | because
        N1   | counted        | became a referral
        N2   | counted        | nobody has looked at it, and it names no child
        N3   | left out       | a police notification
        N4   | left out       | a housing notice
        N5   | counted        | received on the day on which the data were taken
        N6   | not computable | received after the data were taken
    """,
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY)
