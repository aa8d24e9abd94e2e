"""A preview or load in a process of its own, so that the pages of all readers stay quick while it runs.

Run as a module. Takes the request as one line of JSON on standard input and answers in lines of JSON on standard
output: steps on the way, then the report, the problem or the failure. Traces go to standard error, which is the
server's own.
"""

import contextlib
import json
import os
import sys
import traceback
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, TextIO

from data_access.actor import Actor, Role
from data_access.database.turns import Turn
from data_access.loading import (
    Confirmation,
    ConfirmationProblem,
    Confirmed,
    Doubtful,
    LoadedExtract,
    LoadReport,
    MeasureMove,
    load_extracts,
)
from data_access.loading.delivery.manifest import Terms
from data_access.problems import ExtractProblem, Problem, TermsProblem
from data_access.scope import Scope
from data_access.up_to_date import up_to_date

_LESS_URGENT: Final = 5
"""How far pages go before a load where both want the processor."""


def request(
    database: str,
    files: Iterable[Path],
    terms: Terms | None,
    actor: Actor,
    *,
    confirmed: Iterable[str],
    dry_run: bool,
) -> str:
    """Return a request as its line of JSON; `confirmed` are the marks of what a preview asked to confirm."""
    asked = {
        "database": database,
        "files": [str(file) for file in files],
        "terms": None if terms is None else asdict(terms),
        "actor": {"name": actor.name, "roles": sorted(actor.roles)},
        "confirmed": list(confirmed),
        "dry_run": dry_run,
    }
    return json.dumps(asked, default=str)


def report_of(told: Mapping[str, Any]) -> LoadReport:
    """Return the report that an answer holds."""
    return LoadReport(
        told["load_id"],
        told["data_version"],
        tuple(LoadedExtract(**{**fields, **_counts(fields)}) for fields in told["loaded"]),
        tuple(told["known_already"]),
        tuple(told["notices"]),
        tuple(told["refused"]),
        tuple(MeasureMove(**{**fields, **_starts(fields)}) for fields in told["moves"]),
        tuple(Confirmation(**{**fields, "kind": Doubtful(fields["kind"])}) for fields in told["to_confirm"]),
    )


def _counts(fields: Mapping[str, Any]) -> dict[str, tuple[tuple[str, int], ...]]:
    return {name: tuple((reason, number) for reason, number in fields[name]) for name in ("because", "warned")}


def _starts(fields: Mapping[str, Any]) -> dict[str, date | None]:
    return {name: fields[name] and date.fromisoformat(fields[name]) for name in ("start_before", "start_after")}


def _terms(told: Mapping[str, Any] | None) -> Terms | None:
    if told is None:
        return None
    return Terms(
        datetime.fromisoformat(told["extracted_at"]),
        date.fromisoformat(told["covers_from"]),
        date.fromisoformat(told["covers_to"]),
        told["complete"],
        told["source_system"],
    )


def _actor(told: Mapping[str, Any]) -> Actor:
    """Return who loads; to load files has no scope, since a file may hold rows of every team."""
    return Actor(told["name"], frozenset(map(Role, told["roles"])), Scope.everything())


def work(asked: Mapping[str, Any], answers: TextIO) -> None:
    """Do what is asked and write the answers."""

    def say(**answer: object) -> None:
        answers.write(f"{json.dumps(answer, default=str)}\n")
        answers.flush()

    try:
        turn = Turn(told=lambda line: say(what=line))
        engine = up_to_date(asked["database"], turn)
        try:
            report = load_extracts(
                engine,
                _actor(asked["actor"]),
                [Path(file) for file in asked["files"]],
                terms=_terms(asked["terms"]),
                confirmed=Confirmed(marks=frozenset(asked["confirmed"])),
                dry_run=asked["dry_run"],
                progress=lambda what, step, steps: say(what=what, step=step, steps=steps),
                turn=turn,
            )
        finally:
            engine.dispose()
        say(report=asdict(report))
    except Problem as problem:
        asks, of_files = isinstance(problem, TermsProblem), isinstance(problem, ExtractProblem)
        waits = isinstance(problem, ConfirmationProblem)
        say(problem=str(problem), asks_terms=asks, is_about_files=of_files and not waits, is_unconfirmed=waits)
    except Exception:  # noqa: BLE001 - told to the server's log, never to the reader
        traceback.print_exc()
        say(failure=True)


if __name__ == "__main__":
    with contextlib.suppress(AttributeError, OSError):
        os.nice(_LESS_URGENT)
    work(json.loads(sys.stdin.readline()), sys.stdout)
