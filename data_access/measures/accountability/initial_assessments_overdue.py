"""Initial assessments overdue at the end of the week (plan items 9c, 13)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.measures.adding_up import STOCK
from data_access.measures.assessment_dates import (
    days_taken,
    earliest_of,
    ends_ahead,
    of_kind,
    stood_on,
    terminated_too_early,
)
from data_access.measures.contract import COUNTED, DATED_AHEAD, LEFT_ON, NOT_YET_DUE, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand, WaitingWords
from data_access.measures.impossible import Moment, dated_ahead, not_computable, precedes
from data_access.measures.joins import (
    Clock,
    clock_start,
    clock_start_is_ahead,
    follows_referral,
    names_referral,
)
from data_access.measures.sql import AS_AT_ON, later_of, table, word
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

_STANDARD = "initial_assessments_within_7_working_days"

DEFINITION = Definition(
    id="initial_assessments_overdue",
    title="Initial assessments overdue",
    question="How many children wait for an initial assessment that should be complete by now?",
    why=(
        "An assessment that is never finished makes no figure late. These children are still waiting: each of them "
        "needs someone to act."
    ),
    how=(
        "Initial assessments that are open past the working days that the standard in force allows (as for those "
        "completed in time), and referrals decided to have one that are past them with no assessment begun, at the "
        "end of the last day of the period. An assessment is open until it is completed or terminated; a referral "
        "waits until an assessment of it is begun or the case is closed. Assessments without a known referral, and "
        "rows out of order or dated after the data were taken, are counted separately."
    ),
    misleads=(
        "Not a flow: one child who waits ten weeks stands in ten of them, so that neighbouring weeks are alike and no "
        "chance lines are drawn. Closing old records makes it fall without any child being seen."
    ),
    strand=Strand.ACCOUNTABILITY,
    adding_up=STOCK,
    polarity=Polarity.LOWER,
    unit="assessments",
    period=Period.WEEK,
    chart=Chart.LINE,
    about=About.CHILDREN,
    plan_items=("9c", "13"),
    owner="Group manager, Assessment",
    requires=("referrals", "assessments"),
    fields=(
        "referrals.received_at",
        "referrals.decided_at",
        "referrals.decision",
        "referrals.closed_on",
        "assessments.kind",
        "assessments.started_on",
        "assessments.completed_on",
        "assessments.terminated_on",
        "assessments.referral_id",
    ),
    key=Key.CHILD,
    details=(
        Detail("waits_for", "Waits for", Holds.WORDS),
        Detail("clock_started_on", "Clock started", Holds.DATE),
        Detail("working_days_taken", "Working days taken", Holds.WORKING_DAYS_TAKEN),
        Detail("working_days_allowed", "Working days allowed", Holds.WORKING_DAYS_ALLOWED),
        Detail("child_seen_on", "Child seen", Holds.DATE),
        Detail(LEFT_ON, "Ended", Holds.DATE),
    ),
    dimensions=("waits_for",),
    partner=_STANDARD,
    blank_while_open=LEFT_ON,
    waiting_words=WaitingWords(
        single="1 child waits for an initial assessment past the standard",
        many="{n} children wait for an initial assessment past the standard",
        kind="Overdue now",
    ),
    headline=False,
    standard=_STANDARD,
)

_assessment, _referral = table("assessments", "assessment"), table("referrals", "referral")
_answer = table("assessments", "answer")

_clock = Clock.of(_assessment, _STANDARD, clock_start(_assessment))
_terminated_too_early, _ends_ahead = terminated_too_early(_assessment), ends_ahead(_assessment)
_ended = earliest_of(_assessment.c.completed_on, _assessment.c.terminated_on)
_left_on = sa.case(
    (_ends_ahead, sa.null()),
    (_terminated_too_early, _assessment.c.completed_on),
    else_=_ended,
)
_begun_after_due = sa.and_(
    _assessment.c.started_on > _clock.overdue_on, sa.or_(_ended.is_(None), _ended >= _assessment.c.started_on)
)
_overdue_on = sa.case((_begun_after_due, _assessment.c.started_on), else_=_clock.overdue_on)
_entered_on = sa.func.coalesce(_overdue_on, _assessment.c.started_on)

_assessments: sa.Select[Any] = (
    sa.select(
        _assessment.c.assessment_id.label("case_id"),
        _assessment.c.child_key.label("key"),
        _entered_on.label("event_date"),
        _assessment.c.team_id,
        sa.case(
            (
                sa.or_(
                    dated_ahead("assessments", _assessment.c.started_on),
                    _ends_ahead,
                    clock_start_is_ahead(_assessment, _clock.start),
                ),
                word(DATED_AHEAD),
            ),
            (_terminated_too_early, not_computable("terminated before it was begun")),
            (_clock.start.is_(None), not_computable("no referral found")),
            (_clock.allowed.is_(None), not_computable("no standard in force")),
            (_overdue_on > AS_AT_ON, word(NOT_YET_DUE)),
            else_=word(COUNTED),
        ).label("result"),
        word("completion").label("waits_for"),
        _clock.start.label("clock_started_on"),
        days_taken(_clock.start, _left_on).label("working_days_taken"),
        _clock.allowed.label("working_days_allowed"),
        _assessment.c.child_seen_on,
        _left_on.label(LEFT_ON),
    )
    .select_from(_clock.source)
    .where(of_kind(_assessment, "initial"), stood_on(_entered_on, _left_on))
)


_received, _decided = Moment.of(_referral, "received"), Moment.of(_referral, "decided")
_belongs = (names_referral(_answer, _referral), follows_referral(_answer, _referral))


def _has_answer(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Return whether an assessment of this kind belongs to the referral."""
    return sa.or_(
        *(sa.exists().where(belongs, *conditions).correlate_except(_answer) for belongs in _belongs),
    )


def _first_start(belongs: sa.ColumnElement[bool]) -> sa.ScalarSelect[date]:
    return sa.select(sa.func.min(_answer.c.started_on)).where(belongs).correlate_except(_answer).scalar_subquery()


_named_start, _following_start = (_first_start(belongs) for belongs in _belongs)
_begun_on = earliest_of(_named_start, _following_start)
_waited = Clock.of(_referral, _STANDARD, _received.on)
_waits_from = sa.func.coalesce(later_of(_waited.overdue_on, _decided.on), _decided.on)
_closed = _referral.c.closed_on
_odd = sa.case(
    (dated_ahead("referrals", _received.on, _decided.on, _closed), word(DATED_AHEAD)),
    (_has_answer(dated_ahead("assessments", _answer.c.started_on)), word(DATED_AHEAD)),
    (precedes(_decided, _received), not_computable("decided before it was received")),
    (_closed < _received.on, not_computable("closed before it was received")),
    (_has_answer(_answer.c.started_on < _received.on), not_computable("its assessment is out of order")),
    (_waited.allowed.is_(None), not_computable("no standard in force")),
)
_answered_on = sa.case(
    (
        sa.or_(dated_ahead("referrals", _closed), _closed < _received.on),
        sa.case((_begun_on >= _received.on, _begun_on)),
    ),
    (_odd.is_not(None), _closed),
    else_=earliest_of(_begun_on, _closed),
)

_referrals: sa.Select[Any] = (
    sa.select(
        _referral.c.referral_id.label("case_id"),
        _referral.c.child_key.label("key"),
        _waits_from.label("event_date"),
        _referral.c.team_id,
        sa.func.coalesce(_odd, sa.case((_waits_from > AS_AT_ON, word(NOT_YET_DUE)), else_=word(COUNTED))).label(
            "result"
        ),
        word("being begun").label("waits_for"),
        _received.on.label("clock_started_on"),
        days_taken(_received.on, _answered_on).label("working_days_taken"),
        _waited.allowed.label("working_days_allowed"),
        sa.cast(sa.null(), sa.Date).label("child_seen_on"),
        _answered_on.label(LEFT_ON),
    )
    .select_from(_waited.source)
    .where(
        _referral.c.decision == word("initial_assessment"),
        _decided.on.is_not(None),
        stood_on(_waits_from, _answered_on),
    )
)


def _open_near(start: date, end: date) -> sa.ColumnElement[bool]:  # noqa: ARG001 - what stands on the last day
    completed_on = _assessment.c.completed_on
    return sa.or_(completed_on.is_(None), completed_on > end, _terminated_too_early, _ends_ahead)


def _decided_near(start: date, end: date) -> sa.ColumnElement[bool]:  # noqa: ARG001 - what stands on the last day
    return _decided.on <= end


TOY = Toy(
    tables={
        "standards": """
            standard_id | measure                                   | from       | to | working_days | source
            S1          | initial_assessments_within_7_working_days | 2000-04-01 |    | 7            | Guidance
        """,
        "referrals": """
            referral_id | child_id | received_at | decided_at | decision            | closed_on  | team_id
            R1          | C1       | 2010-02-01  | 2010-02-01 | initial_assessment  |            | T1
            R2          | C2       | 2010-02-01  | 2010-02-01 | initial_assessment  |            | T1
            R3          | C3       | 2010-03-18  | 2010-03-18 | initial_assessment  |            | T1
            R4          | C4       | 2010-02-01  | 2010-02-01 | no_further_action   |            | T1
            R5          | C5       | 2010-02-01  | 2010-03-01 | initial_assessment  |            | T1
            R6          | C6       | 2010-02-01  | 2010-02-01 | initial_assessment  | 2010-02-15 | T1
            R7          | C7       | 2010-02-01  | 2010-02-01 | initial_assessment  | 2010-02-10 | T1
            R8          | C8       | 2010-02-01  | 2010-01-31 | initial_assessment  |            | T1
            R9          | C9       | 2010-02-01  | 2010-02-01 | initial_assessment  | 2010-01-31 | T1
            R10         | C10      | 2010-02-01  | 2010-02-01 | initial_assessment  |            | T1
            R11         | C11      | 2010-02-01  |            |                     |            | T1
            R12         | C12      | 1999-02-01  | 1999-02-01 | initial_assessment  |            | T1
            R13         | C13      | 2010-02-01  | 2010-02-01 | initial_assessment  | 2010-01-31 | T1
        """,
        "assessments": """
            assessment_id | child_id | referral_id | kind    | started_on | completed_on | terminated_on | team_id
            A1            | C1       | R1          | initial | 2010-02-02 |              |               | T1
            A2            | C2       | R2          | initial | 2010-02-16 | 2010-02-24   |               | T1
            A3            | C4       | R4          | initial | 2010-02-02 | 2010-02-10   |               | T1
            A4            | C4       | R4          | initial | 2010-02-02 | 2010-02-11   |               | T1
            A5            | C4       | R4          | initial | 2010-02-02 | 2010-02-12   |               | T1
            A6            | C4       | R4          | initial | 2010-02-02 |              | 2010-02-22    | T1
            A7            | C4       | R4          | core    | 2010-02-02 |              |               | T1
            A8            | C20      |             | initial | 2010-02-02 |              |               | T1
            A9            | C4       | R4          | initial | 2010-02-02 |              | 2010-02-01    | T1
            A10           | C10      | R10         | initial | 2010-01-31 |              |               | T1
            A11           | C4       | R4          | initial | 2010-02-02 | 2010-03-30   |               | T1
            A12           | C4       | R4          | initial | 2010-02-26 | 2010-02-24   |               | T1
            A13           | C13      | R13         | initial | 2010-02-02 | 2010-02-09   |               | T1
        """,
    },
    expected="""
        case | result         | because
        A1   | counted        | open, past 10 February
        A2   | counted        | begun late, so that it waits from then on; completed on the 24th
        R1   | left out       | its assessment was begun in time
        R2   | counted        | past 10 February, no assessment begun until the 16th
        R3   | not yet due    | inside its 7 working days
        R4   | left out       | decided otherwise
        R5   | counted        | waits from the day on which it was decided
        R6   | counted        | waited until the case was closed
        R7   | left out       | closed within the standard
        R8   | not computable | decided before it was received
        R9   | not computable | closed before it was received
        R10  | not computable | its assessment was begun before it came
        R11  | left out       | not decided
        R12  | not computable | no standard in force
        R13  | left out       | closed before it was received, but its assessment was begun in time
        A3   | left out       | completed on the seventh day
        A4   | left out       | completed on the eighth day: late, but never open at the end of a day past the standard
        A5   | counted        | open at the end of the eighth day
        A6   | counted        | open until it was terminated
        A7   | left out       | a core assessment
        A8   | not computable | no referral found
        A9   | not computable | terminated before it was begun
        A10  | counted        | begun before its referral came, but open and past the standard whatever the day
        A11  | not computable | completed after the data were taken
        A13  | left out       | completed within the standard
        A12  | counted        | completed before it was begun: past the standard by its referral until then
    """,
)

MEASURE = Measure(DEFINITION, _assessments, _open_near, TOY, also=((_referrals, _decided_near),))
