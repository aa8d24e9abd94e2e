"""`safe-dashboard judge FILE.csv`: judge any series, for instance one saved from Excel."""

import json
from collections.abc import Sequence
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
from dashboard.commands.series_cells import DATE_WANTED, Decimals, Number, day_of, number_of
from dashboard.commands.series_file import Row, read_series, refusal
from data_access.vocabulary import Chart, Comparison, Gap, Period, Polarity, Unit

_CHARTS = [chart.value for chart in (Chart.XMR, Chart.P, Chart.P_PRIME, Chart.U, Chart.U_PRIME)]
_MONTHS_PER = {1: Period.MONTH, 3: Period.QUARTER, 12: Period.YEAR}


class _DateType(click.ParamType[date]):
    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        day = day_of(str(value))
        return day.on if day is not None else self.fail(f"'{value}' is not {DATE_WANTED}", param, ctx)


class _NumberType(click.ParamType[Number]):
    name = "number"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Number:
        if isinstance(value, Number):
            return value
        number = number_of(str(value), Decimals.POINT)
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
FILE is a CSV with headings, as Excel saves it (UTF-8; comma, semicolon, tab or bar):
  date, value                     or
  date, numerator, denominator
Dates are 2010-01-18 or 18/01/2010 (never month first), oldest first, each once.
Give a period without a figure its own row with an empty value: rows next to each
other are taken as neighbours in time. Other columns are ignored."""
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
    target: Number | None,
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
    read = read_series(file, needs_counts=kind.needs_counts)
    rows = read.rows
    points = [row.point for row in rows]
    subject = _subject(file, Polarity(polarity), kind, rows)
    _check_target(target, subject, points)
    for remark in read.remarks:
        click.echo(remark, err=True)
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
        raise refusal(file, rows[error.row].number, error.field, wrong, error.expected) from error
    _tell_short_stretches(judgement, baseline)
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


def _subject(file: Path, polarity: Polarity, chart: Chart, rows: Sequence[Row]) -> Subject:
    """What can be told of the series from the file: its name, unit and period."""
    title = file.stem.replace("_", " ").strip()
    known = [row for row in rows if row.point.value is not None]
    percentages = [row for row in known if row.is_percentage]
    if percentages and len(percentages) < len(known):
        odd = next(row for row in known if not row.is_percentage)
        raise refusal(file, odd.number, "value", f"{odd.point.value:g}", "a percentage, as in the other rows")
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


def _targets(target: Number | None, polarity: Polarity) -> list[Target]:
    if target is None:
        return []
    if polarity is Polarity.NEITHER:
        click.echo("A target needs a polarity, higher or lower: left out.", err=True)
        return []
    return [Target(target.value, Comparison.AT_MOST if polarity is Polarity.LOWER else Comparison.AT_LEAST)]


def _check_target(target: Number | None, subject: Subject, points: Sequence[Point]) -> None:
    if target is None:
        return
    largest = max((abs(point.value) for point in points if point.value is not None), default=0.0)
    if subject.unit is Unit.PERCENT and not target.is_percentage and target.value > max(1.0, largest):
        raise click.BadParameter(f"the series is in per cent: write {target.value:g}%", param_hint="--target")
    if subject.unit is Unit.NUMBER and target.is_percentage and largest > 1:
        raise click.BadParameter("the series is not in per cent: write a plain number", param_hint="--target")


def _tell(rows: Sequence[Row], period: Period, rebases: Sequence[date]) -> None:
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


def _tell_short_stretches(judgement: Judgement, baseline: int | None) -> None:
    """Say on standard error which stretches have fewer points than the baseline asked for."""
    for segment in judgement.segments:
        if baseline is not None and segment.count < baseline:
            click.echo(
                f"--baseline {baseline} is longer than the stretch from {segment.start}, which has {segment.count} "
                f"point{'' if segment.count == 1 else 's'}: its limits come from all of them.",
                err=True,
            )
