"""The line of counts: nought at the bottom, the latest at the right, the same in words."""

import re

import pytest

from dashboard.charts.counts import HEIGHT, LOADS, WIDTH, counts_line, counts_told
from dashboard.charts.theme import LIGHT


def places(numbers: list[int]) -> list[tuple[float, float]]:
    [line] = re.findall(r'points="([^"]+)"', counts_line(numbers, LIGHT))
    return [(float(x), float(y)) for x, y in (place.split(",") for place in line.split())]


@pytest.mark.parametrize("numbers", [[0], [5], [0, 0], [3, 0, 7], list(range(60))])
def test_every_number_lies_inside_and_more_lies_higher(numbers: list[int]) -> None:
    found = places(numbers)
    assert len(found) == min(len(numbers), LOADS)
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in found)
    shown = numbers[-LOADS:]
    for (x, y), (later, beside), number, following in zip(found, found[1:], shown, shown[1:], strict=False):
        assert x < later
        assert (y > beside) == (number < following)


def test_the_words_tell_first_last_and_most() -> None:
    assert counts_told([4]) == "4 rows at the only load counted"
    assert counts_told([4, 1200, 3]) == "from 4 to 3 rows over 3 loads, at most 1,200"
