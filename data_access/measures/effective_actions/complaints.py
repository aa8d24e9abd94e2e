"""Complaints (plan item 14)."""

import sqlalchemy as sa

from data_access.measures.adding_up import COUNT
from data_access.measures.contract import Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Strand
from data_access.measures.feedback import FIELDS, MESSAGE, messages_of, near
from data_access.measures.joins import working_days_allowed
from data_access.measures.sql import AS_AT_ON, word, working_day_of
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

ID = "complaints"

DEFINITION = Definition(
    id=ID,
    title="Complaints",
    question="How many complaints do children and families make?",
    why="A complaint is often the first word of what went wrong, and families are owed an answer.",
    how=(
        "Complaints by the day of receipt, with whether they were upheld and answered in time: within the working days "
        "that the regulations in force at receipt give for a first answer, 10 since September 2006. Complaints "
        "received after the day on which the data were taken are left out and counted separately."
    ),
    misleads=(
        "Fewer complaints can mean that families are content, or that nobody told them how to complain. The plan asks "
        "for fewer; this dashboard gives that no tag. What matters is how many were upheld, and what was learnt."
    ),
    strand=Strand.EFFECTIVE_ACTIONS,
    adding_up=COUNT,
    polarity=Polarity.NEITHER,
    unit="complaints",
    period=Period.MONTH,
    chart=Chart.XMR,
    about=About.CHILDREN,
    plan_items=("14",),
    owner="Complaints manager",
    requires=("feedback",),
    fields=FIELDS,
    key="feedback",
    details=(
        Detail("answered_on", "Answered", Holds.DATE),
        Detail("answered_in_time", "Answered in time", Holds.WORDS),
        Detail("upheld", "Upheld", Holds.YES_NO),
    ),
    dimensions=("upheld", "answered_in_time"),
    headline=False,
)

_allowed = working_days_allowed(ID, MESSAGE.c.received_on)
_taken = working_day_of(sa.func.coalesce(MESSAGE.c.answered_on, AS_AT_ON)) - working_day_of(MESSAGE.c.received_on)
_answered_in_time = sa.case(
    (sa.or_(MESSAGE.c.answered_on < MESSAGE.c.received_on, MESSAGE.c.received_on > AS_AT_ON), sa.null()),
    (_taken > _allowed, word("no")),
    (MESSAGE.c.answered_on.is_(None), word("not answered yet")),
    (_taken <= _allowed, word("yes")),
)

TOY = Toy(
    tables={
        "feedback": """
            feedback_id | kind       | received_on | answered_on | upheld | team_id
            D1          | complaint  | 2010-03-01  | 2010-03-15  | yes    | T1
            D2          | complaint  | 2010-03-01  | 2010-03-16  | no     |
            D3          | complaint  | 2010-03-29  |             |        | T1
            D4          | complaint  | 2010-03-30  |             |        | T1
            D5          | compliment | 2010-03-01  |             |        | T1
        """,
    },
    expected="""
        case | result         | because
        D1   | counted        | answered in time, which makes no difference
        D2   | counted        | answered late, and names no team
        D3   | counted        | received on the day on which the data were taken
        D4   | not computable | received after the data were taken
        D5   | left out       | a compliment
    """,
)

MEASURE = Measure(
    DEFINITION,
    messages_of("complaint", MESSAGE.c.answered_on, _answered_in_time.label("answered_in_time"), MESSAGE.c.upheld),
    near,
    TOY,
)
