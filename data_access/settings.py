"""The settings of what a load may do without asking, from the environment."""

import os
from dataclasses import dataclass
from typing import Final

from data_access.problems import SettingProblem

REFUSED_PERCENT: Final = "SAFE_REFUSED_PERCENT"
WITHDRAWN_PERCENT: Final = "SAFE_WITHDRAWN_PERCENT"
_A_FIFTH: Final = 20.0


@dataclass(frozen=True)
class LoadSettings:
    """How much of a file may be at fault before a load asks; both are shares from 0 to 1.

    `refused`: the share of an extract's rows that may be refused (`SAFE_REFUSED_PERCENT`, a fifth by default).
    `withdrawn`: the share of the rows that stand in its dates which a complete extract may withdraw
    (`SAFE_WITHDRAWN_PERCENT`, a fifth by default).
    """

    refused: float = _A_FIFTH / 100
    withdrawn: float = _A_FIFTH / 100


def load_settings() -> LoadSettings:
    """Return the settings of this process; raise SettingProblem where one is no percentage."""
    return LoadSettings(refused=_share(REFUSED_PERCENT), withdrawn=_share(WITHDRAWN_PERCENT))


def _share(name: str) -> float:
    given = os.environ.get(name, "").strip().removesuffix("%")
    try:
        percent = float(given) if given else _A_FIFTH
    except ValueError:
        percent = -1.0
    if not 0 <= percent <= 100:
        msg = f"{name} is {os.environ[name]!r}; expected a percentage from 0 to 100, say 20."
        raise SettingProblem(msg)
    return percent / 100
