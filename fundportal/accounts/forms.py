"""allauth's forms in our words, and the office's two: a person, a role."""

from dataclasses import dataclass
from typing import Any, Final

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fundportal import clock
from fundportal.access import Role
from fundportal.accounts.models import User
from fundportal.accounts.queries import colleagues_of
from fundportal.accounts.services import Term
from fundportal.funds.models import Fund


@dataclass(frozen=True)
class Words:
    """A field's label, what to say when it is empty, and help under the label."""

    label: Any
    when_empty: Any
    help_text: Any = ""


BAD_ADDRESS: Final = _("Enter your email address with a full ending, like name@example.org")
ADDRESS: Final = Words(_("Email address"), BAD_ADDRESS)
PASSWORD: Final = Words(_("Password"), _("Type your password."))
NEW_PASSWORD: Final = Words(
    _("New password"), _("Type a new password."), _("At least 12 characters; three words that do not belong together.")
)
AGAIN: Final = Words(_("New password, once more"), _("Type the new password once more."))
MAILED_CODE: Final = Words(_("Code from the letter"), _("Type the code from the letter."))
APP_CODE: Final = Words(_("Code from your authenticator app"), _("Type the six digits that your app shows now."))
FACTOR_CODE: Final = Words(
    _("Code from your authenticator app"),
    _("Type the six digits that your app shows now."),
    _("Without your phone, type one of your recovery codes."),
)

PASSKEY: Final = Words(_("Name"), _("Type a name."), _("So that you know it again: phone, laptop, blue key."))


def in_our_words(form: forms.Form, **words: Words) -> None:
    """Labels instead of placeholders, and sentences that say what to do."""
    for name, said in words.items():
        field = form.fields[name]
        field.label, field.help_text = said.label, said.help_text
        field.error_messages["required"] = said.when_empty
        field.widget.attrs.pop("placeholder", None)
        if isinstance(field, forms.EmailField):
            field.error_messages["invalid"] = BAD_ADDRESS
            field.validators = [each for each in field.validators if not hasattr(each, "user_regex")]
            field.validators.append(forms.EmailField.default_validators[0].__class__(message=BAD_ADDRESS))


class SignInForm(account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, login=ADDRESS, password=PASSWORD)


class AskForCodeForm(account.RequestLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, email=ADDRESS)


class SignUpForm(AskForCodeForm):
    """allauth's form for a code, with its limits on how often, and a name before it."""

    full_name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Type your name.")},
    )
    field_order = ("full_name", "email")


class TypeCodeForm(account.ConfirmLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, code=MAILED_CODE)


class ForgottenPasswordForm(account.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, email=ADDRESS)


class NewPasswordForm(account.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, password1=NEW_PASSWORD, password2=AGAIN)


class FirstPasswordForm(account.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, password1=NEW_PASSWORD, password2=AGAIN)


class ChangePasswordForm(account.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, oldpassword=PASSWORD, password1=NEW_PASSWORD, password2=AGAIN)


class ConfirmPasswordForm(account.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, password=PASSWORD)


class SecondFactorForm(mfa.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, code=FACTOR_CODE)


class ConfirmFactorForm(mfa.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, code=FACTOR_CODE)


class SetUpFactorForm(totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, code=APP_CODE)


class AddPasskeyForm(webauthn.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, name=PASSKEY)


class RenamePasskeyForm(webauthn.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, name=PASSKEY)


def day_field(label: object, *, when_empty: object) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": when_empty, "invalid": _("Write the day like 2026-11-22.")},
    )


class PersonForm(forms.Form):
    full_name = forms.CharField(label=_("Name"), max_length=150, error_messages={"required": _("Type the name.")})
    email = forms.EmailField(label=_("Email address"))
    language = forms.ChoiceField(label=_("Language of letters"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, email=ADDRESS)


class RoleForm(forms.Form):
    """A proposal. `funds` are those in which the proposer may propose; `everywhere` allows every fund at once."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    fund = forms.ModelChoiceField(label=_("Fund"), queryset=Fund.objects.none(), empty_label=None)
    starts_on = day_field(_("From"), when_empty=_("Choose the first day."))
    ends_on = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day like 2026-11-22.")},
    )

    def __init__(self, *args: Any, funds: QuerySet[Fund], everywhere: bool, **kwargs: Any) -> None:
        super().__init__(*args, initial={"starts_on": clock.today("UTC")}, **kwargs)
        field = self.fields["fund"]
        field.queryset = funds
        field.required = not everywhere
        field.empty_label = _("Every fund") if everywhere else None
        field.error_messages["required"] = _("Choose a fund.")

    def term(self) -> Term:
        return Term(self.cleaned_data["fund"], self.cleaned_data["starts_on"], self.cleaned_data["ends_on"])


class AccountForm(forms.Form):
    """A person's own name and language."""

    full_name = forms.CharField(label=_("Name"), max_length=150, error_messages={"required": _("Type your name.")})
    language = forms.ChoiceField(label=_("Language of letters"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, initial={"full_name": person.full_name, "language": person.language}, **kwargs)


class ResetForm(forms.Form):
    reason = forms.CharField(
        label=_("How you know that it is this person who asks"),
        max_length=300,
        help_text=_("You met them, or called back on a number you had before."),
        error_messages={"required": _("Say how you know that it is really this person who asks.")},
    )


class DeputyForm(forms.Form):
    """Who stands in, from which day to which. Whoever works here may be chosen; an administrator approves."""

    deputy = forms.ModelChoiceField(
        label=_("Deputy"),
        queryset=User.objects.none(),
        empty_label=_("Choose a person"),
        error_messages={"required": _("Choose a person.")},
    )
    starts_on = day_field(_("From"), when_empty=_("Choose the first day."))
    ends_on = day_field(_("Last day"), when_empty=_("Choose the last day."))

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, initial={"starts_on": clock.today("UTC")}, **kwargs)
        self.fields["deputy"].queryset = colleagues_of(person)
