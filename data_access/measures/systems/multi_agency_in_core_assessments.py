"""Other agencies' input in core assessments (plan item 7)."""

from typing import Any

import sqlalchemy as sa

from data_access.measures.adding_up import PROPORTION
from data_access.measures.audits import ASKED, DETAILS, FIELDS, audits_asking, near
from data_access.measures.contract import Measure
from data_access.measures.definition import About, Definition, Strand
from data_access.measures.sql import table, word
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="multi_agency_in_core_assessments",
    title="Other agencies' input in core assessments",
    question="Do core assessments show what school, health and others know of the child?",
    why="No single agency sees the whole child. An assessment by social care alone misses what others have seen.",
    how=(
        "Audited core assessments in which the input of other agencies is evident, out of core assessments audited on "
        "that question. Audits that name an assessment of another kind are left out; those that name none, or one that "
        "is not known, count as core assessments. A question that does not apply, with a reason given, is left out; "
        "without a reason it counts as no, as does any other answer than yes. Audits dated after the data were taken "
        "are left out and counted separately."
    ),
    misleads=(
        "Very few core assessments are audited in a month: read several months together. An agency that was asked and "
        "did not answer is not evident either."
    ),
    strand=Strand.SYSTEMS,
    adding_up=PROPORTION,
    polarity=Polarity.HIGHER,
    unit="%",
    period=Period.MONTH,
    chart=Chart.P_PRIME,
    about=About.CHILDREN,
    plan_items=("7",),
    owner="Group managers, Assessment and Quality & Audit",
    requires=("audits",),
    fields=FIELDS,
    optional=("assessments",),
    links=("audits.assessment_id",),
    key="audits",
    details=DETAILS,
    headline=False,
)

_audited = table("assessments", "audited")

_cohort: sa.Select[Any] = (
    audits_asking("multi_agency_input")
    .outerjoin(_audited, _audited.c.assessment_id == ASKED.c.assessment_id)
    .where(sa.or_(_audited.c.kind.is_(None), _audited.c.kind == word("core")))
)

TOY = Toy(
    tables={
        "audits": """
            audit_id | question           | answer         | reason       | audited_on | auditor_staff_id | team_id | assessment_id
            Q1       | multi_agency_input | yes            |              | 2010-03-02 | W1               | T1      | A1
            Q2       | multi_agency_input | no             |              | 2010-03-02 | W1               | T1      | A1
            Q3       | multi_agency_input | yes            |              | 2010-03-02 | W1               | T1      | A2
            Q4       | multi_agency_input | yes            |              | 2010-03-02 | W1               | T1      |
            Q5       | multi_agency_input | no             |              | 2010-03-02 | W1               | T1      | A9
            Q6       | multi_agency_input | not_applicable | moved abroad | 2010-03-02 | W1               | T1      | A1
            Q7       | multi_agency_input | not_applicable |              | 2010-03-02 | W1               | T1      | A1
            Q8       | assessment_grade   | good           |              | 2010-03-02 | W1               | T1      | A1
            Q9       | multi_agency_input | yes            |              | 2010-03-30 | W1               | T1      | A1
        """,
        "assessments": """
            assessment_id | child_id | kind    | started_on | team_id
            A1            | C1       | core    | 2010-01-04 | T1
            A2            | C2       | initial | 2010-01-04 | T1
        """,
    },
    expected="""
        case | result         | because
        Q1   | met            | input evident
        Q2   | not met        | none evident
        Q3   | left out       | an initial assessment
        Q4   | met            | asked without naming the assessment
        Q5   | not met        | names an assessment that is not known
        Q6   | left out       | does not apply, with a reason
        Q7   | not met        | no reason given
        Q8   | left out       | another question
        Q9   | not computable | audited after the data were taken
    """,
)

MEASURE = Measure(DEFINITION, _cohort, near, TOY)
