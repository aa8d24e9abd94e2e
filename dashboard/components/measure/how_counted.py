"""How a measure is counted, what can mislead, and how its chart is read."""

from typing import Final

import streamlit as st

from dashboard.components.layout.links import page_link, plain
from data_access.measures.definition import Definition
from data_access.vocabulary import Chart

HOW_TO_READ: Final = (
    "Each dot is one {period}. The black line is the mean; between the two dashed lines lie the {period}s that this "
    "service normally produces. A single dot above or below the mean says nothing.",
    "Look where a dot changes its shape: a **blue circle** is a real improvement, an **orange diamond** a real "
    "worsening, a **purple square** a real change that is neither. It takes a dot outside the lines, seven in a row "
    "on one side of the mean, seven rising or falling, or two of three close to a line.",
    "A **hollow dot** is not settled yet and not judged. A dashed bar along the foot stands for {period}s without a "
    "figure, and says why. Purple dashes are the target. Where the work was changed on "
    "purpose, a thin rule stands and the lines start again. With 13 to 25 {period}s the lines are trial limits.",
    "Among twenty steady measures, about one shows a false signal every two or three weeks: ask first, then act. A "
    "child who waits is never “normal”: act on each of them whatever the chart says.",
)
PLAIN: Final = (
    "Each dot is one {period}. No chance lines are drawn, and no change is judged: neighbouring dots are too alike, "
    "or too few, to tell chance from change.",
    "A **hollow dot** is not settled yet. A dashed bar along the foot stands for {period}s without a figure, and "
    "says why. Purple dashes are the target, purple dots a line to look at.",
)
WOBBLY: Final = (
    "The dashed lines move with the number of cases: a {period} with few cases may differ more by chance alone."
)


def draw_how_counted(definition: Definition) -> None:
    """Draw the three explanations, closed until asked for, and the way to the whole definition."""
    for column, (title, paragraphs) in zip(st.columns(3, gap="medium"), _explanations(definition), strict=True):
        with column, st.expander(title):
            for paragraph in paragraphs:
                st.markdown(paragraph)
    page_link("definitions", "The whole definition, with worked examples", measure=definition.id)


def _explanations(definition: Definition) -> list[tuple[str, list[str]]]:
    texts = PLAIN if definition.chart is Chart.LINE else HOW_TO_READ
    reading = [text.format(period=definition.period) for text in texts]
    if definition.chart is Chart.P_PRIME:
        reading.insert(1, WOBBLY.format(period=definition.period))
    counted = [plain(definition.how), f"**Why it matters.** {plain(definition.why)}"]
    if definition.adding_up.has_denominator:
        counted.append(
            "Only settled cases count; those not yet due, or that can’t be worked out, are counted separately."
        )
    return [
        ("How to read this", reading),
        ("How it is counted", counted),
        ("What can mislead", [plain(definition.misleads)]),
    ]
