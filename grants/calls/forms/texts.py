"""Boxes for one text in each language, and for a wall clock."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.calls.deadlines import wall_clock

A_LINE, A_TEXT = 200, 4_000


def in_each_language(name: str, label: object, *, rows: int = 0, longest: int = A_LINE) -> dict[str, forms.Field]:
    """`name_en`, `name_fr` …: none is required while the call is being written."""
    fields: dict[str, forms.Field] = {}
    for code, language in settings.LANGUAGES:
        attributes = {"lang": code}
        widget = forms.Textarea(attrs={"rows": rows, **attributes}) if rows else forms.TextInput(attrs=attributes)
        words = _("%(what)s, %(language)s") % {"what": label, "language": language}
        fields[f"{name}_{code}"] = forms.CharField(label=words, required=False, max_length=longest, widget=widget)
    return fields


def spread(name: str, texts: dict[str, str]) -> dict[str, str]:
    """{"en": "A"} as {"name_en": "A"}, for the boxes."""
    return {f"{name}_{code}": texts.get(code, "") for code, _language in settings.LANGUAGES}


def gathered(name: str, held: dict[str, Any]) -> dict[str, str]:
    """What stands in the boxes, by language; empty ones are left out."""
    found = {code: held.get(f"{name}_{code}", "").strip() for code, _language in settings.LANGUAGES}
    return {code: text for code, text in found.items() if text}


def rows_of(boxes: Sequence[BoundField]) -> list[list[BoundField]]:
    """The same text in its languages stands in one row, everything else alone."""
    return [list(row) for _stem, row in groupby(boxes, key=_stem)]


def _stem(box: BoundField) -> str:
    stem, _underscore, code = box.name.rpartition("_")
    return stem if code in dict(settings.LANGUAGES) else box.name


class WallField(forms.CharField):
    """A day and an hour as the wall shows them, without a zone."""

    default_error_messages = {"required": gettext_lazy("Type a day and an hour.")}

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"type": "datetime-local", "dir": "ltr"})
        super().__init__(**{"widget": widget} | options)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return wall_clock(text[:16])
        except ValueError as fault:
            raise ValidationError(_("Type a day and an hour like 2027-01-29T17:00.")) from fault

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat(timespec="minutes") if isinstance(value, datetime) else value
