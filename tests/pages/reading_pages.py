"""What a page says and where it leads, for tests."""

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qs

from streamlit.testing.v1 import AppTest


@dataclass(frozen=True)
class Link:
    """A link: what it says, the page it leads to, and the parameters of its address."""

    label: str
    page: str
    parameters: dict[str, str]


_HTML_LINK = re.compile(r'<a class="go" href="(\w+)\??([^"]*)"[^>]*>(.*?)</a>')


def text_of(at: AppTest) -> str:
    """Return everything that a page says, HTML included, as one text."""
    return "\n".join(str(element.value) for element in [*at.get("html"), *at.markdown, *at.header, *at.title])


def links_of(at: AppTest) -> list[Link]:
    """Return the links of a page, the menu's included: Streamlit's first, then those within HTML."""
    drawn = [
        Link(element.proto.label.replace("\\", ""), element.proto.page, _parameters(element.proto.query_string))
        for element in at.get("page_link")
    ]
    return [*drawn, *(link for block in at.get("html") for link in html_links(str(block.value)))]


def html_links(html: str) -> list[Link]:
    """Return the links within a block of HTML."""
    return [
        Link(unescape(label), page, _parameters(unescape(query))) for page, query, label in _HTML_LINK.findall(html)
    ]


def _parameters(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}
