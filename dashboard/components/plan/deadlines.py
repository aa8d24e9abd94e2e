"""The deadlines of the plan on a line of months: each open line where it is due, the day of the data between them."""

from collections.abc import Sequence
from datetime import date
from html import escape

from dashboard.components.layout.links import html_link
from dashboard.components.plan.shown import PAGE
from dashboard.readings.action_plan import Due, Plan, PlanLine
from dashboard.words.action_plan import short_due
from data_access.dates.periods import month_after


def deadlines_html(plan: Plan) -> str:
    """Return the months from the first deadline to the last with the lines that are due in each; none without any."""
    dated = [line for line in plan.lines if line.action.due_on is not None]
    if not dated or plan.on is None:
        return ""
    days = [line.action.due_on for line in dated if line.action.due_on is not None]
    now = plan.on.replace(day=1)
    first, last = min(*days, now).replace(day=1), max(*days, now).replace(day=1)
    months, month = [], first
    while month <= last:
        months.append(month)
        month = month_after(month, 1)
    months = _told(months, {day.replace(day=1) for day in days} | {now})
    undated = [line for line in plan.lines if line.action.due_on is None]
    items = [
        _month_html(f"{month:%b %Y}", [line for line in dated if _is_due_in(line, month)], is_now=month == now)
        for month in months
    ]
    if undated:
        items.append(_month_html("No deadline", undated, is_now=False))
    return f'<h2 class="section">Deadlines</h2><ol class="deadlines">{"".join(items)}</ol>'


def _told(months: Sequence[date], needed: set[date]) -> list[date]:
    """Return the months to show: all where they are few, else those in which something stands."""
    return list(months) if len(months) <= 14 else [month for month in months if month in needed]


def _month_html(title: str, lines: Sequence[PlanLine], *, is_now: bool) -> str:
    marks = "".join(f"<li>{_mark_html(line)}</li>" for line in lines)
    held = f"<ul>{marks}</ul>" if marks else ""
    if is_now:
        return f'<li class="now"><b>{title} <span>now</span></b>{held}</li>'
    return f"<li><b>{title}</b>{held}</li>"


def _mark_html(line: PlanLine) -> str:
    name = line.action.action_id
    link = html_link(PAGE, name, f"{name}: {line.action.title}. {short_due(line)}", line=name)
    sign = {Due.OVERDUE: "!", Due.DONE: "✓", Due.STOPPED: "–"}.get(line.due, "")
    shown = f'<span aria-hidden="true">{escape(sign)}</span>' if sign else ""
    return f'<span class="mark mark-{line.due}">{link}{shown}</span>'


def _is_due_in(line: PlanLine, month: date) -> bool:
    return line.action.due_on is not None and line.action.due_on.replace(day=1) == month
