"""What a page says and where it leads, for tests."""

from dataclasses import dataclass
from urllib.parse import parse_qs

from streamlit.testing.v1 import AppTest


@dataclass(frozen=True)
class Link:
    """A link: what it says, the page it leads to, and the parameters of its address."""

    label: str
    page: str
    parameters: dict[str, str]


def text_of(at: AppTest) -> str:
    """Return everything that a page says, HTML included, as one text."""
    return "\n".join(str(element.value) for element in [*at.get("html"), *at.markdown, *at.header, *at.title])


def links_of(at: AppTest) -> list[Link]:
    """Return the links of a page, the menu's included."""
    return [
        Link(
            element.proto.label.replace("\\", ""),
            element.proto.page,
            {name: values[0] for name, values in parse_qs(element.proto.query_string).items()},
        )
        for element in at.get("page_link")
    ]
