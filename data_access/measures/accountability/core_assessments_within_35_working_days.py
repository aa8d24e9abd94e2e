"""Core assessments within 35 working days, as NI 60 counts them (plan item 13)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.measures.adding_up import PROPORTION
from data_access.measures.assessment_dates import completed_too_early, not_terminated, of_kind, terminated_too_early
from data_access.measures.contract import DATED_AHEAD, MET, NOT_MET, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand
from data_access.measures.impossible import dated_ahead, not_computable, not_negative
from data_access.measures.joins import working_days_allowed
from data_access.measures.sql import table, word, working_day_of
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

ID = "core_assessments_within_35_working_days"

DEFINITION = Definition(
    id=ID,
    title="Core assessments within 35 working days",
    question="Are core assessments completed in the time that guidance sets?",
    why=(
        "A core assessment looks into what a child and family need in depth. While it drags on, help waits for it or "
        "is given without it."
    ),
    how=(
        "Core assessments that a manager authorised within 35 working days of being begun, out of all core "
        "assessments authorised and not terminated. The standard is the one in force on the day on which they were "
        "begun. An assessment completed or terminated before it was begun, and dates after the data were taken, are "
        "left out and counted separately."
    ),
    misleads=(
        "Only completed assessments count, as in the national indicator, so late work shows only when it ends: read "
        "it with the core assessments that are overdue. The clock starts when the assessment is begun, so that a late "
        "start costs nothing here."
    ),
    strand=Strand.ACCOUNTABILITY,
    adding_up=PROPORTION,
    polarity=Polarity.HIGHER,
    unit="%",
    period=Period.WEEK,
    chart=Chart.P_PRIME,
    about=About.CHILDREN,
    plan_items=("13",),
    owner="Group manager, Assessment",
    requires=("assessments",),
    fields=(
        "assessments.kind",
        "assessments.started_on",
        "assessments.completed_on",
        "assessments.terminated_on",
    ),
    key=Key.CHILD,
    details=(
        Detail("started_on", "Begun", Holds.DATE),
        Detail("working_days_taken", "Working days taken", Holds.WORKING_DAYS_TAKEN),
        Detail("working_days_allowed", "Working days allowed", Holds.WORKING_DAYS_ALLOWED),
        Detail("child_seen_on", "Child seen", Holds.DATE),
        Detail("child_was_seen", "Child was seen", Holds.YES_NO),
    ),
    dimensions=("child_was_seen",),
    partner="core_assessments_overdue",
    headline=False,
    standard=ID,
)

_assessment = table("assessments", "assessment")
_taken = working_day_of(_assessment.c.completed_on) - working_day_of(_assessment.c.started_on)
_allowed = working_days_allowed(ID, _assessment.c.started_on)

_result = sa.case(
    (dated_ahead("assessments", _assessment.c.completed_on, _assessment.c.terminated_on), word(DATED_AHEAD)),
    (terminated_too_early(_assessment), not_computable("terminated before it was begun")),
    (completed_too_early(_assessment), not_computable("completed before it was begun")),
    (_taken > _allowed, word(NOT_MET)),
    (_taken <= _allowed, word(MET)),
    else_=not_computable("no standard in force"),
)

_cohort: sa.Select[Any] = sa.select(
    _assessment.c.assessment_id.label("case_id"),
    _assessment.c.child_key.label("key"),
    _assessment.c.completed_on.label("event_date"),
    _assessment.c.team_id,
    _result.label("result"),
    _assessment.c.started_on,
    not_negative(_taken).label("working_days_taken"),
    _allowed.label("working_days_allowed"),
    _assessment.c.child_seen_on,
    _assessment.c.child_seen_on.is_not(None).label("child_was_seen"),
).where(
    of_kind(_assessment, "core"),
    _assessment.c.completed_on.is_not(None),
    not_terminated(_assessment),
)


def _near(start: date, end: date) -> sa.ColumnElement[bool]:
    return _assessment.c.completed_on.between(start, end)


TOY = Toy(
    tables={
        "standards": """
            standard_id | measure                                 | from       | to         | working_days | source
            S1          | core_assessments_within_35_working_days | 2000-04-01 | 2013-04-14 | 35           | Guidance
        """,
        "assessments": """
            assessment_id | child_id | kind    | started_on | completed_on | terminated_on | child_seen_on | team_id
            A1            | C1       | core    | 2010-01-04 | 2010-02-22   |               | 2010-01-06    | T1
            A2            | C2       | core    | 2010-01-04 | 2010-02-23   |               |               | T1
            A3            | C3       | core    | 2010-01-04 | 2010-02-21   |               |               | T1
            A4            | C4       | core    | 2010-01-04 |              |               |               | T1
            A5            | C5       | core    | 2010-01-04 | 2010-01-11   | 2010-01-12    |               | T1
            A6            | C6       | core    | 2010-01-04 | 2010-01-03   |               |               | T1
            A7            | C7       | core    | 2010-01-04 | 2010-01-11   | 2010-01-03    |               | T1
            A8            | C8       | core    | 2010-03-01 | 2010-03-30   |               |               | T1
            A9            | C9       | core    | 2010-03-01 | 2010-03-25   | 2010-03-30    |               | T1
            A10           | C10      | core    | 2000-03-31 | 2000-04-03   |               |               | T1
            A11           | C11      | initial | 2010-01-04 | 2010-01-11   |               |               | T1
            A12           | C12      | single  | 2010-01-04 | 2010-01-11   |               |               | T1
        """,
    },
    expected="""
        case | result         | because
        A1   | met            | completed on Monday, day 35
        A2   | not met        | completed on Tuesday, day 36
        A3   | met            | completed on the Sunday, still day 34
        A4   | left out       | still open: it stands among those overdue
        A5   | left out       | terminated
        A6   | not computable | completed the day before it was begun
        A7   | not computable | terminated the day before it was begun
        A8   | not computable | completed after the data were taken
        A9   | not computable | terminated after the data were taken
        A10  | not computable | begun the day before the standard
        A11  | left out       | an initial assessment
        A12  | left out       | a single assessment
    """,
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY)
