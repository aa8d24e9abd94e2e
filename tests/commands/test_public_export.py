"""What may leave: nobody can work a small number out from any public exports together."""

import csv
import io
from datetime import date, timedelta
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.analysis.suppression import HIDDEN, SMALLEST_SHOWN
from dashboard.cli import main
from data_access.database.facts import raise_data_version
from data_access.database.opening import connect, writing
from data_access.database.schema.figures import MEASURE_PERIOD
from data_access.database.schema.metadata import EVERY_TEAM
from tests.attacker import SMALL, Attacker, Cell, days_of
from tests.council import copy_of
from tests.drawing import examples

PROPORTIONS = ("below_threshold_supported_to_caf", "decisions_within_24_hours", "re_referrals_within_12_months")
Row = dict[str, str]


def exported(council: str, *words: str) -> list[Row]:
    done = CliRunner().invoke(main, ["export", *words, "--grain", "ytd", "--database", council])
    assert done.exit_code == 0, done.output
    return list(csv.DictReader(io.StringIO(done.stdout)))


def numbers(row: Row) -> list[int]:
    met = int(row["numerator"])
    return [met, int(row["denominator"]) - met] if row["denominator"] else [met]


@pytest.mark.parametrize("by", ["period", "team"])
def test_steps_of_the_year_to_date_give_no_small_number_away(council: str, by: str) -> None:
    words = (*PROPORTIONS, "cafs_started", "--by", by)
    internal, public = exported(council, *words), exported(council, *words, "--public")
    assert len(internal) == len(public)
    small = 0
    for rows in (internal, public):
        met_together = sorted(rows, key=lambda row: (row["measure"], row["team"], row["start"]))
        for _, series in groupby(met_together, key=lambda row: (row["measure"], row["team"])):
            shown = [numbers(row) for row in series if HIDDEN not in (row["numerator"], row["denominator"])]
            for before, now in pairwise(shown):
                steps = [new - old for old, new in zip(before, now, strict=True)]
                if min(steps) >= 0 and any(0 < step < SMALLEST_SHOWN for step in steps):
                    assert rows is internal, (before, now)
                    small += 1
    assert small > 0
    assert any(row["numerator"] == HIDDEN for row in public)
    assert any(row["numerator"] not in ("", "0", HIDDEN) for row in public)


def test_of_a_hidden_row_nothing_is_told_that_can_be_added_up(council: str) -> None:
    for row in exported(council, *PROPORTIONS, "cafs_started", "--public"):
        told = {row[name] for name in ("numerator", "denominator", "value") if row[name]}
        assert HIDDEN not in told or told == {HIDDEN}


TEAMS = ("(no team)", "AT1", "AT2", "AT3", "AT4", "CME", "CMW", "EDT")
ATTACKED = ("decisions_within_24_hours", "cafs_started")
Words = tuple[str, ...]


def printed(database: str, *words: str) -> list[Row]:
    done = CliRunner().invoke(main, ["export", *words, "--database", database])
    assert done.exit_code == 0, done.output
    return list(csv.DictReader(io.StringIO(done.stdout)))


def unguarded(database: str, *measures: str) -> list[Row]:
    """Every figure of a week or month, of a team or the whole."""
    return [
        row
        for by in ("period", "team")
        for grain in ("week", "month")
        for row in printed(database, *measures, "--by", by, "--grain", grain)
    ]


@pytest.fixture(scope="module")
def figures(council: str) -> list[Row]:
    """Give every figure of the attacked measures of the council."""
    return unguarded(council, *ATTACKED)


def small_numbers(attacker: Attacker, figures: list[Row]) -> dict[frozenset[Cell], int]:
    """Every number from 1 to 5 among the figures, met or not met."""
    found = {}
    for row in figures:
        span = days_of(row["period"], date.fromisoformat(row["start"]), monthly=False)
        for kind, number in zip(("met", "not_met"), numbers(row), strict=False):
            if row["state"] != "no_data" and number in SMALL:
                found[attacker.cells(row["measure"], kind, row["team"], *span)] = number
    return found


def each_by_itself(rows: list[Row]) -> list[Row]:
    """The rows with small numbers and their complements hidden, and nothing else."""
    amounts = ("numerator", "denominator")
    return [
        row
        | {name: HIDDEN for name in ("not_yet_due", "not_computable") if int(row[name]) in SMALL}
        | ({name: HIDDEN for name in amounts if row[name]} if set(numbers(row)) & set(SMALL) else {})
        for row in rows
    ]


SINCE = ("--from", "2009-10-05")
SUCCESSIVE = tuple(("--grain", "ytd", "--week", str(date(2009, 12, 7) + timedelta(weeks=week))) for week in range(16))
SEQUENCES: dict[str, tuple[Words, ...]] = {
    "each team beside the whole": (SINCE, *((*SINCE, "--team", team) for team in TEAMS)),
    "the year to date of successive weeks": SUCCESSIVE,
    "one export of twelve months": (("--grain", "12m"),),
    "weeks and months": (("--grain", "month", *SINCE), SINCE),
    "weeks and months by team": (("--by", "team", *SINCE), ("--by", "team", "--grain", "month", *SINCE)),
    "everything": (
        ("--grain", "quarter", "--by", "team"), SINCE, ("--grain", "ytd"),
        ("--by", "team", *SINCE), ("--grain", "12m"),
    ),
}  # fmt: skip


LEAKS = tuple(SEQUENCES)[:3]


@pytest.mark.parametrize("exports", SEQUENCES.values(), ids=SEQUENCES)
def test_an_attacker_who_keeps_all_exports_recovers_nothing(
    council: str, figures: list[Row], tmp_path: Path, exports: tuple[Words, ...]
) -> None:
    database = copy_of(council, tmp_path / "copy.db")
    attacker = Attacker(TEAMS, counts=frozenset({"cafs_started"}))
    small = small_numbers(attacker, figures)
    told = 0
    for words in exports:
        rows = printed(database, *ATTACKED, *words, "--public")
        told += sum(row["numerator"] not in ("", "0", HIDDEN) for row in rows)
        attacker.read(rows)
    assert attacker.recovered(small) == {}
    assert told > 0


@pytest.mark.parametrize("leak", LEAKS)
def test_the_attacker_recovers_much_where_each_figure_is_hidden_by_itself(
    council: str, figures: list[Row], leak: str
) -> None:
    attacker = Attacker(TEAMS, counts=frozenset({"cafs_started"}))
    for words in SEQUENCES[leak]:
        attacker.read(each_by_itself(printed(council, *ATTACKED, *words)))
    assert attacker.recovered(small_numbers(attacker, figures))


corrections = st.tuples(
    st.sampled_from(TEAMS[1:6]),
    st.integers(0, 12).map(lambda week: date(2010, 3, 22) - timedelta(weeks=week)),
    st.integers(-3, 9),
    st.integers(-3, 9),
)
asked = st.tuples(
    st.sampled_from([(), ("--by", "team"), ("--team", "AT1"), ("--team", "AT2")]),
    st.sampled_from([(), ("--grain", "month"), ("--grain", "ytd"), ("--grain", "12m"), ("--grain", "quarter")]),
    st.sampled_from([(), ("--week", "2010-03-08"), ("--from", "2010-01-01"), ("--to", "2010-02-20")]),
).map(lambda words: tuple(word for some in words for word in some))


@pytest.mark.fuzz
@settings(max_examples=examples(test=2, soak=10))
@given(st.lists(asked | corrections, min_size=2, max_size=5))
def test_nor_over_random_exports_while_the_data_change(
    council: str, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[object, ...]]
) -> None:
    database = copy_of(council, tmp_path_factory.mktemp("copy") / "copy.db")
    attacker = Attacker(TEAMS)
    [measure] = PROPORTIONS[:1]
    small = small_numbers(attacker, unguarded(database, measure))
    for step in steps:
        if step and isinstance(step[0], str) and step[0] in TEAMS:
            if correct(database, measure, *step):
                attacker.notice(measure, step[0], step[1])
            small |= small_numbers(attacker, unguarded(database, measure))
        else:
            attacker.read(printed(database, measure, *step, "--public"))
    assert attacker.recovered(small) == {}


def correct(database: str, measure: str, team: str, part: date, met: int, not_met: int) -> bool:
    """Change a week of a team by some cases, as a load would; return whether anything changed."""
    engine, table = connect(database), MEASURE_PERIOD
    with writing(engine) as connection:
        cell = (table.c.measure == measure, table.c.part == part, table.c.team_id == team)
        found = connection.execute(table.select().where(*cell)).mappings().one_or_none()
        if found is None or (met, not_met) == (0, 0):
            return False
        met = max(met, -found["numerator"])
        not_met = max(not_met, found["numerator"] - found["denominator"])
        for each in (team, EVERY_TEAM):
            here = (table.c.measure == measure, table.c.part == part, table.c.team_id == each)
            changes = {"numerator": met, "denominator": met + not_met, "cases": met + not_met}
            connection.execute(
                table.update().where(*here).values({name: table.c[name] + more for name, more in changes.items()})
            )
        raise_data_version(connection)
    engine.dispose()
    return (met, not_met) != (0, 0)
