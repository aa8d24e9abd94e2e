"""The audit trail tells what happened, in a chain that shows every change made to it afterwards."""

import datetime as dt
import hashlib
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from data_access import audit
from data_access.account import this_account
from data_access.actor import Actor, NotAllowedProblem, Role
from data_access.audit import Verified
from data_access.audit.chain import GENESIS
from data_access.database.opening import connect, reading, writing
from data_access.decisions import decide
from data_access.decisions.verifying import differences
from data_access.loading import load_extracts, tick
from data_access.loading.record.rebuilding import rebuild
from data_access.problems import ExtractProblem
from data_access.scope import Scope
from tests.council import LOADER
from tests.data_access.decisions.people import ANNA, decision
from tests.loading.handing_over import Council, moment, terms, write

POSTGRESQL_IN_SOAK = True

VERIFIER = Actor("Vera", frozenset({Role.SENIOR_MANAGER}), Scope.everything())
TEAMS = "team_id,name,service\nT1,One,Assessment\n"
REFERRALS = "referral_id,child_id,received_at,team_id\nR1,C1,2010-03-28 12:00,T1\n"
TRIGGERS = {
    "sqlite": [
        f"DROP TRIGGER {table}_no_{change}"
        for table in ("decisions", "audit_events")
        for change in ("update", "delete", "replacement")
    ],
    "postgresql": [f"DROP TRIGGER {table}_append_only ON {table}" for table in ("decisions", "audit_events")],
}
Tamper = Callable[[sa.Connection], object]


@pytest.fixture
def council(database: sa.Engine, tmp_path: Path) -> Council:
    return Council(database, tmp_path)


def verified(engine: sa.Engine, expect: str | None = None) -> Verified:
    with reading(engine) as connection:
        return audit.verify(VERIFIER, connection, expect=expect)


def told(engine: sa.Engine) -> list[tuple[str, str, str]]:
    with reading(engine) as connection:
        return [(event.who, event.action, event.subject) for event in audit.events(connection)]


def details(engine: sa.Engine) -> list[dict[str, Any]]:
    with reading(engine) as connection:
        return [json.loads(event.detail) for event in audit.events(connection)]


def four_events(engine: sa.Engine) -> None:
    """Write three decisions after the event that a new database begins with."""
    for label in ("first", "second", "third"):
        decide(ANNA, engine, decision("event", label=label))


def tampered(engine: sa.Engine, *statements: str, **values: object) -> None:
    """Do by hand what triggers forbid."""
    with engine.begin() as connection:
        for trigger in TRIGGERS[engine.dialect.name]:
            connection.execute(sa.text(trigger))
        for statement in statements:
            connection.execute(sa.text(statement), values if ":" in statement else {})


def test_every_change_of_figures_and_every_decision_is_told_in_order(council: Council) -> None:
    me = this_account()
    folder = write(council.folder / "one", {"teams": TEAMS, "referrals": REFERRALS})
    load_extracts(council.engine, Actor.of_this_machine("the app (safe)"), [folder], terms=terms())
    load_extracts(council.engine, LOADER, [folder], terms=terms())  # the same again brings nothing
    other = write(council.folder / "x", {"teams": f"{TEAMS}T2,Two,Assessment\n"})
    load_extracts(council.engine, LOADER, [other], terms=terms(), dry_run=True)
    broken = council.folder / "broken.csv"
    broken.write_text("nothing", encoding="utf-8")
    with pytest.raises(ExtractProblem):
        load_extracts(council.engine, LOADER, [broken], terms=terms())
    tick(council.engine, moment("2010-03-29 12:00"))  # the referral becomes overdue
    tick(council.engine, moment("2010-03-29 12:01"))  # nothing does
    decide(ANNA, council.engine, decision("event"))
    rebuild(council.engine, LOADER)
    assert told(council.engine) == [
        (me, "worked the figures out again", "figures"),
        ("the app (safe)", "loaded files", "load 1"),
        (me, "was refused files", "refusal 1"),
        (me, "moved the as-at time", "figures"),
        ("Anna", "decided", "event event-1"),
        (me, "made the tables again", "tables"),
    ]
    _, load, refusal, time, event, rebuilt = details(council.engine)
    assert [(one["extract"], one["rows_new"], one["rows_refused"]) for one in load["extracts"]] == [
        ("referrals", 1, 0),
        ("teams", 1, 0),
    ]
    assert load["extracts"][1]["raw_hash"] == hashlib.sha256((folder / "teams.csv").read_bytes()).hexdigest()
    assert refusal == {"files": ["broken.csv"]}
    assert "decisions_within_24_hours" in time["measures"]
    assert event["content"]["label"] == "Snow"
    assert rebuilt["loads"] == 1
    assert verified(council.engine).wrong == ()


def test_the_hash_is_that_of_the_documented_text(database: sa.Engine) -> None:
    """Anybody can work it out again: SHA-256 of a JSON list of all other columns, without blanks, in ASCII."""
    decide(ANNA, database, decision("event", "weil’s so ist"))
    with reading(database) as connection:
        rows = connection.execute(sa.text("SELECT * FROM audit_events ORDER BY seq")).all()
    previous = GENESIS
    for row in rows:
        text = json.dumps(list(row[:-1]), separators=(",", ":"))
        assert row.previous_hash == previous
        assert row.hash == hashlib.sha256(text.encode("ascii")).hexdigest()
        previous = row.hash
    assert verified(database) == Verified(len(rows), previous, ())


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "2010-01-01T00:00:00.000000"),
        ("at", "never"),
        ("who", "Ben"),
        ("action", "loaded files"),
        ("subject", "event event-9"),
        ("detail", "{}"),
        ("detail", "no JSON"),
        ("previous_hash", "f" * 64),
        ("hash", "f" * 64),
    ],
)
def test_a_changed_field_breaks_the_chain_at_its_event(database: sa.Engine, column: str, value: str) -> None:
    four_events(database)
    tampered(database, f"UPDATE audit_events SET {column} = :value WHERE seq = 3", value=value)
    first, *others = verified(database).wrong
    assert first.startswith("Event 3 (")
    assert "is broken: it " in first
    assert others == []


def test_a_changed_hash_of_the_last_event_is_noticed_too(database: sa.Engine) -> None:
    four_events(database)
    tampered(database, "UPDATE audit_events SET hash = :value WHERE seq = 4", value="f" * 64)
    broken, head = verified(database).wrong
    assert broken.startswith("Event 4 (")
    assert head.endswith("but event 4 was noted: it was noted otherwise.")


@pytest.mark.parametrize(
    ("statements", "words"),
    [
        (["UPDATE audit_events SET seq = 9 WHERE seq = 3"], "event 3 was expected here, so events are missing"),
        (["DELETE FROM audit_events WHERE seq = 1"], "event 1 was expected here"),
        (["DELETE FROM audit_events WHERE seq = 3"], "event 3 was expected here"),
        (
            [
                "UPDATE audit_events SET seq = 9 WHERE seq = 2",
                "UPDATE audit_events SET seq = 2 WHERE seq = 3",
                "UPDATE audit_events SET seq = 3 WHERE seq = 9",
            ],
            "it does not follow event 1",
        ),
        (
            [
                "INSERT INTO audit_events (seq, at, who, action, subject, detail, previous_hash, hash) "
                "SELECT 5, at, who, action, subject, detail, hash, 'x' FROM audit_events WHERE seq = 4"
            ],
            "Event 5 (",
        ),
    ],
)
def test_missing_moved_and_invented_events_are_noticed(
    database: sa.Engine, statements: list[str], words: str
) -> None:
    four_events(database)
    tampered(database, *statements)
    assert words in verified(database).wrong[0]


def test_a_tail_that_was_cut_off_is_missed(database: sa.Engine) -> None:
    four_events(database)
    tampered(database, "DELETE FROM audit_events WHERE seq > 2")
    [wrong] = verified(database).wrong
    assert wrong.startswith("The last event is 2 with hash ")
    assert wrong.endswith("but event 4 was noted: 2 are missing at the end.")


def test_a_lost_head_is_noticed(database: sa.Engine) -> None:
    four_events(database)
    tampered(database, "DELETE FROM facts WHERE name = 'audit_head'")
    [wrong] = verified(database).wrong
    assert "The note of the last event is missing" in wrong


def test_a_tail_cut_off_with_its_head_is_missed_by_whoever_noted_a_hash(database: sa.Engine) -> None:
    four_events(database)
    noted = verified(database).head
    decide(ANNA, database, decision("event", label="fourth"))
    assert verified(database, noted).wrong == ()
    with reading(database) as connection:
        kept = list(audit.events(connection))[1]
    tampered(
        database,
        "DELETE FROM audit_events WHERE seq > 2",
        "UPDATE facts SET value = :head WHERE name = 'audit_head'",
        head=f"{kept.seq} {kept.hash}",
    )
    assert verified(database).wrong == ()
    [wrong] = verified(database, noted).wrong
    assert wrong.startswith(f"No event has the hash {noted}")


def test_an_empty_chain_is_sound_and_holds_no_hash(database: sa.Engine) -> None:
    tampered(
        database,
        "DELETE FROM audit_events",
        "UPDATE facts SET value = :head WHERE name = 'audit_head'",
        head=f"0 {GENESIS}",
    )
    assert verified(database, GENESIS) == Verified(0, GENESIS, ())


def test_only_those_who_may_verify_and_list(database: sa.Engine) -> None:
    member = Actor("Mia", frozenset({Role.BOARD_MEMBER}), Scope.everything())
    with reading(database) as connection:
        for use in (audit.verify, lambda *given: list(audit.listed(*given))):
            with pytest.raises(NotAllowedProblem, match="You may not verify the audit trail"):
                use(member, connection)


def test_events_are_listed_from_a_moment_on(database: sa.Engine) -> None:
    four_events(database)
    with reading(database) as connection:
        every = list(audit.listed(VERIFIER, connection))
        since = dt.datetime.fromisoformat(every[2].at)
        assert list(audit.listed(VERIFIER, connection, since=since)) == every[2:]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("content", '{"label": "another"}'),
        ("content", "no JSON"),
        ("reason", "another"),
        ("decided_by", "Ben"),
        ("roles", '["director"]'),
        ("decided_at", "2010-01-01 00:00:00.000000"),
        ("revision", 7),
        ("withdrawn", True),
    ],
)
def test_a_decision_that_was_changed_is_noticed(database: sa.Engine, column: str, value: object) -> None:
    four_events(database)
    if column == "decided_at" and database.dialect.name == "postgresql":
        value = dt.datetime.fromisoformat(str(value))
    tampered(database, f"UPDATE decisions SET {column} = :value WHERE decision_id = 'event-2'", value=value)
    with reading(database) as connection:
        found = differences(connection)
    number = value if column == "revision" else 1
    fault = "is in no event of the audit trail" if column == "revision" else "is not as it was written"
    assert found[0] == f"Revision {number} of event event-2 {fault}."
    assert found[1:] == (["Revision 1 of event event-2 is missing."] if column == "revision" else [])


def test_a_decision_that_was_deleted_or_invented_is_noticed(database: sa.Engine) -> None:
    four_events(database)
    tampered(
        database,
        "UPDATE decisions SET decision_id = 'event-8' WHERE decision_id = 'event-1'",
        "DELETE FROM decisions WHERE decision_id = 'event-2'",
    )
    with reading(database) as connection:
        assert differences(connection) == [
            "Revision 1 of event event-8 is in no event of the audit trail.",
            "Revision 1 of event event-1 is missing.",
            "Revision 1 of event event-2 is missing.",
        ]


def test_writers_at_once_make_one_chain(database: sa.Engine) -> None:
    """They take turns, and each appends to what the one before left."""
    url = database.url.render_as_string(hide_password=False)
    faults: list[BaseException] = []

    def write_some(name: str) -> None:
        engine = connect(url)
        try:
            for number in range(5):
                decide(ANNA, engine, decision("event", label=f"{name}{number}"))
        except BaseException as fault:  # noqa: BLE001 - told below
            faults.append(fault)
        engine.dispose()

    writers = [threading.Thread(target=write_some, args=(name,)) for name in "abcd"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert faults == []
    found = verified(database)
    assert (found.events, found.wrong) == (21, ())


def test_a_writer_that_takes_no_turn_waits_for_the_head(new_postgresql: Any) -> None:
    """Even code that forgot to take its turn can't fork the chain in PostgreSQL: the head is locked."""
    with new_postgresql() as url:
        first, second = connect(url), connect(url)

        def append_without_a_turn() -> None:
            with second.begin() as connection:
                audit.append(connection, "second", audit.Action.REBUILT, "tables", {})

        writer = threading.Thread(target=append_without_a_turn)
        with writing(first) as connection:
            audit.append(connection, "first", audit.Action.REBUILT, "tables", {})
            writer.start()
            writer.join(1)
            assert writer.is_alive()
        writer.join()
        assert [who for who, _, _ in told(first)][1:] == ["first", "second"]
        assert verified(first).wrong == ()
        first.dispose()
        second.dispose()


def test_a_name_that_is_no_proper_text_is_kept_as_far_as_it_goes(database: sa.Engine) -> None:
    with writing(database) as connection:
        event = audit.append(connection, "a\udcffb\x00c", audit.Action.REFUSED, "x", {"files": ["x\udcff.csv"]})
    assert event.who == "a?b?c"
    assert verified(database).wrong == ()
