"""Teams, posts, staff and schools."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

from sample_data import story
from sample_data.chance import Chance, Mix, stream
from sample_data.records import Record, Tables, evening, morning

ASSESSMENT = "Assessment Service"
CARE = "Care Management"


@dataclass(frozen=True)
class Team:
    """A team: its reference, what people call it, and its posts by role."""

    code: str
    name: str
    service: str
    kind: str
    posts: dict[str, int]
    closed: date | None = None
    successor: str | None = None


def _posts(managers: int, practice: int, senior: int, social: int, other: int) -> dict[str, int]:
    return {
        "team_manager": managers,
        "practice_manager": practice,
        "senior_practitioner": senior,
        "social_worker": social,
        "other": other,
    }


TEAMS = (
    Team("AT1", "Assessment Team 1", ASSESSMENT, "assessment", _posts(1, 3, 4, 18, 5)),
    Team("AT2", "Assessment Team 2", ASSESSMENT, "assessment", _posts(1, 3, 4, 17, 5)),
    Team("AT3", "Assessment Team 3", ASSESSMENT, "assessment", _posts(1, 2, 3, 9, 3)),
    Team(
        "AT4",
        "Assessment Team 4",
        ASSESSMENT,
        "assessment",
        _posts(0, 1, 1, 7, 2),
        closed=story.TEAM_MERGED - timedelta(days=1),
        successor="AT3",
    ),
    Team("EDT", "Emergency duty", ASSESSMENT, "emergency_duty", _posts(1, 1, 4, 8, 1)),
    Team("CME", "Care Management East", CARE, "care_management", _posts(1, 3, 5, 21, 4)),
    Team("CMW", "Care Management West", CARE, "care_management", _posts(1, 3, 5, 20, 4)),
)
SENIOR_POSTS = {"group_manager": 3, "smt": 5}

_FULL_TIME = Mix({100: 0.78, 80: 0.09, 60: 0.08, 50: 0.05})
_FILLED_WITH_DELAY = Mix({True: 0.6, False: 0.4})


@dataclass(slots=True)
class Spell:
    """A person in one role and team; `last` is blank while the spell lasts beyond the story."""

    staff_id: str
    first: date
    last: date | None
    team: str | None
    role: str
    hundredths: int

    def holds_on(self, day: date) -> bool:
        """Return whether the spell covers this day."""
        return self.first <= day and (self.last is None or day <= self.last)

    @property
    def uses_case_system(self) -> bool:
        """Return whether the person's work is recorded in the case system."""
        return self.role not in {"smt", "group_manager"}


@dataclass
class People:
    """Everybody who worked for the council, by team."""

    prefix: str
    spells: list[Spell] = field(default_factory=list)
    _at_work: dict[tuple[str, date, bool], list[str]] = field(default_factory=dict)
    _of_person: dict[str, list[Spell]] = field(default_factory=dict)

    def team_id(self, code: str) -> str:
        """Return the reference of a team."""
        return self.prefix + code

    def workers(self, code: str, day: date, *, managers: bool = False) -> list[str]:
        """Return the social workers (or the managers) of a team at the start of this day's month."""
        key = (code, day.replace(day=1), managers)
        if key not in self._at_work:
            roles = {"practice_manager", "team_manager"} if managers else {"social_worker", "senior_practitioner"}
            self._at_work[key] = [
                spell.staff_id
                for spell in self.spells
                if spell.team == code and spell.role in roles and spell.holds_on(key[1])
            ]
        return self._at_work[key]

    def someone(self, chance: Chance, code: str, day: date, *, managers: bool = False) -> str | None:
        """Return one of a team's social workers (or managers); None where the team had none."""
        workers = self.workers(code, day, managers=managers)
        return workers[int(chance.random() * len(workers))] if workers else None

    def leaves(self, staff_id: str, day: date) -> date | None:
        """Return the last day of whoever is in post on a day (that day where they just left); None if they stay."""
        if not self._of_person:
            for spell in self.spells:
                self._of_person.setdefault(spell.staff_id, []).append(spell)
        ends = [spell.last for spell in self._of_person[staff_id] if spell.holds_on(day)]
        if not ends:
            return day
        return None if None in ends else max(last for last in ends if last)

    def senior_managers(self, day: date) -> list[str]:
        """Return the members of the senior management team on this day."""
        return [spell.staff_id for spell in self.spells if spell.role == "smt" and spell.holds_on(day)]


def employ(seed: int, copy: int, prefix: str, tables: Tables) -> People:
    """Fill every post over the whole story; write the posts and the spells of staff."""
    chance = stream(seed, copy, "people")
    people = People(prefix)
    staff_numbers = count(1001)
    post_numbers = count(1)
    for team in TEAMS:
        for role, posts in team.posts.items():
            for _ in range(posts):
                _fill(chance, people, tables, f"{prefix}POST-{next(post_numbers):03}", team, role, staff_numbers)
    for role, posts in SENIOR_POSTS.items():
        for _ in range(posts):
            first = story.BEGINS - timedelta(days=int(chance.random() * 3000))
            people.spells.append(Spell(f"{prefix}S-{next(staff_numbers)}", first, None, None, role, 100))
    tables["staff"] = [_spell_row(chance, spell, prefix) for spell in people.spells]
    return people


def _fill(
    chance: Chance, people: People, tables: Tables, post_id: str, team: Team, role: str, numbers: "count[int]"
) -> None:
    hundredths = _FULL_TIME.draw(chance) if role in {"social_worker", "senior_practitioner", "other"} else 100
    day = story.BEGINS - timedelta(days=int(chance.random() * 2500))
    until = story.BEGINS if chance.random() < 0.04 else day
    if until != day:
        _post_row(tables, people, post_id, team, role, hundredths, (day, until - timedelta(days=1)), "vacant")
        day = until
    while day <= story.ENDS:
        leaves = max(day, story.BEGINS) + timedelta(days=60 + int(chance.expovariate(1 / 1500)))
        if team.code == story.TROUBLED_TEAM and day < story.TROUBLE_BEGINS < leaves and chance.random() < 0.22:
            leaves = story.TROUBLE_BEGINS + timedelta(days=int(chance.random() * 200))
        last = leaves if leaves <= story.ENDS else None
        staff_id = f"{people.prefix}S-{next(numbers)}"
        _hold(chance, people, Spell(staff_id, day, last, team.code, role, hundredths), team)
        _post_row(tables, people, post_id, team, role, hundredths, (day, last), "staff")
        if last is None:
            return
        day = last + timedelta(days=1)
        gap = int(20 + chance.random() * 130) if _FILLED_WITH_DELAY.draw(chance) else 0
        if gap == 0:
            continue
        back = day + timedelta(days=gap)
        agency = role == "social_worker" and chance.random() < 0.5
        _post_row(
            tables,
            people,
            post_id,
            team,
            role,
            hundredths,
            (day, back - timedelta(days=1)),
            "agency" if agency else "vacant",
        )
        if agency:
            agency_id = f"{people.prefix}S-{next(numbers)}"
            _hold(chance, people, Spell(agency_id, day, back - timedelta(days=1), team.code, role, 100), team)
        day = back


def _hold(chance: Chance, people: People, spell: Spell, team: Team) -> None:
    """Add a spell; end it and begin the next where the team merges or the hours change."""
    if team.closed and spell.first <= team.closed and (spell.last is None or spell.last > team.closed):
        people.spells.append(Spell(spell.staff_id, spell.first, team.closed, team.code, spell.role, spell.hundredths))
        spell.first = story.TEAM_MERGED
    if team.closed and spell.first > team.closed:
        spell.team = team.successor
    long_enough = spell.last is None and spell.first < date(2009, 6, 1)
    if long_enough and spell.hundredths == 100 and chance.random() < 0.06:
        change = date(2009, 7, 1) + timedelta(days=7 * int(chance.random() * 30))
        people.spells.append(
            Spell(spell.staff_id, spell.first, change - timedelta(days=1), spell.team, spell.role, spell.hundredths)
        )
        spell.first, spell.hundredths = change, 80
    people.spells.append(spell)


def fte_text(hundredths: int) -> str:
    """Return a full-time equivalent as extracts write it: 1, 0.8, 0.55."""
    return f"{hundredths / 100:g}"


def _spell_row(chance: Chance, spell: Spell, prefix: str) -> Record:
    record = Record(
        {
            "staff_id": spell.staff_id,
            "from": spell.first,
            "to": spell.last,
            "team_id": prefix + spell.team if spell.team else None,
            "role": spell.role,
            "fte": fte_text(spell.hundredths),
            "uses_case_system": "yes" if spell.uses_case_system else "no",
        },
        morning(spell.first),
    )
    if spell.last:
        record.filled_later(evening(spell.last + timedelta(days=int(chance.random() * 4))), "to")
    return record


def _post_row(
    tables: Tables,
    people: People,
    post_id: str,
    team: Team,
    role: str,
    hundredths: int,
    days: tuple[date, date | None],
    filled_by: str,
) -> None:
    first, last = days
    if team.closed and first <= team.closed and (last is None or last > team.closed):
        _post_row(tables, people, post_id, team, role, hundredths, (first, team.closed), filled_by)
        first = story.TEAM_MERGED
    code = team.successor if team.successor and first >= story.TEAM_MERGED else team.code
    record = Record(
        {
            "post_id": post_id,
            "team_id": people.team_id(code),
            "role": role,
            "fte": fte_text(hundredths),
            "from": first,
            "to": last,
            "filled_by": filled_by,
        },
        morning(first),
    )
    if last:
        record.filled_later(evening(last), "to")
    tables.setdefault("posts", []).append(record)


def teams(prefix: str, area: str) -> list[Record]:
    """Return the rows of the teams; `area` stands before the names of a larger council's teams and services."""
    rows = []
    for team in TEAMS:
        record = Record(
            {
                "team_id": prefix + team.code,
                "name": area + team.name,
                "service": area + team.service,
                "kind": team.kind,
                "opened": date(2004, 4, 1),
                "closed": team.closed,
                "successor_id": prefix + team.successor if team.successor else None,
            },
            morning(story.BEGINS),
        )
        if team.closed:
            record.filled_later(evening(team.closed), "closed", "successor_id")
        rows.append(record)
    return rows


def schools() -> list[Record]:
    """Return the rows of the council's schools, one of which closed and one of which opened."""
    return [
        Record(
            {
                "school_id": f"SCH-{number:02}",
                "opened": date(2008, 9, 1) if number == 60 else date(1995, 9, 1),
                "closed": date(2008, 7, 31) if number == 17 else None,
            },
            morning(date(2008, 9, 1) if number == 60 else story.BEGINS),
            [(evening(date(2008, 7, 31)), {"closed": None})] if number == 17 else [],
        )
        for number in range(1, 61)
    ]
