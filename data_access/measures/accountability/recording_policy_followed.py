"""Recording policy followed (plan item 11)."""

from data_access.measures.adding_up import PROPORTION
from data_access.measures.audits import DETAILS, FIELDS, audits_asking, near
from data_access.measures.contract import Measure
from data_access.measures.definition import About, Definition, Strand
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="recording_policy_followed",
    title="Recording policy followed",
    question="Do key documents stand where the recording policy says?",
    why="At night or in a crisis someone else must find at once what is known of a child.",
    how=(
        "Audited cases whose key documents stand where the recording policy says, out of cases audited on that "
        "question. A question that does not apply, with a reason given, is left out; without a reason it counts as no, "
        "as does any other answer than yes. Audits dated after the data were taken are left out and counted "
        "separately."
    ),
    misleads=(
        "A few audits a month: one case moves the figure by ten points. That a document stands in its place says "
        "nothing of what it says."
    ),
    strand=Strand.ACCOUNTABILITY,
    adding_up=PROPORTION,
    polarity=Polarity.HIGHER,
    unit="%",
    period=Period.MONTH,
    chart=Chart.P_PRIME,
    about=About.CHILDREN,
    plan_items=("11",),
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
            audit_id | question                  | answer         | reason          | audited_on | auditor_staff_id | team_id
            Q1       | recording_policy_followed | yes            |                 | 2010-03-02 | W1               | T1
            Q1       | management_sign_off       | no             |                 | 2010-03-02 | W1               | T1
            Q2       | recording_policy_followed | no             |                 | 2010-03-02 | W1               | T1
            Q3       | recording_policy_followed | not_applicable | no document yet | 2010-03-02 | W1               | T1
            Q4       | recording_policy_followed | not_applicable |                 | 2010-03-02 | W1               | T1
            Q5       | management_sign_off       | yes            |                 | 2010-03-02 | W1               | T1
            Q6       | recording_policy_followed | yes            |                 | 2010-03-30 | W1               | T1
        """,
    },
    expected="""
        case | result         | because
        Q1   | met            | policy followed, whatever else was asked
        Q2   | not met        | policy not followed
        Q3   | left out       | does not apply, with a reason
        Q4   | not met        | no reason given
        Q5   | left out       | another question
        Q6   | not computable | audited after the data were taken
    """,
)

MEASURE = Measure(DEFINITION, audits_asking("recording_policy_followed"), near, TOY)
