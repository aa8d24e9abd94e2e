"""A file is judged as a whole: how many rows can't be used, what it would withdraw, of which dates its rows are."""

import itertools
from dataclasses import dataclass

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.loading import ConfirmationProblem, Confirmed, Doubtful, load_extracts, warnings_told
from data_access.loading.checks.cleaning import KEY
from data_access.loading.merge.protecting import CHILD, part_of_key, protected
from data_access.loading.record.rebuilding import rebuild
from data_access.problems import ExtractProblem, SettingProblem
from data_access.settings import LoadSettings, load_settings
from tests.council import LOADER
from tests.loading.handing_over import (
    CONFIRMED,
    Council,
    assert_rollup_is_the_cohort,
    everything,
    fates,
    only,
    terms,
    write,
)

POSTGRESQL_IN_SOAK = True

HEADINGS = "referral_id,child_id,received_at,team_id,closed_on"
FIRST, NEXT = terms("2010-03-22 07:00"), terms("2010-03-29 07:00", complete=True)


def rows(numbers: range, *, team: str = "AT1", closed: str = "2010-02-20", received: str = "2010-02-01") -> str:
    """Return referrals R0, R1 … of as many children."""
    return "\n".join([HEADINGS, *(f"R{n},C{n},{received},{team},{closed}" for n in numbers)])


def spoilt(good: int, bad: int) -> str:
    return "\n".join([rows(range(good)), *(f"X{n},C{n},never,AT1," for n in range(bad))])


@pytest.mark.parametrize(
    ("good", "bad", "becomes"),
    [(8, 2, "loaded"), (6, 2, "loaded"), (15, 5, "asks"), (4, 4, "loaded"), (5, 5, "asks"), (2, 3, "asks"),
     (1, 1, "loaded"), (1, 2, "asks"), (20, 5, "loaded"),
     (0, 1, "refused"), (0, 9, "refused"), (100, 25, "loaded"), (100, 26, "asks")],
)  # fmt: skip
def test_more_than_a_share_of_refused_rows_refuses_the_load(
    good: int, bad: int, becomes: str, council: Council
) -> None:
    before = everything(council.engine)
    if becomes == "loaded":
        assert fates(only(council.hand_over(referrals=spoilt(good, bad)))) == {"new": good, "refused": bad}
        return
    with pytest.raises(ExtractProblem) as refused:
        council.hand_over(referrals=spoilt(good, bad))
    said = str(refused.value)
    assert everything(council.engine) == before
    assert isinstance(refused.value, ConfirmationProblem) == (becomes == "asks")
    for words in ("referrals.csv", f"{bad:,}", "received_at is no date and time", f"{good + 2}"):
        assert words in said
    assert council.table("refused_files")[0]["reason"] == said
    if becomes == "asks":
        report = council.hand_over(confirmed=CONFIRMED, referrals=spoilt(good, bad))
        assert fates(only(report)) == {"new": good, "refused": bad}
        assert council.table("loaded_extracts")[0]["confirmed"] == "refused rows"
    else:
        with pytest.raises(ExtractProblem):
            council.hand_over(confirmed=CONFIRMED, referrals=spoilt(good, bad))


def test_rows_that_say_the_same_again_are_no_reason_to_refuse(council: Council) -> None:
    again = rows(range(3)).split("\n", 1)[1]
    report = council.hand_over(referrals="\n".join([rows(range(3)), again, again]))
    assert fates(only(report)) == {"new": 3, "refused": 6}
    other = "\n".join(f"R{n},C{n},2010-02-02,AT1," for n in range(5))
    with pytest.raises(ConfirmationProblem, match=r"5 of the 10 rows .* in an earlier row already \(5 rows: 7"):
        council.hand_over(referrals="\n".join([rows(range(5)), other]))


def test_the_shares_are_settings(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFE_REFUSED_PERCENT", "60")
    assert only(council.hand_over(referrals=spoilt(10, 14))).refused == 14
    monkeypatch.setenv("SAFE_WITHDRAWN_PERCENT", "80%")
    assert only(council.hand_over(NEXT, referrals=rows(range(2)))).withdrawn == 8
    assert load_settings() == LoadSettings(refused=0.6, withdrawn=0.8)
    for wrong in ("a fifth", "-1", "101", "nan"):
        monkeypatch.setenv("SAFE_REFUSED_PERCENT", wrong)
        with pytest.raises(SettingProblem, match="SAFE_REFUSED_PERCENT"):
            load_settings()


@dataclass(frozen=True)
class Withdrawal:
    """What stands, what a complete extract lists, and words of the question; None where it doesn't ask."""

    stands: str
    listed: str
    asks: str | None


TWO_TEAMS = "\n".join([rows(range(20)), "S1,D1,2010-02-01,AT2,", "S2,D2,2010-02-01,AT2,2010-02-03"])
WITHDRAWALS = {
    "one of three": Withdrawal(rows(range(3)), rows(range(2)), None),
    "two of nine": Withdrawal(rows(range(9)), rows(range(7)), None),
    "two of four": Withdrawal(rows(range(4)), rows(range(2)), "2 of the 4 rows"),
    "a fifth": Withdrawal(rows(range(20)), rows(range(16)), None),
    "more than a fifth": Withdrawal(rows(range(20)), rows(range(15)), "5 of the 20 rows"),
    "all, by others": Withdrawal(rows(range(4)), rows(range(10, 14)), "all 4 rows"),
    "an empty list": Withdrawal(rows(range(1)), HEADINGS, "lists no row"),
    "an empty list over nothing": Withdrawal(rows(range(4), received="2009-02-01"), HEADINGS, None),
    "a team with an open case": Withdrawal(TWO_TEAMS, rows(range(20)), "a team with open cases (AT2)"),
    "a team with none": Withdrawal(TWO_TEAMS.replace("AT2,\n", "AT2,2010-02-02\n"), rows(range(20)), None),
    "a team of which one row is left": Withdrawal(TWO_TEAMS, f"{rows(range(20))}\nS2,D2,2010-02-01,AT2,", None),
    "a team that moved": Withdrawal(rows(range(6), closed=""), rows(range(6), team="AT9", closed=""), None),
}


@pytest.mark.parametrize("case", WITHDRAWALS.values(), ids=WITHDRAWALS)
def test_much_that_would_be_withdrawn_waits_for_a_word(case: Withdrawal, council: Council) -> None:
    council.hand_over(FIRST, referrals=case.stands)
    before = everything(council.engine)
    if case.asks is None:
        council.hand_over(NEXT, referrals=case.listed)
        return
    with pytest.raises(ConfirmationProblem) as waits:
        council.hand_over(NEXT, referrals=case.listed)
    assert case.asks in str(waits.value)
    assert everything(council.engine) == before
    council.hand_over(NEXT, confirmed=Confirmed(frozenset({Doubtful.WITHDRAWALS})), referrals=case.listed)
    assert council.table("loaded_extracts")[-1]["confirmed"] == "withdrawals"
    done = everything(council.engine)
    rebuild(council.engine, LOADER)
    again = everything(council.engine)
    assert (again["referrals"], again["withdrawn_rows"]) == (done["referrals"], done["withdrawn_rows"])
    assert_rollup_is_the_cohort(council.engine)


def test_just_what_a_preview_told_is_confirmed(council: Council) -> None:
    council.hand_over(FIRST, referrals=rows(range(10)))
    folder = write(council.folder / "cut off", {"referrals": rows(range(4))})
    preview = load_extracts(council.engine, LOADER, [folder], terms=NEXT, dry_run=True)
    [asked] = preview.to_confirm
    assert (asked.kind, asked.rows, asked.of) == (Doubtful.WITHDRAWALS, 6, 10)
    confirmed = Confirmed(marks=frozenset({asked.mark}))
    council.hand_over(FIRST, referrals=rows(range(10, 11)))
    with pytest.raises(ConfirmationProblem, match=r"7 of the 11 rows"):
        load_extracts(council.engine, LOADER, [folder], terms=NEXT, confirmed=confirmed)
    [asked] = load_extracts(council.engine, LOADER, [folder], terms=NEXT, dry_run=True).to_confirm
    report = load_extracts(
        council.engine, LOADER, [folder], terms=NEXT, confirmed=Confirmed(marks=frozenset({asked.mark}))
    )
    assert only(report).withdrawn == 7


STAFF = "staff_id,from,role,fte"
SYSTEM_USE = "staff_id,week,system,recorded"
SURVEYED = [f"S{n},2010-02-01,ics,1" for n in range(9)]


@pytest.mark.parametrize(
    ("extract", "standing", "listed", "withdrawn"),
    [
        ("referrals", "R1,C1,2010-02-01,AT1,", "R1,C1,31/02/2010,AT1,", False),
        ("referrals", "R1,C1,2010-02-01,AT1,", "R1,C1,2055-02-01,AT1,", False),
        ("referrals", "R1,C1,2010-02-01,AT1,", "R1,,2010-02-01,AT1,", False),
        ("referrals", "R1,C1,2010-02-01,AT1,", "r 1,C1,never,AT1,", False),
        ("referrals", "0012,C1,2010-02-01,AT1,", "12,C1,never,AT1,", False),
        ("referrals", "R1,C1,2010-02-01,AT1,", ",C1,2010-02-01,AT1,", False),
        ("referrals", "R1,C1,2010-02-01,AT1,", ",,2010-02-01,AT1,", False),
        ("referrals", "R1,C1,2010-02-01,AT1,", ",#N/A,2010-02-01,AT1,", False),
        ("referrals", "R1,C1,2010-02-01,AT1,", ",UNKNOWN,2010-02-01,AT1,", False),
        ("referrals", "R1,C1,2010-02-01,AT1,", ",N/A,2010-02-01,AT1,", False),
        ("referrals", "R1,C1,2010-02-01,AT1,", ",9999999999,2010-02-01,AT1,", False),
        ("referrals", "R1,C1,2010-02-01,AT1,", ",123456789012345000,2010-02-01,AT1,", False),
        ("referrals", "R1,C1,2010-02-01,AT1,", ",1.23E+11,2010-02-01,AT1,", False),
        ("referrals", "R1,C1,2010-02-01,AT1,", f"{'R' * 201},C1,2010-02-01,AT1,", False),
        ("referrals", "R1,C1,2010-02-01,AT1,", "R2,C1,never,AT1,", True),
        ("referrals", "R1,12,2010-02-01,AT1,", ",\u00a012.0,2010-02-01,AT1,", False),
        ("referrals", "R1,C1,2010-02-01,AT1,", ",C2,2010-02-01,AT1,", True),
        ("staff", "P1,2010-02-01,other,1", "P1,never,other,1", False),
        ("staff", "P1,2010-02-01,other,1", "P1,2055-01-01,other,1", False),
        ("staff", "P1,2010-02-01,other,1", ",2010-02-01,other,1", False),
        ("staff", "P1,2010-02-01,other,1", "P2,never,other,1", True),
        ("staff", "P1,2010-02-01,other,1", ",,other,1", False),
        ("system_use", "P1,2010-02-01,ics,1", "P1,2010-02-03,ics,1", False),
        ("system_use", "P1,2010-02-01,ics,1", "P1,2010-02-01,paris,1", False),
        ("system_use", "P1,2010-02-01,ics,1", "P1,2010-02-08,paris,1", True),
    ],
)
def test_a_refused_row_withdraws_nothing_for_which_it_may_stand(
    extract: str, standing: str, listed: str, withdrawn: bool, council: Council
) -> None:
    headings, others = {
        "referrals": (HEADINGS, [f"X{n},D{n},2010-02-01,AT1," for n in range(9)]),
        "staff": (STAFF, [f"X{n},2010-02-02,other,1" for n in range(9)]),
        "system_use": (SYSTEM_USE, [f"X{n},2010-02-01,ics,1" for n in range(9)]),
    }[extract]
    council.hand_over(FIRST, **{extract: "\n".join([headings, standing, *others])})
    report = council.hand_over(NEXT, **{extract: "\n".join([headings, listed, *others])})
    assert fates(only(report)) == {"unchanged": 9, "refused": 1} | ({"withdrawn": 1} if withdrawn else {})
    rebuild(council.engine, LOADER)
    assert len(council.rows(extract)) == 10 - withdrawn
    if listed.startswith(",,"):
        assert "none of the 1 rows that are no longer listed was withdrawn" in " ".join(report.notices)


@pytest.mark.parametrize(
    "listed", ["r 1,C1,never,AT1,", ",C1,2010-02-01,AT1,", ",,2010-02-01,AT1,", "R1,C1,2055-01-01,AT1,"]
)
def test_an_older_row_comes_where_a_later_refused_one_may_stand_for_it(listed: str, council: Council) -> None:
    others = [f"X{n},D{n},2010-02-01,AT1," for n in range(9)]
    council.hand_over(NEXT, referrals="\n".join([HEADINGS, listed, *others]))
    council.hand_over(FIRST, referrals=f"{HEADINGS}\nR1,C1,2010-02-01,AT1,")
    assert "R1" in council.rows("referrals")


APRIL = ("2010-04-01", "2010-04-30")


@pytest.mark.parametrize(
    ("within", "outside", "complete", "becomes"),
    [(0, 6, True, "refused"), (2, 4, True, "told"), (3, 3, True, "loaded"), (0, 6, False, "told"),
     (2, 4, False, "loaded"), (0, 0, True, "loaded")],
)  # fmt: skip
def test_rows_outside_the_dates_given_are_told_or_refuse_the_file(
    within: int, outside: int, complete: bool, becomes: str, council: Council
) -> None:
    listed = "\n".join([
        HEADINGS,
        *(f"I{n},C{n},2010-04-02,AT1," for n in range(within)),
        *(f"O{n},D{n},2010-03-2{n},AT1," for n in range(outside)),
    ])  # fmt: skip
    held = terms("2010-05-01 07:00", *APRIL, complete=complete)
    if becomes == "refused":
        with pytest.raises(
            ExtractProblem, match=r"(?s)all 6 rows.*2010-04-01 to 2010-04-30.*2010-03-20 to 2010-03-25"
        ):
            council.hand_over(held, referrals=listed)
        assert council.table("coverage") == []
        return
    report = council.hand_over(held, referrals=listed)
    assert any("Check the dates" in notice for notice in report.notices) == (becomes == "told")
    if complete and outside:
        assert warnings_told(report) == [
            f"referrals, received_at: lies outside 2010-04-01 to 2010-04-30, which the extract covers ({outside})"
        ]


@pytest.mark.parametrize(
    ("row", "becomes"),
    [("L1,C1,AT1,2008-01-01,", "loaded"), ("L1,C1,AT1,2008-01-01,2010-04-03", "loaded"),
     ("L1,C1,AT1,2008-01-01,2009-01-01", "refused"), ("L1,C1,AT1,2010-05-03,", "refused")],
)  # fmt: skip
def test_a_spell_lies_in_the_dates_as_long_as_it_lasts(row: str, becomes: str, council: Council) -> None:
    held = terms("2010-05-04 07:00", *APRIL, complete=True)
    listed = f"allocation_id,child_id,team_id,from,to\n{row}"
    if becomes == "refused":
        with pytest.raises(ExtractProblem, match="the only row of the extract allocations"):
            council.hand_over(held, allocations=listed)
    else:
        assert fates(only(council.hand_over(held, allocations=listed))) == {"new": 1}


def naive(rows: list[tuple[str, ...]], refused: list[tuple[str, ...]]) -> list[bool]:
    """Return by plain comparison for which rows a refused one may stand."""

    def folded(text: str) -> str:
        return text.replace(" ", "").lower().lstrip("0")

    def alike(row: tuple[str, ...], one: tuple[str, ...]) -> bool:
        read = [(folded(part), folded(given)) for part, given in zip(row, one, strict=True) if given]
        return not read or all(part == given for part, given in read)

    return [any(alike(row, one) for one in refused) for row in rows]


@given(
    rows=st.lists(st.tuples(*[st.sampled_from(["a", "B", "c 1", "02"])] * 2), unique=True, max_size=9),
    refused=st.lists(st.tuples(*[st.sampled_from(["", "A", "b", "C1", "2"])] * 2), max_size=4),
)
def test_what_is_protected_is_what_plain_comparison_finds(
    rows: list[tuple[str, ...]], refused: list[tuple[str, ...]]
) -> None:
    names = [part_of_key(0), part_of_key(1)]
    standing = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    keys = ["|".join(one) if any(one) else None for one in refused]
    away = pl.DataFrame({KEY: keys, CHILD: [None] * len(keys)}, schema={KEY: pl.String, CHILD: pl.String})
    found, any_row = protected(standing, away, parts=2, made_keys=False)
    assert found.to_list() == naive(rows, refused)
    assert any_row == any(not any(one) for one in refused)


def test_a_file_at_fault_in_several_ways_tells_all_of_them(council: Council) -> None:
    council.hand_over(FIRST, referrals=rows(range(10)))
    staff = "\n".join([STAFF, "P1,2010-01-01,other,1", *(f"Q{n},x,other,1" for n in range(3))])
    with pytest.raises(ConfirmationProblem) as waits:
        council.hand_over(NEXT, referrals=spoilt(5, 6), staff=staff)
    kinds = [(one.extract, one.kind) for one in waits.value.asked]
    assert set(kinds) == {
        ("referrals", Doubtful.REFUSED_ROWS), ("referrals", Doubtful.WITHDRAWALS), ("staff", Doubtful.REFUSED_ROWS),
    }  # fmt: skip
    for some in itertools.combinations(Doubtful, 1):
        with pytest.raises(ConfirmationProblem):
            council.hand_over(NEXT, confirmed=Confirmed(frozenset(some)), referrals=spoilt(5, 6))
