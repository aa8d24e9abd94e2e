"""The watcher's rounds: loaded once and in order, refused with the reason, tried again, made up after a kill."""

import datetime as dt
import json
import os
import shutil
from pathlib import Path

import pytest

from data_access.database.opening import connect, writing
from data_access.loading import load_extracts
from data_access.loading.watching import Round, Watch, aside, deliveries, only_watcher, rounds
from data_access.problems import DatabaseProblem, Problem
from tests.council import LOADER
from tests.loading.watching.conftest import Feed, manifest, referrals, staff


def test_what_is_whole_is_loaded_once_and_moved(feed: Feed) -> None:
    feed.put_week("week 12", "R1", "R2")
    watch = feed.watch()
    assert watch.round() == Round(loaded=1, refused=0, waiting=(), trouble=False)
    assert watch.round() == Round(loaded=0, refused=0, waiting=(), trouble=False)
    assert feed.standing() == {"R1", "R2"}
    assert (feed.lies_in("loaded"), feed.lies_in("refused"), feed.loads()) == (["week 12"], [], 1)
    [line] = [line for line in feed.lines if "load 1" in line]
    assert line.endswith("week 12: load 1 of referrals: rows 2 new, 0 changed, 0 withdrawn, 0 refused, 0 warnings")
    assert sorted(entry.name for entry in feed.folder.iterdir()) == [".safe-watch", "loaded"]


def test_loose_files_are_moved_together(feed: Feed) -> None:
    feed.put({"referrals.csv": referrals("R1"), "staff.csv": staff("S1"), "manifest.csv": manifest("referrals")})
    assert feed.round().loaded == 1
    assert feed.lies_in("loaded") == ["extracts"]
    [moved] = (feed.folder / "loaded").iterdir()
    assert sorted(file.name for file in moved.iterdir()) == ["manifest.csv", "referrals.csv"]
    feed.put({"manifest.csv": manifest("staff")})
    assert feed.round().loaded == 1
    assert feed.lies_in("loaded") == ["extracts", "extracts"] or sorted(feed.lies_in("loaded"))[0].endswith(
        "extracts"
    )
    assert not list(feed.folder.glob("*.csv"))


def test_rows_that_were_refused_are_listed_beside(feed: Feed) -> None:
    feed.put_week("week").joinpath("referrals.csv").write_text(
        referrals("R1", "R2").replace("2010-03-01", "yesterday", 1), encoding="utf-8"
    )
    assert feed.round().loaded == 1
    said = feed.note(".refused-rows.txt")
    assert "loaded but for 1 rows" in said
    assert "referrals.csv, row 2, received_at: 'yesterday 10:00' is no date and time" in said


def test_a_refused_delivery_is_set_aside_with_its_reason_and_stops_nothing_else(feed: Feed) -> None:
    feed.put_week("bad", "R1", taken="last night")
    feed.put_week("good", "R2")
    assert feed.round() == Round(loaded=1, refused=1, waiting=(), trouble=False)
    assert feed.standing() == {"R2"}
    assert sorted(feed.lies_in("refused")) == ["bad", "bad.reason.txt"]
    said = feed.note(".reason.txt")
    for words in ("bad was refused", "When (London time): ", "manifest.csv, row 2, extracted_at: is 'last night'",
                  "expected", "bad/referrals.csv", "What to do: "):  # fmt: skip
        assert words in said
    [warning] = feed.warnings
    assert "bad refused: manifest.csv, row 2" in warning
    [corrected] = (entry for entry in (feed.folder / "refused").iterdir() if entry.is_dir())
    corrected.joinpath("manifest.csv").write_text(manifest("referrals"), encoding="utf-8")
    corrected.rename(feed.folder / "corrected")
    assert feed.round().loaded == 1
    assert feed.standing() == {"R1", "R2"}


def test_deliveries_are_loaded_in_the_order_in_which_they_were_taken(feed: Feed) -> None:
    for name, day in (("a", 29), ("b", 15), ("c", 22)):
        feed.put_week(name, f"R{day}", taken=f"2010-03-{day} 07:00")
    assert feed.round().loaded == 3
    assert [taken.day for taken in feed.taken()] == [15, 22, 29]


def test_what_was_loaded_but_not_moved_is_moved_by_the_next_and_changes_nothing(feed: Feed) -> None:
    week = feed.put_week("week", "R1")
    engine = connect(feed.url)
    version = load_extracts(engine, LOADER, [week]).data_version
    engine.dispose()
    assert feed.round().loaded == 1
    assert (feed.loads(), feed.lies_in("loaded")) == (1, ["week"])
    assert feed.lines[0].endswith("week: nothing new, its files were loaded before")
    engine = connect(feed.url)
    shutil.copytree(next((feed.folder / "loaded").iterdir()), feed.folder / "the same again")
    assert load_extracts(engine, LOADER, [feed.folder / "the same again"]).data_version == version
    engine.dispose()


@pytest.mark.parametrize("moved", [0, 1, 2, 3])
def test_a_move_that_was_cut_off_is_finished(moved: int, feed: Feed) -> None:
    feed.put(
        {"referrals.csv": referrals("R1"), "staff.csv": staff("S1"), "manifest.csv": manifest("referrals", "staff")}
    )
    [whole], _ = deliveries.Inbox(feed.folder, 0).look()
    move = aside.plan(feed.folder, whole, deliveries.LOADED, "a note")
    for path in whole.paths[:moved]:
        target = feed.folder / "loaded" / move.name
        target.mkdir(parents=True, exist_ok=True)
        path.rename(target / path.name)
    assert feed.round() == Round(loaded=0, refused=0, waiting=(), trouble=False)
    assert not list(feed.folder.glob("*.csv"))
    assert sorted(file.name for file in (feed.folder / "loaded" / move.name).iterdir()) == [
        "manifest.csv", "referrals.csv", "staff.csv",
    ]  # fmt: skip
    assert feed.note(".refused-rows.txt") == "a note"


def test_what_comes_in_the_place_of_a_file_before_it_is_moved_stays_and_is_loaded(feed: Feed) -> None:
    feed.put({"referrals.csv": referrals("R1"), "manifest.csv": manifest("referrals")})
    [whole], _ = deliveries.Inbox(feed.folder, 0).look()
    aside.plan(feed.folder, whole, deliveries.LOADED)
    feed.put({"referrals.csv": referrals("R1", "R2")})
    watch = feed.watch()
    first = watch.round()
    assert [one.name for one in first.waiting] == ["referrals.csv"]
    feed.put({"manifest.csv": manifest("referrals")})
    assert watch.round().loaded == 1
    assert feed.standing() == {"R1", "R2"}


def test_a_plan_that_was_cut_off_is_no_plan(feed: Feed) -> None:
    own = feed.folder / aside.OWN
    own.mkdir()
    (own / "loaded-x.draft").write_text(json.dumps({"into": "load"})[:8], encoding="utf-8")
    feed.put_week("week", "R1")
    assert feed.round().loaded == 1


def test_a_delivery_that_changes_while_it_is_loaded_is_loaded_again(
    feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    week = feed.put_week("week", "R1")
    real = rounds.load_extracts

    def load_while_somebody_writes(*given: object, **more: object) -> object:
        done = real(*given, **more)
        if feed.loads() == 1:
            feed.put({"referrals.csv": referrals("R1", "R2")}, "week")
        return done

    monkeypatch.setattr(rounds, "load_extracts", load_while_somebody_writes)
    watch = feed.watch()
    watch.round()
    assert week.exists()
    assert "changed while it was loaded" in feed.warnings[0]
    watch.round()
    assert not week.exists()
    assert (feed.standing(), feed.loads()) == ({"R1", "R2"}, 2)


def test_a_locked_database_is_told_once_and_tried_again(feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "TURN_SECONDS", 0)
    feed.put_week("week", "R1")
    watch, other = feed.watch(), connect(feed.url)
    with writing(other):
        for _ in range(3):
            assert watch.round() == Round(loaded=0, refused=0, waiting=(), trouble=True)
    other.dispose()
    [warning] = feed.warnings
    assert "is locked: another load is writing to it" in warning
    assert "stays where it is and is tried again" in warning
    assert watch.round().loaded == 1
    assert feed.lies_in("refused") == []


def test_a_server_that_is_away_is_no_refusal(feed: Feed) -> None:
    feed.put_week("week", "R1")
    assert feed.round(url="postgresql://safe@127.0.0.1:1/safe").trouble
    assert "can't be reached" in feed.warnings[0]
    assert (feed.folder / "week").exists()
    assert feed.round().loaded == 1


def test_a_wrong_address_is_said_at_once(feed: Feed) -> None:
    with pytest.raises(DatabaseProblem, match="is not a database address"):
        feed.watch(url="nonsense")


def test_the_same_trouble_is_told_again_after_it_was_over(feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "TURN_SECONDS", 0)
    watch, other = feed.watch(), connect(feed.url)
    for name in ("a", "b"):
        feed.put_week(name, name)
        with writing(other):
            watch.round()
            watch.round()
        watch.round()
    other.dispose()
    assert len(feed.warnings) == 2
    assert feed.standing() == {"a", "b"}


def test_what_can_not_be_moved_is_told_once_and_not_loaded_again(feed: Feed) -> None:
    feed.put_week("week", "R1")
    (feed.folder / "loaded").write_text("a file in the way", encoding="utf-8")
    watch = feed.watch()
    assert watch.round().trouble
    assert watch.round() == Round(loaded=0, refused=0, waiting=(), trouble=True)
    [warning] = feed.warnings
    assert "week can't be moved to loaded/" in warning
    (feed.folder / "loaded").unlink()
    assert watch.round() == Round(loaded=0, refused=0, waiting=(), trouble=False)
    assert (feed.lies_in("loaded"), feed.loads()) == (["week"], 1)


def test_a_folder_that_is_gone_is_told_once_until_it_is_back(feed: Feed) -> None:
    watch = feed.watch()
    feed.folder.rename(feed.folder.with_name("away"))
    assert watch.round().trouble
    assert watch.round().trouble
    [warning] = feed.warnings
    assert "can't be looked at (No such file or directory)" in warning
    feed.folder.with_name("away").rename(feed.folder)
    feed.put_week("week", "R1")
    assert watch.round().loaded == 1


def test_a_fault_of_our_own_holds_up_nothing_and_is_tried_again_when_the_delivery_changes(
    feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = rounds.load_extracts

    def fail_for_one(engine: object, actor: object, paths: tuple[Path, ...], **more: object) -> object:
        if paths[0].name == "a" and feed.loads() < 2:
            raise RecursionError
        return real(engine, actor, paths, **more)

    monkeypatch.setattr(rounds, "load_extracts", fail_for_one)
    for name in ("a", "b"):
        feed.put_week(name, name)
    watch = feed.watch()
    assert [watch.round().loaded for _ in range(2)] == [1, 0]
    [warning] = feed.warnings
    assert "a could not be loaded: the program met RecursionError" in warning
    feed.put_week("c", "c")
    watch.round()
    feed.put({"manifest.csv": manifest("referrals", taken="2010-03-29 08:00")}, "a")
    os.utime(feed.folder / "a" / "manifest.csv", (1, 1))
    assert watch.round().loaded == 1
    assert feed.standing() == {"a", "b", "c"}


def test_what_never_becomes_whole_is_told_after_a_while_and_once(feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    feed.put({"referrals.csv": referrals("R1")})
    watch = feed.watch()
    watch.round()
    assert feed.warnings == []
    monkeypatch.setattr(rounds, "_LONG", 0)
    for _ in range(2):
        assert not watch.round().trouble
    [warning] = feed.warnings
    assert "referrals.csv has been waiting for an hour: no manifest.csv beside it names referrals yet" in warning


def test_whoever_is_told_to_leave_loads_nothing_more(feed: Feed) -> None:
    for name in ("a", "b"):
        feed.put_week(name, name)
    watch = feed.watch()
    assert watch.round(lambda: bool(feed.lines)).loaded == 1
    assert feed.standing() == {"a"}
    assert watch.round().loaded == 1


def test_of_two_watchers_the_second_is_turned_away(feed: Feed) -> None:
    with (
        only_watcher(feed.folder),
        pytest.raises(Problem, match=rf"is watched already, by process {os.getpid()} on"),
        only_watcher(feed.folder),
    ):
        pass
    with only_watcher(feed.folder):
        pass


class TestLive:
    """The as-at time, moved on to now where the folder is the one feed."""

    @staticmethod
    def fed(feed: Feed, *, live: bool = True) -> Watch:
        feed.put_week("week", "R1")
        watch = feed.watch(live=live)
        watch.round()
        return watch

    @staticmethod
    def is_now(moment: dt.datetime) -> bool:
        return abs(dt.datetime.now(dt.UTC).replace(tzinfo=None) - moment) < dt.timedelta(minutes=10)

    def test_it_moves_to_now_with_each_load(self, feed: Feed) -> None:
        self.fed(feed)
        assert self.is_now(feed.as_at())

    def test_it_stays_where_the_feed_is_not_live(self, feed: Feed) -> None:
        self.fed(feed, live=False)
        assert feed.as_at() == dt.datetime.fromisoformat("2010-03-29 06:00")

    def test_it_moves_on_in_silence(self, feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
        watch = self.fed(feed)
        first = feed.as_at()
        watch.round()
        assert feed.as_at() == first
        monkeypatch.setattr(rounds, "_TICK_EVERY", 0)
        watch.round()
        assert feed.as_at() > first

    @pytest.mark.parametrize("behind", ["something waits", "the last was refused", "a fault of ours"])
    def test_it_stays_while_the_feed_is_behind(
        self, behind: str, feed: Feed, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        watch = self.fed(feed)
        monkeypatch.setattr(rounds, "_TICK_EVERY", 0)
        first = feed.as_at()
        if behind == "something waits":
            feed.put({"staff.csv": staff("S1")}, "next")
        elif behind == "the last was refused":
            feed.put_week("next", "R2", taken="last night")
        else:
            monkeypatch.setattr(rounds, "load_extracts", None)
            feed.put_week("next", "R2")
        watch.round()
        watch.round()
        assert feed.as_at() == first
        if behind == "something waits":
            feed.put({"manifest.csv": manifest("staff")}, "next")
            watch.round()
            assert feed.as_at() > first


def test_a_delivery_that_waits_for_a_word_is_refused_and_says_how_to_load_it_by_hand(feed: Feed) -> None:
    feed.put_week("week 12", *(f"R{n}" for n in range(10)))
    assert feed.round().loaded == 1
    cut_off = feed.put_week("week 13", "R0", taken="2010-03-30 07:00")
    cut_off.joinpath("manifest.csv").write_text(
        manifest("referrals", taken="2010-03-30 07:00").replace(",no", ",yes"), encoding="utf-8"
    )
    assert feed.round().refused == 1
    assert len(feed.standing()) == 10
    said = feed.note(".reason.txt")
    assert "would withdraw 9 of the 10 rows" in said
    assert "safe-dashboard load PATH --confirm-withdrawals" in said
    [warning] = feed.warnings
    assert "would withdraw 9 of the 10 rows" in warning
    assert len(warning.splitlines()) == 1


def test_warnings_are_told_with_what_was_loaded(feed: Feed) -> None:
    week = feed.put_week("week", "R1", "R2", "R3")
    text = referrals("R1", "R2", "R3") + referrals("S1").replace("2010-03-01", "2010-02-01").partition("\n")[2]
    week.joinpath("referrals.csv").write_text(text, encoding="utf-8")
    week.joinpath("manifest.csv").write_text(manifest("referrals").replace(",no", ",yes"), encoding="utf-8")
    assert feed.round().loaded == 1
    assert any("week: warning: referrals, received_at: lies outside" in line for line in feed.lines)
