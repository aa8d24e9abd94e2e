"""Police notifications held back whose child was referred after all (partner of plan item 1a)."""

from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from data_access.extracts import NO_TEAM
from data_access.measures.adding_up import PROPORTION
from data_access.measures.contract import DATED_AHEAD, MET, NOT_MET, NOT_YET_DUE, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand
from data_access.measures.impossible import Moment, dated_ahead, not_computable, precedes
from data_access.measures.sql import AS_AT_ON, day_number_of, table, word
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DAYS: Final = 90

DEFINITION = Definition(
    id="held_back_then_referred",
    title="Held back, and referred within 90 days",
    question="Of the children whose police notification was held back, how many were referred soon after?",
    why=(
        "A notification held back spares the Assessment Service work. Where the child is referred soon after, it may "
        "have been held back wrongly."
    ),
    how=(
        "Police notifications (Merlins) held back whose child was referred within 90 days of the screening, out of "
        "those held back, by the day of screening, once the 90 days have passed. A referral received before the "
        "screening does not count. Notifications that name no child, those screened before they "
        "were received, and dates after the data were taken are left out and counted separately."
    ),
    misleads=(
        "A later referral can be about something new. A child who was not referred may still have needed help; and "
        "those whom the notification does not name can't be followed at all. The 90 days are ours."
    ),
    strand=Strand.SYSTEMS,
    adding_up=PROPORTION,
    polarity=Polarity.LOWER,
    unit="%",
    period=Period.WEEK,
    chart=Chart.P_PRIME,
    about=About.CHILDREN,
    plan_items=("1a",),
    partner="police_notifications_passed_on",
    owner="Group manager, Assessment",
    requires=("notifications", "referrals"),
    fields=(
        "notifications.kind",
        "notifications.child_id",
        "notifications.received_at",
        "notifications.screened_at",
        "notifications.outcome",
        "referrals.received_at",
        "referrals.child_id",
    ),
    key=Key.CHILD,
    details=(
        Detail("received_on", "Received", Holds.DATE),
        Detail("domestic_violence", "Domestic violence", Holds.YES_NO),
        Detail("risk_assessed", "Risk assessed by the police", Holds.YES_NO),
        Detail("referral_id", "Next referral", Holds.REFERENCE, of_team="referral_team_id"),
        Detail("referred_on", "Next referral received", Holds.DATE),
        Detail("referral_team_id", "Team of that referral", Holds.TEAM, of_team="referral_team_id"),
    ),
    dimensions=("domestic_violence", "risk_assessed"),
    headline=False,
)

_notification = table("notifications", "notification")
_referral, _next = table("referrals", "referral"), table("referrals", "next")
_received, _screened = Moment.of(_notification, "received"), Moment.of(_notification, "screened")

_next_id = (
    sa.select(_referral.c.referral_id)
    .where(
        _referral.c.child_key == _notification.c.child_key,
        _referral.c.received_on >= _screened.on,
        sa.not_(precedes(Moment.of(_referral, "received"), _screened)),
    )
    .order_by(_referral.c.received_at, _referral.c.referral_id)
    .limit(1)
    .scalar_subquery()
)


def _days_on(day: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    return day_number_of(day) - day_number_of(_screened.on)


_result = sa.case(
    (dated_ahead("notifications", _received.on, _screened.on), word(DATED_AHEAD)),
    (precedes(_screened, _received), not_computable("screened before it was received")),
    (_notification.c.child_key.is_(None), not_computable("it names no child")),
    (dated_ahead("referrals", _next.c.received_on), word(DATED_AHEAD)),
    (_days_on(AS_AT_ON) <= DAYS, word(NOT_YET_DUE)),
    (_days_on(_next.c.received_on) <= DAYS, word(MET)),
    else_=word(NOT_MET),
)

_cohort: sa.Select[Any] = (
    sa.select(
        _notification.c.notification_id.label("case_id"),
        _notification.c.child_key.label("key"),
        _screened.on.label("event_date"),
        word(NO_TEAM).label("team_id"),
        _result.label("result"),
        _notification.c.received_on,
        _notification.c.domestic_violence,
        _notification.c.risk_assessed,
        _next.c.referral_id,
        _next.c.received_on.label("referred_on"),
        _next.c.team_id.label("referral_team_id"),
    )
    .select_from(_notification)
    .outerjoin(_next, _next.c.referral_id == _next_id)
    .where(
        _notification.c.kind == word("merlin"),
        _notification.c.outcome == word("held_back"),
        _screened.on.is_not(None),
    )
)


def _near(start: date, end: date) -> sa.ColumnElement[bool]:
    return _screened.on.between(start, end)


TOY = Toy(
    tables={
        "notifications": """
            notification_id | kind   | child_id | received_at      | screened_at      | outcome   | referral_id
            N1              | merlin | C1       | 2009-12-01 10:00 | 2009-12-01 11:00 | held_back |
            N2              | merlin | C2       | 2009-12-01 10:00 | 2009-12-01 11:00 | held_back |
            N3              | merlin | C3       | 2009-12-01 10:00 | 2009-12-01 11:00 | held_back |
            N4              | merlin | C4       | 2009-12-01 10:00 | 2009-12-01 11:00 | held_back |
            N5              | merlin | C5       | 2009-12-28 10:00 | 2009-12-28 11:00 | held_back |
            N6              | merlin | C6       | 2009-12-28 10:00 | 2009-12-29 11:00 | held_back |
            N7              | merlin | C7       | 2010-03-01 10:00 | 2010-03-01 11:00 | held_back |
            N8              | merlin |          | 2009-12-01 10:00 | 2009-12-01 11:00 | held_back |
            N9              | merlin | C9       | 2009-12-01 10:00 | 2009-12-01 11:00 | passed_on | R9
            N10             | marf   | C10      | 2009-12-01 10:00 | 2009-12-01 11:00 | held_back |
            N11             | merlin | C11      | 2009-12-01 10:00 |                  | held_back |
            N12             | merlin | C12      | 2009-12-01 10:00 | 2009-11-30 11:00 | held_back |
            N13             | merlin | C13      | 2009-12-01 10:00 | 2010-03-30 11:00 | held_back |
            N14             | merlin | C14      | 2009-12-01 10:00 | 2009-12-01 11:00 | held_back |
            N15             | merlin | C15      | 2009-12-01 10:00 | 2009-12-01       | held_back |
        """,
        "referrals": """
            referral_id | child_id | received_at      | team_id
            R1          | C1       | 2010-03-01 09:00 | T1
            R2          | C2       | 2010-03-02 09:00 | T1
            R3          | C3       | 2009-12-01 10:59 | T1
            R4          | C4       | 2009-12-01 11:00 | T1
            R7          | C7       | 2010-03-02 09:00 | T1
            R9          | C9       | 2009-12-01 11:00 | T1
            R14         | C14      | 2010-03-30 09:00 | T1
            R15         | C15      | 2009-12-01 09:00 | T1
        """,
    },
    expected="""
        case | result         | because
        N1   | met            | referred on day 90
        N2   | not met        | referred on day 91
        N3   | not met        | the referral came a minute before the screening
        N4   | met            | referred as it was held back
        N5   | not met        | day 91, and no referral
        N6   | not yet due    | day 90 is not over
        N7   | not yet due    | referred, but day 90 is not over: else only those referred would count
        N8   | not computable | names no child
        N9   | left out       | passed on
        N10  | left out       | no police notification
        N11  | left out       | not screened
        N12  | not computable | screened before it was received
        N13  | not computable | screened after the data were taken
        N14  | not computable | the referral came after the data were taken
        N15  | met            | referred on the day of the screening, whose time is not known
    """,
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY)
