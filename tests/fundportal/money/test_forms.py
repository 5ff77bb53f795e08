import pytest
from django import forms
from django.utils.translation import override

from fundportal.money import Money
from fundportal.money.forms import AmountField


class AmountForm(forms.Form):
    amount = AmountField(currency="USD", minimum=Money(500, "USD"), maximum=Money(2500000, "USD"))


def errors_of(text):
    form = AmountForm({"amount": text})
    form.is_valid()
    return form.errors.get("amount", [])


@pytest.mark.parametrize(("text", "minor"), [("5", 500), ("25,000.00", 2500000), (" $40 ", 4000)])
def test_an_amount_cleans_to_money(text, minor):
    form = AmountForm({"amount": text})
    assert form.is_valid()
    assert form.cleaned_data["amount"] == Money(minor, "USD")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Type an amount."),
        ("4.99", "The smallest amount is $5. Type 5 or more."),
        ("0", "The smallest amount is $5. Type 5 or more."),
        ("25000.01", "The largest amount is $25,000. Type 25000 or less."),
        ("€40", "Amounts here are in US dollars. Type the number alone, like 40.00."),
        ("4\x000", "Type the amount in figures, like 40.00."),
        ("9" * 400, "That is more figures than an amount has. Type it like 40.00."),
    ],
)
def test_each_refusal_is_one_sentence_and_keeps_what_was_typed(text, sentence):
    assert errors_of(text) == [sentence]
    assert AmountForm({"amount": text})["amount"].value() == text


def test_without_a_minimum_zero_is_still_no_amount():
    with pytest.raises(forms.ValidationError, match="smallest amount is ¥1"):
        AmountField(currency="JPY").clean("0")


def test_a_minimum_of_zero_lets_zero_through():
    assert AmountField(currency="USD", minimum=Money.zero("USD")).clean("0") == Money.zero("USD")


def test_an_empty_optional_amount_is_none():
    assert AmountField(currency="USD", required=False).clean("  ") is None


def test_an_initial_amount_is_shown_as_it_would_be_typed():
    with override("fr"):
        assert AmountField(currency="EUR").prepare_value(Money(120050, "EUR")) == "1200,50"
    form = AmountForm(initial={"amount": Money(4000, "USD")})
    html = str(form["amount"])
    assert 'value="40"' in html
    assert 'inputmode="decimal"' in html
