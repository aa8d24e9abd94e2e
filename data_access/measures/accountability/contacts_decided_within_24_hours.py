"""Contacts decided within 24 hours (Ofsted's area for priority action)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.extracts import NO_TEAM
from data_access.measures.adding_up import PROPORTION
from data_access.measures.clock_of_24_hours import ClockOf24Hours
from data_access.measures.contract import DATED_AHEAD, MET, NOT_YET_DUE, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand, WaitingWords
from data_access.measures.impossible import Moment, dated_ahead, not_computable, not_negative, precedes
from data_access.measures.sql import table, word, working_day_of
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="contacts_decided_within_24_hours",
    title="Contacts decided within 24 hours",
    question="Is it decided within 24 hours what to do with each contact?",
    why=(
        "A contact is where a child first comes to notice: while nobody decides, nobody knows whether the child is at "
        "risk. Ofsted found in 2009 that decisions on contacts came late."
    ),
    how=(
        "Contacts decided within 24 hours of their receipt, out of all contacts that are decided or 24 hours old. "
        "Hours are real hours, nights and weekends included. A decision before the receipt and a date after the data "
        "were taken are left out and counted separately."
    ),
    misleads=(
        "Nothing says who decided on a contact, so any decision counts. Where a time of day is missing, only decisions "
        "on neighbouring dates can't be worked out; they are left out and counted separately. A contact that became a "
        "referral at once says nothing of the decision on the referral: that has a measure of its own."
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
    requires=("contacts",),
    fields=("contacts.received_at", "contacts.decided_at"),
    key=Key.CHILD,
    details=(
        Detail("received_at", "Received", Holds.TIME, time_known="received_timed"),
        Detail("received_timed", "Received with a time", Holds.TIME_KNOWN),
        Detail("decided_at", "Decided", Holds.TIME, time_known="decided_timed"),
        Detail("decided_timed", "Decided with a time", Holds.TIME_KNOWN),
        Detail("decision", "Decision", Holds.CODE, codes="contact_decision"),
        Detail("seconds_taken", "Seconds taken, or waited so far", Holds.SECONDS_TAKEN),
        Detail("working_days_taken", "Working days taken, or waited so far", Holds.WORKING_DAYS_TAKEN),
        Detail("source", "Source", Holds.CODE, codes="source"),
    ),
    dimensions=("source", "decision"),
    blank_while_open="decided_at",
    waiting_words=WaitingWords(
        single="1 child has waited over 24 hours for a decision on a contact",
        many="{n} children have waited over 24 hours for a decision on a contact",
        kind="Waiting over 24 hours for a decision on a contact",
    ),
    headline=False,
)

_contact = table("contacts", "contact")
_received, _decided = Moment.of(_contact, "received"), Moment.of(_contact, "decided")
_clock = ClockOf24Hours(_received, _decided)

_result = sa.case(
    (dated_ahead("contacts", _received.on, _decided.on), word(DATED_AHEAD)),
    (precedes(_decided, _received), not_computable("decided before it was received")),
    *_clock.stopped_late(),
    (_clock.stopped, word(MET)),
    *_clock.run_out(),
    else_=word(NOT_YET_DUE),
)

_cohort: sa.Select[Any] = sa.select(
    _contact.c.contact_id.label("case_id"),
    _contact.c.child_key.label("key"),
    _contact.c.received_on.label("event_date"),
    sa.func.coalesce(_contact.c.team_id, word(NO_TEAM)).label("team_id"),
    _result.label("result"),
    _contact.c.received_at,
    _contact.c.received_timed,
    _contact.c.decided_at,
    _contact.c.decided_timed,
    _contact.c.decision,
    not_negative(_clock.seconds).label("seconds_taken"),
    not_negative(working_day_of(_clock.stopped_or_now) - working_day_of(_received.on)).label("working_days_taken"),
    _contact.c.source,
)


def _near(start: date, end: date) -> sa.ColumnElement[bool]:
    return _received.on.between(start, end)


TOY = Toy(
    tables={
        "contacts": """
            contact_id | child_id | received_at      | decided_at       | decision          | team_id | referral_id
            K1         | C1       | 2010-03-15 10:00 | 2010-03-16 10:00 | no_further_action | T1      |
            K2         | C2       | 2010-03-15 10:00 | 2010-03-16 10:01 | advice            | T1      |
            K3         | C3       | 2010-03-19 16:00 | 2010-03-22 10:00 | referral          |         | R3
            K4         | C4       | 2010-03-15 10:00 | 2010-03-15 11:00 |                   |         |
            K5         | C5       | 2010-03-15       | 2010-03-15       | caf               | T1      |
            K6         | C6       | 2010-03-15       | 2010-03-16 09:00 | caf               | T1      |
            K7         | C7       | 2010-03-15 23:00 | 2010-03-17       | caf               | T1      |
            K8         | C8       | 2010-03-28 08:00 |                  |                   | T1      |
            K9         | C9       | 2010-03-28 06:59 |                  |                   | T1      |
            K10        | C10      | 2010-03-28       |                  |                   | T1      |
            K11        | C11      | 2010-03-27       |                  | referral          | T1      | R11
            K12        | C12      | 2010-03-27 12:00 | 2010-03-28 13:00 | advice            | T1      |
            K13        | C13      | 2010-03-22 09:00 | 2010-03-22 08:59 | advice            | T1      |
            K14        | C14      | 2010-03-22       | 2010-03-21 23:00 | advice            | T1      |
            K15        | C15      | 2010-03-28 09:00 | 2010-03-30 09:00 | advice            | T1      |
            K16        | C16      | 2010-03-30 09:00 |                  |                   | T1      |
        """,
    },
    expected="""
        case | result         | because
        K1   | met            | exactly 24 hours
        K2   | not met        | 24 hours and a minute
        K3   | not met        | Friday 16:00 to Monday 10:00 is 66 hours
        K4   | met            | decided, though what was decided is not recorded
        K5   | met            | the same date
        K6   | not computable | neighbouring dates, a time missing
        K7   | not met        | two dates apart
        K8   | not yet due    | 23 hours old
        K9   | not met        | waits for 24 hours and a minute
        K10  | not yet due    | received yesterday, no time
        K11  | not met        | a referral, but nothing says when that was decided: waits for two dates
        K12  | met            | 24 hours, since the clocks went forward in between
        K13  | not computable | decided a minute before it was received
        K14  | not computable | decided on the day before, a time missing
        K15  | not computable | its decision is dated after the data were taken
        K16  | not computable | received after the data were taken
    """,
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY)
