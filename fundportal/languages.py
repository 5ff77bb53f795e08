"""Texts kept in several languages, as a dict from language code to text."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import get_language

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "ur"})


def pick(texts: Mapping[str, str], language: str | None = None) -> str:
    """The text in the language asked for (default: the active one), else its base, English, or any there is."""
    wanted = language or get_language() or settings.LANGUAGE_CODE
    for code in (wanted, wanted.split("-", maxsplit=1)[0], settings.LANGUAGE_CODE):
        if texts.get(code):
            return texts[code]
    return next((text for text in texts.values() if text), "")


def direction(language: str) -> str:
    return "rtl" if language.split("-", maxsplit=1)[0] in RIGHT_TO_LEFT else "ltr"
