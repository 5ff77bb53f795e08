from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from fundportal.ledger.models import Posting
from fundportal.money import CurrencyMismatchError, Money
from fundportal.money.fields import CurrencyField, MinorUnitsField, money_property


class Priced:
    """Anything with the two columns: the property asks for no more."""

    price = money_property("price_minor", "currency")
    fee = money_property("fee_minor", "currency")

    def __init__(self, price_minor=None, fee_minor=None, currency=""):
        self.price_minor, self.fee_minor, self.currency = price_minor, fee_minor, currency


def test_two_columns_read_as_one_amount():
    assert Priced(1050, currency="USD").price == Money(1050, "USD")
    assert Priced(currency="USD").price is None


def test_an_amount_is_written_to_its_two_columns():
    priced = Priced()
    priced.price = Money(1050, "USD")
    assert (priced.price_minor, priced.currency) == (1050, "USD")


def test_amounts_that_share_a_currency_cannot_part():
    priced = Priced(1050, currency="USD")
    with pytest.raises(CurrencyMismatchError):
        priced.fee = Money(5, "EUR")
    assert priced.currency == "USD"


def test_a_model_is_built_from_money():
    posting = Posting(amount=Money(5, "EUR"))
    assert (posting.amount_minor, posting.currency) == (5, "EUR")
    assert posting.amount == Money(5, "EUR")


@pytest.mark.parametrize("value", [1.5, 1.0, True, Decimal("1.5")])
def test_a_column_of_minor_units_takes_no_fraction(value):
    with pytest.raises(TypeError):
        MinorUnitsField(name="amount_minor").get_prep_value(value)


@pytest.mark.parametrize("value", [None, 0, -5, "7"])
def test_a_column_of_minor_units_takes_whole_numbers(value):
    assert MinorUnitsField(name="amount_minor").get_prep_value(value) in {None, 0, -5, 7}


@pytest.mark.parametrize("code", ["XXX", "usd", "US"])
def test_a_currency_column_knows_the_currencies(code):
    with pytest.raises(ValidationError):
        CurrencyField().clean(code, None)
    assert CurrencyField().clean("USD", None) == "USD"


def test_columns_are_whole_numbers_and_three_letters():
    _name, path, _arguments, options = CurrencyField("currency").deconstruct()
    assert (path, options) == ("fundportal.money.fields.CurrencyField", {"verbose_name": "currency"})
    assert CurrencyField().db_type(connection) == "varchar(3)"
    assert MinorUnitsField().db_type(connection) == "bigint"
