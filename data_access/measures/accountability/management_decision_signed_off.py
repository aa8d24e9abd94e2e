"""Management decisions signed off (plan items 1a, 1b and 4)."""

from data_access.measures.adding_up import PROPORTION
from data_access.measures.audits import DETAILS, FIELDS, audits_asking, near
from data_access.measures.contract import Measure
from data_access.measures.definition import About, Definition, Strand
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="management_decision_signed_off",
    title="Management decisions signed off",
    question="Does the record show that a manager signed the decision off?",
    why=(
        "Ofsted asked that management decisions are clearly recorded. A decision that nobody signed is one that nobody "
        "answers for."
    ),
    how=(
        "Audited cases in which a manager's sign-off of the decision is evident, out of cases audited on that "
        "question. A question that does not apply, with a reason given, is left out; without a reason it counts as no, "
        "as does any other answer than yes. Audits dated after the data were taken are left out and counted "
        "separately."
    ),
    misleads=(
        "A few audits a month: one case moves the figure by ten points. A signature shows that a manager looked, not "
        "that the decision was right."
    ),
    strand=Strand.ACCOUNTABILITY,
    adding_up=PROPORTION,
    polarity=Polarity.HIGHER,
    unit="%",
    period=Period.MONTH,
    chart=Chart.P_PRIME,
    about=About.CHILDREN,
    plan_items=("1a", "1b", "4"),
    owner="Group managers, Assessment and Quality & Audit",
    requires=("audits",),
    fields=FIELDS,
    key="audits",
    details=DETAILS,
    headline=False,
)

TOY = Toy(
    tables={
        "audits": """
            audit_id | question                  | answer         | reason        | audited_on | auditor_staff_id | team_id
            Q1       | management_sign_off       | yes            |               | 2010-03-02 | W1               | T1
            Q1       | recording_policy_followed | no             |               | 2010-03-02 | W1               | T1
            Q2       | management_sign_off       | no             |               | 2010-03-02 | W1               | T1
            Q3       | management_sign_off       | not_applicable | no decision   | 2010-03-02 | W1               | T1
            Q4       | management_sign_off       | not_applicable |               | 2010-03-02 | W1               | T1
            Q5       | management_sign_off       | good           |               | 2010-03-02 | W1               | T1
            Q6       | child_views_recorded      | yes            |               | 2010-03-02 | W1               | T1
            Q7       | management_sign_off       | yes            |               | 2010-03-29 | W1               | T1
            Q8       | management_sign_off       | yes            |               | 2010-03-30 | W1               | T1
        """,
    },
    expected="""
        case | result         | because
        Q1   | met            | signed off, whatever else was asked
        Q2   | not met        | not signed off
        Q3   | left out       | does not apply, with a reason
        Q4   | not met        | no reason given
        Q5   | not met        | a grade is no yes
        Q6   | left out       | another question
        Q7   | met            | audited on the day on which the data were taken
        Q8   | not computable | audited after the data were taken
    """,
)

MEASURE = Measure(DEFINITION, audits_asking("management_sign_off"), near, TOY)
