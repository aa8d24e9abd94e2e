"""Loads and quality: what came, what was refused and restated, which rules are broken, for whom."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.cache import loads, measures
from dashboard.components.layout.downloads import table_csv
from dashboard.components.loads.latest_loads import REFUSED_HEADINGS
from dashboard.readings.loads import refused_rows
from dashboard.readings.quality import to_correct
from dashboard.uploading.extract_templates import all_templates, template
from data_access.actor import Actor
from data_access.database.opening import connect
from data_access.extracts import EXTRACTS
from data_access.loading import Confirmed, Doubtful, load_extracts
from data_access.loading.delivery.manifest import Terms
from data_access.queries.quality import TO_CORRECT
from data_access.scope import Scope
from tests.council import LOADER, ROOT
from tests.pages.reading_pages import links_of, text_of
from tests.reader import now, reader_of

Open = Callable[..., AppTest]

PAGE = "loads_and_quality"
DECISIONS = "decisions_within_24_hours"
TEAMS = "team_id,name,service\nA,Team A,Service\n"
MANIFEST = "extract,extracted_at,covers_from,covers_to,complete\n"
ANNEX_A = ROOT / "tests" / "loading" / "annex_a" / "files" / "child-event-journeys.xlsx"


TOLD_BY_ANNEX_A = {"assessments_within_45_working_days", "contacts_becoming_referrals"}
"""Each is a true 0% here: no contact of this file led to a referral within a week, no last assessment was in time."""


def load(url: str, folder: Path, **files: str) -> None:
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    engine = connect(url)
    load_extracts(engine, LOADER, [folder])
    engine.dispose()


@pytest.fixture
def restated(council_copy: str, tmp_path: Path) -> str:
    """Give a database of which the second load corrects a late decision and refuses one row."""
    folder = tmp_path / "later"
    folder.mkdir()
    with (ROOT / "sample_data" / "council" / "referrals.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["received_at"].startswith("2010-02-1")]
    late = [row for row in rows if row["decided_at"][:10] > row["received_at"][:10]]
    for row in late:
        row["decided_at"] = row["received_at"]
    late.append({**late[0], "referral_id": "=R-BAD", "decision": "nonsense"})
    with (folder / "referrals.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(late[0]))
        writer.writeheader()
        writer.writerows(late)
    (folder / "manifest.csv").write_text(f"{MANIFEST}referrals,2010-03-30 07:00,2010-02-01,2010-03-28,no\n")
    engine = connect(council_copy)
    load_extracts(engine, Actor.of_this_machine("performance team"), [folder])
    engine.dispose()
    return council_copy


def test_an_empty_database_offers_to_load_and_nothing_else(open_page: Open, empty_database: str) -> None:
    at = open_page(PAGE, database=empty_database)
    said = text_of(at)
    assert "Nothing is loaded yet" in said
    assert "Load files" in said
    assert "What came" not in said
    assert "loads_and_quality" in {
        link.page for link in links_of(open_page(database=empty_database)) if "browser" in link.label
    }
    assert "Quality" not in said.replace("Loads and quality", "")


def test_the_page_tells_what_came_and_what_was_refused(open_page: Open) -> None:
    said = text_of(open_page(PAGE))
    assert "12 of 72,426 rows refused" in said
    assert "72,426 rows read" in said
    assert "NFA2" in said
    assert re.search(r"\d+ rules kept, \d+ broken", said)
    assert "the first 20 of" in said


def test_a_load_without_refusals_shows_none(open_page: Open, tmp_path: Path, empty_database: str) -> None:
    manifest = f"{MANIFEST}teams,2010-03-29 07:00,2010-03-01,2010-03-28,yes\n"
    load(empty_database, tmp_path / "x", teams=TEAMS, manifest=manifest)
    said = text_of(open_page(PAGE, database=empty_database))
    assert "no refused" in said
    assert "Refused rows" not in said
    assert "0 broken" in said


def test_a_load_tells_who_confirmed_what(open_page: Open, tmp_path: Path, empty_database: str) -> None:
    folder = tmp_path / "much refused"
    folder.mkdir()
    (folder / "teams.csv").write_text(f"{TEAMS}B,Team B,Service\n,Team C,Service\n,Team D,Service\n,Team E,Service\n")
    (folder / "manifest.csv").write_text(f"{MANIFEST}teams,2010-03-29 07:00,2010-03-01,2010-03-28,yes\n")
    engine = connect(empty_database)
    confirmed = Confirmed(frozenset({Doubtful.REFUSED_ROWS}))
    load_extracts(engine, Actor.of_this_machine("performance team"), [folder], confirmed=confirmed)
    engine.dispose()
    assert "performance team confirmed refused rows of Teams." in text_of(open_page(PAGE, database=empty_database))


@pytest.mark.parametrize(
    ("parameter", "value", "message"),
    [
        ("load", "99", "There is no load"),
        ("load", "-1", "There is no load"),
        ("load", "one", "There is no load"),
        ("rule", "nonsense", "There is no rule"),
        ("measure", "nonsense", "There is no measure"),
        ("team", "nonsense", "There is no team"),
        ("part", "nonsense", "There is no part"),
    ],
)
def test_what_there_is_not_is_told(open_page: Open, parameter: str, value: str, message: str) -> None:
    at = open_page(PAGE, **{parameter: value})
    assert [header.value for header in at.header] == ["Not found"]
    assert message in text_of(at)


def test_a_load_is_chosen_by_the_address(open_page: Open, restated: str) -> None:
    latest = text_of(open_page(PAGE, database=restated))
    assert "performance team" in latest
    assert "Load 2: " in latest
    assert "nonsense" in latest
    assert "Settled figures that it changed" in latest
    first = text_of(open_page(PAGE, database=restated, load="1"))
    assert "Load 1: " in first
    assert "Settled figures that it changed" not in first


def test_a_restated_week_is_told_whole_on_its_measure(open_page: Open, restated: str) -> None:
    at = open_page("measure", database=restated, measure=DECISIONS)
    found = loads.restated(now(), DECISIONS, team=None)
    view = measures.measure_view(now(), DECISIONS)
    assert found
    for one in found:
        row = view.figures.filter(view.figures["start"] == one.start).row(0, named=True)
        assert one.after == (row["numerator"], row["denominator"])
        assert one.before[0] < one.after[0]
    assert "Settled figures last restated" in text_of(at)
    [link] = [link for link in links_of(at) if link.label == "See load 2"]
    assert (link.page, link.parameters) == (PAGE, {"load": "2", "part": "came"})


def test_a_measure_never_restated_tells_no_restatement(open_page: Open) -> None:
    at = open_page("measure", measure=DECISIONS)
    assert "restated" not in text_of(at)
    [link] = [link for link in links_of(at) if link.label.startswith("Data quality")]
    assert link.parameters == {"measure": DECISIONS, "part": "quality"}


def test_rules_are_narrowed_to_a_measure_and_lead_to_their_rows(open_page: Open) -> None:
    at = open_page(PAGE, measure="sickness_absence", part="quality")
    said = text_of(at)
    assert said.index("Quality") < said.index("Load files")
    rules = [link for link in links_of(at) if "rule" in link.parameters]
    expected = loads.quality(now(), team=None).threatening("sickness_absence")
    assert [link.label for link in rules] == [rule.title for rule in expected]
    chosen = open_page(PAGE, rule="referrals_decided_by_nobody", team="AT1")
    assert "Rows to correct of Assessment Team 1: Referrals decided by nobody" in text_of(chosen)


def test_a_rule_whose_rows_are_never_listed_says_so(open_page: Open) -> None:
    said = text_of(open_page(PAGE, rule="absences_staff_id_leads_nowhere"))
    assert "never listed person by person" in said


def test_the_most_threatening_rule_comes_first(council: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFE_DATABASE_URL", council)
    broken = loads.quality(now(), team=None).broken
    weights = [rule.broken / rule.rows * len(rule.threatens) for rule in broken]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] > 0


def of_a_team() -> None:
    from dashboard.components.loads.latest_loads import draw_what_came
    from dashboard.components.loads.quality import draw_quality
    from data_access.scope import Scope
    from tests.reader import now, reader_of

    run = now(reader_of(Scope.of_team("AT2")))
    draw_what_came(run)
    draw_quality(run, "AT2")


def of_no_team() -> None:
    from dashboard.components.loads.latest_loads import draw_what_came
    from dashboard.components.loads.quality import draw_quality
    from data_access.scope import Scope
    from tests.reader import now, reader_of

    run = now(reader_of(Scope.figures_only()))
    draw_what_came(run)
    draw_quality(run, None)


def of_the_board() -> None:
    from dashboard.components.loads.latest_loads import draw_what_came
    from dashboard.components.loads.quality import draw_quality
    from data_access.actor import Role
    from data_access.scope import Scope
    from tests.reader import now, reader_of

    run = now(reader_of(Scope.everything(), Role.BOARD_MEMBER))
    draw_what_came(run)
    draw_quality(run, None)


def test_a_team_manager_sees_rows_of_the_own_team_alone(council: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFE_DATABASE_URL", council)
    at = AppTest.from_function(of_a_team, default_timeout=60).run()
    assert not at.exception
    said = text_of(at)
    assert "of your teams" in said
    with now(reader_of(Scope.of_team("AT2"))).reading() as reading:
        listed = to_correct(reading, ["referrals_source_missing"], team=None)
    assert {row["team"] for row in listed} == {"AT2"}
    table = said[said.index("Rows to correct of") :]
    assert "Assessment Team 2" in table
    assert "Assessment Team 1" not in table


@pytest.mark.parametrize("script", [of_no_team, of_the_board])
def test_a_reader_of_figures_alone_sees_no_row(
    council: str, monkeypatch: pytest.MonkeyPatch, script: Callable[[], None]
) -> None:
    monkeypatch.setenv("SAFE_DATABASE_URL", council)
    at = AppTest.from_function(script, default_timeout=60).run()
    assert not at.exception
    said = text_of(at)
    assert "12 rows refused; you may not list rows." in said
    assert "Rows to correct" not in said
    assert "NFA2" not in said


def test_downloads_hold_every_row_and_no_formula(restated: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFE_DATABASE_URL", restated)
    with now().reading() as reading:
        refused = refused_rows(reading, 2).rename(REFUSED_HEADINGS | {"extract": "Extract"})
        rows = to_correct(reading, ["referrals_source_missing"], team=None)
    written = table_csv(refused.columns, refused.to_dicts()).decode("utf-8-sig")
    [row] = list(csv.DictReader(io.StringIO(written)))
    assert row["Reference"] == "'=R-BAD"
    found = list(csv.DictReader(io.StringIO(table_csv(list(TO_CORRECT), rows).decode("utf-8-sig"))))
    assert len(found) == len(rows) > 20
    assert not [cell for one in found for cell in one.values() if cell.startswith(("=", "+", "-", "@"))]


def test_what_a_format_cannot_tell_is_said_and_never_a_figure(open_page: Open, empty_database: str) -> None:
    engine = connect(empty_database)
    terms = Terms(datetime(2020, 6, 30), date(2019, 1, 1), date(2020, 6, 29), complete=True)  # noqa: DTZ001
    load_extracts(engine, LOADER, [ANNEX_A], terms=terms)
    engine.dispose()
    lacking = "ot computable from Annex A: it does not tell"
    for page, parameters in (("this_week", {}), ("accountability", {}), ("measure", {"measure": DECISIONS})):
        said = text_of(open_page(page, database=empty_database, **parameters))
        assert lacking in said
        rows = re.findall(r'class="row row_(\w+)[^"]*".*?<b>Latest: </b>([^<]*)<', said, re.S)
        assert {latest for name, latest in rows if name not in TOLD_BY_ANNEX_A} <= {"–", "0"}
    attention = text_of(open_page(database=empty_database)).partition("board-head")[0]
    assert lacking not in attention


def test_every_template_has_the_headings_that_the_loader_knows() -> None:
    with zipfile.ZipFile(io.BytesIO(all_templates())) as archive:
        assert {f"{one.name}.csv" for one in EXTRACTS} | {"manifest.csv", "what_to_hand_over.md"} == set(
            archive.namelist()
        )
        for extract in EXTRACTS:
            headings = archive.read(f"{extract.name}.csv").decode("utf-8-sig").strip().split(",")
            assert headings == [column.name for column in extract.columns]
    manifest = list(csv.DictReader(io.StringIO(template("manifest").decode("utf-8-sig"))))
    assert [row["extract"] for row in manifest] == [extract.name for extract in EXTRACTS]


def test_a_restated_month_is_told_whole_though_one_week_of_it_changed(
    council_copy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (ROOT / "sample_data" / "council" / "absences.csv").open(encoding="utf-8", newline="") as file:
        sick = [row for row in csv.DictReader(file) if row["kind"] == "sickness"]
    rows = [row for row in sick if "2010-01-04" <= row["from"] <= row["to"] <= "2010-01-10"]
    row = {**rows[0], "kind": "leave"}
    text = f"{','.join(row)}\n{','.join(row.values())}\n"
    covered = "absences,2010-03-30 07:00,2010-01-04,2010-01-10,no"
    folder = tmp_path / "later"
    load(council_copy, folder, absences=text, manifest=f"{MANIFEST}{covered}\n")
    monkeypatch.setenv("SAFE_DATABASE_URL", council_copy)
    [one] = loads.restated(now(), "sickness_absence", team=None)
    figures = measures.measure_view(now(), "sickness_absence").figures
    month = figures.filter(figures["start"] == one.start).row(0, named=True)
    assert one.start == date(2010, 1, 1)
    assert one.after == pytest.approx((month["numerator"], month["denominator"]))
    assert one.before[0] > one.after[0] > 100
    assert one.before[1] == pytest.approx(one.after[1])


def to_confirm() -> None:
    import streamlit as st

    from dashboard.components.loads.confirm import draw_confirmations
    from data_access.loading import Confirmation, Doubtful

    asked = (
        Confirmation(Doubtful.WITHDRAWALS, "referrals", 4, 10, "It would <withdraw> much.", "a"),
        Confirmation(Doubtful.REFUSED_ROWS, "cafs", 3, 9, "Many can't be used.", "b"),
    )
    st.button("Load", disabled=not draw_confirmations(asked))


def test_files_can_be_loaded_when_every_box_is_ticked() -> None:
    at = AppTest.from_function(to_confirm, default_timeout=60).run()
    assert "It would &lt;withdraw&gt; much." in text_of(at)
    first, second = at.checkbox
    assert "Withdraw 4 of the 10 rows of Referrals" in first.label
    assert "without 3 of its 9 rows" in second.label
    assert at.button[0].disabled
    first.check().run()
    assert at.button[0].disabled
    at.checkbox[1].check().run()
    assert not at.button[0].disabled
