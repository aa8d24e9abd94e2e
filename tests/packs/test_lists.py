"""What a pack tells besides measures: decided before, reported otherwise, actions due; if its meeting reads them."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from dashboard.packs.content import pack_of
from dashboard.packs.lists import MOST_LINES
from dashboard.packs.meetings import Meeting, Rhythm, meeting_named
from dashboard.readings.reading import open_reading
from dashboard.readings.sign_off import sign_week_off
from data_access.decisions import Decision, decide
from tests.data_access.decisions.people import ANNA, put
from tests.data_access.decisions.test_action_plan import row
from tests.loading.handing_over import Council, terms
from tests.reader import READER
from tests.readings.test_signed_weeks import CLOSED, LATE, MENDED, ON_TIME, REFERRALS

SMT = replace(meeting_named("smt", None), measures=("decisions_within_24_hours",))
TEAMS = "team_id,name,service\nT1,One,Assessment\nT2,Two,Assessment"


@pytest.fixture
def engine(database: sa.Engine, tmp_path: Path) -> sa.Engine:
    """Give a council with a decision of the meeting before, a signed week that a load restated, and three actions."""
    council = Council(database, tmp_path)
    council.hand_over(
        terms("2010-03-31 07:00", covers_to="2010-03-30"),
        referrals=f"{REFERRALS}\n{ON_TIME}\n{LATE}",
        teams=TEAMS,
    )
    sign_week_off(READER, database, CLOSED)
    council.hand_over(terms("2010-03-31 12:00", covers_to="2010-03-30"), referrals=f"{REFERRALS}\n{MENDED}")
    put(
        database,
        "actions",
        row("9a", due_on=dt.date(2010, 1, 31), measures="decisions_within_24_hours"),
        row("2", due_on=dt.date(2010, 3, 1), measures="cafs_started"),
        row("10", due_on=dt.date(2010, 12, 31), measures="decisions_within_24_hours"),
    )
    content = {"week": "2010-03-15", "what": "Ask =1+1", "owner": "Group manager", "due_on": "2010-03-26"}
    decide(ANNA, database, Decision("meeting_decision", content, "SMT"))
    return database


def lists(engine: sa.Engine, meeting: Meeting, team: str | None = None) -> dict[str, list[str]]:
    with open_reading(engine, READER) as reading:
        made = pack_of(reading, meeting, team=team)
    return {part.title: [f"{line.subject}{line.rest}" for line in part.lines] for part in made.lists}


def test_the_weekly_meeting_sees_what_it_decided_what_changed_and_what_is_due(engine: sa.Engine) -> None:
    told = lists(engine, SMT)
    assert list(told) == ["Decided before", "Reported before, and otherwise now", "Actions due"]
    assert told["Decided before"] == ["Ask =1+1 (Group manager): Nothing said yet, due 26 March 2010."]
    [restated] = told["Reported before, and otherwise now"]
    assert restated.startswith(
        "Referral decisions within 24 hours, w/c 22 March 2010: reported 50% (1 of 2), now 100% (2 of 2): load of "
    )
    [action] = told["Actions due"]
    assert action.startswith("9a Line 9a: Overdue since 31 January 2010. A lead. Its measures since it began: 1 too")


def test_other_meetings_see_what_they_read_and_a_team_s_pack_none_of_it(engine: sa.Engine) -> None:
    monthly = replace(SMT, rhythm=Rhythm.MONTHLY, measures=("cafs_started",))
    assert {title: len(lines) for title, lines in lists(engine, monthly).items()} == {"Actions due": 1}
    assert lists(engine, replace(SMT, of_team=True), team="T1") == {}


def test_a_long_list_is_cut_and_says_so(engine: sa.Engine) -> None:
    put(
        engine,
        "actions",
        *(
            row(f"20{number:02}", due_on=dt.date(2010, 3, 1), measures="decisions_within_24_hours")
            for number in range(MOST_LINES + 2)
        ),
    )
    told = lists(engine, SMT)["Actions due"]
    assert len(told) == MOST_LINES + 1
    assert told[-1] == "3 more on the page Action plan."
