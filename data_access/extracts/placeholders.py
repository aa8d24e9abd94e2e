"""What people and systems write where they have nothing to write: for nothing, or for want of a reference.

A *word for nothing* says that there is none. A *failed formula* hides a value that somebody meant to give. A
*placeholder* stands where a reference is asked for and unknown: it must never be taken for one, or all the rows that
share it would be one child, one team, one case.
"""

from typing import Final

NULLS: Final = ("null", "<null>", "(null)", "nan", "nat", "(blank)", "\\n")
"""What systems write for nothing, in lower case: no person writes it, not even in a free text."""

WORDS_FOR_NOTHING: Final = (*NULLS, "n/a", "na", "nil", "none", "-", "--", "---", ".", "..", "?", "??", "???")
"""What people and systems write for nothing, in lower case."""

PLACEHOLDERS: Final = (
    "unknown", "not known", "not yet known", "not recorded", "not stated", "not provided", "not available",
    "not applicable", "unborn", "unborn baby", "unborn child", "tbc", "to be confirmed", "tba", "to be advised",
    "to be allocated", "test", "test child", "dummy", "dummy child", "anonymous", "no id", "no reference", "n/k",
    "nk",
    *("x" * length for length in range(2, 13)),
    *("0" * length for length in range(1, 21)),
)  # fmt: skip
"""What people write in the place of a reference, in lower case."""

NINES: Final = tuple("9" * length for length in range(6, 13))
"""What people write in the place of a child's or another's reference; as a row's own it may be the real one."""

NO_CHILD: Final = (*WORDS_FOR_NOTHING, *PLACEHOLDERS, *NINES)
"""What stands for no child where it is written as a child's reference, in lower case."""

FAILED_FORMULAS: Final = (
    "#n/a",
    "#ref!",
    "#value!",
    "#div/0!",
    "#name?",
    "#null!",
    "#num!",
    "#getting_data",
    "#spill!",
    "#calc!",
    "#field!",
    "#blocked!",
    "#connect!",
    "#busy!",
    "#unknown!",
)
"""What a spreadsheet shows where a formula failed, in lower case."""
