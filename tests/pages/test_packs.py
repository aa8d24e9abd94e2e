"""The Packs page: its meetings and downloads, who may make which, and that a pack says what the pages say."""

from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.packs.content import pack_of
from dashboard.packs.formats import FORMATS
from dashboard.packs.meetings import meeting_named, meetings
from dashboard.readings.reading import open_reading
from data_access.database.opening import connect
from data_access.measures.definition import Strand
from tests.pages.reading_pages import links_of, text_of
from tests.reader import READER

Open = Callable[..., AppTest]


def downloads(at: AppTest) -> list[str]:
    return [button.proto.label for button in at.get("download_button")]


def test_every_meeting_is_offered_and_the_first_one_shown(open_page: Open) -> None:
    at = open_page("packs")
    known = meetings(None)
    offered = {link.parameters["meeting"] for link in links_of(at) if "meeting" in link.parameters}
    assert offered == set(known)
    assert downloads(at) == [title for title, _ in FORMATS.values()]
    assert '<strong aria-current="true">Safeguarding and Rights SMT</strong>' in text_of(at)


def test_a_pack_of_the_whole_service_has_no_team_whatever_the_address_says(open_page: Open) -> None:
    at = open_page("packs", meeting="smt", team="AT2")
    assert downloads(at) == [title for title, _ in FORMATS.values()]
    assert "Assessment Team 2" not in text_of(at)
    assert not [menu for menu in at.get("popover") if "teams" in menu.proto.popover.label.lower()]


def test_another_week_is_kept_and_an_unknown_meeting_told(open_page: Open) -> None:
    at = open_page("packs", meeting="dmt", week="2010-03-15")
    assert "an older week with what is known of it today" in text_of(at)
    [smt] = [link for link in links_of(at) if link.label == "Safeguarding and Rights SMT"]
    assert smt.parameters == {"meeting": "smt", "week": "2010-03-15"}
    assert [header.value for header in open_page("packs", meeting="bored").header] == ["Not found"]


def test_a_page_says_that_making_a_public_pack_publishes_it(open_page: Open) -> None:
    at = open_page("packs", meeting="lscb")
    assert "Making this pack publishes it." in text_of(at)
    assert downloads(at) == [title for title, _ in FORMATS.values()]
    assert "publishes it" not in text_of(open_page("packs", meeting="smt"))


def test_the_pack_of_a_team_asks_for_the_team(open_page: Open) -> None:
    at = open_page("packs", meeting="manager-supervision")
    assert downloads(at) == []
    [team] = [link for link in links_of(at) if link.parameters == {"meeting": "manager-supervision", "team": "AT2"}][
        :1
    ]
    assert len(downloads(open_page("packs", **team.parameters))) == len(FORMATS)


def test_nothing_is_offered_before_anything_is_loaded(open_page: Open, empty_database: str) -> None:
    assert downloads(open_page("packs", database=empty_database)) == []


def test_a_councils_own_meetings_join_and_a_bad_file_is_told(
    open_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "meetings.toml"
    own = '[[meeting]]\nid = "ours"\nname = "<b>Ours</b>"\nrhythm = "weekly"\nreaders = ["board member"]\n'
    file.write_text(own, encoding="utf-8")
    monkeypatch.setenv("SAFE_MEETINGS", str(file))
    said = text_of(open_page("packs", meeting="ours"))
    assert "<b>Ours</b>" not in said
    assert escape("<b>Ours</b>") in said
    file.write_text(own.replace("weekly", "daily"), encoding="utf-8")
    assert "rhythm is 'daily'" in text_of(open_page("packs")) + str(open_page("packs").main)


def test_a_pack_says_what_this_week_and_the_strands_say(open_page: Open, council: str) -> None:
    engine = connect(council)
    with open_reading(engine, READER) as reading:
        pack = pack_of(reading, meeting_named("smt", None))
    engine.dispose()
    week = text_of(open_page())
    for line in pack.attention[:5]:
        assert f"{escape(line.subject)}</a>{escape(line.rest)}" in week
    for part in pack.strands:
        page = part.strand.lower().replace(" ", "_")
        said = text_of(open_page(page))
        for measure in (*part.exceptions, *part.rest):
            assert f'<p class="told">{escape(measure.told)}</p>' in said, measure.name
    assert [part.strand for part in pack.strands] == list(Strand)
