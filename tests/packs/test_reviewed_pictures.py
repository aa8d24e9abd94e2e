"""Every pack of the sample council looks as it did when it was last looked at."""

from pathlib import Path

import pytest
from PIL import Image

from tests.packs.contact_sheet import as_png, share_that_differs, sheet_of
from tests.packs.reviewed_pictures import NAMES, PICTURES, pdf_named

_MAY_DIFFER = 0.002
"""So much of a sheet: a word that changed is more, how a machine draws the edges of letters less."""


@pytest.mark.soak
@pytest.mark.parametrize("name", NAMES)
def test_a_pack_looks_as_it_was_reviewed(name: str, loaded_council: str, tmp_path: Path) -> None:
    now = tmp_path / "now.png"
    now.write_bytes(as_png(sheet_of(pdf_named(name, loaded_council, tmp_path))))
    with Image.open(now) as drawn, Image.open(PICTURES / f"{name}.png") as reviewed:
        differs = share_that_differs(drawn, reviewed)
    assert differs <= _MAY_DIFFER, f"{differs:.2%} differs: see {now}; tests/packs/reviewed_pictures.py renews it"


def test_each_pack_has_a_picture_and_each_picture_a_pack() -> None:
    assert {file.stem for file in PICTURES.iterdir()} == set(NAMES)


def test_a_change_of_a_few_words_counts_as_one_of_the_look() -> None:
    page = Image.new("L", (357, 505), color=255)
    changed = page.copy()
    changed.paste(0, (40, 40, 80, 50))
    assert share_that_differs(page, page) == 0
    assert share_that_differs(page, changed) > _MAY_DIFFER
    assert share_that_differs(page, Image.new("L", (358, 505), color=255)) == 1
