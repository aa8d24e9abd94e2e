"""Staff aware of their service plan (plan item 10)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.extracts import NO_TEAM
from data_access.measures.adding_up import SHARE
from data_access.measures.contract import COUNTED, DATED_AHEAD, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Strand
from data_access.measures.impossible import dated_ahead, not_computable
from data_access.measures.sql import table, word
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="staff_aware_of_service_plan",
    title="Staff aware of the service plan",
    question="How many of the staff who answered the survey know their service's plan?",
    why="A plan that staff do not know changes nothing. Ofsted found that many did not know what was asked of them.",
    how=(
        "Staff who said that they know the plan of their service, out of those who answered the question, in all "
        "surveys that closed in the financial year. A row for all teams counts only where the survey gives none by "
        "team. Rows in which more agreed than answered, or dated after the data were taken, are left out and counted "
        "separately."
    ),
    misleads=(
        "Only those who answer are asked: staff who are too busy to answer may know the plan less well. One survey a "
        "year makes one point a year; no chance lines can be drawn through so few."
    ),
    strand=Strand.ACCOUNTABILITY,
    adding_up=SHARE,
    polarity=Polarity.HIGHER,
    unit="%",
    period=Period.YEAR,
    chart=Chart.LINE,
    about=About.STAFF,
    plan_items=("10",),
    owner="Divisional director",
    requires=("surveys",),
    fields=("surveys.asked_on", "surveys.question", "surveys.answered", "surveys.agreed"),
    key="surveys",
    details=(
        Detail("survey", "Survey", Holds.WORDS),
        Detail("answered", "Answered", Holds.NUMBER),
        Detail("agreed", "Aware", Holds.NUMBER),
    ),
    headline=False,
    annual_target=True,
)

QUESTION = "aware_of_service_plan"

_answers, _of_team = table("surveys", "answers"), table("surveys", "of_team")

_told_by_team = sa.exists().where(
    _of_team.c.survey == _answers.c.survey,
    _of_team.c.question == word(QUESTION),
    _of_team.c.team_id != word(NO_TEAM),
)

_result = sa.case(
    (dated_ahead("surveys", _answers.c.asked_on), word(DATED_AHEAD)),
    (_answers.c.agreed > _answers.c.answered, not_computable("more agreed than answered")),
    else_=word(COUNTED),
)

_cohort: sa.Select[Any] = (
    sa.select(
        (_answers.c.survey + word("|") + _answers.c.team_id).label("case_id"),
        _answers.c.survey.label("key"),
        _answers.c.asked_on.label("event_date"),
        _answers.c.team_id,
        _result.label("result"),
        _answers.c.agreed.label("numerator"),
        _answers.c.answered.label("denominator"),
        _answers.c.survey,
        _answers.c.answered,
        _answers.c.agreed,
    )
    .select_from(_answers)
    .where(
        _answers.c.question == word(QUESTION),
        sa.or_(_answers.c.team_id != word(NO_TEAM), ~_told_by_team),
    )
)


def _near(start: date, end: date) -> sa.ColumnElement[bool]:
    return _answers.c.asked_on.between(start, end)


TOY = Toy(
    tables={
        "surveys": """
            survey | asked_on   | question              | team_id | answered | agreed
            2008   | 2008-10-31 | aware_of_service_plan |         | 40       | 18
            2009   | 2009-10-30 | aware_of_service_plan | T1      | 12       | 9
            2009   | 2009-10-30 | aware_of_service_plan | T2      | 8        | 9
            2009   | 2009-10-30 | aware_of_service_plan |         | 20       | 18
            2009   | 2009-10-30 | content               | T3      | 12       | 12
            2010   | 2010-03-30 | aware_of_service_plan | T1      | 12       | 10
        """,
    },
    expected="""
        case           | result         | because
        2008~(no team) | 18 of 40       | asked of all, not by team
        2009~T1        | 9 of 12        | one team
        2009~T2        | not computable | more agreed than answered
        2009~(no team) | left out       | the survey gives its teams
        2009~T3        | left out       | another question
        2010~T1        | not computable | closed after the data were taken
    """,
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY)
