"""Visits made by the day on which they were due (priority action)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.measures.adding_up import PROPORTION
from data_access.measures.contract import DATED_AHEAD, MET, NOT_MET, NOT_YET_DUE, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand, WaitingWords
from data_access.measures.impossible import dated_ahead, not_computable, not_negative
from data_access.measures.joins import plan_of_visit
from data_access.measures.sql import AS_AT_ON, table, word, working_day_after, working_day_of
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="visits_made_on_time",
    title="Visits made on time",
    question="Are children on a plan seen as often as their plan says?",
    why="A child on a plan is kept safe by people who come and look. A visit that is late is a risk that nobody sees.",
    how=(
        "Visits due that were made on or before the day on which they were due, out of visits due. Where a visit names "
        "no such day it is the last of the plan's working days between visits, counted from the child's visit before, "
        "or from the first day of the plan. A plan that asks for visits and has none ahead counts with its next one. A "
        "visit that falls due after its plan ended isn't due. Visits made or due before their plan began, plans that "
        "end before they begin, and visits made after the data were taken are left out and counted separately."
    ),
    misleads=(
        "A visit made in time says nothing of whether the child was seen, and seen alone: see the list. Where visits "
        "have no due day of their own, one that is missed for months counts once."
    ),
    strand=Strand.ACCOUNTABILITY,
    adding_up=PROPORTION,
    polarity=Polarity.HIGHER,
    unit="%",
    period=Period.WEEK,
    chart=Chart.XMR,
    about=About.CHILDREN,
    plan_items=(),
    owner="Group managers",
    requires=("plans", "visits"),
    fields=(
        "plans.from",
        "plans.to",
        "plans.visit_every_working_days",
        "visits.plan_id",
        "visits.due_on",
        "visits.made_on",
    ),
    key=Key.CHILD,
    details=(
        Detail("plan_id", "Plan", Holds.REFERENCE),
        Detail("plan_kind", "Kind of plan", Holds.CODE, codes="plan_kind"),
        Detail("visit_every_working_days", "Working days between visits", Holds.NUMBER),
        Detail("made_on", "Made", Holds.DATE),
        Detail("wait_ended_on", "Child visited, or plan ended", Holds.DATE),
        Detail("working_days_late", "Working days late", Holds.WORKING_DAYS_TAKEN),
        Detail("seen_alone", "Child seen alone", Holds.YES_NO),
        Detail("visited_by", "Visited by", Holds.STAFF),
    ),
    dimensions=("plan_kind", "seen_alone"),
    blank_while_open="wait_ended_on",
    waiting_words=WaitingWords(
        single="1 child waits for a visit that is overdue",
        many="{n} children wait for a visit that is overdue",
        kind="Overdue now",
    ),
    headline=False,
)

_visit, _plan, _other = table("visits", "visit"), table("plans", "plan"), table("visits", "other")

_was_made = ~sa.func.coalesce(dated_ahead("visits", _other.c.made_on), sa.false())


def _made(which: sa.ColumnElement[Any], row: sa.FromClause, *when: sa.ColumnElement[bool]) -> sa.ScalarSelect[date]:
    """Return the first or last day on which the child was visited, on days that meet some conditions."""
    return (
        sa.select(which)
        .where(_other.c.child_key == row.c.child_key, _was_made, *when)
        .correlate_except(_other)
        .scalar_subquery()
    )


def _falls_due(last_seen: sa.ScalarSelect[date]) -> sa.ColumnElement[Any]:
    """Return the day by which the plan asks for the visit after one, or for its first."""
    since = sa.func.coalesce(last_seen, _plan.c.from_date)
    return working_day_after(since, _plan.c.visit_every_working_days - 1)


_last_day = sa.func.max(_other.c.made_on)
_due_on = sa.func.coalesce(
    _visit.c.due_on,
    _falls_due(
        _made(_last_day, _visit, _other.c.made_on < _visit.c.made_on, _other.c.made_on >= _plan.c.from_date),
    ),
)
_plan_ended_on = sa.case((_plan.c.to_date < AS_AT_ON, _plan.c.to_date))
_wait_ended_on = sa.func.coalesce(
    _visit.c.made_on, _made(sa.func.min(_other.c.made_on), _visit, _other.c.made_on >= _due_on), _plan_ended_on
)
_made_ahead = sa.func.coalesce(dated_ahead("visits", _visit.c.made_on), sa.false())
_plan_out_of_order = _plan.c.to_date < _plan.c.from_date
_ended_before = sa.func.coalesce(sa.and_(~_plan_out_of_order, _plan.c.to_date < _due_on), sa.false())


def _days_late(due: sa.ColumnElement[Any], until: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return not_negative(working_day_of(sa.func.coalesce(until, AS_AT_ON)) - working_day_of(due))


_visits: sa.Select[Any] = (
    sa.select(
        _visit.c.visit_id.label("case_id"),
        _visit.c.child_key.label("key"),
        sa.func.coalesce(_due_on, _visit.c.made_on).label("event_date"),
        _visit.c.team_id,
        sa.case(
            (_made_ahead, word(DATED_AHEAD)),
            (_plan_out_of_order, not_computable("its plan ends before it begins")),
            (_due_on < _plan.c.from_date, not_computable("due before its plan began")),
            (_visit.c.made_on < _plan.c.from_date, not_computable("made before its plan began")),
            (_visit.c.made_on <= _due_on, word(MET)),
            (sa.func.coalesce(_visit.c.made_on, AS_AT_ON) > _due_on, word(NOT_MET)),
            else_=word(NOT_YET_DUE),
        ).label("result"),
        _plan.c.plan_id,
        _plan.c.kind.label("plan_kind"),
        _plan.c.visit_every_working_days,
        _visit.c.made_on,
        _wait_ended_on.label("wait_ended_on"),
        _days_late(_due_on, _wait_ended_on).label("working_days_late"),
        _visit.c.seen_alone,
        _visit.c.staff_id.label("visited_by"),
    )
    .select_from(_visit)
    .outerjoin(_plan, _plan.c.plan_id == plan_of_visit(_visit))
    .where(sa.or_(_made_ahead, sa.and_(_due_on.is_not(None), ~_ended_before)))
)

_last_seen = _made(_last_day, _plan, _other.c.made_on >= _plan.c.from_date)
_next_due_on = _falls_due(_last_seen)
_scheduled = (
    sa.exists()
    .where(
        _other.c.child_key == _plan.c.child_key,
        sa.or_(_other.c.made_on.is_(None), ~_was_made),
        _other.c.due_on > sa.func.coalesce(_last_seen, _plan.c.from_date),
    )
    .correlate_except(_other)
)

_plans: sa.Select[Any] = sa.select(
    (_plan.c.plan_id + word("|next visit")).label("case_id"),
    _plan.c.child_key.label("key"),
    _next_due_on.label("event_date"),
    _plan.c.team_id,
    sa.case(
        (_plan_out_of_order, not_computable("the plan ends before it begins")),
        (_next_due_on < AS_AT_ON, word(NOT_MET)),
        else_=word(NOT_YET_DUE),
    ).label("result"),
    _plan.c.plan_id,
    _plan.c.kind.label("plan_kind"),
    _plan.c.visit_every_working_days,
    sa.cast(sa.null(), sa.Date).label("made_on"),
    _plan_ended_on.label("wait_ended_on"),
    _days_late(_next_due_on, _plan_ended_on).label("working_days_late"),
    sa.cast(sa.null(), sa.Boolean).label("seen_alone"),
    sa.cast(sa.null(), sa.Text).label("visited_by"),
).where(
    _plan.c.visit_every_working_days.is_not(None),
    sa.or_(_plan.c.to_date.is_(None), _plan_out_of_order, _plan.c.to_date >= _next_due_on),
    ~_scheduled,
)


def _visit_near(start: date, end: date) -> sa.ColumnElement[bool]:
    made_ahead = sa.and_(_visit.c.made_on.between(start, end), _made_ahead)
    return sa.or_(_visit.c.due_on.between(start, end), _visit.c.due_on.is_(None), made_ahead)


def _plan_near(start: date, end: date) -> sa.ColumnElement[bool]:
    return sa.and_(
        _plan.c.from_date <= end,
        sa.or_(_plan.c.to_date.is_(None), _plan.c.to_date >= start, _plan_out_of_order),
    )


TOY = Toy(
    tables={
        "plans": """
            plan_id | child_id | kind | from       | to         | visit_every_working_days | team_id
            P1      | C1       | cp   | 2010-03-01 |            | 10                       | T1
            P2      | C2       | cin  | 2010-03-01 |            | 10                       | T1
            P3      | C3       | cp   | 2010-03-01 |            | 10                       | T1
            P4      | C4       | cp   | 2010-03-01 | 2010-03-12 | 10                       | T1
            P5      | C5       | cp   | 2010-03-01 | 2010-03-15 | 10                       | T1
            P6      | C6       | cp   | 2010-03-15 |            | 10                       | T1
            P7      | C7       | cp   | 2010-03-16 |            | 10                       | T1
            P8      | C8       | cp   | 2010-03-01 | 2010-02-01 | 10                       | T1
            P9      | C9       | care | 2010-03-01 |            |                          | T1
            P10     | C10      | cp   | 2010-03-08 |            | 10                       | T1
            P11     | C10      | cin  | 2009-06-01 | 2010-03-07 | 20                       | T1
        """,
        "visits": """
            visit_id | child_id | plan_id | due_on     | made_on    | team_id
            V1       | C1       | P1      | 2010-03-15 | 2010-03-15 | T1
            V2       | C1       | P1      | 2010-03-26 |            | T1
            V3       | C1       | P1      | 2010-03-29 |            | T1
            V4       | C2       | P2      |            | 2010-03-15 | T1
            V5       | C2       |         |            | 2010-03-30 | T1
            V6       | C3       | P3      |            | 2010-03-16 | T1
            V7       | C4       | P4      | 2010-03-15 |            | T1
            V8       | C5       | P5      | 2010-03-15 |            | T1
            V9       | C6       | P6      | 2010-03-20 | 2010-03-12 | T1
            V10      | C6       | P6      | 2010-03-12 | 2010-03-16 | T1
            V11      | C8       | P8      | 2010-03-15 | 2010-03-15 | T1
            V12      | C9       | P9      |            | 2010-03-16 | T1
            V13      | C9       | P9      | 2010-03-20 | 2010-03-16 | T1
            V14      | C10      |         | 2010-03-05 | 2010-03-08 | T1
            V15      | C11      | P99     | 2010-03-05 | 2010-03-08 | T1
            V16      | C2       | P2      |            | 2010-03-25 | T1
        """,
    },
    expected="""
        case           | result         | because
        V1             | met            | made on the day
        V2             | not met        | not made by the end of Friday 26 March
        V3             | not yet due    | due on the day on which the data were taken
        V4             | met            | no due day: 10 working days after the plan began, on 15 March
        V16            | met            | 8 working days after the visit before
        V5             | not computable | made after the data were taken
        V6             | not met        | made a day after those 10
        V7             | left out       | its plan ended before it was due
        V8             | not met        | due on the last day of its plan
        V9             | not computable | made before its plan began
        V10            | not computable | due before its plan began
        V11            | not computable | its plan ends before it begins
        V12            | left out       | its plan doesn't say how often
        V13            | met            | it has a due day of its own
        V14            | not met        | names no plan, and the one that held its due day had begun
        V15            | not met        | its plan is not known, but it has a due day
        P2~next visit  | not yet due    | 10 working days after the visit before, V16
        P3~next visit  | not yet due    | 10 working days after the visit before are over on 30 March
        P5~next visit  | left out       | V8 is its next
        P6~next visit  | not yet due    | 10 working days after the visit before
        P7~next visit  | not yet due    | no visit yet, first one due on 30 March
        P8~next visit  | not computable | the plan ends before it begins
        P10~next visit | not met        | due on 22 March, and no visit was planned or made
    """,
)

MEASURE = Measure(DEFINITION, _visits, _visit_near, TOY, also=((_plans, _plan_near),))
