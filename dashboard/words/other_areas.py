"""Published figures of other areas in words: never set beside a figure under another standard. Data in, text out."""

from datetime import date
from typing import Final

from dashboard.analysis.wording import day, figure
from dashboard.readings.measure_detail import Background
from dashboard.readings.measure_views import MeasureView
from dashboard.readings.team_comparison import window

NOT_PUBLISHED: Final = "not published"
NOT_COMPARABLE: Final = "not comparable"
"""What is said of a figure under another standard."""


def area_rows(view: MeasureView, background: Background) -> list[tuple[str, str, str]]:
    """Return the published figures of other areas with which a measure's is compared: area and year, figure, note."""
    latest, subject = view.judgement.latest, view.judgement.subject
    last = None if latest is None else window(view.definition, latest.point.start)[1]
    rows = []
    for row in background.comparators.iter_rows(named=True):
        years = f"{row['from_date'].year}/{row['to_date']:%y}"
        average = f", {row['average']}" if row["average"] else ""
        other = None if last is None else other_standard(background, row["to_date"], last)
        value, note = (figure(row["value"], subject), "") if other is None else (NOT_COMPARABLE, f"{other}. ")
        note += _members(background, row["area"])
        rows.append((f"{row['area']}, {years}{average}", value, f"{note}{row['source']}"))
    known = background.neighbours
    if known is not None and known.name not in background.comparators.get_column("area"):
        rows.append((known.name, NOT_PUBLISHED, f"{_members(background, known.name)}{known.source}"))
    return rows


def _members(background: Background, area: str) -> str:
    """Return the councils of the set of neighbours in use, where the area is that set; else nothing."""
    known = background.neighbours
    if known is None or known.name != area:
        return ""
    return f"Used since {day(known.since)} {known.since.year}: {', '.join(known.councils)}. "


def other_standard(background: Background, then: date, now: date) -> str | None:
    """Return in words that another standard held on an earlier day; None where both days had the same."""
    before, today = background.standard_on(then), background.standard_on(now)
    if before == today:
        return None
    held = "no standard" if before is None else f"{before} working days"
    return f"Another standard held then: {held}, not {today or 'none'}"
