"""Repeat assessments within 12 months: the aim of the strand is intervention rather than repeat assessment."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.measures.adding_up import PROPORTION
from data_access.measures.assessment_dates import completed_too_early, not_terminated, terminated_too_early
from data_access.measures.contract import DATED_AHEAD, MET, NOT_MET, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand
from data_access.measures.impossible import dated_ahead, not_computable
from data_access.measures.sql import COVERS_FROM, calendar, table, word
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="repeat_assessments_within_12_months",
    title="Repeat assessments within 12 months",
    question="How many assessments repeat one of the same kind, completed in the 12 months before?",
    why=(
        "A child who is assessed again and again may be getting assessments instead of help. This strand asks for "
        "intervention rather than repeat assessment."
    ),
    how=(
        "Assessments completed whose child had one of the same kind (initial, core or single) completed since the same date "
        "a year before, out of all assessments completed and not terminated. Of two completed on one day only the "
        "second counts. Children who were found to be one are counted as one. An assessment completed or terminated "
        "before it was begun counts as no earlier one; it is left out and counted separately, as are dates after the "
        "data were taken."
    ),
    misleads=(
        "Neither more nor fewer is better in itself: circumstances change, and a child at new risk should be assessed "
        "again. A child in whose first assessment too little was done looks the same. For the first 12 months of data "
        "it can't be worked out, and for a few weeks after them it is a little low, since assessments begun before "
        "the data begin are not known."
    ),
    strand=Strand.EFFECTIVE_ACTIONS,
    adding_up=PROPORTION,
    polarity=Polarity.NEITHER,
    unit="%",
    period=Period.MONTH,
    chart=Chart.P_PRIME,
    about=About.CHILDREN,
    plan_items=(),
    owner="S&R senior management team",
    requires=("assessments",),
    fields=(
        "assessments.child_id",
        "assessments.kind",
        "assessments.started_on",
        "assessments.completed_on",
        "assessments.terminated_on",
    ),
    key=Key.CHILD,
    details=(
        Detail("kind", "Kind", Holds.CODE, codes="assessment_kind"),
        Detail("earlier_assessment_id", "Earlier assessment", Holds.REFERENCE, of_team="earlier_team_id"),
        Detail("earlier_completed_on", "Earlier assessment completed", Holds.DATE),
        Detail("earlier_team_id", "Earlier team", Holds.TEAM, of_team="earlier_team_id"),
    ),
    dimensions=("kind",),
    headline=False,
)

_assessment, _earlier = table("assessments", "assessment"), table("assessments", "earlier")
_before = table("assessments", "before")
_completed_day = calendar("completed_day")

_earlier_id = (
    sa.select(_before.c.assessment_id)
    .where(
        _before.c.child_key == _assessment.c.child_key,
        _before.c.kind == _assessment.c.kind,
        _before.c.completed_on >= _completed_day.c.year_before,
        _before.c.completed_on >= _before.c.started_on,
        _before.c.terminated_on.is_(None),
        sa.or_(
            _before.c.completed_on < _assessment.c.completed_on,
            sa.and_(
                _before.c.completed_on == _assessment.c.completed_on,
                _before.c.assessment_id < _assessment.c.assessment_id,
            ),
        ),
    )
    .order_by(_before.c.completed_on.desc(), _before.c.assessment_id.desc())
    .limit(1)
    .scalar_subquery()
)

_result = sa.case(
    (dated_ahead("assessments", _assessment.c.completed_on, _assessment.c.terminated_on), word(DATED_AHEAD)),
    (terminated_too_early(_assessment), not_computable("terminated before it was begun")),
    (completed_too_early(_assessment), not_computable("completed before it was begun")),
    (_completed_day.c.year_before < COVERS_FROM, not_computable("earlier assessments not loaded")),
    (_earlier.c.assessment_id.is_not(None), word(MET)),
    else_=word(NOT_MET),
)

_cohort: sa.Select[Any] = (
    sa.select(
        _assessment.c.assessment_id.label("case_id"),
        _assessment.c.child_key.label("key"),
        _assessment.c.completed_on.label("event_date"),
        _assessment.c.team_id,
        _result.label("result"),
        _assessment.c.kind,
        _earlier.c.assessment_id.label("earlier_assessment_id"),
        _earlier.c.completed_on.label("earlier_completed_on"),
        _earlier.c.team_id.label("earlier_team_id"),
    )
    .select_from(_assessment)
    .join(_completed_day, _completed_day.c.day == _assessment.c.completed_on)
    .outerjoin(_earlier, _earlier.c.assessment_id == _earlier_id)
    .where(not_terminated(_assessment))
)


def _near(start: date, end: date) -> sa.ColumnElement[bool]:
    return _assessment.c.completed_on.between(start, end)


TOY = Toy(
    tables={
        "child_merges": """
            child_id | merged_into | on
            C5b      | C5          | 2010-01-01
        """,
        "assessments": """
            assessment_id | child_id | kind    | started_on | completed_on | terminated_on | team_id
            A1            | C1       | initial | 2009-02-20 | 2009-03-01   |               | T1
            A2            | C1       | initial | 2010-02-20 | 2010-03-01   |               | T1
            A3            | C2       | initial | 2009-02-20 | 2009-02-28   |               | T1
            A4            | C2       | initial | 2010-02-20 | 2010-03-01   |               | T1
            A5            | C3       | initial | 2010-02-20 | 2010-03-01   |               | T1
            A6            | C3       | core    | 2010-02-20 | 2010-03-02   |               | T1
            A7            | C4       | core    | 2010-02-20 | 2010-03-01   |               | T1
            A8            | C4       | core    | 2010-02-21 | 2010-03-01   |               | T1
            A9            | C5b      | single  | 2009-06-01 | 2009-06-05   |               | T2
            A10           | C5       | single  | 2010-02-20 | 2010-03-01   |               | T1
            A11           | C6       | initial | 2008-01-02 | 2008-12-31   |               | T1
            A12           | C7       | initial | 2009-06-01 |              | 2009-06-05    | T1
            A13           | C7       | initial | 2010-02-20 | 2010-03-01   |               | T1
            A14           | C8       | initial | 2009-06-06 | 2009-06-05   |               | T1
            A15           | C8       | initial | 2010-02-20 | 2010-03-01   |               | T1
            A16           | C1       | initial | 2010-02-20 | 2010-03-30   |               | T1
            A17           | C9       | initial | 2010-02-20 | 2010-03-01   | 2010-02-19    | T1
            A18           | C3       | initial | 2010-02-20 |              |               | T1
            A19           | C9       | initial | 2010-02-20 | 2010-03-05   |               | T1
        """,
    },
    expected="""
        case | result         | because
        A1   | not met        | the child's first
        A2   | met            | the same date a year before is inside
        A3   | not met        | the child's first
        A4   | not met        | a year and a day before
        A5   | not met        | the child's first
        A6   | not met        | the earlier one was of another kind
        A7   | not met        | the smaller reference of two completed on one day
        A8   | met            | the larger reference of two completed on one day
        A9   | not met        | the child's first
        A10  | met            | the other reference was merged into this child
        A11  | not computable | less than a year after the data begin
        A12  | left out       | terminated
        A13  | not met        | the earlier one was terminated
        A14  | not computable | completed before it was begun
        A15  | not met        | the earlier one can't have been completed then
        A16  | not computable | completed after the data were taken
        A17  | not computable | terminated before it was begun
        A18  | left out       | not completed
        A19  | not met        | the earlier one may have been terminated
    """,
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY)
