"""Sickness absence (plan item 14)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.extracts import NO_TEAM
from data_access.measures.adding_up import RATE
from data_access.measures.contract import COUNTED, Measure
from data_access.measures.definition import About, Definition, Key, Strand
from data_access.measures.impossible import not_computable
from data_access.measures.sql import COVERS_FROM, COVERS_TO, calendar, earlier_of, later_of, table, word
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="sickness_absence",
    title="Sickness absence",
    question="How much working time is lost to sickness?",
    why="Sickness leaves cases uncovered, and may be the mark of a service under strain.",
    how=(
        "Full-time equivalent working days lost to sickness, out of full-time equivalent working days of staff in "
        "post, by calendar month. A part day counts as half. Over twelve months: days lost for each full-time "
        "equivalent. A person with two posts counts in both. A spell in post that ends before it begins is left out and "
        "counted separately in the month in which it begins; so are the months in which a sickness absence begins that ends "
        "before it."
    ),
    misleads=(
        "Winter months are always higher: compare with the same months of the year before. A few long absences weigh "
        "heavily in a small team."
    ),
    strand=Strand.EFFECTIVE_ACTIONS,
    adding_up=RATE,
    polarity=Polarity.LOWER,
    unit="%",
    period=Period.MONTH,
    chart=Chart.XMR,
    about=About.STAFF_HEALTH,
    plan_items=("14",),
    owner="S&R senior management team",
    requires=("staff", "absences"),
    fields=(
        "staff.fte",
        "staff.from",
        "staff.to",
        "absences.kind",
        "absences.from",
        "absences.to",
        "absences.part_day",
    ),
    key=Key.STAFF,
    details=(),
    scale=200,
    rolling_unit="days per full-time equivalent",
)

_spell, _absence = table("staff", "spell"), table("absences", "absence")
_month, _lost_day, _first, _last = (calendar(alias) for alias in ("month", "lost_day", "first", "last"))

_out_of_order = sa.func.coalesce(_spell.c.to_date < _spell.c.from_date, sa.false())
_first_day = later_of(later_of(_month.c.day, COVERS_FROM), _spell.c.from_date)
_last_day = earlier_of(earlier_of(_month.c.month_end, COVERS_TO), sa.case((sa.not_(_out_of_order), _spell.c.to_date)))
_working_days = (
    _last.c.working_day_number - _first.c.working_day_number + sa.case((_first.c.working.is_(sa.true()), 1), else_=0)
)
_half_days_lost = (
    sa.select(
        sa.func.count(sa.distinct(_lost_day.c.day))
        + sa.func.count(sa.distinct(sa.case((_absence.c.part_day.is_(sa.true()), None), else_=_lost_day.c.day)))
    )
    .select_from(_absence)
    .join(
        _lost_day,
        sa.and_(
            _lost_day.c.day >= _absence.c.from_date,
            sa.or_(_absence.c.to_date.is_(None), _lost_day.c.day <= _absence.c.to_date),
        ),
    )
    .where(
        _absence.c.staff_id == _spell.c.staff_id,
        _absence.c.kind == word("sickness"),
        _absence.c.from_date <= _last.c.day,
        sa.or_(_absence.c.to_date.is_(None), _absence.c.to_date >= _first.c.day),
        _lost_day.c.day.between(_first.c.day, _last.c.day),
        _lost_day.c.working.is_(sa.true()),
    )
    .correlate_except(_absence, _lost_day)
    .scalar_subquery()
)

_absent_out_of_order = (
    sa.exists()
    .where(
        _absence.c.staff_id == _spell.c.staff_id,
        _absence.c.kind == word("sickness"),
        _absence.c.to_date < _absence.c.from_date,
        _absence.c.from_date.between(_first.c.day, _last.c.day),
    )
    .correlate_except(_absence)
)
_result = sa.case(
    (_out_of_order, not_computable("the spell ends before it begins")),
    (_absent_out_of_order, not_computable("an absence ends before it begins")),
    else_=word(COUNTED),
)

_cohort: sa.Select[Any] = (
    sa.select(
        (
            _spell.c.staff_id
            + word("|")
            + sa.cast(_spell.c.from_date, sa.Text)
            + word("|")
            + sa.cast(_month.c.day, sa.Text)
        ).label("case_id"),
        _spell.c.staff_id.label("key"),
        _month.c.day.label("event_date"),
        sa.func.coalesce(_spell.c.team_id, word(NO_TEAM)).label("team_id"),
        _result.label("result"),
        (_spell.c.fte_hundredths * _half_days_lost).label("numerator"),
        (2 * _spell.c.fte_hundredths * _working_days).label("denominator"),
    )
    .select_from(_spell)
    .join(
        _month,
        sa.and_(
            _month.c.day == _month.c.month,
            _month.c.day <= COVERS_TO,
            _month.c.month_end >= COVERS_FROM,
            _month.c.month_end >= _spell.c.from_date,
            sa.or_(
                _spell.c.to_date.is_(None),
                _month.c.day <= _spell.c.to_date,
                sa.and_(_out_of_order, _month.c.day <= _spell.c.from_date),
            ),
        ),
    )
    .join(_first, _first.c.day == _first_day)
    .join(_last, _last.c.day == _last_day)
    .where(_working_days > 0)
)


def _near(start: date, end: date) -> sa.ColumnElement[bool]:
    return _month.c.day.between(start, end)


TOY = Toy(
    tables={
        "staff": """
            staff_id | from       | to         | team_id | role          | fte
            W1       | 2009-01-01 |            | T1      | social_worker | 1
            W2       | 2009-01-01 | 2009-12-15 | T1      | social_worker | 0.5
            W2       | 2009-12-16 |            | T2      | social_worker | 0.8
            W3       | 2009-12-25 | 2009-12-28 | T1      | social_worker | 1
            W4       | 2009-12-07 | 2008-12-11 | T1      | social_worker | 1
            W5       | 2009-01-01 |            | T1      | social_worker | 1
            W6       | 2009-01-01 |            | T1      | social_worker | 1
        """,
        "absences": """
            absence_id | staff_id | from       | to         | part_day | kind
            B1         | W1       | 2009-12-24 | 2009-12-29 | no       | sickness
            B2         | W1       | 2009-12-29 | 2009-12-30 | yes      | sickness
            B3         | W1       | 2009-12-01 | 2009-12-04 | no       | leave
            B4         | W2       | 2009-12-14 |            |          | sickness
            B5         | W5       | 2009-12-14 | 2009-12-11 | no       | sickness
            B6         | W6       | 2010-01-14 | 2009-12-11 | no       | sickness
            B7         | W6       | 2009-12-14 | 2009-12-11 | no       | leave
        """,
    },
    expected="""
        case                      | result         | because
        W1~2009-01-01~2009-12-01  | 500 of 4200    | 24, 29 December and half of the 30th, of 21 days
        W2~2009-01-01~2009-12-01  | 200 of 1100    | 2 of 11 days at half time
        W2~2009-12-16~2009-12-01  | 1600 of 1600   | still absent, all 10 days at 0.8
        W3~2009-12-25~2009-12-01  | left out       | no working day
        W4~2009-12-07~2009-12-01  | not computable | the spell ends before it begins
        W5~2009-01-01~2009-12-01  | not computable | an absence begins this month and ends before it
        W6~2009-01-01~2009-12-01  | 0 of 4200      | such an absence begins in another month, or is no sickness
    """,
    covers_from="2009-12-01",
    covers_to="2009-12-31",
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY, grows=True)
