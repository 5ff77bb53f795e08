"""One person's roles as the page shows them: facts, where they stand, and what this reader may do now."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from fundportal.access import ALL, funds_where
from fundportal.accounts.models import RoleGrant, User
from fundportal.accounts.services import why_not_approve
from fundportal.lifecycle import why_not
from fundportal.office.tables import role_badge, role_facts
from fundportal.templatetags.lists import Badge


@dataclass(frozen=True)
class Action:
    """A button; with a reason it is shown but cannot be pressed."""

    label: str
    url: str
    kind: str = ""
    reason: str = ""


@dataclass(frozen=True)
class ShownRole:
    title: str
    badge: Badge
    facts: list[tuple[str, str]]
    actions: list[Action]


def roles_of(person: User, *, by: User) -> list[ShownRole]:
    """Newest first. `by` is who reads the page."""
    grants = RoleGrant.objects.visible_to(by).filter(user=person).order_by("-starts_on", "-pk")
    related = grants.select_related("fund", "user", "proposed_by", "approved_by", "stands_in_for")
    return [
        ShownRole(grant.get_role_display(), role_badge(grant), role_facts(grant), list(_actions(grant, by)))
        for grant in related
    ]


def _actions(grant: RoleGrant, by: User) -> list[Action]:
    """Moves that its state has; those the reader's role does not have are left out, not greyed."""
    offered = []
    if not why_not(grant, "approve") and _covers(by, "roles.approve", grant):
        reason = why_not_approve(grant, by)
        offered.append(Action(_("Approve this role"), reverse("office:role_approve", args=[grant.pk]), "small", reason))
    if not why_not(grant, "withdraw") and _covers(by, "roles.end", grant):
        url = reverse("office:role_withdraw", args=[grant.pk])
        offered.append(Action(_("Take the proposal back"), url, "plain small"))
    if not why_not(grant, "end") and _covers(by, "roles.end", grant):
        offered.append(Action(_("End this role now"), reverse("office:role_end", args=[grant.pk]), "stop small"))
    return offered


def _covers(by: User, permission: str, grant: RoleGrant) -> bool:
    """A role in every fund needs somebody who may act in every fund."""
    funds = funds_where(by, permission)
    return funds == ALL or grant.fund_id in funds
