"""Views of child and parents recorded (plan item 12)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.measures.adding_up import PROPORTION
from data_access.measures.audits import FIELDS, is_excused
from data_access.measures.contract import DATED_AHEAD, MET, NOT_MET, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Strand
from data_access.measures.impossible import dated_ahead, not_computable
from data_access.measures.sql import table, word
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="views_of_child_and_parents_recorded",
    title="Views of child and parents recorded",
    question="Does the record show what the child and the parents think?",
    why="Ofsted found that children's views were not always considered. Nobody is safe who is not heard.",
    how=(
        "Audited cases in which both the child's and the parents' views are evident, out of cases audited on both "
        "questions. A question that does not apply, with a reason given, is left out; without a reason it counts as "
        "no. Audits dated after the data were taken are left out and counted separately."
    ),
    misleads=(
        "A few audits a month: one case moves the figure by ten points. Cases are picked by auditors, not at random."
    ),
    strand=Strand.FAMILY_FOCUS,
    adding_up=PROPORTION,
    polarity=Polarity.HIGHER,
    unit="%",
    period=Period.MONTH,
    chart=Chart.P_PRIME,
    about=About.CHILDREN,
    plan_items=("12",),
    owner="Group managers, Assessment and Quality & Audit",
    requires=("audits",),
    fields=FIELDS,
    key="audits",
    details=(
        Detail("child_views", "Child's views", Holds.WORDS),
        Detail("parents_views", "Parents' views", Holds.WORDS),
        Detail("auditor_staff_id", "Auditor", Holds.STAFF),
    ),
    dimensions=("child_views", "parents_views"),
)

CHILD, PARENTS = "child_views_recorded", "parents_views_recorded"

_asked, _child, _parents = (table("audits", alias) for alias in ("asked", "child", "parents"))


def _answer(question: sa.FromClause) -> sa.ColumnElement[str]:
    """Return yes, no, or not applicable (with a reason); null where the question was not asked."""
    return sa.case(
        (question.c.answer == word("yes"), word("yes")),
        (is_excused(question), word("not applicable")),
        (question.c.answer.is_not(None), word("no")),
    )


_child_views, _parents_views = _answer(_child), _answer(_parents)

_result = sa.case(
    (dated_ahead("audits", _child.c.audited_on, _parents.c.audited_on), word(DATED_AHEAD)),
    (sa.or_(_child_views.is_(None), _parents_views.is_(None)), not_computable("only one question was asked")),
    (sa.or_(_child_views == word("no"), _parents_views == word("no")), word(NOT_MET)),
    else_=word(MET),
)

_audits = (
    sa.select(_asked.c.audit_id)
    .where(_asked.c.question.in_((word(CHILD), word(PARENTS))))
    .distinct()
    .subquery("audited")
)

_cohort: sa.Select[Any] = (
    sa.select(
        _audits.c.audit_id.label("case_id"),
        _audits.c.audit_id.label("key"),
        sa.func.coalesce(_child.c.audited_on, _parents.c.audited_on).label("event_date"),
        sa.func.coalesce(_child.c.team_id, _parents.c.team_id).label("team_id"),
        _result.label("result"),
        _child_views.label("child_views"),
        _parents_views.label("parents_views"),
        sa.func.coalesce(_child.c.auditor_staff_id, _parents.c.auditor_staff_id).label("auditor_staff_id"),
    )
    .select_from(_audits)
    .outerjoin(_child, sa.and_(_child.c.audit_id == _audits.c.audit_id, _child.c.question == word(CHILD)))
    .outerjoin(_parents, sa.and_(_parents.c.audit_id == _audits.c.audit_id, _parents.c.question == word(PARENTS)))
    .where(
        sa.or_(
            _child_views.is_(None),
            _parents_views.is_(None),
            _child_views != word("not applicable"),
            _parents_views != word("not applicable"),
        )
    )
)


def _near(start: date, end: date) -> sa.ColumnElement[bool]:
    then = sa.select(_asked.c.audit_id).where(_asked.c.audited_on.between(start, end))
    return _audits.c.audit_id.in_(then)


TOY = Toy(
    tables={
        "audits": """
            audit_id | question               | answer         | reason    | audited_on | auditor_staff_id | team_id
            Q1       | child_views_recorded   | yes            |           | 2010-03-02 | W1               | T1
            Q1       | parents_views_recorded | yes            |           | 2010-03-02 | W1               | T1
            Q2       | child_views_recorded   | yes            |           | 2010-03-02 | W1               | T1
            Q2       | parents_views_recorded | no             |           | 2010-03-02 | W1               | T1
            Q3       | child_views_recorded   | not_applicable | newborn   | 2010-03-02 | W1               | T1
            Q3       | parents_views_recorded | yes            |           | 2010-03-02 | W1               | T1
            Q4       | child_views_recorded   | not_applicable |           | 2010-03-02 | W1               | T1
            Q4       | parents_views_recorded | yes            |           | 2010-03-02 | W1               | T1
            Q5       | child_views_recorded   | not_applicable | newborn   | 2010-03-02 | W1               | T1
            Q5       | parents_views_recorded | not_applicable | abandoned | 2010-03-02 | W1               | T1
            Q6       | child_views_recorded   | yes            |           | 2010-03-02 | W1               | T1
            Q7       | management_sign_off    | yes            |           | 2010-03-02 | W1               | T1
            Q8       | child_views_recorded   | yes            |           | 2010-03-30 | W1               | T1
            Q8       | parents_views_recorded | yes            |           | 2010-03-30 | W1               | T1
            Q9       | child_views_recorded   | yes            |           | 2010-03-02 | W1               | T1
            Q9       | parents_views_recorded | yes            |           | 2010-03-30 | W1               | T1
        """,
    },
    expected="""
        case | result         | because
        Q1   | met            | both
        Q2   | not met        | the parents' views are missing
        Q3   | met            | the child's do not apply, with a reason
        Q4   | not met        | no reason given
        Q5   | left out       | neither applies
        Q6   | not computable | only one question was asked
        Q7   | left out       | another question
        Q8   | not computable | audited after the data were taken
        Q9   | not computable | one question audited after the data were taken
    """,
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY)
