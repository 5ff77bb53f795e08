from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from donations.receipts import codes


class CheckForm(forms.Form):
    code = forms.CharField(
        label=_("Code on the receipt"),
        help_text=_("Ten letters and digits, like K7QF-29MX-4T."),
        max_length=40,
        error_messages={
            "required": _("Type the code that is printed on the receipt."),
            "null_characters_not_allowed": _("The code has ten letters and digits. Compare yours with the receipt."),
            "max_length": _("The code has ten letters and digits. Compare yours with the receipt."),
        },
    )

    def clean_code(self) -> str:
        code = codes.as_typed(self.cleaned_data["code"])
        if not codes.is_whole(code):
            raise ValidationError(
                _("One or more characters differ from any code we print. Compare yours with the receipt."), code="slip"
            )
        return code
