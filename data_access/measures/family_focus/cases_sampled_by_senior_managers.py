"""Cases sampled by senior managers (plan item 12)."""

from typing import Final

import sqlalchemy as sa

from data_access.measures.adding_up import SHARE
from data_access.measures.contract import COUNTED, NOT_YET_DUE, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand
from data_access.measures.sql import number, table, word
from data_access.measures.toy import Toy
from data_access.measures.whole_months import FIELDS, MONTH, NOT_OVER, SPELL, near, whole_months
from data_access.vocabulary import Chart, Period, Polarity

CASES_A_MONTH: Final = 2
"""What the plan asks of each member of the senior management team."""

DEFINITION = Definition(
    id="cases_sampled_by_senior_managers",
    title="Cases sampled by senior managers",
    question="Do senior managers read the two cases a month that the plan asks of each?",
    why="Those who lead a service know how children fare in it only if they read their files.",
    how=(
        "Cases audited in the month by members of the senior management team, at most two for each of them, out of two "
        "for each member in post on the first and on the last day of the month. An audit counts once, however many "
        "questions it asks. Posts that end before they begin are held by nobody."
    ),
    misleads=(
        "A third case read by a keen manager does not make up for one that a colleague has not read. Members who were "
        "away all month are expected to read two as well. Reading is not yet acting on what was read."
    ),
    strand=Strand.FAMILY_FOCUS,
    adding_up=SHARE,
    polarity=Polarity.HIGHER,
    unit="%",
    period=Period.MONTH,
    chart=Chart.XMR,
    about=About.STAFF,
    plan_items=("12",),
    owner="S&R senior management team",
    requires=("staff", "audits"),
    fields=(*FIELDS, "staff.role", "audits.auditor_staff_id", "audits.audited_on"),
    key=Key.STAFF,
    details=(
        Detail("manager", "Senior manager", Holds.STAFF),
        Detail("cases_audited", "Cases audited", Holds.NUMBER),
    ),
    headline=False,
)

_audit = table("audits", "audit")
_audited = (
    sa.select(sa.func.count(sa.distinct(_audit.c.audit_id)))
    .where(
        _audit.c.auditor_staff_id == SPELL.c.staff_id,
        _audit.c.audited_on.between(MONTH.c.day, MONTH.c.month_end),
    )
    .correlate_except(_audit)
    .scalar_subquery()
)

_cohort = whole_months(
    sa.case((NOT_OVER, word(NOT_YET_DUE)), else_=word(COUNTED)).label("result"),
    sa.case((_audited > CASES_A_MONTH, number(CASES_A_MONTH)), else_=_audited).label("numerator"),
    number(CASES_A_MONTH).label("denominator"),
    SPELL.c.staff_id.label("manager"),
    _audited.label("cases_audited"),
    role="smt",
)

TOY = Toy(
    tables={
        "staff": """
            staff_id | from       | to         | team_id | role          | fte
            W1       | 2009-01-01 |            |         | smt           | 1
            W2       | 2009-01-01 |            |         | smt           | 1
            W3       | 2009-01-01 |            |         | smt           | 1
            W4       | 2009-12-02 |            |         | smt           | 1
            W5       | 2009-01-01 | 2009-12-30 |         | smt           | 1
            W6       | 2009-01-01 |            | T1      | group_manager | 1
            W7       | 2009-12-01 | 2009-12-15 |         | smt           | 1
            W7       | 2009-12-16 | 2009-12-31 | T1      | smt           | 0.5
            W8       | 2009-12-01 | 2009-12-15 | T1      | group_manager | 1
            W8       | 2009-12-16 |            |         | smt           | 1
            W9       | 2009-12-01 | 2009-11-30 |         | smt           | 1
        """,
        "audits": """
            audit_id | question             | answer | audited_on | auditor_staff_id | team_id
            Q1       | child_views_recorded | yes    | 2009-12-01 | W1               | T1
            Q2       | child_views_recorded | yes    | 2009-12-31 | W1               | T1
            Q3       | child_views_recorded | yes    | 2009-12-14 | W1               | T1
            Q4       | child_views_recorded | yes    | 2009-12-14 | W2               | T1
            Q4       | management_sign_off  | no     | 2009-12-14 | W2               | T1
            Q5       | child_views_recorded | yes    | 2009-11-30 | W3               | T1
            Q6       | child_views_recorded | yes    | 2010-01-01 | W3               | T1
            Q7       | child_views_recorded | yes    | 2009-12-14 | W6               | T1
            Q8       | child_views_recorded | yes    | 2009-12-14 | W9               | T1
        """,
    },
    expected="""
        case          | result      | because
        W1~2009-12-01 | 2 of 2      | three cases, of which two count, on the first day and the last too
        W2~2009-12-01 | 1 of 2      | one case, asked two questions
        W3~2009-12-01 | 0 of 2      | audited the day before and the day after only
        W4~2009-12-01 | left out    | came on the second day of the month
        W5~2009-12-01 | left out    | left before the last day
        W6~2009-12-01 | left out    | no member of the senior management team
        W7~2009-12-01 | 0 of 2      | two posts one after the other
        W8~2009-12-01 | left out    | became a member in the month
        W9~2009-12-01 | left out    | the post ends before it begins
        W1~2010-01-01 | not yet due | the month is not over
        W2~2010-01-01 | not yet due | the month is not over
        W3~2010-01-01 | not yet due | the month is not over
        W4~2010-01-01 | not yet due | the month is not over
        W8~2010-01-01 | not yet due | the month is not over
    """,
    covers_from="2009-11-02",
    covers_to="2010-01-24",
)

MEASURE = Measure(DEFINITION, _cohort, near, TOY, grows=True)
