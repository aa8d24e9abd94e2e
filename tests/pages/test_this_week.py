"""This week and the strands: what they show, what they lead to, and what they say when something is odd."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from dashboard.cache import measures
from dashboard.readings.measure_views import MeasureView
from dashboard.words.attention_lines import attention_lines
from dashboard.words.phrases import told_of, value_of
from data_access.database.facts import raise_data_version
from data_access.database.opening import connect, writing
from data_access.database.schema.case_tables import CASE_TABLES
from data_access.database.schema.figures import COVERAGE, MEASURE_PERIOD
from data_access.database.schema.loads import LOADED_EXTRACTS
from data_access.measures import MEASURES, Measure
from data_access.measures.definition import About, Key
from data_access.vocabulary import Assurance
from tests.pages.reading_pages import Link, html_links, links_of, text_of
from tests.reader import now, reader_of

Open = Callable[..., AppTest]

NOTIFICATIONS = ("police notification", "police notifications")
"""What waits where no child need be named."""
HEADLINES = [measure for measure in MEASURES.values() if measure.definition.headline]
STRAND_PAGES = {
    "systems": "Systems",
    "accountability": "Accountability",
    "family_focus": "Family focus",
    "effective_actions": "Effective actions",
}


def headline_views(up_to: date | None = None) -> list[MeasureView]:
    return [view for view in measures.every_measure(now(), up_to=up_to) if view.definition.headline]


def lines_of(at: AppTest) -> list[str]:
    """Return the lines of what needs attention, as HTML."""
    [box] = [str(block.value) for block in at.get("html") if "What needs attention" in str(block.value)]
    return re.findall(r"<li>(.*?)</li>", box)


def test_every_headline_measure_stands_on_the_board_with_its_judgement(open_page: Open) -> None:
    at = open_page()
    said = text_of(at)
    labels = [link.label for link in links_of(at)]
    for view in headline_views():
        assert view.definition.title in labels
        assert view.judgement.sentence.split(": ", 1)[1][1:] in said.replace("&#x27;", "'")


def test_the_board_leads_to_each_measure(open_page: Open) -> None:
    measures = {link.parameters.get("measure") for link in links_of(open_page()) if link.page == "measure"}
    assert {measure.id for measure in HEADLINES} <= measures


@pytest.mark.parametrize(("page", "strand"), STRAND_PAGES.items())
def test_a_strand_shows_its_own_measures_alone(open_page: Open, page: str, strand: str) -> None:
    at = open_page(page)
    shown = {
        link.parameters["measure"]
        for link in links_of(at)
        if link.page == "measure" and link.parameters.get("measure")
    }
    assert shown == {measure.id for measure in MEASURES.values() if measure.definition.strand == strand}
    assert f"<h1>{strand}</h1>" in text_of(at)


def test_attention_puts_waiting_children_first_and_keeps_to_five_lines(open_page: Open) -> None:
    at = open_page()
    lines = lines_of(at)
    assert 1 <= len(lines) <= 5
    assert all("Ask " in line for line in lines)
    view = measures.measure_view(now(), "decisions_within_24_hours")
    children = f"{view.waiting_children} children have waited over 24 hours for a decision"
    assert f"{children}</a>; the longest has waited {view.waiting_longest}. Ask" in lines[0]
    assert not any("%" in line for line in lines[:1])
    assert html_links(lines[0]) == [
        Link(children, "cases", {"measure": "decisions_within_24_hours", "show": "waiting"})
    ]


@pytest.mark.parametrize(("cases", "children"), [(1, 1), (2, 1), (2, 2)])
def test_attention_counts_children_and_leads_to_their_cases(
    council_copy: str, monkeypatch: pytest.MonkeyPatch, cases: int, children: int
) -> None:
    referrals = CASE_TABLES["referrals"]
    with writing(connect(council_copy)) as connection:
        still = sa.select(referrals.c.referral_id).where(referrals.c.decided_at.is_(None))
        waits = list(connection.execute(still.order_by(referrals.c.received_at)).scalars())
        decided = {"decided_at": referrals.c.received_at, "decided_on": referrals.c.received_on}
        connection.execute(sa.update(referrals).where(referrals.c.referral_id.in_(waits[cases:])).values(**decided))
        if children < cases:
            connection.execute(sa.update(referrals).where(referrals.c.referral_id.in_(waits)).values(child_key="one"))
        raise_data_version(connection)
    monkeypatch.setenv("SAFE_DATABASE_URL", council_copy)
    line = attention_lines([measures.measure_view(now(), "decisions_within_24_hours")])[0]
    who = "1 child has waited" if children == 1 else "2 children have waited"
    assert line.subject == f"{who} over 24 hours for a decision"
    assert line.tells_who_waits
    assert line.view.waiting == cases


@pytest.mark.parametrize(
    "measure", [one for one in MEASURES.values() if one.definition.waiting_words], ids=lambda one: one.id
)
def test_every_measure_whose_cases_wait_names_the_children_and_the_clock(
    council: str, monkeypatch: pytest.MonkeyPatch, measure: Measure
) -> None:
    monkeypatch.setenv("SAFE_DATABASE_URL", council)
    view = measures.measure_view(now(), measure.id)
    for number in (1, 2, 1234):
        waits = replace(view, waiting=number, waiting_children=number, waiting_longest="19 working days")
        line = attention_lines([waits, view])[0]
        named = ("child", "children") if measure.definition.key == Key.CHILD else NOTIFICATIONS
        who = f"1 {named[0]}" if number == 1 else f"{number:,} {named[1]}"
        assert re.match(f"{who}('s)? ", line.subject)
        assert measure.definition.title not in line.subject
        assert line.words == "; the longest has waited 19 working days."
        assert "{" not in line.subject


def test_children_who_wait_come_before_every_percentage(council: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFE_DATABASE_URL", council)
    views = headline_views()
    waits = [
        replace(view, waiting=3, waiting_children=3) if view.definition.waiting_words is not None else view
        for view in views
    ]
    lines = attention_lines(waits)
    first = [line for line in lines if line.tells_who_waits]
    assert len(first) == 2
    assert lines[:2] == first


def test_an_older_week_and_a_team_stay_chosen_in_every_link(open_page: Open) -> None:
    at = open_page(week="2010-02-08", team="AT1")
    assert "Week to Sun 14 Feb 2010, an older week" in text_of(at)
    for link in links_of(at):
        if link.page in {"measure", *STRAND_PAGES}:
            assert link.parameters["team"] == "AT1"
            assert link.parameters["week"] == "2010-02-08"


def test_cases_that_could_not_be_worked_out_stand_at_the_figure_and_lead_to_their_list(open_page: Open) -> None:
    at = open_page(week="2010-03-08")
    left_out = [link for link in links_of(at) if link.label == "1 could not be worked out"]
    assert [link.parameters for link in left_out] == [
        {"measure": "decisions_within_24_hours", "week": "2010-03-08", "show": "not_computable"}
    ]
    assert not [link for link in links_of(open_page()) if "could not be worked out" in link.label]


@pytest.mark.parametrize("page", ["measure", "cases"])
def test_without_a_measure_all_are_named_with_their_latest_figure_and_sentence(open_page: Open, page: str) -> None:
    at = open_page(page)
    said = text_of(at).replace("&#x27;", "'")
    listed = [link.parameters["measure"] for link in links_of(at) if link.parameters.get("measure")]
    about_staff = {name for name, measure in MEASURES.items() if measure.definition.about is not About.CHILDREN}
    assert about_staff > {"sickness_absence", "staff_using_ics"}
    assert listed == [name for name in MEASURES if page == "measure" or name not in about_staff]
    for view in measures.every_measure(now()):
        assert f'<p class="value">{value_of(view.judgement)}</p>' in said
        assert told_of(view) in said
    assert "5 children have waited over 24 hours for a decision" in said
    assert [part for part in STRAND_PAGES.values() if f"</span>{part}</h2>" in said] == list(STRAND_PAGES.values())


def test_the_index_keeps_the_team_and_week(open_page: Open) -> None:
    at = open_page("measure", week="2010-02-08", team="AT1")
    led = [link.parameters for link in links_of(at) if link.parameters.get("measure")]
    assert all((one["team"], one["week"]) == ("AT1", "2010-02-08") for one in led)
    views = measures.every_measure(now(), team="AT1", up_to=date(2010, 2, 14))
    assert all(f'<p class="value">{value_of(view.judgement)}</p>' in text_of(at) for view in views)


def test_an_older_week_shows_no_later_period(council: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFE_DATABASE_URL", council)
    for view in headline_views(up_to=date(2010, 2, 14)):
        assert view.figures["end"].max() <= date(2010, 2, 14)


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"week": "2010-03-23"}, "There is no week “2010\\-03\\-23”"),
        ({"week": "next"}, "There is no week “next”"),
        ({"week": "2031-01-06"}, "There is no week"),
        ({"team": "nobody"}, "There is no team “nobody”"),
        ({"team": "<script>"}, "There is no team “\\<script\\>”"),
    ],
)
def test_an_unknown_week_or_team_is_told_with_a_way_back(
    open_page: Open, parameters: dict[str, str], said: str
) -> None:
    at = open_page(**parameters)
    assert [header.value for header in at.header] == ["Not found"]
    assert said in text_of(at)
    assert any(link.label == "Back to This week" and not link.parameters for link in links_of(at))


def test_nothing_loaded_says_how_to_load(open_page: Open, empty_database: str) -> None:
    at = open_page(database=empty_database)
    assert [header.value for header in at.header] == ["Nothing is loaded yet"]
    assert "safe-dashboard load" in text_of(at)


def test_a_database_that_goes_away_is_told_and_comes_back(open_page: Open, council_copy: str) -> None:
    at = open_page(database=council_copy)
    assert not at.header
    file = Path(council_copy.removeprefix("sqlite:///"))
    away = file.rename(file.with_suffix(".away"))
    at.run()
    assert [header.value for header in at.header] == ["No data to show"]
    assert "There is no SAFE database" in text_of(at).replace("\\", "")
    away.rename(file)
    at.run()
    assert not at.header
    assert "What needs attention" in text_of(at)


def test_a_database_that_is_no_database_is_told(open_page: Open, tmp_path: Path) -> None:
    file = tmp_path / "photo.db"
    file.write_bytes(b"no database at all" * 100)
    at = open_page(database=f"sqlite:///{file}")
    assert [header.value for header in at.header] == ["No data to show"]


def test_figures_made_by_other_definitions_are_not_shown(open_page: Open, council_copy: str) -> None:
    with writing(connect(council_copy)) as connection:
        connection.execute(sa.text("UPDATE facts SET value = 'of another version' WHERE name <> 'data_version'"))
    at = open_page(database=council_copy)
    assert "safe\\-dashboard upgrade" in text_of(at)


def test_a_measure_without_its_extract_says_so_and_the_others_stand(open_page: Open, council_copy: str) -> None:
    with writing(connect(council_copy)) as connection:
        connection.execute(sa.delete(COVERAGE).where(COVERAGE.c.extract == "absences"))
        raise_data_version(connection)
    at = open_page(database=council_copy)
    said = text_of(at)
    assert "No data." in said
    assert "Below average" in said


def test_a_stale_extract_is_named_and_its_measure_shows_an_earlier_period(open_page: Open, council_copy: str) -> None:
    with writing(connect(council_copy)) as connection:
        stale = {"as_at": datetime(2010, 3, 1, 7, 0), "ends": date(2010, 2, 28)}  # noqa: DTZ001 - UTC, as stored
        connection.execute(sa.update(COVERAGE).where(COVERAGE.c.extract == "system_use").values(**stale))
        raise_data_version(connection)
    at = open_page(database=council_copy)
    assert "Data to Mon 29 Mar 2010 07:00, but Staff using ICS only to Mon 1 Mar 2010 07:00" in text_of(at)
    shown = measures.measure_view(now(), "staff_using_ics").headline
    assert shown["end"] == date(2010, 2, 28)


@pytest.mark.parametrize(
    ("spoilt", "told"),
    [
        ({}, "12 of {read} rows refused"),
        ({"system_use": 0.5}, "rows refused, enough to affect Staff using ICS"),
        ({"cafs": 0.02, "absences": 0.02}, "rows refused, enough to affect 4 measures"),
        ({"cafs": 0.009}, "rows refused"),
    ],
)
def test_refused_rows_are_told_with_the_measures_that_they_could_move(
    open_page: Open, council_copy: str, spoilt: dict[str, float], told: str
) -> None:
    table = LOADED_EXTRACTS
    with writing(connect(council_copy)) as connection:
        read = connection.execute(sa.select(sa.func.sum(table.c.rows_read))).scalar_one()
        for extract, share in spoilt.items():
            refused = sa.cast(table.c.rows_read * share, sa.Integer)
            connection.execute(sa.update(table).where(table.c.extract == extract).values(rows_refused=refused))
        raise_data_version(connection)
    line = next(str(one.value) for one in open_page(database=council_copy).get("html") if "freshness" in one.value)
    assert line.endswith(f"{told.format(read=f'{read:,}')}</p>")


def test_no_refused_row_is_told_too(open_page: Open, council_copy: str) -> None:
    with writing(connect(council_copy)) as connection:
        connection.execute(sa.update(LOADED_EXTRACTS).values(rows_refused=0))
        raise_data_version(connection)
    assert "no row refused" in text_of(open_page(database=council_copy))


def test_a_target_that_the_pace_will_reach_asks_for_nobodys_attention(
    council: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAFE_DATABASE_URL", council)
    views = headline_views()
    rising = next(view for view in views if view.definition.id == "staff_using_ics")
    assert rising.judgement.assurance is Assurance.FAIL
    assert rising.judgement.sentence.endswith("at this pace 100% if the rise lasts")
    assert attention_lines([rising]) == []
    slow = replace(rising, judgement=replace(rising.judgement, pace=0.95))
    assert [line.view for line in attention_lines([slow])] == [slow]


def test_only_one_team_is_enough(open_page: Open, council_copy: str) -> None:
    with writing(connect(council_copy)) as connection:
        connection.execute(sa.delete(CASE_TABLES["teams"]).where(CASE_TABLES["teams"].c.team_id != "AT1"))
        raise_data_version(connection)
    at = open_page(database=council_copy, team="AT1")
    assert "Assessment Team 1" in text_of(at)
    assert len([link for link in links_of(at) if link.page == "measure"]) >= len(HEADLINES)


def test_a_week_without_any_case_is_told_and_never_shown_as_nought(open_page: Open, council_copy: str) -> None:
    with writing(connect(council_copy)) as connection:
        latest = MEASURE_PERIOD.c.part >= date(2010, 3, 22)
        of_measure = MEASURE_PERIOD.c.measure == "initial_assessments_within_7_working_days"
        connection.execute(sa.delete(MEASURE_PERIOD).where(latest, of_measure))
        raise_data_version(connection)
    at = open_page(database=council_copy)
    assert "No cases in w/c 22 March" in text_of(at)


def test_a_new_load_is_read_although_the_older_figures_were_cached(
    council_copy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAFE_DATABASE_URL", council_copy)
    name = "cafs_started"
    before = measures.measure_view(now(), name).headline["value"]
    with writing(connect(council_copy)) as connection:
        latest = sa.and_(MEASURE_PERIOD.c.part == date(2010, 3, 22), MEASURE_PERIOD.c.measure == name)
        connection.execute(sa.update(MEASURE_PERIOD).where(latest).values(numerator=MEASURE_PERIOD.c.numerator + 1))
        raise_data_version(connection)
    assert measures.measure_view(now(), name).headline["value"] == before + 1


def test_scopes_never_share_what_is_cached(council: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFE_DATABASE_URL", council)
    whole = measures.measure_view(now(), "decisions_within_24_hours")
    from data_access.scope import Scope

    own = measures.measure_view(now(reader_of(Scope.of_team("AT1"))), "decisions_within_24_hours")
    assert own.waiting < whole.waiting
    assert own.figures.equals(whole.figures)
    boards = measures.measure_view(now(reader_of(Scope.figures_only())), "decisions_within_24_hours")
    assert (boards.waiting, boards.waiting_children, boards.waiting_longest) == (0, 0, "")
