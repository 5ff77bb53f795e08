"""Reading an amount that a person typed: generous with spaces, signs and digits, never guessing which number it is."""

import re
import unicodedata
from functools import cache
from typing import Final

from babel import Locale
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fundportal.money.currencies import CURRENCIES, Currency, currency, plural_names
from fundportal.money.formatting import ARABIC_NAMES, locale_of
from fundportal.money.money import Money

LONGEST_TEXT: Final = 60
MOST_WHOLE_DIGITS: Final = 12
THOUSAND: Final = 3
MINUS_SIGNS: Final = "-\u2212\u2010\u2011\u2012\u2013\ufe63\uff0d"
INVISIBLE: Final = re.compile("[\u200e\u200f\u061c\u2066-\u2069\u202a-\u202e]")
# Part of the names of some currencies, as in "US Dollar (Next day)"; never what stands round figures.
ASIDE: Final = re.compile(r"\(([^\d()]*)\)")
# The Arabic decimal sign, thousands sign and comma, and the apostrophe that typing programs put in.
SAME_AS: Final = {"\u066b": ".", "\u066c": "'", "\u060c": ",", "\u2019": "'"}


class AmountError(ValueError):
    """The sentence says what to type instead."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def parse_amount(text: str, code: str, language: str | None = None) -> Money:
    """Raises AmountError with a sentence for the person. Zero is an amount; what is too small, the form decides."""
    asked, locale = currency(code), locale_of(language)
    if len(text) > LONGEST_TEXT:
        raise AmountError(_too_long(asked, locale))
    number = _without_currency(_plain(text), asked, locale)
    if number and (number[0] in MINUS_SIGNS or number[-1] in MINUS_SIGNS):
        raise AmountError(_("Type the amount without a minus sign."))
    if not re.fullmatch(r"[\d ',.]*\d[\d ',.]*", number, re.ASCII):
        raise AmountError(_not_figures(asked, locale))
    whole, decimals = _parts(number, asked, locale)
    return _counted(whole, decimals.rstrip("0"), asked, locale)


def _plain(text: str) -> str:
    """Latin digits, plain spaces, no marks of direction."""
    return "".join(map(_plain_character, INVISIBLE.sub("", text))).strip()


def _plain_character(character: str) -> str:
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.decimal(character))
    return " " if character.isspace() else SAME_AS.get(character, character)


def _without_currency(text: str, asked: Currency, locale: Locale) -> str:
    """Takes our own currency's sign, code or name from either end; another currency is refused."""
    text = ASIDE.sub(r" \1 ", _without_points(text, asked, locale)).strip()
    beside = [character for character in text if _is_sign(character) or character.isalpha() or character.isspace()]
    number = text.strip("".join(beside))
    words = _words_in(text.replace(number, " ") if number else text)
    if words <= _words(asked.code, locale):
        return number
    if any(_is_sign(word) for word in words) or words & _words_of_all(locale):
        sentence = _("Amounts here are in %(currency)s. Type the number alone, like %(example)s.")
        raise AmountError(sentence % {"currency": asked.name(str(locale)), "example": _example(asked, locale)})
    raise AmountError(_not_figures(asked, locale))


def _without_points(text: str, asked: Currency, locale: Locale) -> str:
    """A sign like Cg. ends with a point that is no decimal one; only the currency's own is taken for that."""
    for one in (locale, Locale("en")):
        sign = str(one.currency_symbols.get(asked.code, ""))
        if sign.endswith("."):
            text = text.replace(sign, f" {sign[:-1]} ")
    return text


def _is_sign(word: str) -> bool:
    return len(word) == 1 and unicodedata.category(word) == "Sc"


@cache
def _words(code: str, locale: Locale) -> frozenset[str]:
    """Everything a person may write for a currency: $, US$, USD, dollars; in the page's language or in English."""
    texts = [code, ARABIC_NAMES.get(code, "")]
    for one in (locale, Locale("en")):
        texts += [one.currency_symbols.get(code, ""), one.currencies.get(code, "")]
        texts += plural_names(code, one).values()
    return frozenset().union(*map(_words_in, texts))


def _words_in(text: str) -> frozenset[str]:
    """Runs of letters in lower case, and every currency sign: US$ is two words."""
    return frozenset(re.findall(r"[^\W\d_]+", text.casefold())) | frozenset(filter(_is_sign, text))


@cache
def _words_of_all(locale: Locale) -> frozenset[str]:
    return frozenset().union(*(_words(code, locale) for code in CURRENCIES))


def _parts(number: str, asked: Currency, locale: Locale) -> tuple[str, str]:
    """The digits before and after the decimal sign."""
    signs = [character for character in number if character in ",."]
    if not signs or (len(set(signs)) == 1 and len(signs) > 1):
        return number, ""
    whole, _sign, tail = number.rpartition(signs[-1])
    if len(set(signs)) == 1 and _is_thousands(whole, signs[-1], tail, asked, locale):
        return number, ""
    return whole, tail


def _is_thousands(head: str, sign: str, tail: str, asked: Currency, locale: Locale) -> bool:
    """Whether the one sign in 1,200 groups thousands. Raises AmountError where 1200 and 1.20 are both likely."""
    if len(tail) != THOUSAND or not re.fullmatch(r"[1-9]\d{0,2}", head, re.ASCII):
        return False
    symbols = locale.number_symbols["latn"]
    if sign == symbols["group"] or asked.exponent == 0:
        return True
    if asked.exponent >= THOUSAND and sign == symbols["decimal"]:
        return False
    small = f"{head}{symbols['decimal']}{tail[: asked.exponent]}"
    sentence = _("This can be read in two ways. Type %(large)s or %(small)s.")
    raise AmountError(sentence % {"large": head + tail, "small": small})


def _counted(whole: str, decimals: str, asked: Currency, locale: Locale) -> Money:
    if not (_is_grouped(whole) and re.fullmatch(r"\d*", decimals, re.ASCII)):
        raise AmountError(_not_figures(asked, locale))
    if len(decimals) > asked.exponent:
        raise AmountError(_too_fine(asked, locale))
    digits = re.sub(r"\D", "", whole).lstrip("0")
    if len(digits) > MOST_WHOLE_DIGITS:
        raise AmountError(_too_long(asked, locale))
    return Money(int((digits + decimals.ljust(asked.exponent, "0")) or "0"), asked.code)


def _is_grouped(whole: str) -> bool:
    """Digits alone, or in threes by one sign (Indian twos before the last three are fine)."""
    signs = set(re.findall(r"\D", whole))
    if not signs:
        return True
    head, *groups = whole.split(signs.pop())
    return (
        not signs
        and bool(re.fullmatch(r"\d{1,3}", head))
        and all(re.fullmatch(r"\d{2,3}", group) for group in groups)
        and len(groups[-1]) == THOUSAND
    )


def _example(asked: Currency, locale: Locale) -> str:
    return f"40{locale.number_symbols['latn']['decimal']}{'0' * asked.exponent}" if asked.exponent else "40"


def _not_figures(asked: Currency, locale: Locale) -> str:
    return _("Type the amount in figures, like %(example)s.") % {"example": _example(asked, locale)}


def _too_long(asked: Currency, locale: Locale) -> str:
    sentence = _("That is more figures than an amount has. Type it like %(example)s.")
    return sentence % {"example": _example(asked, locale)}


def _too_fine(asked: Currency, locale: Locale) -> str:
    name = asked.name(str(locale))
    if not asked.exponent:
        return _("Amounts in %(currency)s are whole. Type it like 40.") % {"currency": name}
    sentence = ngettext(
        "Amounts in %(currency)s have %(count)d decimal. Type it like %(example)s.",
        "Amounts in %(currency)s have %(count)d decimals. Type it like %(example)s.",
        asked.exponent,
    )
    return sentence % {"currency": name, "count": asked.exponent, "example": _example(asked, locale)}
