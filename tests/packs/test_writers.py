"""The files of a pack, opened again: tags, headings, alternative texts, numbers, hostile text, the same bytes."""

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from types import SimpleNamespace

import openpyxl
import pypdf
import pytest

from dashboard.exports.rows import COLUMNS
from dashboard.packs.document import Chart, Line, ListPart, MeasurePart, Pack, StrandPart, Table
from dashboard.packs.writers import WRITERS
from data_access.dates.london_time import to_local
from data_access.measures.definition import Strand
from tests.packs.hostile import HOSTILE, chart_of
from tests.packs.opening import DRAWING, A, P, W, bare, paragraphs, parts, tags, text_of


@pytest.fixture(params=list(WRITERS))
def ending(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def file_of(smt: SimpleNamespace, ending: str) -> bytes:
    content: bytes = (smt.folder / f"pack.{ending}").read_bytes()
    return content


def test_every_format_says_what_the_pack_says(smt: SimpleNamespace, ending: str) -> None:
    said = text_of(ending, file_of(smt, ending))
    pack = smt.pack
    for words in (pack.meeting, pack.subtitle, pack.freshness, pack.classification):
        assert bare(words) in said
    for line in (*pack.attention, *(line for listed in pack.lists for line in listed.lines)):
        assert bare(f"{line.subject}{line.rest}") in said
    assert [listed.title for listed in pack.lists] == ["Actions due"]
    assert "Actionsdue" in said.replace(" ", "")
    for part, measure in pack.measures():
        assert bare(measure.title) in said
        assert bare(measure.figures["Latest"]) in said
        if ending != "pptx" or measure in part.exceptions:
            assert bare(measure.told) in said, measure.title


def small(text: str) -> Pack:
    """Return a pack whose every text is the same."""
    figures = dict.fromkeys(("Latest", "Cases", "Period", "Year", "Change", "Target", "Can it be met?"), text)
    brief = MeasurePart(
        name="m",
        title=text,
        told=text,
        figures=figures,
        facts=text,
        whom=text,
        notes=text,
        sparkline='<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9"></svg>',
        alternative=text,
    )
    exception = replace(
        brief, chart=Chart(chart_of(text), text), periods=Table(text, ("Period", "Figure"), ((text, text),))
    )
    return Pack(
        meeting=text,
        title=text,
        subtitle=text,
        freshness=text,
        classification=text,
        week=date(2010, 3, 22),
        as_at=to_local(datetime(2010, 3, 29, 6, 0)),  # noqa: DTZ001 - a UTC time of the database
        attention=(Line(text, text),),
        lists=(ListPart(text, (Line(text, text),)),),
        strands=(StrandPart(Strand.SYSTEMS, (exception,), (brief,)),),
        data=(dict.fromkeys(COLUMNS, text),),
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_shows_as_text(ending: str, text: str) -> None:
    said = text_of(ending, WRITERS[ending](small(text)))
    shown = bare("".join(letter for letter in text if letter >= " "))
    assert said.count(shown) >= 5


@pytest.mark.parametrize("text", ["Ωμέγα Москва", "東京", "ok 👍🏽", "שלום مرحبا", "a\u202eb\u0301\ufe0f"])
def test_a_letter_that_no_typeface_has_stops_no_pack(text: str) -> None:
    said = text_of("pdf", WRITERS["pdf"](small(f"before {text} after")))
    assert said.count("before") == said.count("after") >= 5
    assert ("□" in said) == (text[0] in "東oש")


def test_the_same_pack_is_the_same_file(ending: str) -> None:
    pack = small("same")
    assert WRITERS[ending](pack) == WRITERS[ending](pack)


def test_a_pack_in_which_nothing_needs_attention_says_so(ending: str) -> None:
    pack = small("calm")
    calm = replace(pack, attention=(), lists=(), strands=(replace(pack.strands[0], exceptions=()),))
    assert bare("Nothing stands out: nobody waits past a limit") in text_of(ending, WRITERS[ending](calm))


def test_a_slide_has_as_many_lines_as_it_has_space_for() -> None:
    long, short = Line("Act", "w" * 250), Line("Act", "now")
    made = replace(small("title"), lists=(ListPart("Due", (long,) * 7), ListPart("Done", (short,) * 18)))
    said = text_of("pptx", WRITERS["pptx"](made))
    assert "Due(1of2)" in said
    assert "Due(2of2)" in said
    assert "Done(" not in said


def test_the_pdf_is_tagged_and_every_picture_told(smt: SimpleNamespace) -> None:
    file = file_of(smt, "pdf")
    root = pypdf.PdfReader(BytesIO(file)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert smt.pack.title.encode() in root["/Metadata"].get_data()
    elements = list(tags(file))
    kinds = [element["/S"] for element in elements]
    figures = [element for element in elements if element["/S"] == "/Figure"]
    pictures = [measure for _, measure in smt.pack.measures()]
    assert [figure["/Alt"] for figure in figures] == [measure.alternative for measure in pictures]
    assert kinds.count("/H1") == 1 + len(smt.pack.lists) + len(smt.pack.strands)
    assert kinds.count("/H3") == sum(len(part.exceptions) for part in smt.pack.strands)
    assert kinds.count("/Table") == sum(len(part.exceptions) + bool(part.rest) for part in smt.pack.strands)
    assert "/TH" in kinds
    assert {round(float(page.mediabox.width)) for page in pypdf.PdfReader(BytesIO(file)).pages} == {595}, "A4"


def test_word_has_headings_heading_rows_and_told_pictures(smt: SimpleNamespace) -> None:
    [document] = parts(file_of(smt, "docx"), "word/document.xml")
    styles = [style.get(f"{W}val") for style in document.iter(f"{W}pStyle")]
    exceptions = [measure for part in smt.pack.strands for measure in part.exceptions]
    assert styles.count("Heading1") == 1 + len(smt.pack.lists) + len(smt.pack.strands)
    assert styles.count("Heading3") == len(exceptions)
    pictures = list(document.iter(f"{DRAWING}docPr"))
    assert [picture.get("descr") for picture in pictures] == [measure.alternative for measure in exceptions]
    tables = list(document.iter(f"{W}tbl"))
    assert len(tables) == sum(len(part.exceptions) + bool(part.rest) for part in smt.pack.strands)
    for table in tables:
        rows = list(table.iter(f"{W}tr"))
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * (len(rows) - 1)
        assert table.find(f"{W}tblPr/{W}tblCaption") is not None


def test_every_slide_has_a_title_and_told_pictures_and_tables(smt: SimpleNamespace) -> None:
    slides = parts(file_of(smt, "pptx"), r"ppt/slides/slide\d+.xml")
    titles = [
        paragraphs(shape, A)
        for slide in slides
        for shape in slide.iter(f"{P}sp")
        if shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph") is not None
    ]
    assert len(titles) == len(slides)
    assert len({str(title) for title in titles}) == len(slides)
    told = [
        shape.get("descr")
        for slide in slides
        for kind in ("pic", "graphicFrame")
        for frame in slide.iter(f"{P}{kind}")
        for shape in frame.iter(f"{P}cNvPr")
    ]
    exceptions = [measure for part in smt.pack.strands for measure in part.exceptions]
    assert all(told)
    assert {measure.alternative for measure in exceptions} <= set(told)


def test_the_workbook_holds_numbers_as_numbers_and_no_formula(smt: SimpleNamespace) -> None:
    book = openpyxl.load_workbook(BytesIO(file_of(smt, "xlsx")))
    figures = book["Figures"]
    assert [cell.value for cell in figures[1]] == list(COLUMNS)
    assert figures.max_row == len(smt.pack.data) + 1
    for row, written in zip(smt.pack.data[:200], figures.iter_rows(min_row=2, values_only=True), strict=False):
        assert written[COLUMNS.index("value")] == pytest.approx(row["value"], rel=1e-12) if row["value"] else True
        assert written[COLUMNS.index("start")].date() == row["start"]
    assert {cell.data_type for sheet in book for line in sheet.iter_rows() for cell in line} <= {"s", "n", "d"}
    hostile = openpyxl.load_workbook(BytesIO(WRITERS["xlsx"](small("=1+1"))))
    assert {cell.data_type for sheet in hostile for line in sheet.iter_rows() for cell in line} <= {"s", "n", "d"}
    assert hostile["Measures"]["B2"].value == "'=1+1"
