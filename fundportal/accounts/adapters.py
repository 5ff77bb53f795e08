"""Where django-allauth asks us: whether one may sign up, how letters go out, what a refusal says."""

import logging
from collections.abc import Mapping
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fundportal.accounts import emails
from fundportal.accounts.models import User
from fundportal.accounts.queries import SECOND_FACTORS, home_of, needs_second_factor

logger = logging.getLogger(__name__)

TOO_OFTEN: Final = _("That was tried too often. Wait a few minutes, then try again.")
WRONG_CODE: Final = _("This is not the code we expect, or it is too old. Look at it once more, or ask for a new one.")
CANNOT_GO: Final = _("Your role asks for a second key, and this is the only one. Add another before you take it away.")
NOTICES: Final[Mapping[str, Any]] = {
    "account/email/password_changed": _("Your password was changed."),
    "account/email/password_set": _("You chose a password."),
    "account/email/password_reset": _("You chose a new password."),
    "mfa/email/totp_activated": _("An authenticator app now guards your account."),
    "mfa/email/totp_deactivated": _("The authenticator app no longer guards your account."),
    "mfa/email/webauthn_added": _("A passkey was added to your account."),
    "mfa/email/webauthn_removed": _("A passkey of your account was taken away."),
    "mfa/email/recovery_codes_generated": _("You have new recovery codes; the old ones no longer work."),
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed. Ask the person who manages roles in your office."),
        "email_password_mismatch": _("Address and password do not belong together. Try again, or ask for a code."),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("This is not the password of your account. Try again."),
        "invalid_login": _("Address and password do not belong together. Try again, or ask for a code."),
        "invalid_or_expired_key": _("This link is used up or too old. Ask for a new one."),
        "invalid_password_reset": _("This link is used up or too old. Ask for a new one."),
        "rate_limited": TOO_OFTEN,
        "too_many_login_attempts": TOO_OFTEN,
        "enter_current_password": _("This is not your present password. Try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  (allauth's signature)
        """The way of allauth itself is not used: see `accounts.views.sign_up`."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Each to the desk of their work; a page that was asked for before signing in comes first."""
        return reverse(home_of(request.user))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Every letter of allauth's goes through our outbox; one that we do not know is logged, not sent."""
        if template_prefix == "account/email/login_code":
            emails.login_code(email, context["code"])
        elif template_prefix == "account/email/password_reset_key":
            emails.password_reset(email, context["password_reset_url"])
        elif template_prefix in NOTICES:
            emails.security_notice(email, NOTICES[template_prefix], ip=str(context.get("ip", "")))
        else:
            logger.warning("No letter of ours is called %s.", template_prefix)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """To the address of the account: allauth's own table of addresses is not used here."""
        super().send_notification_mail(template_prefix, user, context, email or user.email)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": CANNOT_GO,
        "rate_limited": TOO_OFTEN,
    }

    def get_totp_issuer(self) -> str:
        return settings.WAGTAIL_SITE_NAME

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whoever needs a second key keeps one: an app or a passkey."""
        keys = Authenticator.objects.filter(user=authenticator.user, type__in=SECOND_FACTORS)
        return not needs_second_factor(authenticator.user) or keys.exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: User, kind: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user=user, type=kind).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}
