"""Referral decisions within 24 hours (plan items 9a and 9b)."""

from typing import Any

import sqlalchemy as sa

from data_access.measures.adding_up import PROPORTION
from data_access.measures.clock_of_24_hours import ClockOf24Hours
from data_access.measures.contract import DATED_AHEAD, MET, NOT_MET, NOT_YET_DUE, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand, WaitingWords
from data_access.measures.first_receipt import (
    DECIDED,
    DECIDED_TOO_EARLY,
    FIRST,
    IS_DATED_AHEAD,
    PRECEDES_ITS_CONTACT,
    REFERRAL,
    WITH_CONTACT,
    first_received_near,
)
from data_access.measures.impossible import not_computable, not_negative
from data_access.measures.sql import flagged, word, working_day_of
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="decisions_within_24_hours",
    title="Referral decisions within 24 hours",
    question="Does a manager decide on every referral within 24 hours of its receipt?",
    why=(
        "A child at risk waits while nobody has decided. Ofsted found in 2009 that decisions on contacts and "
        "referrals were late."
    ),
    how=(
        "Referrals with a decision by a manager within 24 hours of first receipt, out of all referrals that are "
        "decided or 24 hours old. First receipt is that of the linked contact, else of the referral. Hours are real "
        "hours, nights and weekends included. A decision before the receipt, a date after the data were taken, and a "
        "decision in time on a referral whose contact came after it are left out and counted separately."
    ),
    misleads=(
        "A decision without the role of the person who took it counts as not made by a manager. Where a time of day "
        "is missing, only decisions on neighbouring dates can't be worked out; they are left out and counted separately. "
        "Quick decisions can be wrong ones: read it with the referrals that were closed and came back."
    ),
    strand=Strand.ACCOUNTABILITY,
    adding_up=PROPORTION,
    polarity=Polarity.HIGHER,
    unit="%",
    period=Period.WEEK,
    chart=Chart.XMR,
    about=About.CHILDREN,
    plan_items=("9a", "9b"),
    owner="Assessment Service management team",
    requires=("referrals",),
    fields=(
        "referrals.received_at",
        "referrals.decided_at",
        "referrals.decided_by_role",
        "contacts.received_at",
    ),
    optional=("contacts",),
    links=("referrals.contact_id", "contacts.referral_id"),
    key=Key.CHILD,
    blank_while_open="decided_at",
    waiting_words=WaitingWords(
        single="1 child has waited over 24 hours for a decision",
        many="{n} children have waited over 24 hours for a decision",
        kind="Waiting over 24 hours for a decision",
    ),
    details=(
        Detail("first_received_at", "First received", Holds.TIME, time_known="first_received_timed"),
        Detail("first_received_timed", "First received with a time", Holds.TIME_KNOWN),
        Detail("decided_at", "Decided", Holds.TIME, time_known="decided_timed"),
        Detail("decided_timed", "Decided with a time", Holds.TIME_KNOWN),
        Detail("decision", "Decision", Holds.CODE, codes="referral_decision"),
        Detail("decided_by_role", "Decided by", Holds.CODE, codes="role"),
        Detail("seconds_taken", "Seconds taken, or waited so far", Holds.SECONDS_TAKEN),
        Detail("working_days_taken", "Working days taken, or waited so far", Holds.WORKING_DAYS_TAKEN),
        Detail("source", "Source", Holds.CODE, codes="source"),
    ),
    dimensions=("source", "decision"),
    partner="closed_and_came_back",
)

_by_a_manager = REFERRAL.c.decided_by_role.in_(flagged("role", "manager_grade"))
_clock = ClockOf24Hours(FIRST, DECIDED)

_result = sa.case(
    (IS_DATED_AHEAD, word(DATED_AHEAD)),
    (DECIDED_TOO_EARLY, not_computable("decided before it was received")),
    *_clock.stopped_late(),
    (
        sa.and_(_clock.stopped, _by_a_manager, PRECEDES_ITS_CONTACT),
        not_computable("received before its contact"),
    ),
    (sa.and_(_clock.stopped, _by_a_manager), word(MET)),
    (_clock.stopped, word(NOT_MET)),
    *_clock.run_out(),
    else_=word(NOT_YET_DUE),
)

_cohort: sa.Select[Any] = sa.select(
    REFERRAL.c.referral_id.label("case_id"),
    REFERRAL.c.child_key.label("key"),
    FIRST.on.label("event_date"),
    REFERRAL.c.team_id,
    _result.label("result"),
    FIRST.at.label("first_received_at"),
    FIRST.timed.label("first_received_timed"),
    REFERRAL.c.decided_at,
    REFERRAL.c.decided_timed,
    REFERRAL.c.decision,
    REFERRAL.c.decided_by_role,
    not_negative(_clock.seconds).label("seconds_taken"),
    not_negative(working_day_of(_clock.stopped_or_now) - working_day_of(FIRST.on)).label("working_days_taken"),
    REFERRAL.c.source,
).select_from(WITH_CONTACT)

TOY = Toy(
    tables={
        "contacts": """
            contact_id | child_id | received_at      | referral_id
            K1         | C5       | 2010-03-17 09:00 |
            K2         | C6       | 2010-03-17 09:00 | R6
            K21        | C21      | 2010-03-20 09:00 | R21
            K22        | C22      | 2010-03-20 09:00 | R22
            K23        | C23      | 2010-03-20 09:00 | R23
            K24        | C24      | 2010-03-17 09:00 | R24
            K25        | C25      | 2010-03-31 09:00 | R25
        """,
        "referrals": """
            referral_id | child_id | contact_id | received_at      | decided_at       | decision           | decided_by_role  | team_id
            R1          | C1       |            | 2010-03-15 10:00 | 2010-03-16 10:00 | no_further_action  | team_manager     | T1
            R2          | C2       |            | 2010-03-19 16:00 | 2010-03-22 10:00 | initial_assessment | team_manager     | T1
            R3          | C3       |            | 2010-03-15 10:00 | 2010-03-15 11:00 | no_further_action  | social_worker    | T1
            R4          | C4       |            | 2010-03-15 10:00 | 2010-03-15 11:00 | no_further_action  |                  | T1
            R5          | C5       | K1         | 2010-03-18 09:30 | 2010-03-18 10:00 | initial_assessment | practice_manager | T1
            R6          | C6       |            | 2010-03-18 08:00 | 2010-03-18 08:45 | initial_assessment | practice_manager | T1
            R7          | C7       | K9         | 2010-03-18 08:00 | 2010-03-18 08:45 | initial_assessment | practice_manager | T1
            R8          | C8       |            | 2010-03-15       | 2010-03-15       | no_further_action  | team_manager     | T1
            R9          | C9       |            | 2010-03-15       | 2010-03-16 09:00 | no_further_action  | team_manager     | T1
            R10         | C10      |            | 2010-03-15 23:00 | 2010-03-17       | no_further_action  | team_manager     | T1
            R11         | C11      |            | 2010-03-28 08:00 |                  |                    |                  | T1
            R12         | C12      |            | 2010-03-28 06:59 |                  |                    |                  | T1
            R13         | C13      |            | 2010-03-28       |                  |                    |                  | T1
            R14         | C14      |            | 2010-03-27       |                  |                    |                  | T1
            R15         | C15      |            | 2010-03-27 12:00 | 2010-03-28 13:00 | initial_assessment | group_manager    | T1
            R16         | C16      |            | 2010-03-27 12:00 | 2010-03-28 13:01 | initial_assessment | group_manager    | T1
            R17         | C17      |            | 2010-03-22 09:00 | 2009-03-22 15:00 | initial_assessment | team_manager     | T1
            R18         | C18      |            | 2010-03-22 09:00 | 2010-03-22 08:59 | initial_assessment | team_manager     | T1
            R19         | C19      |            | 2010-03-22       | 2010-03-21 23:00 | initial_assessment | team_manager     | T1
            R20         | C20      |            | 2010-03-22       | 2010-03-22 00:00 | initial_assessment | team_manager     | T1
            R21         | C21      |            | 2010-03-18 09:00 | 2010-03-20 10:00 | initial_assessment | team_manager     | T1
            R22         | C22      |            | 2010-03-18 09:00 | 2010-03-22 10:00 | initial_assessment | team_manager     | T1
            R23         | C23      |            | 2010-03-18 09:00 | 2010-03-19 10:00 | initial_assessment | team_manager     | T1
            R24         | C24      |            | 2010-03-17 15:00 | 2010-03-17 10:00 | initial_assessment | team_manager     | T1
            R25         | C25      |            | 2010-03-27 09:00 |                  |                    |                  | T1
            R26         | C26      |            | 2010-03-28 09:00 | 2010-03-30 09:00 | no_further_action  | team_manager     | T1
            R27         | C27      |            | 2010-03-30 09:00 |                  |                    |                  | T1
            R28         | C28      |            | 2010-03-22 09:00 | 2010-03-21 09:00 | no_further_action  | social_worker    | T1
        """,
    },
    expected="""
        case | result         | because
        R1   | met            | exactly 24 hours
        R2   | not met        | Friday 16:00 to Monday 10:00 is one working day, and 66 hours
        R3   | not met        | decided by a social worker
        R4   | not met        | nothing shows that a manager decided
        R5   | not met        | the contact came 25 hours before the decision
        R6   | met            | the contact, linked from its side, came 23 hours 45 minutes before
        R7   | met            | the contact named is not known, so the referral's own receipt counts
        R8   | met            | the same date
        R9   | not computable | neighbouring dates, a time missing
        R10  | not met        | two dates apart
        R11  | not yet due    | 23 hours old
        R12  | not met        | waits for 24 hours and a minute
        R13  | not yet due    | received yesterday, no time
        R14  | not met        | waits for two dates
        R15  | met            | 24 hours, since the clocks went forward in between
        R16  | not met        | 24 hours and a minute
        R17  | not computable | decided a year before it was received
        R18  | not computable | decided a minute before it was received
        R19  | not computable | decided on the day before, a time missing
        R20  | met            | the same date, a time missing
        R21  | not computable | its contact came two days after it, an hour before the decision
        R22  | not met        | late even by the contact that came after it
        R23  | not computable | decided before its contact came
        R24  | not computable | decided after its contact, and before the referral
        R25  | not computable | its contact is dated after the data were taken
        R26  | not computable | its decision is dated after the data were taken
        R27  | not computable | its receipt is dated after the data were taken
        R28  | not computable | decided before it was received, whoever decided
    """,
)

MEASURE = Measure(DEFINITION, _cohort, first_received_near, TOY)
