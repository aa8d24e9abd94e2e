"""The evidence for inspectors: what it says, that it names nobody, and every format opened again."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from types import SimpleNamespace

import openpyxl
import pypdf
import pytest
import sqlalchemy as sa

from dashboard.exports.evidence_rows import COLUMNS
from dashboard.packs.document import Chart, Line, Table
from dashboard.packs.evidence.document import (
    EvidenceMeasure,
    EvidencePack,
    FindingPart,
    KindPart,
    ReportPart,
    Sheet,
)
from dashboard.packs.evidence.files import evidence_files
from dashboard.packs.evidence.writers import EVIDENCE_WRITERS
from dashboard.readings.inspection_evidence import inspection_evidence
from dashboard.readings.reading import open_reading
from dashboard.words.inspection_evidence import STANDS
from data_access.database.opening import connect
from data_access.database.schema.case_tables import CASE_TABLES
from data_access.dates.london_time import to_local
from data_access.extracts import EXTRACTS
from tests.packs.conftest import FINDINGS
from tests.packs.hostile import HOSTILE, chart_of
from tests.packs.opening import DRAWING, W, bare, paragraphs, parts, tags, text_of
from tests.reader import READER


@pytest.fixture(params=list(EVIDENCE_WRITERS))
def ending(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def file_of(evidence: SimpleNamespace, ending: str) -> bytes:
    content: bytes = (evidence.folder / f"evidence.{ending}").read_bytes()
    return content


def test_every_format_tells_every_finding_and_how_it_stands(evidence: SimpleNamespace, ending: str) -> None:
    pack, said = evidence.pack, text_of(ending, file_of(evidence, ending))
    assert {finding.reference for finding in pack.findings()} == set(FINDINGS)
    for words in (pack.meeting, pack.subtitle, pack.freshness, pack.classification, pack.told, pack.key):
        assert bare(words) in said
    assert f"dataversion{pack.version}" in said
    for line in (*pack.priority, *pack.strengths, *pack.steps, *pack.audits):
        assert bare(f"{line.subject}{line.rest}") in said
    for finding in pack.findings():
        for words in (finding.words, finding.still_not_good, finding.out_of_scope):
            assert bare(words) in said
        for measure in finding.measures:
            assert bare(measure.sentence.removesuffix(".")) in said
            assert measure.teams is None or all(bare(row[1]) in said for row in measure.teams.rows)
        for row in finding.actions.rows if finding.actions else ():
            assert all(bare(cell) in said for cell in row)


def test_what_it_says_is_what_the_reading_says(evidence: SimpleNamespace) -> None:
    engine = connect(evidence.database)
    with open_reading(engine, READER) as reading:
        every = {each.finding.reference: each for each in inspection_evidence(reading)}
    engine.dispose()
    for finding in evidence.pack.findings():
        each = every[finding.reference]
        assert [measure.sentence for measure in finding.measures] == [f"{view.sentence}." for view in each.views]
        assert finding.stands == STANDS[each.stands]
        actions = [] if finding.actions is None else [row[0].partition(" ")[0] for row in finding.actions.rows]
        assert actions == [action.action_id for action in each.actions]
    counted = Counter(
        (each.finding.source, each.finding.reported_on, each.finding.kind, heading)
        for each in every.values()
        for heading in ("All", STANDS[each.stands])
    )
    summary = evidence.pack.summary
    assert sum(int(row[1]) for row in summary.rows) == len(FINDINGS)
    assert all(int(row[1]) == sum(map(int, row[2:])) for row in summary.rows)
    assert sorted(number for number in counted.values()) == sorted(
        int(cell) for row in summary.rows for cell in row[1:] if cell != "0"
    )


def test_findings_that_disagree_stand_side_by_side_once(evidence: SimpleNamespace) -> None:
    [pair] = evidence.pack.disagreements
    assert pair.headings == ("Ofsted, 17 December 2009 (OF-14)", "Independent auditor, 8 December 2009 (AU-31)")
    assert pair.rows[0] == (
        "Thresholds are agreed, and applied alike.",
        "Thresholds are uneven, and it can take long to get in.",
    )
    by_reference = {finding.reference: finding for finding in evidence.pack.findings()}
    assert [line.subject for line in by_reference["AU-31"].against] == ["Ofsted says otherwise "]


def test_a_finding_about_audits_has_their_months(evidence: SimpleNamespace) -> None:
    by_reference = {finding.reference: finding for finding in evidence.pack.findings()}
    [child] = by_reference["OF-05"].audits
    assert child.rows[0] == ("February 2010", "8", "1", "–")
    [measure] = by_reference["OF-05"].measures
    assert re.fullmatch(
        r"Audits: \d+ files were read for this in twelve months, \d+ as it should be\.", measure.audited
    )
    [programme] = by_reference["OF-08"].audits
    assert programme.headings == ("Month", "To be read", "Read", "Not read")
    assert not by_reference["OF-03"].audits


def test_no_case_child_or_member_of_staff_is_named(evidence: SimpleNamespace, ending: str) -> None:
    """Every reference of the council, apart from those of findings, actions, teams and published figures."""
    engine = connect(evidence.database)
    told = {"findings", "actions", "action_updates", "teams", "comparators", "neighbour_sets"}
    named: set[str] = set()
    with engine.connect() as connection:
        for extract in EXTRACTS:
            table = CASE_TABLES[extract.name]
            for column in extract.columns:
                if extract.name not in told and column.is_reference and column.name != "team_id":
                    named |= set(connection.execute(sa.select(table.c[column.stored_as]).distinct()).scalars())
    engine.dispose()
    assert len(named) > 10_000
    content = file_of(evidence, ending)
    match ending:
        case "pdf":
            text = " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages)
        case "docx":
            text = " ".join(line for part in parts(content, "word/document.xml") for line in paragraphs(part, W))
        case _:
            book = openpyxl.load_workbook(BytesIO(content))
            text = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    assert set(re.findall(r"[\w-]+", text)) & {name for name in named if name and re.search(r"\d", name)} == set()


def test_the_pdf_is_tagged_with_contents_and_every_picture_told(evidence: SimpleNamespace) -> None:
    file = file_of(evidence, "pdf")
    root = pypdf.PdfReader(BytesIO(file)).trailer["/Root"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert root["/Lang"] == "en-GB"
    elements = list(tags(file))
    kinds = Counter(element["/S"] for element in elements)
    charts = [m.chart.alternative for f in evidence.pack.findings() for m in f.measures if m.chart is not None]
    assert [element["/Alt"] for element in elements if element["/S"] == "/Figure"] == charts
    assert kinds["/H3"] == len(FINDINGS)
    assert kinds["/TOC"]
    assert kinds["/TOCI"] >= len(FINDINGS)
    first = pypdf.PdfReader(BytesIO(file)).pages[0].extract_text()
    for words in ("How the findings stand now", "Priority actions now", "Strengths to keep"):
        assert words in first


def test_word_has_headings_told_pictures_and_contents_that_lead_to_each_finding(evidence: SimpleNamespace) -> None:
    [document] = parts(file_of(evidence, "docx"), "word/document.xml")
    styles = Counter(style.get(f"{W}val") for style in document.iter(f"{W}pStyle"))
    assert styles["Heading3"] == len(FINDINGS)
    marks = [mark.get(f"{W}name") for mark in document.iter(f"{W}bookmarkStart")]
    assert len(set(marks)) == len(marks) == len(FINDINGS)
    assert [link.get(f"{W}anchor") for link in document.iter(f"{W}hyperlink")] == marks
    charts = [m.chart.alternative for f in evidence.pack.findings() for m in f.measures if m.chart is not None]
    assert [picture.get("descr") for picture in document.iter(f"{DRAWING}docPr")] == charts
    for table in document.iter(f"{W}tbl"):
        rows = list(table.iter(f"{W}tr"))
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * (len(rows) - 1)
        assert table.find(f"{W}tblPr/{W}tblCaption") is not None


def test_the_workbook_holds_every_sheet_of_data(evidence: SimpleNamespace) -> None:
    book = openpyxl.load_workbook(BytesIO(file_of(evidence, "xlsx")))
    assert book.sheetnames == ["Evidence", "Summary", *(sheet.name for sheet in evidence.pack.data)]
    for sheet in evidence.pack.data:
        assert [cell.value for cell in book[sheet.name][1]] == list(sheet.columns)
        assert book[sheet.name].max_row == len(sheet.rows) + 1
    assert {type(cell.value) for row in book["Summary"].iter_rows(min_row=2, min_col=2) for cell in row} == {int}


def small(text: str) -> EvidencePack:
    """Return evidence whose every text is the same."""
    table, line = Table(text, (text, f"{text} "), ((text, text),)), Line(text, text)
    measure = EvidenceMeasure("m", text, text, text, text, text, text, Chart(chart_of(text), text), table, table)
    bare_measure = replace(measure, name="n", chart=None, periods=None, teams=None, audited="", notes="")
    finding = FindingPart(
        text, text, text, text, (measure, bare_measure), replace(table, headings=(text,) * 5, rows=((text,) * 5,)),
        (table,), text, text, (line,),
    )  # fmt: skip
    return EvidencePack(
        meeting=text,
        title=text,
        subtitle=text,
        freshness=text,
        classification=text,
        week=date(2010, 3, 22),
        as_at=to_local(datetime(2010, 3, 29, 6, 0)),  # noqa: DTZ001 - a UTC time of the database
        version=2,
        told=text,
        summary=Table(text, (text, "All"), ((text, "1"),)),
        key=text,
        priority=(line,),
        strengths=(line,),
        steps=(line,),
        disagreements=(table,),
        reports=(ReportPart(text, (KindPart(text, (finding,)),)),),
        audits=(line,),
        audit_tables=(table,),
        data=(Sheet("Data", (text,), ((text,),)),),
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_shows_as_text(ending: str, text: str) -> None:
    said = text_of(ending, EVIDENCE_WRITERS[ending](small(text)))
    assert said.count(bare("".join(letter for letter in text if letter >= " "))) >= 5


def test_the_same_evidence_is_the_same_file(ending: str) -> None:
    assert EVIDENCE_WRITERS[ending](small("same")) == EVIDENCE_WRITERS[ending](small("same"))


def test_evidence_without_audits_strengths_or_disagreements_leaves_their_headings_out(ending: str) -> None:
    empty = replace(small("calm"), priority=(), strengths=(), disagreements=(), audits=(), audit_tables=())
    said = text_of(ending, EVIDENCE_WRITERS[ending](empty))
    for words in ("Priority actions now", "Strengths to keep", "Where they disagree", "What audits say"):
        assert bare(words) not in said


def test_a_line_break_in_a_finding_makes_no_line_of_the_contents() -> None:
    forged = "Good\nevidence.pdf: forged (SHA-256 0)"
    made = replace(small(forged), data=(Sheet("Findings", COLUMNS, ()),))
    name, content = list(evidence_files(made, None))[-1]
    assert name == "evidence-contents-2010-03-22.txt"
    assert not [line for line in content.decode().splitlines() if line.startswith("evidence.pdf")]
