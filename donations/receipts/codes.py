"""The code that checks a receipt: ten characters a person can read out on the telephone, K7QF-29MX-4T.

The alphabet leaves out what looks alike (0 O, 1 I L, S, U). Its size is a prime, so the last character, a weighted
sum modulo 29, betrays every single wrong character and every two that changed places.
"""

import secrets
from typing import Final

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRTVWXYZ"
LENGTH: Final = 10


def new_code() -> str:
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return body + check_character(body)


def check_character(body: str) -> str:
    total = sum(weight * ALPHABET.index(letter) for weight, letter in enumerate(body, start=2))
    return ALPHABET[-total % len(ALPHABET)]


def written(code: str) -> str:
    """Grouped as it is printed."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def as_typed(text: str) -> str:
    """What a person typed, without the spaces, dashes and small letters they may have used."""
    return "".join(letter for letter in text.upper() if letter.isalnum()).replace("S", "5")


def is_whole(code: str) -> bool:
    """Whether the code could ever have been printed; False means a slip of the finger."""
    known = len(code) == LENGTH and set(code) <= set(ALPHABET)
    return known and check_character(code[:-1]) == code[-1]
