import pytest

from fundportal.money import CURRENCIES, Money, UnknownCurrencyError, currency, format_money, parse_amount
from fundportal.money.formatting import format_plain

ISO_4217_2026 = 165
WITHOUT_TWO_DECIMALS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}


def test_every_currency_of_iso_4217_with_minor_units_is_known():
    assert len(CURRENCIES) == ISO_4217_2026
    assert {"USD", "EUR", "GBP", "CAD", "MXN", "COP", "BRL", "ZWG", "XCG"} <= set(CURRENCIES)


def test_exponents_are_those_of_iso_and_not_of_the_locale_data():
    found = {code: one.exponent for code, one in CURRENCIES.items() if one.exponent != 2}
    assert found == {code: exponent for exponent, codes in WITHOUT_TWO_DECIMALS.items() for code in codes.split()}


@pytest.mark.parametrize("code", ["usd", "US", "XAU", "XXX", "", "EUR "])
def test_what_is_no_currency_is_refused(code):
    with pytest.raises(UnknownCurrencyError):
        currency(code)


@pytest.mark.parametrize("code", sorted(CURRENCIES))
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_currency_is_written_named_and_read_back(code, language):
    money = Money(1234567, code)
    assert format_money(money, language)
    assert format_money(money, language, code=True).replace(code, "").strip()
    assert currency(code).name(language)
    assert parse_amount(format_plain(money, language), code, language) == money
    assert parse_amount(format_money(money, language, code=True), code, language) == money


@pytest.mark.parametrize("code", sorted(CURRENCIES))
def test_the_smallest_unit_is_one_of_as_many_as_the_exponent_says(code):
    one = currency(code)
    assert Money(one.minor_per_major, code).decimal == 1
    assert -Money(1, code).decimal.as_tuple().exponent == one.exponent
