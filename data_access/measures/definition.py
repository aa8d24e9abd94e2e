"""What a measure is, in words and choices: no SQL, so that judging and drawing can use it alone."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from data_access.measures.adding_up import AddingUp
from data_access.vocabulary import Chart, Period, Polarity

PERCENT: Final = "%"
"""The unit of figures that are fractions of a whole."""


class Strand(StrEnum):
    """The four strands of SAFE."""

    SYSTEMS = "Systems"
    ACCOUNTABILITY = "Accountability"
    FAMILY_FOCUS = "Family focus"
    EFFECTIVE_ACTIONS = "Effective actions"


class About(StrEnum):
    """Whom the rows are about, and so who may see them one by one."""

    CHILDREN = "children"
    STAFF = "staff"
    """Rows are listed only for those who manage the team."""
    STAFF_HEALTH = "staff health"
    """Rows are never listed, and a team's figure is shown only where it has ten staff or more."""


class Key(StrEnum):
    """What a cohort row depends on: a change to anything of the same key can change it, and nothing else can.

    A row that is about neither a child nor a member of staff depends on the row of one extract and what is linked
    with it: its measure then names the extract, whose own key (the first column of it) is the row's.
    """

    CHILD = "child_key"
    STAFF = "staff_id"
    SYSTEM = "system"


class Holds(StrEnum):
    """What a detail holds, and so how it is written, who may see it, and whether it is the clock of a case."""

    DATE = "a date"
    TIME = "a date and time"
    """Midnight where no time of day is known, which the detail under `time_known` says."""
    TIME_KNOWN = "whether a time of day is known"
    YES_NO = "yes or no"
    CODE = "a code"
    NUMBER = "a number"
    WORDS = "words"
    REFERENCE = "a reference"
    STAFF = "a member of staff"
    """Shown only to those who manage the case's team."""
    TEAM = "a team"
    SECONDS_TAKEN = "seconds taken"
    """Or waited so far: told on the clock of a case where every time of day is known."""
    WORKING_DAYS_TAKEN = "working days taken"
    """Or waited so far: told on the clock where no seconds are."""
    WORKING_DAYS_ALLOWED = "working days allowed"


@dataclass(frozen=True)
class Detail:
    """A further column of the case list: its name in the select, its heading, and what it holds.

    `codes` names the list of a code, `time_known` the detail that says whether a time of day is known. `of_team`
    names the detail that holds the team of another case which this one tells of; it is shown only to those who may
    see that team's cases.
    """

    name: str
    title: str
    holds: Holds
    codes: str | None = None
    time_known: str | None = None
    of_team: str | None = None

    @property
    def names_staff(self) -> bool:
        """Return whether it names a member of staff."""
        return self.holds is Holds.STAFF


@dataclass(frozen=True)
class WaitingWords:
    """What is said of late cases that still wait: the children first, then the clock that has run out.

    `single` and `many` are clauses about the children, whose number stands for {n} in `many`; `kind` names such cases
    in a list.
    """

    single: str
    many: str
    kind: str

    def told(self, children: int) -> str:
        """Return the clause about some children."""
        return self.single if children == 1 else self.many.format(n=f"{children:,}")


@dataclass(frozen=True)
class Definition:
    """A measure as people discuss it. Every text is shown to readers.

    `misleads` says what can mislead; `how` how it is calculated. `plan_items` are lines of the action plan,
    `owner` the role to ask, `partner` the id of the measure that shows the harm of meeting this one badly.
    `requires` are the extracts without which there is no figure, `optional` those used where they are loaded;
    the measure is as at the earliest of them. `fields` are the columns (`extract.column`) that decide what a case
    counts as: where an extract, or its format, lacks one of them the measure is not computable. `links` are those
    that tie rows of the optional extracts to the others, and count as fields once such an extract is loaded.
    `native_fields` count as fields of native extracts alone: the other formats list no row of which they would tell.
    `key` is a member of Key, or the name of the extract whose own key it is.
    `dimensions` are details by which it may be broken down.
    `scale` is how many of the whole numbers kept make one of the unit shown.
    """

    id: str
    title: str
    question: str
    why: str
    how: str
    misleads: str
    strand: Strand
    adding_up: AddingUp
    polarity: Polarity
    unit: str
    period: Period
    chart: Chart
    about: About
    plan_items: tuple[str, ...]
    owner: str
    requires: tuple[str, ...]
    fields: tuple[str, ...]
    key: str
    details: tuple[Detail, ...]
    optional: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    native_fields: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()
    partner: str | None = None
    blank_while_open: str | None = None
    """The detail that is blank while a late case still waits: such cases stand above all others."""
    waiting_words: WaitingWords | None = None
    """What is said of such cases; every measure that has them says it."""
    headline: bool = True
    annual_target: bool = False
    """Whether its targets are for the financial year: they are judged on the year to date and nowhere else."""
    standard: str | None = None
    """The measure whose dated standard says how much time is allowed: figures under different standards are never
    compared."""
    only_an_aim: bool = False
    """Whether a rise is wanted but proves nothing yet: it is then called an increase, not an improvement."""
    scale: int = 1
    rolling_unit: str | None = None
    """Unit over twelve months where it differs: the value is then multiplied by the working days in them."""

    @property
    def extracts(self) -> tuple[str, ...]:
        """Return every extract that the measure reads cases from."""
        return (*self.requires, *self.optional)

    @property
    def deciding(self) -> tuple[str, ...]:
        """Return every column that may decide what a case counts as."""
        return (*self.fields, *self.links, *self.native_fields)

    def detail(self, name: str) -> Detail:
        """Return the detail of this name; raise KeyError where there is none."""
        return {detail.name: detail for detail in self.details}[name]

    def names_of(self, *kinds: Holds) -> list[str]:
        """Return the names of the details that hold one of these, in the order in which they are asked for."""
        return [detail.name for holds in kinds for detail in self.details if detail.holds is holds]
