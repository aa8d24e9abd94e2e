"""Who is referred, and when: days, hours, families, families that come back, children entered twice."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate, count

from sample_data import story, working_days
from sample_data.chance import Chance, Mix, stream
from sample_data.records import on_the_clock

_SIZE = Mix({1: 0.83, 2: 0.12, 3: 0.05})
_WEEKDAY = (1.12, 1.05, 1.0, 1.0, 1.05, 0.23, 0.2)
_HOUR = Mix({9: 8, 10: 12, 11: 12, 12: 9, 13: 9, 14: 12, 15: 13, 16: 12, 17: 4})
_NIGHT_HOUR = Mix({0: 4, 1: 3, 2: 2, 6: 1, 7: 2, 18: 14, 19: 15, 20: 15, 21: 14, 22: 12, 23: 8})
_WEEKEND_HOUR = Mix(dict.fromkeys(range(8, 24), 4) | dict.fromkeys(range(7), 1))
_AGE = Mix({0: 3, 1: 9, 2: 22, 3: 24, 4: 32, 5: 10})
_AGE_BANDS = ("unborn", "under_1", "1_to_4", "5_to_9", "10_to_15", "16_to_17")
_ETHNICITY = Mix({"white": 62, "mixed": 8, "asian": 9, "black": 15, "other": 2, "unknown": 4})
_LANGUAGE = Mix(
    {"English": 84, "Lithuanian": 2, "Urdu": 3, "Bengali": 3, "Yoruba": 3, "Albanian": 2, "Portuguese": 3}
)

CLOCKS_WENT_BACK = (
    (datetime.combine(date(2008, 10, 26), time(1, 20)), 1),
    (datetime.combine(date(2009, 10, 25), time(1, 5)), 1),
    (datetime.combine(date(2009, 10, 25), time(1, 40)), 2),
    (datetime.combine(date(2009, 10, 25), time(1, 55)), 1),
)
"""Families who got in touch in the hour that the clocks showed twice."""


@dataclass(slots=True)
class Child:
    """A child as first entered. `also` is the reference last given to the same child by mistake."""

    child_id: str
    household_id: str
    age: int
    sex: str
    ethnicity: str
    disability: str
    language: str
    also: str | None = None
    open_until: date | None = None


@dataclass(slots=True)
class Arrival:
    """A family referred at one moment; each child with the reference under which it was entered."""

    received: datetime
    children: list[tuple[Child, str]]
    out_of_hours: bool


@dataclass(slots=True)
class Merge:
    """A reference that was found, on some day, to be a child already known."""

    child_id: str
    merged_into: str
    on: date


class Families:
    """The families known to the council so far."""

    def __init__(self, prefix: str) -> None:
        self._children = (f"{prefix}K-{number}" for number in count(300_001))
        self._households = (f"{prefix}H-{number}" for number in count(50_001))
        self._received: list[date] = []
        self._arrivals: list[Arrival] = []
        self.merges: list[Merge] = []

    def child(self, chance: Chance, like: Child | None = None) -> Child:
        """Return a child not known before: of the same household, language and ethnicity as `like`."""
        age = _AGE.draw(chance)
        if like and age == 0:
            age = 2
        return Child(
            next(self._children),
            like.household_id if like else next(self._households),
            age,
            "unborn" if age == 0 else ("female" if chance.random() < 0.49 else "male"),
            like.ethnicity if like else _ETHNICITY.draw(chance),
            "yes" if chance.random() < 0.06 else "no",
            like.language if like else _LANGUAGE.draw(chance),
        )

    def who(self, chance: Chance, received: datetime, size: int) -> list[tuple[Child, str]]:
        """Return the children referred at this moment: of a family that comes back, or of a new one."""
        day = received.date()
        if self._arrivals and chance.steady("came back", story.came_back(day)):
            since = bisect_left(self._received, day - timedelta(days=364))
            before = bisect_left(self._received, day - timedelta(days=3))
            if before > since:
                earlier = self._arrivals[since + int(chance.random() * (before - since))].children[:size]
                known = [(child, self._entered_as(chance, child, day)) for child, _ in earlier]
                new = [self.child(chance, earlier[0][0]) for _ in range(size - len(known))]
                return known + [(child, child.child_id) for child in new]
        first = self.child(chance)
        family = [first] + [self.child(chance, first) for _ in range(size - 1)]
        return [(child, child.child_id) for child in family]

    def note(self, arrival: Arrival) -> None:
        """Remember an arrival, so that the family can come back."""
        self._received.append(arrival.received.date())
        self._arrivals.append(arrival)

    def _entered_as(self, chance: Chance, child: Child, day: date) -> str:
        """Return the reference used for a known child: now and then a new one, found out later."""
        again = child.also is not None and chance.random() < 0.3
        if again or chance.random() < 0.02:
            by_mistake = next(self._children)
            noticed = working_days.after(day, 8 + int(chance.random() * 60))
            self.merges.append(Merge(by_mistake, child.also or child.child_id, noticed))
            child.also = by_mistake
            return by_mistake
        return child.child_id


def age_band(child: Child) -> str:
    """Return the child's age band as extracts write it."""
    return _AGE_BANDS[child.age]


def arrive(seed: int, copy: int, prefix: str, referrals: int) -> tuple[list[Arrival], list[Merge]]:
    """Return every arrival of the story, in order of time, and the children who were entered twice.

    `referrals` children are referred up to the last full day of the story's main part; the run-on to its end has its
    own, in proportion.
    """
    chance = stream(seed, copy, "arrivals")
    main = _slots(chance, story.BEGINS, story.LAST_FULL_DAY, referrals)
    per_weight = referrals / sum(_weights(story.BEGINS, story.LAST_FULL_DAY)[1])
    day_after = story.LAST_FULL_DAY + timedelta(days=1)
    more = round(per_weight * sum(_weights(day_after, story.ENDS)[1]))
    families = Families(prefix)
    arrivals = []
    for received, out_of_hours, size in [*main, *_slots(chance, day_after, story.ENDS, more)]:
        arrival = Arrival(received, families.who(chance, received, size), out_of_hours)
        families.note(arrival)
        arrivals.append(arrival)
    return arrivals, families.merges


def _weights(first: date, last: date) -> tuple[list[date], list[float]]:
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    weights = []
    for day in days:
        ordinary = day.weekday() > 4 or working_days.is_working(day)
        weights.append(story.volume(day) * (_WEEKDAY[day.weekday()] if ordinary else 0.2))
    return days, weights


def _slots(chance: Chance, first: date, last: date, children: int) -> list[tuple[datetime, bool, int]]:
    """Return moments with the size of a new family: as many as make up this number of children."""
    days, weights = _weights(first, last)
    sums = list(accumulate(weights))
    slots = [(moment, True, size) for moment, size in CLOCKS_WENT_BACK if first <= moment.date() <= last]
    total = sum(size for _, _, size in slots)
    while total < children:
        day = chance.choices(days, cum_weights=sums)[0]
        size = min(_SIZE.draw(chance), children - total)
        total += size
        working = working_days.is_working(day)
        out_of_hours = not working or chance.random() < 0.09
        hours = _HOUR if not out_of_hours else (_NIGHT_HOUR if working else _WEEKEND_HOUR)
        moment = datetime.combine(day, time(hours.draw(chance), int(chance.random() * 60)))
        slots.append((on_the_clock(moment), out_of_hours, size))
    slots.sort()
    return slots
