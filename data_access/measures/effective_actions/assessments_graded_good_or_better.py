"""Assessments graded good or better (plan items 9c and 13)."""

import sqlalchemy as sa

from data_access.measures.adding_up import PROPORTION
from data_access.measures.audits import ASKED, DETAILS, FIELDS, audits_asking, near
from data_access.measures.contract import MET, NOT_MET, Measure
from data_access.measures.definition import About, Definition, Strand
from data_access.measures.impossible import not_computable
from data_access.measures.sql import word
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="assessments_graded_good_or_better",
    title="Assessments graded good or better",
    question="How many of the assessments audited are good?",
    why="An assessment in time that misses what matters helps no child.",
    how=(
        "Audited assessments graded good or excellent, out of assessments graded. One that can't be graded, with a "
        "reason given, is left out; without a reason it counts as not good. Answers that are no grade, and audits "
        "dated after the data were taken, are left out and counted separately."
    ),
    misleads=(
        "A few audits a month: one case moves the figure by ten points. Grades are a judgement: auditors who change, or "
        "who agree on a stricter standard, move the figure while the work stays the same."
    ),
    strand=Strand.EFFECTIVE_ACTIONS,
    adding_up=PROPORTION,
    polarity=Polarity.HIGHER,
    unit="%",
    period=Period.MONTH,
    chart=Chart.P_PRIME,
    about=About.CHILDREN,
    plan_items=("9c", "13"),
    owner="Group managers, Assessment and Quality & Audit",
    requires=("audits",),
    fields=FIELDS,
    key="audits",
    details=DETAILS,
    dimensions=("answer",),
    headline=False,
)

_result = sa.case(
    (ASKED.c.answer.in_((word("excellent"), word("good"))), word(MET)),
    (ASKED.c.answer.in_((word("yes"), word("no"))), not_computable("the answer is no grade")),
    else_=word(NOT_MET),
)

TOY = Toy(
    tables={
        "audits": """
            audit_id | question            | answer         | reason          | audited_on | auditor_staff_id | team_id
            Q1       | assessment_grade    | excellent      |                 | 2010-03-02 | W1               | T1
            Q2       | assessment_grade    | good           |                 | 2010-03-02 | W1               | T1
            Q3       | assessment_grade    | adequate       |                 | 2010-03-02 | W1               | T1
            Q4       | assessment_grade    | poor           |                 | 2010-03-02 | W1               | T1
            Q5       | assessment_grade    | not_applicable | begun last week | 2010-03-02 | W1               | T1
            Q6       | assessment_grade    | not_applicable |                 | 2010-03-02 | W1               | T1
            Q7       | assessment_grade    | yes            |                 | 2010-03-02 | W1               | T1
            Q8       | management_sign_off | good           |                 | 2010-03-02 | W1               | T1
            Q9       | assessment_grade    | good           |                 | 2010-03-30 | W1               | T1
        """,
    },
    expected="""
        case | result         | because
        Q1   | met            | excellent
        Q2   | met            | good
        Q3   | not met        | adequate
        Q4   | not met        | poor
        Q5   | left out       | can't be graded, with a reason
        Q6   | not met        | no reason given
        Q7   | not computable | yes is no grade
        Q8   | left out       | another question
        Q9   | not computable | audited after the data were taken
    """,
)

MEASURE = Measure(DEFINITION, audits_asking("assessment_grade", _result), near, TOY)
