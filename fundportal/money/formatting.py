"""How an amount is written for a reader: $1,000 · 170 000 € · KWD 12.500, in the words and order of the language."""

from decimal import ROUND_DOWN, Decimal
from functools import cache
from typing import Final

from babel import Locale
from babel.core import UnknownLocaleError
from babel.numbers import get_currency_symbol, parse_pattern
from django.utils.translation import get_language

from fundportal.money.currencies import currency
from fundportal.money.money import Money

MINUS: Final = "\u2212"
NO_BREAK_SPACE: Final = "\u00a0"
NARROW_NO_BREAK_SPACE: Final = "\u202f"
LEFT_TO_RIGHT_MARK: Final = "\u200e"
# The locale data writes US$ or $US outside the United States; every fund here is American or says its code.
SIGNS: Final = {"USD": "$"}
# Arabic text names the currency after the amount; these are the everyday names.
ARABIC_NAMES: Final = {"USD": "دولار"}


def format_money(money: Money, language: str | None = None, cents: bool = True, *, code: bool = False) -> str:  # noqa: FBT001, FBT002  (the short call reads well in templates)
    """`cents=False` drops them towards zero, so a headline never says more than there is.

    `code=True` writes USD 160,000 where several currencies meet. The spaces never break, the minus is U+2212, digits
    are Latin in every language.
    """
    locale = locale_of(language)
    number = _number(money, locale, cents=cents)
    sign = money.currency if code else currency_sign(money.currency, locale)
    minus = _minus(locale) if number.strip("0.,") and money.is_negative else ""
    if _sign_comes_first(locale):
        gap = NO_BREAK_SPACE if sign[-1].isalpha() else ""
        return f"{minus}{sign}{gap}{number}"
    return f"{minus}{number}{NO_BREAK_SPACE}{sign}"


def format_plain(money: Money, language: str | None = None) -> str:
    """For a text field: no sign and no grouping, cents only where there are some; parse_amount reads it back."""
    locale = locale_of(language)
    amount = money.decimal.quantize(Decimal(1)) if money.is_whole else money.decimal
    return f"{amount:f}".replace(".", str(locale.number_symbols["latn"]["decimal"]))


def currency_sign(code: str, locale: Locale) -> str:
    """What stands for the currency beside a number or an input: $, €, KWD."""
    if locale.language == "ar":
        return ARABIC_NAMES.get(code) or currency(code).name("ar")
    return SIGNS.get(code) or str(get_currency_symbol(code, locale=locale))


def locale_of(language: str | None = None) -> Locale:
    return _locale(language or get_language() or "en")


@cache
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def _number(money: Money, locale: Locale, *, cents: bool) -> str:
    amount = abs(money).decimal
    if not cents:
        amount = amount.quantize(Decimal(1), rounding=ROUND_DOWN)
    decimals = currency(money.currency).exponent if cents else 0
    shape = locale.decimal_formats[None].pattern.replace(".###", "." + "0" * decimals if decimals else "")
    text = parse_pattern(shape).apply(amount, locale, numbering_system="latn")
    return str(text).replace(NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE)


def _minus(locale: Locale) -> str:
    return MINUS if locale.text_direction == "ltr" else LEFT_TO_RIGHT_MARK + MINUS


def _sign_comes_first(locale: Locale) -> bool:
    return locale.language != "ar" and "¤" in locale.currency_formats["standard"].prefix[0]
