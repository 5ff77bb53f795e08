import pytest

from fundportal.templatetags.pictures import Bar, bar_of
from tests.fundportal.templatetags.render import shown


@pytest.mark.parametrize(
    ("facts", "drawn"),
    [
        ({"reached": 50, "plan": 100}, ("0.0%", "50.0%", "100.0%")),
        ({"reached": 120, "plan": 90}, ("0.0%", "100.0%", "75.0%")),
        ({"reached": 30, "plan": 60, "most": 120}, ("0.0%", "25.0%", "50.0%")),
        ({"reached": 10, "plan": 8, "base": 40}, ("25.0%", "75.0%", "20.0%")),
        ({"reached": -20, "plan": 60}, ("0.0%", "25.0%", "100.0%")),
        ({"reached": None, "plan": 60, "base": 20}, ("", "", "100.0%")),
        ({"reached": 60, "plan": None}, ("0.0%", "100.0%", "")),
        ({"reached": 0, "plan": 0}, ("", "", "")),
    ],
)
def test_a_bar_goes_from_where_it_began_to_where_it_came_and_its_plan_is_marked(facts, drawn) -> None:
    bar = bar_of("x", "y", **facts)
    assert (bar.start, bar.width, bar.mark) == drawn


def test_every_line_says_its_figure_in_words_and_the_drawing_is_silent() -> None:
    html = shown('{% bars lines "Spending" %}', lines=[bar_of("Rooms", "80 of 100", reached=80, plan=100)])
    assert 'aria-label="Spending"' in html
    assert "<span>Rooms</span>" in html
    assert "80 of 100" in html
    assert html.count('aria-hidden="true"') == html.count("<svg") == 1


def test_nothing_is_drawn_that_is_not_known() -> None:
    html = shown('{% bars lines "Spending" %}', lines=[Bar("Rooms", "not published")])
    assert "<rect" not in html
    assert 'class="span"' not in html
