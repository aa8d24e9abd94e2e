"""Police notifications of domestic violence with an assessment of risk (found by Ofsted)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.extracts import NO_TEAM
from data_access.measures.adding_up import PROPORTION
from data_access.measures.contract import DATED_AHEAD, MET, NOT_MET, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Strand
from data_access.measures.impossible import dated_ahead, not_computable
from data_access.measures.sql import table, word
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="police_notifications_risk_assessed",
    title="Domestic violence notifications risk assessed",
    question="Do the police say how great the risk is when they notify us of domestic violence?",
    why=(
        "Ofsted found that notifications of domestic violence came without an assessment of risk, so that those about "
        "children in danger could not be told from the others."
    ),
    how=(
        "Police notifications (Merlins) of domestic violence for which the police had assessed the risk, out of all "
        "of domestic violence, by the day of receipt. Those of which nobody recorded whether the risk was assessed, "
        "and those dated after the data were taken, are left out and counted separately."
    ),
    misleads=(
        "That a risk was assessed says nothing of how well. Notifications that nobody marked as domestic violence are "
        "not in it."
    ),
    strand=Strand.SYSTEMS,
    adding_up=PROPORTION,
    polarity=Polarity.HIGHER,
    unit="%",
    period=Period.WEEK,
    chart=Chart.P_PRIME,
    about=About.CHILDREN,
    plan_items=(),
    owner="Group manager, Assessment",
    requires=("notifications",),
    fields=(
        "notifications.kind",
        "notifications.received_at",
        "notifications.domestic_violence",
        "notifications.risk_assessed",
    ),
    key="notifications",
    details=(
        Detail("screened_on", "Screened", Holds.DATE),
        Detail("outcome", "Outcome", Holds.CODE, codes="notification_outcome"),
        Detail("child_known", "Child named", Holds.YES_NO),
    ),
    dimensions=("outcome", "child_known"),
    headline=False,
)

_notification = table("notifications", "notification")

_result = sa.case(
    (dated_ahead("notifications", _notification.c.received_on), word(DATED_AHEAD)),
    (_notification.c.risk_assessed.is_(sa.true()), word(MET)),
    (_notification.c.risk_assessed.is_(sa.false()), word(NOT_MET)),
    else_=not_computable("nobody recorded whether the risk was assessed"),
)

_cohort: sa.Select[Any] = sa.select(
    _notification.c.notification_id.label("case_id"),
    _notification.c.notification_id.label("key"),
    _notification.c.received_on.label("event_date"),
    word(NO_TEAM).label("team_id"),
    _result.label("result"),
    _notification.c.screened_on,
    _notification.c.outcome,
    _notification.c.child_key.is_not(None).label("child_known"),
).where(_notification.c.kind == word("merlin"), _notification.c.domestic_violence.is_(sa.true()))


def _near(start: date, end: date) -> sa.ColumnElement[bool]:
    return _notification.c.received_on.between(start, end)


TOY = Toy(
    tables={
        "notifications": """
            notification_id | kind   | child_id | received_at      | domestic_violence | risk_assessed
            N1              | merlin | C1       | 2010-03-01 23:30 | yes               | yes
            N2              | merlin |          | 2010-03-01 23:30 | yes               | no
            N3              | merlin | C3       | 2010-03-01 23:30 | yes               |
            N4              | merlin | C4       | 2010-03-01 23:30 | no                | yes
            N5              | merlin | C5       | 2010-03-01 23:30 |                   |
            N6              | marf   | C6       | 2010-03-01 23:30 | yes               | no
            N7              | merlin | C7       | 2010-03-30       | yes               | yes
        """,
    },
    expected="""
        case | result         | because
        N1   | met            | the risk was assessed
        N2   | not met        | it was not; that no child is named changes nothing
        N3   | not computable | nobody says whether it was
        N4   | left out       | no domestic violence
        N5   | left out       | nobody says whether it is about domestic violence
        N6   | left out       | no police notification
        N7   | not computable | received after the data were taken
    """,
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY)
