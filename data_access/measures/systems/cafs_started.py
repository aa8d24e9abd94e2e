"""CAFs started (plan items 1b, 1e and 3)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.extracts import NO_TEAM
from data_access.measures.adding_up import COUNT
from data_access.measures.contract import COUNTED, DATED_AHEAD, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand
from data_access.measures.impossible import dated_ahead
from data_access.measures.sql import table, word
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="cafs_started",
    title="CAFs started",
    question="Do partners start more common assessments than before?",
    why="Early help that begins in time keeps families from needing social care.",
    how=(
        "Common assessments by the day on which they were started, by the agency that started them. A CAF that came "
        "from a referral counts for the team of that referral; all others for no team. CAFs started after the day on "
        "which the data were taken are left out and counted separately."
    ),
    misleads=(
        "More CAFs mean more started, not yet more families helped. The plan compares with December 2009, a short "
        "month: the same months of the year before are shown too."
    ),
    strand=Strand.SYSTEMS,
    adding_up=COUNT,
    polarity=Polarity.HIGHER,
    unit="CAFs",
    period=Period.WEEK,
    chart=Chart.XMR,
    about=About.CHILDREN,
    plan_items=("1b", "1e", "3"),
    owner="CAF lead",
    requires=("cafs",),
    fields=("cafs.started_on",),
    optional=("referrals",),
    key=Key.CHILD,
    details=(
        Detail("agency", "Agency", Holds.CODE, codes="agency"),
        Detail("school_id", "School", Holds.REFERENCE),
        Detail("referral_id", "Referral", Holds.REFERENCE),
        Detail("closed_on", "Closed", Holds.DATE),
        Detail("outcome", "Outcome", Holds.CODE, codes="caf_outcome"),
    ),
    dimensions=("agency",),
    only_an_aim=True,
)

_caf, _referral = table("cafs", "caf"), table("referrals", "referral")

_cohort: sa.Select[Any] = (
    sa.select(
        _caf.c.caf_id.label("case_id"),
        _caf.c.child_key.label("key"),
        _caf.c.started_on.label("event_date"),
        sa.func.coalesce(_referral.c.team_id, word(NO_TEAM)).label("team_id"),
        sa.case((dated_ahead("cafs", _caf.c.started_on), word(DATED_AHEAD)), else_=word(COUNTED)).label("result"),
        _caf.c.agency,
        _caf.c.school_id,
        _caf.c.referral_id,
        _caf.c.closed_on,
        _caf.c.outcome,
    )
    .select_from(_caf)
    .outerjoin(_referral, _referral.c.referral_id == _caf.c.referral_id)
    .where(_caf.c.started_on.is_not(None))
)


def _near(start: date, end: date) -> sa.ColumnElement[bool]:
    return _caf.c.started_on.between(start, end)


TOY = Toy(
    tables={
        "cafs": """
            caf_id | child_id | started_on | offered_on | agency          | referral_id
            F1     | C1       | 2010-03-01 |            | school          |
            F2     | C2       | 2010-03-02 | 2010-02-20 | health_visiting | R2
            F3     | C3       |            | 2010-03-01 | school          |
            F4     | C4       | 2010-03-29 |            | school          |
            F5     | C5       | 2010-03-30 |            | school          |
        """,
        "referrals": """
            referral_id | child_id | received_at | team_id
            R2          | C2       | 2010-02-19  | T1
        """,
    },
    expected="""
        case | result         | because
        F1   | counted        | started
        F2   | counted        | started
        F3   | left out       | offered only
        F4   | counted        | started on the day on which the data were taken
        F5   | not computable | started after the data were taken
    """,
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY)
