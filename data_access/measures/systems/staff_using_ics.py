"""Staff using ICS (plan item 4)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.extracts import NO_TEAM
from data_access.measures.adding_up import PROPORTION
from data_access.measures.contract import MET, NOT_MET, NOT_YET_DUE, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand
from data_access.measures.impossible import not_computable
from data_access.measures.sql import COVERS_FROM, COVERS_TO, calendar, flagged, table, word
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="staff_using_ics",
    title="Staff using ICS",
    question="Does everyone record in the one system?",
    why="A child's story kept in two systems is read in neither. Ofsted found information in four places.",
    how=(
        "Staff who recorded new work in ICS during the week and none in SWIFT, out of staff who use the case system, "
        "were in post on the Monday and were not absent all week. Looking up history in SWIFT is no failure. A spell "
        "in post that ends before it begins is left out and counted separately in the week in which it begins; so are staff "
        "who did not use ICS alone in a week in which an absence begins that ends before it."
    ),
    misleads="Recording something in ICS does not show that everything was recorded there.",
    strand=Strand.SYSTEMS,
    adding_up=PROPORTION,
    polarity=Polarity.HIGHER,
    unit="%",
    period=Period.WEEK,
    chart=Chart.XMR,
    about=About.STAFF,
    plan_items=("4",),
    owner="ICS Project Board",
    requires=("staff", "system_use", "absences"),
    fields=(
        "staff.uses_case_system",
        "staff.from",
        "staff.to",
        "system_use.system",
        "system_use.recorded",
        "absences.from",
        "absences.to",
        "absences.part_day",
    ),
    key=Key.STAFF,
    details=(
        Detail("role", "Role", Holds.CODE, codes="role"),
        Detail("recorded_in_current", "Records made in ICS", Holds.NUMBER),
        Detail("recorded_in_replaced", "Records made in SWIFT", Holds.NUMBER),
    ),
    dimensions=("role",),
)

_spell, _other = table("staff", "spell"), table("staff", "other")
_absence, _use = table("absences", "absence"), table("system_use", "use")
_monday, _day = calendar("monday"), calendar("day")

_was_there = sa.exists().where(
    _day.c.week == _monday.c.day,
    _day.c.day.between(_monday.c.day, _monday.c.week_end),
    _day.c.working.is_(sa.true()),
    ~sa.exists()
    .where(
        _absence.c.staff_id == _spell.c.staff_id,
        _absence.c.from_date <= _day.c.day,
        sa.or_(_absence.c.to_date.is_(None), _absence.c.to_date >= _day.c.day),
        sa.func.coalesce(_absence.c.part_day, sa.false()).is_(sa.false()),
    )
    .correlate_except(_absence),
)


def _recorded(flag: str) -> sa.ColumnElement[int]:
    return sa.func.coalesce(
        sa.select(sa.func.sum(_use.c.recorded))
        .where(
            _use.c.staff_id == _spell.c.staff_id,
            _use.c.week == _monday.c.day,
            _use.c.system.in_(flagged("system", flag)),
        )
        .correlate_except(_use)
        .scalar_subquery(),
        0,
    )


def _out_of_order(spell: sa.FromClause) -> sa.ColumnElement[bool]:
    return sa.func.coalesce(spell.c.to_date < spell.c.from_date, sa.false())


def _in_post(spell: sa.FromClause) -> sa.ColumnElement[bool]:
    """Return whether the spell holds the Monday."""
    return sa.and_(
        _monday.c.day >= spell.c.from_date, sa.or_(spell.c.to_date.is_(None), _monday.c.day <= spell.c.to_date)
    )


def _begins_out_of_order(spell: sa.FromClause) -> sa.ColumnElement[bool]:
    """Return whether the spell begins in the week, and ends before it begins."""
    return sa.and_(_out_of_order(spell), spell.c.from_date.between(_monday.c.day, _monday.c.week_end))


_later = _other.c.from_date > _spell.c.from_date
_another_counts = sa.exists().where(
    _other.c.staff_id == _spell.c.staff_id,
    _other.c.uses_case_system.is_(sa.true()),
    sa.or_(
        sa.and_(_in_post(_other), sa.or_(_later, _out_of_order(_spell))),
        sa.and_(_begins_out_of_order(_other), _later, _out_of_order(_spell)),
    ),
)
_absent_out_of_order = (
    sa.exists()
    .where(
        _absence.c.staff_id == _spell.c.staff_id,
        _absence.c.to_date < _absence.c.from_date,
        _absence.c.from_date.between(_monday.c.day, _monday.c.week_end),
        sa.func.coalesce(_absence.c.part_day, sa.false()).is_(sa.false()),
    )
    .correlate_except(_absence)
)

_result = sa.case(
    (_monday.c.week_end > COVERS_TO, word(NOT_YET_DUE)),
    (_out_of_order(_spell), not_computable("the spell ends before it begins")),
    (sa.and_(_recorded("current_system") > 0, _recorded("replaced_system") == 0), word(MET)),
    (_absent_out_of_order, not_computable("an absence ends before it begins")),
    else_=word(NOT_MET),
)

_cohort: sa.Select[Any] = (
    sa.select(
        (_spell.c.staff_id + word("|") + sa.cast(_monday.c.day, sa.Text)).label("case_id"),
        _spell.c.staff_id.label("key"),
        _monday.c.day.label("event_date"),
        sa.func.coalesce(_spell.c.team_id, word(NO_TEAM)).label("team_id"),
        _result.label("result"),
        _spell.c.role,
        _recorded("current_system").label("recorded_in_current"),
        _recorded("replaced_system").label("recorded_in_replaced"),
    )
    .select_from(_spell)
    .join(
        _monday,
        sa.and_(
            _monday.c.day == _monday.c.week,
            _monday.c.day.between(COVERS_FROM, COVERS_TO),
            sa.or_(_in_post(_spell), _begins_out_of_order(_spell)),
        ),
    )
    .where(
        _spell.c.uses_case_system.is_(sa.true()),
        ~_another_counts,
        _was_there,
    )
)


def _near(start: date, end: date) -> sa.ColumnElement[bool]:
    return _monday.c.day.between(start, end)


TOY = Toy(
    tables={
        "staff": """
            staff_id | from       | to         | team_id | role          | fte | uses_case_system
            W1       | 2009-01-01 |            | T1      | social_worker | 1   | yes
            W2       | 2009-01-01 |            | T1      | social_worker | 1   | yes
            W3       | 2009-01-01 |            | T1      | social_worker | 1   | yes
            W4       | 2009-01-01 |            | T1      | social_worker | 1   | yes
            W5       | 2009-01-01 |            | T1      | social_worker | 1   | yes
            W6       | 2009-01-01 |            | T1      | other         | 1   | no
            W7       | 2010-03-16 |            | T1      | social_worker | 1   | yes
            W8       | 2010-03-16 | 2009-03-16 | T1      | social_worker | 1   | yes
            W8       | 2010-03-17 | 2009-03-16 | T2      | social_worker | 1   | yes
            W9       | 2010-03-16 | 2010-03-15 | T2      | social_worker | 1   | yes
            W9       | 2009-03-16 | 2010-03-15 | T1      | social_worker | 1   | yes
            W10      | 2009-01-01 |            | T1      | social_worker | 1   | yes
            W11      | 2009-01-01 |            | T1      | social_worker | 1   | yes
            W12      | 2009-01-01 |            | T1      | social_worker | 1   | yes
        """,
        "absences": """
            absence_id | staff_id | from       | to         | part_day | kind
            B1         | W3       | 2010-03-12 | 2010-03-17 | no       | sickness
            B2         | W3       | 2010-03-18 | 2010-03-19 | no       | leave
            B3         | W4       | 2010-03-15 | 2010-03-19 | yes      | sickness
            B4         | W10      | 2010-03-15 | 2009-03-19 | no       | sickness
            B5         | W11      | 2010-03-15 | 2009-03-19 | no       | sickness
            B6         | W12      | 2010-03-22 | 2010-03-19 | no       | sickness
        """,
        "system_use": """
            staff_id | week       | system | recorded | looked_up
            W1       | 2010-03-15 | ics    | 4        | 2
            W1       | 2010-03-15 | swift  | 0        | 9
            W2       | 2010-03-15 | ics    | 4        | 2
            W2       | 2010-03-15 | swift  | 1        | 0
            W5       | 2010-03-15 | swift  | 0        | 3
            W8       | 2010-03-15 | ics    | 4        | 0
            W9       | 2010-03-15 | ics    | 4        | 0
            W10      | 2010-03-15 | ics    | 4        | 0
        """,
    },
    expected="""
        case           | result         | because
        W1~2010-03-15  | met            | looked up in SWIFT only
        W2~2010-03-15  | not met        | recorded in SWIFT too
        W3~2010-03-15  | left out       | absent all week, by two absences together
        W4~2010-03-15  | not met        | absent for half days only, and recorded nothing
        W5~2010-03-15  | not met        | recorded nothing
        W6~2010-03-15  | left out       | does not use the case system
        W7~2010-03-15  | left out       | came on the Tuesday
        W8~2010-03-15  | not computable | both spells end before they begin, in this week
        W9~2010-03-15  | met            | one spell ends before it begins, the other holds the Monday
        W10~2010-03-15 | met            | an absence ends before it begins, and ICS alone was used
        W11~2010-03-15 | not computable | an absence begins this week and ends before it
        W12~2010-03-15 | not met        | such an absence begins in another week
    """,
    covers_from="2010-03-15",
    covers_to="2010-03-21",
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY, grows=True)
