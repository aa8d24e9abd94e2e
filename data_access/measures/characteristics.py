"""What is recorded of a child, whatever the measure: by it every measure about children can be broken down.

Referrals carry it, so it is the child's and not the case's. The age band changes as a case grows old and is none of
these: measures that tell it take it from the referral that is the case.
"""

from typing import Final

from data_access.measures.definition import About, Definition, Detail, Holds, Key

SEX: Final = Detail("sex", "Sex", Holds.CODE, codes="sex")
ETHNICITY: Final = Detail("ethnicity", "Ethnic group", Holds.CODE, codes="ethnicity")
DISABILITY: Final = Detail("disability", "Disability", Holds.CODE, codes="disability")
FIRST_LANGUAGE: Final = Detail("first_language", "First language", Holds.WORDS)
"""Told as English or another: by language most groups would be too small to show."""

CHARACTERISTICS: Final = (SEX, ETHNICITY, DISABILITY, FIRST_LANGUAGE)
ENGLISH: Final = "English"
OTHER_LANGUAGE: Final = "Another language"
LANGUAGE_NOT_KNOWN: Final = "Not known"


def characteristics_of(definition: Definition) -> tuple[Detail, ...]:
    """Return the characteristics by which a measure can be broken down: none where its cases are no children's."""
    return CHARACTERISTICS if definition.about is About.CHILDREN and definition.key == Key.CHILD else ()


def breakdowns_of(definition: Definition) -> tuple[Detail, ...]:
    """Return everything by which a measure can be broken down besides teams: its own dimensions first."""
    return (*(definition.detail(name) for name in definition.dimensions), *characteristics_of(definition))
