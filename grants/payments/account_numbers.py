"""Whether the number of an account can be one at all: check digits, lengths and shapes. No bank is asked.

Sources: ISO 13616 (IBAN, check digits by ISO 7064 MOD 97-10) with the lengths of SWIFT's IBAN registry, release 99;
ISO 9362 (BIC); the routing number of the American Bankers Association with its weights 3, 7, 1 and the ranges of first
digits that the Federal Reserve gives out.
"""

import re
from typing import Final

LENGTHS: Final = {
    country: length
    for length, countries in {
        15: "NO",
        16: "BE",
        18: "DK FI FK FO GL NL SD",
        19: "MK SI",
        20: "AT BA EE KZ LT LU MN XK",
        21: "CH HR LI LV",
        22: "BG BH CR DE GB GE IE ME RS VA",
        23: "AE GI IL IQ OM SO TL",
        24: "AD CZ ES MD PK RO SA SE SK TN VG",
        25: "LY PT ST",
        26: "IS TR",
        27: "BI DJ FR GR IT MC MR SM",
        28: "AL AZ BY CY DO GT HN HU LB NI PL SV",
        29: "BR EG PS QA UA",
        30: "JO KW MU YE",
        31: "MT SC",
        32: "LC",
        33: "RU",
    }.items()
    for country in countries.split()
}
MODULUS: Final = 97
WEIGHTS: Final = (3, 7, 1) * 3
FIRST_TWO: Final = frozenset((*range(1, 13), *range(21, 33), *range(61, 73), 80))
BIC: Final = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
TEN: Final = 10


def plain(number: str) -> str:
    """As the bank writes it: capital letters, no spaces, dots or dashes."""
    return re.sub(r"[\s.\-\u2010-\u2015]", "", number).upper()


def has_iban(country: str) -> bool:
    return country in LENGTHS


def is_iban(number: str) -> bool:
    """ISO 13616: the first four characters go to the end, letters count from 10, and the rest by 97 is 1."""
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]+", number, re.ASCII) or len(number) != LENGTHS.get(number[:2]):
        return False
    digits = "".join(str(int(character, 36)) for character in number[4:] + number[:4])
    return int(digits) % MODULUS == 1


def is_bic(code: str) -> bool:
    """ISO 9362: four for the bank, two for its country, two for the place, and three more for a branch."""
    return bool(BIC.fullmatch(code))


def is_routing_number(number: str) -> bool:
    """Nine digits whose sum, weighted 3, 7, 1, ends in a zero, beginning as the Federal Reserve gives them out."""
    if not re.fullmatch(r"\d{9}", number, re.ASCII) or int(number[:2]) not in FIRST_TWO:
        return False
    return sum(weight * int(digit) for weight, digit in zip(WEIGHTS, number, strict=True)) % TEN == 0
