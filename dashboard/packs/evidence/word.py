"""The evidence as a Word document, A4: real headings, contents that lead to them, pictures with their text."""

from io import BytesIO
from typing import Final

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from dashboard.packs.document import Line, Table
from dashboard.packs.evidence.document import EvidenceMeasure, EvidencePack, FindingPart
from dashboard.packs.office_file import without_clock
from dashboard.packs.pictures import chart_svg, png_of
from dashboard.packs.printable import printable
from dashboard.packs.word import add_lines, add_periods, add_picture, add_quiet, add_table, fill_cell, set_up
from dashboard.words.phrases import KEY

_CHART_WIDTH: Final = 700
_FULL: Final = 17.4
_ACTIONS: Final = (5.4, 2.2, 3.6, 3.2, 3.0)
"""The widths of the columns of actions, in centimetres."""


def evidence_word_of(pack: EvidencePack) -> bytes:
    """Return the evidence as a Word document; the same evidence gives the same bytes."""
    document = docx.Document()
    set_up(document, pack)
    _Writer(document).write(pack)
    written = BytesIO()
    document.save(written)
    return without_clock(written.getvalue())


class _Writer:
    """Writes the parts of the evidence; a chart that stands more than once is drawn once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._drawn: dict[str, bytes] = {}
        self._marks = 0

    def write(self, pack: EvidencePack) -> None:
        document = self._document
        document.add_paragraph(printable(pack.meeting), style="Title")
        for words in (pack.subtitle, pack.freshness):
            add_quiet(document.add_paragraph(), words)
        document.add_paragraph().add_run(printable(pack.classification)).bold = True
        document.add_paragraph(printable(pack.told))
        document.add_heading(printable(pack.summary.caption), level=1)
        self._table(pack.summary, first=7.4)
        add_quiet(document.add_paragraph(), pack.key)
        self._list("Priority actions now", pack.priority)
        self._list("Strengths to keep", pack.strengths)
        self._contents(pack)
        self._list("From a figure to a child", pack.steps)
        if pack.disagreements:
            document.add_heading("Where they disagree", level=1)
        for pair in pack.disagreements:
            self._table(pair)
            document.add_paragraph()
        for report in pack.reports:
            document.add_heading(printable(report.title), level=1)
            for kind in report.kinds:
                document.add_heading(printable(kind.title), level=2)
                for finding in kind.findings:
                    self._finding(finding)
        self._list("What audits say", pack.audits)
        for table in pack.audit_tables:
            document.add_heading(printable(table.caption), level=2)
            self._table(table, first=4.4)
        add_quiet(document.add_paragraph(), KEY)

    def _list(self, title: str, lines: tuple[Line, ...]) -> None:
        if lines:
            self._document.add_heading(title, level=1)
            add_lines(self._document, lines)

    def _contents(self, pack: EvidencePack) -> None:
        """Write the findings with how each stands, each leading to its part."""
        heading = self._document.add_heading("Contents", level=1)
        heading.paragraph_format.page_break_before = True
        for report in pack.reports:
            self._document.add_paragraph().add_run(printable(report.title)).bold = True
            for finding in (finding for kind in report.kinds for finding in kind.findings):
                line = self._document.add_paragraph()
                line.paragraph_format.space_after = Pt(0)
                _link(line, _mark(finding), _title(finding))
                add_quiet(line, f"  {finding.stands}")

    def _finding(self, finding: FindingPart) -> None:
        document = self._document
        heading = document.add_heading(printable(_title(finding)), level=3)
        self._marks += 1
        _bookmark(heading, _mark(finding), self._marks)
        told = document.add_paragraph()
        told.paragraph_format.keep_with_next = True
        add_quiet(told, f"{finding.told} · ")
        told.add_run(printable(finding.stands)).bold = True
        for measure in finding.measures:
            self._measure(measure)
        for subject, words in (
            ("Still not good. ", finding.still_not_good),
            ("Out of scope. ", finding.out_of_scope),
        ):
            if words:
                self._paragraph(Line(subject, words))
        for line in finding.against:
            self._paragraph(line)
        if finding.actions is not None:
            self._table(finding.actions, widths=_ACTIONS)
        for table in finding.audits:
            self._caption(table.caption)
            self._table(table, first=4.4)

    def _measure(self, measure: EvidenceMeasure) -> None:
        document = self._document
        told = document.add_paragraph()
        told.paragraph_format.space_before = Pt(6)
        told.paragraph_format.keep_with_next = True
        told.add_run(printable(measure.sentence)).bold = True
        told.add_run().add_break()
        add_quiet(told, measure.verdict)
        if measure.chart is not None:
            if measure.name not in self._drawn:
                self._drawn[measure.name] = png_of(chart_svg(measure.chart.specification, width=_CHART_WIDTH))
            picture = add_picture(document, self._drawn[measure.name], measure.title, measure.chart.alternative)
            picture.paragraph_format.keep_with_next = True
        if measure.periods is not None:
            add_periods(document, measure.periods)
        if measure.teams is not None:
            self._caption(measure.compared)
            self._table(measure.teams, first=7.4)
        for words in (measure.audited, measure.notes):
            if words:
                more = document.add_paragraph()
                more.paragraph_format.space_before = Pt(3)
                add_quiet(more, words)

    def _paragraph(self, line: Line) -> None:
        paragraph = self._document.add_paragraph()
        paragraph.add_run(printable(line.subject)).bold = True
        paragraph.add_run(printable(line.rest))

    def _caption(self, words: str) -> None:
        caption = self._document.add_paragraph()
        caption.paragraph_format.space_before = Pt(4)
        caption.paragraph_format.keep_with_next = True
        add_quiet(caption, words)

    def _table(self, told: Table, *, first: float | None = None, widths: tuple[float, ...] | None = None) -> None:
        """Write a table across the page; `first` is the width of its first column, in centimetres."""
        number = len(told.headings)
        if first is not None:
            widths = (first, *[(_FULL - first) / (number - 1)] * (number - 1))
        columns = None if widths is None else tuple(zip(told.headings, widths, strict=True))
        table = add_table(self._document, number, len(told.rows) + 1, told.caption, widths=columns)
        heading, *rows = table.rows
        for cell, words in zip(heading.cells, told.headings, strict=True):
            fill_cell(cell, words, bold=True, size=8)
        for row, cells in zip(rows, told.rows, strict=True):
            for cell, words in zip(row.cells, cells, strict=True):
                fill_cell(cell, words, size=8.5)


def _title(finding: FindingPart) -> str:
    return f"{finding.reference} {finding.words}"


def _mark(finding: FindingPart) -> str:
    """Return the name of a finding's bookmark: letters and digits alone, whatever its reference holds."""
    return "finding_" + "".join(letter if letter.isalnum() else f"_{ord(letter)}_" for letter in finding.reference)


def _bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    begins, ends = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (begins, ends):
        element.set(qn("w:id"), str(number))
    begins.set(qn("w:name"), name)
    paragraph._p.append(ends)
    paragraph._p.insert(1, begins)


def _link(paragraph: Paragraph, mark: str, words: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), mark)
    run = paragraph.add_run(printable(words))
    run.font.underline = True
    link.append(run._r)
    paragraph._p.append(link)
