from decimal import Decimal

import pytest

from fundportal.money import CurrencyMismatchError, Money, UnknownCurrencyError


def usd(minor):
    return Money(minor, "USD")


@pytest.mark.parametrize("minor", [1.0, "1", True, None, Decimal(1)])
def test_minor_units_are_whole_numbers_and_nothing_like_them(minor):
    with pytest.raises(TypeError):
        Money(minor, "USD")


def test_money_of_no_currency_is_refused():
    with pytest.raises(UnknownCurrencyError):
        Money(1, "XXX")


def test_money_never_changes():
    with pytest.raises(AttributeError):
        usd(1).minor = 2


def test_sums_differences_and_multiples():
    assert usd(100) + usd(50) - usd(25) == usd(125)
    assert -usd(5) == usd(-5)
    assert abs(usd(-5)) == usd(5)
    assert usd(5) * 3 == 3 * usd(5) == usd(15)
    assert sum([usd(1), usd(2)], start=Money.zero("USD")) == usd(3)


def test_a_multiple_is_whole():
    with pytest.raises(TypeError):
        usd(5) * 1.5


@pytest.mark.parametrize("act", [lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a < b, lambda a, b: a >= b])
def test_two_currencies_do_not_meet(act):
    with pytest.raises(CurrencyMismatchError):
        act(usd(1), Money(1, "EUR"))


def test_equal_numbers_of_two_currencies_are_not_equal():
    assert usd(1) != Money(1, "EUR")
    assert len({usd(1), usd(1), Money(1, "EUR")}) == 2


@pytest.mark.parametrize("other", [0, 1.0, "1"])
def test_a_plain_number_is_not_money(other):
    with pytest.raises(TypeError):
        usd(1) + other


@pytest.mark.parametrize(
    ("minor", "code", "decimal"),
    [(1050, "USD", "10.50"), (-1050, "USD", "-10.50"), (1050, "JPY", "1050"), (5, "KWD", "0.005")],
)
def test_major_units_have_the_decimals_of_the_currency(minor, code, decimal):
    money = Money(minor, code)
    assert str(money.decimal) == decimal
    assert Money.from_decimal(Decimal(decimal), code) == money
    assert str(money) == f"{code} {decimal}"


@pytest.mark.parametrize(("amount", "code"), [("0.001", "USD"), ("0.5", "JPY"), ("1.0001", "KWD")])
def test_a_part_of_a_cent_is_refused(amount, code):
    with pytest.raises(ValueError, match="smaller than the minor unit"):
        Money.from_decimal(Decimal(amount), code)


def test_what_is_zero_negative_or_whole():
    assert usd(0).is_zero
    assert not usd(1).is_zero
    assert usd(-1).is_negative
    assert usd(500).is_whole
    assert not usd(501).is_whole
    assert Money(501, "JPY").is_whole


@pytest.mark.parametrize(
    ("minor", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (-100, [1, 1, 1], [-34, -33, -33]),
        (5, [3, 7], [2, 3]),
        (1, [0, 1], [0, 1]),
        (0, [1, 2], [0, 0]),
        (7, [1], [7]),
        (10, [5, 3, 1], [6, 3, 1]),
    ],
)
def test_what_is_left_goes_to_the_largest_remainder_then_to_the_earlier_part(minor, weights, parts):
    assert usd(minor).allocate(weights) == [usd(part) for part in parts]


@pytest.mark.parametrize("weights", [[], [0, 0], [-1, 2], [0.5, 0.5], [True, 1]])
def test_weights_that_divide_nothing_are_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        usd(100).allocate(weights)
