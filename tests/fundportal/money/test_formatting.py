import pytest
from django.utils.translation import override

from fundportal.money import Money, format_money
from fundportal.money.formatting import format_plain

NBSP = "\u00a0"
MINUS = "\u2212"


@pytest.mark.parametrize(
    ("money", "language", "expected"),
    [
        (Money(100000, "USD"), "en", "$1,000.00"),
        (Money(100000000, "USD"), "en-US", "$1,000,000.00"),
        (Money(-1250, "USD"), "en", f"{MINUS}$12.50"),
        (Money(17000000, "EUR"), "fr", f"170{NBSP}000,00{NBSP}€"),
        (Money(-500, "USD"), "fr", f"{MINUS}5,00{NBSP}$"),
        (Money(1500, "JPY"), "en", "¥1,500"),
        (Money(1500, "KWD"), "en", f"KWD{NBSP}1.500"),
        (Money(100000, "USD"), "ar", f"1,000.00{NBSP}دولار"),
        (Money(-100000, "USD"), "ar", f"\u200e{MINUS}1,000.00{NBSP}دولار"),
        (Money(0, "USD"), "en", "$0.00"),
        (Money(100, "USD"), "not-a-language", "$1.00"),
    ],
)
def test_an_amount_is_written_as_the_language_writes_it(money, language, expected):
    assert format_money(money, language) == expected


@pytest.mark.parametrize(
    ("minor", "language", "expected"),
    [
        (100000, "en", "$1,000"),
        (99999, "en", "$999"),
        (-99999, "en", f"{MINUS}$999"),
        (-99, "en", "$0"),
        (17000099, "fr", f"170{NBSP}000{NBSP}$"),
    ],
)
def test_a_headline_drops_the_cents_and_never_says_more_than_there_is(minor, language, expected):
    assert format_money(Money(minor, "USD"), language, cents=False) == expected


@pytest.mark.parametrize(("language", "expected"), [("en", f"USD{NBSP}160,000"), ("fr", f"160{NBSP}000{NBSP}USD")])
def test_the_code_stands_where_several_currencies_meet(language, expected):
    assert format_money(Money(16000000, "USD"), language, cents=False, code=True) == expected


def test_the_active_language_is_the_default():
    with override("fr"):
        assert format_money(Money(500, "EUR"), cents=False) == f"5{NBSP}€"
    with override("en"):
        assert format_money(Money(500, "EUR"), cents=False) == "€5"
    with override(None):
        assert format_money(Money(500, "EUR"), cents=False) == "€5"


@pytest.mark.parametrize(
    ("money", "language", "expected"),
    [
        (Money(120000, "USD"), "en", "1200"),
        (Money(120050, "USD"), "en", "1200.50"),
        (Money(120050, "EUR"), "fr", "1200,50"),
        (Money(1200, "JPY"), "fr", "1200"),
    ],
)
def test_a_text_field_holds_the_plain_number(money, language, expected):
    assert format_plain(money, language) == expected


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_no_space_in_an_amount_breaks_the_line(language):
    for code in ("USD", "EUR", "KWD"):
        text = format_money(Money(123456789, code), language, code=True)
        assert " " not in text
        assert "\u202f" not in text
