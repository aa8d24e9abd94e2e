"""Results of functions, kept in this process by their arguments: found again in a microsecond.

Streamlit's own caches hash every argument again at each call, a quarter of the time of a page.
"""

from collections import OrderedDict
from collections.abc import Callable
from functools import update_wrapper
from threading import Lock
from typing import Any, Generic, ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

_NOT_YET: Any = object()


class _Place(Generic[Result]):
    """Where one result is, or is being worked out."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.result: Result = _NOT_YET


class Kept(Generic[Arguments, Result]):
    """A function whose latest results are kept; see `kept_results`."""

    def __init__(self, function: Callable[Arguments, Result], most: int, let_go: Callable[[Result], None]) -> None:
        self._function, self._most, self._let_go = function, most, let_go
        self._places: OrderedDict[tuple[object, ...], _Place[Result]] = OrderedDict()
        self._lock = Lock()
        update_wrapper(self, function)

    def __call__(self, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        """Return the result for these arguments."""
        key = (*args, *sorted(kwargs.items()))
        with self._lock:
            place = self._places.setdefault(key, _Place())
            self._places.move_to_end(key)
            dropped = self._places.popitem(last=False)[1] if len(self._places) > self._most else None
        if dropped is not None and dropped.result is not _NOT_YET:
            self._let_go(dropped.result)
        if place.result is _NOT_YET:
            with place.lock:
                if place.result is _NOT_YET:
                    place.result = self._function(*args, **kwargs)
        return place.result

    def clear(self) -> None:
        """Let go of every result."""
        with self._lock:
            places, self._places = list(self._places.values()), OrderedDict()
        for place in places:
            if place.result is not _NOT_YET:
                self._let_go(place.result)


_EVERY: list[Kept[..., Any]] = []


def kept_results(
    most: int, *, let_go: Callable[[Any], None] = lambda _: None
) -> Callable[[Callable[Arguments, Result]], Kept[Arguments, Result]]:
    """Keep the results of a function for the arguments used last, at most so many; `let_go` is told what is dropped.

    All who ask share one result, which nobody may change. However many ask for it at once, it is worked out once; an
    exception is not kept. Arguments must be hashable.
    """

    def keep(function: Callable[Arguments, Result]) -> Kept[Arguments, Result]:
        keeping = Kept(function, most, let_go)
        _EVERY.append(keeping)
        return keeping

    return keep


def forget_everything() -> None:
    """Let go of every result of every function, so that a test begins with none."""
    for function in _EVERY:
        function.clear()
