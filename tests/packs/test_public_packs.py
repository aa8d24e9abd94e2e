"""Packs beyond the service: nobody learns a small number from all of them together, nor of any child at all."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.analysis.suppression import HIDDEN
from dashboard.exports.public_export import publish
from dashboard.exports.rows import Row, Wanted, by_period
from dashboard.packs.content import pack_of
from dashboard.packs.document import Pack
from dashboard.packs.making import made_pack
from dashboard.packs.meetings import Detail, Meeting, Rhythm, meetings
from dashboard.packs.writers import WRITERS
from dashboard.readings.reading import Reading, open_reading
from data_access import queries
from data_access.actor import ALLOWED, Action, Actor, NotAllowedProblem, Role
from data_access.database.opening import connect
from data_access.database.schema.published import PUBLICATIONS
from data_access.dates.periods import Grain
from data_access.problems import QueryProblem
from data_access.published import published_figures, publishing
from data_access.scope import Scope
from tests.attacker import SMALL, Attacker
from tests.council import copy_of
from tests.drawing import examples
from tests.packs.opening import text_of
from tests.packs.small_numbers import TEAMS, keep, public, put_numbers, shrink, small_numbers
from tests.reader import READER, reader_of

DECISIONS, CAFS = ATTACKED = ("decisions_within_24_hours", "cafs_started")
BOARD = public("board", *ATTACKED)
PARTNER = public("partner", CAFS, rhythm=Rhythm.MONTHLY)
WAITING = (DECISIONS, "children_not_yet_seen")


@pytest.fixture
def engine(council: str, tmp_path: Path) -> sa.Engine:
    """Give a database of the sample council that a test may change."""
    return connect(copy_of(council, tmp_path / "safe.db"))


def publications(engine: sa.Engine) -> int:
    with engine.connect() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(PUBLICATIONS)).scalar_one()


def as_text(rows: Sequence[Row], hidden: Callable[[Row], object] = lambda _row: False) -> list[dict[str, str]]:
    """Return rows of figures as text, with the numbers of those that are `hidden` hidden."""
    numbers = dict.fromkeys(("numerator", "denominator"), HIDDEN)
    return [
        {
            name: "" if cell is None else str(cell)
            for name, cell in {**row, **(numbers if hidden(row) else {})}.items()
        }
        for row in rows
    ]


def parts_of(row: Row) -> tuple[int, ...]:
    met, cases = row["numerator"], row["denominator"]
    return (met,) if cases is None else (met, cases - met)


Step = tuple[Meeting, date]
IN_TURN: Sequence[Step] = ((BOARD, date(2009, 10, 12)), (PARTNER, date(2009, 12, 7)), (BOARD, date(2010, 1, 11)))


def attack(engine: sa.Engine, steps: Sequence[Step], *, by_team: bool) -> list[str]:
    """Hold the packs of some meetings against one another; return the numerators that they tell, or hide."""
    attacker = Attacker(TEAMS, counts=frozenset({CAFS}))
    small = small_numbers(engine, attacker, ATTACKED)
    told = [number for meeting, day in steps for number in keep(attacker, made_pack(engine, READER, meeting, on=day))]
    if by_team:
        with publishing(engine) as connection:
            wanted = Wanted(ATTACKED, Grain.MONTH)
            exported = publish(Reading.on(connection, READER), wanted, of_teams=True, team=None).rows
        attacker.read(as_text(exported))
    assert attacker.recovered(small) == {}
    assert len(small) > 100
    return told


def test_an_attacker_who_keeps_all_packs_recovers_nothing(engine: sa.Engine) -> None:
    shrink(engine, ATTACKED, seed=1)
    told = attack(engine, IN_TURN, by_team=True)
    assert told.count(HIDDEN) > 20
    assert len(told) - told.count(HIDDEN) > 50


steps = st.tuples(
    st.sampled_from([BOARD, PARTNER, public("other", DECISIONS)]),
    st.dates(date(2009, 2, 2), date(2010, 3, 29)),
)


@pytest.mark.soak
@settings(max_examples=examples(test=1, soak=2))
@given(seed=st.integers(0, 10_000), made=st.lists(steps, min_size=2, max_size=5), by_team=st.booleans())
def test_nor_from_packs_of_any_meetings_in_any_order(
    council: str, tmp_path_factory: pytest.TempPathFactory, seed: int, made: list[Step], by_team: bool
) -> None:
    engine = connect(copy_of(council, tmp_path_factory.mktemp("copy") / "safe.db"))
    shrink(engine, ATTACKED, seed=seed)
    attack(engine, made, by_team=by_team)
    engine.dispose()


def test_the_attacker_recovers_much_where_each_figure_is_hidden_by_itself(engine: sa.Engine) -> None:
    shrink(engine, ATTACKED, seed=1)
    attacker = Attacker(TEAMS, counts=frozenset({CAFS}))
    with open_reading(engine, READER) as reading:
        rows = [row for grain in (Grain.MONTH, Grain.QUARTER) for row in by_period(reading, Wanted(ATTACKED, grain))]
    attacker.read(as_text(rows, hidden=lambda row: {*parts_of(row)} & {*SMALL}))
    assert attacker.recovered(small_numbers(engine, attacker, ATTACKED))


def test_the_same_pack_again_says_the_same_and_publishes_nothing_more(engine: sa.Engine) -> None:
    shrink(engine, ATTACKED, seed=2)
    first = made_pack(engine, READER, BOARD)
    published = publications(engine)
    assert made_pack(engine, READER, BOARD) == first
    assert publications(engine) == published > 0
    shown = {row["measure"] for row in first.data if row["numerator"] not in (HIDDEN, None, 0)}
    with engine.connect() as connection:
        assert shown <= {figure.measure for _, figure in published_figures(connection, ATTACKED)}


@pytest.fixture(scope="module")
def few_late(council: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Pack, list[int]]:
    """Give a public pack of decisions whose every other month has three late ones, and the large numbers it hides."""
    engine = connect(copy_of(council, tmp_path_factory.mktemp("few") / "safe.db"))
    put_numbers(
        engine,
        DECISIONS,
        lambda part: (1_000 + part.toordinal() % 97, 40 if part.month % 2 == 0 else 3 * (part.day == 1)),
    )
    pack = made_pack(engine, READER, public("board", DECISIONS))
    with open_reading(engine, READER) as reading:
        inside = {
            (row["period"], row["start"]): row
            for grain in (Grain.MONTH, Grain.QUARTER)
            for row in by_period(reading, Wanted((DECISIONS,), grain))
        }
    engine.dispose()
    hidden = [
        int(inside[row["period"], row["start"]][name])
        for row in pack.data
        for name in ("numerator", "denominator")
        if row[name] == HIDDEN
    ]
    return pack, hidden


@pytest.mark.parametrize("ending", WRITERS)
def test_no_hidden_number_stands_in_any_format(few_late: tuple[Pack, list[int]], ending: str) -> None:
    pack, hidden = few_late
    said = text_of(ending, WRITERS[ending](pack))
    assert len(hidden) > 10
    assert [number for number in hidden if str(number) in said or f"{number:,}" in said] == []
    assert any(
        f"{row['numerator']:,}" in said or str(row["numerator"]) in said
        for row in pack.data
        if row["numerator"] != HIDDEN
    )


def test_nor_in_any_picture_of_it(few_late: tuple[Pack, list[int]]) -> None:
    pack, hidden = few_late
    pictures = [json.dumps(part.chart.specification) for _, part in pack.measures() if part.chart is not None]
    pictures += [f"{part.sparkline} {part.alternative}" for _, part in pack.measures()]
    assert [number for number in hidden for picture in pictures if str(number) in picture] == []


def test_nothing_is_told_of_children_who_wait_nor_any_list_but_the_plan(
    engine: sa.Engine, smt: SimpleNamespace
) -> None:
    beyond = replace(public("board", *WAITING), actions=("9a", "9c"))
    inside = replace(beyond, detail=Detail.FIGURES)
    with open_reading(engine, READER) as reading:
        listed = [queries.waiting(reading.scope, reading.connection, name) for name in WAITING]
        waiting = {case for cases in listed for case in cases.get_column("case_id")}
    assert len(waiting) > 10
    assert any("has waited" in line.rest for line in smt.pack.attention)
    for meeting in (beyond, inside):
        pack = made_pack(engine, READER, meeting)
        assert [(part.title, len(part.lines)) for part in pack.lists] == [("The action plan", 2)]
        assert pack.lists[0].lines[0].rest.startswith(": In progress, overdue since 31 December 2009. Assessment")
        for ending, write in WRITERS.items():
            said = text_of(ending, write(pack))
            assert [case for case in waiting if case in said] == []
            assert "haswaited" not in said
            assert meeting is inside or "waiting" not in said
            assert meeting is inside or "Public:smallnumbersarehidden" in said


@pytest.mark.parametrize(
    ("actor", "told"),
    [
        (reader_of(Scope.everything(), Role.TEAM_MANAGER), "You may not publish figures: that is for the director, "),
        (reader_of(Scope.of_team("AT1"), Role.DIRECTOR), "for those who may see the figures of every team"),
        (reader_of(Scope.everything(), Role.PERFORMANCE_TEAM), "You may not make the pack “board”: that is for"),
    ],
)
def test_it_takes_a_reader_of_the_meeting_who_may_publish(engine: sa.Engine, actor: Actor, told: str) -> None:
    meeting = replace(BOARD, readers=frozenset({Role.TEAM_MANAGER, Role.DIRECTOR}))
    with pytest.raises(NotAllowedProblem, match=told):
        made_pack(engine, actor, meeting)
    assert publications(engine) == 0


def test_what_cannot_be_made_publishes_nothing(engine: sa.Engine) -> None:
    with pytest.raises(QueryProblem, match="No week had ended by 2001-01-01"):
        made_pack(engine, READER, BOARD, on=date(2001, 1, 1))
    with pytest.raises(QueryProblem, match="it has no team"):
        made_pack(engine, READER, BOARD, team="AT1")
    with open_reading(engine, READER) as reading, pytest.raises(ValueError, match="what is published"):
        pack_of(reading, BOARD)
    assert publications(engine) == 0


class TestWhatIsToldOfAMeasure:
    """What is shown by chance alone is neither judged nor taken for how things stand."""

    @staticmethod
    def told(engine: sa.Engine, late: dict[tuple[int, int], int]) -> dict[str, str]:
        """Return the figures of decisions, 40 late on the 1st of every month but those with so many `late`."""
        put_numbers(engine, DECISIONS, lambda part: (90, late.get((part.year, part.month), 40) * (part.day == 1)))
        [(_, measure)] = made_pack(engine, READER, public("board", DECISIONS)).measures()
        return {**measure.figures, "told": measure.told}

    def test_by_month_where_none_is_hidden(self, engine: sa.Engine) -> None:
        told = self.told(engine, {})
        assert (told["Period"], told["Cases"]) == ("Feb 2010", "360 of 400")
        assert told["Change"] == "Too soon to judge", "since the rebase of December"

    def test_not_judged_where_one_before_is_hidden(self, engine: sa.Engine) -> None:
        told = self.told(engine, {(2009, 4): 1, (2010, 1): 2})
        assert (told["Period"], told["Cases"], told["Year"]) == ("Feb 2010", "360 of 400", "–")
        assert told["Change"] == "Not judged", "nor is it compared with a month that it does not follow"

    def test_that_the_latest_is_hidden_is_told_with_the_last_known(self, engine: sa.Engine) -> None:
        told = self.told(engine, {(2010, 2): 2})
        assert (told["Latest"], told["Period"]) == ("92%", "Jan 2010")
        assert (
            told["told"] == "Small numbers are hidden in February 2010; last known 92%, the target of 100% is missed."
        )

    def test_nothing_where_the_latest_three_are_hidden(self, engine: sa.Engine) -> None:
        told = self.told(engine, {(2009, 12): 1, (2010, 1): 1, (2010, 2): 2})
        assert (told["Latest"], told["Period"], told["Change"]) == ("–", "hidden", "Not judged")
        assert told["told"] == "Small numbers are hidden in February 2010."

    def test_by_quarter_where_it_is_counted_by_the_month(self, engine: sa.Engine) -> None:
        pack = made_pack(engine, READER, public("board", "complaints", "sickness_absence", "cafs_started"))
        told = {measure.name: measure.figures["Period"] for _, measure in pack.measures()}
        assert told == {"complaints": "Oct to Dec 2009", "sickness_absence": "Feb 2010", "cafs_started": "Feb 2010"}


def test_a_target_that_is_an_earlier_figure_leaves_with_that_figure_alone(engine: sa.Engine) -> None:
    name = "re_referrals_within_12_months"
    wanted = Wanted((name,), None, date(2010, 1, 1))
    with publishing(engine) as connection:
        reading = Reading.on(connection, READER)
        inside, outside = by_period(reading, wanted), publish(reading, wanted, of_teams=False, team=None).rows
    assert any(row["target"] for row in inside)
    assert [row for row in outside if row["target"] or "under" in (row["sentence"] or "")] == []
    rows = {row["start"]: row for row in made_pack(engine, READER, public("board", name)).data}
    february = rows[date(2010, 2, 1)]
    assert february["target"] == rows[date(2009, 2, 1)]["value"] != HIDDEN


def test_every_public_meeting_that_ships_is_for_those_who_may_publish() -> None:
    beyond = [meeting for meeting in meetings(None).values() if meeting.detail is Detail.PUBLIC]
    assert len(beyond) == 10
    assert all(meeting.readers <= ALLOWED[Action.PUBLISH] for meeting in beyond)
