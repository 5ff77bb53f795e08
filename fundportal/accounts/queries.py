from datetime import date

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet

from fundportal.access import Role
from fundportal.accounts.models import RoleGrant, User
from fundportal.accounts.states import RoleState

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def roles_on(day: date, *, by: User) -> QuerySet[RoleGrant]:
    """Who held which role on a day, as far as this reader may know."""
    held = RoleGrant.objects.visible_to(by).held_on(day)
    return held.select_related("user", "fund").order_by("user__full_name", "role", "pk")


def is_staff(user: User) -> bool:
    """Whoever works in the office today; reviewers have a desk of their own."""
    return any(role != Role.REVIEWER for role, _fund in user.grants_held())


def home_of(user: User) -> str:
    """The URL name of the page on which this person begins."""
    if is_staff(user):
        return "office:desk"
    return "reviews:desk" if user.grants_held() else "my:desk"


def needs_second_factor(user: User) -> bool:
    """Whoever holds a role signs in with a second key; the demo, where no money moves, asks for none."""
    return not settings.DEMO and bool(user.grants_held())


def has_second_factor(user: User) -> bool:
    """An authenticator app or a passkey. Recovery codes stand in for one; alone they are none."""
    return Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists()


def people_at_work() -> QuerySet[User]:
    """Whoever holds a role today, whichever it is, by name."""
    working = RoleGrant.objects.in_force().values("user")
    return User.objects.filter(pk__in=working, is_active=True).order_by("full_name", "pk")


def colleagues_of(user: User) -> QuerySet[User]:
    return people_at_work().exclude(pk=user.pk)


def deputies_of(user: User) -> QuerySet[RoleGrant]:
    """Who stands in for this person, now or soon, in what."""
    standing = RoleGrant.objects.filter(stands_in_for=user).exclude(state=RoleState.ENDED)
    return standing.select_related("user", "fund").order_by("starts_on", "user__full_name", "pk")
