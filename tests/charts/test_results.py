"""Results that are kept: the same for all who ask, worked out once, the oldest let go of."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard.cache.results import Kept, forget_everything, kept_results

Counted = Callable[..., object]


@pytest.fixture
def asked() -> list[tuple[object, ...]]:
    """Give the list of what a function was really asked."""
    return []


@pytest.fixture
def let_go() -> list[object]:
    """Give the list of what was let go of."""
    return []


@pytest.fixture
def counted(asked: list[tuple[object, ...]], let_go: list[object]) -> Kept[..., list[object]]:
    """Give a function that keeps two results, and notes what it was asked and what it lets go of."""

    @kept_results(2, let_go=let_go.append)
    def answer(*args: object, **more: object) -> list[object]:
        asked.append(args)
        if "fails" in args:
            message = "told"
            raise ValueError(message)
        return [*args, *more.items()]

    return answer


def test_the_same_arguments_give_the_same_object_worked_out_once(counted: Counted, asked: list[object]) -> None:
    first = counted(1, "a", by=None)
    assert counted(1, "a", by=None) is first
    assert counted(1, "a", by="b") is not first
    assert len(asked) == 2


def test_the_result_used_longest_ago_is_let_go_of(
    counted: Counted, asked: list[object], let_go: list[object]
) -> None:
    for argument in (1, 2, 1, 3):
        counted(argument)
    assert let_go == [[2]]
    counted(1)
    assert asked == [(1,), (2,), (3,)]
    counted(2)
    assert asked == [(1,), (2,), (3,), (2,)]


def test_a_failure_is_not_kept(counted: Counted, asked: list[object]) -> None:
    for _ in range(2):
        with pytest.raises(ValueError, match="told"):
            counted("fails")
    assert len(asked) == 2


def test_all_who_ask_at_once_wait_for_one_result(asked: list[tuple[object, ...]]) -> None:
    together, may_end = threading.Barrier(4), threading.Event()

    @kept_results(4)
    def answer(argument: int) -> object:
        asked.append((argument,))
        may_end.wait(10)
        return object()

    def ask(_: int) -> object:
        together.wait(10)
        return answer(7)

    with ThreadPoolExecutor(4) as readers:
        found = [readers.submit(ask, number) for number in range(4)]
        may_end.set()
        assert len({id(one.result()) for one in found}) == 1
    assert asked == [(7,)]


def test_one_that_is_being_worked_out_holds_up_no_other() -> None:
    begun, may_end = threading.Event(), threading.Event()

    @kept_results(4)
    def answer(*, slow: bool) -> bool:
        if slow:
            begun.set()
            assert may_end.wait(10)
        return slow

    with ThreadPoolExecutor(1) as other:
        waiting = other.submit(answer, slow=True)
        assert begun.wait(10)
        assert answer(slow=False) is False
        may_end.set()
        assert waiting.result() is True


def test_everything_is_forgotten_when_asked(counted: Counted, asked: list[object], let_go: list[object]) -> None:
    counted(1)
    forget_everything()
    assert let_go == [[1]]
    counted(1)
    assert asked == [(1,), (1,)]
