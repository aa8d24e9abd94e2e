"""Staff supervised, and supervision recorded (plan items 5 and 1c)."""

from typing import Any, Final

import sqlalchemy as sa

from data_access.measures.adding_up import PROPORTION
from data_access.measures.contract import MET, NOT_MET, NOT_YET_DUE, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand
from data_access.measures.impossible import not_computable
from data_access.measures.sql import COVERS_TO, table, word, working_day_of
from data_access.measures.toy import Toy
from data_access.measures.whole_months import FIELDS, MONTH, NOT_OVER, SPELL, near, whole_months
from data_access.vocabulary import Chart, Period, Polarity

DAYS_TO_RECORD: Final = 2
"""The plan says "immediately"; the working days are ours."""

DEFINITION = Definition(
    id="staff_supervised_and_recorded",
    title="Staff supervised and supervision recorded",
    question="Is everyone supervised each month, and is it written down at once?",
    why=(
        "Supervision is where a worker's judgement of a child is tested. What was agreed and not recorded on the "
        "child's file is lost to whoever has to act on it."
    ),
    how=(
        "Staff who had supervision in the month, with each session of it recorded within 2 working days: casework on "
        "the child's file, personal supervision by the manager. Out of all staff in post on the first and on the last "
        "day of the month; staff without any session count as not supervised. A session in its 2 days and not "
        "recorded yet leaves the member of staff not yet due. Sessions recorded before they were held are counted "
        "separately, unless another was late. Posts that end before they begin are held by nobody."
    ),
    misleads=(
        "Staff who were away all month count as not supervised. A session recorded says that it took place, not that "
        "it was good. The plan says “immediately”; the 2 working days are this dashboard's own."
    ),
    strand=Strand.SYSTEMS,
    adding_up=PROPORTION,
    polarity=Polarity.HIGHER,
    unit="%",
    period=Period.MONTH,
    chart=Chart.XMR,
    about=About.STAFF,
    plan_items=("5", "1c"),
    owner="Group managers",
    requires=("staff", "supervisions"),
    fields=(
        *FIELDS,
        "supervisions.kind",
        "supervisions.held_on",
        "supervisions.recorded_on",
        "supervisions.on_childs_file",
    ),
    key=Key.STAFF,
    details=(
        Detail("worker", "Member of staff", Holds.STAFF),
        Detail("role", "Role", Holds.CODE, codes="role"),
        Detail("sessions_held", "Sessions held", Holds.NUMBER),
        Detail("sessions_late", "Sessions recorded late, elsewhere or not at all", Holds.NUMBER),
    ),
    dimensions=("role",),
    headline=False,
)

_session = table("supervisions", "session")
_recorded_on = sa.case((_session.c.recorded_on <= COVERS_TO, _session.c.recorded_on))
_held = (
    _session.c.staff_id == SPELL.c.staff_id,
    _session.c.held_on.between(MONTH.c.day, MONTH.c.month_end),
)


def _days_to(day: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    return working_day_of(day) - working_day_of(_session.c.held_on)


_late = sa.or_(
    sa.and_(_recorded_on.is_(None), _days_to(COVERS_TO) >= DAYS_TO_RECORD),
    _days_to(_recorded_on) > DAYS_TO_RECORD,
    sa.and_(
        _recorded_on.is_not(None),
        _session.c.kind == word("casework"),
        sa.func.coalesce(_session.c.on_childs_file, sa.false()).is_(sa.false()),
    ),
)


def _any(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Return whether any session of the month meets the conditions."""
    return sa.exists().where(*_held, *conditions).correlate_except(_session)


def _number(*conditions: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count()).where(*_held, *conditions).correlate_except(_session).scalar_subquery()


_result = sa.case(
    (NOT_OVER, word(NOT_YET_DUE)),
    (sa.or_(~_any(), _any(_late)), word(NOT_MET)),
    (_any(_session.c.recorded_on < _session.c.held_on), not_computable("a session was recorded before it was held")),
    (_any(_recorded_on.is_(None)), word(NOT_YET_DUE)),
    else_=word(MET),
)

_cohort = whole_months(
    _result.label("result"),
    SPELL.c.staff_id.label("worker"),
    SPELL.c.role,
    _number().label("sessions_held"),
    _number(_late).label("sessions_late"),
)

TOY = Toy(
    tables={
        "staff": """
            staff_id | from       | to         | team_id | role          | fte
            W1       | 2009-01-01 |            | T1      | social_worker | 1
            W2       | 2009-01-01 |            | T1      | social_worker | 1
            W3       | 2009-01-01 |            | T1      | social_worker | 1
            W4       | 2009-01-01 |            | T1      | other         | 1
            W5       | 2009-01-01 |            | T1      | social_worker | 1
            W6       | 2009-01-01 |            | T1      | social_worker | 1
            W7       | 2009-01-01 |            |         | other         | 1
            W8       | 2009-01-01 |            | T1      | other         | 1
            W9       | 2009-01-01 |            | T1      | other         | 1
            W10      | 2010-02-02 |            | T1      | other         | 1
            W11      | 2009-01-01 |            | T1      | other         | 1
            W12      | 2010-02-01 | 2010-01-31 | T1      | other         | 1
            W13      | 2009-01-01 |            | T1      | other         | 1
            W14      | 2009-01-01 | 2010-02-14 | T1      | other         | 1
            W14      | 2010-02-15 | 2010-02-28 | T2      | other         | 1
        """,
        "supervisions": """
            supervision_id | staff_id | kind     | due_on     | held_on    | recorded_on | on_childs_file
            V1             | W1       | casework | 2010-02-08 | 2010-02-05 | 2010-02-09  | yes
            V2             | W1       | personal | 2010-03-01 | 2010-02-01 | 2010-02-01  |
            V3             | W2       | casework | 2010-02-08 | 2010-02-05 | 2010-02-10  | yes
            V4             | W3       | casework | 2010-02-08 | 2010-02-08 | 2010-02-08  | no
            V5             | W3       | casework | 2010-02-08 | 2010-02-09 | 2010-02-09  | yes
            V6             | W4       | personal | 2010-02-08 | 2010-02-06 | 2010-02-09  |
            V7             | W5       | casework | 2010-02-08 |            |             |
            V8             | W6       | casework | 2010-02-08 | 2010-01-31 | 2010-01-31  | yes
            V9             | W7       | personal | 2010-02-08 | 2010-02-26 |             |
            V10            | W8       | personal | 2010-02-08 | 2010-02-25 |             |
            V11            | W9       | personal | 2010-02-08 | 2010-02-08 | 2010-02-07  |
            V12            | W10      | personal | 2010-02-08 | 2010-02-08 | 2010-02-08  |
            V13            | W11      | personal | 2010-02-08 | 2010-02-26 | 2010-03-02  |
            V14            | W13      | casework | 2010-02-08 | 2010-02-08 | 2010-02-08  |
            V15            | W14      | personal | 2010-02-08 | 2010-02-08 | 2010-02-10  |
            V16            | W14      | personal | 2010-02-08 | 2010-02-22 | 2010-02-23  |
        """,
    },
    expected="""
        case           | result         | because
        W1~2010-02-01  | met            | both recorded in time: Friday to Tuesday are 2 working days
        W2~2010-02-01  | not met        | recorded on the third working day
        W3~2010-02-01  | not met        | one of two is not on the child's file
        W4~2010-02-01  | met            | held on a Saturday: Tuesday is the second working day
        W5~2010-02-01  | not met        | due, but not held
        W6~2010-02-01  | not met        | held the day before the month
        W7~2010-02-01  | not yet due    | held on Friday 26th, and the data end on Monday
        W8~2010-02-01  | not met        | held on Thursday 25th, and Monday was the second working day
        W9~2010-02-01  | not computable | recorded before it was held
        W10~2010-02-01 | left out       | came on the second day of the month
        W11~2010-02-01 | not yet due    | recorded in time, but after the days that the data cover
        W12~2010-02-01 | left out       | the post ends before it begins
        W13~2010-02-01 | not met        | nothing says that it is on the child's file
        W14~2010-02-01 | met            | in post in two teams one after the other
        W1~2010-03-01  | not yet due    | the month is not over
        W2~2010-03-01  | not yet due    | the month is not over
        W3~2010-03-01  | not yet due    | the month is not over
        W4~2010-03-01  | not yet due    | the month is not over
        W5~2010-03-01  | not yet due    | the month is not over
        W6~2010-03-01  | not yet due    | the month is not over
        W7~2010-03-01  | not yet due    | the month is not over
        W8~2010-03-01  | not yet due    | the month is not over
        W9~2010-03-01  | not yet due    | the month is not over
        W10~2010-03-01 | not yet due    | the month is not over
        W11~2010-03-01 | not yet due    | the month is not over
        W13~2010-03-01 | not yet due    | the month is not over
    """,
    as_at="2010-03-02 07:00",
    covers_from="2010-02-01",
    covers_to="2010-03-01",
)

# held on the last day of a month, a session has run out of time after 2 working days: 6 days over Christmas or Easter
MEASURE = Measure(DEFINITION, _cohort, near, TOY, grows=True, settles_in=14)
