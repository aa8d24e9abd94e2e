"""The tables of the page Audits, a row a month; each number of cases is a link to their list."""

from dashboard.components.layout.filters import Choice
from dashboard.components.layout.html_table import LinkedCell, html_table
from dashboard.components.layout.links import Parameter, html_link
from dashboard.readings.audits import GRADED, PROGRAMME, VIEWS, AuditMonth, Audits
from dashboard.words.audits import (
    ACTION_COLUMNS,
    ACTION_STATES,
    CHILD_COLUMNS,
    GRADE_COLUMNS,
    NOT_RECORDED,
    PROGRAMME_COLUMNS,
    month_name,
)
from dashboard.words.phrases import NOTHING
from data_access.queries.audit_answers import GRADES


def child_table(told: Audits, choice: Choice) -> str:
    """Return in how many files of each month the child's views are recorded, and to how many that does not apply."""
    rows = []
    for month in told.months:
        linked = _Linked(told, choice, VIEWS, month)
        excused = str(month.child_excused) if month.child_excused else NOTHING
        recorded, missing = (
            linked.cell(number, words, dimension="child_views", value=value)
            for number, words, value in (
                (month.child_recorded, "recorded", "yes"),
                (month.child_not_recorded, "not recorded", "no"),
            )
        )
        rows.append([month_name(month), recorded, missing, excused])
    return html_table("The child’s views in files read", CHILD_COLUMNS, rows, numeric=CHILD_COLUMNS[1:])


def programme_table(told: Audits) -> str:
    """Return how many cases senior managers were to read in each month, and how many they read."""
    rows = []
    for month in told.months:
        if month.planned is None or month.done is None:
            rows.append([month_name(month), NOTHING, NOTHING, NOTHING])
            continue
        label = f"{month.done} read in {month_name(month)}: the measure"
        done = LinkedCell(
            str(month.done), html_link("measure", str(month.done), label, measure=PROGRAMME, week=month.week)
        )
        rows.append([month_name(month), str(month.planned), done, str(month.planned - month.done)])
    return html_table(
        "Cases that senior managers were to read, and read", PROGRAMME_COLUMNS, rows, numeric=PROGRAMME_COLUMNS[1:]
    )


def grade_table(told: Audits, choice: Choice) -> str:
    """Return how many assessments got each grade in each month."""
    rows = []
    for month in told.months:
        linked = _Linked(told, choice, GRADED, month)
        of_grades = [
            linked.cell(month.grades[grade], f"graded {grade}", dimension="answer", value=grade) for grade in GRADES
        ]
        rows.append([month_name(month), *of_grades, linked.cell(month.not_graded, "not graded")])
    return html_table("Assessments by grade and month", GRADE_COLUMNS, rows, numeric=GRADE_COLUMNS[1:])


def action_table(told: Audits) -> str:
    """Return what the audits of each month asked for, and how it stands now."""
    rows = []
    for month in told.months:
        if month.actions is None:
            rows.append([month_name(month), NOT_RECORDED, *[NOTHING] * len(ACTION_STATES)])
        else:
            counts = [sum(month.actions.values()), *(month.actions[state] for state in ACTION_STATES)]
            rows.append([month_name(month), *(str(count) if count else NOTHING for count in counts)])
    caption = "Actions that audits asked for, by month of the audit"
    return html_table(caption, ACTION_COLUMNS, rows, numeric=ACTION_COLUMNS[1:])


class _Linked:
    """Makes cells of a month that lead to the list of a measure's cases, for who may list them."""

    def __init__(self, told: Audits, choice: Choice, measure: str, month: AuditMonth) -> None:
        self._may_list, self._measure, self._month, self._team = told.excused is not None, measure, month, choice.team

    def cell(self, number: int, words: str, **narrowed: Parameter) -> str:
        if not number:
            return NOTHING
        if not self._may_list:
            return str(number)
        said = f"{number} {words} in {month_name(self._month)}: the cases"
        parameters = {"measure": self._measure, "team": self._team, "week": self._month.week, **narrowed}
        return LinkedCell(str(number), html_link("cases", str(number), said, **parameters))
