"""Texts that came typed in a spreadsheet, as a printer would set them."""

from django.template import Library

register = Library()


@register.filter
def typeset(text: str) -> str:
    """The curved apostrophe, in English and in French."""
    return text.replace("'", "’")
