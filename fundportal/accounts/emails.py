"""The letters of sign-in and roles; each goes to the outbox in its reader's language."""

import uuid
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from fundportal import clock
from fundportal.access import Actor, Role
from fundportal.accounts.models import FactorReset, RoleGrant, User
from fundportal.accounts.queries import home_of
from fundportal.languages import pick
from fundportal.mail.models import Letter
from fundportal.mail.services import write


def welcome(person: User, *, by: Actor) -> Letter:
    context = {
        "site_name": settings.WAGTAIL_SITE_NAME,
        "first_name": person.get_short_name(),
        "added_by": settings.WAGTAIL_SITE_NAME if by.is_system else str(by),
        "url": _address("account_request_login_code", person.language),
    }
    return write(
        "accounts/welcome",
        key=f"person:{person.pk}:welcome",
        to=person.email,
        language=person.language,
        fund=None,
        context=context,
    )


def role_granted(grant: RoleGrant) -> Letter:
    person = grant.user
    context = {
        "role": Role(grant.role).label,
        "scope": pick(grant.fund.names, person.language) if grant.fund else "",
        "url": _address(home_of(person), person.language),
    }
    return write(
        "accounts/role_granted",
        key=f"role:{grant.pk}:granted",
        to=person.email,
        language=person.language,
        fund=grant.fund,
        context=context,
    )


def factor_reset_proposed(reset: FactorReset) -> Letter:
    """To the person whose keys they are: who asked in their name is found out while there is time."""
    return _about_reset(
        "accounts/factor_reset_proposed", reset, {"administrator": str(reset.proposed_by)}, "my:account"
    )


def factor_reset_done(reset: FactorReset) -> Letter:
    names = {"administrator": str(reset.proposed_by), "second": str(reset.approved_by)}
    return _about_reset("accounts/factor_reset_done", reset, names, "account_request_login_code")


def _about_reset(template: str, reset: FactorReset, names: dict[str, str], url_name: str) -> Letter:
    person = reset.person
    context = names | {"first_name": person.get_short_name(), "url": _address(url_name, person.language)}
    key = f"{template}:{reset.pk}"
    return write(template, key=key, to=person.email, language=person.language, fund=None, context=context)


def login_code(email: str, code: str) -> Letter:
    return _once("accounts/login_code", email, {"code": code})


def password_reset(email: str, url: str) -> Letter:
    return _once("accounts/password_reset", email, {"url": url})


def security_notice(email: str, sentence: object, *, ip: str) -> Letter:
    """`sentence` says what was done; it is translated lazily, into the reader's language."""
    language = _language_of(email)
    with translation.override(language):
        moment = date_format(clock.now(), "DATETIME_FORMAT")
    return _once("accounts/security_notice", email, {"sentence": sentence, "moment": moment, "ip": ip})


def _once(template: str, email: str, context: dict[str, Any]) -> Letter:
    """Each request is a cause of its own: asking twice for a code gives two letters."""
    key = f"{template}:{uuid.uuid4()}"
    return write(template, key=key, to=email, language=_language_of(email), fund=None, context=context)


def _language_of(email: str) -> str:
    """The person's own language; a page in another one may have asked for the letter."""
    known = User.objects.filter(email=email.lower()).values_list("language", flat=True).first()
    return known or translation.get_language() or settings.LANGUAGE_CODE


def _address(url_name: str, language: str) -> str:
    with translation.override(language):
        return settings.SITE_ORIGIN + reverse(url_name)
