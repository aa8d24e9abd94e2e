"""What the board says next to a title and a value: the rest of the sentence, wherever it begins."""

from datetime import date

import pytest

from dashboard.analysis.judging import judge
from dashboard.analysis.sentence_table import every_pair, special_cases
from dashboard.words.phrases import told
from data_access.vocabulary import Chart
from tests.analysis.builders import COUNT, weekly


def test_what_waits_is_told_where_nothing_else_is() -> None:
    alone = judge(COUNT, weekly([3, 5, 4]), chart=Chart.LINE, waiting=5, waiting_on=date(2009, 5, 29))
    assert alone.sentence == "Contacts 4; 5 still waiting"
    assert told(alone) == "5 still waiting."


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a stock", ""),
        ("a stock, target missed", "The target of 0 is missed; 5 still waiting on 29 May."),
        ("an annual target, out of reach", "15% by 31 March is out of reach."),
    ],
)
def test_the_rest_of_the_sentence_is_told(name: str, said: str) -> None:
    [judgement] = [example.judgement for example in special_cases() if example.case == name]
    assert told(judgement) == said


def test_no_sentence_loses_anything_but_its_title_and_value() -> None:
    for example in [*every_pair(), *special_cases()]:
        words = told(example.judgement).removesuffix(".").lower()
        assert example.judgement.sentence.lower().endswith(words)
        assert words or not {":", ";"} & set(example.judgement.sentence.removeprefix(example.judgement.subject.title))
