"""`safe-dashboard judge FILE.csv`: judge any series, for instance one saved from Excel."""

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Literal

import click

from dashboard.analysis.judgement import SHORTEST_BASELINE, JudgedPoint, Judgement, Settings
from dashboard.analysis.judging import judge as judge_series
from dashboard.analysis.series import Point, Rebase, SeriesError
from dashboard.analysis.subject import Subject
from dashboard.analysis.targets import Target
from dashboard.analysis.vocabulary import Chart, Comparison, Gap, Period, Polarity, Unit

_DATE_WANTED = "a date such as 2010-01-18 or 18/01/2010"
_NUMBER_WANTED = "a number such as 86, 0.86 or 86%, or nothing if the figure is missing"
_CHARTS = [chart.value for chart in (Chart.XMR, Chart.P, Chart.P_PRIME, Chart.U, Chart.U_PRIME)]
_MONTHS_PER = {1: Period.MONTH, 3: Period.QUARTER, 12: Period.YEAR}


@dataclass(frozen=True, slots=True)
class _Number:
    """A number as written; a percentage is kept as a fraction."""

    value: float
    is_percentage: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the file: its number as a spreadsheet counts, and its point."""

    number: int
    point: Point
    is_percentage: bool


class _DateType(click.ParamType[date]):
    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        day = _date(str(value))
        return day if day is not None else self.fail(f"'{value}' is not {_DATE_WANTED}", param, ctx)


class _NumberType(click.ParamType[_Number]):
    name = "number"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> _Number:
        if isinstance(value, _Number):
            return value
        number = _number(str(value), decimal_comma=False)
        return (
            number
            if number is not None
            else self.fail(f"'{value}' is not a number such as 86, 0.86 or 86%", param, ctx)
        )


@click.command(
    epilog="""\b
Examples:
  safe-dashboard judge decisions.csv --target 100%
  safe-dashboard judge re-referrals.csv --polarity lower --target 0.22 --rebase 2009-12-14
  safe-dashboard judge teams.csv --chart p_prime --baseline 20 > judged.json

\b
FILE is a CSV with headings, as Excel saves it (UTF-8; comma, semicolon or tab):
  date, value                     or
  date, numerator, denominator
Dates are 2010-01-18 or 18/01/2010, oldest first, each once. Give a period without
a figure its own row with an empty value: rows next to each other are taken as
neighbours in time. Other columns are ignored."""
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--polarity",
    type=click.Choice([polarity.value for polarity in Polarity]),
    default=Polarity.HIGHER.value,
    show_default=True,
    help="Which direction is better.",
)
@click.option("--target", type=_NumberType(), help="The target: at least (or, with lower, at most) this.")
@click.option(
    "--baseline",
    type=click.IntRange(min=SHORTEST_BASELINE),
    help="Take limits from the first so many points of each stretch; later ones are only judged.",
)
@click.option(
    "--rebase",
    "rebases",
    type=_DateType(),
    multiple=True,
    help="Start again from this date, where the process visibly changed. May be given more than once.",
)
@click.option("--no-screening", is_flag=True, help="Let freak jumps between neighbours widen the limits.")
@click.option(
    "--chart", type=click.Choice(_CHARTS), default=Chart.XMR.value, show_default=True, help="The kind of limits."
)
@click.option(
    "--format", "form", type=click.Choice(["json"]), default="json", show_default=True, help="The form of the result."
)
def judge(
    *,
    file: Path,
    polarity: str,
    target: _Number | None,
    baseline: int | None,
    rebases: tuple[date, ...],
    no_screening: bool,
    chart: str,
    form: Literal["json"],
) -> None:
    """Judge the series in FILE: signal or noise, and can the target be met?

    The result goes to standard output, messages to standard error. Limits are given from two points on; below 13
    points in the latest stretch the variation is "too_few" and the assurance "none".
    """
    kind = Chart(chart)
    rows = _read(file, kind)
    points = [row.point for row in rows]
    subject = _subject(file, Polarity(polarity), kind, rows)
    _check_target(target, subject, points)
    _tell(rows, subject.period, rebases)
    try:
        judgement = judge_series(
            subject,
            points,
            chart=kind,
            targets=_targets(target, subject.polarity),
            rebases=[Rebase(start) for start in rebases],
            settings=Settings(screening=not no_screening, baseline=baseline),
        )
    except SeriesError as error:
        wrong = f"{error.value:g}" if isinstance(error.value, float) else str(error.value)
        raise _refusal(file, rows[error.row].number, error.field, wrong, error.expected) from error
    if form == "json":
        click.echo(json.dumps(_result(judgement), indent=2, ensure_ascii=False))


def _result(judgement: Judgement) -> dict[str, object]:
    """The published form of a judgement; other programs rely on its keys."""
    return {
        "segments": [
            {"start": segment.start.isoformat(), "points": segment.count, "mean": segment.mean}
            for segment in judgement.segments
        ],
        "points": [_point(judged) for judged in judgement.points],
        "variation": judgement.variation,
        "assurance": judgement.assurance,
        "sentence": judgement.sentence,
    }


def _point(judged: JudgedPoint) -> dict[str, object]:
    limits = judged.limits
    return {
        "date": judged.point.start.isoformat(),
        "value": judged.point.value,
        "lower": None if limits is None else limits.lower,
        "upper": None if limits is None else limits.upper,
        "rules": [signal.rule for signal in judged.signals],
        "direction": judged.direction,
    }


def _read(file: Path, chart: Chart) -> list[_Row]:
    """The rows of the file, blank ones skipped; every fault is refused by row and field."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise click.ClickException(f"{file}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file}: not UTF-8 text. In Excel, save it as 'CSV UTF-8'.") from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    headings = text.split("\n", 1)[0]
    delimiter = next((mark for mark in ";\t" if mark in headings), ",")
    try:
        lines = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise click.ClickException(f"{file}: not a CSV file ({error}).") from error
    columns = _columns(file, lines[0] if lines else [], chart)
    rows: list[_Row] = []
    for number, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        row = _row(file, number, {name: _cell(cells, index) for name, index in columns.items()}, delimiter)
        if rows and row.point.start == rows[-1].point.start:
            raise _refusal(
                file, number, "date", row.point.start.isoformat(), f"each date once; row {rows[-1].number} has it"
            )
        if rows and row.point.start < rows[-1].point.start:
            raise _refusal(
                file, number, "date", row.point.start.isoformat(), "a date after the row before: oldest first"
            )
        rows.append(row)
    if not rows:
        raise click.ClickException(f"{file}: no rows below the headings.")
    return rows


def _columns(file: Path, headings: Sequence[str], chart: Chart) -> dict[str, int]:
    """Where the columns stand, by name."""
    names = [heading.strip().lower() for heading in headings]
    counts = ("date", "numerator", "denominator")
    wanted = counts if "numerator" in names or "denominator" in names or chart.needs_counts else ("date", "value")
    absent = [name for name in wanted if name not in names]
    repeated = sorted({name for name in wanted if names.count(name) > 1})
    both = "value" in names and "numerator" in wanted and "numerator" in names
    if not absent and not repeated and not both:
        return {name: names.index(name) for name in wanted}
    if absent:
        fault = f"no column '{absent[0]}'"
    else:
        fault = f"column '{repeated[0]}' twice" if repeated else "both 'value' and 'numerator'"
    choice = "date, numerator, denominator" if chart.needs_counts else "date, value or date, numerator, denominator"
    raise click.ClickException(
        f"{file}, row 1: {fault}; expected the columns {choice}, but found: {', '.join(headings) or 'nothing'}."
    )


def _cell(cells: Sequence[str], index: int) -> str:
    return cells[index].strip() if index < len(cells) else ""


def _row(file: Path, number: int, cells: dict[str, str], delimiter: str) -> _Row:
    start = _date(cells["date"])
    if start is None:
        raise _refusal(file, number, "date", cells["date"], _DATE_WANTED)
    figures: dict[str, _Number | None] = {}
    for field, text in cells.items():
        if field != "date":
            figures[field] = _number(text, decimal_comma=delimiter == ";") if text else None
            if text and figures[field] is None:
                raise _refusal(file, number, field, text, _NUMBER_WANTED)
    if "value" in cells:
        value = figures["value"]
        point = Point.missing(start) if value is None else Point.of_value(start, value.value)
        return _Row(number, point, value is not None and value.is_percentage)
    numerator, denominator = figures["numerator"], figures["denominator"]
    if numerator is None or denominator is None:
        if numerator is not denominator:
            field = "numerator" if numerator is None else "denominator"
            raise _refusal(file, number, field, "", "a number in both columns, or in neither")
        return _Row(number, Point.missing(start), is_percentage=False)
    if not denominator.value and numerator.value:
        raise _refusal(file, number, "denominator", cells["denominator"], "more than 0")
    return _Row(number, Point.of_counts(start, numerator.value, denominator.value), is_percentage=False)


def _date(text: str) -> date | None:
    """A date, with or without the midnight that some exports add."""
    day = re.sub(r"[ T]00:00(:00)?$", "", text.strip())
    written = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", day)
    try:
        if written:
            return date(int(written[3]), int(written[2]), int(written[1]))
        return date.fromisoformat(day) if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else None
    except ValueError:
        return None


def _number(text: str, *, decimal_comma: bool) -> _Number | None:
    """A number as Excel writes it: thousands separated or not, with a decimal comma in a semicolon file.

    There "1,234" could be either, so it is no number. A percentage is read as a fraction.
    """
    plain = text.removesuffix("%").strip()
    if decimal_comma:
        plain = "" if re.fullmatch(r"[-+]?[1-9]\d{0,2},\d{3}", plain) else plain.replace(",", ".", 1)
    elif re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    is_percentage = text.endswith("%")
    exponent = "" if is_percentage else r"([eE][-+]?\d+)?"
    if not re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)" + exponent, plain):
        return None
    # Through the decimal digits, so that 78% is 0.78 and not 0.7800000000000001.
    return _Number(float(f"{plain}e-2" if is_percentage else plain), is_percentage)


def _subject(file: Path, polarity: Polarity, chart: Chart, rows: Sequence[_Row]) -> Subject:
    """What can be told of the series from the file: its name, unit and period."""
    title = file.stem.replace("_", " ").strip()
    known = [row for row in rows if row.point.value is not None]
    percentages = [row for row in known if row.is_percentage]
    if percentages and len(percentages) < len(known):
        odd = next(row for row in known if not row.is_percentage)
        raise _refusal(file, odd.number, "value", f"{odd.point.value:g}", "a percentage, as in the other rows")
    counted = any(row.point.denominator is not None for row in known)
    is_share = counted and chart in (Chart.XMR, Chart.P, Chart.P_PRIME)
    return Subject(
        title=title[:1].upper() + title[1:],
        polarity=polarity,
        unit=Unit.PERCENT if percentages or is_share else Unit.NUMBER,
        period=_period([row.point.start for row in rows]),
        may_pass_100=any((row.point.value or 0) > 1 for row in percentages),
    )


def _period(days: Sequence[date]) -> Period:
    """The period that the dates step by; "point" if they keep no rhythm."""
    steps = [(later - earlier).days for earlier, later in pairwise(days)]
    if not steps:
        return Period.POINT
    if min(steps) == 7 and not any(step % 7 for step in steps):
        return Period.WEEK
    if len({day.day for day in days}) == 1:
        return _MONTHS_PER.get(min(_months(earlier, later) for earlier, later in pairwise(days)), Period.POINT)
    return Period.DAY if min(steps) == 1 else Period.POINT


def _months(earlier: date, later: date) -> int:
    return 12 * (later.year - earlier.year) + later.month - earlier.month


def _targets(target: _Number | None, polarity: Polarity) -> list[Target]:
    if target is None:
        return []
    if polarity is Polarity.NEITHER:
        click.echo("A target needs a polarity, higher or lower: left out.", err=True)
        return []
    return [Target(target.value, Comparison.AT_MOST if polarity is Polarity.LOWER else Comparison.AT_LEAST)]


def _check_target(target: _Number | None, subject: Subject, points: Sequence[Point]) -> None:
    if target is None:
        return
    largest = max((abs(point.value) for point in points if point.value is not None), default=0.0)
    if subject.unit is Unit.PERCENT and not target.is_percentage and target.value > max(1.0, largest):
        raise click.BadParameter(f"the series is in per cent: write {target.value:g}%", param_hint="--target")
    if subject.unit is Unit.NUMBER and target.is_percentage and largest > 1:
        raise click.BadParameter("the series is not in per cent: write a plain number", param_hint="--target")


def _tell(rows: Sequence[_Row], period: Period, rebases: Sequence[date]) -> None:
    """Say on standard error what a reader of the result could not see."""
    for row in rows:
        if row.point.gap is Gap.NO_CASES:
            click.echo(f"Row {row.number}: denominator 0, taken as missing.", err=True)
    days = [row.point.start for row in rows]
    for earlier, later in pairwise(days):
        skipped = (
            (later - earlier).days > 7
            if period is Period.WEEK
            else period is Period.MONTH and _months(earlier, later) > 1
        )
        if skipped:
            click.echo(
                f"No row between {earlier} and {later}: taken as neighbours. "
                f"If a {period} is missing, give it a row with an empty value.",
                err=True,
            )
    for rebase in rebases:
        if not days[0] < rebase <= days[-1]:
            click.echo(
                f"The rebase of {rebase} begins no stretch: the series runs from {days[0]} to {days[-1]}.", err=True
            )


def _refusal(file: Path, row: int, field: str, value: str, expected: str) -> click.ClickException:
    return click.ClickException(f"{file}, row {row}, {field}: '{value}'; expected {expected}.")
