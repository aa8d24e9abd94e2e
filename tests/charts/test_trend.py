"""The chart over time: it shows what was judged and nothing else, and every label is where it can be read."""

import itertools
from datetime import date, timedelta
from typing import Any

import altair as alt
import pytest

from dashboard.analysis.series import Rebase
from dashboard.analysis.subject import Subject
from dashboard.charts.events import numbered
from dashboard.charts.theme import DARK, LIGHT, Look
from dashboard.charts.trend import trend
from dashboard.readings.measure_detail import Event
from data_access.vocabulary import Gap, Polarity, Unit
from tests.charts.judged_series import STEADY, aim, judged, week

Spec = dict[str, Any]


def layers(spec: Spec, kind: str) -> list[Spec]:
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == kind]


def values(layer: Spec) -> list[dict[str, Any]]:
    return layer["data"]["values"]


def texts(spec: Spec) -> list[str]:
    found = []
    for layer in layers(spec, "text"):
        channel = layer["encoding"].get("text")
        found += [row[channel["field"]] for row in values(layer)] if channel else [layer["mark"]["text"]]
    return found


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_every_kind_of_chart_keeps_the_schema(look: Look) -> None:
    made = judged(
        [*STEADY, 0.95, 0.2, None, 0.7, 0.9],
        partial_from=32,
        rebases=[Rebase(week(14), "New rota")],
        targets=[aim(0.8, week(3)), aim(0.9, week(20))],
    )
    spec = trend(made, look, events=[Event(week(5), "Visit"), Event(week(5), "Letter")])
    assert spec is not None
    alt.Chart.from_dict(spec)


@pytest.mark.parametrize(
    ("gap", "reason", "count"),
    [
        (Gap.NOT_COMPUTABLE, "12 cases could not be worked out", 6),
        (Gap.NO_CASES, "no cases", 0),
        (Gap.NO_DATA, "no data", 0),
    ],
)
def test_a_gap_stands_on_the_chart_with_its_reason(gap: Gap, reason: str, count: int) -> None:
    made = judged([*STEADY[:10], None, None, *STEADY[12:], None], gap=gap, not_computable=count)
    spec = trend(made, LIGHT)
    assert spec is not None
    alt.Chart.from_dict(spec)
    bars = [row for layer in layers(spec, "rule") for row in values(layer) if "what" in row]
    assert [row["what"] for row in bars] == [
        f"w/c 13 July 2009 to w/c 20 July 2009: {reason}",
        f"w/c 16 November 2009: {reason.replace('12', '6')}",
    ]
    assert texts(spec).count("?") == 2


def test_a_gap_with_room_tells_its_reason_in_words() -> None:
    made = judged([None] * 9 + STEADY, gap=Gap.NOT_COMPUTABLE)
    spec = trend(made, LIGHT)
    assert spec is not None
    assert "could not be worked out" in texts(spec)
    assert trend(judged(STEADY), LIGHT) is not None
    assert "what" not in str(trend(judged(STEADY), LIGHT))


def test_the_line_breaks_at_gaps_and_rebases_and_leaves_unsettled_weeks_out() -> None:
    made = judged([*STEADY[:14], None, *STEADY[15:], 0.9], partial_from=28, rebases=[Rebase(week(20), "New rota")])
    spec = trend(made, LIGHT)
    assert spec is not None
    line = next(layer for layer in layers(spec, "line") if layer["encoding"]["detail"]["field"] == "group")
    groups = [row["group"] for row in values(line)]
    assert groups == [1] * 14 + [2] * 5 + [3] * 8
    hollow = [layer for layer in layers(spec, "point") if layer["mark"].get("fill") == LIGHT.ground]
    assert [row["y"] for layer in hollow for row in values(layer)] == [0.9]
    assert "so far" in texts(spec)


def test_limits_begin_again_at_a_rebase_with_its_label() -> None:
    made = judged([*STEADY, *[value + 0.2 for value in STEADY]], rebases=[Rebase(week(28), "New rota")])
    spec = trend(made, LIGHT)
    assert spec is not None
    areas = layers(spec, "area")
    assert {row["segment"] for row in values(areas[0])} == {0, 1}
    lower = {row["segment"]: row["lower"] for row in values(areas[0])}
    assert lower[1] == pytest.approx(lower[0] + 0.2)
    rule = layers(spec, "rule")[0]
    halfway = week(28) - timedelta(days=3)
    assert values(rule)[0]["x"] == f"{halfway}T00:00:00"
    assert "New rota, 16 Nov 2009" in texts(spec)


def test_labels_at_the_right_end_carry_their_numbers_and_keep_apart() -> None:
    spec = trend(judged(STEADY, targets=[aim(0.72)]), LIGHT)
    assert spec is not None
    found = [layer for layer in layers(spec, "text") if layer["encoding"].get("x") == {"value": "width"}]
    said = [values(layer)[0]["text"] for layer in found]
    assert [text.split(" ")[0] for text in said] == ["target", "mean", "expect"]
    assert said[0] == "target 72%"
    low, high = found[0]["encoding"]["y"]["scale"]["domain"]
    places = sorted((high - values(layer)[0]["y"]) / (high - low) * spec["height"] for layer in found)
    assert all(later - earlier >= 15.9 for earlier, later in itertools.pairwise(places))
    assert places[0] >= 0
    assert places[-1] <= spec["height"]


def test_trial_limits_are_named_and_have_no_band() -> None:
    spec = trend(judged(STEADY[:15]), LIGHT)
    assert spec is not None
    assert not layers(spec, "area")
    assert any(text.startswith("trial limits") for text in texts(spec))


def test_too_few_weeks_have_no_limits() -> None:
    spec = trend(judged(STEADY[:9]), LIGHT)
    assert spec is not None
    assert not any(text.startswith(("mean", "expect", "trial")) for text in texts(spec))


def test_a_target_moves_in_steps_and_one_due_later_stands_over_the_last_weeks_alone() -> None:
    steps = trend(judged(STEADY, targets=[aim(0.8, week(3)), aim(0.9, week(20))]), LIGHT)
    due = trend(judged(STEADY, targets=[aim(1.0, week(40))]), LIGHT)
    assert steps is not None
    assert due is not None
    drawn = next(layer for layer in layers(steps, "line") if layer["mark"]["color"] == LIGHT.target)
    assert [row["y"] for row in values(drawn)] == [0.8] * 17 + [0.9] * 9
    ahead = next(layer for layer in layers(due, "line") if layer["mark"]["color"] == LIGHT.target)
    assert len(values(ahead)) == 9
    assert f"target 100% by {week(40).day} Feb" in texts(due)


def test_events_are_numbered_in_order_of_time_and_never_lie_on_each_other() -> None:
    happened = [Event(week(20), "Third"), Event(week(3), "First"), Event(week(3) + timedelta(days=2), "Second")]
    made = judged(STEADY)
    assert [(number, event.label) for number, event in numbered(made, happened)] == [
        (1, "First"), (2, "Second"), (3, "Third")
    ]  # fmt: skip
    spec = trend(made, LIGHT, events=happened)
    assert spec is not None
    marks = [layer for layer in layers(spec, "point") if layer["mark"].get("size") == 230]
    assert [[row["number"] for row in values(layer)] for layer in marks] == [["1", "3"], ["2"]]


def test_an_event_that_a_rebase_tells_is_not_told_twice_nor_one_outside_the_time_shown() -> None:
    made = judged(STEADY, rebases=[Rebase(week(14), "New rota")])
    happened = [
        Event(week(14), "New rota"),
        Event(week(15), "Visit"),
        Event(week(90), "Later"),
        Event(week(2), "Old"),
    ]
    assert [event.label for _, event in numbered(made, happened, since=week(4))] == ["Visit"]


def test_a_week_in_the_tooltip_says_what_was_judged() -> None:
    spec = trend(judged([*STEADY, 0.99]), LIGHT)
    assert spec is not None
    improved = next(
        row
        for layer in layers(spec, "point")
        for row in values(layer)
        if row.get("Judged", "").startswith("Improving")
    )
    assert improved["Period"] == "w/c 16 November 2009"
    assert improved["Judged"] == "Improving: outside the limits"
    assert improved["Figure"] == "99%"
    assert "mean" in improved["Normally"]


def test_counts_have_whole_ticks_and_nothing_at_all_draws_nothing() -> None:
    contacts = Subject("Contacts", Polarity.NEITHER, Unit.COUNT)
    spec = trend(judged([3.0, 4.0, 2.0, 5.0], subject=contacts), LIGHT)
    assert spec is not None
    ticks = spec["layer"][0]["encoding"]["y"]["axis"]["values"]
    assert ticks == [2, 3, 4, 5]
    assert trend(judged([]), LIGHT) is None
    assert trend(judged([None, None]), LIGHT) is None
    assert trend(judged(STEADY), LIGHT, since=date(2020, 1, 1)) is None
