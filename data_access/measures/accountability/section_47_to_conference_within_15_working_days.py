"""Section 47 enquiries that reached a conference within 15 working days (national timescale)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.measures.adding_up import PROPORTION
from data_access.measures.contract import DATED_AHEAD, MET, NOT_MET, NOT_YET_DUE, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand, WaitingWords
from data_access.measures.impossible import dated_ahead, not_negative
from data_access.measures.sql import AS_AT_ON, table, word, working_day_of
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

WORKING_DAYS = 15
"""Working Together to Safeguard Children, in every edition from 1999 on."""

DEFINITION = Definition(
    id="section_47_to_conference_within_15_working_days",
    title="From strategy discussion to conference within 15 working days",
    question="Do children who may be suffering harm come to an initial conference in the time that guidance sets?",
    why="Until the conference a child at risk of significant harm has no agreed plan of protection.",
    how=(
        "Section 47 enquiries that call for an initial child protection conference, held within 15 working days of "
        "the strategy discussion, out of all that call for one, by the day of the strategy discussion, once it is "
        "held or 15 working days have passed. The conference is the child's first since that discussion. An enquiry "
        "without an outcome counts once a conference has followed it, before any other enquiry. Dates after the data "
        "were taken are left out and counted separately."
    ),
    misleads=(
        "An enquiry still open without an outcome is in no figure, however long it has been: look at those in the case "
        "system. A conference put off because a family asked for it counts as late. National figures count "
        "conferences by the day on which they were held."
    ),
    strand=Strand.ACCOUNTABILITY,
    adding_up=PROPORTION,
    polarity=Polarity.HIGHER,
    unit="%",
    period=Period.MONTH,
    chart=Chart.P_PRIME,
    about=About.CHILDREN,
    plan_items=(),
    owner="Group manager, Assessment",
    requires=("section_47_enquiries", "conferences"),
    fields=(
        "section_47_enquiries.strategy_discussion_on",
        "section_47_enquiries.outcome",
        "section_47_enquiries.child_id",
        "conferences.kind",
        "conferences.held_on",
        "conferences.child_id",
    ),
    key=Key.CHILD,
    details=(
        Detail("ended_on", "Enquiry ended", Holds.DATE),
        Detail("outcome", "Outcome of the enquiry", Holds.CODE, codes="enquiry_outcome"),
        Detail("held_on", "Initial conference held", Holds.DATE),
        Detail("conference_outcome", "Outcome of the conference", Holds.CODE, codes="conference_outcome"),
        Detail("working_days_taken", "Working days taken, or waited so far", Holds.WORKING_DAYS_TAKEN),
    ),
    dimensions=("conference_outcome",),
    blank_while_open="held_on",
    waiting_words=WaitingWords(
        single="1 child waits for an initial conference more than 15 working days after the strategy discussion",
        many="{n} children wait for an initial conference more than 15 working days after the strategy discussion",
        kind="Waiting for an initial conference, more than 15 working days",
    ),
    headline=False,
)

_enquiry, _later = table("section_47_enquiries", "enquiry"), table("section_47_enquiries", "later")
_conference, _held = table("conferences", "conference"), table("conferences", "held")

_discussed = _enquiry.c.strategy_discussion_on
_of_the_child = (
    _conference.c.child_key == _enquiry.c.child_key,
    _conference.c.kind == word("initial"),
    _conference.c.held_on >= _discussed,
)
_first_id = (
    sa.select(_conference.c.conference_id)
    .where(*_of_the_child)
    .order_by(_conference.c.held_on, _conference.c.conference_id)
    .limit(1)
    .scalar_subquery()
)
_taken = working_day_of(_held.c.held_on) - working_day_of(_discussed)
_waited = working_day_of(AS_AT_ON) - working_day_of(_discussed)

_answers_another = (
    sa.exists()
    .where(
        _later.c.child_key == _enquiry.c.child_key,
        _later.c.strategy_discussion_on > _discussed,
        _later.c.strategy_discussion_on <= _held.c.held_on,
    )
    .correlate_except(_later)
)

_result = sa.case(
    (dated_ahead("section_47_enquiries", _discussed), word(DATED_AHEAD)),
    (dated_ahead("conferences", _held.c.held_on), word(DATED_AHEAD)),
    (_taken <= WORKING_DAYS, word(MET)),
    (_taken > WORKING_DAYS, word(NOT_MET)),
    (_waited > WORKING_DAYS, word(NOT_MET)),
    else_=word(NOT_YET_DUE),
)

_cohort: sa.Select[Any] = (
    sa.select(
        _enquiry.c.enquiry_id.label("case_id"),
        _enquiry.c.child_key.label("key"),
        _discussed.label("event_date"),
        _enquiry.c.team_id,
        _result.label("result"),
        _enquiry.c.ended_on,
        _enquiry.c.outcome,
        _held.c.held_on,
        _held.c.outcome.label("conference_outcome"),
        not_negative(sa.func.coalesce(_taken, _waited)).label("working_days_taken"),
    )
    .select_from(_enquiry)
    .outerjoin(_held, _held.c.conference_id == _first_id)
    .where(
        sa.or_(
            _enquiry.c.outcome == word("conference"),
            sa.and_(_enquiry.c.outcome.is_(None), _held.c.conference_id.is_not(None), ~_answers_another),
        )
    )
)


def _near(start: date, end: date) -> sa.ColumnElement[bool]:
    return _discussed.between(start, end)


TOY = Toy(
    tables={
        "section_47_enquiries": """
            enquiry_id | child_id | strategy_discussion_on | ended_on   | outcome                     | team_id
            E1         | C1       | 2010-01-11             | 2010-01-20 | conference                  | T1
            E2         | C2       | 2010-01-11             | 2010-01-20 | conference                  | T1
            E3         | C3       | 2009-12-18             | 2009-12-22 | conference                  | T1
            E4         | C4       | 2010-03-05             | 2010-03-12 | conference                  | T1
            E5         | C5       | 2010-03-08             | 2010-03-12 | conference                  | T1
            E6         | C6       | 2010-01-11             | 2010-01-20 | substantiated_no_conference | T1
            E7         | C7       | 2010-01-11             |            |                             | T1
            E8         | C8       | 2010-01-11             |            |                             | T1
            E9a        | C9       | 2009-06-01             |            |                             | T1
            E9b        | C9       | 2010-01-11             | 2010-01-20 | conference                  | T1
            E10a       | C10      | 2010-01-11             | 2010-01-20 | conference                  | T1
            E10b       | C10      | 2010-01-13             | 2010-01-20 | conference                  | T1
            E11        | C11      | 2010-01-11             | 2010-01-08 | conference                  | T1
            E12        | C12      | 2010-03-30             |            | conference                  | T1
            E13        | C13      | 2010-01-11             | 2010-01-20 | conference                  | T1
            E14        | C14      | 2010-01-11             | 2010-01-20 | conference                  | T1
            E15        | C15      | 2010-03-22             | 2010-03-23 | conference                  | T1
        """,
        "conferences": """
            conference_id | child_id | kind    | due_on     | held_on    | outcome
            CC1           | C1       | initial |            | 2010-02-01 | plan
            CC2           | C2       | initial |            | 2010-02-02 | no_plan
            CC3           | C3       | initial |            | 2010-01-13 | plan
            CC5           | C5       | initial | 2010-03-29 |            |
            CC8           | C8       | initial |            | 2010-02-01 | plan
            CC9           | C9       | initial |            | 2010-01-28 | plan
            CC10          | C10      | initial |            | 2010-02-02 | plan
            CC11          | C11      | initial |            | 2010-01-28 | plan
            CC13          | C13      | initial |            | 2010-04-02 | plan
            CC14a         | C14      | review  |            | 2010-01-20 | plan_continues
            CC14b         | C14      | initial |            | 2010-01-08 | plan
            CC15          | C15      | initial |            | 2010-03-26 | plan
        """,
    },
    expected="""
        case | result         | because
        E1   | met            | held on working day 15
        E2   | not met        | held on working day 16
        E3   | met            | working day 15, Christmas, 28 December and New Year's Day left out
        E4   | not met        | no conference, and day 15 was Friday 26 March
        E5   | not yet due    | day 15 is not over
        E6   | left out       | ended without a conference
        E7   | left out       | no outcome, and no conference
        E8   | met            | no outcome recorded, but a conference followed
        E9a  | left out       | no outcome, and the conference followed another enquiry
        E9b  | met            | held on working day 13
        E10a | not met        | both call for a conference: day 16 from the first discussion
        E10b | met            | day 14 from the second
        E11  | met            | when the enquiry ended changes nothing, not even before it began
        E12  | not computable | discussed after the data were taken
        E13  | not computable | held after the data were taken
        E14  | not met        | a review is no initial conference, nor does one count that came before
        E15  | met            | known at once
    """,
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY)
