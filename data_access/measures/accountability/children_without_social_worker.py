"""Children with an open case and no social worker at the end of the week (partner of plan item 8a)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.measures import held_cases, open_cases
from data_access.measures.adding_up import STOCK
from data_access.measures.contract import COUNTED, LEFT_ON, NOT_YET_DUE, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand, WaitingWords
from data_access.measures.impossible import not_negative
from data_access.measures.sql import (
    AS_AT_ON,
    calendar,
    day_before,
    first_of,
    next_day,
    table,
    word,
    working_day_of,
)
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="children_without_social_worker",
    title="Children without a social worker",
    question="Which children have an open case and nobody who works with them?",
    why=(
        "A case that nobody holds is a child whom nobody visits. Taking cases from practice managers helps only where "
        "a social worker takes them over."
    ),
    how=(
        "Open cases at the end of the last day of the period that are allocated to no social worker or senior "
        "practitioner in post, or only to some who are away. Someone counts as away from the fifth working day after "
        "the first day of a whole-day absence until it ends, so that a cold or a week's leave leaves no child without "
        "a worker, and the figure isn't restated when it is known how long an absence lasted. A case is a referral "
        "decided as one that leads to an assessment, from its decision until it is closed; a child has one case at a "
        "time, the one that opened first. Joint workers do not count. Allocations and posts that end before they "
        "begin are held by nobody. Cases with dates that can't be true are counted separately."
    ),
    misleads=(
        "A case that was allocated on paper counts as held, however rarely the child is seen. An absence that ends "
        "before it begins counts as none: the page on data quality lists those. Cases that opened before referrals "
        "were kept are not in it."
    ),
    strand=Strand.ACCOUNTABILITY,
    adding_up=STOCK,
    polarity=Polarity.LOWER,
    unit="children",
    period=Period.WEEK,
    chart=Chart.LINE,
    about=About.CHILDREN,
    plan_items=("8a",),
    owner="Group managers",
    requires=("referrals", "allocations", "staff", "absences"),
    fields=(*open_cases.FIELDS, *held_cases.FIELDS),
    key=Key.CHILD,
    details=(
        Detail("reason", "Why", Holds.WORDS),
        Detail("case_opened_on", "Case opened", Holds.DATE),
        Detail("ended_on", "Ended", Holds.DATE),
        Detail("working_days_without", "Working days without", Holds.WORKING_DAYS_TAKEN),
        Detail("age_band", "Age", Holds.CODE, codes="age_band"),
    ),
    dimensions=("reason", "age_band"),
    partner="cases_held_by_practice_managers",
    blank_while_open="ended_on",
    waiting_words=WaitingWords(
        single="1 child with an open case has no social worker",
        many="{n} children with an open case have no social worker",
        kind="Without a social worker now",
    ),
    headline=False,
)

_referral = table("referrals", "referral")
_allocation, _post, _absence = (
    table("allocations", "allocation"),
    table("staff", "post"),
    table("absences", "absence"),
)
_held, _holder, _back = table("allocations", "held"), table("staff", "holder"), table("absences", "back")
_since, _before, _again = calendar("since"), calendar("before"), calendar("again")
_taken_on, _back_on = calendar("taken_on"), calendar("back_on")

_told = open_cases.why_not_told(_referral)
_opened_on = open_cases.opened_on(_referral)
_counts_from = open_cases.counts_from(_referral)
_closed_on = _referral.c.closed_on
_counts = sa.and_(_told.is_(None), ~open_cases.never_counts(_referral))
_stands = sa.or_(_closed_on.is_(None), _closed_on > _since.c.day)

_by_social_worker = (
    _held.c.child_key == _referral.c.child_key,
    held_cases.by_social_worker(_held, _holder),
)


def _is_held(day: sa.ColumnElement[Any], *conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Return whether the case is held on a day, by any social worker of whom some conditions hold."""
    holds = held_cases.lasts(_held, day), held_cases.lasts(_holder, day)
    return sa.exists().where(*_by_social_worker, *holds, *conditions).correlate_except(_held, _holder)


def _is_covered(day: sa.ColumnElement[Any], *conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Return whether someone who isn't away holds the case on a day."""
    return _is_held(day, sa.not_(held_cases.is_away(_held.c.staff_id, day)), *conditions)


_is_there_again = (
    *_by_social_worker,
    _again.c.day > _since.c.day,
    held_cases.lasts(_held, _again.c.day),
    held_cases.lasts(_holder, _again.c.day),
    sa.not_(held_cases.is_away(_held.c.staff_id, _again.c.day)),
)
_first_taken = (
    sa.select(sa.func.min(_again.c.day))
    .where(*_is_there_again, _again.c.day == held_cases.held_from(_held, _holder))
    .correlate_except(_held, _holder, _again)
    .scalar_subquery()
)
_first_back = (
    sa.select(sa.func.min(_again.c.day))
    .where(
        *_is_there_again,
        _back.c.staff_id == _held.c.staff_id,
        held_cases.is_whole_days(_back),
        _again.c.day == next_day(_back.c.to_date),
    )
    .correlate_except(_held, _holder, _back, _again)
    .scalar_subquery()
)
_held_again_on = first_of(_taken_on.c.day, _back_on.c.day)
_left_on = sa.case((_told.is_(None), first_of(_held_again_on, _closed_on)))
_ended_on = sa.case((_left_on <= AS_AT_ON, _left_on))
_is_someones = (
    sa.exists()
    .where(
        _held.c.child_key == _referral.c.child_key,
        _held.c.staff_id.is_not(None),
        held_cases.is_holding(_held),
        held_cases.lasts(_held, _since.c.day),
    )
    .correlate_except(_held)
)

_spell = (
    (_referral.c.referral_id + word("|") + sa.cast(_since.c.day, sa.Text)).label("case_id"),
    _referral.c.child_key.label("key"),
    _since.c.day.label("event_date"),
    open_cases.team_of_case(_referral, _since.c.day).label("team_id"),
    sa.func.coalesce(_told, sa.case((_since.c.day > AS_AT_ON, word(NOT_YET_DUE)), else_=word(COUNTED))).label(
        "result"
    ),
    _left_on.label(LEFT_ON),
    sa.case(
        (_is_held(_since.c.day), word("social worker away")),
        (_is_someones, word("held by someone else")),
        else_=word("not allocated"),
    ).label("reason"),
    _opened_on.label("case_opened_on"),
    _ended_on.label("ended_on"),
    not_negative(working_day_of(sa.func.coalesce(_ended_on, AS_AT_ON)) - working_day_of(_since.c.day)).label(
        "working_days_without"
    ),
    _referral.c.age_band,
)
"""The columns of a time without a social worker."""


def _until_held_again(tables: sa.Join) -> sa.Select[Any]:
    """Return the times without a social worker that begin on the days of some tables, each until it ends."""
    taken = tables.outerjoin(_taken_on, _taken_on.c.day == _first_taken)
    return sa.select(*_spell).select_from(taken.outerjoin(_back_on, _back_on.c.day == _first_back))


_from_the_first = _until_held_again(
    sa.join(_referral, _since, _since.c.day == sa.case((_told.is_(None), _counts_from), else_=_opened_on))
).where(
    open_cases.is_case(_referral),
    sa.or_(_told.is_not(None), sa.and_(_counts, _stands, ~_is_covered(_since.c.day))),
)

_of_the_child = sa.and_(_allocation.c.child_key == _referral.c.child_key, open_cases.is_case(_referral))
_person = held_cases.by_social_worker(_allocation, _post)
_mine = _allocation.c.allocation_id + word("|") + sa.cast(_post.c.from_date, sa.Text)
_theirs = _held.c.allocation_id + word("|") + sa.cast(_holder.c.from_date, sa.Text)
_held_before = (
    held_cases.lasts(_allocation, _before.c.day),
    held_cases.lasts(_post, _before.c.day),
    sa.not_(held_cases.is_away(_allocation.c.staff_id, _before.c.day)),
    _before.c.day >= _counts_from,
)
"""Whether the person of a post held the case on the day before, and was there."""
_gives_up = held_cases.held_to(_held, _holder) == _before.c.day

_given_up = _until_held_again(
    sa.join(_allocation, _post, _person)
    .join(_before, _before.c.day == held_cases.held_to(_allocation, _post))
    .join(_since, _since.c.day == next_day(_before.c.day))
    .join(_referral, _of_the_child)
).where(
    _counts,
    _stands,
    *_held_before,
    ~_is_covered(_since.c.day),
    ~_is_covered(_before.c.day, _gives_up, _theirs < _mine),
)

_another = table("absences", "another")
_goes_too = (
    sa.exists()
    .where(
        _another.c.staff_id == _held.c.staff_id,
        held_cases.is_whole_days(_another),
        held_cases.lasts(_another, _since.c.day),
        held_cases.away_from(_another) == _since.c.day,
        (_another.c.absence_id + word("|") + _theirs) < (_absence.c.absence_id + word("|") + _mine),
    )
    .correlate_except(_another)
)

_gone_away = _until_held_again(
    sa.join(_absence, _since, _since.c.day == held_cases.away_from(_absence))
    .join(_before, _before.c.day == day_before(_since.c.day))
    .join(_allocation, _allocation.c.staff_id == _absence.c.staff_id)
    .join(_post, _person)
    .join(_referral, _of_the_child)
).where(
    held_cases.is_whole_days(_absence),
    held_cases.lasts(_absence, _since.c.day),
    held_cases.lasts(_allocation, _since.c.day),
    held_cases.lasts(_post, _since.c.day),
    _counts,
    _stands,
    *_held_before,
    ~_is_covered(_since.c.day),
    ~_is_covered(_before.c.day, _gives_up),
    ~_is_covered(
        _before.c.day,
        held_cases.lasts(_held, _since.c.day),
        held_cases.lasts(_holder, _since.c.day),
        _goes_too,
    ),
)


def _case_near(start: date, end: date) -> sa.ColumnElement[bool]:  # noqa: ARG001 - what stands on the last day
    return open_cases.perhaps_open_at(_referral, end)


def _allocation_near(start: date, end: date) -> sa.ColumnElement[bool]:  # noqa: ARG001 - as above
    return sa.and_(_allocation.c.from_date <= end, open_cases.perhaps_open_at(_referral, end))


def _absence_near(start: date, end: date) -> sa.ColumnElement[bool]:  # noqa: ARG001 - as above
    return sa.and_(
        _absence.c.from_date <= end, _allocation.c.from_date <= end, open_cases.perhaps_open_at(_referral, end)
    )


TOY = Toy(
    tables={
        "referrals": """
            referral_id | child_id | received_at | decided_at | decision            | closed_on  | team_id
            R1          | C1       | 2010-02-01  | 2010-02-01 | initial_assessment  |            | T1
            R2          | C2       | 2010-02-01  | 2010-02-01 | initial_assessment  |            | T1
            R3          | C3       | 2010-02-01  | 2010-02-01 | initial_assessment  | 2010-03-01 | T1
            R4          | C4       | 2010-02-01  | 2010-02-01 | initial_assessment  |            | T1
            R5          | C5       | 2010-02-01  | 2010-02-01 | initial_assessment  |            | T1
            R6          | C6       | 2010-02-01  | 2010-02-01 | initial_assessment  |            | T1
            R7          | C7       | 2010-02-01  | 2010-02-01 | initial_assessment  | 2010-02-22 | T1
            R8          | C7       | 2010-02-15  | 2010-02-15 | initial_assessment  |            | T1
            R9          | C9       | 2010-02-01  | 2010-02-01 | no_further_action   |            | T1
            R10         | C10      | 2010-02-01  | 2010-02-01 | initial_assessment  | 2010-01-04 | T1
            R11         | C11      | 2010-02-01  | 2010-02-01 | initial_assessment  |            | T1
            R12         | C12      | 2010-02-01  | 2010-02-01 | initial_assessment  |            | T1
            R13         | C13      | 2010-02-01  | 2010-02-01 | initial_assessment  |            | T1
        """,
        "staff": """
            staff_id | from       | to         | team_id | role                | fte
            W1       | 2009-01-01 |            | T1      | social_worker       | 1
            W2       | 2009-01-01 |            | T1      | senior_practitioner | 1
            W3       | 2009-01-01 |            | T1      | practice_manager    | 1
            W4       | 2009-01-01 | 2010-03-05 | T1      | social_worker       | 1
            W5       | 2009-01-01 |            | T1      | social_worker       | 1
            W6       | 2009-01-01 |            | T1      | social_worker       | 1
            W7       | 2009-01-01 |            | T1      | social_worker       | 1
        """,
        "absences": """
            absence_id | staff_id | from       | to         | part_day | kind
            B1         | W1       | 2010-02-08 | 2010-02-12 | no       | leave
            B2         | W5       | 2010-03-01 | 2010-03-12 | no       | sickness
            B3         | W6       | 2010-03-01 |            | yes      | sickness
            B4         | W7       | 2010-03-23 |            | no       | sickness
            B5         | W7       | 2010-03-22 | 2010-02-22 | no       | sickness
        """,
        "allocations": """
            allocation_id | child_id | staff_id | team_id | from       | to         | kind
            L1            | C1       | W1       | T2      | 2010-02-01 |            | case_holder
            L2            | C2       |          | T1      | 2010-02-01 | 2010-02-10 |
            L3            | C2       | W2       | T1      | 2010-02-11 | 2010-02-26 | case_holder
            L4            | C2       | W1       | T1      | 2010-03-08 |            | case_holder
            L5            | C4       | W3       | T1      | 2010-02-01 |            | case_holder
            L6            | C5       | W4       | T1      | 2010-02-01 |            | case_holder
            L7            | C6       | W5       | T1      | 2010-02-01 |            | case_holder
            L8            | C6       | W1       | T1      | 2010-02-01 |            | joint_worker
            L9            | C7       | W1       | T1      | 2010-02-01 | 2010-02-28 | case_holder
            L10           | C11      | W6       | T1      | 2010-02-01 |            | case_holder
            L11           | C12      | W7       | T1      | 2010-02-01 |            | case_holder
            L12           | C13      | W1       | T1      | 2010-02-01 | 2010-03-12 | case_holder
            L13           | C13      | W2       | T1      | 2010-02-01 | 2010-03-12 | case_holder
            L14           | C13      | W1       | T1      | 2010-04-05 |            | case_holder
        """,
    },
    expected="""
        case           | result         | because
        R1~2010-02-01  | left out       | held by a social worker, whose week of leave counts as no absence
        R2~2010-02-01  | counted        | waited in the team until the senior practitioner took it on
        R2~2010-02-27  | counted        | given up, and held by nobody until 8 March
        R3~2010-02-01  | counted        | never allocated, until it was closed
        R4~2010-02-01  | counted        | held by a practice manager
        R5~2010-03-06  | counted        | its social worker left on 5 March
        R6~2010-03-08  | counted        | its social worker was away for 5 working days by then, until 12 March
        R7~2010-02-01  | left out       | held until it was closed
        R8~2010-03-01  | counted        | the child's other case, still held when the first was closed, then given up
        R9~2010-02-01  | left out       | no case
        R10~2010-02-01 | not computable | closed before it was opened
        R11~2010-03-08 | left out       | its social worker is away for half days only
        R12~2010-03-30 | not yet due    | its social worker will have been away for 5 working days, if that lasts
        R13~2010-03-13 | counted        | given up by both on one day, until 5 April
    """,
)

MEASURE = Measure(
    DEFINITION,
    _from_the_first,
    _case_near,
    TOY,
    also=((_given_up, _allocation_near), (_gone_away, _absence_near)),
    may_wait=_closed_on.is_(None),
)
