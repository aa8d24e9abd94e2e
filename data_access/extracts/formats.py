"""The formats in which extracts come, and what each can tell."""

from typing import Final

NATIVE: Final = "native"
ANNEX_A: Final = "Annex A"
CIN_CENSUS: Final = "CIN census"

_GIVES: Final[dict[str, frozenset[str]]] = {
    ANNEX_A: frozenset(),
    CIN_CENSUS: frozenset(),
}
"""The columns (`extract.column`) that a format which isn't native can tell."""


def gives(form: str, field: str) -> bool:
    """Return whether the format can tell the field (`extract.column`); the native one can tell all."""
    return form == NATIVE or field in _GIVES[form]
