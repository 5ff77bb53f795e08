"""The letters of an organisation's people; each in its reader's language."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from fundportal.accounts.models import User
from fundportal.mail.models import Letter
from fundportal.mail.services import write
from fundportal.organisations.models import Invitation, Membership


def invitation(invited: Invitation) -> Letter:
    context = {
        "first_name": invited.full_name.split(" ")[0],
        "invited_by": str(invited.invited_by),
        "organisation": invited.organisation.name,
        "is_signatory": invited.is_signatory,
        "url": _address("my:desk", invited.user.language),
    }
    return write(
        "organisations/invitation",
        key=f"invitation:{invited.pk}",
        to=invited.user.email,
        language=invited.user.language,
        fund=None,
        context=context,
    )


def member_joined(membership: Membership, *, invited_by: User) -> Letter:
    context = _facts(membership, invited_by.language) | {"person": str(membership.user)}
    return write(
        "organisations/member_joined",
        key=f"membership:{membership.pk}:joined",
        to=invited_by.email,
        language=invited_by.language,
        fund=None,
        context=context,
    )


def member_changed(membership: Membership) -> Letter:
    """Each change is a cause of its own, numbered by the record."""
    user = membership.user
    changes = Letter.objects.filter(key__startswith=f"membership:{membership.pk}:changed:").count()
    return write(
        "organisations/member_changed",
        key=f"membership:{membership.pk}:changed:{changes + 1}",
        to=user.email,
        language=user.language,
        fund=None,
        context=_facts(membership, user.language),
    )


def membership_ended(membership: Membership) -> Letter:
    user = membership.user
    return write(
        "organisations/membership_ended",
        key=f"membership:{membership.pk}:ended",
        to=user.email,
        language=user.language,
        fund=None,
        context=_facts(membership, user.language),
    )


def _facts(membership: Membership, language: str) -> dict[str, object]:
    return {
        "organisation": membership.organisation.name,
        "is_signatory": membership.is_signatory,
        "url": _address("my:desk", language),
    }


def _address(url_name: str, language: str) -> str:
    with translation.override(language):
        return settings.SITE_ORIGIN + reverse(url_name)
