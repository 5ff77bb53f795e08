"""What each side may do with a change of a grant now."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from fundportal.access import may
from fundportal.accounts.models import User
from grants.awards.models import Amendment
from grants.awards.permissions import AMEND, CHANGE
from grants.awards.states import OPEN_AMENDMENT, AmendmentState, Side
from grants.calls.cards import Action

DRAFT, SUBMITTED, APPROVED = OPEN_AMENDMENT


def amendment_actions(amendment: Amendment, *, viewer: User) -> list[Action]:
    """For the office, but for the approval: that says which version was read."""
    return list(_office_actions(amendment, viewer))


def my_amendment_actions(amendment: Amendment) -> list[Action]:
    """For everybody who works for the grantee."""
    return list(_own_actions(amendment, "my_grants")) if amendment.side == Side.GRANTEE else []


def may_decide(amendment: Amendment, viewer: User) -> bool:
    return amendment.state == SUBMITTED and may(viewer, CHANGE, amendment.award.fund)


def why_not_approve(amendment: Amendment, viewer: User) -> str:
    """Conflicts are looked at when it is pressed."""
    if amendment.proposed_by_id == viewer.pk:
        return _("You proposed this change. Somebody else approves it.")
    if any(one.by_id == viewer.pk for one in amendment.approvals.all()):
        return _("You approved it already.")
    return ""


def _office_actions(amendment: Amendment, viewer: User) -> Iterator[Action]:
    amends = may(viewer, AMEND, amendment.award.fund)
    if amendment.side == Side.FUND and amends:
        yield from _own_actions(amendment, "awards")
    elif amendment.state == APPROVED and amends:
        yield _withdraw(amendment, "awards")
    if may_decide(amendment, viewer):
        url = reverse("awards:amendment_reject", args=_place(amendment))
        yield Action(_("Refuse it"), url, "stop small", is_link=True)


def _own_actions(amendment: Amendment, door: str) -> Iterator[Action]:
    """Of the side that proposed it."""
    if amendment.state == AmendmentState.DRAFT:
        label = _("Send it to the fund") if door == "my_grants" else _("Have it decided")
        yield Action(label, reverse(f"{door}:amendment_submit", args=_place(amendment)))
        edit = reverse(f"{door}:amendment_edit", args=_place(amendment))
        yield Action(_("Change it"), edit, "plain", is_link=True)
    if amendment.state in OPEN_AMENDMENT:
        yield _withdraw(amendment, door)


def _withdraw(amendment: Amendment, door: str) -> Action:
    return Action(_("Withdraw it"), reverse(f"{door}:amendment_withdraw", args=_place(amendment)), "stop")


def _place(amendment: Amendment) -> list[object]:
    return [amendment.award.reference, amendment.number]
