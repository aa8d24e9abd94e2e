"""Child protection plans that are not the child's first (national measure)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.measures.adding_up import PROPORTION
from data_access.measures.contract import DATED_AHEAD, MET, NOT_MET, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand
from data_access.measures.impossible import dated_ahead, not_computable
from data_access.measures.sql import COVERS_FROM, calendar, table, word
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="second_child_protection_plans",
    title="Second or later child protection plans",
    question="How many of the children who come under a child protection plan have been under one before?",
    why="A child who needs protection again may have been left too early, or in a home that had not changed enough.",
    how=(
        "Child protection plans of children who had an earlier one, however long ago, out of all that began, by the "
        "day on which they began. Plans of the first two years of the data are left out and counted separately, since "
        "too few of the earlier ones are known; so are plans that end before they begin, plans that begin while "
        "another of the child still runs, those of which the only earlier plan ends before it begins, and dates after "
        "the data were taken."
    ),
    misleads=(
        "Neither more nor fewer is better in itself: none at all can mean that children are not protected again. "
        "Plans from before the data begin and of other councils are not known, so the true share is higher, the more "
        "so the shorter the data; the two years are ours. Brothers and sisters come in together: few families move the "
        "figure much."
    ),
    strand=Strand.ACCOUNTABILITY,
    adding_up=PROPORTION,
    polarity=Polarity.NEITHER,
    unit="%",
    period=Period.MONTH,
    chart=Chart.P_PRIME,
    about=About.CHILDREN,
    plan_items=(),
    owner="Group manager, Quality & Audit",
    requires=("plans",),
    fields=("plans.kind", "plans.from", "plans.to", "plans.child_id"),
    key=Key.CHILD,
    details=(
        Detail("ends_on", "Plan ended", Holds.DATE),
        Detail("earlier_plan_id", "Earlier plan", Holds.REFERENCE, of_team="earlier_team_id"),
        Detail("earlier_from", "Earlier plan began", Holds.DATE),
        Detail("earlier_to", "Earlier plan ended", Holds.DATE),
        Detail("earlier_team_id", "Team of the earlier plan", Holds.TEAM, of_team="earlier_team_id"),
    ),
    headline=False,
)

_plan, _earlier, _before = table("plans", "plan"), table("plans", "earlier"), table("plans", "before")
_began, _year_before = calendar("began"), calendar("year_before")
_two_years_before = sa.func.coalesce(_year_before.c.year_before, _began.c.year_before)


def _came_before(other: sa.FromClause) -> sa.ColumnElement[bool]:
    """Return whether another child protection plan of the child came before: it began earlier, or has a smaller id."""
    return sa.and_(
        other.c.child_key == _plan.c.child_key,
        other.c.kind == word("cp"),
        sa.or_(
            other.c.from_date < _plan.c.from_date,
            sa.and_(other.c.from_date == _plan.c.from_date, other.c.plan_id < _plan.c.plan_id),
        ),
    )


def _has_before(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return sa.exists().where(_came_before(_before), *conditions).correlate_except(_before)


_out_of_order = _before.c.to_date < _before.c.from_date
_runs_still = sa.or_(_before.c.to_date.is_(None), _before.c.to_date >= _plan.c.from_date)
_earlier_id = (
    sa.select(_before.c.plan_id)
    .where(_came_before(_before), _before.c.to_date >= _before.c.from_date)
    .order_by(_before.c.from_date.desc(), _before.c.plan_id.desc())
    .limit(1)
    .scalar_subquery()
)

_result = sa.case(
    (dated_ahead("plans", _plan.c.from_date), word(DATED_AHEAD)),
    (_plan.c.to_date < _plan.c.from_date, not_computable("the plan ends before it begins")),
    (_two_years_before < COVERS_FROM, not_computable("earlier plans not loaded")),
    (_has_before(_runs_still), not_computable("another plan of the child still ran")),
    (_earlier.c.plan_id.is_not(None), word(MET)),
    (_has_before(_out_of_order), not_computable("the earlier plan ends before it begins")),
    else_=word(NOT_MET),
)

_cohort: sa.Select[Any] = (
    sa.select(
        _plan.c.plan_id.label("case_id"),
        _plan.c.child_key.label("key"),
        _plan.c.from_date.label("event_date"),
        _plan.c.team_id,
        _result.label("result"),
        _plan.c.to_date.label("ends_on"),
        _earlier.c.plan_id.label("earlier_plan_id"),
        _earlier.c.from_date.label("earlier_from"),
        _earlier.c.to_date.label("earlier_to"),
        _earlier.c.team_id.label("earlier_team_id"),
    )
    .select_from(_plan)
    .join(_began, _began.c.day == _plan.c.from_date)
    .outerjoin(_year_before, _year_before.c.day == _began.c.year_before)
    .outerjoin(_earlier, _earlier.c.plan_id == _earlier_id)
    .where(_plan.c.kind == word("cp"))
)


def _near(start: date, end: date) -> sa.ColumnElement[bool]:
    return _plan.c.from_date.between(start, end)


TOY = Toy(
    tables={
        "plans": """
            plan_id | child_id | kind | from       | to         | team_id
            P1      | C1       | cp   | 2008-03-01 | 2009-01-31 | T1
            P2      | C1       | cp   | 2010-01-01 | 2010-03-01 | T2
            P3      | C3       | cp   | 2009-12-31 |            | T1
            P4      | C4       | cin  | 2008-03-01 | 2009-01-31 | T1
            P5      | C4       | cp   | 2010-02-01 |            | T1
            P6      | C6       | cp   | 2008-03-01 | 2010-02-01 | T1
            P7      | C6       | cp   | 2010-02-01 |            | T1
            P8      | C8       | cp   | 2010-02-01 |            | T1
            P9      | C8       | cp   | 2010-02-01 |            | T1
            P10     | C10      | cp   | 2008-03-01 | 2008-02-01 | T1
            P11     | C10      | cp   | 2010-02-01 |            | T1
            P12     | C12      | cp   | 2010-02-01 | 2010-01-01 | T1
            P13     | C13      | cp   | 2010-03-30 |            | T1
            P14     | C14      | cp   | 2008-03-01 | 2009-01-31 | T1
            P15     | C14      | cp   | 2010-02-01 | 2010-02-15 | T1
            P16     | C14      | cp   | 2010-02-16 |            | T1
        """,
    },
    expected="""
        case | result         | because
        P1   | not computable | begins in the first two years of the data
        P2   | met            | two years on, and the child had an earlier plan
        P3   | not computable | the last day of the first two years
        P4   | left out       | a plan for a child in need
        P5   | not met        | the earlier plan was none of child protection
        P6   | not computable | begins in the first two years of the data
        P7   | not computable | begins on the last day of the other plan
        P8   | not met        | the child's first
        P9   | not computable | another plan that began that day still ran
        P10  | not computable | ends before it begins
        P11  | not computable | the only earlier plan ends before it begins
        P12  | not computable | ends before it begins
        P13  | not computable | begins after the data were taken
        P14  | not computable | begins in the first two years of the data
        P15  | met            | a second plan
        P16  | met            | a third, on the day after the second ended
    """,
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY)
