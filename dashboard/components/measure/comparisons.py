"""What a measure's figure is compared with: its partner, the year before, other areas, its target and the reason."""

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape

import polars as pl
import streamlit as st

from dashboard.analysis.targets import same
from dashboard.analysis.wording import day, figure
from dashboard.components.layout.links import measure_link
from dashboard.readings.measure_detail import Background
from dashboard.readings.measure_views import MeasureView
from dashboard.readings.team_comparison import WINDOWS, window, window_name
from dashboard.words.other_areas import NOT_COMPARABLE, NOT_PUBLISHED, area_rows, other_standard
from dashboard.words.phrases import target_of
from data_access.dates.periods import month_after
from data_access.vocabulary import Period, TargetState

ENGLAND = "England"


def draw_comparisons(
    view: MeasureView, background: Background, partner: MeasureView | None, *, team: str | None, week: date | None
) -> None:
    """Draw the panel of comparisons, and the partner that shows the harm of meeting this measure badly."""
    rows = compared_rows(view, background)
    body = "".join(
        f"<tr><th scope='row'>{escape(name)}{_note(note)}</th><td>{escape(value)}</td></tr>"
        for name, value, note in rows
    )
    st.html(f'<h2 class="part">Compared</h2><table class="plain pairs"><tbody>{body}</tbody></table>')
    if partner is not None:
        with st.container(key="partner", gap=None):
            st.html('<h2 class="part">Read it with</h2>')
            measure_link(partner.definition.title, partner.definition.id, team=team, week=week)
            st.html(f'<p class="advice">{escape(_partner(partner))}</p>')


def _partner(partner: MeasureView) -> str:
    """Return the partner's sentence without its title: "26%: no real change; …"."""
    told = partner.sentence.removeprefix(partner.definition.title).lstrip(": ")
    return f"{told[:1].upper()}{told[1:]}."


def compared_rows(view: MeasureView, background: Background) -> list[tuple[str, str, str]]:
    """Return what stands in the panel: name, value, note."""
    latest = view.judgement.latest
    rows: list[tuple[str, str, str]] = []
    if latest is not None:
        first, last = window(view.definition, latest.point.start)
        name = window_name(view.definition)
        before = _year_before(view, first), _year_before(view, last)
        is_single_period = WINDOWS[view.definition.period] == 1 or not view.definition.adding_up.sums_over_time
        now, then = (
            (name.capitalize(), "A year before")
            if is_single_period
            else (f"These {name}", f"Same {name} a year before")
        )
        rows.append((now, _pooled(view, first, last), _each(view) or _left_out(view, first, last)))
        other = other_standard(background, before[1], last)
        if other is None:
            rows.append((then, _pooled(view, *before), _each(view) or _left_out(view, *before)))
        else:
            rows.append((then, NOT_COMPARABLE, other))
    if view.definition.adding_up.sums_over_time:
        rows.append(("Twelve months", _twelve_months(view), view.definition.rolling_unit or ""))
    areas = area_rows(view, background)
    rows += areas or [("England, neighbours", NOT_PUBLISHED, "")]
    return [*rows, *_target(view, _this_year(view, background))]


def _note(note: str) -> str:
    return f"<small>{escape(note)}</small>" if note else ""


def _each(view: MeasureView) -> str:
    adding_up = view.definition.adding_up
    return (
        "" if adding_up.has_denominator or not adding_up.sums_over_time else f"a {view.definition.period}, on average"
    )


def _left_out(view: MeasureView, first: date, last: date) -> str:
    inside = view.figures.filter(pl.col("start") >= first, pl.col("end") <= last)
    number = int(inside.get_column("not_computable").sum())
    return f"{number:,} could not be worked out" if number else ""


def _year_before(view: MeasureView, on: date) -> date:
    """Return the day a year before: 52 weeks, so that weeks stay whole, or 12 months."""
    if view.definition.period is Period.WEEK:
        return on - timedelta(weeks=52)
    first = month_after(on.replace(day=1), -12)
    return first if on.day == 1 else month_after(first, 1) - timedelta(days=1)


def _pooled(view: MeasureView, first: date, last: date) -> str:
    """Return the settled periods from `first` to `last` taken together; a mean of them for counts."""
    inside = (pl.col("start") >= first) & (pl.col("end") <= last)
    settled = view.figures.filter(inside, ~pl.col("state").is_in(["no_data", "in_progress"]))
    wanted = _periods(view, first, last)
    if settled.height < wanted:
        return "no data"
    numerator, denominator = (float(settled.get_column(name).sum()) for name in ("numerator", "denominator"))
    if not view.definition.adding_up.has_denominator:
        return figure(numerator / wanted, view.judgement.subject)
    return figure(numerator / denominator, view.judgement.subject) if denominator else "no cases"


def _periods(view: MeasureView, first: date, last: date) -> int:
    if view.definition.period is Period.WEEK:
        return ((last - first).days + 1) // 7
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    return months // {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}[view.definition.period]


def _twelve_months(view: MeasureView) -> str:
    value = view.headline.get("12m_value")
    if value is None:
        return "no data"
    return f"{value:,.1f}" if view.definition.rolling_unit else figure(value, view.judgement.subject)


def _this_year(view: MeasureView, background: Background) -> str:
    """Return how the year's figure stands to a line of our own, and to England: a line may be far below either.

    "This year's 20% is above this line, far below England's 59% (2007/08). " Empty where there is no such line, or no
    figure of England's to compare.
    """
    judgement, value = view.judgement, view.headline.get("ytd_value")
    if judgement.target is None or judgement.target_state is not TargetState.REFERENCE or value is None:
        return ""
    subject, line = judgement.subject, judgement.target.value
    told = f"This year's {figure(value, subject, apart_from=[line])} is {_stands_to(value, line)} this line"
    latest = None if judgement.latest is None else window(view.definition, judgement.latest.point.start)[1]
    comparable = [
        row
        for row in background.comparators.filter(pl.col("area") == ENGLAND).iter_rows(named=True)
        if latest is not None and other_standard(background, row["to_date"], latest) is None
    ]
    if not comparable:
        return ""
    row = max(comparable, key=lambda row: row["to_date"])
    years = f"{row['from_date'].year}/{row['to_date']:%y}"
    return f"{told}, {_stands_to(value, row['value'])} {ENGLAND}'s {figure(row['value'], subject)} ({years}). "


def _stands_to(value: float, other: float) -> str:
    """Return how a figure stands to another: far where one is not even half of the other."""
    if same(value, other):
        return "at"
    far = "far " if min(value, other) < max(value, other) / 2 else ""
    return f"{far}{'above' if value > other else 'below'}"


def _target(view: MeasureView, this_year: str) -> Sequence[tuple[str, str, str]]:
    """Return the target in view, from when it holds, and why it was set."""
    judgement = view.judgement
    if judgement.target is None or judgement.target_state is TargetState.NO_TARGET:
        return [("Target", "none set", "")]
    starts, year = judgement.target.starts, judgement.year
    if year is None:
        step = next((each for each in view.targets if each.starts == starts), None)
        since = (
            "" if starts is None else f"{'By' if _is_ahead(view, starts) else 'Since'} {day(starts)} {starts.year}. "
        )
    else:
        step = max((each for each in view.targets if each.starts <= year.ends), key=lambda each: each.starts)
        since = f"For the year to {day(year.ends)} {year.ends.year}. "
    plan = "" if step is None or step.plan_item is None else f"Plan {step.plan_item}. "
    reason = "" if step is None else f"{step.reason}."
    if judgement.target_state is TargetState.REFERENCE:
        return [
            (
                "Reference, not a target",
                figure(judgement.target.value, judgement.subject),
                f"{this_year}{since}{reason}",
            )
        ]
    return [("Target", target_of(judgement), f"{since}{plan}{reason}")]


def _is_ahead(view: MeasureView, starts: date) -> bool:
    return view.judgement.latest is not None and starts > view.judgement.latest.point.start
