"""A bank's statement as a person hands it over: a file, or the same text in a box."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fundportal.funds.models import BankAccount

MOST_BYTES: Final = 2 * 1024**2
# What spreadsheets save: Unicode with or without a mark at its start, else the older table of Windows.
ENCODINGS: Final = ("utf-8-sig", "cp1252")
NOT_TEXT = _("This is not a table as text. Save the statement as CSV and choose it again.")


class StatementForm(forms.Form):
    """Whatever was chosen stands in the box afterwards, so that it can be put right there."""

    bank_account = forms.ModelChoiceField(
        label=_("Bank account"),
        queryset=BankAccount.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": _("Choose the bank account."),
            "invalid_choice": _("Choose one of these bank accounts."),
        },
    )
    file = forms.FileField(
        label=_("Statement as a file"),
        required=False,
        widget=forms.FileInput({"accept": ".csv,.txt,.tsv"}),
        error_messages={"empty": _("This file is empty. Choose another one.")},
    )
    text = forms.CharField(
        label=_("Or its text"),
        required=False,
        strip=False,
        max_length=MOST_BYTES,
        widget=forms.Textarea({"rows": 12, "dir": "ltr", "spellcheck": "false", "wrap": "off"}),
        error_messages={"max_length": _("That is more than a statement has. Read it in month by month.")},
    )

    name = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, accounts: QuerySet[BankAccount], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["bank_account"].queryset = accounts

    def clean(self) -> dict[str, Any]:
        held = super().clean() or self.cleaned_data
        if held.get("file"):
            self._take(held["file"])
        if not self.errors and not held["text"].strip():
            self.add_error("text", _("Choose a file, or put the lines of the statement here."))
        return held

    def _take(self, file: UploadedFile) -> None:
        try:
            text = _text_of(file)
        except ValidationError as refused:
            self.add_error("file", refused)
            return
        taken = {"text": text, "name": (file.name or "")[:200]}
        self.cleaned_data |= taken
        self.data = self.data.copy()
        for field, value in taken.items():
            self.data[field] = value


def _text_of(file: UploadedFile) -> str:
    if (file.size or 0) > MOST_BYTES:
        raise ValidationError(_("That is more than a statement has. Read it in month by month."), code="size")
    content = file.read()
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ValidationError(NOT_TEXT, code="encoding")
