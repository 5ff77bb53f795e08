import pytest

from fundportal.money import AmountError, Money, parse_amount

FIGURES = "Type the amount in figures, like 40.00."
LONG = "That is more figures than an amount has. Type it like 40.00."
OTHER = "Amounts here are in US dollars. Type the number alone, like 40.00."


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("40", 4000),
        ("40.00", 4000),
        (" 40.5 ", 4050),
        ("40.", 4000),
        (".5", 50),
        ("0", 0),
        ("007", 700),
        ("1,200", 120000),
        ("1,200.50", 120050),
        ("1,00,000", 10000000),
        ("1.200,50", 120050),
        ("1'200.50", 120050),
        ("1’200.50", 120050),
        ("1 200", 120000),
        ("1\u00a0200,50", 120050),
        ("1\u202f200,50", 120050),
        ("40,5", 4050),
        ("$40", 4000),
        ("US$ 40", 4000),
        ("40 USD", 4000),
        ("usd 40", 4000),
        ("40 dollars", 4000),
        ("\u200f40\u200e", 4000),
        ("١٠٠", 10000),
        ("٤٠٫٥٠", 4050),
        ("١٬٢٠٠", 120000),
        ("۴۰", 4000),
        ("１２", 1200),
        ("१२", 1200),
        ("999999999999", 99999999999900),
    ],
)
def test_what_people_type_is_read(text, minor):
    assert parse_amount(text, "USD", "en") == Money(minor, "USD")


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("1 200,50", 120050),
        ("1200,5", 120050),
        ("40.50", 4050),
        ("40 €", 4000),
        ("40 euros", 4000),
        ("1.200.300", 120030000),
    ],
)
def test_what_people_type_in_french_is_read(text, minor):
    assert parse_amount(text, "EUR", "fr") == Money(minor, "EUR")


@pytest.mark.parametrize(
    ("text", "code", "language", "minor"),
    [
        ("1.200", "KWD", "en", 1200),
        ("1,200", "KWD", "en", 1200000),
        ("1,200", "KWD", "fr", 1200),
        ("1.200", "JPY", "en", 1200),
        ("1,200", "JPY", "fr", 1200),
        ("40.0", "JPY", "en", 40),
        ("C$40", "CAD", "en", None),
        ("$40", "CAD", "en", 4000),
        ("٤٠ دولار", "USD", "en", 4000),
    ],
)
def test_decimals_and_signs_are_those_of_the_currency(text, code, language, minor):
    if minor is None:
        with pytest.raises(AmountError):
            parse_amount(text, code, language)
    else:
        assert parse_amount(text, code, language) == Money(minor, code)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", FIGURES),
        ("   ", FIGURES),
        ("$", FIGURES),
        ("1e9", FIGURES),
        ("0x10", FIGURES),
        ("nan", FIGURES),
        ("inf", FIGURES),
        ("forty", FIGURES),
        ("4\x000", FIGURES),
        ("40\x00", FIGURES),
        ("\ud800", FIGURES),
        ("4²", FIGURES),
        ("½", FIGURES),
        ("(5)", FIGURES),
        ("12 34", FIGURES),
        ("1,2,3", FIGURES),
        ("1.2.3,4,5", FIGURES),
        ("1,200 300", FIGURES),
        ("40%", FIGURES),
        ("40;DROP TABLE", FIGURES),
        (".", FIGURES),
        ("10 $ 20", FIGURES),
        ("-5", "Type the amount without a minus sign."),
        ("\u22125", "Type the amount without a minus sign."),
        ("$-5", "Type the amount without a minus sign."),
        ("-$5", "Type the amount without a minus sign."),
        ("5-", "Type the amount without a minus sign."),
        ("9" * 400, LONG),
        ("0" * 61, LONG),
        ("1000000000000", LONG),
        ("€40", OTHER),
        ("40 EUR", OTHER),
        ("40 £", OTHER),
        ("40 euros", OTHER),
        ("¥40", OTHER),
        ("1.200", "This can be read in two ways. Type 1200 or 1.20."),
        ("40.005", "This can be read in two ways. Type 40005 or 40.00."),
        ("0.001", "Amounts in US dollars have 2 decimals. Type it like 40.00."),
        ("1234.567", "Amounts in US dollars have 2 decimals. Type it like 40.00."),
    ],
)
def test_what_is_no_amount_gets_one_sentence_that_says_what_to_type(text, sentence):
    with pytest.raises(AmountError) as refused:
        parse_amount(text, "USD", "en")
    assert refused.value.sentence == str(refused.value) == sentence


def test_yen_have_no_decimals():
    with pytest.raises(AmountError, match="Amounts in Japanese yen are whole"):
        parse_amount("40.5", "JPY", "en")


def test_french_reads_a_lone_comma_before_three_figures_in_two_ways():
    with pytest.raises(AmountError, match="Type 1200 or 1,20"):
        parse_amount("1,200", "EUR", "fr")
