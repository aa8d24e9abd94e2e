"""The judge itself: its clocks on tricky dates, its loading model, its periods."""

import datetime as dt

import pytest

from tests.oracle import CohortRow, World
from tests.oracle.clocks import utc_from_london, working_days_from, year_before
from tests.oracle.periods import Grain, Total, cells, period_of, rolling_12_months, series, total, year_to_date
from tests.oracle.values import moment
from tests.strategies import ExtractFile, Tick, replay


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def local(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def file_of(table: str, *rows: dict[str, str | None], taken: str, covers: str, complete: bool) -> ExtractFile:
    covers_from, covers_to = covers.split("/")
    return ExtractFile(table, tuple(rows[0]), rows, local(taken), day(covers_from), day(covers_to), complete)


def referral(reference: str, received: str, **more: str | None) -> dict[str, str | None]:
    return {"referral_id": reference, "child_id": "c1", "received_at": received, "team_id": "north", **more}


def one_referral(received: str, taken: str, **more: str | None) -> World:
    world = World()
    row = referral("r1", received, **more)
    replay(world, [file_of("referrals", row, taken=taken, covers="2008-01-01/2010-01-31", complete=True)])
    return world


class TestClocks:
    @pytest.mark.parametrize(
        ("start", "end", "days"),
        [
            ("2009-12-17", "2009-12-30", 7),  # past Christmas Day, Boxing Day's Monday and two weekends
            ("2009-12-17", "2010-01-04", 9),
            ("2010-01-02", "2010-01-04", 1),  # from a Saturday
            ("2010-01-01", "2010-01-04", 1),  # from a bank holiday
            ("2010-01-08", "2010-01-11", 1),
            ("2010-01-08", "2010-01-10", 0),
            ("2010-01-11", "2010-01-08", -1),
            ("2010-03-31", "2010-04-06", 2),  # past Good Friday and Easter Monday
            ("2008-02-28", "2008-03-03", 2),
        ],
    )
    def test_working_days_leave_out_weekends_and_bank_holidays(self, start: str, end: str, days: int) -> None:
        assert working_days_from(day(start), day(end)) == days

    @pytest.mark.parametrize(
        ("today", "before"),
        [("2008-02-29", "2007-02-28"), ("2009-02-28", "2008-02-28"), ("2009-03-01", "2008-03-01")],
    )
    def test_a_year_before_a_leap_day_is_28_february(self, today: str, before: str) -> None:
        assert year_before(day(today)) == day(before)

    @pytest.mark.parametrize(
        ("london", "utc"),
        [
            ("2010-03-28 00:59", "2010-03-28 00:59"),
            ("2010-03-28 02:00", "2010-03-28 01:00"),
            ("2009-10-25 00:59", "2009-10-24 23:59"),
            ("2009-10-25 01:30", "2009-10-25 00:30"),  # the first of two
            ("2009-10-25 02:00", "2009-10-25 02:00"),
        ],
    )
    def test_london_time_across_clock_changes(self, london: str, utc: str) -> None:
        assert utc_from_london(local(london)) == local(utc).replace(tzinfo=dt.UTC)

    def test_a_time_that_the_spring_change_left_out_never_was(self) -> None:
        with pytest.raises(ValueError, match="never was"):
            utc_from_london(local("2010-03-28 01:30"))

    def test_a_date_alone_is_put_at_its_local_midnight(self) -> None:
        summer = moment("2010-06-01")
        assert summer.utc == local("2010-05-31 23:00").replace(tzinfo=dt.UTC)
        assert (summer.on, summer.timed) == (day("2010-06-01"), False)


class TestLoading:
    def test_a_later_extract_stands_whichever_comes_first(self) -> None:
        world = World()
        newer = referral("r1", "2010-01-05 10:00", source="school")
        older = referral("r1", "2010-01-04 10:00", source="police")
        replay(
            world,
            [file_of("referrals", newer, taken="2010-01-12 07:00", covers="2010-01-01/2010-01-11", complete=False)],
        )
        replay(
            world,
            [file_of("referrals", older, taken="2010-01-11 07:00", covers="2010-01-01/2010-01-10", complete=True)],
        )
        assert [row["source"] for row in world.rows("referrals")] == ["school"]

    def test_an_absent_column_keeps_what_stood_and_a_blank_clears_it(self) -> None:
        world = World()
        rows = (
            referral("r1", "2010-01-05", source="school", reason="neglect"),
            referral("r1", "2010-01-05", source=None),
        )
        for row in rows:
            replay(
                world,
                [file_of("referrals", row, taken="2010-01-12 07:00", covers="2010-01-01/2010-01-11", complete=False)],
            )
        (standing,) = world.rows("referrals")
        assert (standing["source"], standing["reason"]) == (None, "neglect")

    def test_a_complete_extract_withdraws_what_it_no_longer_lists_of_its_dates(self) -> None:
        world = World()
        before = [referral(f"r{number}", f"2010-01-0{number} 10:00") for number in (4, 5, 6)]
        replay(
            world,
            [file_of("referrals", *before, taken="2010-01-08 07:00", covers="2010-01-01/2010-01-07", complete=True)],
        )
        after = before[0]
        replay(
            world,
            [file_of("referrals", after, taken="2010-01-09 07:00", covers="2010-01-01/2010-01-05", complete=True)],
        )
        assert [row["referral_id"] for row in world.rows("referrals")] == ["r4", "r6"]

    def test_a_withdrawn_row_comes_back_only_by_an_extract_no_older_than_the_withdrawal(self) -> None:
        world = World()
        kept, dropped = referral("r1", "2010-01-04 10:00"), referral("r2", "2010-01-04 11:00", source="school")
        window = "2010-01-01/2010-01-07"
        replay(world, [file_of("referrals", dropped, taken="2010-01-08 07:00", covers=window, complete=True)])
        replay(world, [file_of("referrals", kept, taken="2010-01-10 07:00", covers=window, complete=True)])
        replay(world, [file_of("referrals", dropped, taken="2010-01-09 07:00", covers=window, complete=False)])
        assert [row["referral_id"] for row in world.rows("referrals")] == ["r1"]
        again = referral("r2", "2010-01-04 11:00")
        replay(world, [file_of("referrals", again, taken="2010-01-10 07:00", covers=window, complete=False)])
        assert [(row["referral_id"], row["source"]) for row in world.rows("referrals")] == [
            ("r1", None),
            ("r2", None),
        ]

    def test_coverage_is_the_last_unbroken_stretch_and_adjacent_days_join(self) -> None:
        world = World()
        for covers in ("2008-01-01/2008-12-31", "2009-03-01/2009-03-31", "2009-04-01/2009-04-30"):
            row = referral("r1", "2008-01-02 10:00")
            replay(world, [file_of("referrals", row, taken="2010-01-08 07:00", covers=covers, complete=False)])
        covered = world.coverage("referrals")
        assert (covered.begins, covered.ends) == (day("2009-03-01"), day("2009-04-30"))

    def test_a_measure_is_as_at_its_earliest_table_and_a_tick_moves_loaded_tables_alone(self) -> None:
        world = one_referral("2010-01-04 10:00", "2010-01-08 07:00")
        replay(world, [Tick(local("2010-01-09 07:00"))])
        contact: dict[str, str | None] = {"contact_id": "k1", "child_id": "c1", "received_at": "2010-01-04 09:00"}
        replay(
            world,
            [file_of("contacts", contact, taken="2010-01-05 07:00", covers="2010-01-01/2010-01-04", complete=True)],
        )
        assert world.as_at(required=["referrals"], optional=["cafs"]).on == day("2010-01-09")
        assert world.as_at(required=["referrals"], optional=["contacts"]).on == day("2010-01-05")
        replay(world, [Tick(local("2010-01-06 07:00"))])
        assert world.as_at(required=["referrals"], optional=["contacts"]).on == day("2010-01-06")

    def test_merges_run_on_to_the_last_reference_and_never_in_a_circle(self) -> None:
        world = World()
        merges: list[dict[str, str | None]] = [
            {"child_id": "c3", "merged_into": "c2", "on": "2010-01-04"},
            {"child_id": "c2", "merged_into": "c1", "on": "2010-01-04"},
        ]
        covers = "2010-01-01/2010-01-07"
        replay(world, [file_of("child_merges", *merges, taken="2010-01-08 07:00", covers=covers, complete=True)])
        assert [world.child(name) for name in ("c1", "c2", "c3", "c4")] == ["c1", "c1", "c1", "c4"]
        circle: dict[str, str | None] = {"child_id": "c1", "merged_into": "c3", "on": "2010-01-04"}
        replay(world, [file_of("child_merges", circle, taken="2010-01-08 07:00", covers=covers, complete=False)])
        with pytest.raises(ValueError, match="circle"):
            world.child("c2")


class TestPeriods:
    ROWS = (
        CohortRow.counted("m", "1", day("2010-03-31"), "north", met=True),
        CohortRow.counted("m", "2", day("2010-04-01"), "south", met=False),
        CohortRow.left_out("m", "3", day("2010-04-04"), "south", "not_yet_due"),
    )

    @pytest.mark.parametrize(
        ("inside", "grain", "start", "end"),
        [
            ("2010-04-04", "week", "2010-03-29", "2010-04-04"),
            ("2008-02-10", "month", "2008-02-01", "2008-02-29"),
            ("2010-03-31", "quarter", "2010-01-01", "2010-03-31"),
            ("2009-12-31", "quarter", "2009-10-01", "2009-12-31"),
            ("2010-03-31", "year", "2009-04-01", "2010-03-31"),
            ("2010-04-01", "year", "2010-04-01", "2011-03-31"),
        ],
    )
    def test_weeks_begin_on_monday_and_years_in_april(self, inside: str, grain: Grain, start: str, end: str) -> None:
        assert period_of(day(inside), grain) == (day(start), day(end))

    def test_a_week_across_the_end_of_the_year_holds_both_sides(self) -> None:
        assert total(self.ROWS, day("2010-03-29"), day("2010-04-04")) == Total(1, 2, 2, 1, 0)
        assert total(self.ROWS, day("2010-03-29"), day("2010-04-04"), ["north"]) == Total(1, 1, 1, 0, 0)
        assert year_to_date(self.ROWS, day("2010-04-04")) == Total(0, 1, 1, 1, 0)

    def test_every_cell_of_a_series_is_there_also_the_empty_ones(self) -> None:
        found = series(self.ROWS, "month", day("2010-02-15"), day("2010-04-01"))
        assert [(start.month, one.cases) for start, one in found] == [(2, 0), (3, 1), (4, 1)]
        assert cells(self.ROWS, "month") == {
            (day("2010-03-01"), "north"): Total(1, 1, 1, 0, 0),
            (day("2010-04-01"), "south"): Total(0, 1, 1, 1, 0),
        }

    def test_twelve_months_are_52_weeks_or_12_calendar_months(self) -> None:
        assert rolling_12_months(self.ROWS, "week", day("2011-03-27")) == Total(1, 2, 2, 1, 0)
        assert rolling_12_months(self.ROWS, "week", day("2011-04-03")) == Total(0, 0, 0, 0, 0)
        assert rolling_12_months(self.ROWS, "month", day("2011-02-28")) == Total(1, 2, 2, 1, 0)
        assert rolling_12_months(self.ROWS, "month", day("2011-03-31")) == Total(0, 1, 1, 1, 0)
