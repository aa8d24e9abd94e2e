"""Below-threshold referrals supported to a CAF (plan item 2)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.measures.adding_up import PROPORTION
from data_access.measures.contract import DATED_AHEAD, MET, NOT_MET, NOT_YET_DUE, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand
from data_access.measures.impossible import Moment, dated_ahead, not_computable, precedes
from data_access.measures.sql import AS_AT_ON, flagged, table, word, working_day_of
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

WORKING_DAYS = 20

DEFINITION = Definition(
    id="below_threshold_supported_to_caf",
    title="Below-threshold referrals supported to a CAF",
    question="Do families below the threshold for social care get early help instead of nothing?",
    why="A family turned away without help comes back, often in a worse state.",
    how=(
        "Referrals decided below the threshold whose child has a CAF started within 20 working days of the decision, "
        "or open already, out of all referrals decided below the threshold, once 20 working days have passed. A CAF "
        "that closed before it started counts as none: where the child has no other, the referral is left out and "
        "counted separately. So are referrals decided before they came, and dates after the data were taken."
    ),
    misleads="Families may decline: offers and refusals stand in the case list. The 20 working days are ours.",
    strand=Strand.SYSTEMS,
    adding_up=PROPORTION,
    polarity=Polarity.HIGHER,
    unit="%",
    period=Period.WEEK,
    chart=Chart.P_PRIME,
    about=About.CHILDREN,
    plan_items=("2",),
    owner="CAF lead and group manager, Assessment",
    requires=("referrals", "cafs"),
    fields=(
        "referrals.decision",
        "referrals.decided_at",
        "referrals.child_id",
        "cafs.started_on",
        "cafs.closed_on",
    ),
    key=Key.CHILD,
    details=(
        Detail("decision", "Decision", Holds.CODE, codes="referral_decision"),
        Detail("caf_started_on", "CAF started", Holds.DATE),
        Detail("offered_on", "CAF offered", Holds.DATE),
        Detail("declined_on", "CAF declined", Holds.DATE),
        Detail("source", "Source", Holds.CODE, codes="source"),
    ),
    dimensions=("decision", "source"),
)

_referral, _caf = table("referrals", "referral"), table("cafs", "caf")
_decided = working_day_of(_referral.c.decided_on)


def _of_the_child(column: sa.ColumnElement[Any], *conditions: sa.ColumnElement[bool]) -> sa.ScalarSelect[Any]:
    return (
        sa.select(sa.func.min(column))
        .where(_caf.c.child_key == _referral.c.child_key, *conditions)
        .correlate_except(_caf)
        .scalar_subquery()
    )


def _child_has(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return sa.exists().where(_caf.c.child_key == _referral.c.child_key, *conditions).correlate_except(_caf)


_ahead = dated_ahead("cafs", _caf.c.started_on)
_closed_too_early = sa.func.coalesce(_caf.c.closed_on < _caf.c.started_on, sa.false())
_started_on = _of_the_child(
    _caf.c.started_on,
    sa.or_(_caf.c.closed_on.is_(None), _caf.c.closed_on >= _referral.c.decided_on),
    sa.not_(_closed_too_early),
    sa.not_(_ahead),
)
_decided_too_early = precedes(Moment.of(_referral, "decided"), Moment.of(_referral, "received"))

_result = sa.case(
    (dated_ahead("referrals", _referral.c.decided_on), word(DATED_AHEAD)),
    (_decided_too_early, not_computable("decided before it was received")),
    (working_day_of(_started_on) - _decided <= WORKING_DAYS, word(MET)),
    (_child_has(_ahead), word(DATED_AHEAD)),
    (_child_has(_closed_too_early), not_computable("its CAF closed before it started")),
    (working_day_of(AS_AT_ON) - _decided > WORKING_DAYS, word(NOT_MET)),
    else_=word(NOT_YET_DUE),
)

_cohort: sa.Select[Any] = (
    sa.select(
        _referral.c.referral_id.label("case_id"),
        _referral.c.child_key.label("key"),
        _referral.c.decided_on.label("event_date"),
        _referral.c.team_id,
        _result.label("result"),
        _referral.c.decision,
        _started_on.label("caf_started_on"),
        _of_the_child(_caf.c.offered_on, _caf.c.offered_on >= _referral.c.decided_on).label("offered_on"),
        _of_the_child(_caf.c.declined_on, _caf.c.offered_on >= _referral.c.decided_on).label("declined_on"),
        _referral.c.source,
    )
    .select_from(_referral)
    .where(
        _referral.c.decided_on.is_not(None),
        _referral.c.decision.in_(flagged("referral_decision", "below_threshold")),
    )
)


def _near(start: date, end: date) -> sa.ColumnElement[bool]:
    return _referral.c.decided_on.between(start, end)


TOY = Toy(
    tables={
        "referrals": """
            referral_id | child_id | received_at | decided_at | decision           | team_id
            R1          | C1       | 2010-02-01  | 2010-02-01 | caf                | T1
            R2          | C2       | 2010-02-01  | 2010-02-01 | no_further_action  | T1
            R3          | C3       | 2010-02-01  | 2010-02-01 | advice             | T1
            R4          | C4       | 2010-02-01  | 2010-02-01 | advice             | T1
            R5          | C5       | 2010-02-01  | 2010-02-01 | initial_assessment | T1
            R6          | C6       | 2010-03-24  | 2010-03-24 | caf                | T1
            R7          | C7       | 2010-03-24  | 2010-03-24 | caf                | T1
            R8          | C8       | 2010-03-01  | 2010-03-01 | advice             | T1
            R9          | C9       | 2010-02-26  | 2010-02-26 | advice             | T1
            R10         | C10      | 2010-02-01  | 2010-01-29 | advice             | T1
            R11         | C11      | 2010-02-01  | 2010-02-01 | advice             | T1
            R12         | C12      | 2010-02-01  | 2010-02-01 | advice             | T1
            R13         | C13      | 2010-03-24  | 2010-03-30 | advice             | T1
            R14         | C14      | 2010-03-24  | 2010-03-24 | advice             | T1
        """,
        "cafs": """
            caf_id | child_id | started_on | closed_on  | offered_on | declined_on | agency
            F1     | C1       | 2010-03-01 |            |            |             | school
            F2     | C2       | 2010-03-02 |            |            |             | school
            F3     | C3       | 2009-11-02 |            |            |             | school
            F4     | C4       | 2009-11-02 | 2010-01-29 |            |             | school
            F6     | C6       | 2010-03-25 |            |            |             | school
            F8     | C8       |            |            | 2010-03-02 | 2010-03-03  | school
            F10    | C10      | 2010-02-01 |            |            |             | school
            F11    | C11      | 2010-02-10 | 2010-02-09 |            |             | school
            F12a   | C12      | 2010-02-10 | 2010-02-09 |            |             | school
            F12b   | C12      | 2010-02-10 |            |            |             | school
            F14    | C14      | 2010-03-30 |            |            |             | school
        """,
    },
    expected="""
        case | result         | because
        R1   | met            | started on working day 20
        R2   | not met        | started on working day 21
        R3   | met            | open already
        R4   | not met        | closed before the decision
        R5   | left out       | not below the threshold
        R6   | met            | known at once
        R7   | not yet due    | working day 3
        R8   | not yet due    | declined, but working day 20 is not over
        R9   | not met        | working day 21
        R10  | not computable | decided before it came
        R11  | not computable | its CAF closed before it started
        R12  | met            | one of its CAFs closed before it started, the other is open
        R13  | not computable | decided after the data were taken
        R14  | not computable | its CAF is dated after the data were taken
    """,
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY)
