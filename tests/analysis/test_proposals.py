"""A rebase is proposed where a level has held for 13 points, told with its likely cause, and never for the worse."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from dashboard.analysis.judging import judge
from dashboard.analysis.proposals import Proposal, proposal_of
from dashboard.analysis.series import Point, Rebase
from dashboard.analysis.subject import Subject
from data_access.vocabulary import Chart, Period, Polarity, Unit

BEGINS = date(2009, 1, 5)
LOW, HIGH = [10, 12, 11, 9, 13], [20, 22, 21, 19, 23]
BEFORE, AFTER = (LOW * 3)[:13], (HIGH * 3)[:13]
CHANGED = BEGINS + timedelta(weeks=13)


def proposed(
    values: Sequence[float | None],
    *,
    polarity: Polarity = Polarity.HIGHER,
    chart: Chart = Chart.XMR,
    events: Sequence[tuple[date, str]] = (),
    rebases: Sequence[Rebase] = (),
) -> Proposal | None:
    days = [BEGINS + timedelta(weeks=number) for number in range(len(values))]
    points = [
        Point.missing(day) if value is None else Point.of_value(day, value)
        for day, value in zip(days, values, strict=True)
    ]
    subject = Subject("CAFs started", polarity, Unit.COUNT, period=Period.WEEK)
    return proposal_of(judge(subject, points, chart=chart, rebases=rebases), events)


def test_a_level_that_held_for_13_points_is_proposed_in_words() -> None:
    proposal = proposed([*BEFORE, *AFTER])
    assert proposal == Proposal(
        CHANGED,
        "Since 6 April 2009 all 13 weeks stand above the mean of the 13 before: 11 then, 21 now",
        None,
    )


def test_the_event_with_which_it_begins_is_named_and_gives_the_day() -> None:
    events = [(CHANGED - timedelta(days=3), "New rota"), (CHANGED + timedelta(days=9), "Ofsted visit")]
    proposal = proposed([*BEFORE, *AFTER], events=events)
    assert proposal is not None
    assert (proposal.starts, proposal.cause) == (CHANGED - timedelta(days=3), "New rota")
    assert proposal.why.endswith("; it begins with “New rota”")


@pytest.mark.parametrize(
    ("values", "more"),
    [
        ([*BEFORE, *AFTER[:12]], {}),
        ([*BEFORE[:12], *AFTER], {}),
        ([*BEFORE, *AFTER, 10], {}),
        ([*BEFORE, *AFTER[:12], None], {}),
        ([*BEFORE, *range(20, 33)], {}),
        (LOW * 6, {}),
        ([*AFTER, *BEFORE], {}),
        ([*BEFORE, *AFTER], {"polarity": Polarity.LOWER}),
        ([*BEFORE, *AFTER], {"chart": Chart.LINE}),
        ([*BEFORE, *AFTER], {"rebases": [Rebase(CHANGED)]}),
        ([], {}),
    ],
    ids=["12 after", "12 before", "the latest is back", "a gap is no point", "a climb", "steady", "worse",
         "worse where lower is better", "no limits", "rebased already", "no points"],
)  # fmt: skip
def test_nothing_is_proposed(values: Sequence[float | None], more: dict[str, object]) -> None:
    assert proposed(values, **more) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "polarity", "side"),
    [
        ([*AFTER, *BEFORE], Polarity.LOWER, "below"),
        ([*AFTER, *BEFORE], Polarity.NEITHER, "below"),
        ([*BEFORE, *AFTER], Polarity.NEITHER, "above"),
    ],
)
def test_a_level_is_proposed_on_the_side_that_is_not_worse(
    values: Sequence[float], polarity: Polarity, side: str
) -> None:
    proposal = proposed(values, polarity=polarity)
    assert proposal is not None
    assert f"all 13 weeks stand {side} the mean" in proposal.why
