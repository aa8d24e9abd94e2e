"""What a cell can say without saying anything: that a formula failed, or that there is nothing.

A *failed formula* hides a value that somebody meant to give: nobody can read it. A *word for nothing* says that there
is none. Both are told from a blank cell; neither is ever taken for a value.
"""

from typing import Final

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

NOT_CALCULATED: Final = "#not calculated!"
"""What readers of workbooks give for a formula that was saved without its result, in lower case."""
