"""The record of loads: archived rows from which all can be made again, previews, restatements, one source a date."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pytest
import sqlalchemy as sa

from data_access.actor import Actor, NotAllowedProblem, Role
from data_access.database.opening import reading
from data_access.database.schema.loads import ARCHIVED_ROWS
from data_access.database.schema.metadata import EVERY_TEAM
from data_access.loading import LoadReport, load_extracts
from data_access.loading.record.rebuilding import rebuild
from data_access.problems import DatabaseProblem, ExtractProblem, QueryProblem
from data_access.queries import loads as read
from data_access.scope import Scope
from tests.council import LOADER
from tests.loading.handing_over import CONFIRMED, Council, everything, terms, write

POSTGRESQL_IN_SOAK = True

TEAMS = """
team_id,name,service,kind
AT1,Assessment 1,Assessment,assessment
AT2,Assessment 2,Assessment,assessment
"""
REFERRALS = """
referral_id,child_id,received_at,decided_at,decision,decided_by_role,team_id
R1,C1,2010-03-01 10:00,2010-03-01 12:00,no_further_action,team_manager,AT1
R2,C2,2010-03-02 10:00,2010-03-05 12:00,no_further_action,team_manager,AT1
R3,C3,2010-03-09 10:00,2010-03-09 12:00,no_further_action,team_manager,AT2
R4,C4,never,,,,AT2
"""
CORRECTED = """
referral_id,child_id,received_at,decided_at,decision,decided_by_role,team_id
R1,C1,2010-03-01 10:00,2010-03-01 12:00,no_further_action,team_manager,AT1
R2,C2,2010-03-02 10:00,2010-03-02 12:00,no_further_action,team_manager,AT1
R5,C5,2010-03-29 10:00,2010-03-29 12:00,no_further_action,team_manager,AT2
"""
DECISIONS = "decisions_within_24_hours"


def without_the_version(tables: Mapping[str, object]) -> dict[str, object]:
    """Return all tables but the facts, in which the data version stands, and the audit trail."""
    return {name: rows for name, rows in tables.items() if name not in ("facts", "audit_events")}


def two_weeks(council: Council) -> LoadReport:
    """Hand over four weeks of referrals, then a week later all of them again with a correction."""
    council.hand_over(terms("2010-03-29 07:00", complete=True), teams=TEAMS, referrals=REFERRALS)
    return council.hand_over(terms("2010-04-05 07:00", covers_to="2010-04-04", complete=True), referrals=CORRECTED)


def test_a_rebuild_makes_the_same_tables(council: Council) -> None:
    two_weeks(council)
    council.hand_over(
        terms("2010-04-06 07:00"), child_merges="child_id,merged_into,on\nC3,C1,2010-04-01\nC1,C9,2010-04-02"
    )
    council.hand_over(terms("2010-04-07 07:00", complete=True), codes="list,code,label\nsource,gp,GP")
    council.hand_over(terms("2010-04-08 07:00", complete=True), codes="list,code,label\nsource,vet,Vet")
    before = everything(council.engine)
    assert rebuild(council.engine, LOADER) == 5
    assert without_the_version(everything(council.engine)) == without_the_version(before)


def test_a_rebuild_mends_case_tables_that_were_tampered_with(council: Council) -> None:
    two_weeks(council)
    before = everything(council.engine)
    with council.engine.begin() as connection:
        connection.execute(sa.text("UPDATE referrals SET child_id = 'X', child_key = 'X'"))
        connection.execute(sa.text("DELETE FROM withdrawn_rows"))
    rebuild(council.engine, LOADER)
    assert without_the_version(everything(council.engine)) == without_the_version(before)


def test_a_rebuild_without_a_load_in_the_record_changes_nothing(council: Council) -> None:
    two_weeks(council)
    with council.engine.begin() as connection:
        connection.execute(sa.delete(ARCHIVED_ROWS).where(ARCHIVED_ROWS.c.load_id == 2))
    before = everything(council.engine)
    with pytest.raises(DatabaseProblem, match="no rows of referrals from load 2"):
        rebuild(council.engine, LOADER)
    assert everything(council.engine) == before


def test_only_known_columns_of_good_rows_are_archived(council: Council) -> None:
    council.hand_over(
        referrals="""
        referral_id,child_id,received_at,team_id,childs_name,notes
        R1,C1,2010-03-01,AT1,Canary Bird,the parrot said
        R2,C2,never,AT1,Canary Bird,the parrot said
        """
    )
    with council.engine.connect() as connection:
        content = b"".join(connection.execute(sa.select(ARCHIVED_ROWS.c.content)).scalars())
    assert b"PAR1" in content
    assert b"Canary" not in content
    assert b"parrot" not in content
    assert b"childs_name" not in content


def test_a_preview_tells_what_the_load_then_does_and_changes_nothing(council: Council) -> None:
    council.hand_over(terms("2010-03-29 07:00", complete=True), teams=TEAMS, referrals=REFERRALS)
    before = everything(council.engine)
    folder = write(council.folder / "next", {"referrals": CORRECTED})
    held = terms("2010-04-05 07:00", covers_to="2010-04-04", complete=True)
    preview = load_extracts(council.engine, LOADER, [folder], terms=held, dry_run=True)
    assert everything(council.engine) == before
    done = load_extracts(council.engine, LOADER, [folder], terms=held)
    assert (preview.loaded, preview.moves, preview.refused) == (done.loaded, done.moves, done.refused)
    assert [(one.new, one.changed, one.withdrawn) for one in done.loaded] == [(1, 1, 1)]


def test_a_preview_counts_what_would_be_refused_by_reason(council: Council) -> None:
    folder = write(council.folder / "x", {"referrals": REFERRALS + "R6,C6,not now,,,,AT1\nR7,,2010-03-01,,,,AT1\n"})
    report = load_extracts(council.engine, LOADER, [folder], terms=terms(), dry_run=True)
    [loaded] = report.loaded
    assert [number for _, number in loaded.because] == [2, 1]
    assert loaded.because[0][0].startswith("received_at: is no date and time")
    assert loaded.because[1][0] == "child_id: is empty, but every row needs it"
    assert len(report.refused) == 3
    assert council.table("loads") == []


def test_the_report_tells_how_the_latest_figure_moves(council: Council) -> None:
    report = two_weeks(council)
    [move] = [move for move in report.moves if move.measure == DECISIONS]
    assert (move.before, move.after) == (1.0, 1.0)
    assert (str(move.start_before), str(move.start_after)) == ("2010-03-08", "2010-03-29")


def test_a_correction_of_a_settled_week_is_a_restatement_by_whole_and_team(council: Council) -> None:
    """R2 was late and is corrected, R3 is no longer listed; R5's week was not yet covered and restates nothing."""
    report = two_weeks(council)
    [move] = [move for move in report.moves if move.measure == DECISIONS]
    assert move.restated == 2
    found = {
        (row["team_id"], str(row["part"])): tuple(
            row[f"{name}_{when}"] for when in ("before", "after") for name in ("numerator", "denominator")
        )
        for row in council.table("restatements")
        if row["measure"] == DECISIONS
    }
    assert found == {
        ("AT1", "2010-03-01"): (1, 2, 2, 2),
        (EVERY_TEAM, "2010-03-01"): (1, 2, 2, 2),
        ("AT2", "2010-03-08"): (1, 1, 0, 0),
        (EVERY_TEAM, "2010-03-08"): (1, 1, 0, 0),
    }


def test_falling_due_is_no_restatement(council: Council) -> None:
    council.hand_over(
        terms("2010-03-29 07:00", complete=True),
        teams=TEAMS,
        referrals="""
        referral_id,child_id,received_at,decided_at,decision,decided_by_role,team_id
        R1,C1,2010-03-01 10:00,2010-03-01 12:00,no_further_action,team_manager,AT1
        R2,C2,2010-03-28 10:00,,,,AT1
        """,
    )
    council.hand_over(
        terms("2010-04-05 07:00", covers_to="2010-04-04", complete=True),
        referrals="""
        referral_id,child_id,received_at,decided_at,decision,decided_by_role,team_id
        R1,C1,2010-03-01 10:00,2010-03-01 12:00,no_further_action,team_manager,AT1
        R2,C2,2010-03-28 10:00,2010-04-01 10:00,no_further_action,team_manager,AT1
        """,
    )
    assert [row for row in council.table("restatements") if row["measure"] == DECISIONS] == []


def test_who_loaded_and_the_raw_file_s_hash_are_kept(council: Council) -> None:
    folder = write(council.folder / "x", {"teams": TEAMS})
    load_extracts(council.engine, Actor.of_this_machine("performance team"), [folder], terms=terms())
    [load], [extract] = council.table("loads"), council.table("loaded_extracts")
    assert load["loaded_by"] == "performance team"
    assert extract["format"] == "native"
    assert extract["raw_hash"] == _sha256(folder / "teams.csv")


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_refused_file_is_kept_in_mind_with_who_and_why(council: Council) -> None:
    file = council.folder / "referrals.csv"
    file.write_text("referral_id,child_id\nR1,C1\n", encoding="utf-8")
    with pytest.raises(ExtractProblem) as refused:
        load_extracts(council.engine, Actor.of_this_machine("performance team"), [file], terms=terms())
    with pytest.raises(ExtractProblem):
        load_extracts(council.engine, LOADER, [file], terms=terms(), dry_run=True)
    [kept] = council.table("refused_files")
    assert (kept["number"], kept["refused_for"], kept["files"]) == (1, "performance team", "referrals.csv")
    assert kept["reason"] == str(refused.value)


def test_of_the_refused_rows_a_reader_sees_those_of_the_own_team(
    council: Council,
) -> None:
    council.hand_over(
        confirmed=CONFIRMED,
        teams=TEAMS,
        referrals="""
        referral_id,child_id,received_at,team_id
        R1,C1,never,AT1
        R2,C2,never,AT2
        R3,C3,2010-03-01,AT2
        """,
        absences="absence_id,staff_id,from,kind\nX1,S1,never,sickness\nX2,S1,2010-03-01,sickness",
    )
    everyone, own = Scope.everything(), Scope.of_team("AT1")
    with reading(council.engine) as connection:
        [load] = read.loads(everyone, connection).to_dicts()
        came = read.extracts_of(own, connection, 1)
        every = read.refused_rows(everyone, connection, 1)
        mine = read.refused_rows(own, connection, 1)
        with pytest.raises(QueryProblem, match="may not list the cases"):
            read.refused_rows(Scope.figures_only(), connection, 1)
    assert (load["load_id"], load["extracts"], load["read"], load["new"], load["refused"]) == (1, 3, 7, 4, 3)
    assert came.get_column("extract").to_list() == ["absences", "referrals", "teams"]
    assert every.get_column("key").to_list() == ["X1", "R1", "R2"]
    assert mine.get_column("key").to_list() == ["R1"]


def test_restatements_are_read_by_measure_and_team(council: Council) -> None:
    two_weeks(council)
    with reading(council.engine) as connection:
        whole = read.restatements(Scope.everything(), connection, measure=DECISIONS)
        team = read.restatements(Scope.of_team("AT1"), connection, measure=DECISIONS, team="AT1")
        with pytest.raises(QueryProblem, match="AT2"):
            read.restatements(Scope.of_team("AT1"), connection, team="AT2")
    assert whole.height == 2
    assert [str(part) for part in team.get_column("part")] == ["2010-03-01"]


def test_nobody_loads_or_rebuilds_who_may_not(council: Council, tmp_path: Path) -> None:
    director = Actor("the director", frozenset({Role.DIRECTOR}), Scope.everything())
    (tmp_path / "teams.csv").write_text("team_id,name,service\nAT1,Team,Assessment\n", encoding="utf-8")
    before = everything(council.engine)
    with pytest.raises(NotAllowedProblem, match="You may not load files"):
        load_extracts(council.engine, director, [tmp_path / "teams.csv"], terms=terms())
    with pytest.raises(NotAllowedProblem, match="You may not load files"):
        rebuild(council.engine, director)
    assert everything(council.engine) == before
