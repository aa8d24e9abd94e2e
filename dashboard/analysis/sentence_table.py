"""Every sentence that a judgement can say, from real judgements of small invented series.

`python -m dashboard.analysis.sentence_table` writes `sentences.md` here; a test holds the two together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from dashboard.analysis.judgement import Judgement, Settings
from dashboard.analysis.judging import judge
from dashboard.analysis.sentences import target_tag
from dashboard.analysis.series import Doubt, Point, Rebase
from dashboard.analysis.subject import Subject
from dashboard.analysis.targets import Target, YearToDate
from data_access.vocabulary import Assurance, Chart, Comparison, Gap, Period, Polarity, Unit

PAGE = Path(__file__).with_name("sentences.md")

_FIRST = date(2009, 5, 4)
_STEADY = [0.72, 0.68] * 13
"""26 weeks about 70%: limits 59 to 81%, two sigma 63 to 77%."""
_ENDINGS = {
    "no rule": [0.0],
    "outside": [0.15],
    "run": [-0.02, 0.01, 0.03, 0.01, 0.03, 0.01, 0.03, 0.02],
    "trend": [-0.03, -0.02, -0.01, 0.005, 0.01, 0.02, 0.03],
    "two of three": [-0.01, 0.08, 0.01, 0.08],
}
"""The last weeks, as differences from 70%, that meet one rule upwards; mirrored they meet it downwards."""
_AIMS = {
    Polarity.HIGHER: {Assurance.PASS: 0.57, Assurance.HIT_OR_MISS: 0.75, Assurance.FAIL: 0.9},
    Polarity.LOWER: {Assurance.PASS: 0.83, Assurance.HIT_OR_MISS: 0.65, Assurance.FAIL: 0.5},
    Polarity.NEITHER: {},
}
_TITLES = {
    Polarity.HIGHER: "Assessments in time",
    Polarity.LOWER: "Re-referrals",
    Polarity.NEITHER: "Contacts from police",
}


@dataclass(frozen=True, slots=True)
class Example:
    """One row of the table: what is the case, and the judgement that says it."""

    case: str
    judgement: Judgement


def weeks(values: Sequence[float | None], first: date = _FIRST) -> list[Point]:
    """Weekly points from `first`; None is a week without data."""
    starts = [first + timedelta(weeks=week) for week in range(len(values))]
    return [
        Point.missing(start) if value is None else Point.of_value(start, value)
        for start, value in zip(starts, values, strict=True)
    ]


def every_pair() -> Iterator[Example]:
    """Every rule in both directions, under each polarity, with each assurance that can be."""
    for polarity, title in _TITLES.items():
        subject = Subject(title, polarity, Unit.PERCENT)
        comparison = Comparison.AT_MOST if polarity is Polarity.LOWER else Comparison.AT_LEAST
        aims = {
            assurance.replace("_", " "): [Target(value, comparison)] for assurance, value in _AIMS[polarity].items()
        }
        for aim, targets in {"no target": [], **aims}.items():
            for rule, ending in _ENDINGS.items():
                for word, sign in (("", 1),) if rule == "no rule" else ((" high", 1), (" low", -1)):
                    values = [*_STEADY, *(round(0.7 + sign * step, 3) for step in ending)]
                    judgement = judge(subject, weeks(values), targets=targets, settings=Settings(baseline=26))
                    yield Example(f"{polarity} is better · {aim} · {rule}{word}", judgement)


def special_cases() -> Iterator[Example]:
    """What else a sentence may have to tell."""
    yield from _of_points()
    yield from _of_targets()
    yield from _of_years()


def _of_points() -> Iterator[Example]:
    subject = Subject("Assessments in time", Polarity.HIGHER, Unit.PERCENT)
    steady = weeks(_STEADY)
    after = _FIRST + timedelta(weeks=26)
    raised = [*steady, *weeks([0.95, 0.91] * 8, after)]
    rebase = [Rebase(after, "new duty rota")]
    yield Example("too few points", judge(subject, steady[:9]))
    yield Example("too few points, cases not listed", judge(subject, steady[:9], lists_cases=False))
    yield Example("too few since a rebase", judge(subject, raised[:34], rebases=rebase))
    yield Example("a rebase in the last 26 weeks", judge(subject, raised, rebases=rebase))
    new = [Rebase(after, "new standard: 10 working days", of_standard=True)]
    yield Example("too few since a new standard", judge(subject, raised[:34], rebases=new))
    yield Example("a new standard in the last 26 weeks", judge(subject, raised, rebases=new))
    fallen = [*raised, *weeks([0.7], after + timedelta(weeks=16))]
    yield Example("a rebase, then a signal", judge(subject, fallen, rebases=rebase))
    long_since = [*steady, *weeks([0.95, 0.91] * 16, after)]
    yield Example("a rebase more than 26 weeks ago", judge(subject, long_since, rebases=rebase))
    next_week = _FIRST + timedelta(weeks=26)
    yield Example("the latest week has no data", judge(subject, [*steady, Point.missing(next_week)]))
    yield Example("the latest week has no cases", judge(subject, [*steady, Point.of_counts(next_week, 0, 0)]))
    unknown = Point.missing(next_week, Gap.NOT_COMPUTABLE)
    yield Example("the latest week cannot be computed", judge(subject, [*steady, unknown]))
    partial = Point.of_value(next_week, 0.2, partial=True)
    yield Example("the latest week is not settled yet", judge(subject, [*steady, partial]))
    yield Example("no week is settled yet", judge(subject, [partial]))
    yield Example("no points at all", judge(subject, []))
    falling = [*_STEADY, *(0.84 + 0.01 * step for step in range(6, -1, -1))]
    yield Example("a concern behind an improvement", judge(subject, weeks(falling), settings=Settings(baseline=26)))
    yield Example("late cases still open", judge(subject, steady, targets=[_at_least(0.57)], waiting=4))
    counts = replace(subject, title="CAFs started", unit=Unit.COUNT, only_an_aim=True)
    rise = [*([22, 18] * 13), *([27, 24] * 4)]
    yield Example("an aim that rises", judge(counts, weeks(rise), settings=Settings(baseline=26)))
    drop = [*([22, 18] * 13), *([13, 16] * 4)]
    yield Example("an aim that falls", judge(counts, weeks(drop), settings=Settings(baseline=26)))
    days = Subject("Days to a first visit", Polarity.LOWER, Unit.DAYS)
    yield Example("days", judge(days, weeks([4.5, 3.5] * 13)))
    rate = Subject("Referrals", Polarity.NEITHER, Unit.RATE, Period.MONTH, per="per 10,000 children")
    months = [Point.of_value(date(2008 + month // 12, month % 12 + 1, 1), 51.2 + month % 2) for month in range(24)]
    yield Example("a monthly rate", judge(rate, months))


def _of_targets() -> Iterator[Example]:
    subject = Subject("Staff using the case system", Polarity.HIGHER, Unit.PERCENT)
    steady = weeks(_STEADY)
    settings = Settings(baseline=26)
    due = replace(_at_least(1.0), starts=date(2010, 6, 30))
    rising = weeks([*_STEADY, *(0.7 + 0.01 * week for week in range(-3, 8))])
    yield Example("a target still due, no change", judge(subject, steady, targets=[due]))
    yield Example("a target still due, rising", judge(subject, rising, targets=[due], settings=settings))
    yield Example("a target still due, too few points", judge(subject, steady[:9], targets=[due]))
    moved = [_at_least(0.57), replace(_at_least(0.9), starts=date(2009, 8, 3))]
    yield Example("a target that has moved", judge(subject, steady, targets=moved))
    ours = replace(_at_least(1.0), reference=True)
    yield Example("a reference line of our own", judge(subject, steady, targets=[ours]))
    always = weeks([1.0] * 26)
    yield Example("always 100%, target 100%", judge(subject, always, targets=[_at_least(1.0)]))
    yield Example(
        "almost 100%, target 100%", judge(subject, weeks([0.996, 0.99] * 13 + [0.996]), targets=[_at_least(1.0)])
    )
    peak = weeks([*_STEADY, 0.92])
    yield Example("met once by a failing process", judge(subject, peak, targets=[_at_least(0.9)], settings=settings))
    unsure = [*steady, Point.of_counts(_FIRST + timedelta(weeks=26), 64, 81, not_computable=9)]
    yield Example("more than 5% not computable", judge(subject, unsure, targets=[_at_least(0.9)]))
    last = _FIRST + timedelta(weeks=26)
    wide = Point.of_counts(last, 64, 90, doubt=Doubt(2, met=1, joining=1))
    yield Example("rows in doubt, missed all the same", judge(subject, [*steady, wide], targets=[_at_least(0.9)]))
    parting = Point.of_counts(last, 64, 90, doubt=Doubt(1, either=1))
    yield Example(
        "a row in doubt that could change the tag", judge(subject, [*steady, parting], targets=[_at_least(0.715)])
    )
    both = Point.of_counts(last, 64, 81, not_computable=9, doubt=Doubt(3, met=1, not_computable=2))
    yield Example(
        "rows in doubt, and more than 5% not computable", judge(subject, [*steady, both], targets=[_at_least(0.9)])
    )
    narrow = Point.of_counts(last, 640, 900, doubt=Doubt(1, met=1))
    yield Example("rows in doubt that move nothing", judge(subject, [*steady, narrow], targets=[_at_least(0.9)]))
    above = Subject("CAFs started", Polarity.HIGHER, Unit.COUNT, only_an_aim=True)
    over = [Target(21.6, Comparison.MORE_THAN)]
    yield Example("a target to be above", judge(above, weeks([22, 18] * 13), targets=over))
    under = Subject("Sickness absence", Polarity.LOWER, Unit.PERCENT)
    below = [Target(0.054, Comparison.LESS_THAN)]
    yield Example("a target to be under", judge(under, weeks([0.065, 0.061] * 13), targets=below))
    police = Subject("Multi-agency forms", Polarity.NEITHER, Unit.COUNT)
    yield Example("a target without polarity", judge(police, weeks([22, 18] * 13), targets=over))
    stock = Subject("Children not yet seen", Polarity.LOWER, Unit.COUNT, stands_on_last_day=True)
    none = [Target(0, Comparison.AT_MOST)]
    yield Example("a stock", judge(stock, weeks([3, 5, 4]), chart=Chart.LINE))
    yield Example("a stock, cases not listed", judge(stock, weeks([3, 5, 4]), chart=Chart.LINE, lists_cases=False))
    missed = judge(stock, weeks([3, 5, 4]), chart=Chart.LINE, targets=none, waiting=5, waiting_on=date(2009, 5, 29))
    yield Example("a stock, target missed", missed)
    yield Example("a stock, target met", judge(stock, weeks([3, 5, 0]), chart=Chart.LINE, targets=none))


def _of_years() -> Iterator[Example]:
    subject = Subject("Initial assessments per referral", Polarity.HIGHER, Unit.PERCENT, may_pass_100=True)
    year = YearToDate(_at_least(0.15), 0.12, date(2009, 4, 1), date(2010, 3, 21), date(2010, 3, 31))
    points = weeks([0.14, 0.1] * 13)
    early = replace(year, as_at=date(2009, 11, 1))
    yield Example("an annual target, out of reach", judge(subject, points, year=year))
    yield Example("an annual target, in doubt", judge(subject, points, year=early))
    yield Example("an annual target, on course", judge(subject, points, year=replace(early, figure=0.2)))
    yield Example("an annual target, with a signal", judge(subject, weeks([*([0.14, 0.1] * 13), 0.3]), year=early))
    over = replace(year, as_at=year.ends)
    yield Example("an annual target, missed", judge(subject, points, year=over))
    yield Example("an annual target, met", judge(subject, points, year=replace(over, figure=0.15)))


def _at_least(value: float) -> Target:
    return Target(value, Comparison.AT_LEAST)


def render() -> str:
    """The page `sentences.md`."""
    return "\n".join(
        [
            "# The sentences",
            "",
            "Written by `python -m dashboard.analysis.sentence_table` from real judgements of small invented series.",
            "Do not edit: a test compares this page with what the code says.",
            "",
            "## Every rule with every assurance",
            "",
            *_table(every_pair()),
            "",
            "## Everything else a sentence may have to tell",
            "",
            *_table(special_cases()),
            "",
        ]
    )


def _table(examples: Iterator[Example]) -> Iterator[str]:
    yield "| Case | Change | Can it be met? | Tag | Sentence | What to do |"
    yield "|---|---|---|---|---|---|"
    for example in examples:
        judgement = example.judgement
        tag = target_tag(judgement) or "no tag"
        yield (
            f"| {example.case} | {judgement.variation} | {judgement.assurance} | {tag} "
            f"| {judgement.sentence} | {judgement.advice} |"
        )


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
