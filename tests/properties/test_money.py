"""Money under any amounts, weights and typed texts."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fundportal.money import CURRENCIES, AmountError, Money, format_money, parse_amount
from fundportal.money.formatting import format_plain

codes = st.sampled_from(sorted(CURRENCIES))
minors = st.integers(min_value=-(10**15), max_value=10**15)
weights = st.lists(st.integers(min_value=0, max_value=10**9), min_size=1, max_size=12).filter(any)
languages = st.sampled_from(["en", "fr", "ar"])


@given(minors, codes, weights)
def test_a_split_sums_back_to_the_last_unit(minor, code, shares):
    whole = Money(minor, code)
    parts = whole.allocate(shares)
    assert len(parts) == len(shares)
    assert sum(parts, start=Money.zero(code)) == whole


@given(minors, codes, weights)
def test_each_part_is_within_one_unit_of_its_exact_share(minor, code, shares):
    for part, weight in zip(Money(minor, code).allocate(shares), shares, strict=True):
        assert abs(part.minor * sum(shares) - minor * weight) < sum(shares)
        assert weight or part.is_zero


@given(minors, weights)
def test_a_heavier_weight_never_gets_less(minor, shares):
    parts = [abs(part).minor for part in Money(minor, "USD").allocate(shares)]
    by_weight = [part for _weight, part in sorted(zip(shares, parts, strict=True))]
    assert by_weight == sorted(by_weight)


@given(minors, weights)
def test_a_debt_is_split_as_its_positive_twin(minor, shares):
    assert (-Money(minor, "USD")).allocate(shares) == [-part for part in Money(minor, "USD").allocate(shares)]


@given(st.integers(1, 10**9), st.lists(st.integers(1, 10**6), min_size=1, max_size=6), st.data())
def test_refunds_split_like_the_gift_give_back_what_was_given_and_no_more(minor, shares, data):
    gift = Money(minor, "USD").allocate(shares)
    given_minor = [part.minor for part in gift]
    refund = Money(data.draw(st.integers(0, minor)), "USD")
    back = refund.allocate(given_minor)
    assert sum(back, start=Money.zero("USD")) == refund
    assert all(part <= share for part, share in zip(back, gift, strict=True))


@given(minors, minors, minors)
def test_sums_follow_the_rules_of_whole_numbers(a, b, c):
    first, second, third = (Money(minor, "EUR") for minor in (a, b, c))
    assert (first + second) + third == first + (second + third)
    assert first + second == second + first
    assert first - first == Money.zero("EUR")
    assert (first < second) == (a < b)


@given(minors, codes)
def test_major_units_and_back_lose_nothing(minor, code):
    money = Money(minor, code)
    assert Money.from_decimal(money.decimal, code) == money


@pytest.mark.parametrize("code", sorted(CURRENCIES))
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_currency_is_read_as_it_is_written(code, language):
    for minor in (0, 5, 1_000, 12_345_678, 10**11):
        money = Money(minor, code)
        assert parse_amount(format_money(money, language), code, language) == money


@example(0, "USN", "ar")  # its name has an aside: the dollar (next day)
@given(st.integers(0, 10**11), codes, languages)
def test_what_we_write_we_read(minor, code, language):
    money = Money(minor, code)
    assert parse_amount(format_plain(money, language), code, language) == money
    assert parse_amount(format_money(money, language), code, language) == money


@given(st.text(max_size=80) | st.from_regex(r"[-+$€]?[0-9\u0660-\u0669 .,'e]{1,20}", fullmatch=True), codes, languages)
def test_any_text_is_an_amount_or_gets_a_sentence(text, code, language):
    try:
        answer = parse_amount(text, code, language)
    except AmountError as refused:
        answer = refused.sentence
    if isinstance(answer, Money):
        assert answer.currency == code
        assert not answer.is_negative
    else:
        assert answer.endswith(".")


@given(st.floats(allow_nan=True))
def test_a_float_is_never_money(number):
    with pytest.raises(TypeError):
        Money(number, "USD")
