from datetime import UTC, date, datetime

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict

from fundportal.templatetags.lists import Badge, Chip, Moment
from tests.fundportal.templatetags.render import shown

INSTANT = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize("kind", ["", "ok", "wait", "stop", "mute", "full"])
def test_a_badge_is_a_shape_and_a_word(kind: str) -> None:
    html = shown('{% badge "Paid" kind %}', kind=kind)
    assert "<svg" in html
    assert html.endswith("</svg>Paid</span>")


def test_a_badge_may_be_made_by_a_view() -> None:
    assert shown("{% badge made %}", made=Badge("Paid", "ok")) == shown('{% badge "Paid" "ok" %}')


def test_steps_before_the_present_one_are_done_and_say_so() -> None:
    html = shown('{% steps 2 "Gift" "Payment" "Receipt" %}')
    assert '<li data-done>Gift<span class="vh"> (done)</span></li>' in html
    assert '<li aria-current="step">Payment</li><li>Receipt</li>' in html


def test_a_timeline_shows_done_now_and_later() -> None:
    moments = [
        Moment("Paid", when=INSTANT, zone="America/New_York"),
        Moment("Receipt", "By mail.", date(2026, 11, 23), "now"),
        Moment("Paid out", when="within a week", state="later"),
    ]
    html = shown("{% timeline moments %}", moments=moments)
    assert "22 November 2026, 21:30 (New York time)" in html
    assert '<li aria-current="step"><span class="when"><time datetime="2026-11-23">23 November 2026' in html
    assert '<li><span class="when">within a week</span> <b>Paid out</b></li>' in html


def test_a_day_is_the_day_it_was_in_the_zone_of_the_fund() -> None:
    assert "Sunday 22 November 2026" in shown('{% local_day moment "America/New_York" weekday=True %}', moment=INSTANT)
    assert "23 November 2026" in shown("{% local_day moment %}", moment=INSTANT)


def test_universal_time_has_a_name() -> None:
    assert "(universal time)" in shown("{% local_time moment %}", moment=INSTANT)


def test_pages_keep_the_filters() -> None:
    page = Paginator(range(54), 9).page(2)
    html = shown("{% pagination page query %}", page=page, query=QueryDict("state=paid&page=2"))
    assert 'href="?state=paid&amp;page=3"' in html
    assert '<span aria-current="page">2</span>' in html
    assert "10 to 18 of 54" in html


def test_one_page_needs_no_numbers() -> None:
    assert shown("{% pagination page %}", page=Paginator(range(3), 9).page(1)) == ""


def test_a_chip_that_can_be_removed_says_so_aloud() -> None:
    html = shown('{% chips items "Filters" %}', items=[Chip("2026", "?", is_removable=True), Chip("All", "?", 31)])
    assert '<span class="vh">Remove</span>' in html
    assert '<b class="n">31</b>' in html


class WordsForm(forms.Form):
    words = forms.CharField(label="City or words", required=False)
    kept = forms.CharField(widget=forms.HiddenInput, required=False)


def test_filters_are_a_form_that_only_reads() -> None:
    html = shown('{% filters form label="Filter gifts" %}', form=WordsForm())
    assert 'method="get"' in html
    assert 'role="search"' in html
    assert '<label for="id_words">City or words</label>' in html
    assert 'type="hidden"' in html
