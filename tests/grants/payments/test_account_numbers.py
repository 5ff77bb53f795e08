"""Numbers that can be an account, and the sentences for those that cannot."""

from dataclasses import asdict, replace

import pytest

from fundportal.refusals import Refusal
from grants.payments.account_facts import AccountFacts, checked
from grants.payments.account_numbers import LENGTHS, is_bic, is_iban, is_routing_number, plain
from tests.factories.payments import AMERICAN, EUROPEAN

# The examples printed in the IBAN registry.
IBANS = (
    *("AD1200012030200359100100", "AE070331234567890123456", "AT611904300234573201", "BE68539007547034"),
    *("BR1800360305000010009795493C1", "CH9300762011623852957", "DE89370400440532013000", "DK5000400440116243"),
    *("ES9121000418450200051332", "FI2112345600000785", "FR1420041010050500013M02606", "GB29NWBK60161331926819"),
    *("GR1601101250000000012300695", "IE29AIBK93115212345678", "IT60X0542811101000000123456", "NL91ABNA0417164300"),
    *(
        "LB62099900000001001901229114",
        "MT84MALT011000012345MTLCAST001S",
        "NO9386011117947",
        "PL61109010140000071219812874",
    ),
    *(
        "PT50000201231234567890154",
        "SA0380000000608010167519",
        "SE4550000000058398257466",
        "TR330006100519786457841326",
    ),
)


@pytest.mark.parametrize("number", IBANS)
def test_an_iban_of_the_registry_is_one(number):
    assert is_iban(number)
    assert len(number) == LENGTHS[number[:2]]


@pytest.mark.parametrize("number", IBANS)
def test_every_slip_of_one_digit_is_found(number):
    for place in range(2, len(number)):
        if number[place].isdigit():
            slip = str((int(number[place]) + 1) % 10)
            assert not is_iban(number[:place] + slip + number[place + 1 :])


@pytest.mark.parametrize("number", IBANS)
def test_two_neighbours_swapped_are_found(number):
    for place in range(4, len(number) - 1):
        swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        assert is_iban(swapped) == (number[place] == number[place + 1])


@pytest.mark.parametrize(
    "number", ["", "DE", "DE8937040044053201300", "DE893704004405320130000", "XX89370400440532013000", "de89…", "D٣89"]
)
def test_what_is_no_iban_is_none(number):
    assert not is_iban(number)


@pytest.mark.parametrize(
    ("number", "good"),
    [
        ("123456780", True),
        ("110000000", True),
        ("123456789", False),
        ("000000000", False),
        ("510000000", False),
        ("12345678", False),
    ],
)
def test_routing_numbers_by_sum_and_range(number, good):
    assert is_routing_number(number) is good


@pytest.mark.parametrize(
    ("code", "good"),
    [("ABCDUS33", True), ("ABCDUS33XXX", True), ("ABCDUS3", False), ("ABCD1233", False), ("ABCDUS33XX", False)],
)
def test_a_bic_has_a_bank_a_country_and_a_place(code, good):
    assert is_bic(code) is good


def test_spaces_and_dashes_are_only_for_the_eye():
    assert plain(" de89 3704-0044.0532 0130\u201100 ") == "DE89370400440532013000"


@pytest.mark.parametrize(
    "facts", [AMERICAN, EUROPEAN, AccountFacts("A", "KE", "KES", account_number="1234", bic="ABCDKENA")]
)
def test_good_facts_stay_as_they_are(facts):
    assert checked(facts) == facts


def test_what_the_country_does_not_use_is_left_out():
    typed = replace(EUROPEAN, routing_number="123456780", account_number="1", iban="de89 3704 0044 0532 0130 00")
    assert checked(typed) == EUROPEAN
    assert checked(replace(AMERICAN, iban="DE89370400440532013000")) == AMERICAN


@pytest.mark.parametrize(
    ("base", "change", "field"),
    [
        (AMERICAN, {"holder": " "}, "holder"),
        (AMERICAN, {"holder": "x" * 71}, "holder"),
        (AMERICAN, {"holder": "City\x01"}, "holder"),
        (AMERICAN, {"country": ""}, "country"),
        (AMERICAN, {"country": "USA"}, "country"),
        (AMERICAN, {"currency": "XXX"}, "currency"),
        (AMERICAN, {"routing_number": "123456789"}, "routing_number"),
        (AMERICAN, {"account_number": "12"}, "account_number"),
        (AMERICAN, {"account_number": "1" * 18}, "account_number"),
        (AMERICAN, {"bic": "ABCDDE33"}, "bic"),
        (AMERICAN, {"country": "KE"}, "bic"),
        (EUROPEAN, {"iban": ""}, "iban"),
        (EUROPEAN, {"iban": "DE88370400440532013000"}, "iban"),
        (EUROPEAN, {"country": "FR"}, "iban"),
        (EUROPEAN, {"bic": "ABC"}, "bic"),
        (EUROPEAN, {"country": "KE", "bic": "ABCDKENA"}, "account_number"),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field(base, change, field):
    with pytest.raises(Refusal) as refused:
        checked(replace(base, **change))
    assert (refused.value.status, refused.value.field) == (422, field)


def test_banks_of_islands_share_the_ibans_of_their_country():
    british = AccountFacts("A", "GB", "GBP", iban="GB29NWBK60161331926819", bic="ABCDJE22")
    assert checked(british) == british


def test_the_last_digits_are_those_of_the_account():
    assert AMERICAN.columns["last_digits"] == "1222"
    assert EUROPEAN.columns["last_digits"] == "3000"
    assert set(asdict(AMERICAN)) <= set(AMERICAN.columns)
