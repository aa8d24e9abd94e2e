"""A week that was signed off stays as it was reported, and what stands otherwise now is told with its load."""

import datetime as dt
from pathlib import Path

import pytest
import sqlalchemy as sa

from dashboard.readings.measure_views import EVERY_MEASURE, measure_views
from dashboard.readings.reading import open_reading
from dashboard.readings.sign_off import Closed, seal, sign_week_off
from dashboard.readings.signed_weeks import (
    cases_as_signed,
    differences,
    measures_as_signed,
    reported_text,
    signed_week,
    signed_weeks_between,
)
from data_access.actor import NotAllowedProblem, Role
from data_access.database.facts import write_fact
from data_access.database.opening import connect, writing
from data_access.loading.record.rebuilding import rebuild
from data_access.problems import QueryProblem
from data_access.scope import Scope
from data_access.signed_weeks import DataMovedOnProblem, SignedWeek
from data_access.up_to_date import up_to_date
from tests.council import LOADER, copy_of
from tests.data_access.signed_weeks.weeks import DINA, WEEK, kept
from tests.loading.handing_over import Council, terms
from tests.reader import reader_of

MEASURE = "decisions_within_24_hours"
REFERRALS = "referral_id,child_id,received_at,decided_at,decision,decided_by_role,team_id"
ON_TIME = "R1,C1,2010-03-22 09:00,2010-03-22 10:00,no_further_action,team_manager,T1"
LATE = "R2,C2,2010-03-23 09:00,2010-03-25 10:00,no_further_action,team_manager,T2"
MENDED = "R2,C2,2010-03-23 09:00,2010-03-23 10:00,no_further_action,team_manager,T2"
CLOSED = Closed(WEEK, "Director, heads of service", "CAFs")


@pytest.fixture
def council(database: sa.Engine, tmp_path: Path) -> Council:
    """Give a council with two referrals in the week, one decided late."""
    council = Council(database, tmp_path)
    council.hand_over(
        terms("2010-03-31 07:00", covers_to="2010-03-30"),
        referrals=f"{REFERRALS}\n{ON_TIME}\n{LATE}",
        teams="team_id,name,service\nT1,One,Assessment\nT2,Two,Assessment",
    )
    return council


def told(engine: sa.Engine) -> list[tuple[str, str, str]]:
    """Return what stands otherwise of the measure in all signed weeks."""
    with open_reading(engine, DINA) as reading:
        weeks = signed_weeks_between(reading, None, None)
        return [(each.reported, each.now, each.why) for each in differences(reading, weeks, measure=MEASURE)]


def as_read(engine: sa.Engine) -> tuple[SignedWeek, list[object], object]:
    with open_reading(engine, DINA) as reading:
        week = signed_week(reading, WEEK)
        return week, list(measures_as_signed(reading, [week])), cases_as_signed(reading, week, MEASURE)


def test_a_signed_week_stays_whatever_is_loaded_rebuilt_or_redefined(council: Council) -> None:
    engine = council.engine
    signed = sign_week_off(DINA, engine, CLOSED)
    before, stored = as_read(engine), kept(engine)
    assert told(engine) == []
    assert before[2] == {"T1": {"numerator": ["R1"]}, "T2": {"denominator": ["R2"]}}

    council.hand_over(terms("2010-03-31 12:00", covers_to="2010-03-30"), referrals=f"{REFERRALS}\n{MENDED}")
    today = dt.datetime.now(dt.UTC).date()
    [(reported, now, why)] = told(engine)
    assert (reported, now) == ("50% (1 of 2)", "100% (2 of 2)")
    assert why == f"load of {today.day} {today:%B %Y}"
    rebuild(engine, LOADER)
    with writing(engine) as connection:
        write_fact(connection, "definitions_hash", "of another program")
    up_to_date(engine.url.render_as_string(hide_password=False)).dispose()
    assert as_read(engine) == before
    assert kept(engine) == stored
    assert told(engine) == [(reported, now, why)]

    again = Closed(WEEK, "Director", reason="Times of decision were mended", expected=signed.revision)
    sign_week_off(DINA, engine, again)
    assert told(engine) == []
    with open_reading(engine, DINA) as reading:
        assert measures_as_signed(reading, [signed_week(reading, WEEK, revision=1)]) == before[1]


def test_cases_are_bound_by_scope_and_by_role(council: Council) -> None:
    sign_week_off(DINA, council.engine, CLOSED)
    with open_reading(council.engine, reader_of(Scope.of_team("T2"), Role.TEAM_MANAGER)) as reading:
        week = signed_week(reading, WEEK)
        assert cases_as_signed(reading, week, MEASURE) == {"T2": {"denominator": ["R2"]}}
    with open_reading(council.engine, reader_of(Scope.everything(), Role.BOARD_MEMBER)) as reading:
        assert reported_text(measures_as_signed(reading, [week], measure=MEASURE)[0].reported) == "50% (1 of 2)"
        with pytest.raises(NotAllowedProblem, match="You may not list cases"):
            cases_as_signed(reading, week, MEASURE)


def test_a_week_without_data_and_figures_not_seen_are_refused(council: Council) -> None:
    with pytest.raises(QueryProblem, match="There are no data of the week of 2009-03-23"):
        sign_week_off(DINA, council.engine, Closed(dt.date(2009, 3, 23), "Director"))
    with open_reading(council.engine, DINA) as reading:
        seen = seal(measure_views(reading, EVERY_MEASURE, up_to=WEEK + dt.timedelta(days=6)), is_latest=True)
    council.hand_over(terms("2010-03-31 12:00", covers_to="2010-03-30"), referrals=f"{REFERRALS}\n{MENDED}")
    with pytest.raises(DataMovedOnProblem, match="The figures have changed since you saw them"):
        sign_week_off(DINA, council.engine, Closed(WEEK, "Director", seen=seen))
    with open_reading(council.engine, DINA) as reading, pytest.raises(QueryProblem, match="was not signed off"):
        signed_week(reading, WEEK)


def test_every_measure_of_the_sample_council_is_kept_as_its_row_says(loaded_council: str, tmp_path: Path) -> None:
    engine = connect(copy_of(loaded_council, tmp_path / "safe.db"))
    sign_week_off(DINA, engine, CLOSED)
    with open_reading(engine, DINA) as reading:
        views = {
            view.definition.id: view for view in measure_views(reading, EVERY_MEASURE, up_to=WEEK + dt.timedelta(6))
        }
        week = signed_week(reading, WEEK)
        signed = {each.measure: each.reported for each in measures_as_signed(reading, [week])}
        assert signed.keys() == views.keys()
        for name, reported in signed.items():
            view = views[name]
            assert reported["sentence"] == view.sentence
            assert reported["value"] == view.headline["value"]
            assert (reported["target"] or {}).get("value") == getattr(view.judgement.target, "value", None)
            if view.judgement.latest is not None and view.judgement.latest.drawn is not None:
                assert reported["limits"]["mean"] == view.judgement.latest.drawn.mean
        assert differences(reading, [week]) == ()
        cases = cases_as_signed(reading, week, MEASURE)
        met = sum(len(kinds.get("numerator", ())) for kinds in cases.values())
        every = met + sum(len(kinds.get("denominator", ())) for kinds in cases.values())
        assert (met, every) == (signed[MEASURE]["numerator"], signed[MEASURE]["denominator"])
    engine.dispose()
