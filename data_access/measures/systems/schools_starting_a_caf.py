"""Schools that started a CAF in the last 12 months (plan item 3)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.extracts import NO_TEAM
from data_access.measures.adding_up import SHARE_AT_CLOSE
from data_access.measures.contract import MET, NOT_MET, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Strand
from data_access.measures.impossible import not_computable
from data_access.measures.sql import COVERS_FROM, COVERS_TO, calendar, day_number_of, table, word
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="schools_starting_a_caf",
    title="Schools that start CAFs",
    question="How many schools have started a common assessment in the last 12 months?",
    why="Every school knows children who need early help. A school that starts no CAF may leave it to others.",
    how=(
        "Schools that started at least one common assessment in the 12 months up to the last day of the period, out "
        "of the schools open on that day, for no team. The first 12 months of the data can't be worked out, since "
        "earlier CAFs are not loaded; schools that close before they open are left out and counted separately."
    ),
    misleads=(
        "One CAF in a year is enough, however large the school: see how many CAFs schools start. A CAF on which no "
        "school is named, or one that is not on the list of schools, counts for none. Each figure shares 11 months "
        "with the one of the month before, so that it moves slowly."
    ),
    strand=Strand.SYSTEMS,
    adding_up=SHARE_AT_CLOSE,
    polarity=Polarity.HIGHER,
    unit="%",
    period=Period.MONTH,
    chart=Chart.LINE,
    about=About.CHILDREN,
    plan_items=("3",),
    owner="CAF lead",
    requires=("schools", "cafs"),
    fields=("schools.opened", "schools.closed", "cafs.school_id", "cafs.started_on"),
    key="schools",
    details=(
        Detail("school_id", "School", Holds.REFERENCE),
        Detail("latest_started_on", "Latest CAF started", Holds.DATE),
    ),
    headline=False,
    only_an_aim=True,
)

_school, _caf = table("schools", "school"), table("cafs", "caf")
_day = calendar("closing")

_latest = (
    sa.select(sa.func.max(_caf.c.started_on))
    .where(_caf.c.school_id == _school.c.school_id, _caf.c.started_on <= _day.c.day)
    .correlate_except(_caf)
    .scalar_subquery()
)
_out_of_order = sa.func.coalesce(_school.c.closed < _school.c.opened, sa.false())

_result = sa.case(
    (_out_of_order, not_computable("the school closes before it opens")),
    (
        day_number_of(COVERS_FROM) > day_number_of(_day.c.year_before) + 1,
        not_computable("fewer than 12 months of CAFs are loaded"),
    ),
    (_latest > _day.c.year_before, word(MET)),
    else_=word(NOT_MET),
)

_cohort: sa.Select[Any] = (
    sa.select(
        (_school.c.school_id + word("|") + sa.cast(_day.c.day, sa.Text)).label("case_id"),
        _school.c.school_id.label("key"),
        _day.c.day.label("event_date"),
        word(NO_TEAM).label("team_id"),
        _result.label("result"),
        _school.c.school_id,
        _latest.label("latest_started_on"),
    )
    .select_from(_school)
    .join(
        _day,
        sa.and_(
            sa.or_(_day.c.day == _day.c.week_end, _day.c.day == _day.c.month_end),
            _day.c.day.between(COVERS_FROM, COVERS_TO),
            sa.or_(_school.c.opened.is_(None), _school.c.opened <= _day.c.day),
            sa.or_(_school.c.closed.is_(None), _school.c.closed >= _day.c.day, _out_of_order),
        ),
    )
)


def _near(start: date, end: date) -> sa.ColumnElement[bool]:
    return _day.c.day.between(start, end)


TOY = Toy(
    tables={
        "schools": """
            school_id | opened     | closed
            H1        | 2010-01-25 |
            H2        | 2010-01-25 |
            H3        | 2010-01-25 |
            H4        | 2010-02-01 |
            H5        | 2010-01-25 | 2010-01-31
            H6        | 2010-01-25 | 2010-01-30
            H7        |            | 2009-02-01
            H8        | 2010-02-02 | 2009-02-02
        """,
        "cafs": """
            caf_id | child_id | started_on | offered_on | agency | school_id
            F1     | C1       | 2009-02-01 |            | school | H1
            F2     | C2       | 2009-01-31 |            | school | H2
            F3     | C3       |            | 2010-01-26 | school | H3
            F4     | C4       | 2010-02-07 |            | school | H4
            F5a    | C5       | 2009-03-02 |            | school | H5
            F5b    | C6       | 2010-01-29 |            | school | H5
            F6     | C7       | 2010-01-29 |            | school | H6
            F7     | C8       | 2009-02-01 |            | school | H7
            F8     | C9       | 2010-02-02 |            | school | H8
            F9     | C10      | 2010-01-27 |            | school | H99
            F10    | C11      | 2010-01-27 |            | school |
        """,
    },
    expected="""
        case          | result         | because
        H1~2010-01-31 | met            | a CAF on the first day of the 12 months, before the school opened again
        H1~2010-02-07 | not met        | that CAF is more than 12 months back
        H2~2010-01-31 | not met        | a CAF on the day before the 12 months
        H2~2010-02-07 | not met        | none since
        H3~2010-01-31 | not met        | a CAF that was offered only
        H3~2010-02-07 | not met        | none since
        H4~2010-01-31 | left out       | not open yet
        H4~2010-02-07 | met            | opened since, and a CAF on that day
        H5~2010-01-31 | met            | two CAFs, and open to the end of that day
        H5~2010-02-07 | left out       | closed
        H6~2010-01-31 | left out       | closed the day before
        H7~2009-02-01 | not computable | the 12 months before begin before the data
        H8~2010-02-07 | not computable | closes before it opens
    """,
    covers_from="2009-02-01",
    covers_to="2010-02-07",
    as_at="2010-02-08 07:00",
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY, grows=True)
