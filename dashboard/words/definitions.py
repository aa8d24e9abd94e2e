"""A measure's definition in words: how its figures come about, its standards, targets, published figures, history."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from dashboard.analysis.wording import day, figure
from dashboard.readings.definitions import Entry
from dashboard.readings.judgements import subject_of
from dashboard.words.decisions import decided_words
from data_access.decisions.standing import Standing
from data_access.extracts import extract_named
from data_access.measures import Definition, measure_named
from data_access.measures.adding_up import OverTime
from data_access.measures.characteristics import breakdowns_of
from data_access.measures.definition import About
from data_access.quality.words import spoken
from data_access.queries.definitions import Standard, Wording
from data_access.vocabulary import Chart, Polarity

_POLARITIES: Final = {
    Polarity.HIGHER: "Higher is better.",
    Polarity.LOWER: "Lower is better.",
    Polarity.NEITHER: "Neither higher nor lower is better in itself.",
}
_CHARTS: Final = {
    Chart.XMR: "Judged on an XmR chart: its limits come from the changes from one {period} to the next.",
    Chart.P: "Judged on a P chart: its limits widen where there are fewer cases.",
    Chart.P_PRIME: "Judged on a P′ chart: its limits widen where there are fewer cases, and allow for the spread "
    "that many cases always have.",
    Chart.U: "Judged on a U chart: its limits widen where there is less to count.",
    Chart.U_PRIME: "Judged on a U′ chart: its limits widen where there is less to count, and allow for the spread "
    "that large numbers always have.",
    Chart.T: "Judged on the time between events.",
    Chart.LINE: "Drawn as a plain line: its {period}s are too alike, or too few, to tell chance from change.",
}
_SEEN_BY: Final = {
    About.CHILDREN: "Its cases are listed to those who manage the teams that hold them.",
    About.STAFF: "About staff: rows are listed only to those who manage the team.",
    About.STAFF_HEALTH: "About the health of staff: nobody is listed, and a team is shown from ten staff on.",
}


def facts(entry: Entry, teams: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """Return what the data dictionary says of a measure: headings and paragraphs; `teams` are names by reference."""
    definition = entry.measure.definition
    told = [
        ("How it is counted", [definition.how]),
        ("Why it matters", [definition.why]),
        ("What can mislead", [definition.misleads]),
        ("What kind of figure it is", [" ".join(_kind(definition))]),
        ("Standard", [_standard(standard) for standard in entry.standards]),
        ("Targets", [_target(definition, target, teams) for target in entry.targets] or ["None is set."]),
        ("Published elsewhere", list(_published(entry)) or ["Nothing that can be compared is known here."]),
        ("Where it belongs", [" ".join(_place(entry))]),
        ("Taken from", [_sources(definition)]),
        ("Who may see what", [_SEEN_BY[definition.about]]),
        ("As first defined", _history(entry.wordings)),
    ]
    return [(heading, paragraphs) for heading, paragraphs in told if paragraphs]


def _kind(definition: Definition) -> Iterator[str]:
    adding_up, period = definition.adding_up, definition.period
    if not adding_up.has_denominator:
        standing = adding_up.over_time is not OverTime.SUM
        yield f"A number of {definition.unit} {f'at the end of each {period}' if standing else f'in each {period}'}."
    elif adding_up.is_share:
        yield f"A percentage, by {period}: x of n, and never more than 100%."
    else:
        yield f"{definition.unit}, by {period}: one number {adding_up.between} another."
    yield _POLARITIES[definition.polarity]
    yield _CHARTS[definition.chart].format(period=period)
    if breakdowns := breakdowns_of(definition):
        titles = [detail.title.lower() for detail in breakdowns]
        yield f"It can be broken down by team, {_listed(titles)}."


def _standard(standard: Standard) -> str:
    until = "" if standard.to_date is None else f" to {_date(standard.to_date)}"
    return (
        f"{standard.working_days} working days, from {_date(standard.from_date)}{until}. {_closed(standard.source)}"
    )


def _target(definition: Definition, target: Standing, teams: Mapping[str, str]) -> str:
    told = decided_words("target", target.content, subject_of(definition), teams)
    return f"{told[:1].upper()}{told[1:]}; set by {target.author}. {_closed(target.reason or '')}".strip()


def _published(entry: Entry) -> Iterator[str]:
    subject = subject_of(entry.measure.definition)
    for row in entry.published.iter_rows(named=True):
        average = f" ({row['average']})" if row["average"] else ""
        years = f"{row['from_date'].year}/{row['to_date']:%y}"
        yield f"{row['area']}{average}, {years}: {figure(row['value'], subject)}. {_closed(row['source'])}"


def _place(entry: Entry) -> Iterator[str]:
    definition = entry.measure.definition
    yield f"{definition.strand}, {entry.section.title[:1].lower()}{entry.section.title[1:]}."
    if definition.plan_items:
        yield f"Plan {'item' if len(definition.plan_items) == 1 else 'items'} {_listed(definition.plan_items)}."
    yield f"Ask the {definition.owner[:1].lower()}{definition.owner[1:]}."
    if definition.partner is not None:
        yield f"Read it with: {measure_named(definition.partner).definition.title}."


def _sources(definition: Definition) -> str:
    needed = _listed([extract_named(name).title.lower() for name in definition.requires])
    more = [extract_named(name).title.lower() for name in definition.optional]
    by_extract: dict[str, list[str]] = {}
    for field in definition.fields:
        extract, _, name = field.partition(".")
        by_extract.setdefault(extract, []).append(spoken(name))
    columns = "; ".join(
        f"{extract_named(name).title.lower()}: {', '.join(held)}" for name, held in by_extract.items()
    )
    used = f" Used where they are loaded: {_listed(more)}." if more else ""
    return f"Without these extracts there is no figure: {needed}.{used} It hangs on these columns: {columns}."


def _history(wordings: Sequence[Wording]) -> list[str]:
    if not wordings:
        return []
    first, *later = wordings
    if not later:
        return [f"As now, since {_date(first.since.date())}, when it was first counted here."]
    told = [f"On {_date(first.since.date())}, as “{first.title}”: {first.how}"]
    return [*told, *(f"Changed on {_date(each.since.date())}." for each in later)]


def _date(on: date) -> str:
    return f"{day(on)} {on.year}"


def _listed(words: Sequence[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def _closed(text: str) -> str:
    return text if not text or text.endswith(".") else f"{text}."
