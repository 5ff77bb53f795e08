import pytest
from django.utils import translation

from fundportal.money import Money
from tests.fundportal.templatetags.render import shown

HALF_WAY = Money(3_000_000, "USD")
GOAL = Money(6_000_000, "USD")


def test_an_amount_keeps_its_direction_and_its_cents() -> None:
    assert shown("{% money sum %}", sum=Money(10330, "USD")) == '<bdi class="money">$103.30</bdi>'
    assert shown("{% money sum cents=False %}", sum=Money(10000, "USD")) == '<bdi class="money">$100</bdi>'


@pytest.mark.parametrize(
    ("sure", "underline", "words"),
    [
        ("books", "u u--books", "(from the books)"),
        ("reported", "u", "(reported)"),
        ("estimate", "u u--est", "(estimate or lower bound)"),
    ],
)
def test_every_figure_says_how_sure_it_is_by_line_and_by_word(sure: str, underline: str, words: str) -> None:
    html = shown("{% underlined 1234 sure %}", sure=sure)
    assert f'<bdi class="{underline}">1,234</bdi><span class="vh"> {words}</span>' == html
    assert words in shown('{% stat 1234 "people" sure=sure %}', sure=sure)


def test_a_figure_without_a_known_source_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        shown('{% underlined 5 "guessed" %}')


@pytest.mark.parametrize(
    ("minor", "width", "words"),
    [
        (0, "0.0%", "$0 of $60,000, 0%"),
        (4_126_550, "68.7%", "$41,265.50 of $60,000, 68%"),
        (6_000_000, "100.0%", "$60,000 of $60,000, 100%"),
        (6_720_000, "100.0%", "$67,200 of $60,000, 112%"),
        (-500, "0.0%", "\u2212$5 of $60,000, 0%"),
    ],
)
def test_a_gauge_ends_at_its_goal_and_its_words_go_on(minor: int, width: str, words: str) -> None:
    html = shown("{% gauge sum goal %}", sum=Money(minor, "USD"), goal=GOAL)
    assert f'class="g-fill" x="0" y="1" width="{width}"' in html
    assert f'aria-label="{words}"' in html


def test_a_goal_that_was_passed_is_said_beside_it() -> None:
    assert "$60,000, reached 112%" in shown("{% gauge sum goal %}", sum=Money(6_720_000, "USD"), goal=GOAL)
    assert "reached" not in shown("{% gauge sum goal %}", sum=HALF_WAY, goal=GOAL)


def test_a_gauge_without_a_goal_is_empty() -> None:
    assert 'width="0.0%"' in shown("{% gauge sum goal %}", sum=HALF_WAY, goal=Money(0, "USD"))


def test_one_circle_is_one_person_up_to_four_hundred() -> None:
    html = shown('{% people_dots 176 "176 people" filled=40 %}')
    assert html.count("<circle") == 176
    assert html.count('class="on"') == 40
    assert "One mark is" not in html


def test_above_four_hundred_one_circle_is_ten_and_says_so() -> None:
    html = shown('{% people_dots 1240 "1,240 people" %}')
    assert html.count("<circle") == 124
    assert "One mark is 10 people." in html


def test_figures_are_grouped_as_the_language_groups_them() -> None:
    with translation.override("fr"):
        assert "1\u202f234" in shown('{% stat 1234 "personnes" %}').replace("\u00a0", "\u202f")


def test_a_large_figure_may_keep_the_cents_of_a_whole_sum() -> None:
    assert "$50</bdi>" in shown('{% stat sum "given" %}', sum=Money(5_000, "USD"))
    assert "$50.00</bdi>" in shown('{% stat sum "given" cents=True %}', sum=Money(5_000, "USD"))
