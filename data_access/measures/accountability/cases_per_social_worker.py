"""Cases for each full-time social worker at the end of the week (partner of plan item 8a)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.extracts import NO_TEAM
from data_access.measures.adding_up import MEAN_OF_STOCK
from data_access.measures.contract import COUNTED, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand
from data_access.measures.sql import COVERS_FROM, COVERS_TO, calendar, table, word
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="cases_per_social_worker",
    title="Cases per social worker",
    question="How many cases does a full-time social worker hold?",
    why=(
        "Children are safe with a worker who has time for them. The auditor found 22 to 28 cases for each social worker."
    ),
    how=(
        "Cases held by social workers at the end of the last day of the period, out of the full-time equivalent of the "
        "social workers who hold at least one. Joint workers do not count as holding a case. Someone with two posts as "
        "a social worker counts with both, in the team of the post that began last. Posts and cases that end before "
        "they begin are held by nobody."
    ),
    misleads=(
        "A number of cases says nothing of how hard they are, and a mean hides who holds far more than others: see the "
        "list. Posts that are vacant, and workers who are away but still in post, are not in it as such."
    ),
    strand=Strand.ACCOUNTABILITY,
    adding_up=MEAN_OF_STOCK,
    polarity=Polarity.NEITHER,
    unit="cases",
    period=Period.WEEK,
    chart=Chart.LINE,
    about=About.STAFF,
    plan_items=("8a",),
    owner="Group managers",
    requires=("staff", "allocations"),
    fields=(
        "staff.from",
        "staff.to",
        "staff.role",
        "staff.fte",
        "allocations.staff_id",
        "allocations.from",
        "allocations.to",
        "allocations.kind",
    ),
    key=Key.STAFF,
    details=(
        Detail("worker", "Social worker", Holds.STAFF),
        Detail("cases_held", "Cases held", Holds.NUMBER),
        Detail("full_time_equivalent", "Full-time equivalent", Holds.NUMBER),
    ),
    headline=False,
    scale=100,
)

_spell, _other, _allocation = table("staff", "spell"), table("staff", "other"), table("allocations", "allocation")
_day = calendar("closing")

_SOCIAL_WORKER, _JOINT = word("social_worker"), word("joint_worker")


def _holds(spell: sa.FromClause) -> sa.ColumnElement[bool]:
    """Return whether a spell holds the closing day."""
    return sa.and_(spell.c.from_date <= _day.c.day, sa.or_(spell.c.to_date.is_(None), spell.c.to_date >= _day.c.day))


_held = (
    _allocation.c.staff_id == _spell.c.staff_id,
    _holds(_allocation),
    sa.or_(_allocation.c.kind.is_(None), _allocation.c.kind != _JOINT),
)
_cases = sa.select(sa.func.count()).where(*_held).correlate_except(_allocation).scalar_subquery()
_in_post = (_other.c.staff_id == _spell.c.staff_id, _other.c.role == _SOCIAL_WORKER, _holds(_other))
_hundredths = (
    sa.select(sa.func.sum(_other.c.fte_hundredths)).where(*_in_post).correlate_except(_other).scalar_subquery()
)

_cohort: sa.Select[Any] = (
    sa.select(
        (_spell.c.staff_id + word("|") + sa.cast(_day.c.day, sa.Text)).label("case_id"),
        _spell.c.staff_id.label("key"),
        _day.c.day.label("event_date"),
        sa.func.coalesce(_spell.c.team_id, word(NO_TEAM)).label("team_id"),
        word(COUNTED).label("result"),
        (100 * _cases).label("numerator"),
        _hundredths.label("denominator"),
        _spell.c.staff_id.label("worker"),
        _cases.label("cases_held"),
        (sa.cast(_hundredths, sa.Float) / 100).label("full_time_equivalent"),
    )
    .select_from(_spell)
    .join(
        _day,
        sa.and_(
            sa.or_(_day.c.day == _day.c.week_end, _day.c.day == _day.c.month_end),
            _day.c.day.between(COVERS_FROM, COVERS_TO),
            _holds(_spell),
        ),
    )
    .where(
        _spell.c.role == _SOCIAL_WORKER,
        ~sa.exists().where(*_in_post, _other.c.from_date > _spell.c.from_date).correlate_except(_other),
        _cases > 0,
    )
)


def _near(start: date, end: date) -> sa.ColumnElement[bool]:
    return _day.c.day.between(start, end)


TOY = Toy(
    tables={
        "staff": """
            staff_id | from       | to         | team_id | role             | fte
            W1       | 2009-01-01 |            | T1      | social_worker    | 1
            W2       | 2009-01-01 |            | T1      | social_worker    | 0.5
            W2       | 2009-12-07 |            | T2      | social_worker    | 0.3
            W3       | 2009-01-01 |            | T1      | practice_manager | 1
            W4       | 2009-01-01 |            | T1      | social_worker    | 1
            W5       | 2009-01-01 | 2009-12-06 |         | social_worker    | 0.8
            W6       | 2009-12-07 | 2009-11-30 | T1      | social_worker    | 1
        """,
        "allocations": """
            allocation_id | child_id | staff_id | team_id | from       | to         | kind
            L1            | C1       | W1       | T1      | 2009-10-01 |            | case_holder
            L2            | C2       | W1       | T1      | 2009-10-01 | 2009-12-06 |
            L3            | C3       | W1       | T1      | 2009-10-01 |            | joint_worker
            L4            | C4       | W2       | T1      | 2009-12-13 |            | case_holder
            L5            | C5       | W3       | T1      | 2009-10-01 |            | case_holder
            L6            | C6       | W4       | T1      | 2009-12-14 | 2009-12-01 | case_holder
            L7            | C7       | W5       | T1      | 2009-10-01 |            | case_holder
            L8            | C8       | W6       | T1      | 2009-10-01 |            | case_holder
            L9            | C9       |          | T1      | 2009-10-01 |            |
        """,
    },
    expected="""
        case          | result     | because
        W1~2009-12-06 | 200 of 100 | two cases held to the end of that Sunday; that of a joint worker does not count
        W1~2009-12-13 | 100 of 100 | one case left
        W2~2009-12-06 | left out   | holds no case yet
        W2~2009-12-13 | 100 of 80  | one case that began that day, with both posts
        W3~2009-12-13 | left out   | no social worker
        W4~2009-12-13 | left out   | the case ends before it begins
        W5~2009-12-06 | 100 of 80  | in post to the end of that Sunday
        W5~2009-12-13 | left out   | left before that Sunday
        W6~2009-12-13 | left out   | the post ends before it begins
    """,
    covers_from="2009-12-01",
    covers_to="2009-12-13",
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY, grows=True)
