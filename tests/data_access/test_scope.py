"""A scope lets through what its reader may see, and not a name, figure or reference more."""

import contextlib
import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import sample_data
from data_access import queries
from data_access.database.opening import connect
from data_access.database.schema.case_tables import CASE_TABLES
from data_access.dates.periods import Grain
from data_access.extracts import NO_TEAM
from data_access.measures import MEASURES, Measure
from data_access.measures.definition import About
from data_access.problems import QueryProblem
from data_access.scope import Scope
from tests.data_access.naive_reads import Window, figure, hidden, judged, known, load_together, rounded, windows
from tests.drawing import examples
from tests.oracle import CohortRow, World
from tests.oracle.periods import makes, total
from tests.representatives import checked_measures
from tests.strategies import ExtractFile, read_extracts, replay

POSTGRESQL_IN_SOAK = True

TOY = Path(sample_data.__file__).parent / "toy" / "extracts"
ANOTHER = {"north": "south", "south": "duty", "duty": "north"}
NAMES = {
    "north": "North assessment team",
    "south": "South assessment team",
    "duty": "Emergency duty team",
}
TEAMS = (*NAMES, NO_TEAM)
FIRST, LAST = dt.date(2008, 1, 1), dt.date(2010, 3, 31)
GRAINS = (Grain.YEAR, Grain.TWELVE_MONTHS)
EARLIER = ("earlier_referral_id", "earlier_team_id", "earlier_decision")
DECISIONS = "decisions_within_24_hours"
RE_REFERRALS = "re_referrals_within_12_months"

Frames = list[pl.DataFrame]


def _with_earlier_referrals_elsewhere(file: ExtractFile) -> ExtractFile:
    if file.table != "referrals":
        return file
    rows = tuple(
        {**row, "team_id": ANOTHER[str(row["team_id"])]} if str(row["referral_id"]).endswith("a") else row
        for row in file.rows
    )
    return dataclasses.replace(file, rows=rows)


FILES = [_with_earlier_referrals_elsewhere(file) for file in read_extracts(TOY)]
"""The tiny service, in which each child's first referral went to another team than the later ones."""

CHECKED = {name: MEASURES[name] for name in MEASURES if name in checked_measures()} | {
    name: MEASURES[name] for name in (DECISIONS, RE_REFERRALS)
}
"""The measures that every scope reads."""

WORLD = replay(World(), FILES)
ROWS = judged(WORLD)


@pytest.fixture(scope="module")
def connection(new_database: Callable[[], contextlib.AbstractContextManager[str]]) -> Iterator[sa.Connection]:
    with new_database() as url:
        engine = connect(url)
        load_together(engine, FILES)
        with engine.connect() as opened:
            yield opened
        engine.dispose()


@st.composite
def scopes(draw: st.DrawFn) -> Scope:
    """Return a scope as a role gives it, or any other whose cases are of teams whose figures it shows."""
    usual = draw(
        st.sampled_from(
            (
                Scope.everything(),
                Scope.figures_only(),
                *(Scope.of_team(team) for team in TEAMS),
                Scope.of_team("north", "duty"),
                None,
            )
        )
    )
    if usual is not None:
        return usual
    teams = draw(st.one_of(st.none(), st.frozensets(st.sampled_from(TEAMS))))
    case_teams = draw(st.frozensets(st.sampled_from(sorted(TEAMS if teams is None else teams) or [NO_TEAM])))
    return Scope(teams, case_teams & (teams if teams is not None else case_teams), whole=draw(st.booleans()))


@pytest.mark.fuzz
@settings(suppress_health_check=list(HealthCheck), max_examples=examples(test=1, soak=5))
@example(scope=Scope.everything())
@example(scope=Scope.figures_only())
@example(scope=Scope.of_team("north"))
@example(scope=Scope(frozenset({"north", "south"}), frozenset({"south"}), whole=False))
@example(scope=Scope(frozenset(), frozenset(), whole=False))
@example(scope=Scope(None, frozenset({"duty"}), whole=False))
@given(scope=scopes())
def test_a_scope_never_leaks(connection: sa.Connection, scope: Scope) -> None:
    frames = [
        *teams_read(connection, scope),
        *figures_read(connection, scope),
        *cases_read(connection, scope),
    ]
    said = {cell for frame in frames for column in frame.select(pl.col(pl.String)) for cell in column}
    assert not said & unseen_names(scope)
    assert not said & unseen_cases(scope)


def allowed(teams: frozenset[str] | None) -> frozenset[str]:
    return frozenset(TEAMS) if teams is None else teams


def unseen_names(scope: Scope) -> set[str]:
    """Return ids and names of the teams of which the reader may see nothing."""
    teams = set(TEAMS) - allowed(scope.teams)
    return {name for team in teams for name in (team, NAMES.get(team, team))}


def unseen_cases(scope: Scope) -> set[str]:
    """Return the references of the cases that the reader may not list."""
    listed = allowed(scope.case_teams)
    mine = {row.case_id for rows in ROWS.values() for row in rows if row.team_id in listed}
    return {row.case_id for rows in ROWS.values() for row in rows} - mine


def teams_read(connection: sa.Connection, scope: Scope) -> Frames:
    found = queries.teams(scope, connection)
    assert found.get_column("team").to_list() == sorted(allowed(scope.teams) & set(NAMES))
    return [found]


def figures_read(connection: sa.Connection, scope: Scope) -> Frames:
    """Ask for every figure; hold those of the own teams to the judge, and all others to a refusal."""
    frames = []
    for team in (None, *TEAMS, "west"):
        if team is not None:
            together: frozenset[str] | None = frozenset({team})
            is_refused = team not in allowed(scope.teams)
        else:
            together = None if scope.whole else scope.teams
            is_refused = together == frozenset()
        if is_refused:
            refuse_figures(connection, scope, team)
            continue
        frames += series_read(connection, scope, team, together)
        frames.append(queries.headline(scope, connection, list(CHECKED), team=team))
        frames += dimensions_read(connection, scope, team, together)
    return [*frames, *by_team_read(connection, scope)]


def refuse_figures(connection: sa.Connection, scope: Scope, team: str | None) -> None:
    for ask in (
        lambda: queries.series(scope, connection, list(CHECKED), team=team),
        lambda: queries.headline(scope, connection, list(CHECKED), team=team),
        lambda: queries.breakdown(scope, connection, RE_REFERRALS, first=FIRST, last=LAST, by="source", team=team),
    ):
        with pytest.raises(QueryProblem) as refused:
            ask()
        assert not {name for name in unseen_names(scope) if name in str(refused.value)} - {team}


def series_read(connection: sa.Connection, scope: Scope, team: str | None, together: frozenset[str] | None) -> Frames:
    frames = []
    for grain in GRAINS:
        found = queries.series(scope, connection, list(CHECKED), grain=grain, first=FIRST, last=LAST, team=team)
        expected = []
        for measure in CHECKED.values():
            when = known(WORLD, measure.definition)
            for window in windows(measure.definition, grain, FIRST, LAST):
                of = figure(measure.definition, when, grain, window, ROWS[measure.id], together)
                amounts = (rounded(of.numerator), rounded(of.denominator), rounded(of.value))
                expected.append((measure.id, window.end, team, *amounts, of.cases, of.state))
        names = ("measure", "end", "team", "numerator", "denominator", "value", "cases", "state")
        rounding = found.with_columns(pl.selectors.float().round(9))
        assert list(rounding.select(names).iter_rows()) == expected
        frames.append(found)
    return frames


def dimensions_read(
    connection: sa.Connection, scope: Scope, team: str | None, together: frozenset[str] | None
) -> Frames:
    frames = []
    for measure in CHECKED.values():
        sums = total(ROWS[measure.id], FIRST, LAST, together)
        own = together is None or together <= (scope.case_teams or frozenset())
        for by in measure.definition.dimensions:
            if measure.definition.about is not About.CHILDREN and not own:
                with pytest.raises(QueryProblem, match="only to those who manage the team"):
                    queries.breakdown(scope, connection, measure.id, first=FIRST, last=LAST, by=by, team=team)
                continue
            found = queries.breakdown(scope, connection, measure.id, first=FIRST, last=LAST, by=by, team=team)
            assert found.get_column("cases").sum() == sums.cases
            assert rounded(found.get_column("numerator").sum()) == rounded(sums.numerator / measure.definition.scale)
            frames.append(found)
    return frames


def by_team_read(connection: sa.Connection, scope: Scope) -> Frames:
    frames = []
    for measure in CHECKED.values():
        rows = [row for row in ROWS[measure.id] if makes(row, FIRST, LAST)]
        unseen = hidden(measure.definition, rows, Window(FIRST, LAST, FIRST))
        found = queries.breakdown(scope, connection, measure.id, first=FIRST, last=LAST)
        expected = ({row.team_id for row in rows} & allowed(scope.teams)) - unseen
        assert found.get_column("team").to_list() == sorted(expected)
        assert found.get_column("name").to_list() == [NAMES.get(team) for team in sorted(expected)]
        for team, numerator in found.select("team", "numerator").iter_rows():
            sums = total(rows, FIRST, LAST, [team])
            assert rounded(numerator) == rounded(sums.numerator / measure.definition.scale)
        frames.append(found)
    return frames


def cases_read(connection: sa.Connection, scope: Scope) -> Frames:
    """Ask for every case list; hold it to the own teams' cases."""
    frames = []
    listed = allowed(scope.case_teams)
    for measure in CHECKED.values():
        for team in (None, *TEAMS, "west"):
            is_refused = (
                (not listed if team is None else team == "west" or team not in listed)
                or measure.definition.about is About.STAFF_HEALTH
                or (measure.definition.about is About.STAFF and scope.case_teams is None)
            )
            if is_refused:
                for ask in (
                    lambda one=measure, of=team: queries.cases(
                        scope, connection, one.id, first=FIRST, last=LAST, team=of
                    ),
                    lambda one=measure, of=team: queries.waiting(scope, connection, one.id, team=of),
                ):
                    with pytest.raises(QueryProblem):
                        ask()
                continue
            found = queries.cases(scope, connection, measure.id, first=FIRST, last=LAST, team=team)
            mine = [row for row in ROWS[measure.id] if row.team_id in (listed if team is None else {team})]
            assert sorted(found.select("case_id", "team").iter_rows()) == sorted(
                (row.case_id, row.team_id) for row in mine if makes(row, FIRST, LAST)
            )
            waiting = queries.waiting(scope, connection, measure.id, team=team)
            assert set(waiting.get_column("case_id")) <= {row.case_id for row in mine}
            check_earlier_referrals(measure, found, mine, listed)
            check_cases_of_other_teams(measure, found, scope)
            check_names_of_staff(connection, measure, found, scope)
            again, number = queries.waiting_with_children(scope, connection, measure.id, team=team)
            assert again.equals(waiting)
            if measure.id == DECISIONS:
                referrals = CASE_TABLES["referrals"].c
                theirs = sa.select(referrals.child_key).where(
                    referrals.referral_id.in_(waiting.get_column("case_id").to_list())
                )
                assert number == len(set(connection.execute(theirs).scalars()))
            frames += [found, waiting]
    return frames


def check_earlier_referrals(
    measure: Measure, found: pl.DataFrame, mine: list[CohortRow], listed: frozenset[str]
) -> None:
    """An earlier referral counts wherever it was; of one elsewhere only the date is told."""
    if measure.id != RE_REFERRALS:
        return
    met = {row.case_id for row in mine if row.numerator}
    assert set(found.filter(pl.col("numerator") == 1).get_column("case_id")) == met
    team_of = {referral["referral_id"]: referral["team_id"] for referral in WORLD.rows("referrals")}
    for row in found.filter(pl.col("numerator") == 1).iter_rows(named=True):
        assert row["earlier_received_on"] is not None
        first = f"{row['case_id'][:-1]}a"
        told = tuple(row[name] for name in EARLIER)
        if row["case_id"].endswith("b"):
            assert (told == (None, None, None)) == (team_of[first] not in listed)


def check_cases_of_other_teams(measure: Measure, found: pl.DataFrame, scope: Scope) -> None:
    """What tells of another case shows to those who may see the cases of its team alone."""
    if scope.case_teams is None:
        return
    for detail in measure.definition.details:
        if detail.of_team is not None:
            shown = found.filter(pl.col(detail.name).is_not_null())
            assert set(shown.get_column(detail.of_team)) <= scope.case_teams


def check_names_of_staff(connection: sa.Connection, measure: Measure, found: pl.DataFrame, scope: Scope) -> None:
    """Who audited, and whoever else of the staff is named, shows to those who manage the case's team alone."""
    for detail in measure.definition.details:
        if detail.names_staff:
            every_team = Scope(None, frozenset({*TEAMS, NO_TEAM}))
            known = queries.cases(every_team, connection, measure.id, first=FIRST, last=LAST)
            names_someone = known.filter(pl.col(detail.name).is_not_null()).get_column("case_id").to_list()
            managed = found.get_column("team").is_in(sorted(scope.case_teams or ()))
            assert found.filter(~managed).get_column(detail.name).is_null().all()
            told = found.filter(managed).filter(pl.col("case_id").is_in(names_someone))
            assert told.get_column(detail.name).is_not_null().all()


def test_the_tiny_service_has_children_who_came_back_to_another_team() -> None:
    team_of = {referral["referral_id"]: referral["team_id"] for referral in WORLD.rows("referrals")}
    met = [row for row in ROWS[RE_REFERRALS] if row.numerator and row.case_id.endswith("b")]
    assert len({row.team_id for row in met}) > 1
    assert sum(team_of[f"{row.case_id[:-1]}a"] != row.team_id for row in met) > 5


def test_how_an_earlier_referral_elsewhere_ended_is_no_dimension_for_a_team(connection: sa.Connection) -> None:
    """On one day with one child who came back, the breakdown would tell what the case list keeps back."""
    day = dt.date(2010, 3, 9)
    asked = {"first": day, "last": day, "by": "earlier_decision", "team": "north"}
    for scope, told in (
        (Scope.everything(), ["core_assessment"]),
        (Scope.of_team("north"), [None]),
        (Scope.of_team("north", "south"), ["core_assessment"]),
    ):
        found = queries.breakdown(scope, connection, RE_REFERRALS, **asked)
        assert found.get_column("earlier_decision").to_list() == told
        assert found.get_column("numerator").to_list() == [1]


def test_staff_are_listed_only_to_those_who_manage_them(connection: sa.Connection) -> None:
    asked = {"first": FIRST, "last": LAST}
    found = queries.cases(Scope.of_team("duty"), connection, "staff_using_ics", **asked)
    assert {case.split("|")[0] for case in found.get_column("case_id")} == {"S04"}
    of_all = Scope(None, None)
    for ask in (queries.cases, queries.waiting):
        days = asked if ask is queries.cases else {}
        for team in (None, "duty"):
            with pytest.raises(QueryProblem, match="only to those who manage the team"):
                ask(of_all, connection, "staff_using_ics", team=team, **days)
        with pytest.raises(QueryProblem, match="never listed"):
            ask(Scope.of_team("duty"), connection, "sickness_absence", **days)


def test_who_audited_shows_to_those_who_manage_the_team(connection: sa.Connection) -> None:
    asked = {"first": FIRST, "last": LAST}
    measure = "views_of_child_and_parents_recorded"
    for scope, told in ((Scope.everything(), False), (Scope.of_team("north"), True)):
        found = queries.cases(scope, connection, measure, **asked, team="north")
        assert found.height
        assert found.get_column("auditor_staff_id").is_not_null().all() is told
