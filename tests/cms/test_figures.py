import pytest
from django.utils.translation import override

from cms.blocks import FigureBlock
from cms.figures import Figure, FigureValue, write_month


def figure(**facts: object) -> FigureValue:
    block = FigureBlock()
    return block.to_python(
        {"amount": None, "measure": "count", "unit": "", "more_than": False, "words": "", "certainty": "reported"}
        | facts
    )


@pytest.mark.parametrize(
    ("facts", "language", "text"),
    [
        ({"amount": 387}, "en", "387"),
        ({"amount": 44573, "unit": "minutes"}, "en", "44,573\u00a0minutes"),
        ({"amount": 44573, "unit": "minutes"}, "fr", "44\u00a0573\u00a0minutes"),
        ({"amount": 1000000, "measure": "money"}, "en", "$1,000,000"),
        ({"amount": 1000000, "measure": "money"}, "fr", "1\u00a0000\u00a0000\u00a0$"),
        ({"amount": 75, "measure": "percent", "more_than": True}, "en", "more than 75%"),
        ({"words": "hundreds", "more_than": True}, "en", "hundreds"),
    ],
)
def test_a_figure_is_written_as_its_language_writes_it(facts: dict[str, object], language: str, text: str):
    with override(language):
        assert figure(**facts).printed.text == text


def test_a_large_figure_that_is_a_lower_bound_carries_a_plus():
    assert figure(amount=20, more_than=True, certainty="estimate").short == Figure("20+", "estimate")


def test_what_was_not_published_says_so_and_has_no_underline():
    assert figure(more_than=True).printed == Figure("not published", "")


def test_words_in_place_of_a_number_keep_their_underline():
    assert figure(words="hundreds", certainty="estimate").printed.sure == "estimate"


@pytest.mark.parametrize(
    ("month", "language", "text"),
    [("2023-10", "en", "October 2023"), ("2023-10", "fr", "octobre 2023"), ("2023", "en", "2023"), ("", "en", "")],
)
def test_a_month_is_written_in_words_and_a_year_stays_a_year(month: str, language: str, text: str):
    with override(language):
        assert write_month(month) == text
