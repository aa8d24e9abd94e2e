"""Contacts becoming referrals (child protection, for any council)."""

from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from data_access.extracts import NO_TEAM
from data_access.measures.adding_up import PROPORTION
from data_access.measures.contract import DATED_AHEAD, MET, NOT_MET, NOT_YET_DUE, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand
from data_access.measures.impossible import Moment, dated_ahead, not_computable, precedes
from data_access.measures.sql import AS_AT_ON, table, word, working_day_of
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

WORKING_DAYS: Final = 5

DEFINITION = Definition(
    id="contacts_becoming_referrals",
    title="Contacts becoming referrals",
    question="Of the contacts received, how many become a referral?",
    why=(
        "It says where the front door sets its threshold. A share that moves tells of other partners, of another "
        "threshold, or of contacts recorded as referrals: the auditor found in 2009 that nobody had defined which is "
        "which."
    ),
    how=(
        "Contacts that name a referral, or that a referral names, out of all contacts, once they became one or 5 "
        "working days after receipt. By the day of the contact's receipt. Contacts whose referral came before them, "
        "and dates after the data were taken, are left out and counted separately."
    ),
    misleads=(
        "Neither more nor fewer is better. Councils draw the line between a contact and a referral differently, so "
        "compare a council with itself. A contact that somebody decided to make a referral, and linked to none, does "
        "not count as one. The 5 working days are ours. From Annex A, which has no links, the child's next referral "
        "within a week is taken."
    ),
    strand=Strand.ACCOUNTABILITY,
    adding_up=PROPORTION,
    polarity=Polarity.NEITHER,
    unit="%",
    period=Period.WEEK,
    chart=Chart.XMR,
    about=About.CHILDREN,
    plan_items=(),
    owner="Group manager, Assessment",
    requires=("contacts",),
    fields=("contacts.received_at", "contacts.referral_id"),
    optional=("referrals",),
    links=("referrals.contact_id",),
    key=Key.CHILD,
    details=(
        Detail("decision", "Decision", Holds.CODE, codes="contact_decision"),
        Detail("referral_id", "Referral", Holds.REFERENCE, of_team="referral_team_id"),
        Detail("referral_received_on", "Referral received", Holds.DATE),
        Detail("referral_team_id", "Team of the referral", Holds.TEAM, of_team="referral_team_id"),
        Detail("source", "Source", Holds.CODE, codes="source"),
    ),
    dimensions=("source", "decision"),
    headline=False,
)

_contact, _referral = table("contacts", "contact"), table("referrals", "referral")
_naming = table("referrals", "naming")

_naming_it = (
    sa.select(_naming.c.referral_id)
    .where(_naming.c.contact_id == _contact.c.contact_id)
    .order_by(_naming.c.received_at, _naming.c.referral_id)
    .limit(1)
    .correlate_except(_naming)
    .scalar_subquery()
)
_became = sa.func.coalesce(_contact.c.referral_id, _naming_it)
_received = Moment.of(_contact, "received")
_came = Moment.of(_referral, "received")

_result = sa.case(
    (
        sa.or_(dated_ahead("contacts", _received.on), dated_ahead("referrals", _came.on)),
        word(DATED_AHEAD),
    ),
    (precedes(_came, _received), not_computable("its referral came before it")),
    (_became.is_not(None), word(MET)),
    (working_day_of(AS_AT_ON) - working_day_of(_received.on) > WORKING_DAYS, word(NOT_MET)),
    else_=word(NOT_YET_DUE),
)

_cohort: sa.Select[Any] = (
    sa.select(
        _contact.c.contact_id.label("case_id"),
        _contact.c.child_key.label("key"),
        _contact.c.received_on.label("event_date"),
        sa.func.coalesce(_contact.c.team_id, word(NO_TEAM)).label("team_id"),
        _result.label("result"),
        _contact.c.decision,
        _became.label("referral_id"),
        _came.on.label("referral_received_on"),
        _referral.c.team_id.label("referral_team_id"),
        _contact.c.source,
    )
    .select_from(_contact)
    .outerjoin(_referral, _referral.c.referral_id == _became)
)


def _near(start: date, end: date) -> sa.ColumnElement[bool]:
    return _received.on.between(start, end)


TOY = Toy(
    tables={
        "contacts": """
            contact_id | child_id | received_at      | decision          | team_id | referral_id
            K1         | C1       | 2010-03-15 10:00 | referral          | T1      | R1
            K2         | C2       | 2010-03-15 10:00 | referral          | T1      |
            K3         | C3       | 2010-03-15 10:00 | referral          |         | R99
            K4         | C4       | 2010-03-15 10:00 | advice            | T1      |
            K5         | C5       | 2010-03-15 10:00 | referral          | T1      |
            K6         | C6       | 2010-03-19 10:00 | no_further_action | T1      |
            K7         | C7       | 2010-03-22 10:00 | no_further_action | T1      |
            K8         | C8       | 2010-03-26 10:00 | referral          | T1      | R8
            K9         | C9       | 2010-03-15 10:00 | referral          | T1      | R9
            K10        | C10      | 2010-03-15       | referral          | T1      | R10
            K11        | C11      | 2010-03-15 10:00 | referral          | T1      |
            K12        | C12      | 2010-03-15 10:00 | referral          | T1      | R12
            K13        | C13      | 2010-03-30 10:00 |                   | T1      |
            K14        | C14      | 2010-03-15 10:00 | advice            | T1      | R14
        """,
        "referrals": """
            referral_id | child_id | contact_id | received_at      | team_id
            R1          | C1       |            | 2010-03-15 11:00 | T1
            R2          | C2       | K2         | 2010-03-16 11:00 | T1
            R8          | C8       | K8         | 2010-03-26 10:00 | T1
            R9          | C9       |            | 2010-03-15 09:59 | T1
            R10         | C10      |            | 2010-03-15 09:00 | T1
            R11a        | C11      | K11        | 2010-03-14 10:00 | T1
            R11b        | C11      | K11        | 2010-03-16 10:00 | T1
            R12         | C12      |            | 2010-03-30       | T1
            R14         | C15      |            | 2010-03-29       | T1
        """,
    },
    expected="""
        case | result         | because
        K1   | met            | names its referral
        K2   | met            | its referral names it
        K3   | met            | names a referral that is not loaded
        K4   | not met        | no referral after working day 10
        K5   | not met        | meant to be a referral, and linked to none
        K6   | not met        | working day 6
        K7   | not yet due    | working day 5 is not over
        K8   | met            | known at once
        K9   | not computable | its referral came a minute before it
        K10  | met            | the same date, a time missing
        K11  | not computable | the first of two referrals that name it came before it
        K12  | not computable | its referral is dated after the data were taken
        K13  | not computable | received after the data were taken
        K14  | met            | named another child's referral, two weeks later
    """,
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY)
