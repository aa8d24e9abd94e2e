"""The contract of a measure's file: each thing that can be missing is named, and so is the file."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from data_access.measures import MEASURES
from data_access.measures.adding_up import PROPORTION
from data_access.measures.contract import Measure
from data_access.measures.definition import Definition, Detail, Holds, Strand
from data_access.measures.registry import (
    BrokenContractError,
    check_partners,
    checked,
    in_reading_order,
    measure_named,
)
from data_access.measures.sections import SECTIONS
from data_access.measures.sql import table
from data_access.problems import QueryProblem
from data_access.vocabulary import Period

GOOD = MEASURES["cafs_started"]
RATE = MEASURES["sickness_absence"]
TIMED = MEASURES["decisions_within_24_hours"]
AUDITED = MEASURES["views_of_child_and_parents_recorded"]


def _defined(measure: Measure = GOOD, **changes: Any) -> Measure:
    return replace(measure, definition=replace(measure.definition, **changes))


def _with(name: str, measure: Measure = GOOD, **changes: Any) -> tuple[Detail, ...]:
    """Return the details of a measure, this one changed."""
    return tuple(replace(one, **changes) if one.name == name else one for one in measure.definition.details)


def _timed(**changes: dict[str, Any]) -> Measure:
    """Return the measure of decisions, some of whose details say something else."""
    details = TIMED.definition.details
    return _defined(TIMED, details=tuple(replace(one, **changes.get(one.name, {})) for one in details))


def _without(measure: Measure, *names: str) -> Measure:
    kept = [column for column in measure.cases.selected_columns if column.key not in names]
    return replace(measure, cases=measure.cases.with_only_columns(*kept, maintain_column_froms=True))


def _reading_plans() -> Measure:
    plan = table("plans", "plan")
    return replace(GOOD, cases=GOOD.cases.where(sa.exists().where(plan.c.plan_id.is_not(None))))


BROKEN: dict[str, tuple[Callable[[], object], str]] = {
    "nothing at all": (lambda: None, "no MEASURE is given"),
    "a definition instead of a measure": (lambda: GOOD.definition, "no MEASURE is given"),
    "a day as its period": (
        lambda: _defined(period=Period.DAY),
        "its period is day, which is none of week, month, quarter, year",
    ),
    "no case": (lambda: _without(GOOD, "case_id"), "lacks the columns case_id"),
    "no date and no team": (lambda: _without(GOOD, "event_date", "team_id"), "lacks the columns event_date, team_id"),
    "no result": (lambda: _without(GOOD, "result"), "lacks the columns result"),
    "no detail": (lambda: _without(GOOD, "school_id"), "lacks the columns school_id"),
    "a rate without its amounts": (lambda: _without(RATE, "denominator"), "lacks the columns denominator"),
    "a count made a rate": (
        lambda: _defined(adding_up=RATE.definition.adding_up),
        "lacks the columns denominator, numerator",
    ),
    "a share in another unit": (
        lambda: _defined(adding_up=PROPORTION),
        "its figures are shares, but its unit is CAFs",
    ),
    "a column too many": (
        lambda: replace(GOOD, cases=GOOD.cases.add_columns(sa.literal(1).label("extra"))),
        "columns that no detail describes: extra",
    ),
    "a table that it hides": (_reading_plans, "it reads plans, which it neither requires nor names as optional"),
    "a table that it never reads": (
        lambda: _defined(requires=("cafs", "visits")),
        "it names visits, but never reads them",
    ),
    "a field of no extract": (
        lambda: _defined(fields=("cafs.started_on", "cafs.colour")),
        "the fields cafs.colour are no columns",
    ),
    "an extract without a field": (lambda: _defined(fields=()), "no field of cafs is named"),
    "a dimension that is no detail": (lambda: _defined(dimensions=("agency", "borough")), "borough are no details"),
    "a dimension that names staff": (
        lambda: _defined(
            details=_with("agency", holds=Holds.STAFF, codes=None),
        ),
        "the dimensions agency name members of staff",
    ),
    "a number in a column of dates": (
        lambda: _defined(details=_with("closed_on", holds=Holds.NUMBER)),
        "its detail closed_on holds a number, but its column is Date()",
    ),
    "a code of another list": (
        lambda: _defined(details=_with("agency", codes="source")),
        "its detail agency holds a code, but its column holds a code of agency",
    ),
    "a code of no list": (
        lambda: _defined(details=_with("agency", codes="agencies")),
        "its detail agency holds a code, but its code list is agencies",
    ),
    "words with a code list": (
        lambda: _defined(details=_with("school_id", holds=Holds.WORDS, codes="agency")),
        "its detail school_id holds words, but its code list is agency",
    ),
    "words in a column of references": (
        lambda: _defined(details=_with("school_id", holds=Holds.WORDS)),
        "its detail school_id holds words, but its column holds a reference",
    ),
    "a member of staff under another name": (
        lambda: _defined(AUDITED, details=_with("auditor_staff_id", AUDITED, holds=Holds.WORDS), dimensions=()),
        "its detail auditor_staff_id holds words, but its column holds a member of staff",
    ),
    "a time without its flag": (
        lambda: _timed(decided_at={"time_known": None}),
        "its detail decided_at holds a date and time, but its flag of times is None",
    ),
    "a time whose flag is a decision": (
        lambda: _timed(decided_at={"time_known": "decision"}),
        "its detail decided_at holds a date and time, but its flag of times is decision",
    ),
    "a flag of no time": (
        lambda: _timed(decided_at={"time_known": "first_received_timed"}),
        "its flags of times decided_timed are those of no time",
    ),
    "a flag that is told as yes or no": (
        lambda: _timed(decided_timed={"holds": Holds.YES_NO}),
        "its detail decided_timed holds yes or no, but its column holds whether a time of day is known",
    ),
    "two clocks of one kind": (
        lambda: _timed(working_days_taken={"holds": Holds.SECONDS_TAKEN}),
        "more than one of its details holds seconds taken",
    ),
    "a detail of a team that holds none": (
        lambda: _defined(details=_with("closed_on", of_team="school_id")),
        "its detail closed_on is of the team under school_id, which holds no team",
    ),
    "nothing said of those that wait": (
        lambda: _defined(blank_while_open="school_id"),
        "it says nothing of the cases that wait",
    ),
    "a key of an extract that it never reads": (
        lambda: _defined(key="audits"),
        "its key audits is neither child_key, staff_id nor an extract that it reads",
    ),
    "growing with children": (lambda: replace(GOOD, grows=True), "a cohort of children may not grow"),
    "no question and no owner": (lambda: _defined(question="", owner=""), "nothing is said under question, owner"),
    "another id": (lambda: _defined(id="cafs_begun"), "its id is cafs_begun, but the file's name is the id"),
    "another strand": (
        lambda: _defined(strand=Strand.FAMILY_FOCUS),
        "it says strand Family focus, but lies under Systems",
    ),
}


@pytest.mark.parametrize(("made", "said"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_is_named_with_what_is_broken(made: Callable[[], object], said: str) -> None:
    measure = made()
    name = measure.id if isinstance(measure, Measure) and measure.id in MEASURES else "cafs_started"
    strand = MEASURES[name].definition.strand
    with pytest.raises(BrokenContractError, match=f"^{name}: ") as raised:
        checked(measure, name, strand)
    assert said in str(raised.value)


def test_everything_that_is_broken_is_said_at_once() -> None:
    broken = _defined(_without(GOOD, "result"), why="", strand=Strand.FAMILY_FOCUS)
    with pytest.raises(BrokenContractError) as raised:
        checked(broken, "cafs_started", Strand.SYSTEMS)
    for said in ("lacks the columns result", "nothing is said under why", "it says strand Family focus"):
        assert said in str(raised.value)


@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES.keys())
def test_the_files_that_ship_keep_the_contract(measure: Measure) -> None:
    assert checked(measure, measure.id, measure.definition.strand) is measure
    assert measure.toy.answers
    assert len(measure.definition.details) == len({detail.name for detail in measure.definition.details})


def test_every_measure_has_words_of_its_own() -> None:
    definitions: list[Definition] = [measure.definition for measure in MEASURES.values()]
    for said in ("title", "question", "how"):
        assert len({getattr(definition, said) for definition in definitions}) == len(definitions)


@pytest.mark.parametrize("partner", ["closed_and_never_seen", "cafs_started"])
def test_a_partner_is_another_measure(partner: str) -> None:
    measures = {**MEASURES, "cafs_started": _defined(partner=partner)}
    with pytest.raises(BrokenContractError, match=f"^cafs_started: its partner {partner} is no other measure"):
        check_partners(measures)
    check_partners(measures | {"cafs_started": _defined(partner=RATE.id)})


def test_an_unknown_measure_is_answered_with_those_there_are() -> None:
    with pytest.raises(QueryProblem, match=r"There is no measure 'cafs'\. There are: .*cafs_started"):
        measure_named("cafs")


def test_a_measure_in_no_section_is_named() -> None:
    placed = MEASURES["cafs_started"]
    with pytest.raises(BrokenContractError, match=r"^cafs_ended: it stands in no section of Systems: name it in "):
        in_reading_order({"cafs_ended": placed})


def test_measures_are_read_in_the_order_of_the_sections() -> None:
    listed = [name for section in SECTIONS for name in section.measures]
    assert len(listed) == len(set(listed))
    assert list(MEASURES) == [name for name in listed if name in MEASURES]
