"""ICS available (plan item 6)."""

from datetime import date, timedelta
from typing import Any, Final

import sqlalchemy as sa

from data_access.dates.working_calendar import FIRST_DAY
from data_access.extracts import NO_TEAM
from data_access.measures.adding_up import SHARE
from data_access.measures.contract import COUNTED, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand
from data_access.measures.impossible import Moment, not_computable, precedes
from data_access.measures.sql import (
    COVERS_FROM,
    COVERS_TO,
    SecondsBetween,
    calendar,
    number,
    table,
    word,
)
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

OPENS_AT: Final = 8
CLOSES_AT: Final = 18
"""The hours between which the system is to be up, Monday to Friday, in London."""

DEFINITION = Definition(
    id="ics_available",
    title="ICS available",
    question="Is the case system up when staff need it?",
    why="While the system is down nobody can see what is known of a child, and work is recorded elsewhere or not at all.",
    how=(
        "Minutes in which ICS was up, out of the minutes from 8:00 to 18:00 on Monday to Friday, bank holidays too. "
        "Outages that overlap count once; one that is not over lasts to the end of the data; where no time of day is "
        "given it lasts from the beginning of its first day, or to the end of its last. Slow days and lost records are "
        "listed, but the system was up. A minute that is lost in part is lost. The day on which an outage begins that "
        "ends before it is left out and counted separately; what begins at a weekend counts with the Friday before it."
    ),
    misleads=(
        "A system that is up may still be slow, or lose what was written in it: see the records lost. Outages that "
        "nobody reported are not in it."
    ),
    strand=Strand.SYSTEMS,
    adding_up=SHARE,
    polarity=Polarity.HIGHER,
    unit="%",
    period=Period.WEEK,
    chart=Chart.XMR,
    about=About.CHILDREN,
    plan_items=("6",),
    owner="ICS Project Board",
    requires=("system_incidents",),
    fields=(
        "system_incidents.system",
        "system_incidents.started_at",
        "system_incidents.ended_at",
        "system_incidents.kind",
    ),
    key=Key.SYSTEM,
    details=(
        Detail("system", "System", Holds.WORDS),
        Detail("minutes_lost", "Minutes lost", Holds.NUMBER),
        Detail("records_lost", "Records lost", Holds.NUMBER),
    ),
    headline=False,
)

_OPENS, _CLOSES = 60 * OPENS_AT, 60 * CLOSES_AT
_MINUTES_A_DAY = _CLOSES - _OPENS

_system, _day, _monday = table("codes", "system"), calendar("day"), calendar("monday")
_minute = calendar("minute")
"""The calendar numbers its days from 0 on: here its numbers stand for the minutes of one day."""
_incident = table("system_incidents", "incident")

_weekday = _day.c.day_number - _monday.c.day_number
_to_the_weekend = sa.case((_weekday == number(4), _day.c.week_end), else_=_day.c.day)

_was_up = _incident.c.kind.in_((word("slow"), word("records_lost")))
_is_outage = sa.and_(_incident.c.system == _system.c.code, sa.func.coalesce(sa.not_(_was_up), sa.true()))


def _second_of_day(moment: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    return SecondsBetween(_day.c.begins_at, moment)


_is_down = sa.and_(
    _second_of_day(_incident.c.started_at) < 60 * (_minute.c.day_number + 1),
    sa.or_(
        _incident.c.ended_on.is_(None),
        _incident.c.ended_timed.is_(sa.false()),
        _second_of_day(_incident.c.ended_at) > 60 * _minute.c.day_number,
    ),
)
_minutes_lost = (
    sa.select(sa.func.count(sa.distinct(_minute.c.day)))
    .select_from(_incident)
    .join(
        _minute,
        sa.and_(
            _minute.c.day.between(FIRST_DAY + timedelta(days=_OPENS), FIRST_DAY + timedelta(days=_CLOSES - 1)),
            _is_down,
        ),
    )
    .where(
        _is_outage,
        _incident.c.started_on <= _day.c.day,
        sa.or_(_incident.c.ended_on.is_(None), _incident.c.ended_on >= _day.c.day),
    )
    .correlate_except(_incident, _minute)
    .scalar_subquery()
)

_begins = _incident.c.started_on.between(_day.c.day, _to_the_weekend)
_ends_too_early = (
    sa.exists()
    .where(_is_outage, _begins, precedes(Moment.of(_incident, "ended"), Moment.of(_incident, "started")))
    .correlate_except(_incident)
)
_records_lost = (
    sa.select(sa.func.coalesce(sa.func.sum(_incident.c.records_lost), 0))
    .where(_incident.c.system == _system.c.code, _begins)
    .correlate_except(_incident)
    .scalar_subquery()
)

_cohort: sa.Select[Any] = (
    sa.select(
        (_system.c.code + word("|") + sa.cast(_day.c.day, sa.Text)).label("case_id"),
        _system.c.code.label("key"),
        _day.c.day.label("event_date"),
        word(NO_TEAM).label("team_id"),
        sa.case((_ends_too_early, not_computable("an outage ends before it begins")), else_=word(COUNTED)).label(
            "result"
        ),
        (number(_MINUTES_A_DAY) - _minutes_lost).label("numerator"),
        number(_MINUTES_A_DAY).label("denominator"),
        _system.c.label.label("system"),
        _minutes_lost.label("minutes_lost"),
        _records_lost.label("records_lost"),
    )
    .select_from(_system)
    .join(_day, _day.c.day.between(COVERS_FROM, COVERS_TO))
    .join(_monday, sa.and_(_monday.c.day == _day.c.week, _weekday <= number(4)))
    .where(_system.c.list == word("system"), _system.c.current_system.is_(sa.true()))
)


def _near(start: date, end: date) -> sa.ColumnElement[bool]:
    return _day.c.day.between(start, end)


TOY = Toy(
    tables={
        "system_incidents": """
            incident_id | system | started_at       | ended_at         | kind         | records_lost
            I1          | ics    | 2010-03-22 07:00 | 2010-03-22 09:00 | outage       |
            I2          | ics    | 2010-03-22 08:30 | 2010-03-22 10:00 | outage       | 1
            I3          | ics    | 2010-03-22 08:45 | 2010-03-22 09:15 |              |
            I4          | ics    | 2010-03-22 17:00 | 2010-03-23 08:10 | outage       |
            I5          | ics    | 2010-03-23 12:00 | 2010-03-23 13:00 | slow         |
            I6          | ics    | 2010-03-23 14:00 | 2010-03-23 14:00 | records_lost | 3
            I7          | swift  | 2010-03-24 09:00 | 2010-03-24 17:00 | outage       |
            I8          | ics    | 2010-03-24 12:00 | 2010-03-24       | outage       |
            I9          | ics    | 2010-03-25 12:00 | 2010-03-25 11:00 | outage       |
            I10         | ics    | 2010-03-27 10:00 | 2010-03-27 11:00 | outage       | 5
            I11         | ics    | 2010-03-27       | 2010-03-29 08:01 | outage       |
            I12         | ics    | 2010-03-30 17:30 |                  | outage       |
            I13         | ics    | 2010-03-26 10:00 | 2010-03-26 10:01 | outage       |
        """,
    },
    expected="""
        case           | result         | because
        ics~2010-03-22 | 420 of 600     | 8:00 to 10:00 by three outages that overlap, and the last hour
        ics~2010-03-23 | 590 of 600     | the outage ends at 8:10; slow, or records lost, is no outage
        ics~2010-03-24 | 240 of 600     | no time at which it was over: to the end of the day; SWIFT is another system
        ics~2010-03-25 | not computable | over before it began
        ics~2010-03-26 | 599 of 600     | one minute
        ics~2010-03-29 | 599 of 600     | down since Saturday; the clocks have gone forward
        ics~2010-03-30 | 570 of 600     | not over
        ics~2010-03-31 | 0 of 600       | still not over
    """,
    as_at="2010-04-01 07:00",
    covers_from="2010-03-20",
    covers_to="2010-03-31",
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY, grows=True)
