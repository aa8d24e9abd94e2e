"""Compliments (plan item 14)."""

from data_access.measures.adding_up import COUNT
from data_access.measures.contract import Measure
from data_access.measures.definition import About, Definition, Strand
from data_access.measures.feedback import FIELDS, messages_of, near
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="compliments",
    title="Compliments",
    question="How often do families and partners say that they were helped?",
    why="What families praise shows what to do more of.",
    how=(
        "Compliments by the day of receipt. Compliments received after the day on which the data were taken are left "
        "out and counted separately."
    ),
    misleads=(
        "Few are written down, and only where someone asks for them: a rise can mean better recording. Few compliments "
        "prove no bad work."
    ),
    strand=Strand.EFFECTIVE_ACTIONS,
    adding_up=COUNT,
    polarity=Polarity.HIGHER,
    unit="compliments",
    period=Period.MONTH,
    chart=Chart.XMR,
    about=About.CHILDREN,
    plan_items=("14",),
    owner="Complaints manager",
    requires=("feedback",),
    fields=FIELDS,
    key="feedback",
    details=(),
    headline=False,
)

TOY = Toy(
    tables={
        "feedback": """
            feedback_id | kind       | received_on | team_id
            D1          | compliment | 2010-03-01  | T1
            D2          | compliment | 2010-03-29  |
            D3          | compliment | 2010-03-30  | T1
            D4          | complaint  | 2010-03-01  | T1
        """,
    },
    expected="""
        case | result         | because
        D1   | counted        | received
        D2   | counted        | received on the day on which the data were taken, and names no team
        D3   | not computable | received after the data were taken
        D4   | left out       | a complaint
    """,
)

MEASURE = Measure(DEFINITION, messages_of("compliment"), near, TOY)
