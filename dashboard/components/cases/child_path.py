"""One child's path down the page: what is out of order and missing above, then every step with its day and clock."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.analysis.step_order import StepKind
from dashboard.readings.childs_path import ChildsPath, PathStep
from dashboard.words.cases import day_words, team_words
from dashboard.words.childs_path import (
    ROUTINE,
    Words,
    between,
    facts_of,
    hidden_words,
    is_late,
    missing_words,
    order_words,
    routine_words,
    title_of,
    verdict_words,
    when_of,
)

_APART: Final = 28
"""So many days without a step set the next apart from the one before."""
_STYLE: Final = Path(__file__).with_name("child_path.css")
NO_PATH: Final = "You may not see the cases of any child."
_IN_ORDER: Final = (
    "Every step that is recorded stands in the right order, and nothing that measures ask for is missing."
)


def draw_child_path(path: ChildsPath, teams: Mapping[str, str], *, heading: str = "h2") -> None:
    """Draw a child's path; `teams` are names by reference, `heading` the rank of the headings above the steps."""
    steps = f'<ol class="path" aria-label="The steps, in order of time">{_steps(path, teams)}</ol>'
    st.html(_STYLE)
    st.html(f"{_head(path, heading)}{steps}")


def _head(path: ChildsPath, heading: str) -> str:
    broken = [
        f"<li>{escape(order_words(each, path.words, path.working_days))}"
        f"<small>{escape(each.rule.source)}</small></li>"
        for each in path.broken
    ]
    missing = [f"<li>{escape(missing_words(each))}</li>" for each in path.missing]
    parts = [
        f"<{heading}>{title}</{heading}><ul>{''.join(lines)}</ul>"
        for title, lines in (("Out of order", broken), ("Not done by now", missing))
        if lines
    ]
    calm = "" if parts else " calm"
    hidden = hidden_words(path)
    more = f"<p>{escape(hidden)}</p>" if hidden else ""
    return f'<div class="path-head{calm}">{"".join(parts) or f"<p>{_IN_ORDER}</p>"}{more}</div>'


def _steps(path: ChildsPath, teams: Mapping[str, str]) -> str:
    odd = {(each.second.row, each.second.kind) for each in path.broken}
    last: PathStep | None = None
    items = []
    for group in (list(each) for each in _grouped(path.steps, odd)):
        first = group[0]
        gap = "" if last is None else between(last.step, first.step)
        team = "" if last is not None and last.row.team == first.row.team else team_words(first.row.team, teams)
        before = None if last is None else last.step
        if len(group) > 1:
            when, what = _routine(group, team)
        else:
            when, what = when_of(first.step, before), _step(first, team, path.words, is_odd=_is(first, odd))
        marks = {
            "flagged": len(group) == 1 and (_late(first) or _is(first, odd)),
            "apart": before is not None and (first.step.on - before.on).days >= _APART,
        }
        name = " ".join(mark for mark, holds in marks.items() if holds)
        told = f"<small>{gap}</small>" if gap else ""
        items.append(
            f'<li class="{name}"><div class="day">{escape(when)}{told}</div><div class="what">{what}</div></li>'
        )
        last = group[-1]
    return "".join(items)


def _grouped(steps: Sequence[PathStep], odd: set[tuple[str, StepKind]]) -> Iterator[Iterator[PathStep]]:
    """Yield the steps one by one, but those together that come again and again and of which none is late."""

    def place(numbered: tuple[int, PathStep]) -> int:
        number, each = numbered
        return -1 if each.step.kind in ROUTINE and not _is(each, odd) and not _late(each) else number

    for _, group in groupby(enumerate(steps), key=place):
        yield (each for _, each in group)


def _routine(group: Sequence[PathStep], team: str) -> tuple[str, str]:
    first, last = day_words(group[0].step.on), day_words(group[-1].step.on)
    told = " · ".join(words for words in ("none of them late", team) if words)
    when = first if first == last else f"{first} to {last}"
    return when, f"<b>{escape(routine_words(group))}</b><p>{escape(told)}</p>"


def _step(each: PathStep, team: str, words: Words, *, is_odd: bool) -> str:
    flags = [*(["Late"] if _late(each) else []), *(["Out of order"] if is_odd else [])]
    marks = "".join(f'<span class="flag">{flag}</span>' for flag in flags)
    told = " · ".join(fact for fact in (*facts_of(each, words), team) if fact)
    clocks = "".join(f"<p>{escape(verdict_words(verdict))}</p>" for verdict in each.verdicts)
    return f"<b>{escape(title_of(each, words))}</b>{marks}{f'<p>{escape(told)}</p>' if told else ''}{clocks}"


def _late(each: PathStep) -> bool:
    return any(is_late(verdict) for verdict in each.verdicts)


def _is(each: PathStep, odd: set[tuple[str, StepKind]]) -> bool:
    return (each.step.row, each.step.kind) in odd
