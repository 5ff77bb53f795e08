"""How the person who signs has proved who they are in this session."""

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from fundportal.refusals import NotAllowed
from grants.awards.states import IdentityFactor

# The strongest proof of a session first; "mfa" is told apart by its type.
PROOFS = (
    ("mfa", "webauthn", IdentityFactor.PASSKEY),
    ("mfa", "totp", IdentityFactor.TOTP),
    ("code", None, IdentityFactor.EMAIL_CODE),
    ("password", None, IdentityFactor.PASSWORD),
)


def factor_of(request: HttpRequest) -> str:
    """Raises NotAllowed (403) for a session that does not say how it began."""
    given = {(record["method"], record.get("type")) for record in get_authentication_records(request, request.user)}
    for method, kind, factor in PROOFS:
        if (method, kind) in given:
            return factor
    if settings.DEMO:
        return IdentityFactor.DEMO
    raise NotAllowed(_("Sign out and in again before you sign: this session is too old to prove who you are."))
