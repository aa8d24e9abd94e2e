"""Events, published figures, the words for codes, and the path of a case, on every engine."""

# ruff: noqa: DTZ001 - times without a zone, as frames and the database keep them

from datetime import date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from data_access.database.opening import reading, writing
from data_access.database.schema.case_tables import CASE_TABLES
from data_access.decisions.reads.events import events
from data_access.problems import QueryProblem
from data_access.queries.code_words import code_words
from data_access.queries.comparators import NeighbourSet, comparators, neighbours
from data_access.queries.path_of_case import paths
from data_access.scope import Scope

EVERYTHING = Scope.everything()
DECISIONS = "decisions_within_24_hours"
STAMP = {"extracted_at": datetime(2010, 3, 29, 6, 0), "load_id": 1}


def put(engine: sa.Engine, table: str, *rows: dict[str, Any]) -> None:
    with writing(engine) as connection:
        connection.execute(sa.insert(CASE_TABLES[table]), [row | STAMP for row in rows])


def referral(reference: str, at: datetime, *, team: str = "T1", **more: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "referral_id": reference, "child_id": "C1", "child_key": "C1", "contact_id": None, "received_at": at,
        "received_on": at.date(), "received_timed": True, "decided_at": None, "decided_on": None,
        "decided_timed": None, "decision": None, "team_id": team,
    }  # fmt: skip
    return row | more


def assessment(reference: str, started: date, *, names: str | None = None, **more: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "assessment_id": reference, "child_id": "C1", "child_key": "C1", "referral_id": names, "kind": "initial",
        "started_on": started, "completed_on": None, "terminated_on": None, "team_id": "T1",
    }  # fmt: skip
    return row | more


def steps(engine: sa.Engine, measure: str, case: str, scope: Scope = EVERYTHING) -> list[tuple[Any, ...]]:
    with reading(engine) as connection:
        return paths(scope, connection, measure, [case]).select("step", "at", "reference", "code").rows()


def test_events_of_all_and_of_the_measure_up_to_a_day(database: sa.Engine) -> None:
    happened = [("E1", 3, None), ("E2", 1, DECISIONS), ("E3", 2, "cafs_started"), ("E4", 9, None)]
    put(
        database,
        "events",
        *(
            {"event_id": name, "happened_on": date(2010, 1, day), "label": name, "measure": measure, "author": "Team"}
            for name, day, measure in happened
        ),
    )
    with reading(database) as connection:
        assert events(EVERYTHING, connection, DECISIONS)["label"].to_list() == ["E2", "E1", "E4"]
        assert events(EVERYTHING, connection, DECISIONS, up_to=date(2010, 1, 8))["label"].to_list() == ["E2", "E1"]
        with pytest.raises(QueryProblem):
            events(EVERYTHING, connection, "nonsense")


def test_the_latest_published_figure_of_each_area_that_was_known_by_then(database: sa.Engine) -> None:
    figures = [("England", 2007, 0.24), ("England", 2008, 0.23), ("England", 2024, 0.22), ("London", 2008, 0.17)]
    put(
        database,
        "comparators",
        *(
            {
                "comparator_id": f"{area}{year}",
                "measure": "re_referrals_within_12_months",
                "area": area,
                "from_date": date(year, 4, 1),
                "to_date": date(year + 1, 3, 31),
                "value": value,
                "source": "a release",
            }
            for area, year, value in figures
        ),
    )
    with reading(database) as connection:
        found = comparators(EVERYTHING, connection, "re_referrals_within_12_months", up_to=date(2010, 3, 28))
        assert found.select("area", "value").rows() == [("England", 0.23), ("London", 0.17)]
        assert comparators(EVERYTHING, connection, DECISIONS).is_empty()


def test_the_neighbours_are_those_of_the_set_in_use_on_the_day(database: sa.Engine) -> None:
    sets = (("May 2025", date(2025, 5, 1), "Luton"), ("April 2021", date(2021, 4, 1), "Slough Luton"))
    put(
        database,
        "neighbour_sets",
        *(
            {"neighbour_set": name, "council": council, "from_date": first, "source": "DfE"}
            for name, first, councils in sets
            for council in councils.split()
        ),
    )
    with reading(database) as connection:
        assert neighbours(EVERYTHING, connection, up_to=date(2010, 3, 28)) is None
        before = neighbours(EVERYTHING, connection, up_to=date(2025, 4, 30))
        assert before == NeighbourSet("April 2021", date(2021, 4, 1), ("Luton", "Slough"), "DfE")
        assert neighbours(EVERYTHING, connection) == NeighbourSet("May 2025", date(2025, 5, 1), ("Luton",), "DfE")


def test_the_words_for_codes_come_from_the_list_of_the_column_shown(database: sa.Engine) -> None:
    with reading(database) as connection:
        words = code_words(EVERYTHING, connection, "re_referrals_within_12_months")
    assert words["earlier_decision"]["no_further_action"] == "No further action"
    assert words["source"]["self"] == "Self or family"
    assert "earlier_referral_id" not in words


def test_a_path_from_contact_to_assessment_in_london_time(database: sa.Engine) -> None:
    decided = {"decided_at": datetime(2010, 4, 2, 9), "decided_on": date(2010, 4, 2), "decided_timed": True}
    put(
        database,
        "referrals",
        referral("R1", datetime(2010, 4, 1, 8, 30), contact_id="K1", decision="advice", **decided),
    )
    contact = {"contact_id": "K1", "child_id": "C1", "child_key": "C1", "received_at": datetime(2010, 3, 27, 10)}
    put(database, "contacts", contact | {"received_on": date(2010, 3, 27), "received_timed": True})
    put(database, "assessments", assessment("A1", date(2010, 4, 5), names="R1", completed_on=date(2010, 4, 9)))
    assert steps(database, DECISIONS, "R1") == [
        ("contact", datetime(2010, 3, 27, 10), "K1", None),
        ("referral", datetime(2010, 4, 1, 9, 30), "R1", None),
        ("decision", datetime(2010, 4, 2, 10), "R1", "advice"),
        ("assessment", datetime(2010, 4, 5), "A1", "initial"),
        ("completed", datetime(2010, 4, 9), "A1", "initial"),
    ]
    from_its_end = steps(database, "initial_assessments_within_7_working_days", "A1")
    assert [step for step, *_ in from_its_end] == ["contact", "referral", "decision", "assessment", "completed"]


def test_an_assessment_that_names_no_referral_belongs_to_the_latest_before_it(database: sa.Engine) -> None:
    earlier, later = referral("R1", datetime(2010, 1, 4, 9)), referral("R2", datetime(2010, 2, 1, 9))
    put(database, "referrals", earlier, later)
    put(database, "assessments", assessment("A1", date(2010, 2, 3)), assessment("A0", date(2010, 2, 2)))
    with writing(database) as connection:
        table = CASE_TABLES["assessments"]
        connection.execute(
            sa.update(table).where(table.c.assessment_id == "A0").values(terminated_on=date(2010, 2, 2))
        )
    assert [step for step, *_ in steps(database, DECISIONS, "R1")] == ["referral"]
    assert [reference for _, _, reference, _ in steps(database, DECISIONS, "R2")] == ["R2", "A1"]


def test_a_case_of_another_team_has_no_path_and_an_earlier_referral_there_only_dates(database: sa.Engine) -> None:
    decided = {"decided_at": datetime(2010, 1, 5, 9), "decided_on": date(2010, 1, 5), "decided_timed": True}
    put(database, "referrals", referral("R1", datetime(2010, 1, 4, 9), team="T2", decision="advice", **decided))
    put(database, "assessments", assessment("A1", date(2010, 1, 6), names="R1"))
    own = Scope.of_team("T1")
    assert steps(database, DECISIONS, "R1", own) == []
    told = steps(database, "initial_assessments_within_7_working_days", "A1", own)
    assert ("decision", datetime(2010, 1, 5, 9), "R1", None) in told
    assert steps(database, "initial_assessments_within_7_working_days", "A1", Scope.figures_only()) == []


def test_what_has_no_path_has_none(database: sa.Engine) -> None:
    assert steps(database, DECISIONS, "R9") == []
    assert steps(database, "staff_using_ics", "S1|2010-03-22") == []
