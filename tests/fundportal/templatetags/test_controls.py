import re

import pytest
from django import forms

from fundportal.templatetags.controls import Choice
from tests.fundportal.templatetags.render import shown


class GuestForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the receipt.", error_messages={"required": "Type a name."})
    email = forms.EmailField(label="Email", required=False)
    own = forms.CharField(label="Other", required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    amount = forms.ChoiceField(
        label="How much",
        widget=forms.RadioSelect,
        choices=[("25", "$25"), ("other", "Other")],
        error_messages={"required": "Choose an amount."},
    )
    purpose = forms.ChoiceField(
        label="For", widget=forms.RadioSelect, choices=[("a", Choice("Anywhere", "The office decides."))]
    )
    fee = forms.BooleanField(label="Add $3.30", help_text="Of 2.9%.", required=False)
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)


@pytest.fixture
def rest() -> GuestForm:
    return GuestForm()


@pytest.fixture
def sent_empty() -> GuestForm:
    return GuestForm({})


def test_a_field_has_label_help_error_control_in_this_order(sent_empty: GuestForm) -> None:
    html = shown("{% field form.name %}", form=sent_empty)
    places = [html.index(part) for part in ('<label for="id_name"', "As on the receipt.", "Type a name.", "<input")]
    assert places == sorted(places)


def test_a_mistake_is_tied_to_its_control(sent_empty: GuestForm) -> None:
    html = shown("{% field form.name %}", form=sent_empty)
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name-help id_name-error"' in html
    assert 'id="id_name-error"' in html
    assert '<span class="vh">Error: </span>Type a name.' in html


def test_a_field_at_rest_has_no_trace_of_a_mistake(rest: GuestForm) -> None:
    html = shown("{% field form.name %}", form=rest)
    assert "aria-invalid" not in html
    assert "f--bad" not in html
    assert 'aria-describedby="id_name-help"' in html


def test_optional_is_marked_and_required_is_not(rest: GuestForm) -> None:
    assert "(optional)" in shown("{% field form.email %}", form=rest)
    assert "(optional)" not in shown("{% field form.name %}", form=rest)
    assert "(optional)" not in shown("{% field form.fee %}", form=rest)


def test_names_run_in_any_direction_addresses_and_amounts_left_to_right(rest: GuestForm) -> None:
    assert 'dir="auto"' in shown("{% field form.name %}", form=rest)
    assert 'dir="ltr"' in shown("{% field form.email %}", form=rest)
    assert 'dir="ltr"' in shown("{% field form.own %}", form=rest)


def test_a_group_is_a_fieldset_with_its_question_as_legend(sent_empty: GuestForm) -> None:
    html = shown('{% field form.amount kind="amount" %}', form=sent_empty)
    assert '<fieldset class="f f--bad" aria-describedby="id_amount-error"><legend>How much' in html
    assert html.count('type="radio"') == 2
    assert "pick--amount" in html


def test_a_choice_may_carry_a_sentence(rest: GuestForm) -> None:
    html = shown("{% field form.purpose %}", form=rest)
    assert '<label for="id_purpose_0">Anywhere <span class="f__help">The office decides.</span></label>' in html


def test_a_tick_stands_before_its_words(rest: GuestForm) -> None:
    html = shown("{% field form.fee %}", form=rest)
    assert html.index("checkbox") < html.index("Add $3.30") < html.index("Of 2.9%.")


def test_a_text_area_keeps_what_was_typed() -> None:
    html = shown("{% field form.note %}", form=GuestForm({"note": "<b>hello</b>"}))
    assert "&lt;b&gt;hello&lt;/b&gt;</textarea>" in html


def test_the_amount_picker_offers_tiles_and_a_box_with_the_currency(rest: GuestForm) -> None:
    html = shown('{% amount_picker form.amount form.own symbol="$" %}', form=rest)
    assert '<span aria-hidden="true">$</span><input' in html
    assert "(if you chose Other)" in html


def test_ids_are_unique_on_a_page_of_every_field(sent_empty: GuestForm) -> None:
    html = "".join(shown("{% field bound %}", bound=bound) for bound in sent_empty)
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_a_button_is_a_link_when_it_leads_somewhere() -> None:
    assert shown('{% button "Give" url="/give/" %}') == '<a class="btn" href="/give/">Give</a>'


def test_a_disabled_button_says_why() -> None:
    html = shown('{% button "Approve" reason="You asked for it." %}')
    assert "disabled" in html
    assert "You asked for it." in html


def test_a_busy_word_waits_on_the_button() -> None:
    html = shown('{% button "Send" kind="plain small" busy="Sending" icon="arrow" %}')
    assert '<button class="btn btn--plain btn--small" data-busy="Sending">' in html
    assert "ico--way" in html
