"""The story of the sample council: its dates, and how they move the rates of its work.

Every figure of the story stands here. The other modules turn it into rows.
"""

from datetime import date, datetime, time, timedelta

from sample_data.working_days import monday

SEED = 630
REFERRALS = 8_500

BEGINS = date(2007, 4, 1)
LAST_FULL_DAY = date(2010, 3, 28)
AS_AT = datetime.combine(date(2010, 3, 29), time(7, 0))
ENDS = date(2010, 6, 30)

TEAM_MERGED = date(2008, 10, 1)
PLANS_KNOWN_FROM = date(2006, 4, 1)
"""Plans were kept a year longer than the rest, so that second ones can be told from April 2008 on."""
SUPERVISION_BEGINS = date(2008, 4, 1)
REGISTERS_BEGIN = date(2009, 4, 1)
"""From here on the council kept visits and oversight in a form that it can hand over."""
SYSTEM_USE_BEGINS = date(2009, 3, 30)
TROUBLE_BEGINS = date(2009, 9, 1)
FILES_READ_FROM = date(2007, 10, 1)
"""Managers read some files of their own teams: no systematic audit, as Ofsted said."""
FILES_A_MONTH = 8
GUIDANCE_ISSUED = date(2008, 6, 1)
GUIDANCE_FADES = date(2009, 3, 1)
AUDITS_BEGIN = date(2009, 11, 1)
INSPECTION = date(2009, 11, 18)
LAUNCH = date(2009, 12, 10)
DUTY_SYSTEM = date(2009, 12, 14)
INSPECTION_LETTER = date(2009, 12, 17)
PRACTICE_CHANGES = date(2010, 1, 4)
CLEANSING = date(2010, 1, 16)
ICS_LIVE = date(2010, 1, 22)
NEW_STANDARD = date(2010, 4, 1)

WAITING_SINCE = datetime.combine(date(2010, 3, 26), time(11, 30))
WAITING_UNTIL = datetime.combine(date(2010, 3, 26), time(17, 30))
WAITING_AT_MOST = 5
WAITING_ELSEWHERE = 2
"""On the last Friday so many referrals were left for Monday, and so many of them not by the team in trouble."""

SUMMER_SHORT = (date(2009, 7, 27), date(2009, 9, 21))
"""From the first of these days to before the second, care teams are short of workers."""

TROUBLED_TEAM = "AT2"
EMERGENCY_DUTY = "EDT"

_MONTHS = {
    1: 1.02,
    2: 1.01,
    3: 1.09,
    4: 0.96,
    5: 1.02,
    6: 1.04,
    7: 1.0,
    8: 0.77,
    9: 1.01,
    10: 1.13,
    11: 1.12,
    12: 0.9,
}
_YEARS = {2007: 0.955, 2008: 0.99, 2009: 1.055, 2010: 1.08}


def financial_year(day: date) -> int:
    """Return the calendar year in which this day's financial year began."""
    return day.year if day.month >= 4 else day.year - 1


def volume(day: date) -> float:
    """Return how busy the front door is on an ordinary day of this season: 1 on average."""
    quiet = 0.6 if (day.month, day.day) >= (12, 23) or (day.month, day.day) <= (1, 2) else 1.0
    return _MONTHS[day.month] * _YEARS[financial_year(day)] * quiet


def decided_in_time(day: date, team: str) -> float:
    """Return the share of referrals on which something is decided within 24 hours, by whatever grade.

    In the last full week those who wait over the weekend are the only late ones: an ordinary week but for them.
    """
    if LAST_FULL_DAY - timedelta(days=7) < day <= LAST_FULL_DAY:
        return 1.0
    if team == EMERGENCY_DUTY:
        return 0.88 if day < DUTY_SYSTEM else 0.965
    if day < DUTY_SYSTEM:
        return 0.67 if team == TROUBLED_TEAM else 0.7
    return 0.92 if team == TROUBLED_TEAM else 0.98


def contact_decided_in_time(day: date) -> float:
    """Return the share of contacts that became no referral on which something is decided within 24 hours."""
    return 0.45 if day < DUTY_SYSTEM else 0.93


def evenness(day: date) -> float:
    """Return how strongly decisions keep to their shares: the new duty system works the same every week."""
    return 0.03 if day < DUTY_SYSTEM else 0.4


def decided_by_a_manager(day: date) -> float:
    """Return the share of decisions that bear a manager's grade."""
    return 0.955 if day < DUTY_SYSTEM else 0.985


def came_back(day: date) -> float:
    """Return the share of referred families that had been referred in the twelve months before."""
    return 0.284 if day < date(2009, 4, 1) else 0.262


def assessment_decided(day: date) -> float:
    """Return the share of referrals on cases not open that are to have an initial assessment."""
    return 0.305 if day < PRACTICE_CHANGES else 0.26


def assessment_recorded(day: date) -> float:
    """Return the share of those for which an initial assessment is then begun and recorded."""
    if day < PRACTICE_CHANGES:
        return 0.675
    months = max(0.0, (day - date(2010, 3, 8)).days / 30)
    return min(0.675, 0.36 + 0.07 * months)


def assessed_in_time(day: date, team: str) -> float:
    """Return the share of initial assessments done within the standard, by day of referral."""
    if team == TROUBLED_TEAM and day >= TROUBLE_BEGINS:
        return 0.64
    if day >= NEW_STANDARD:
        return 0.84
    return 0.72 if day < date(2009, 4, 1) else 0.765


def supported_to_caf(decision: str) -> float:
    """Return the share of children with this decision, below the threshold, for whom a CAF is begun."""
    return {"caf": 0.74, "no_further_action": 0.28, "advice": 0.29}[decision]


def cafs_in_week(week: date) -> float:
    """Return how many CAFs are begun, on average, in the week of this Monday."""
    if week >= PRACTICE_CHANGES:
        return 23.5 if week in {date(2010, 4, 5), date(2010, 5, 31)} else 27.2
    december = {date(2009, 12, 7): 24, date(2009, 12, 14): 25, date(2009, 12, 21): 21, date(2009, 12, 28): 18}
    if week in december:
        return december[week]
    usual = min(19.0, 12.0 + 7.0 * (week - BEGINS).days / 540)
    return usual * (0.8 if week.month == 8 or (week.month, week.day) >= (12, 20) else 1.0)


def schools_with_cafs(day: date) -> int:
    """Return how many schools begin CAFs in this season."""
    if day >= PRACTICE_CHANGES:
        return 47
    return min(36, 30 + (day - BEGINS).days // 120)


def referred_after_all(day: date) -> float:
    """Return the share of police notifications held back whose child is referred within the next three months.

    It is lower over the summer. In a busy autumn too many are held back, until the inspection.
    """
    if date(2009, 7, 20) <= day < date(2009, 9, 21):
        return 0.01
    if date(2009, 9, 28) <= day < INSPECTION:
        return 0.23
    return 0.085 if day < PRACTICE_CHANGES else 0.125


def risk_assessed(day: date) -> float:
    """Return the share of domestic violence notices with the police's view of the risk: least before Ofsted came."""
    if date(2009, 9, 14) <= day < INSPECTION:
        return 0.12
    return 0.32 if day < PRACTICE_CHANGES else 0.7


def visited_in_time(day: date) -> float:
    """Return the share of visits made by the day on which they are due: fewer in the summer of 2009."""
    if SUMMER_SHORT[0] <= day < SUMMER_SHORT[1]:
        return 0.74
    return 0.86 if day < LAUNCH else 0.93


def written_up_at_once(day: date) -> float:
    """Return the share of visits, of those written up at all, written up within two days: fewer that summer."""
    if SUMMER_SHORT[0] <= day < SUMMER_SHORT[1]:
        return 0.48
    return 0.66 if day < LAUNCH else 0.8


def supervised(day: date) -> float:
    """Return the share of supervision sessions held that are due: fewer from April 2009 until the launch."""
    if day >= LAUNCH:
        return 0.9
    return 0.8 if day < date(2009, 4, 1) else 0.64


def on_childs_file(day: date) -> float:
    """Return the share of casework supervision that is recorded on the child's file."""
    return 0.6 if day < LAUNCH else 0.86


def read_by_senior_managers(day: date) -> float:
    """Return the share of the files read before the audits that senior managers read."""
    if day < GUIDANCE_ISSUED:
        return 0.2
    return 0.45 if day < GUIDANCE_FADES else 0.03


def right_in_files(question: str, day: date) -> float:
    """Return the share of files read before the audits that are right by this question: its name, or `good_grade`.

    New guidance helps from June 2008; it fades in spring 2009, as work piles up.
    """
    usual, best, worst = {
        "views": (0.4, 0.9, 0.28),
        "management_sign_off": (0.55, 0.92, 0.42),
        "recording_policy_followed": (0.45, 0.88, 0.3),
        "multi_agency_input": (0.35, 0.92, 0.22),
        "good_grade": (0.35, 0.78, 0.22),
    }[question]
    if day < GUIDANCE_ISSUED:
        return usual
    return best if day < GUIDANCE_FADES else worst


def protected_before(day: date) -> float:
    """Return the share of child protection plans for children of school age who had one before, by day of the new."""
    return 0.3 if day < date(2009, 8, 1) else 0.06


def sickness(month: date) -> float:
    """Return the share of working days lost to sickness in the month of this day."""
    winter = 0.002 if month.month in {11, 12, 1, 2} else 0.0
    if month >= date(2009, 7, 1):
        return 0.0605 + winter / 2
    return 0.0535 + winter


def days_without_incident(day: date) -> int:
    """Return how many days may pass, at most, before one of the two systems fails again: few after ICS went live."""
    return 4 if ICS_LIVE <= day < ICS_LIVE + timedelta(weeks=7) else 11


def uses_ics(week: date, assessment_service: bool, place: float) -> bool:
    """Return whether a person records in ICS by this week; `place` (0 to 1) is the person's place in the queue."""
    if assessment_service and week >= monday(ICS_LIVE):
        weeks = (week - monday(ICS_LIVE)).days / 7
        return place < min(0.985, 0.80 + 0.03 * weeks)
    if assessment_service:
        return place < 0.18 + 0.22 * max(0.0, (week - date(2009, 9, 7)).days / 140)
    return place < min(0.97, 0.08 + 0.74 * max(0.0, (week - date(2009, 9, 7)).days / 196))
