"""Cases held by practice managers at the end of the week (plan item 8a)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.measures.adding_up import STOCK
from data_access.measures.contract import COUNTED, LEFT_ON, NOT_YET_DUE, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand, WaitingWords
from data_access.measures.impossible import not_computable, not_negative
from data_access.measures.sql import AS_AT_ON, first_of, later_of, next_day, table, word, working_day_of
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="cases_held_by_practice_managers",
    title="Cases held by practice managers",
    question="Are practice managers free to oversee, or do they hold cases themselves?",
    why=(
        "Who holds a case can't oversee it. The plan moves every case from practice managers to social workers, so that "
        "managers have time to look at the work of others."
    ),
    how=(
        "Cases that are allocated to someone in post as a practice manager at the end of the last day of the period. "
        "Joint workers do not count as holding a case. A case stands from the first day on which it was held by a "
        "practice manager until the allocation or the post ends. Allocations and posts that end before they begin are "
        "counted separately."
    ),
    misleads=(
        "It falls as well when cases are taken from practice managers and given to nobody: read it beside the children "
        "without a social worker. Cases of other managers are not in it."
    ),
    strand=Strand.ACCOUNTABILITY,
    adding_up=STOCK,
    polarity=Polarity.LOWER,
    unit="cases",
    period=Period.WEEK,
    chart=Chart.LINE,
    about=About.CHILDREN,
    plan_items=("8a",),
    owner="Group managers",
    requires=("staff", "allocations"),
    fields=(
        "staff.from",
        "staff.to",
        "staff.role",
        "allocations.staff_id",
        "allocations.from",
        "allocations.to",
        "allocations.kind",
    ),
    key=Key.CHILD,
    details=(
        Detail("worker", "Practice manager", Holds.STAFF),
        Detail("ended_on", "Ended", Holds.DATE),
        Detail("working_days_held", "Working days held", Holds.WORKING_DAYS_TAKEN),
    ),
    partner="children_without_social_worker",
    blank_while_open="ended_on",
    waiting_words=WaitingWords(
        single="1 child's case is held by a practice manager",
        many="{n} children's cases are held by practice managers",
        kind="Held now",
    ),
    headline=False,
)

_allocation, _spell = table("allocations", "allocation"), table("staff", "spell")
_other = table("staff", "other")
_PRACTICE_MANAGER, _JOINT = word("practice_manager"), word("joint_worker")


def _in_order(spell: sa.FromClause) -> sa.ColumnElement[bool]:
    return sa.or_(spell.c.to_date.is_(None), spell.c.to_date >= spell.c.from_date)


def _last_day(spell: sa.FromClause) -> sa.ColumnElement[Any]:
    """Return the last day of a spell; null where it has none that can be true."""
    return sa.case((_in_order(spell), spell.c.to_date))


_earlier_post = (
    _other.c.staff_id == _spell.c.staff_id,
    _other.c.role == _PRACTICE_MANAGER,
    _other.c.from_date < _spell.c.from_date,
    _in_order(_other),
)
_earlier_posts_until = next_day(
    sa.select(sa.func.max(_other.c.to_date)).where(*_earlier_post).correlate_except(_other).scalar_subquery()
)
_still_in_earlier_post = sa.exists().where(*_earlier_post, _other.c.to_date.is_(None)).correlate_except(_other)

_both_since = later_of(_allocation.c.from_date, _spell.c.from_date)
_since = sa.case((_earlier_posts_until > _both_since, _earlier_posts_until), else_=_both_since)
_until = first_of(_last_day(_allocation), _last_day(_spell))
_left_on = next_day(_until)
_ended_on = sa.case((_left_on <= AS_AT_ON, _left_on))

_cohort: sa.Select[Any] = (
    sa.select(
        (_allocation.c.allocation_id + word("|") + sa.cast(_spell.c.from_date, sa.Text)).label("case_id"),
        _allocation.c.child_key.label("key"),
        _since.label("event_date"),
        _allocation.c.team_id,
        sa.case(
            (sa.not_(_in_order(_allocation)), not_computable("the allocation ends before it begins")),
            (sa.not_(_in_order(_spell)), not_computable("the post ends before it begins")),
            (_since > AS_AT_ON, word(NOT_YET_DUE)),
            else_=word(COUNTED),
        ).label("result"),
        _left_on.label(LEFT_ON),
        _allocation.c.staff_id.label("worker"),
        _ended_on.label("ended_on"),
        not_negative(working_day_of(sa.func.coalesce(_ended_on, AS_AT_ON)) - working_day_of(_since)).label(
            "working_days_held"
        ),
    )
    .select_from(_allocation)
    .join(_spell, _spell.c.staff_id == _allocation.c.staff_id)
    .where(
        _spell.c.role == _PRACTICE_MANAGER,
        sa.or_(_allocation.c.kind.is_(None), _allocation.c.kind != _JOINT),
        sa.or_(_until.is_(None), _until >= _since),
        ~_still_in_earlier_post,
    )
)


def _near(start: date, end: date) -> sa.ColumnElement[bool]:  # noqa: ARG001 - what stands on the last day
    return sa.and_(
        _allocation.c.from_date <= end,
        sa.or_(_allocation.c.to_date.is_(None), _allocation.c.to_date >= end, sa.not_(_in_order(_allocation))),
    )


TOY = Toy(
    tables={
        "staff": """
            staff_id | from       | to         | team_id | role             | fte
            W1       | 2009-01-01 |            | T1      | practice_manager | 1
            W2       | 2009-01-01 | 2009-12-06 | T1      | social_worker    | 1
            W2       | 2009-12-07 |            | T1      | practice_manager | 1
            W3       | 2009-01-01 |            | T1      | team_manager     | 1
            W4       | 2009-01-01 | 2009-11-30 | T1      | practice_manager | 0.5
            W4       | 2009-11-02 |            | T2      | practice_manager | 0.5
            W5       | 2009-01-01 |            | T1      | practice_manager | 0.5
            W5       | 2009-11-02 |            | T2      | practice_manager | 0.5
            W6       | 2009-12-01 | 2009-11-30 | T1      | practice_manager | 1
        """,
        "allocations": """
            allocation_id | child_id | staff_id | team_id | from       | to         | kind
            L1            | C1       | W1       | T1      | 2009-10-01 |            | case_holder
            L2            | C2       | W1       | T1      | 2009-10-01 | 2009-12-06 |
            L3            | C3       | W1       | T1      | 2009-10-01 |            | joint_worker
            L4            | C4       | W2       | T1      | 2009-10-01 |            | case_holder
            L5            | C5       | W2       | T1      | 2009-10-01 | 2009-12-06 | case_holder
            L6            | C6       | W3       | T1      | 2009-10-01 |            | case_holder
            L7            | C7       | W4       | T1      | 2009-10-01 |            | case_holder
            L8            | C8       | W5       | T1      | 2009-10-01 |            | case_holder
            L9            | C9       | W1       | T1      | 2009-12-01 | 2009-11-30 | case_holder
            L10           | C10      | W6       | T1      | 2009-10-01 |            | case_holder
            L11           | C11      | W1       | T1      | 2010-04-05 |            | case_holder
            L12           | C12      | W1       | T1      | 2010-03-29 |            | case_holder
            L13           | C13      | W9       | T1      | 2009-10-01 |            | case_holder
            L14           | C14      |          | T1      | 2009-10-01 |            |
        """,
    },
    expected="""
        case           | result         | because
        L1~2009-01-01  | counted        | held by a practice manager
        L2~2009-01-01  | counted        | held until 6 December
        L3~2009-01-01  | left out       | as a joint worker
        L4~2009-12-07  | counted        | held since the social worker became a practice manager
        L5~2009-12-07  | left out       | ended on the day before that
        L6~2009-01-01  | left out       | held by a team manager
        L7~2009-01-01  | counted        | held in the post that ended on 30 November
        L7~2009-11-02  | counted        | held in the other post from the day after, so that it never counts twice
        L8~2009-01-01  | counted        | held in the post that began first
        L8~2009-11-02  | left out       | counts with the post that began first, which still lasts
        L9~2009-01-01  | not computable | the allocation ends before it begins
        L10~2009-12-01 | not computable | the post ends before it begins
        L11~2009-01-01 | not yet due    | begins a week after the data were taken
        L12~2009-01-01 | counted        | begins on the day on which they were taken
        L13~2009-01-01 | left out       | held by nobody who is known
        L14~2009-01-01 | left out       | waits in the team
    """,
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY)
