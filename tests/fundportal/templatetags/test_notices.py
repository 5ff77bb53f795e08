import pytest
from django import forms

from tests.fundportal.templatetags.render import shown


class GiftForm(forms.Form):
    amount = forms.ChoiceField(
        widget=forms.RadioSelect, choices=[("5", "$5")], error_messages={"required": "Choose an amount."}
    )
    email = forms.EmailField(error_messages={"required": "Enter your email address."})
    stamp = forms.CharField(widget=forms.HiddenInput, error_messages={"required": "The form was open too long."})

    def clean(self) -> None:
        self.add_error(None, "This campaign is closed.")


def test_the_summary_counts_in_words_and_links_to_each_control() -> None:
    html = shown("{% error_summary form %}", form=GiftForm({}))
    assert "Four things to put right" in html
    assert '<a href="#id_amount_0">Choose an amount.</a>' in html
    assert '<a href="#id_email">Enter your email address.</a>' in html


def test_what_has_no_visible_field_is_said_without_a_link() -> None:
    html = shown("{% error_summary form %}", form=GiftForm({}))
    assert "<li>This campaign is closed.</li>" in html
    assert "<li>The form was open too long.</li>" in html


def test_one_mistake_is_counted_as_one() -> None:
    html = shown("{% error_summary form %}", form=GiftForm({"amount": "5", "email": "a@example.org", "stamp": "x"}))
    assert "One thing to put right" in html


def test_a_form_that_was_not_sent_has_no_summary() -> None:
    assert shown("{% error_summary form %}", form=GiftForm()) == ""


@pytest.mark.parametrize(
    ("kind", "shown_kind", "role"),
    [("ok", "ok", "status"), ("success", "ok", "status"), ("warning", "wait", "status"), ("error", "stop", "alert")],
)
def test_a_flash_takes_django_s_levels_and_only_refusals_interrupt(kind: str, shown_kind: str, role: str) -> None:
    html = shown('{% flash "Nothing was taken." kind=kind title="Your bank said no." %}', kind=kind)
    assert f'<div class="flash flash--{shown_kind}" role="{role}">' in html
    assert "<b>Your bank said no.</b> Nothing was taken." in html


def test_the_unknown_says_whom_to_ask() -> None:
    html = shown('{% unknown "The report is silent." ask_label="Ask us" ask_url="/ask/" %}')
    assert "What we do not know yet" in html
    assert '<a href="/ask/">Ask us</a>' in html


def test_an_empty_list_says_what_will_be_here() -> None:
    html = shown('{% empty "No gifts yet" "The first gift will stand here." "Open the give page" "/give/" %}')
    assert "<h2>No gifts yet</h2>" in html
    assert 'href="/give/"' in html
