"""The sampler: the same cases from the same seed anywhere, each with the same chance, each stratum with its share."""

from collections import Counter
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.sampling import dealt, draw

STRATA = st.tuples(st.sampled_from(["AT1", "AT2", "AT3", ""]), st.sampled_from(["met", "late"]))
CASES = st.dictionaries(st.text(min_size=1, max_size=6), STRATA, max_size=40)
SEEDS = st.text(max_size=12)


def test_a_sample_worked_out_by_hand() -> None:
    """Six cases of two strata: ranked with `printf 'march|R1' | sha256sum`, and so on."""
    strata = {"R1": ("N",), "R2": ("N",), "R3": ("N",), "R4": ("N",), "R5": ("S",), "R6": ("S",)}
    in_order = ["R5", "R6", "R3", "R2", "R1", "R4"]  # S before N, by their own ranks; within each by those of cases
    start = 0x7DDA719BE3A0A66EC3E59C0038FEF4BC0172DBB7D9B8E2BF1EA01D89ABF360F9 % 6
    assert {in_order[(start + 6 * place) // 3] for place in range(3)} == {"R6", "R2", "R4"}
    assert draw(strata, 3, "march") == ("R6", "R2", "R4")
    assert draw(strata, 3, "april") == ("R3", "R2", "R5")


@given(CASES, st.integers(1, 50), SEEDS, st.randoms(use_true_random=False))
def test_no_case_twice_and_the_order_of_the_list_is_irrelevant(cases, size, seed, random) -> None:
    drawn = draw(cases, size, seed)
    assert len(drawn) == len(set(drawn)) == min(size, len(cases))
    assert set(drawn) <= set(cases)
    shuffled = list(cases.items())
    random.shuffle(shuffled)
    assert draw(dict(shuffled), size, seed) == drawn


@given(CASES, st.integers(1, 50), SEEDS)
def test_each_stratum_and_each_team_gives_its_share_rounded_up_or_down(cases, size, seed) -> None:
    sample = draw(cases, size, seed)
    for depth in (1, 2):
        drawn, sizes = (Counter(cases[case][:depth] for case in part) for part in (sample, cases))
        for stratum, number in sizes.items():
            share, rest = divmod(number * min(size, len(cases)), len(cases))
            assert share <= drawn[stratum] <= share + bool(rest)


@given(st.dictionaries(st.text(min_size=1, max_size=6), STRATA, min_size=1, max_size=12), st.integers(1, 12))
def test_every_case_is_drawn_for_some_seed(cases, size) -> None:
    drawn = {case for number in range(400) for case in draw(cases, size, str(number))}
    assert drawn == set(cases)


def test_all_cases_have_the_same_chance_whatever_the_size_of_their_stratum() -> None:
    cases = {f"R{number}": ("small",) if number < 2 else ("large",) for number in range(20)}
    seeds = 4000
    times = Counter(case for number in range(seeds) for case in draw(cases, 3, str(number)))
    expected, spread = seeds * 3 / 20, (seeds * 0.15 * 0.85) ** 0.5
    assert all(abs(times[case] - expected) < 5 * spread for case in cases)


def test_a_naive_draw_gives_the_same() -> None:
    cases = {f"R{number}": (f"T{number % 3}", "met" if number % 2 else "late") for number in range(31)}

    def rank(text: str) -> str:
        return sha256(f"naive|{text}".encode()).hexdigest()

    ordered = sorted(cases, key=lambda case: (rank(cases[case][0]), rank("|".join(cases[case])), rank(case)))
    start = int(rank(""), 16) % 31
    tickets = [case for case in ordered for _ in range(7)]
    assert set(draw(cases, 7, "naive")) == {tickets[start + 31 * place] for place in range(7)}


def test_a_sample_of_none_is_refused_and_of_an_empty_list_is_empty() -> None:
    with pytest.raises(ValueError, match="not 0"):
        draw({"R1": ("N",)}, 0, "x")
    assert draw({}, 5, "x") == ()


@given(st.lists(st.text(max_size=4), unique=True, max_size=12), st.lists(st.sampled_from("ABCD"), min_size=1))
def test_readers_take_turns_and_nobody_grades_a_case_twice(drawn, readers) -> None:
    twice = len(drawn) // 2 if len(set(readers)) > 1 else 0
    rows = dealt(drawn, readers, second=twice)
    first = [(case, reader.name) for case, reader in rows if not reader.is_second]
    again = [(case, reader.name) for case, reader in rows if reader.is_second]
    assert first == [(case, readers[place % len(readers)]) for place, case in enumerate(drawn)]
    assert [case for case, _ in again] == list(drawn[:twice])
    assert not set(first) & set(again)


@pytest.mark.parametrize(("readers", "second"), [([], 0), (["A"], 1), (["A", "A"], 2)])
def test_too_few_readers_are_refused(readers: list[str], second: int) -> None:
    with pytest.raises(ValueError, match="one reader or more"):
        dealt(["R1", "R2"], readers, second=second)
