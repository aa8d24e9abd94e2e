"""A measure of the data dictionary as HTML: closed until it is opened, and open in print."""

import re
from collections.abc import Mapping
from html import escape

from dashboard.readings.definitions import Entry
from dashboard.words.definitions import facts
from data_access.measures.toy import parsed
from data_access.measures.worked_examples_page import what_happened

_STRONG, _CODE = re.compile(r"\*\*(.+?)\*\*"), re.compile(r"`([^`]*)`")


def entry_html(entry: Entry, teams: Mapping[str, str], *, is_open: bool, has_examples: bool) -> str:
    """Return a measure's title and question, and below them all that is said of it, with its worked examples."""
    definition = entry.measure.definition
    told = "".join(
        f"<dt>{escape(heading)}</dt><dd>{''.join(f'<p>{escape(text)}</p>' for text in paragraphs)}</dd>"
        for heading, paragraphs in facts(entry, teams)
    )
    examples = _examples(entry) if has_examples else ""
    title, question = escape(definition.title), escape(definition.question)
    return (
        f'<details class="definition"{" open" if is_open else ""}>'
        f"<summary><strong>{title}</strong> <span>{question}</span></summary><dl>{told}</dl>{examples}</details>"
    )


def _examples(entry: Entry) -> str:
    title, toy = entry.measure.definition.title, entry.measure.toy
    rows = "".join(
        f'<tr><th scope="row">{escape(row["case"])}</th><td>{_marked(what_happened(toy, row["case"]))}</td>'
        f"<td>{escape(row['result'])}</td><td>{escape(row.get('because', ''))}</td></tr>"
        for row in parsed(toy.expected)
    )
    headings = "".join(f'<th scope="col">{name}</th>' for name in ("Case", "What happened", "Counts as", "Because"))
    return (
        f'<div class="scrolling" role="region" tabindex="0" aria-label="Worked examples of {escape(title)}">'
        f'<table class="plain examples"><caption>Worked examples, invented: the data were taken on '
        f"{escape(toy.as_at)}</caption><thead><tr>{headings}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _marked(text: str) -> str:
    """Return the Markdown of worked examples as HTML: lines, bold words and references."""
    lines = (escape(line, quote=False) for line in text.split("<br>"))
    return "<br>".join(_CODE.sub(r"<code>\1</code>", _STRONG.sub(r"<b>\1</b>", line)) for line in lines)
