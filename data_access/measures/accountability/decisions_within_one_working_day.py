"""Referral decisions by the next working day (plan items 9a and 9b, and the national rule)."""

from typing import Any

import sqlalchemy as sa

from data_access.measures.adding_up import PROPORTION
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
from data_access.measures.sql import AS_AT_ON, number, word, working_day_after, working_day_of
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="decisions_within_one_working_day",
    title="Referral decisions by the next working day",
    question="Is every referral decided on by the end of the next working day?",
    why=(
        "Working Together asks for a decision within one working day. It is another clock than the plan's 24 hours: "
        "it stands still at weekends, and says whether the offices keep up on the days when they are open."
    ),
    how=(
        "Referrals decided on or before the first working day after first receipt, at any time of that day, out of "
        "all referrals that are decided or whose next working day has ended. First receipt is that of the linked "
        "contact, else of the referral. Working days are Monday to Friday without bank holidays: what comes on a "
        "Friday, a Saturday or a Sunday is due on Monday. A decision before the receipt, a date after the data were "
        "taken, and a decision in time on a referral whose contact came after it are left out and counted separately."
    ),
    misleads=(
        "Friday 16:00 to Monday 10:00 is in time here, and late by the 24 hours: a child at risk doesn't wait for "
        "Monday. A decision by anybody counts; the 24 hours ask for a manager's. Quick decisions can be wrong ones: "
        "read it with the referrals that were closed and came back."
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
    fields=("referrals.received_at", "referrals.decided_at", "contacts.received_at"),
    optional=("contacts",),
    links=("referrals.contact_id", "contacts.referral_id"),
    key=Key.CHILD,
    details=(
        Detail("first_received_at", "First received", Holds.TIME, time_known="first_received_timed"),
        Detail("first_received_timed", "First received with a time", Holds.TIME_KNOWN),
        Detail("due_on", "To be decided by the end of", Holds.DATE),
        Detail("decided_at", "Decided", Holds.TIME, time_known="decided_timed"),
        Detail("decided_timed", "Decided with a time", Holds.TIME_KNOWN),
        Detail("decision", "Decision", Holds.CODE, codes="referral_decision"),
        Detail("decided_by_role", "Decided by", Holds.CODE, codes="role"),
        Detail("working_days_taken", "Working days taken, or waited so far", Holds.WORKING_DAYS_TAKEN),
        Detail("source", "Source", Holds.CODE, codes="source"),
    ),
    dimensions=("source", "decision"),
    partner="closed_and_came_back",
    blank_while_open="decided_at",
    waiting_words=WaitingWords(
        single="1 child has waited past the next working day for a decision",
        many="{n} children have waited past the next working day for a decision",
        kind="Waiting past the next working day for a decision",
    ),
    headline=False,
)

_decided = DECIDED.at.is_not(None)
_due_on = working_day_after(FIRST.on, number(0))

_result = sa.case(
    (IS_DATED_AHEAD, word(DATED_AHEAD)),
    (DECIDED_TOO_EARLY, not_computable("decided before it was received")),
    (DECIDED.on > _due_on, word(NOT_MET)),
    (sa.and_(_decided, PRECEDES_ITS_CONTACT), not_computable("received before its contact")),
    (_decided, word(MET)),
    (_due_on < AS_AT_ON, word(NOT_MET)),
    else_=word(NOT_YET_DUE),
)
_decided_or_now = sa.func.coalesce(DECIDED.on, AS_AT_ON)

_cohort: sa.Select[Any] = sa.select(
    REFERRAL.c.referral_id.label("case_id"),
    REFERRAL.c.child_key.label("key"),
    FIRST.on.label("event_date"),
    REFERRAL.c.team_id,
    _result.label("result"),
    FIRST.at.label("first_received_at"),
    FIRST.timed.label("first_received_timed"),
    _due_on.label("due_on"),
    REFERRAL.c.decided_at,
    REFERRAL.c.decided_timed,
    REFERRAL.c.decision,
    REFERRAL.c.decided_by_role,
    not_negative(working_day_of(_decided_or_now) - working_day_of(FIRST.on)).label("working_days_taken"),
    REFERRAL.c.source,
).select_from(WITH_CONTACT)


TOY = Toy(
    tables={
        "contacts": """
            contact_id | child_id | received_at      | referral_id
            K5         | C5       | 2010-03-18 20:00 |
            K6         | C6       | 2010-03-17 09:00 | R6
            K19        | C19      | 2010-03-20 09:00 | R19
            K20        | C20      | 2010-03-19 09:00 | R20
            K21        | C21      | 2010-03-31 09:00 | R21
            K22        | C22      | 2010-03-23 10:00 | R22
        """,
        "referrals": """
            referral_id | child_id | contact_id | received_at      | decided_at       | decision           | decided_by_role | team_id
            R1          | C1       |            | 2010-03-15 00:30 | 2010-03-16 23:30 | no_further_action  | team_manager    | T1
            R2          | C2       |            | 2010-03-15 23:30 | 2010-03-17 00:30 | no_further_action  | team_manager    | T1
            R3          | C3       |            | 2010-03-19 16:00 | 2010-03-22 10:00 | initial_assessment | team_manager    | T1
            R4          | C4       |            | 2010-03-20 10:00 | 2010-03-22 23:00 | initial_assessment | social_worker   | T1
            R5          | C5       | K5         | 2010-03-19 09:00 | 2010-03-22 09:00 | initial_assessment | team_manager    | T1
            R6          | C6       |            | 2010-03-18 08:00 | 2010-03-18 17:00 | initial_assessment |                 | T1
            R7          | C7       | K9         | 2010-03-18 08:00 | 2010-03-19 08:45 | initial_assessment | team_manager    | T1
            R8          | C8       |            | 2010-03-15       | 2010-03-16       | no_further_action  | team_manager    | T1
            R9          | C9       |            | 2010-03-15       | 2010-03-17       | no_further_action  | team_manager    | T1
            R10         | C10      |            | 2010-03-18 10:00 | 2010-03-20 10:00 | no_further_action  | team_manager    | T1
            R11         | C11      |            | 2009-12-24 10:00 | 2009-12-29 17:00 | caf                | team_manager    | T1
            R12         | C12      |            | 2009-12-24 10:00 | 2009-12-30 08:00 | caf                | team_manager    | T1
            R13         | C13      |            | 2010-03-26 16:00 |                  |                    |                 | T1
            R14         | C14      |            | 2010-03-25 16:00 |                  |                    |                 | T1
            R15         | C15      |            | 2010-03-28       |                  |                    |                 | T1
            R16         | C16      |            | 2010-03-22 09:00 | 2009-03-22 15:00 | initial_assessment | team_manager    | T1
            R17         | C17      |            | 2010-03-22 09:00 | 2010-03-22 08:59 | initial_assessment | team_manager    | T1
            R18         | C18      |            | 2010-03-22       | 2010-03-22 00:00 | initial_assessment | team_manager    | T1
            R19         | C19      |            | 2010-03-18 09:00 | 2010-03-20 10:00 | initial_assessment | team_manager    | T1
            R20         | C20      |            | 2010-03-18 09:00 | 2010-03-23 10:00 | initial_assessment | team_manager    | T1
            R21         | C21      |            | 2010-03-25 09:00 |                  |                    |                 | T1
            R22         | C22      |            | 2010-03-22 09:00 | 2010-03-23 09:00 | initial_assessment | team_manager    | T1
            R23         | C23      |            | 2010-03-26 09:00 | 2010-03-30       | no_further_action  | team_manager    | T1
            R24         | C24      |            | 2010-03-30       |                  |                    |                 | T1
        """,
    },
    expected="""
        case | result         | because
        R1   | met            | the next working day, 47 hours later
        R2   | not met        | two working days later, after 25 hours
        R3   | met            | Friday 16:00 to Monday 10:00
        R4   | met            | what comes on a Saturday is due on Monday; any grade counts
        R5   | not met        | its contact came on Thursday, so that it was due on Friday
        R6   | met            | the contact, linked from its side, came on the day before
        R7   | met            | the contact named is not known, so the referral's own receipt counts
        R8   | met            | the next working day, no times needed
        R9   | not met        | two working days later
        R10  | not met        | due on Friday, decided on the Saturday after it
        R11  | met            | the 25th to 28th were Christmas and a weekend: due on the 29th
        R12  | not met        | a day later
        R13  | not yet due    | due on Monday, which is not over
        R14  | not met        | was due on Friday, and waits
        R15  | not yet due    | came on a Sunday
        R16  | not computable | decided a year before it was received
        R17  | not computable | decided a minute before it was received
        R18  | met            | the same date, a time missing
        R19  | not computable | its contact came two days after it, an hour before the decision
        R20  | not met        | late even by the contact that came after it
        R21  | not computable | its contact is dated after the data were taken
        R22  | not computable | decided before its contact came
        R23  | not computable | its decision is dated after the data were taken
        R24  | not computable | its receipt is dated after the data were taken
    """,
)

MEASURE = Measure(DEFINITION, _cohort, first_received_near, TOY)
