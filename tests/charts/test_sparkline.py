"""The sparkline says what the judgement says: shapes for real changes, gaps as gaps, hollow what is not settled."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import unquote

import pytest

from dashboard.analysis.judgement import Judgement
from dashboard.analysis.judging import judge
from dashboard.analysis.series import Point, Rebase
from dashboard.analysis.subject import Subject
from dashboard.analysis.targets import Target
from dashboard.charts.sparkline import HEIGHT, PERIODS, WIDTH, as_image, sparkline
from dashboard.charts.theme import DARK, LIGHT, LOOKS, Look, contrast
from data_access.vocabulary import Comparison, Polarity, Unit, Variation

SUBJECT = Subject("Assessments in time", Polarity.HIGHER, Unit.PERCENT)
FIRST = date(2009, 5, 4)
STEADY = [0.72, 0.68] * 13
SVG = "{http://www.w3.org/2000/svg}"


def weeks(values: list[float | None]) -> list[Point]:
    starts = [FIRST + timedelta(weeks=week) for week in range(len(values))]
    return [
        Point.missing(start) if value is None else Point.of_value(start, value)
        for start, value in zip(starts, values, strict=True)
    ]


def judged(values: list[float | None], **more: object) -> Judgement:
    return judge(SUBJECT, weeks(values), **more)  # type: ignore[arg-type]


def drawn(judgement: Judgement, look: Look = LIGHT) -> ET.Element:
    return ET.fromstring(sparkline(judgement, look))  # noqa: S314 - our own picture


def fills(picture: ET.Element, shape: str) -> list[str | None]:
    return [element.get("fill") for element in picture.iter(f"{SVG}{shape}")]


def test_a_steady_series_is_grey_with_one_dot_at_its_latest_period() -> None:
    picture = drawn(judged(STEADY))
    assert fills(picture, "circle") == [LIGHT.common]
    assert fills(picture, "polygon") == [LIGHT.band]
    assert fills(picture, "rect") == []


@pytest.mark.parametrize(
    ("polarity", "shape", "colour"),
    [
        (Polarity.LOWER, "polygon", LIGHT.concern),
        (Polarity.HIGHER, "circle", LIGHT.improvement),
        (Polarity.NEITHER, "rect", LIGHT.neither),
    ],
)
def test_every_kind_of_real_change_has_a_shape_and_a_colour_of_its_own(
    polarity: Polarity, shape: str, colour: str
) -> None:
    judgement = judge(replace(SUBJECT, polarity=polarity), weeks([*STEADY, *[0.78] * 7]))
    number = sum(one.variation not in {Variation.COMMON_CAUSE} for one in judgement.points[-PERIODS:])
    assert number >= 7
    assert fills(drawn(judgement), shape).count(colour) == number


def test_only_the_last_periods_are_drawn() -> None:
    many = drawn(judged(STEADY * 3))
    line = next(many.iter(f"{SVG}polyline"))
    assert len(str(line.get("points")).split()) == PERIODS


def test_a_week_without_data_breaks_the_line() -> None:
    picture = drawn(judged([*STEADY[:12], None, *STEADY[:12]]))
    assert len(list(picture.iter(f"{SVG}polyline"))) == 2


def test_a_week_that_is_not_settled_is_hollow_and_outside_the_line() -> None:
    points = [*weeks(STEADY), Point.of_value(FIRST + timedelta(weeks=26), 0.05, partial=True)]
    picture = drawn(judge(SUBJECT, points))
    assert fills(picture, "circle") == [LIGHT.common, LIGHT.ground]
    assert len(str(next(picture.iter(f"{SVG}polyline")).get("points")).split()) == PERIODS - 1


def test_band_and_mean_break_at_a_rebase() -> None:
    after = FIRST + timedelta(weeks=13)
    picture = drawn(judge(SUBJECT, weeks([*STEADY[:13], *[0.9, 0.94] * 7]), rebases=[Rebase(after, "new rota")]))
    assert fills(picture, "polygon") == [LIGHT.band, LIGHT.band]
    means = [line for line in picture.iter(f"{SVG}line") if line.get("stroke-dasharray") is None]
    assert len({line.get("y1") for line in means}) == 2


def test_a_target_is_dashed_from_the_day_it_holds_and_one_still_due_only_at_the_end() -> None:
    def dashes(starts: date) -> list[float]:
        aim = Target(0.9, Comparison.AT_LEAST, starts)
        picture = drawn(judged(STEADY, targets=[aim]))
        return [
            float(str(line.get("x2"))) - float(str(line.get("x1")))
            for line in picture.iter(f"{SVG}line")
            if line.get("stroke") == LIGHT.target
        ]

    (from_the_middle,) = dashes(FIRST + timedelta(weeks=13))
    (still_due,) = dashes(FIRST + timedelta(weeks=60))
    assert from_the_middle == pytest.approx(WIDTH / 2, abs=8)
    assert still_due < from_the_middle


@pytest.mark.parametrize("values", [[], [None], [0.5], [0.5, 0.5], [0.0] * 26, [1.0] * 26, [None, 0.4, None]])
def test_odd_series_are_drawn_within_the_picture(values: list[float | None]) -> None:
    for element in drawn(judged(values)).iter():
        for name, most in (
            ("cx", WIDTH),
            ("cy", HEIGHT),
            ("x1", WIDTH),
            ("x2", WIDTH),
            ("y1", HEIGHT),
            ("y2", HEIGHT),
        ):
            if (place := element.get(name)) is not None:
                assert 0 <= float(place) <= most


def test_the_picture_as_an_address_is_the_picture() -> None:
    svg = sparkline(judged(STEADY), DARK)
    address = as_image(svg)
    assert not set('"<>#') & set(address)
    assert unquote(address.removeprefix("data:image/svg+xml,")) == svg


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_marks_and_words_stand_out_from_the_ground(look: Look) -> None:
    for words in (look.ink, look.quiet):
        assert contrast(words, look.ground) >= 4.5
    for mark in (
        look.line,
        look.common,
        look.mean,
        look.limit,
        look.target,
        look.improvement,
        look.neither,
        look.outline,
    ):
        assert contrast(mark, look.ground) >= 3


def test_contrast_is_wcags() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#12436D", "#FFFFFF") == pytest.approx(10.25, abs=0.01)
