"""Numbers that are no money: typed as the language writes them, kept as plain text like "12.5"."""

import re
import unicodedata
from decimal import Decimal
from typing import Final

from fundportal.money.formatting import NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE, locale_of

KEPT: Final = re.compile(r"-?\d{1,15}(\.\d{1,6})?", re.ASCII)
GROUPED: Final = re.compile(r"\d{1,3}( \d{3})+", re.ASCII)


def is_number(text: object) -> bool:
    return isinstance(text, str) and bool(KEPT.fullmatch(text))


def read_number(text: str, language: str | None = None) -> str | None:
    """The number as it is kept, or None where the figures could be read in two ways or in none."""
    symbols = locale_of(language).number_symbols["latn"]
    plain = "".join(map(_latin, text)).strip()
    whole, sign, decimals = plain.partition(str(symbols["decimal"]))
    group = str(symbols["group"])
    if sign == "" and plain.count(".") == 1 and not GROUPED.fullmatch(plain.replace(".", " ")):
        whole, sign, decimals = plain.partition(".")
    number = _ungrouped(whole, group) + (f".{decimals}" if sign else "")
    return _shortest(number) if is_number(number) else None


def show_number(number: str, language: str | None = None, *, grouped: bool = True) -> str:
    """For a reader (1,200.5), or for a box that is typed in (1200.5)."""
    symbols = locale_of(language).number_symbols["latn"]
    written = f"{Decimal(number):,f}" if grouped else f"{Decimal(number):f}"
    signs = {",": str(symbols["group"]).replace(NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE), ".": str(symbols["decimal"])}
    return "".join(signs.get(character, character) for character in written)


def _latin(character: str) -> str:
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.decimal(character))
    if character in "\u2212\u2013":
        return "-"
    return " " if character.isspace() else character


def _ungrouped(whole: str, group: str) -> str:
    spaced = whole.replace(group, " ") if not group.isspace() else whole
    return spaced.replace(" ", "") if GROUPED.fullmatch(spaced.lstrip("-")) else spaced


def _shortest(number: str) -> str:
    written = f"{Decimal(number).normalize():f}"
    return "0" if written in {"-0", "0"} else written
