"""What the page of a gift shows of its refunds, and what this person may do with each of them now."""

import copy
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from donations.gifts.models import Gift, Refund
from donations.gifts.permissions import APPROVE_REFUND, REQUEST_REFUND
from donations.gifts.states import RefundState
from fundportal.access import may
from fundportal.accounts.models import User
from fundportal.lifecycle import why_not
from fundportal.money import format_money
from fundportal.templatetags.lists import Badge

KINDS = {
    RefundState.REQUESTED: "wait",
    RefundState.APPROVED: "wait",
    RefundState.REFUSED: "mute",
    RefundState.SENT: "wait",
    RefundState.SUCCEEDED: "ok",
    RefundState.FAILED: "stop",
}


@dataclass(frozen=True)
class Action:
    """A button; with a `reason` it cannot be pressed and says why."""

    label: str
    url: str
    kind: str
    reason: str


@dataclass(frozen=True)
class RefundCard:
    title: str
    badge: Badge
    facts: list[tuple[str, object]]
    actions: list[Action]


def refund_cards(gift: Gift, *, viewer: User) -> list[RefundCard]:
    return [_card(gift, refund, viewer) for refund in gift.refunds.all()]


def may_request_refund(gift: Gift, *, viewer: User) -> bool:
    return gift.has_money and not gift.refundable.is_zero and may(viewer, REQUEST_REFUND, gift.fund)


def _card(gift: Gift, refund: Refund, viewer: User) -> RefundCard:
    title = _("%(amount)s back to the donor") % {"amount": format_money(-refund.amount)}
    badge = Badge(refund.get_state_display(), KINDS[RefundState(refund.state)])
    return RefundCard(title, badge, _facts(refund), _actions(gift, refund, viewer))


def _facts(refund: Refund) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [
        (_("Asked for by"), str(refund.requested_by or _("nobody here: made in Stripe’s own dashboard"))),
    ]
    if refund.reason:
        facts.append((_("Reason"), _("“%(reason)s”") % {"reason": refund.reason}))
    if refund.decided_by_id:
        facts.append((_("Decided by"), str(refund.decided_by)))
    if refund.failure_reason:
        facts.append((_("Stripe’s reason"), refund.failure_reason))
    return facts


def _actions(gift: Gift, refund: Refund, viewer: User) -> list[Action]:
    """Whether it may be decided is tried on a copy: who decides is a fact of the refund itself."""
    if refund.state != RefundState.REQUESTED or not may(viewer, APPROVE_REFUND, gift.fund):
        return []
    tried = copy.copy(refund)
    tried.decided_by = viewer
    amount = {"amount": format_money(refund.amount)}
    labels = {
        "approve": (_("Approve the refund of %(amount)s") % amount, "small"),
        "refuse": (_("Refuse the refund of %(amount)s") % amount, "plain small"),
    }
    place = [gift.reference, refund.uuid]
    return [
        Action(label, reverse(f"gifts:refund_{act}", args=place), kind, " ".join(why_not(tried, act)))
        for act, (label, kind) in labels.items()
    ]
