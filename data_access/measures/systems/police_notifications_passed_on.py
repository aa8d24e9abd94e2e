"""Police notifications passed on to the Assessment Service (plan item 1a)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.extracts import NO_TEAM
from data_access.measures.adding_up import PROPORTION
from data_access.measures.contract import DATED_AHEAD, MET, NOT_MET, STILL_WAITS, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Strand, WaitingWords
from data_access.measures.impossible import Moment, dated_ahead, not_computable, precedes
from data_access.measures.sql import table, word
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="police_notifications_passed_on",
    title="Police notifications passed on",
    question="Of the police notifications screened, how many were passed on to the Assessment Service?",
    why=(
        "Ofsted found the Assessment Service overwhelmed by police notifications that nobody had screened. Screening "
        "keeps it free for the children who need an assessment."
    ),
    how=(
        "Police notifications (Merlins) passed on to the Assessment Service, out of those screened, by the day of "
        "receipt. Those not screened yet are counted separately, as waiting. Notifications screened without an outcome, screened "
        "before they were received, or dated after the data were taken are left out and counted separately."
    ),
    misleads=(
        "A low figure is no aim by itself: a child held back wrongly is a child nobody sees. Read it with those held "
        "back and referred later. One notification can name no child, or several come about one evening."
    ),
    strand=Strand.SYSTEMS,
    adding_up=PROPORTION,
    polarity=Polarity.LOWER,
    unit="%",
    period=Period.WEEK,
    chart=Chart.P_PRIME,
    about=About.CHILDREN,
    plan_items=("1a",),
    partner="held_back_then_referred",
    owner="Group manager, Assessment",
    requires=("notifications",),
    fields=(
        "notifications.kind",
        "notifications.received_at",
        "notifications.screened_at",
        "notifications.outcome",
    ),
    key="notifications",
    details=(
        Detail("screened_at", "Screened", Holds.TIME, time_known="screened_timed"),
        Detail("screened_timed", "Time of screening known", Holds.TIME_KNOWN),
        Detail("outcome", "Outcome", Holds.CODE, codes="notification_outcome"),
        Detail("domestic_violence", "Domestic violence", Holds.YES_NO),
        Detail("risk_assessed", "Risk assessed by the police", Holds.YES_NO),
        Detail("child_known", "Child named", Holds.YES_NO),
    ),
    dimensions=("domestic_violence", "risk_assessed", "child_known"),
    blank_while_open="screened_at",
    waiting_words=WaitingWords(
        single="1 police notification waits to be screened",
        many="{n} police notifications wait to be screened",
        kind="Waiting to be screened",
    ),
    headline=False,
)

_notification = table("notifications", "notification")
_received, _screened = Moment.of(_notification, "received"), Moment.of(_notification, "screened")

_result = sa.case(
    (dated_ahead("notifications", _received.on, _screened.on), word(DATED_AHEAD)),
    (_screened.on.is_(None), word(STILL_WAITS)),
    (precedes(_screened, _received), not_computable("screened before it was received")),
    (_notification.c.outcome.is_(None), not_computable("screened, but no outcome is recorded")),
    (_notification.c.outcome == word("passed_on"), word(MET)),
    else_=word(NOT_MET),
)

_cohort: sa.Select[Any] = sa.select(
    _notification.c.notification_id.label("case_id"),
    _notification.c.notification_id.label("key"),
    _received.on.label("event_date"),
    word(NO_TEAM).label("team_id"),
    _result.label("result"),
    _notification.c.screened_at,
    _notification.c.screened_timed,
    _notification.c.outcome,
    _notification.c.domestic_violence,
    _notification.c.risk_assessed,
    _notification.c.child_key.is_not(None).label("child_known"),
).where(_notification.c.kind == word("merlin"))


def _near(start: date, end: date) -> sa.ColumnElement[bool]:
    return _received.on.between(start, end)


TOY = Toy(
    tables={
        "notifications": """
            notification_id | kind   | child_id | received_at      | screened_at      | outcome   | domestic_violence | risk_assessed
            N1              | merlin | C1       | 2010-03-01 23:30 | 2010-03-02 09:00 | passed_on | yes               | yes
            N2              | merlin |          | 2010-03-02 10:00 | 2010-03-02 11:00 | held_back | yes               | no
            N3              | merlin | C3       | 2010-03-26 10:00 |                  |           | no                |
            N4              | marf   | C4       | 2010-03-02 10:00 | 2010-03-02 11:00 | passed_on |                   |
            N5              | merlin | C5       | 2010-03-02 10:00 | 2010-03-02 11:00 |           |                   |
            N6              | merlin | C6       | 2010-03-02 10:00 | 2010-03-02 09:59 | passed_on |                   |
            N7              | merlin | C7       | 2010-03-02 10:00 | 2010-03-02       | passed_on |                   |
            N8              | merlin | C8       | 2010-03-30       |                  |           |                   |
            N9              | merlin | C9       | 2010-03-02       | 2010-03-30       | passed_on |                   |
        """,
    },
    expected="""
        case | result         | because
        N1   | met            | passed on
        N2   | not met        | held back; that it names no child changes nothing
        N3   | not computable | still waits to be screened
        N4   | left out       | no police notification
        N5   | not computable | screened, but nobody says with what outcome
        N6   | not computable | screened before it was received
        N7   | met            | screened on the day of receipt, at a time not known
        N8   | not computable | received after the data were taken
        N9   | not computable | screened after the data were taken
    """,
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY)
