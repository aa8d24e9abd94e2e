"""Open cases with a manager's oversight recorded in the last 20 working days (priority action)."""

from datetime import date, timedelta
from typing import Any, Final

import sqlalchemy as sa

from data_access.measures import open_cases
from data_access.measures.adding_up import SHARE_OF_STOCK
from data_access.measures.contract import DATED_AHEAD, LEFT_ON, MET, NOT_MET, NOT_YET_DUE, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand, WaitingWords
from data_access.measures.impossible import dated_ahead, not_negative
from data_access.measures.sql import (
    AS_AT_ON,
    calendar,
    first_of,
    later_of,
    number,
    table,
    word,
    working_day_after,
    working_day_of,
)
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="management_oversight_on_open_cases",
    title="Management oversight on open cases",
    question="Does a manager look at every open case at least every four weeks?",
    why=(
        "Ofsted found cases on which no manager had left a word for months. Someone who isn't in the thick of it must "
        "look at what is done, and say so on the file."
    ),
    how=(
        "Cases open for 20 working days or more on which a manager recorded oversight in the last 20 working days, out "
        "of all such cases, at the end of the last day of the period. A case is a referral decided as one that leads "
        "to an assessment, from its decision until it is closed; a child has one case at a time, the one that opened "
        "first. Days are counted from the day of the decision, or of the record, as day 0. A record counts for the "
        "child, whichever case it was made on. Cases with dates that can't be true, and records dated after the data "
        "were taken, are counted separately."
    ),
    misleads=(
        "A record shows that someone looked, not how well. The same cases stand in neighbouring weeks, so that these "
        "are alike and no chance lines are drawn. Cases that opened before referrals were kept are not in it."
    ),
    strand=Strand.ACCOUNTABILITY,
    adding_up=SHARE_OF_STOCK,
    polarity=Polarity.HIGHER,
    unit="%",
    period=Period.WEEK,
    chart=Chart.LINE,
    about=About.CHILDREN,
    plan_items=(),
    owner="Group managers",
    requires=("referrals", "oversight"),
    optional=("allocations",),
    fields=(*open_cases.FIELDS, "oversight.recorded_on"),
    key=Key.CHILD,
    details=(
        Detail("case_opened_on", "Case opened", Holds.DATE),
        Detail("last_oversight_on", "Last oversight", Holds.DATE),
        Detail("working_days_since", "Working days since", Holds.WORKING_DAYS_TAKEN),
        Detail("working_days_allowed", "Working days allowed", Holds.WORKING_DAYS_ALLOWED),
        Detail(LEFT_ON, "Ended", Holds.DATE),
        Detail("age_band", "Age", Holds.CODE, codes="age_band"),
    ),
    dimensions=("age_band",),
    blank_while_open=LEFT_ON,
    waiting_words=WaitingWords(
        single="1 child's case has no manager's oversight of the last 20 working days",
        many="{n} children's cases have no manager's oversight of the last 20 working days",
        kind="Without oversight now",
    ),
    headline=False,
)

_DAYS: Final = 20
_LONGEST: Final = timedelta(days=2 * _DAYS + 10)
"""More days than so many working days ever take."""

_referral, _record = table("referrals", "referral"), table("oversight", "record")
_other = table("oversight", "other")
_asked, _lapse, _since, _left = (calendar(name) for name in ("asked", "lapse", "since", "left"))

_told = open_cases.why_not_told(_referral)
_counts = sa.and_(_told.is_(None), ~open_cases.never_counts(_referral))
_opened_on = open_cases.opened_on(_referral)
_closed_on = _referral.c.closed_on
_asks_from = later_of(working_day_after(_opened_on, number(_DAYS - 1)), open_cases.counts_from(_referral))
"""The day since which a case that counts asks for oversight."""


def _ahead(record: sa.FromClause) -> sa.ColumnElement[bool]:
    return dated_ahead("oversight", record.c.recorded_on)


_of_child = (_other.c.child_key == _referral.c.child_key, ~_ahead(_other))


def _is_other(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Return whether there is another record of the child, not of later than the data were taken."""
    return sa.exists().where(*_of_child, *conditions).correlate_except(_other)


def _recorded(which: sa.ColumnElement[Any], *conditions: sa.ColumnElement[bool]) -> sa.ScalarSelect[Any]:
    return sa.select(which).where(*_of_child, *conditions).correlate_except(_other).scalar_subquery()


def _stands(since: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Return whether the case is open on a day."""
    return sa.or_(_closed_on.is_(None), _closed_on > since)


def _columns(
    case: sa.ColumnElement[str],
    since: sa.ColumnElement[Any],
    result: sa.ColumnElement[Any],
    last: sa.ColumnElement[Any],
) -> list[sa.ColumnElement[Any]]:
    """Return the columns of a spell until the day of `_left`: of which case, since when, and the record before it."""
    until = sa.case((_left.c.day <= AS_AT_ON, _left.c.day), else_=AS_AT_ON)
    return [
        (_referral.c.referral_id + word("|") + case).label("case_id"),
        _referral.c.child_key.label("key"),
        since.label("event_date"),
        open_cases.team_of_case(_referral, since).label("team_id"),
        result.label("result"),
        _left.c.day.label(LEFT_ON),
        _opened_on.label("case_opened_on"),
        last.label("last_oversight_on"),
        not_negative(working_day_of(until) - working_day_of(sa.func.coalesce(last, _opened_on))).label(
            "working_days_since"
        ),
        number(_DAYS).label("working_days_allowed"),
        _referral.c.age_band,
    ]


def _not_met(since: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
    return sa.case((since > AS_AT_ON, word(NOT_YET_DUE)), else_=word(NOT_MET))


_first_record = _recorded(sa.func.min(_other.c.recorded_on), _other.c.recorded_on > _asked.c.day)

_never_overseen: sa.Select[Any] = (
    sa.select(
        *_columns(
            sa.cast(_asked.c.day, sa.Text),
            _asked.c.day,
            sa.func.coalesce(_told, _not_met(_asked.c.day)),
            _recorded(sa.func.max(_other.c.recorded_on), _other.c.recorded_on <= _asked.c.day),
        )
    )
    .select_from(_referral)
    .join(_asked, _asked.c.day == sa.case((_told.is_(None), _asks_from), else_=_opened_on))
    .outerjoin(_left, _left.c.day == sa.case((_told.is_(None), first_of(_first_record, _closed_on))))
    .where(
        open_cases.is_case(_referral),
        sa.or_(
            _told.is_not(None),
            sa.and_(
                _counts,
                _stands(_asked.c.day),
                ~_is_other(
                    _other.c.recorded_on <= _asked.c.day,
                    working_day_of(_asked.c.day) - working_day_of(_other.c.recorded_on) <= number(_DAYS),
                ),
            ),
        ),
    )
)

_later = _other.c.recorded_on > _record.c.recorded_on
_next_record = _recorded(sa.func.min(_other.c.recorded_on), _later)
_is_first_of_day = ~(
    sa.exists()
    .where(
        _other.c.child_key == _record.c.child_key,
        _other.c.recorded_on == _record.c.recorded_on,
        _other.c.oversight_id < _record.c.oversight_id,
    )
    .correlate_except(_other)
)


def _after_a_record(*columns: sa.ColumnElement[Any], left: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """Return columns of each case and record about its child that still counts when the case asks for one."""
    return (
        sa.select(*columns)
        .select_from(_record)
        .join(_lapse, _lapse.c.day == working_day_after(_record.c.recorded_on, number(_DAYS)))
        .join(_referral, sa.and_(_referral.c.child_key == _record.c.child_key, open_cases.is_case(_referral)))
        .join(_asked, _asked.c.day == _asks_from)
        .outerjoin(_left, _left.c.day == left)
        .where(_counts, _is_first_of_day, _lapse.c.day > _asked.c.day)
    )


_overseen = (
    _after_a_record(
        *_columns(
            _record.c.oversight_id,
            _since.c.day,
            sa.case(
                (_ahead(_record), word(DATED_AHEAD)),
                (_since.c.day > AS_AT_ON, word(NOT_YET_DUE)),
                else_=word(MET),
            ),
            _record.c.recorded_on,
        ),
        left=first_of(first_of(_lapse.c.day, _next_record), _closed_on),
    )
    .join(_since, _since.c.day == later_of(_record.c.recorded_on, _asked.c.day))
    .where(_stands(_since.c.day), ~_is_other(_later, _other.c.recorded_on <= _asked.c.day))
)

_lapsed = _after_a_record(
    *_columns(
        sa.cast(_lapse.c.day, sa.Text),
        _lapse.c.day,
        _not_met(_lapse.c.day),
        _record.c.recorded_on,
    ),
    left=first_of(_next_record, _closed_on),
).where(~_ahead(_record), _stands(_lapse.c.day), ~_is_other(_later, _other.c.recorded_on <= _lapse.c.day))


def _open_near(start: date, end: date) -> sa.ColumnElement[bool]:  # noqa: ARG001 - what stands on the last day
    return open_cases.perhaps_open_at(_referral, end)


def _overseen_near(start: date, end: date) -> sa.ColumnElement[bool]:  # noqa: ARG001 - what stands on the last day
    since = max(end, date.min + _LONGEST) - _LONGEST
    return sa.and_(_record.c.recorded_on.between(since, end), open_cases.perhaps_open_at(_referral, end))


def _lapsed_near(start: date, end: date) -> sa.ColumnElement[bool]:  # noqa: ARG001 - what stands on the last day
    return sa.and_(_record.c.recorded_on <= end, open_cases.perhaps_open_at(_referral, end))


TOY = Toy(
    tables={
        "referrals": """
            referral_id | child_id | received_at      | decided_at       | decision            | closed_on  | team_id
            R1          | C1       | 2010-02-01       | 2010-02-01       | initial_assessment  |            | T1
            R2          | C2       | 2010-02-26       | 2010-03-01       | initial_assessment  |            | T1
            R3          | C3       | 2010-02-26       | 2010-03-02       | core_assessment     |            | T1
            R4          | C4       | 2010-01-04       | 2010-01-04       | initial_assessment  | 2010-03-22 | T1
            R5          | C5       | 2010-01-04       | 2010-01-04       | initial_assessment  | 2010-02-01 | T1
            R6          | C6       | 2010-01-04       | 2010-01-04       | no_further_action   |            | T1
            R7          | C7       | 2010-01-04       |                  |                     |            | T1
            R8          | C8       | 2010-01-04       | 2010-01-04       | initial_assessment  | 2010-03-15 | T1
            R9          | C8       | 2010-02-01       | 2010-02-01       | initial_assessment  |            | T1
            R10         | C10      | 2010-01-04       | 2010-01-04       | initial_assessment  |            | T1
            R11         | C10      | 2010-02-01       | 2010-02-01       | initial_assessment  |            | T1
            R12         | C12      | 2010-01-04       | 2009-12-31       | initial_assessment  |            | T1
            R13         | C13      | 2010-01-04       | 2010-01-04       | initial_assessment  | 2009-12-31 | T1
            R14         | C13      | 2010-02-01       | 2010-02-01       | initial_assessment  |            | T1
            R15         | C15      | 2010-01-04       | 2010-01-04       | initial_assessment  | 2010-03-30 | T1
            R16         | C16      | 2010-01-04       | 2010-01-04       | passed_to_open_case |            | T1
            R17         | C17      | 2010-01-04       | 2010-01-04       | initial_assessment  |            | T1
        """,
        "oversight": """
            oversight_id | child_id | staff_id | recorded_on
            O1           | C1       | M1       | 2010-02-01
            O2           | C1       | M1       | 2010-03-08
            O3           | C1       | M2       | 2010-03-08
            O4           | C1       | M1       | 2010-03-15
            O5           | C4       | M1       | 2010-02-22
            O6           | C17      | M1       | 2010-01-29
            O7           | C17      | M1       | 2010-03-01
            O8           | C10      | M1       | 2010-03-30
        """,
        "allocations": """
            allocation_id | child_id | staff_id | team_id | from       | to
            L1            | C2       | W1       | T2      | 2010-03-05 |
        """,
    },
    expected="""
        case           | result         | because
        R1~O1          | met            | open for 20 working days on 1 March, overseen on day 0, which is 20 days before
        R1~2010-03-01  | left out       | overseen then
        R1~2010-03-02  | not met        | day 21, until 8 March
        R1~O2          | met            | until the next record
        R1~O3          | left out       | another of the same day
        R1~O4          | met            | until 15 April, the first working day past 20
        R1~2010-04-15  | not yet due    | if nobody records anything by then
        R2~2010-03-29  | not met        | 20 working days from the decision are over on that Monday, and nobody looked
        R3~2010-03-30  | not yet due    | a day later
        R4~2010-02-01  | not met        | from day 20 until 22 February
        R4~O5          | met            | until it was closed on 22 March, which is day 20
        R5~2010-02-01  | left out       | closed on day 20
        R6~2010-02-01  | left out       | no case
        R7~2010-02-01  | left out       | not decided, so no case yet
        R8~2010-02-01  | not met        | until it was closed on 15 March
        R9~2010-03-15  | not met        | the child's other case, once the first was closed
        R10~2010-02-01 | not met        | nobody looked
        R10~O8         | not computable | recorded after the data were taken
        R11~2010-03-01 | left out       | the child's other case, while the first is open
        R12~2010-01-04 | left out       | decided before it was received
        R12~2009-12-31 | not computable | decided before it was received
        R13~2010-01-04 | not computable | closed before it was opened
        R14~2010-03-01 | not met        | the child's case, since the other can't be told
        R15~2010-01-04 | not computable | closed after the data were taken
        R16~2010-02-01 | left out       | belongs to another case
        R17~O6         | met            | until 1 March, the first working day past 20
        R17~O7         | met            | recorded on the day on which the record before would have lapsed
        R17~2010-03-30 | not yet due    | the first working day past 20
    """,
)

MEASURE = Measure(
    DEFINITION,
    _never_overseen,
    _open_near,
    TOY,
    also=((_overseen, _overseen_near), (_lapsed, _lapsed_near)),
    may_wait=_closed_on.is_(None),
)
