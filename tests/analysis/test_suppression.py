"""Small numbers: what is hidden, and an attacker who solves the table and recovers nothing.

The attacker knows every shown cell and total, that 0 is always shown, and (more than any reader could) which hidden
cells are small and which were hidden to protect them. For each hidden cell it asks an integer programme for the
least and the greatest value that fits; a cell whose two answers agree is recovered.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from dashboard.analysis.suppression import SMALLEST_SHOWN, SuppressedTable, suppress

fewer = settings(max_examples=60)


def with_totals(cells):
    table = np.array(cells)
    table = np.hstack([table, table.sum(axis=1, keepdims=True)])
    return np.vstack([table, table.sum(axis=0, keepdims=True)])


def grid(released: SuppressedTable):
    rows = [[*row, total] for row, total in zip(released.cells, released.row_totals, strict=True)]
    return [*rows, [*released.column_totals, released.total]]


def sums(rows, columns):
    """One equation a row and a column of the table with its totals: the parts less the total are 0."""
    equations = []
    for row in range(rows):
        equation = np.zeros((rows, columns))
        equation[row] = [*[1] * (columns - 1), -1]
        equations.append(equation.ravel())
    for column in range(columns):
        equation = np.zeros((rows, columns))
        equation[:, column] = [*[1] * (rows - 1), -1]
        equations.append(equation.ravel())
    return np.array(equations)


def recovered(released, truth):
    """What the attacker works out exactly: {(row, column): value}."""
    shown = grid(released)
    rows, columns = truth.shape
    lower, upper = np.zeros(truth.shape), np.zeros(truth.shape)
    for place, value in np.ndenumerate(truth):
        seen = shown[place[0]][place[1]]
        if seen is not None:
            assert seen == value
            lower[place] = upper[place] = seen
        elif value < SMALLEST_SHOWN:
            lower[place], upper[place] = 1, SMALLEST_SHOWN - 1
        else:
            lower[place], upper[place] = SMALLEST_SHOWN, 4 * truth.max()
    system = LinearConstraint(sums(rows, columns), 0, 0)
    found = {}
    for place in np.ndindex(truth.shape):
        if shown[place[0]][place[1]] is None:
            ends = []
            for sense in (1, -1):
                wanted = np.zeros(truth.shape)
                wanted[place] = sense
                solution = milp(
                    wanted.ravel(),
                    constraints=system,
                    bounds=Bounds(lower.ravel(), upper.ravel()),
                    integrality=np.ones(truth.size),
                )
                assert solution.success
                ends.append(round(sense * solution.fun))
            if ends[0] == ends[1]:
                found[place] = ends[0]
    return found


def hiding(truth, places):
    """A release of `truth` that hides exactly `places`: what somebody naive would send."""
    cells = [
        [None if (row, column) in places else int(value) for column, value in enumerate(values)]
        for row, values in enumerate(truth)
    ]
    return SuppressedTable(
        tuple(tuple(row[:-1]) for row in cells[:-1]),
        tuple(row[-1] for row in cells[:-1]),
        tuple(cells[-1][:-1]),
        cells[-1][-1],
    )


def is_withheld(released):
    return all(value is None for row in grid(released) for value in row)


class TestTheAttackerIsReal:
    def test_it_breaks_hiding_small_cells_alone(self):
        truth = with_totals([[12, 3], [20, 30]])
        assert recovered(hiding(truth, {(0, 1)}), truth) == {(0, 1): 3}

    def test_it_breaks_hiding_one_more_in_the_row(self):
        truth = with_totals([[12, 3], [20, 30]])
        assert recovered(hiding(truth, {(0, 1), (0, 0)}), truth) == {(0, 1): 3, (0, 0): 12}

    @pytest.mark.parametrize("small", [1, 5])
    def test_it_breaks_a_pair_that_adds_up_to_an_end_of_its_range(self, small):
        truth = with_totals([[small, small], [small, small], [20, 30]])
        pairs = {(0, 0), (0, 1), (1, 0), (1, 1)}
        shown = pairs if small == 5 else pairs | {(0, 2), (1, 2)}
        assert recovered(hiding(truth, shown), truth).keys() >= pairs

    def test_it_finds_nothing_in_a_good_square(self):
        truth = with_totals([[12, 3], [20, 30]])
        assert recovered(hiding(truth, {(0, 0), (0, 1), (1, 0), (1, 1)}), truth) == {}


tables = st.integers(1, 5).flatmap(
    lambda columns: st.lists(
        st.lists(st.integers(0, 9) | st.integers(0, 60), min_size=columns, max_size=columns), min_size=1, max_size=6
    )
)


@fewer
@given(tables)
def test_the_attacker_recovers_nothing(cells):
    released, truth = suppress(cells), with_totals(cells)
    if not is_withheld(released):
        assert recovered(released, truth) == {}


@settings(max_examples=25)
@given(st.lists(st.lists(st.integers(0, 6), min_size=3, max_size=3), min_size=3, max_size=3))
def test_the_attacker_recovers_nothing_where_all_is_small(cells):
    released, truth = suppress(cells), with_totals(cells)
    if not is_withheld(released):
        assert recovered(released, truth) == {}


@fewer
@given(tables)
def test_small_numbers_are_hidden_and_shown_ones_are_true(cells):
    released, truth = suppress(cells), with_totals(cells)
    for (row, column), value in np.ndenumerate(truth):
        shown = grid(released)[row][column]
        assert shown is None or shown == value
        if 0 < value < SMALLEST_SHOWN:
            assert shown is None
        if value == 0 and not is_withheld(released):
            assert shown == 0


@fewer
@given(tables)
def test_a_table_without_small_numbers_leaves_whole(cells):
    large = [[cell if cell == 0 else cell + SMALLEST_SHOWN for cell in row] for row in cells]
    assert suppress(large).hidden == 0


def test_the_fewest_and_smallest_cells_are_hidden_with_a_small_one():
    released = suppress([[40, 3, 50], [60, 20, 70], [80, 90, 30]])
    assert released.cells == ((None, None, 50), (None, None, 70), (80, 90, 30))
    assert released.row_totals == (93, 150, 200)
    assert (released.total, released.hidden) == (443, 4)


def test_a_single_small_count_hides_every_total_of_it():
    assert suppress([[3]]) == SuppressedTable(((None,),), (None,), (None,), None)


def test_nought_stays_nought():
    released = suppress([[0, 30], [3, 40], [7, 50]])
    assert released.cells[0] == (0, 30)


def test_a_percentage_is_hidden_with_its_numerator_or_its_complement():
    # Met and not met by team: 38 of 40 would give away the two that were not.
    released = suppress([[38, 2], [30, 10], [25, 15]])
    assert released.cells[0] == (None, None)


def test_a_table_that_cannot_be_protected_is_withheld():
    # Five ones and a total of five: every cell is at its least, whatever is hidden.
    released = suppress([[0, 1, 1], [1, 1, 1]])
    assert is_withheld(released)
    assert released.hidden == 12


def test_ordinary_tables_are_not_withheld():
    draw = np.random.default_rng(2010)
    assert not any(is_withheld(suppress(draw.integers(0, 20, (6, 4)).tolist())) for _ in range(300))


@pytest.mark.parametrize("cells", [[], [[]], [[1, 2], [3]]])
def test_a_ragged_or_empty_table_is_refused(cells):
    with pytest.raises(ValueError, match="one length"):
        suppress(cells)


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="below 0"):
        suppress([[1, -1]])
