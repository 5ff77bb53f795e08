"""What the front desk shows: who is there, what waits, what changed."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fundportal.access import ALL, Actor, funds_where, may
from fundportal.accounts.models import RoleGrant, User
from fundportal.accounts.states import RoleState
from fundportal.funds.models import Fund
from fundportal.mail.models import Letter
from fundportal.mail.states import LetterState
from fundportal.waiting import Change, Waiting


def people_for(actor: Actor) -> QuerySet[User]:
    """The people whose roles this person may see, with those roles; who has none yet is seen by all of them."""
    funds = funds_where(actor, "roles.view")
    grants = RoleGrant.objects.visible_to(actor).select_related("fund").order_by("role", "starts_on", "pk")
    people = User.objects.prefetch_related(Prefetch("role_grants", queryset=grants, to_attr="visible_grants"))
    if funds != ALL:
        people = people.filter(Q(role_grants__fund__in=funds) | Q(role_grants__isnull=True)).distinct()
    return people.order_by("full_name", "pk")


def funds_for(actor: Actor, permission: str) -> QuerySet[Fund]:
    funds = funds_where(actor, permission)
    return Fund.objects.order_by("code") if funds == ALL else Fund.objects.filter(pk__in=funds).order_by("code")


def roles_to_approve(user: User) -> Iterator[Waiting]:
    """Proposals of others, for others: what this administrator may approve."""
    if not may(user, "roles.approve"):
        return
    proposed = RoleGrant.objects.visible_to(user).filter(state=RoleState.PROPOSED)
    count = proposed.exclude(proposed_by=user.pk).exclude(user=user.pk).count()
    if count:
        sentence = ngettext(
            "%(count)s proposed role waits for a second person.",
            "%(count)s proposed roles wait for a second person.",
            count,
        )
        yield Waiting(sentence % {"count": count}, f"{reverse('office:people')}?state=proposed", count)


def failed_letters(user: User) -> Iterator[Waiting]:
    if not may(user, "mail.retry"):
        return
    count = Letter.objects.visible_to(user).filter(state=LetterState.FAILED).count()
    if count:
        sentence = ngettext(
            "%(count)s letter could not be sent.",
            "%(count)s letters could not be sent.",
            count,
        )
        yield Waiting(sentence % {"count": count}, f"{reverse('office:letters')}?state=failed", count)


def roles_in_force(user: User, since: datetime) -> Iterator[Change]:
    count = RoleGrant.objects.visible_to(user).filter(approved_at__gte=since).count()
    if count and may(user, "roles.view"):
        yield Change(_("Roles approved"), reverse("office:people"), count)
