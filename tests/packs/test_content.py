"""What a pack says: the words of the pages, exceptions first, of the right week, for who may read it."""

from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from dashboard.packs.content import pack_of
from dashboard.packs.document import FIGURES, Pack
from dashboard.packs.meetings import Meeting, meeting_named
from dashboard.readings.measure_views import EVERY_MEASURE, measure_views
from dashboard.readings.reading import open_reading
from data_access import queries
from data_access.actor import Actor, NotAllowedProblem, Role
from data_access.database.opening import connect
from data_access.measures import MEASURES
from data_access.problems import QueryProblem
from data_access.scope import Scope
from tests.reader import READER, reader_of

SMT = meeting_named("smt", None)
SUPERVISION = meeting_named("manager-supervision", None)
SMALL = replace(SMT, measures=("decisions_within_24_hours", "sickness_absence"))


def pack(council: str, meeting: Meeting, actor: Actor = READER, **how: Any) -> Pack:
    engine = connect(council)
    try:
        with open_reading(engine, actor) as reading:
            return pack_of(reading, meeting, **how)
    finally:
        engine.dispose()


def texts(part: object) -> list[str]:
    """Return every text of a document, however deep."""
    if isinstance(part, str):
        return [part]
    if is_dataclass(part):
        return [text for field in fields(part) for text in texts(getattr(part, field.name))]
    if isinstance(part, dict):
        return [text for value in part.values() for text in texts(value)]
    return [text for each in part for text in texts(each)] if isinstance(part, list | tuple) else []


def test_every_measure_stands_once_under_its_strand_and_exceptions_come_first(smt: SimpleNamespace) -> None:
    measures = list(smt.pack.measures())
    assert sorted(measure.name for _, measure in measures) == sorted(MEASURES)
    assert all(MEASURES[measure.name].definition.strand is part.strand for part, measure in measures)
    exceptions = [measure for part in smt.pack.strands for measure in part.exceptions]
    assert {measure.name for measure in exceptions} >= {"decisions_within_24_hours", "sickness_absence"}
    assert all(
        any(measure.title in line.subject for measure in exceptions) or line.rest for line in smt.pack.attention
    )
    assert all(measure.chart is not None and measure.periods is not None for measure in exceptions)
    assert all(measure.chart is None for part in smt.pack.strands for measure in part.rest)
    assert all(set(measure.figures) == set(FIGURES) for _, measure in measures)


def test_sentences_are_those_of_the_judgement(council: str, smt: SimpleNamespace) -> None:
    engine = connect(council)
    with open_reading(engine, READER) as reading:
        views = {view.definition.id: view for view in measure_views(reading, EVERY_MEASURE)}
    engine.dispose()
    for _, measure in smt.pack.measures():
        view = views[measure.name]
        if view.why_none is None and view.judgement.latest is not None:
            told = measure.told.partition(" Its partner: ")[0].rstrip(".")
            assert view.sentence.lower().endswith(told.lower()) or told == view.definition.question


def test_a_chart_says_what_the_page_says_of_it_and_has_its_table(smt: SimpleNamespace) -> None:
    [decisions] = [measure for _, measure in smt.pack.measures() if measure.name == "decisions_within_24_hours"]
    assert decisions.chart.alternative == decisions.alternative
    assert decisions.periods.headings == ("Period", "Figure", "Cases", "Judged")
    assert decisions.periods.rows[0][:3] == (
        decisions.figures["Period"],
        decisions.figures["Latest"],
        decisions.figures["Cases"],
    )


def test_a_pack_of_a_day_tells_of_the_last_whole_week_before_it(council: str, smt: SimpleNamespace) -> None:
    assert smt.pack.week == date(2010, 3, 22)
    for day, monday in ((21, 8), (22, 15)):
        older = pack(council, SMALL, on=date(2010, 3, day))
        assert older.week == date(2010, 3, monday)
        assert "an older week with what is known of it today" in older.subtitle
        last = older.week + timedelta(days=6)
        assert all(row["start"] <= last for row in older.data)
    assert pack(council, SMALL, on=date(2031, 1, 1)).week == smt.pack.week
    with pytest.raises(QueryProblem, match="No week had ended by 2001-01-01 that the data cover"):
        pack(council, SMALL, on=date(2001, 1, 1))


def test_only_its_readers_make_a_pack(council: str) -> None:
    for role in Role:
        actor = reader_of(Scope.everything(), role)
        if role in SMALL.readers:
            assert pack(council, SMALL, actor).meeting == SMALL.name
        else:
            with pytest.raises(NotAllowedProblem, match="You may not make the pack “Safeguarding and Rights SMT”"):
                pack(council, SMALL, actor)


def test_a_pack_of_a_team_needs_one_that_the_reader_may_see(council: str) -> None:
    meeting = replace(SUPERVISION, measures=SMALL.measures)
    of_team = pack(council, meeting, team="AT1")
    assert of_team.subtitle.startswith("Assessment Team 1 · ")
    assert {row["team"] for row in of_team.data} == {"AT1"}
    with pytest.raises(QueryProblem, match="is of a team: name one"):
        pack(council, meeting)
    with pytest.raises(QueryProblem, match="There is no team 'AT1' among those you may see"):
        pack(council, meeting, reader_of(Scope.of_team("AT2"), Role.TEAM_MANAGER), team="AT1")
    with pytest.raises(QueryProblem, match="it has no team"):
        pack(council, SMALL, team="AT1")


def test_no_child_and_no_case_is_named(council: str, smt: SimpleNamespace) -> None:
    engine = connect(council)
    with open_reading(engine, READER) as reading:
        waiting = [
            case
            for name, measure in MEASURES.items()
            if measure.definition.blank_while_open is not None
            for case in queries.waiting(reading.scope, reading.connection, name).get_column("case_id")
        ]
    engine.dispose()
    said = "\n".join(texts(smt.pack))
    assert len(waiting) > 100
    assert [case for case in waiting if case in said] == []


def test_before_anything_is_loaded_there_is_no_pack(new_sqlite: Any) -> None:
    with new_sqlite() as url, pytest.raises(QueryProblem, match="Nothing is loaded yet"):
        pack(url, SMT)
