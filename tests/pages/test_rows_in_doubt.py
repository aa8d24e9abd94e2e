"""Rows in doubt on the pages: how many at the figure, in its sentence, and which they are behind its link."""

import datetime as dt
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from data_access.database.opening import connect
from data_access.loading import load_extracts
from data_access.loading.delivery.manifest import Terms
from tests.council import LOADER, copy_of
from tests.pages.reading_pages import Link, links_of, text_of

Open = Callable[..., AppTest]

DECISIONS = "decisions_within_24_hours"
HEADINGS = "referral_id,child_id,contact_id,received_at,decided_at,decision,decided_by_role,team_id\n"
SOUND = [f"X{n},CX{n},,2010-03-24 10:00,2010-03-24 12:00,no_further_action,team_manager,AT1\n" for n in range(20)]
REFUSED = [f"Y{n},CY{n},,2010-03-24 10:00,2010-03-24 12:00,magic,team_manager,AT2\n" for n in range(3)]


@pytest.fixture(scope="module")
def doubtful(council: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the address of the sample council after a load of which three rows of the latest week were refused."""
    folder = tmp_path_factory.mktemp("doubtful")
    url, file = copy_of(council, folder / "copy.db"), folder / "referrals.csv"
    file.write_text(HEADINGS + "".join(SOUND + REFUSED), encoding="utf-8")
    engine = connect(url)
    held = Terms(
        dt.datetime.fromisoformat("2010-03-29 06:30"), dt.date(2010, 3, 1), dt.date(2010, 3, 28), complete=False
    )
    load_extracts(engine, LOADER, [file], terms=held)
    engine.dispose()
    return url


def doubt_links(at: AppTest) -> list[Link]:
    """Return the links from figures to their rows in doubt."""
    return [link for link in links_of(at) if link.parameters.get("part") == "doubts"]


def test_the_number_stands_at_the_figure_and_leads_to_the_rows(open_page: Open, doubtful: str) -> None:
    for at in (open_page(database=doubtful), open_page("measure", database=doubtful, measure=DECISIONS)):
        [link] = [link for link in doubt_links(at) if link.parameters["measure"] == DECISIONS]
        assert link.label == "3 rows in doubt"
        assert link.page == "loads_and_quality"
        assert "3 rows in doubt could move it" in text_of(at)
    at = open_page("loads_and_quality", database=doubtful, **link.parameters)
    said = text_of(at)
    assert said.index("Rows in doubt: Referral decisions within 24 hours") < said.index("What came")
    for key in ("Y0", "Y1", "Y2"):
        assert f">{key}<" in said
    assert "referrals.csv, row 22, load 2" in said
    assert "no, refused" in said


def test_a_team_has_its_own_rows_in_doubt(open_page: Open, doubtful: str) -> None:
    other, mine = (open_page("measure", database=doubtful, measure=DECISIONS, team=team) for team in ("AT1", "AT2"))
    assert doubt_links(other) == []
    [link] = doubt_links(mine)
    assert (link.label, link.parameters["team"]) == ("3 rows in doubt", "AT2")


def test_a_week_without_any_says_nothing_of_doubt(open_page: Open, doubtful: str) -> None:
    at = open_page("measure", database=doubtful, measure=DECISIONS, week="2010-03-15")
    assert doubt_links(at) == []
    assert "in doubt" not in text_of(at)


def test_rows_about_staff_are_counted_and_never_listed(open_page: Open) -> None:
    at = open_page("measure", measure="staff_using_ics")
    assert [link.label for link in doubt_links(at)] == ["1 row in doubt"]
    said = text_of(open_page("loads_and_quality", part="doubts", measure="staff_using_ics"))
    assert "Rows about staff are never listed person by person." in said
